"""Sense of a scheme beyond its grammar: references, cycles, trims, thresholds within reach."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from venue_app.scheme.components import Panel, Sum, parents
from venue_app.scheme.lines import Path
from venue_app.scheme.model import Plan
from venue_app.scheme.read import Fault, shown


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def _doubles(items: Iterable[_Named], base: str, base_path: Path = ()) -> list[Fault]:
    seen: set[str] = set()
    faults = []
    for index, item in enumerate(items):
        if item.id in seen:
            faults.append(Fault("twice", (*base_path, base, index, "id"), shown(item.id)))
        seen.add(item.id)
    return faults


def _references(plan: Plan) -> list[Fault]:
    components = {c.id for c in plan.components}
    groups = {g.id for g in plan.groups}
    faults: list[Fault] = []

    def want(name: str, known: set[str], path: Path) -> None:
        if name not in known:
            faults.append(Fault("unknown_reference", path, shown(name), " | ".join(sorted(known))))

    want(plan.composite, components, ("composite",))
    for index, component in enumerate(plan.components):
        here: Path = ("components", index)
        if isinstance(component, Panel):
            want(component.group, groups, (*here, "group"))
        if isinstance(component, Sum):
            for place, term in enumerate(component.terms):
                want(term.of, components, (*here, "terms", place, "of"))
    for index, step in enumerate(plan.rounds):
        want(step.by, components, ("rounds", index, "by"))
        for place, gate in enumerate(step.gates):
            want(gate.of, components, ("rounds", index, "gates", place, "of"))
    return faults


def _cycles(plan: Plan) -> list[Fault]:
    made_of = {c.id: parents(c) for c in plan.components}
    done: set[str] = set()

    def walk(name: str, trail: tuple[str, ...]) -> tuple[str, ...] | None:
        if name in trail:
            return (*trail[trail.index(name) :], name)
        if name in done:
            return None
        for parent in made_of.get(name, ()):
            found = walk(parent, (*trail, name))
            if found:
                return found
        done.add(name)
        return None

    for index, component in enumerate(plan.components):
        ring = walk(component.id, ())
        if ring:
            return [Fault("cycle", ("components", index), " → ".join(ring))]
    return []


def check(plan: Plan) -> tuple[list[Fault], list[Fault]]:
    """Errors that make the plan unusable, and doubts worth a look."""
    errors = [
        *_doubles(plan.groups, "groups"),
        *_doubles(plan.components, "components"),
        *_doubles(plan.stages, "stages"),
        *_doubles(plan.rounds, "rounds"),
        *_references(plan),
    ]
    for index, group in enumerate(plan.groups):
        errors += _doubles(group.criteria, "criteria", ("groups", index))
        high, low = group.trim_for(group.seats).cut(group.seats)
        if high + low >= group.seats:
            errors.append(
                Fault("trim_too_large", ("groups", index, "trim"), str(high + low), f"≤ {group.seats - 1}")
            )
    errors += _cycles(plan)
    return errors, []
