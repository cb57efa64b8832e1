"""Sense of a scheme beyond its grammar: what makes it unusable, and what is worth a second look."""

from __future__ import annotations

from venue_app.scheme.check_judging import draws, groups, stages
from venue_app.scheme.check_marks import full_marks, thresholds, weights
from venue_app.scheme.check_refs import cycles, doubles, references
from venue_app.scheme.check_shape import ballots, components, rounds
from venue_app.scheme.model import Plan
from venue_app.scheme.read import Fault


def check(plan: Plan) -> tuple[list[Fault], list[Fault]]:
    """Errors that make the plan unusable, and doubts worth a look."""
    errors = [*doubles(plan), *references(plan)] or cycles(plan)
    if errors:
        return errors, []
    errors = [*groups(plan), *stages(plan), *draws(plan), *components(plan), *ballots(plan), *rounds(plan)]
    if errors:
        return errors, []
    errors = [*full_marks(plan), *thresholds(plan)]
    return errors, weights(plan)
