"""Components, ballots and rounds whose keys contradict each other."""

from __future__ import annotations

from collections.abc import Sequence

from venue_app.scheme.ballots import Ballot, BallotScore
from venue_app.scheme.components import Bonus, Choice, Component, Entered, Imported
from venue_app.scheme.conditions import Condition
from venue_app.scheme.derived import Statistic
from venue_app.scheme.lines import Path
from venue_app.scheme.model import Plan
from venue_app.scheme.numbers import number_text as text
from venue_app.scheme.read import Fault
from venue_app.scheme.rounds import Gate, Quota, Round, Tie

_TESTS = ("equals", "any_of", "at_least", "above", "at_most", "below", "present")


def _conditions(when: Sequence[Condition], path: Path) -> list[Fault]:
    faults = []
    for index, condition in enumerate(when):
        here = (*path, index)
        if bool(condition.attribute) == bool(condition.of):
            faults.append(Fault("one_of", here, "", "attribute | of"))
        if all(getattr(condition, key) in (None, ()) for key in _TESTS):
            faults.append(Fault("some_of", here, "", " | ".join(_TESTS)))
        if condition.of and (condition.equals is not None or condition.any_of):
            faults.append(
                Fault("not_with", (*here, "of"), "equals / any_of", "at_least | above | at_most | below")
            )
    return faults


def components(plan: Plan) -> list[Fault]:
    """Every component's own faults."""
    return [f for index, c in enumerate(plan.components) for f in _component(plan, c, ("components", index))]


def _component(plan: Plan, component: Component, path: Path) -> list[Fault]:
    faults: list[Fault] = []
    match component:
        case Imported() | Entered():
            if component.minimum >= component.maximum:
                faults.append(
                    Fault(
                        "out_of_range", (*path, "maximum"), text(component.maximum), f"> {component.minimum}"
                    )
                )
        case Choice():
            for place, case in enumerate(component.cases):
                faults += _conditions(case.when, (*path, "cases", place, "when"))
        case Bonus():
            for place, award in enumerate(component.awards):
                faults += _conditions(award.when, (*path, "awards", place, "when"))
        case Statistic():
            rounding = component.rounding or plan.rounding
            if component.take == "deviation" and rounding.mode == "exact":
                faults.append(
                    Fault("root_needs_rounding", (*path, "rounding"), "exact", "half-up | truncate | up")
                )
        case BallotScore():
            faults += _score(next(b for b in plan.ballots if b.id == component.ballot), component, path)
        case _:
            pass
    return faults


def _score(ballot: Ballot, component: BallotScore, path: Path) -> list[Fault]:
    numbers = ballot.kind in {"points", "rank"}
    allowed = {
        "grades": ("points", "share", "votes"),
        "decide": ("share", "votes"),
        "choose": ("share", "votes"),
        "rank": ("mean", "points", "share", "votes"),
        "points": ("mean", "points"),
    }[ballot.kind]
    if component.measure not in allowed:
        return [Fault("choice", (*path, "measure"), component.measure, " | ".join(allowed))]
    if component.trim.cut(10**6) != (0, 0) and not (numbers and component.measure == "mean"):
        return [Fault("not_with", (*path, "trim"), component.measure, "mean")]
    if component.denominator == "answers" and not component.denominator_answers and ballot.kind != "decide":
        return [Fault("missing_key", (*path, "denominator_answers"), "", " | ".join(ballot.answers()))]
    return []


def ballots(plan: Plan) -> list[Fault]:
    """Every ballot's own faults."""
    return [f for index, b in enumerate(plan.ballots) for f in _ballot(b, ("ballots", index))]


def _ballot(ballot: Ballot, path: Path) -> list[Fault]:
    faults = []
    if ballot.kind == "grades" and not ballot.grades:
        faults.append(Fault("missing_key", (*path, "grades"), "", "[ … ]"))
    if ballot.kind in {"decide", "choose", "points"} and ballot.grades:
        faults.append(Fault("not_with", (*path, "grades"), ballot.kind, "grades | rank"))
    choosing = [
        k for k in ("choose_exactly", "choose_at_most", "choose_at_least") if getattr(ballot, k) is not None
    ]
    if choosing and ballot.kind != "choose":
        faults.append(Fault("not_with", (*path, choosing[0]), ballot.kind, "choose"))
    if "choose_exactly" in choosing and len(choosing) > 1:
        faults.append(
            Fault("not_with", (*path, choosing[1]), "choose_exactly", "choose_at_most | choose_at_least")
        )
    if ballot.write_in and ballot.kind != "choose":
        faults.append(Fault("not_with", (*path, "write_in"), ballot.kind, "choose"))
    if ballot.kind == "points" and ballot.maximum <= ballot.minimum:
        faults.append(Fault("out_of_range", (*path, "maximum"), text(ballot.maximum), f"> {ballot.minimum}"))
    for place, spread in enumerate(ballot.spreads):
        counts = (spread.count_at_most, spread.count_at_least, spread.share_at_most, spread.share_at_least)
        if all(count is None for count in counts):
            faults.append(
                Fault(
                    "some_of",
                    (*path, "spreads", place),
                    "",
                    "count_at_most | count_at_least | share_at_most | share_at_least",
                )
            )
    for place, quorum in enumerate(ballot.quorum):
        if (quorum.at_least is None) == (quorum.above is None):
            faults.append(Fault("one_of", (*path, "quorum", place), "", "at_least | above"))
    return faults


def rounds(plan: Plan) -> list[Fault]:
    """Every round's own faults, and those of the intake."""
    faults = [f for index, r in enumerate(plan.rounds) for f in _round(r, ("rounds", index))]
    if plan.intake.below == "reduce" and plan.intake.minimum_ratio is None:
        faults.append(Fault("missing_key", ("intake", "minimum_ratio"), "", "> 0"))
    return faults


def _round(rule: Round, path: Path) -> list[Fault]:
    faults: list[Fault] = []
    many = [key for key in ("ratio", "count", "share") if getattr(rule, key) is not None]
    if len(many) > 1:
        faults.append(Fault("not_with", (*path, many[1]), many[0], "ratio | count | share"))
    together = (
        ("quotas", "close", "quotas | close", rule.quotas and rule.close),
        ("quotas", 'take = "decided"', 'take = "best"', rule.quotas and rule.take == "decided"),
        ("close", 'take = "decided"', 'take = "best"', rule.close and rule.take == "decided"),
        (
            "replace_at_most", 'replacement = "none"', 'replacement = "next"',
            rule.replace_at_most and rule.replacement == "none",
        ),
    )  # fmt: skip
    faults += [Fault("not_with", (*path, key), other, use) for key, other, use, both in together if both]
    if sum(bool(quota.each) for quota in rule.quotas) > 1:
        faults.append(Fault("not_with", (*path, "quotas"), "each", "each"))
    for place, row in enumerate(rule.by_places):
        if (row.ratio is None) == (row.count is None):
            faults.append(Fault("one_of", (*path, "by_places", place), "", "ratio | count"))
    for place, gate in enumerate(rule.gates):
        faults += _gate(gate, (*path, "gates", place))
    for place, tie in enumerate(rule.ties):
        faults += _tie(tie, (*path, "ties", place))
    for place, quota in enumerate(rule.quotas):
        faults += _quota(rule, quota, (*path, "quotas", place))
    if rule.entrants is not None and rule.entrants.below == "reduce" and rule.entrants.ratio is None:
        faults.append(Fault("missing_key", (*path, "entrants", "ratio"), "", "> 0"))
    if rule.close is not None:
        if rule.close.margin is None and rule.close.leader_below is None:
            faults.append(Fault("some_of", (*path, "close"), "", "margin | leader_below"))
        if rule.count is not None and rule.close.count <= rule.count:
            faults.append(
                Fault("out_of_range", (*path, "close", "count"), str(rule.close.count), f"> {rule.count}")
            )
    if rule.one_post and rule.within != "post":
        faults.append(Fault("not_with", (*path, "one_post"), f'within = "{rule.within}"', 'within = "post"'))
    return faults


def _gate(gate: Gate, path: Path) -> list[Fault]:
    faults = _conditions(gate.when, (*path, "when"))
    if all(limit is None for limit in (gate.at_least, gate.above, gate.at_most, gate.below)):
        faults.append(Fault("some_of", path, "", "at_least | above | at_most | below"))
    if gate.at_least is not None and gate.above is not None:
        faults.append(Fault("not_with", (*path, "above"), "at_least", "at_least | above"))
    if gate.at_most is not None and gate.below is not None:
        faults.append(Fault("not_with", (*path, "below"), "at_most", "at_most | below"))
    return faults


def _tie(tie: Tie, path: Path) -> list[Fault]:
    by_component = bool(tie.by or tie.exact or tie.places is not None)
    if [by_component, bool(tie.attribute), tie.lot].count(True) != 1:
        return [Fault("one_of", path, "", "by | places | exact | attribute | lot")]
    if tie.exact and tie.places is not None:
        return [Fault("not_with", (*path, "places"), "exact", "places | exact")]
    if tie.prefer and not tie.attribute:
        return [Fault("not_with", (*path, "prefer"), "", "attribute")]
    return []


def _quota(rule: Round, quota: Quota, path: Path) -> list[Fault]:
    faults = _conditions(quota.when, (*path, "when"))
    if bool(quota.when) == bool(quota.each):
        faults.append(Fault("one_of", path, "", "when | each"))
    if quota.each and (quota.at_most is None or quota.at_least is not None):
        faults.append(Fault("missing_key", (*path, "at_most"), "", "≥ 0"))
    if quota.at_least is None and quota.at_most is None:
        faults.append(Fault("some_of", path, "", "at_least | at_most"))
    limit = min((n for n in (rule.count, quota.at_most) if n is not None), default=None)
    if quota.at_least is not None and limit is not None and quota.at_least > limit:
        faults.append(Fault("out_of_range", (*path, "at_least"), str(quota.at_least), f"0 … {limit}"))
    return faults
