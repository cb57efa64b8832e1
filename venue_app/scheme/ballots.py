"""Ballots (测评票、推荐票、表决票): what a paper asks, when it is void, and how votes become points."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from venue_app.scheme.bounds import Bounds
from venue_app.scheme.components import Component, register
from venue_app.scheme.judging import EXACT, NO_TRIM, Per, Rounding, Trim
from venue_app.scheme.numbers import Number
from venue_app.scheme.text import EMPTY, Text

FOR, AGAINST, ABSTAIN = "for", "against", "abstain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """An answer on the paper and the points it is worth."""

    id: str
    title: Text
    points: Number = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing asked of each entry (德, 能, 勤, 绩, 廉) and its weight among them."""

    id: str
    title: Text
    weight: Annotated[Number, Bounds(0)] = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoterClass:
    """A class of voters (leaders, peers, staff) and the weight of its result."""

    id: str
    title: Text
    weight: Annotated[Number, Bounds(0)] = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A forced distribution on one paper: how many marks may or must be `grade`, or lie within limits.

    Counted for each item apart, or for `item` only. A paper that breaks it is void.
    """

    item: str = ""
    grade: str = ""
    at_least: Decimal | None = None
    above: Decimal | None = None
    at_most: Decimal | None = None
    below: Decimal | None = None
    count_at_most: Annotated[int, Bounds(0)] | None = None
    count_at_least: Annotated[int, Bounds(0)] | None = None
    share_at_most: Annotated[Number, Bounds(0, 1)] | None = None
    share_at_least: Annotated[Number, Bounds(0, 1)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """The vote counts only when `of` ÷ `over` is `at_least` (inclusive) or `above` (exclusive) a share."""

    of: Literal["issued", "returned", "valid", "present"]
    over: Literal["members", "present", "issued", "returned"]
    at_least: Annotated[Number, Bounds(0, 1)] | None = None
    above: Annotated[Number, Bounds(0, 1)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """One ballot.

    `kind`: `grades` (one of `grades` for each item), `decide` (for, against, abstain), `choose` (names ticked
    or written in), `rank` (1 to n), `points` (a number from `minimum` to `maximum` by `step`).
    `within` says who stand on one paper together: `event`, `post`, `room` or an attribute.
    `over_mark`: two marks in one item void that `item`, or the whole `paper`. `blank`: an item left empty is
    an `abstain`ion, or voids the `paper`. `blank_paper`: a paper with no mark at all is `valid` or `void`.
    `per = "person"`: the paper names persons, once each, whatever the number of posts they entered for.
    `all_equal`: a paper that marks everything the same is `valid` or `void`.
    """

    id: str
    title: Text
    kind: Literal["grades", "decide", "choose", "rank", "points"]
    within: str = "event"
    grades: tuple[Grade, ...] = ()
    items: tuple[Item, ...] = ()
    classes: tuple[VoterClass, ...] = ()
    choose_exactly: Annotated[int, Bounds(1)] | None = None
    choose_at_most: Annotated[int, Bounds(1)] | None = None
    choose_at_least: Annotated[int, Bounds(0)] | None = None
    write_in: bool = False
    minimum: Decimal = Decimal(0)
    maximum: Decimal = Decimal(100)
    step: Annotated[Decimal, Bounds(0, above=True)] = Decimal(1)
    over_mark: Literal["item", "paper"] = "item"
    blank: Literal["abstain", "paper"] = "abstain"
    blank_paper: Literal["valid", "void"] = "valid"
    all_equal: Literal["valid", "void"] = "valid"
    spreads: tuple[Spread, ...] = ()
    quorum: tuple[Quorum, ...] = ()
    note: Text = EMPTY
    per: Per = "entry"

    def item_ids(self) -> tuple[str, ...]:
        """The items, or the one nameless item of a ballot that states none."""
        return tuple(item.id for item in self.items) or ("",)

    def class_ids(self) -> tuple[str, ...]:
        """The classes of voters, or the one nameless class."""
        return tuple(c.id for c in self.classes) or ("",)

    def answers(self) -> tuple[str, ...]:
        """The answers a mark may be, for kinds that have a list of them."""
        if self.kind == "decide":
            return (FOR, AGAINST, ABSTAIN)
        if self.kind == "choose":
            return (FOR,)
        return tuple(grade.id for grade in self.grades)


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class BallotScore(Component):
    """What a ballot says of an entry, as a number.

    `measure`: `points` adds the answers' points × votes and divides by the denominator; `share` is the votes
    for `answers` ÷ the denominator × `points`; `votes` counts them; `mean` is the mean of the numbers on the
    papers (ranks or points), `trim` of them dropped.
    `denominator`: `valid` papers, `marked` (valid papers that answer this item), `answers` (votes for
    `denominator_answers` only: for ÷ for and against), `returned`, `issued`, `members` or `present`.
    Items are averaged by weight (`items_take = "sum"` adds them, times their weights), classes by weight
    (`classes = "pool"` counts all papers together, `by-vote` too, each paper as often as its class weighs);
    a class without a valid paper makes the result `wait`, or its weight goes to the others (`share-out`).
    """

    kind: ClassVar[str] = "ballot"
    alone: ClassVar[bool] = False
    ballot: str
    measure: Literal["points", "share", "votes", "mean"] = "points"
    answers: tuple[str, ...] = ()
    denominator: Literal["valid", "marked", "answers", "returned", "issued", "members", "present"] = "valid"
    denominator_answers: tuple[str, ...] = ()
    points: Number = Decimal(100)
    items: tuple[str, ...] = ()
    of_classes: tuple[str, ...] = ()
    classes: Literal["weigh", "pool", "by-vote"] = "weigh"
    empty_class: Literal["wait", "share-out"] = "wait"
    items_take: Literal["mean", "sum"] = "mean"
    trim: Trim = NO_TRIM
    item_rounding: Rounding = EXACT
    class_rounding: Rounding = EXACT
