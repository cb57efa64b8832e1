"""Seats filled by tickets: the first of all complete fillings, reading the seats in order and tickets upwards.

Every seat in its order gets the item with the lowest ticket that may sit there such that all other open seats can
still be filled. Without constraints that is plain ascending order. Chiefs' seats come first; there the search
may have to step back, because units and chiefs together are more than a flow can decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from venue_app.rules.drawing.flow import Flow, fill_places
from venue_app.rules.drawing.plan import Item, Place, Plan, ordered_places

Seat = tuple[str, int]
Which = Literal["all", "chiefs", "others"]


@dataclass(frozen=True, slots=True)
class Board:
    """Who sits where at one moment of the work."""

    plan: Plan
    taken: Mapping[Seat, Item]

    def with_item(self, seat: Seat, item: Item) -> Board:
        """The board after one more seat was given."""
        return Board(self.plan, {**self.taken, seat: item})

    def open_seats(self) -> list[Seat]:
        """Seats to fill, in order: chiefs' seats first, then by place and number."""
        places = ordered_places(self.plan)
        seats = [(p, number) for p in places for number in range(1, p.seats + 1)]
        seats.sort(key=lambda x: x[1] > x[0].chiefs)  # stable: places and numbers stay in order
        return [(p.id, number) for p, number in seats if (p.id, number) not in self.taken]

    def used(self, place: str) -> set[str]:
        """Units (values of the `distinct` trait) that already sit in the place."""
        key = self.plan.rules.distinct
        return {item.trait(key) for (name, _), item in self.taken.items() if name == place} if key else set()

    def free_items(self, items: Sequence[Item]) -> list[Item]:
        """Those of `items` without a seat, in the order given."""
        seated = {item.id for item in self.taken.values()}
        return [item for item in items if item.id not in seated]


def kept_board(plan: Plan) -> Board:
    """Only those who keep the seat they have."""
    return Board(plan, {item.keep: item for item in plan.items if item.keep is not None})


def admits(item: Item, place: Place, chief_seat: bool) -> bool:
    """Whether the item may take such a seat of the place, whoever else sits there."""
    if place.id in item.bars or (item.stratum and item.stratum != place.stratum):
        return False
    return bool(item.chief) if chief_seat else item.chief != "only"


def reach(board: Board, which: Which = "all") -> Flow:
    """How far the open seats can be filled: all of them, chiefs' seats alone, or the others alone.

    While chiefs' seats are open this is a bound, afterwards it is exact.
    """
    plan, key = board.plan, board.plan.rules.distinct
    chiefs: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for name, number in board.open_seats():
        (chiefs if number <= plan.place(name).chiefs else others)[name] += 1
    if which != "all":
        (others if which == "chiefs" else chiefs).clear()
    ways = []
    free = board.free_items(plan.items)
    for place in ordered_places(plan):
        used = board.used(place.id)
        for item in free:
            gate = item.trait(key) if key else ""
            fits = (chiefs[place.id] and admits(item, place, True)) or (
                others[place.id] and admits(item, place, False)
            )
            if fits and gate not in used:
                ways.append((item.id, gate, place.id))
    return fill_places(chiefs + others, ways)


def fill(plan: Plan, ranked: Sequence[Item]) -> Mapping[Seat, Item] | None:
    """The first complete filling with `ranked` in ascending order of tickets; None when there is none."""
    board = kept_board(plan)
    if simple(plan):
        return _in_turn(board, ranked)
    seats = [(name, number) for name, number in board.open_seats() if number <= plan.place(name).chiefs]
    seated = _chiefs(board, seats, ranked)
    return None if seated is None else _others(seated, ranked)


def simple(plan: Plan) -> bool:
    """Nothing but strata of the right size: then every choice can be completed."""
    if plan.rules.distinct or any(p.chiefs for p in plan.places):
        return False
    if any(i.bars or i.keep or i.chief for i in plan.items):
        return False
    seats: Counter[str] = Counter()
    for place in plan.places:
        seats[place.stratum] += place.seats
    items = Counter(item.stratum for item in plan.items)
    if items.keys() == {""}:
        return len(plan.items) >= seats.total()
    return "" not in items and all(items[stratum] >= wanted for stratum, wanted in seats.items())


def _in_turn(board: Board, ranked: Sequence[Item]) -> Mapping[Seat, Item]:
    waiting = {
        stratum: iter([i for i in ranked if i.stratum == stratum]) for stratum in {i.stratum for i in ranked}
    }
    taken = {}
    for seat in board.open_seats():
        stratum = board.plan.place(seat[0]).stratum
        taken[seat] = next(waiting[stratum if stratum in waiting else ""])
    return taken


def _chiefs(board: Board, seats: Sequence[Seat], ranked: Sequence[Item]) -> Board | None:
    """The chiefs' seats filled so that everything else can be; steps back where it cannot."""
    if reach(board).short or (seats and (reach(board, "others").short or reach(board, "chiefs").short)):
        return None
    if not seats:
        return board
    failed: set[tuple[object, ...]] = set()
    for item in _fitting(board, seats[0], ranked):
        alike = (item.stratum, item.chief, item.bars, item.trait(board.plan.rules.distinct))
        if alike in failed:  # whoever differs from a failure in nothing that matters fails too
            continue
        seated = _chiefs(board.with_item(seats[0], item), seats[1:], ranked)
        if seated is not None:
            return seated
        failed.add(alike)
    return None


def _others(board: Board, ranked: Sequence[Item]) -> Mapping[Seat, Item]:
    """The remaining seats; the flow is exact here, so nothing is ever taken back."""
    where = reach(board).where
    for seat in board.open_seats():
        for item in _fitting(board, seat, ranked):
            after = board.with_item(seat, item)
            if where.get(item.id) != seat[0]:  # the known way puts it elsewhere: look for another way
                found = reach(after)
                if found.short:
                    continue
                where = found.where
            board = after
            break
    return board.taken


def _fitting(board: Board, seat: Seat, ranked: Sequence[Item]) -> list[Item]:
    """Items without a seat that may take this one beside those who already sit in the place."""
    place, used = board.plan.place(seat[0]), board.used(seat[0])
    key = board.plan.rules.distinct
    chief_seat = seat[1] <= place.chiefs
    return [
        item
        for item in board.free_items(ranked)
        if admits(item, place, chief_seat) and not (key and item.trait(key) in used)
    ]
