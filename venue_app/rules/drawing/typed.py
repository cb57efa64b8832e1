"""The result of a draw held with slips or balls, as typed: does it keep what the list says?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from venue_app.base.errors import Known
from venue_app.rules.drawing.outcome import Outcome
from venue_app.rules.drawing.plan import Item, Place, Plan, ordered_places


def typed_outcome(plan: Plan, result: Mapping[str, Sequence[str]], reserve: Sequence[str] = ()) -> Outcome:
    """The result when it is complete and keeps every rule of the list.

    Raises `Known`: draw.typed_incomplete (place: the place, `-` for the reserve), draw.typed_rule naming who cannot be where.
    """
    items = {item.id: item for item in plan.items}
    for place in ordered_places(plan):
        names = result.get(place.id, ())
        if any(name not in items for name in names) or len(names) != _heads(plan, place, names):
            raise Known("draw.typed_incomplete", place=place.id)
    everybody = Counter(name for names in (*result.values(), reserve) for name in names)
    if everybody != Counter(items.keys()) or result.keys() != {place.id for place in plan.places}:
        raise Known("draw.typed_incomplete", place="-")
    for place in ordered_places(plan):
        _check(plan, place, [items[name] for name in result[place.id]])
    _check_rows(plan, result, items)
    return Outcome({place.id: tuple(result[place.id]) for place in ordered_places(plan)}, tuple(reserve))


def _heads(plan: Plan, place: Place, names: Sequence[str]) -> int:
    """How many belong in the place: its seats, or, with blocks, everybody of as many blocks as it has seats."""
    if not plan.rules.adjacent:
        return place.seats
    key = plan.rules.adjacent
    there = {item.trait(key) for item in plan.items if item.id in names}
    whole = sum(item.trait(key) in there for item in plan.items)
    return whole if len(there) == place.seats else -1


def _check(plan: Plan, place: Place, seated: Sequence[Item]) -> None:
    for number, item in enumerate(seated, 1):
        chief = number <= place.chiefs
        wrong = item.stratum not in ("", place.stratum) or place.id in item.bars
        wrong = wrong or (chief and not item.chief) or (not chief and item.chief == "only")
        if item.keep != (place.id, number) and (wrong or item.keep is not None):
            raise Known("draw.typed_rule", id=item.id, place=place.id)
    key = plan.rules.distinct
    for at, item in enumerate(seated):
        beside = {other.trait(key) for other in seated[:at]} if key else set()
        if item.trait(key) in beside and item.keep is None:
            raise Known("draw.typed_rule", id=item.id, place=place.id)


def _check_rows(plan: Plan, result: Mapping[str, Sequence[str]], items: Mapping[str, Item]) -> None:
    """Those who stay together follow one another; those who are kept apart do not."""
    rows: dict[str, list[tuple[str, str]]] = {}
    stratified = bool(plan.items[0].stratum)
    for place in ordered_places(plan):
        row = rows.setdefault(place.stratum if stratified else "", [])
        row.extend((place.id, name) for name in result[place.id])
    key = plan.rules.adjacent or plan.rules.apart
    for row in rows.values() if key else ():
        before: list[str] = []
        for where, name in row:
            kind = items[name].trait(key)
            met = bool(before) and before[-1] == kind
            if met if plan.rules.apart else (not met and kind in before):
                raise Known("draw.typed_rule", id=name, place=where)
            before.append(kind)
