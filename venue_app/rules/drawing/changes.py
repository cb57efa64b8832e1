"""After the draw: who withdraws, stays away, comes late or is replaced. Nobody else's lot moves, ever."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from venue_app.base.errors import Known
from venue_app.domain.nouns import ChangeKind
from venue_app.rules.drawing.fill import admits
from venue_app.rules.drawing.outcome import Outcome
from venue_app.rules.drawing.plan import NAME, Item, Plan


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to `id`. `place` is where somebody late is admitted, empty otherwise."""

    kind: ChangeKind
    id: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Place → identifiers by lot from 1, None where a lot stands empty; and who is left in reserve, in order."""

    places: dict[str, tuple[str | None, ...]]
    reserve: tuple[str, ...]


def standing(plan: Plan, outcome: Outcome, changes: Iterable[Change] = ()) -> Standing:
    """What holds after the changes, one after the other. Raises `Known` draw.change_* when one is not allowed.

    withdrawn, absent: the lot stands empty (absent only where the list says the absent are out).
    late: the next lot of the place after its last (only where the list says so).
    replace: the first of the reserve who may take the seat takes it.
    """
    now = Standing({place: tuple(names) for place, names in outcome.places.items()}, outcome.reserve)
    for change in changes:
        if change.kind == "late":
            now = _late(plan, now, change)
        elif change.kind == "replace":
            now = _replace(plan, now, change)
        elif change.kind == "withdrawn" or plan.rules.absent == "out":
            now = _without(now, change)
        else:
            raise Known("draw.change_rule", id=change.id)
    return now


def _seat(now: Standing, name: str) -> tuple[str, int]:
    for place, names in now.places.items():
        if name in names:
            return place, names.index(name)
    raise Known("draw.change_unknown", id=name)


def _put(now: Standing, place: str, index: int, name: str | None) -> dict[str, tuple[str | None, ...]]:
    names = now.places[place]
    return {**now.places, place: (*names[:index], name, *names[index + 1 :])}


def _without(now: Standing, change: Change) -> Standing:
    if change.id in now.reserve:
        return Standing(now.places, tuple(name for name in now.reserve if name != change.id))
    place, index = _seat(now, change.id)
    return Standing(_put(now, place, index, None), now.reserve)


def _late(plan: Plan, now: Standing, change: Change) -> Standing:
    if plan.rules.late != "last":
        raise Known("draw.change_rule", id=change.id)
    listed = {item.id for item in plan.items} | {name for names in now.places.values() for name in names}
    if not NAME.fullmatch(change.id):
        raise Known("draw.name", text=change.id[:60])
    if change.id in listed:
        raise Known("draw.twice", id=change.id)
    if change.place not in now.places:
        raise Known("draw.unknown_place", id=change.id, place=change.place)
    names = (*now.places[change.place], change.id)
    return Standing({**now.places, change.place: names}, now.reserve)


def _replace(plan: Plan, now: Standing, change: Change) -> Standing:
    name, index = _seat(now, change.id)
    place, items = plan.place(name), {item.id: item for item in plan.items}
    beside = [items[other] for other in now.places[name] if other in items and other != change.id]
    for other in now.reserve:
        if admits(items[other], place, index < place.chiefs) and not _meets(plan, items[other], beside):
            left = tuple(x for x in now.reserve if x != other)
            return Standing(_put(now, name, index, other), left)
    raise Known("draw.change_reserve", id=change.id, place=name, reserve=", ".join(now.reserve) or "-")


def _meets(plan: Plan, item: Item, beside: Iterable[Item]) -> bool:
    key = plan.rules.distinct
    return bool(key) and any(item.trait(key) == other.trait(key) for other in beside)
