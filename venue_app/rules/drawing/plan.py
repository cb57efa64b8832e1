"""What a draw decides upon: fixed, printed and digested before anything random is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, get_args

from venue_app.base.errors import Known
from venue_app.domain.nouns import Purpose

PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
MOST_SEATS = 9999
_NO_TRAITS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Item:
    """Whoever or whatever is drawn.

    `stratum` limits it to places of that stratum, `bars` keeps it out of places, `keep` is a seat it already
    has. `chief` "yes" may take a chief's seat, "only" no other. `traits` are what the rules ask about (unit, post).
    """

    id: str
    stratum: str = ""
    chief: Literal["", "yes", "only"] = ""
    bars: frozenset[str] = frozenset()
    keep: tuple[str, int] | None = None
    traits: Mapping[str, str] = field(default_factory=lambda: _NO_TRAITS)

    def trait(self, key: str) -> str:
        """The value of `key`; without one, something nobody else has."""
        return self.traits.get(key) or f"={self.id}"


@dataclass(frozen=True, slots=True)
class Place:
    """Seats numbered from 1: a room, a half-day, a panel. The first `chiefs` of them are chiefs' seats."""

    id: str
    seats: int
    of: str = ""
    chiefs: int = 0

    @property
    def stratum(self) -> str:
        """The stratum the place belongs to: its own name unless said otherwise."""
        return self.of or self.id


@dataclass(frozen=True, slots=True)
class Rules:
    """Constraints and what happens to the absent and the late.

    `adjacent`: those with the same value of that trait are drawn as one block, and a place's seats count blocks.
    `apart`: no two with the same value follow each other. `distinct`: no two with the same value in one place.
    `reserve`: there may be more items than seats. `absent`: keeps the lot that fell to them, or is out.
    `late`: barred, or may be admitted after the last lot.
    """

    adjacent: str = ""
    apart: str = ""
    distinct: str = ""
    reserve: bool = False
    absent: Literal["lot", "out"] = "lot"
    late: Literal["barred", "last"] = "barred"


@dataclass(frozen=True, slots=True)
class Plan:
    """One draw without its seed."""

    purpose: Purpose
    places: tuple[Place, ...]
    items: tuple[Item, ...]
    rules: Rules = Rules()

    def place(self, name: str) -> Place:
        """The place of that name. Raises `KeyError`."""
        return next((p for p in self.places if p.id == name), None) or _missing(name)


def _missing(name: str) -> Place:
    raise KeyError(name)


def ordered_places(plan: Plan) -> tuple[Place, ...]:
    """The places in the order of their names, which is the order in which their seats are filled."""
    return tuple(sorted(plan.places, key=lambda place: place.id))


def checked(plan: Plan) -> Plan:
    """The plan itself when everything in it makes sense. Raises `Known` naming the first thing that does not."""
    if not plan.places or not plan.items:
        raise Known("draw.list_empty")
    for name in _names(plan):
        if not NAME.fullmatch(name):
            raise Known("draw.name", text=name[:60])
    for kind in (plan.places, plan.items):
        name, times = Counter(x.id for x in kind).most_common(1)[0]
        if times > 1:
            raise Known("draw.twice", id=name)
    for place in plan.places:
        if not 0 <= place.chiefs <= place.seats or not 1 <= place.seats <= MOST_SEATS:
            raise Known("draw.seats", place=place.id)
    for item in plan.items:
        _check_references(plan, item)
    _check_kept(plan)
    _check_mixture(plan)
    return plan


def _names(plan: Plan) -> Iterator[str]:
    rules = plan.rules
    yield from (key for key in (rules.adjacent, rules.apart, rules.distinct) if key)
    for place in plan.places:
        yield from (place.id, place.stratum)
    for item in plan.items:
        yield item.id
        yield from item.traits
        yield from item.traits.values()


def _check_references(plan: Plan, item: Item) -> None:
    if item.stratum and item.stratum not in {place.stratum for place in plan.places}:
        raise Known("draw.unknown_place", id=item.id, place=item.stratum)
    for name in sorted(item.bars - {place.id for place in plan.places}):
        raise Known("draw.unknown_place", id=item.id, place=name)
    if item.keep is not None:
        name, number = item.keep
        if not any(place.id == name and 1 <= number <= place.seats for place in plan.places):
            raise Known("draw.unknown_place", id=item.id, place=f"{name}/{number}")


def _check_kept(plan: Plan) -> None:
    kept: set[tuple[str, int]] = set()
    for item in plan.items:
        if item.keep in kept:
            raise Known("draw.kept_twice", place=f"{item.keep[0]}/{item.keep[1]}")
        if item.keep is not None:
            kept.add(item.keep)


def _check_mixture(plan: Plan) -> None:
    """Order rules (adjacent, apart) stand alone: together with seat rules the result could not be followed."""
    rules = plan.rules
    seating = rules.distinct or any(p.chiefs for p in plan.places)
    seating = seating or any(i.bars or i.keep or i.chief for i in plan.items)
    if (rules.adjacent and rules.apart) or ((rules.adjacent or rules.apart) and seating):
        raise Known("draw.rules_mixed")
    if (rules.apart or rules.adjacent) and rules.reserve:
        raise Known("draw.rules_mixed")
    if (rules.adjacent or rules.apart) and 0 < sum(bool(item.stratum) for item in plan.items) < len(
        plan.items
    ):
        raise Known("draw.rules_mixed")
    if rules.adjacent:
        homes: dict[str, str] = {}
        for item in plan.items:
            if homes.setdefault(item.trait(rules.adjacent), item.stratum) != item.stratum:
                raise Known("draw.block_split", block=item.trait(rules.adjacent))
