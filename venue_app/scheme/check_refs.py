"""Names: nothing twice, nothing that does not exist, nothing in a ring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from venue_app.scheme.ballots import Ballot, BallotScore
from venue_app.scheme.components import Bonus, Calculated, Choice, Component, Overrun, Panel, Sum
from venue_app.scheme.conditions import Condition
from venue_app.scheme.derived import Graded, SeatPlaces
from venue_app.scheme.lines import Path
from venue_app.scheme.model import Plan
from venue_app.scheme.read import Fault, shown
from venue_app.scheme.rounds import Gate, Round


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def _twice(items: Iterable[_Named], *base: str | int) -> list[Fault]:
    seen: set[str] = set()
    faults = []
    for index, item in enumerate(items):
        if item.id in seen:
            faults.append(Fault("twice", (*base, index, "id"), shown(item.id)))
        seen.add(item.id)
    return faults


def doubles(plan: Plan) -> list[Fault]:
    """Ids used twice in one list."""
    faults = [
        *_twice(plan.groups, "groups"),
        *_twice(plan.components, "components"),
        *_twice(plan.stages, "stages"),
        *_twice(plan.ballots, "ballots"),
        *_twice(plan.rounds, "rounds"),
        *_twice(plan.post_outcomes, "post_outcomes"),
    ]
    for index, group in enumerate(plan.groups):
        faults += _twice(group.criteria, "groups", index, "criteria")
    for index, ballot in enumerate(plan.ballots):
        faults += _twice(ballot.grades, "ballots", index, "grades")
        faults += _twice(ballot.items, "ballots", index, "items")
        faults += _twice(ballot.classes, "ballots", index, "classes")
    for index, component in enumerate(plan.components):
        if isinstance(component, Graded):
            faults += _twice(component.grades, "components", index, "grades")
    return faults


class _Wanted:
    """Collects names that do not exist."""

    def __init__(self, plan: Plan) -> None:
        self.components = [c.id for c in plan.components]
        self.faults: list[Fault] = []

    def want(self, name: str, known: Sequence[str], path: Path) -> None:
        if name not in known:
            self.faults.append(Fault("unknown_reference", path, shown(name), " | ".join(known) or "—"))

    def component(self, name: str, path: Path) -> None:
        self.want(name, self.components, path)

    def limits(self, item: Condition | Gate, path: Path) -> None:
        for key in ("at_least", "above", "at_most", "below"):
            limit = getattr(item, key)
            if isinstance(limit, str):
                self.component(limit, (*path, key))

    def conditions(self, when: Sequence[Condition], path: Path) -> None:
        for index, condition in enumerate(when):
            if condition.of:
                self.component(condition.of, (*path, index, "of"))
            self.limits(condition, (*path, index))


def references(plan: Plan) -> list[Fault]:
    """Names of things the plan does not have."""
    wanted = _Wanted(plan)
    wanted.component(plan.composite, ("composite",))
    for index, component in enumerate(plan.components):
        _component(plan, wanted, component, ("components", index))
    for index, ballot in enumerate(plan.ballots):
        _spreads(wanted, ballot, ("ballots", index))
    for index, rule in enumerate(plan.rounds):
        _round(plan, wanted, rule, index)
    return wanted.faults


def _component(plan: Plan, wanted: _Wanted, component: Component, path: Path) -> None:
    match component:
        case Panel() | SeatPlaces():
            wanted.want(component.group, [g.id for g in plan.groups], (*path, "group"))
        case Overrun():
            wanted.want(component.stage, [s.id for s in plan.stages], (*path, "stage"))
        case BallotScore():
            _score(plan, wanted, component, path)
        case Sum():
            for place, term in enumerate(component.terms):
                wanted.component(term.of, (*path, "terms", place, "of"))
        case Calculated():
            for name in component.formula.names:
                wanted.component(name, (*path, "formula"))
        case Choice():
            for place, case in enumerate(component.cases):
                wanted.component(case.of, (*path, "cases", place, "of"))
                wanted.conditions(case.when, (*path, "cases", place, "when"))
            if component.otherwise:
                wanted.component(component.otherwise, (*path, "otherwise"))
        case Bonus():
            for place, award in enumerate(component.awards):
                wanted.conditions(award.when, (*path, "awards", place, "when"))
        case _:
            for name in component.made_of():
                wanted.component(name, (*path, "of"))


def _score(plan: Plan, wanted: _Wanted, component: BallotScore, path: Path) -> None:
    known = {b.id: b for b in plan.ballots}
    wanted.want(component.ballot, list(known), (*path, "ballot"))
    ballot = known.get(component.ballot)
    if ballot is None:
        return
    for key, names, have in (
        ("answers", component.answers, ballot.answers()),
        ("denominator_answers", component.denominator_answers, ballot.answers()),
        ("items", component.items, ballot.item_ids()),
        ("of_classes", component.of_classes, ballot.class_ids()),
    ):
        for name in names:
            wanted.want(name, have, (*path, key))


def _spreads(wanted: _Wanted, ballot: Ballot, path: Path) -> None:
    for place, spread in enumerate(ballot.spreads):
        if spread.grade:
            wanted.want(spread.grade, ballot.answers(), (*path, "spreads", place, "grade"))
        if spread.item:
            wanted.want(spread.item, ballot.item_ids(), (*path, "spreads", place, "item"))


def _round(plan: Plan, wanted: _Wanted, rule: Round, index: int) -> None:
    path: Path = ("rounds", index)
    wanted.component(rule.by, (*path, "by"))
    if rule.field not in {"", "all"}:
        wanted.want(rule.field, ["all", *(r.id for r in plan.rounds[:index])], (*path, "field"))
    for place, gate in enumerate(rule.gates):
        wanted.component(gate.of, (*path, "gates", place, "of"))
        wanted.limits(gate, (*path, "gates", place))
        wanted.conditions(gate.when, (*path, "gates", place, "when"))
    for place, tie in enumerate(rule.ties):
        if tie.by:
            wanted.component(tie.by, (*path, "ties", place, "by"))
    for place, quota in enumerate(rule.quotas):
        wanted.conditions(quota.when, (*path, "quotas", place, "when"))


def cycles(plan: Plan) -> list[Fault]:
    """Components made of each other in a ring."""
    made_of = {c.id: c.made_of() for c in plan.components}
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
