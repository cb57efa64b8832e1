"""The lists of a draw: who is on it, the order as far as the hall has seen it, and what was set aside. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ui.screens.draw.names import names_of, place_title
from ui.words import Say, Text
from venue_app.base.clock import local_hms
from venue_app.domain.nouns import Purpose
from venue_app.rules.drawing import Plan
from venue_app.state import Draw, State

Standing = Literal["", "missing", "left", "late", "replaced", "reserve"]
RESERVE = "-"
Names = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody on the list or in the order; `lot` is 0 where there is none, `entry` empty where it is hidden."""

    entry: str
    name: str
    post: str
    lot: int = 0
    standing: Standing = ""


@dataclass(frozen=True, slots=True)
class PlacePart:
    """A place with its people; `old` is why an order no longer counts."""

    id: str
    title: Text
    people: tuple[Listed, ...]
    old: Text = ""


def before(
    state: State, purpose: Purpose, plan: Plan | None, missing: frozenset[str] = frozenset()
) -> tuple[PlacePart, ...]:
    """The list by strata. Those noted as missing stay in it, marked, even where they are out."""
    if plan is None:
        return ()
    names = names_of(state, purpose)
    strata: dict[str, set[str]] = {}
    for item in plan.items:
        strata.setdefault(item.stratum, set()).add(item.id)
    found = [
        PlacePart(
            stratum,
            place_title(state, purpose, stratum),
            tuple(_listed(names, x, 0, "missing" if x in missing else "") for x in sorted(ids)),
        )
        for stratum, ids in sorted(strata.items())
    ]
    out = missing - {item.id for item in plan.items}
    if out:
        gone = tuple(_listed(names, x, 0, "missing") for x in sorted(out))
        found.append(PlacePart("missing", Say("draw_screen.list.out"), gone))
    return tuple(found)


def _listed(names: Names, name: str, lot: int = 0, standing: Standing = "") -> Listed:
    called, beside = names.get(name, (name, ""))
    return Listed(name, called, beside, lot, standing)


def awaited(state: State, purpose: Purpose, plan: Plan | None) -> tuple[PlacePart, ...]:
    """The places with their lots, all of them still empty."""
    return tuple(
        PlacePart(
            place.id,
            place_title(state, purpose, place.id),
            tuple(Listed("", "—", "", lot) for lot in range(1, place.seats + 1)),
        )
        for place in sorted(plan.places if plan is not None else (), key=lambda place: place.id)
    )


def filled(state: State, held: Draw) -> tuple[PlacePart, ...]:
    """The order as the hall knows it: hidden lots are empty, whoever left is marked, whoever came late is last."""
    names = names_of(state, held.purpose)
    if held.held_at is None:
        return awaited(state, held.purpose, held.plan)
    hidden = frozenset(state.showing.hidden) if held.purpose == state.scheme.draw.lots else frozenset()
    now = held.standing
    found = [
        PlacePart(
            place,
            place_title(state, held.purpose, place),
            tuple(
                _seat(names, held.result.get(place, ()), lot, name, hidden)
                for lot, name in enumerate(there, 1)
            ),
        )
        for place, there in sorted(now.places.items())
    ]
    if now.reserve:
        people = tuple(_listed(names, x, lot, "reserve") for lot, x in enumerate(now.reserve, 1))
        found.append(PlacePart(RESERVE, Say("draw_screen.order.reserve"), people))
    return tuple(found)


def _seat(names: Names, drawn: tuple[str, ...], lot: int, now: str | None, hidden: frozenset[str]) -> Listed:
    first = drawn[lot - 1] if lot <= len(drawn) else None
    if now is None:
        return _listed(names, first or "", lot, "left")
    if now in hidden:
        return Listed("", "—", "", lot)
    return _listed(names, now, lot, "late" if first is None else "" if first == now else "replaced")


def set_aside(state: State, purpose: Purpose) -> tuple[PlacePart, ...]:
    """The draws of this kind that no longer count, each in one list: they stay on record."""
    past = [held for held in state.past_draws if held.purpose == purpose and held.set_aside]
    return tuple(_old(state, held, number) for number, held in enumerate(past, 1))


def _old(state: State, held: Draw, number: int) -> PlacePart:
    names = names_of(state, held.purpose)
    people = tuple(
        _listed(names, name, lot, "left")
        for _, there in sorted(held.result.items())
        for lot, name in enumerate(there, 1)
    )
    at = local_hms(held.held_at or held.frozen_at)
    why = Say("draw_screen.order.old_why", at=at, reason=held.set_aside, second=held.second)
    return PlacePart(f"old{number}", Say("draw_screen.order.old", number=number), people, why)
