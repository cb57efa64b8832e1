"""Why a draw cannot be held as listed: which places, people and units stand in each other's way.

All of it depends on the list alone, so it is known before the list is frozen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from venue_app.base.errors import Known
from venue_app.rules.drawing.apart import can_be_apart, crowd
from venue_app.rules.drawing.blocks import blocks
from venue_app.rules.drawing.fill import Which, admits, fill, kept_board, reach, simple
from venue_app.rules.drawing.flow import Flow, fill_places
from venue_app.rules.drawing.plan import Item, Place, Plan, ordered_places

#: Looked at in this order, so that a want of chiefs is said before a want of people.
WAYS: tuple[Which, ...] = ("chiefs", "others", "all")


@dataclass(frozen=True, slots=True)
class Conflict:
    """What cannot be met.

    count: `seats` and `items` do not agree in `places`. apart: too many of `units[0]`. seats: `places` want
    `seats`, at most `able` can be had. chiefs: the same for chiefs' seats. both: chiefs' seats can be filled and
    all seats can be filled, but not in one arrangement. `items` may sit there, `units` can give only one to a
    place, `barred` are those kept out.
    """

    kind: Literal["count", "apart", "seats", "chiefs", "both"]
    places: tuple[str, ...]
    seats: int
    able: int
    items: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()

    def fault(self) -> Known:
        """The conflict as a sentence in every language."""
        said = {"places": self.places, "items": self.items, "units": self.units, "barred": self.barred}
        words = {key: ", ".join(names) or "-" for key, names in said.items()}
        return Known(f"draw.conflict_{self.kind}", seats=self.seats, able=self.able, **words)


def explain(plan: Plan) -> Conflict | None:
    """The conflict that makes the draw impossible, or None when it can be held, whatever the seed."""
    if plan.rules.apart:
        return _wrong_count(plan) or _crowded(plan)
    plan = blocks(plan)
    whole = _wrong_count(plan)
    if whole is not None or simple(plan):
        return whole
    for which in WAYS:
        flow = reach(kept_board(plan), which)
        if flow.short:
            return _starved(plan, flow, which)
    return None if fill(plan, plan.items) is not None else _tangled(plan)


def _groups(plan: Plan) -> Iterator[tuple[list[Place], list[Item]]]:
    """Places with the items meant for them: by stratum where everybody is drawn into one, else all together."""
    sorted_out = all(i.stratum and not i.keep for i in plan.items)
    strata = sorted({p.stratum for p in plan.places}) if sorted_out else [""]
    for stratum in strata:
        places = [p for p in ordered_places(plan) if not stratum or p.stratum == stratum]
        yield places, [item for item in plan.items if not stratum or item.stratum == stratum]


def _wrong_count(plan: Plan) -> Conflict | None:
    """More seats than items, or more items than seats without a reserve."""
    for places, items in _groups(plan):
        seats = sum(p.seats for p in places)
        if len(items) < seats or (len(items) > seats and not plan.rules.reserve):
            names = tuple(sorted(i.id for i in items))
            return Conflict("count", tuple(p.id for p in places), seats, len(items), names)
    return None


def _crowded(plan: Plan) -> Conflict | None:
    key = plan.rules.apart
    for places, items in _groups(plan):
        if not can_be_apart(Counter(i.trait(key) for i in items), ""):
            kind, _ = crowd(items, key)
            those = tuple(sorted(i.id for i in items if i.trait(key) == kind))
            names = tuple(p.id for p in places)
            return Conflict("apart", names, len(items), (len(items) + 1) // 2, those, (kind,))
    return None


def _starved(plan: Plan, flow: Flow, which: Which) -> Conflict:
    """The places of the cut with everything that limits them."""
    board = kept_board(plan)
    places = [p for p in ordered_places(plan) if p.id in flow.starved]
    wanted = sum(
        name in flow.starved and which in ("all", _class(plan.place(name), number))
        for name, number in board.open_seats()
    )
    free = [i for i in board.free_items(plan.items) if i.chief or which != "chiefs"]
    able = [i for i in free if any(_may(i, place, which) for place in places)]
    return Conflict(
        "chiefs" if which == "chiefs" else "seats",
        tuple(p.id for p in places),
        wanted,
        wanted - flow.short,
        tuple(sorted(i.id for i in able)),
        _limiting(plan, able, places, which),
        tuple(sorted(f"{i.id}/{p.id}" for i in free for p in places if p.id in i.bars)),
    )


def _class(place: Place, number: int) -> Which:
    return "chiefs" if number <= place.chiefs else "others"


def _may(item: Item, place: Place, which: Which) -> bool:
    """Whether the item may take some seat of that class in the place."""
    as_chief = which != "others" and place.chiefs > 0 and admits(item, place, True)
    return as_chief or (which != "chiefs" and place.seats > place.chiefs and admits(item, place, False))


def _limiting(plan: Plan, able: Sequence[Item], places: Sequence[Place], which: Which) -> tuple[str, ...]:
    """Units that cannot seat all their people in these places, with one to a place."""
    key = plan.rules.distinct
    if not key:
        return ()
    board = kept_board(plan)
    found = []
    for unit in sorted({i.trait(key) for i in able}):
        people = [i for i in able if i.trait(key) == unit]
        room = [p for p in places if unit not in board.used(p.id)]
        ways = [(i.id, "", p.id) for i in people for p in room if _may(i, p, which)]
        if len(fill_places({p.id: 1 for p in room}, ways).where) < len(people):
            found.append(unit)
    return tuple(found)


def _tangled(plan: Plan) -> Conflict:
    """Chiefs alone fit and all together fit, but not both: the places with chiefs, who may be chief, their units."""
    board, key = kept_board(plan), plan.rules.distinct
    seats = board.open_seats()
    chiefs = [i for i in board.free_items(plan.items) if i.chief]
    units = Counter(i.trait(key) for i in plan.items)
    return Conflict(
        "both",
        tuple(p.id for p in ordered_places(plan) if p.chiefs),
        len(seats),
        len(seats),
        tuple(sorted(i.id for i in chiefs)),
        tuple(sorted({i.trait(key) for i in chiefs if units[i.trait(key)] > 1})),
        tuple(sorted(f"{i.id}/{name}" for i in chiefs for name in i.bars)),
    )
