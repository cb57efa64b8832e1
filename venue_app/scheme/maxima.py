"""Full marks of a component, as far as they follow from the scheme."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from venue_app.scheme.ballots import BallotScore
from venue_app.scheme.components import (
    Attribute,
    Bonus,
    Calculated,
    Choice,
    Component,
    Entered,
    Imported,
    Overrun,
    Panel,
    Steps,
    Sum,
)
from venue_app.scheme.derived import Best, Graded
from venue_app.scheme.numbers import Number, ending

if TYPE_CHECKING:
    from venue_app.scheme.model import Plan

Full = Number | None


def _sum(plan: Plan, component: Component) -> Full:
    assert isinstance(component, Sum)
    total = Fraction(component.plus)
    for term in component.terms:
        if term.weight < 0:
            continue  # what is taken away does not add to full marks
        part = maximum(plan, term.of)
        if part is None:
            return component.cap
        total += Fraction(part) * Fraction(term.weight)
    total /= Fraction(component.divide)
    return total if component.cap is None else min(total, Fraction(component.cap))


def _highest(parts: list[Full]) -> Full:
    known = [part for part in parts if part is not None]
    return max(known) if known and len(known) == len(parts) else None


def _bonus(_plan: Plan, component: Component) -> Full:
    assert isinstance(component, Bonus)
    points = [award.points for award in component.awards if award.points > 0]
    most = sum(points, Decimal(0)) if component.take == "sum" else max(points, default=Decimal(0))
    return most if component.cap is None else min(most, component.cap)


def _choice(plan: Plan, component: Component) -> Full:
    assert isinstance(component, Choice)
    chosen = [case.of for case in component.cases] + ([component.otherwise] if component.otherwise else [])
    return _highest([maximum(plan, name) for name in chosen])


def _panel(plan: Plan, component: Component) -> Full:
    assert isinstance(component, Panel)
    group = next(g for g in plan.groups if g.id == component.group)
    return group.maximum * (
        group.seats - sum(group.trim_for(group.seats).cut(group.seats)) if group.take == "sum" else 1
    )


def _overrun(plan: Plan, component: Component) -> Full:
    assert isinstance(component, Overrun)
    stage = next(s for s in plan.stages if s.id == component.stage)
    if any(penalty.every_s is not None for penalty in stage.penalties):
        return None
    return max((p.points for p in stage.penalties), default=Decimal(0))


def _ballot(plan: Plan, component: Component) -> Full:
    assert isinstance(component, BallotScore)
    ballot = next(b for b in plan.ballots if b.id == component.ballot)
    if component.measure == "share":
        return component.points
    if component.measure == "points":
        return max((grade.points for grade in ballot.grades), default=None)
    return ballot.maximum if component.measure == "mean" and ballot.kind == "points" else None


_FULL: dict[type[Component], Callable[[Plan, Component], Full]] = {
    Sum: _sum,
    Bonus: _bonus,
    Choice: _choice,
    Panel: _panel,
    Overrun: _overrun,
    BallotScore: _ballot,
    Imported: lambda _plan, c: c.maximum if isinstance(c, Imported) else None,
    Entered: lambda _plan, c: c.maximum if isinstance(c, Entered) else None,
    Calculated: lambda _plan, c: c.maximum if isinstance(c, Calculated) else None,
    Attribute: lambda _plan, c: c.cap if isinstance(c, Attribute) else None,
    Best: lambda _plan, c: c.points if isinstance(c, Best) else None,
    Steps: lambda _plan, c: max(s.value for s in c.steps) if isinstance(c, Steps) else None,
    Graded: lambda _plan, c: max(g.points for g in c.grades) if isinstance(c, Graded) else None,
}


def follows(plan: Plan, component_id: str) -> Number | None:
    """Full marks as they follow from the parts, whatever the plan states; None when nothing bounds them."""
    component = next(c for c in plan.components if c.id == component_id)
    make = _FULL.get(type(component))
    return make(plan, component) if make else None


def maximum(plan: Plan, component_id: str) -> Decimal | None:
    """Full marks of a component; None when they neither follow from the scheme nor end as a decimal."""
    full = follows(plan, component_id)
    if not isinstance(full, Fraction):
        return full
    return ending(full)
