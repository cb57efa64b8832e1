"""The draw itself: a plan and a seed give one outcome, always the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial, perm

from venue_app.rules.draw import ticket
from venue_app.rules.drawing.apart import apart
from venue_app.rules.drawing.blocks import blocks, members
from venue_app.rules.drawing.conflict import explain
from venue_app.rules.drawing.fill import fill
from venue_app.rules.drawing.plan import Item, Plan, checked, ordered_places

METHOD = "sha256-ticket-2"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Place → identifiers in the order of seats (lots) from 1, and the reserve in its order."""

    places: dict[str, tuple[str, ...]]
    reserve: tuple[str, ...] = ()


def ranking(seed: str, items: Sequence[Item]) -> tuple[Item, ...]:
    """Items by ascending ticket, equal tickets by identifier."""
    return tuple(sorted(items, key=lambda item: (ticket(seed, item.id), item.id)))


def hold(plan: Plan, seed: str) -> Outcome:
    """What the seed gives. Raises `Known` draw.conflict_* when no seed could give anything."""
    conflict = explain(checked(plan))
    if conflict is not None:
        raise conflict.fault()
    ranked = ranking(seed, plan.items)
    if plan.rules.apart:
        return _apart(plan, ranked)
    whole = blocks(plan)
    drawn = fill(whole, ranking(seed, whole.items))
    if drawn is None:
        raise AssertionError("what can be filled is filled, whatever the seed")
    places = {
        place.id: tuple(
            name
            for number in range(1, place.seats + 1)
            for name in members(plan, drawn[(place.id, number)].id, ranked)
        )
        for place in ordered_places(plan)
    }
    seated = {name for names in places.values() for name in names}
    return Outcome(places, tuple(item.id for item in ranked if item.id not in seated))


def _apart(plan: Plan, ranked: Sequence[Item]) -> Outcome:
    """A row for each stratum, or one for all where nobody has a stratum; it goes on over the break between places."""
    found: dict[str, tuple[str, ...]] = {}
    rows: dict[str, list[str]] = {}
    stratified = bool(plan.items[0].stratum)
    for place in ordered_places(plan):
        home = place.stratum if stratified else ""
        if home not in rows:
            row = apart([i for i in ranked if i.stratum == home], plan.rules.apart)
            rows[home] = [item.id for item in row or ()]
        found[place.id] = tuple(rows[home][: place.seats])
        del rows[home][: place.seats]
    return Outcome(found)


def arrangements(plan: Plan) -> int:
    """In how many ways the draw could fall out if nothing but strata bound it: what the hall's dice should cover."""
    ways = 1
    for stratum in {item.stratum for item in blocks(plan).items}:
        items = sum(item.stratum == stratum for item in blocks(plan).items)
        seats = sum(p.seats for p in plan.places if not stratum or p.stratum == stratum)
        ways *= perm(items, min(seats, items))
    if plan.rules.adjacent:
        for block in blocks(plan).items:
            ways *= factorial(len(members(plan, block.id, plan.items)))
    return ways


def dice_for(ways: int, sides: int = 10) -> int:
    """How many dice of so many sides have at least `ways` outcomes: 33 ten-sided ones for 30! orders."""
    if sides < 2:
        raise ValueError(sides)
    dice, outcomes = 0, 1
    while outcomes < ways:
        dice, outcomes = dice + 1, outcomes * sides
    return dice
