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
from venue_app.rules.drawing.fill import admits, fill, kept_board, reach, simple
from venue_app.rules.drawing.flow import Flow
from venue_app.rules.drawing.plan import Item, Place, Plan, ordered_places


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
    chiefs = reach(kept_board(plan), "chiefs")
    if chiefs.short:
        return _starved(plan, chiefs, "chiefs")
    every = reach(kept_board(plan))
    if every.short:
        return _starved(plan, every, "seats")
    if fill(plan, plan.items) is None:
        everywhere = frozenset(p.id for p in plan.places if p.chiefs)
        return _starved(plan, Flow({}, 0, everywhere), "both")
    return None


def _groups(plan: Plan) -> Iterator[tuple[list[Place], list[Item]]]:
    """Places with the items meant for them: by stratum where everybody has one, else all together."""
    strata = sorted({p.stratum for p in plan.places}) if all(i.stratum for i in plan.items) else [""]
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


def _starved(plan: Plan, flow: Flow, kind: Literal["seats", "chiefs", "both"]) -> Conflict:
    """The places of the cut with everything that limits them. For "both" the cut is all places with a chief."""
    board = kept_board(plan)
    places = [p for p in ordered_places(plan) if p.id in flow.starved]
    wanted = sum(
        place in flow.starved and (kind != "chiefs" or number <= plan.place(place).chiefs)
        for place, number in board.open_seats()
    )
    free = [i for i in board.free_items(plan.items) if i.chief or kind == "seats"]
    able = [i for i in free if any(_may(i, place, kind) for place in places)]
    return Conflict(
        kind,
        tuple(p.id for p in places),
        wanted,
        wanted - flow.short,
        tuple(sorted(i.id for i in able)),
        _limiting(plan, able, places),
        tuple(sorted(f"{i.id}/{p.id}" for i in free for p in places if p.id in i.bars)),
    )


def _may(item: Item, place: Place, kind: str) -> bool:
    return (
        admits(item, place, True)
        if kind != "seats"
        else admits(item, place, False) or (bool(place.chiefs) and admits(item, place, True))
    )


def _limiting(plan: Plan, able: Sequence[Item], places: Sequence[Place]) -> tuple[str, ...]:
    """Units that have more people for these places than may sit there, with one to a place."""
    key = plan.rules.distinct
    if not key:
        return ()
    board = kept_board(plan)
    many = Counter(i.trait(key) for i in able)
    room = {unit: sum(unit not in board.used(p.id) for p in places) for unit in many}
    return tuple(sorted(unit for unit, people in many.items() if people > room[unit]))
