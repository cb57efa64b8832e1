"""What a ballot says of an entry, as a number: points, shares, votes, means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from venue_app.rules.belong import holder
from venue_app.rules.context import Columns, Context
from venue_app.rules.counting import Count, add, times
from venue_app.rules.kinds.base import Inner, Shown, exact_column
from venue_app.rules.node import Node
from venue_app.rules.number import Column, Reason, cut_value, decimal, spoken
from venue_app.scheme.ballots import ABSTAIN, AGAINST, FOR, Ballot, BallotScore
from venue_app.scheme.components import Component
from venue_app.scheme.numbers import written
from venue_app.scheme.text import EMPTY, Text


@dataclass(frozen=True, slots=True)
class Part:
    """One item of one class: the number, what was divided by what, the votes."""

    item: str
    value: Fraction
    top: Fraction
    bottom: int
    votes: dict[str, int]


@dataclass(frozen=True, slots=True)
class ClassPart:
    """One class of voters: its number, weight, the papers, and its items."""

    voter_class: str
    value: Fraction
    weight: Fraction
    count: Count
    parts: tuple[Part, ...]


def _chosen(ballot: Ballot, component: BallotScore) -> tuple[str, ...]:
    return component.answers or (
        ballot.answers()[:1] if ballot.kind in {"decide", "choose"} else ballot.answers()
    )


def _denominator(ballot: Ballot, component: BallotScore, count: Count, votes: dict[str, int]) -> int | None:
    match component.denominator:
        case "valid":
            return count.valid
        case "marked":
            return sum(votes.values())
        case "answers":
            named = component.denominator_answers or ((FOR, AGAINST) if ballot.kind == "decide" else ())
            return sum(votes.get(answer, 0) for answer in named)
        case "returned":
            return count.returned
        case "issued":
            return count.issued
        case "members":
            return count.members
        case _:
            return count.present


def _points(ballot: Ballot, votes: dict[str, int]) -> Fraction:
    worth = {grade.id: Fraction(grade.points) for grade in ballot.grades}
    if ballot.kind == "points":
        return sum((Fraction(written(a) or 0) * n for a, n in votes.items()), Fraction(0))
    return sum((worth.get(answer, Fraction(0)) * number for answer, number in votes.items()), Fraction(0))


def _mean(component: BallotScore, votes: dict[str, int]) -> tuple[Fraction, int]:
    numbers = sorted(Fraction(written(answer) or 0) for answer, n in votes.items() for _ in range(n))
    high, low = component.trim.cut(len(numbers))
    kept = numbers[low : len(numbers) - high] if len(numbers) > high + low else []
    return sum(kept, Fraction(0)), len(kept)


def _part(ballot: Ballot, component: BallotScore, count: Count, entry: str, item: str) -> Part | Reason:
    votes = count.votes.get((entry, item), {})
    bottom: int | None
    if component.measure == "mean":
        top, bottom = _mean(component, votes)
    else:
        bottom = _denominator(ballot, component, count, votes)
        chosen = Fraction(sum(votes.get(answer, 0) for answer in _chosen(ballot, component)))
        if component.measure == "votes":
            return Part(item, chosen, chosen, 1, votes)
        top = _points(ballot, votes) if component.measure == "points" else chosen * Fraction(component.points)
    if bottom is None:
        return Reason("denominator_missing", {"ballot": ballot.id, "denominator": component.denominator})
    if bottom == 0:
        return Reason("no_votes", {"ballot": ballot.id})
    return Part(item, cut_value(top / bottom, component.item_rounding), top, bottom, votes)


def _class(
    ballot: Ballot, component: BallotScore, count: Count, entry: str, name: str, weight: Fraction
) -> ClassPart | Reason:
    wanted = component.items or ballot.item_ids()
    weights = {item.id: Fraction(item.weight) for item in ballot.items}
    parts: list[Part] = []
    for item in wanted:
        part = _part(ballot, component, count, entry, item)
        if isinstance(part, Reason):
            return part
        parts.append(part)
    whole = sum((part.value * weights.get(part.item, Fraction(1)) for part in parts), Fraction(0))
    if component.items_take == "mean" and component.measure != "votes":
        weight_of_all = sum((weights.get(item, Fraction(1)) for item in wanted), Fraction(0))
        if not weight_of_all:
            return Reason("division_by_zero")
        whole /= weight_of_all
    return ClassPart(name, cut_value(whole, component.class_rounding), weight, count, tuple(parts))


def _quorum(ballot: Ballot, count: Count) -> bool | None:
    """Whether enough took part; None when a number needed for that is not known."""
    for rule in ballot.quorum:
        top, bottom = getattr(count, rule.of), getattr(count, rule.over)
        if top is None or bottom is None:
            return None
        share = Fraction(top, bottom) if bottom else Fraction(0)
        if rule.at_least is not None and share < Fraction(rule.at_least):
            return False
        if rule.above is not None and share <= Fraction(rule.above):
            return False
    return True


def score(context: Context, component: BallotScore, name: str) -> tuple[ClassPart, ...] | Reason:
    """The classes' numbers for one entry, or why there are none."""
    ballot = context.scheme.ballot(component.ballot)
    where = context.where(name, ballot.within)
    on_paper = holder(context.facts.entries[name], ballot.per)
    wanted = component.of_classes or ballot.class_ids()
    found = {c: context.frame.ballots.get((ballot.id, where, c)) for c in wanted}
    boxes = {c: count for c, count in found.items() if count is not None}
    params = {"ballot": ballot.id}
    if len(boxes) < len(found):
        return Reason("ballot_missing", params)
    whole = add(boxes.values())
    if whole.void_vote:
        return Reason("ballot_void", {**params, "issued": str(whole.issued), "returned": str(whole.returned)})
    quorum = _quorum(ballot, whole)
    if not quorum:
        return Reason("quorum_open" if quorum is None else "quorum_failed", params)
    weights = {c.id: Fraction(c.weight) for c in ballot.classes}
    if ballot.kind != "choose" and all((on_paper, item) not in whole.votes for item in ballot.item_ids()):
        return Reason("not_on_ballot", params)
    if component.classes != "weigh":
        scale = lcm(*(w.denominator for w in weights.values()))
        if component.classes == "by-vote":
            whole = add(
                times(count, int(weights.get(one, Fraction(1)) * scale)) for one, count in boxes.items()
            )
        pooled = _class(ballot, component, whole, on_paper, "", Fraction(1))
        if isinstance(pooled, Reason) or component.classes == "pool" or component.measure != "votes":
            return pooled if isinstance(pooled, Reason) else (pooled,)
        return (replace(pooled, value=pooled.value / scale),)
    parts: list[ClassPart] = []
    for one, count in boxes.items():
        if count.valid == 0 and component.empty_class == "share-out":
            continue
        part = _class(ballot, component, count, on_paper, one, weights.get(one, Fraction(1)))
        if isinstance(part, Reason):
            return part
        parts.append(part)
    if parts and component.measure != "votes" and not any(part.weight for part in parts):
        return Reason("division_by_zero")
    return tuple(parts) or Reason("no_votes", params)


def whole_value(component: BallotScore, parts: Sequence[ClassPart]) -> Fraction:
    """Classes put together: votes add up, everything else is averaged by weight."""
    if component.measure == "votes":
        return sum((part.value * part.weight for part in parts), Fraction(0))
    weight = sum((part.weight for part in parts), Fraction(0))
    return sum((part.value * part.weight for part in parts), Fraction(0)) / weight


def ballot_column(context: Context, component: Component, _done: Columns) -> Column:
    """The ballot's number for every row."""
    assert isinstance(component, BallotScore)

    def cell(name: str) -> Fraction | Reason:
        parts = score(context, component, name)
        return parts if isinstance(parts, Reason) else whole_value(component, parts)

    return exact_column((cell(name) for name in context.ids), context.scheme.rounding_of(component))


def _answer_title(ballot: Ballot, answer: str) -> Text:
    titles = {grade.id: grade.title for grade in ballot.grades}
    return titles.get(answer, Text.of(answer) if answer not in {FOR, AGAINST, ABSTAIN} else EMPTY)


def _part_node(ballot: Ballot, component: BallotScore, part: Part) -> Node:
    titles = {item.id: item.title for item in ballot.items}
    order = ballot.answers() or tuple(sorted(part.votes, key=lambda a: (written(a) or 0, a)))
    children = tuple(
        Node("answer", _answer_title(ballot, answer), str(part.votes[answer]), {"answer": answer})
        for answer in order
        if part.votes.get(answer)
    )
    params = {"top": spoken(decimal(part.top)), "bottom": str(part.bottom), "measure": component.measure}
    params["denominator"] = component.denominator
    rounding = component.item_rounding if component.item_rounding.mode != "exact" else None
    return Node(
        "ballot_item",
        titles.get(part.item, EMPTY),
        spoken(decimal(part.value)),
        params,
        children,
        None,
        rounding,
    )


def ballot_shown(context: Context, component: Component, _done: Columns, index: int, _inner: Inner) -> Shown:
    """Classes, their papers, their items, their votes."""
    assert isinstance(component, BallotScore)
    ballot = context.scheme.ballot(component.ballot)
    parts = score(context, component, context.ids[index])
    if isinstance(parts, Reason):
        return Shown(words={"ballot": ballot.title})
    titles = {c.id: c.title for c in ballot.classes}
    children = []
    for part in parts:
        params = {
            "weight": spoken(decimal(part.weight)),
            "issued": str(part.count.issued),
            "returned": str(part.count.returned),
            "valid": str(part.count.valid),
            "void": str(part.count.void),
        }
        items = tuple(_part_node(ballot, component, one) for one in part.parts)
        rounding = component.class_rounding if component.class_rounding.mode != "exact" else None
        title = titles.get(part.voter_class, EMPTY)
        children.append(
            Node("ballot_class", title, spoken(decimal(part.value)), params, items, None, rounding)
        )
    exact = whole_value(component, parts)
    return Shown(
        {"measure": component.measure, "classes": str(len(parts)), "exact": spoken(decimal(exact))},
        tuple(children),
        {"ballot": ballot.title},
    )
