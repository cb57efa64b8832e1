"""The list of each draw, made of the event as it stands: roster, rooms, panels, recusals, units. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from venue_app.base.errors import Known
from venue_app.domain.nouns import Judge, Purpose, Seat
from venue_app.rules.drawing import Item, Place, Plan, Rules, checked
from venue_app.state.judges import chairs, judges_of, panel_of, seat_place, unfinished, unit_codes
from venue_app.state.model import State
from venue_app.state.sections import WHOLE_DAY, half_days, homes, place_room


def plan_for(state: State, purpose: Purpose, missing: Iterable[str] = ()) -> Plan:
    """The draw's list. `missing` are not there: off the list where the plan says the absent are out.

    Raises `Known`: draw.not_in_plan, draw.list_empty, draw.name and what else `rules.drawing.checked` finds.
    """
    if purpose not in state.scheme.draw.held:
        raise Known("draw.not_in_plan")
    if purpose == "questions":
        return checked(_questions(state))
    if purpose == "pool":
        return checked(_pool(state))
    if purpose == "seats":
        return checked(_seats(state))
    out = set(missing) if state.scheme.draw.absent == "out" else set()
    return checked(_people(state, purpose, out))


def _rules(state: State, *, reserve: bool = False, distinct: str = "") -> Rules:
    said = state.scheme.draw
    return Rules(distinct=distinct, reserve=reserve, absent=said.absent, late=said.late)


# ---- candidates ----


def _people(state: State, purpose: Purpose, out: set[str]) -> Plan:
    # One lot for the room as well: nobody has a room of their own before it.
    strata = {
        entry: "" if purpose == "places" else place
        for entry, place in sorted(homes(state, purpose).items())
        if entry not in out
    }
    items = tuple(
        Item(entry, stratum=stratum, traits={"post": state.entries[entry].post})
        for entry, stratum in strata.items()
    )
    said = state.scheme.draw
    rules = Rules(
        adjacent="post" if said.posts == "adjacent" else "",
        apart="post" if said.posts == "apart" else "",
        absent=said.absent,
        late=said.late,
    )
    if purpose == "places":
        return Plan(purpose, _shared(sorted(state.rooms), "", _heads(items, rules)), items, rules)
    places: list[Place] = []
    for stratum in sorted(set(strata.values())):
        heads = _heads([item for item in items if item.stratum == stratum], rules)
        if purpose == "sessions":
            names = [f"{stratum}-{half}" for half in half_days(state)]
            places.extend(_shared(names, stratum, heads))
        else:
            places.append(Place(stratum, heads))
    return Plan(purpose, tuple(places), items, rules)


def _heads(items: Iterable[Item], rules: Rules) -> int:
    """How many are drawn: people, or blocks of those who stay together."""
    return len({item.trait(rules.adjacent) if rules.adjacent else item.id for item in items})


def _shared(names: list[str], of: str, heads: int) -> tuple[Place, ...]:
    """Seats shared out evenly, the first places having one more where it does not come out even."""
    each, more = divmod(heads, len(names)) if names else (0, 0)
    seats = {name: each + (number < more) for number, name in enumerate(names)}
    return tuple(Place(name, count, of=of) for name, count in seats.items() if count)


# ---- question sets ----


def _questions(state: State) -> Plan:
    sets = state.scheme.draw.question_sets
    places = tuple(Place(half, 1) for half in half_days(state) or (WHOLE_DAY,))
    items = tuple(Item(name) for name in sorted(sets))
    return Plan("questions", places, items, _rules(state, reserve=len(items) > len(places)))


# ---- judges ----


def _pool(state: State) -> Plan:
    body = judges_of(state)
    groups = sorted({judge.group for judge in body})
    places = [_place(group, chairs(state, group)) for group in groups if chairs(state, group)]
    codes = unit_codes(state)
    items = tuple(
        Item(judge.id, stratum=judge.group, chief=judge.chief, traits=_unit(codes, judge)) for judge in body
    )
    return Plan("pool", tuple(places), items, _rules(state, reserve=len(items) > _seats_of(places)))


def _seats(state: State) -> Plan:
    panel = [judge for judge in panel_of(state) if chairs(state, judge.group, rooms_only=True)]
    groups = sorted({judge.group for judge in panel})
    several = len(groups) > 1
    places: list[Place] = []
    kept: dict[str, tuple[str, int]] = {}
    halves, codes = unfinished(state), unit_codes(state)
    held = {judge: seat for seat, judge in state.seated.items()}
    held |= {judge.id: judge.seat for judge in panel if judge.id not in held and judge.seat}
    for group in groups:
        for room in sorted(state.rooms):
            seats = [seat for seat in chairs(state, group, rooms_only=True) if seat.room == room]
            if not seats:
                continue
            name = seat_place(room, group, several)
            places.append(_place(name, seats, group if several else ""))
            if room in halves:
                numbers = {seat.id: number for number, seat in enumerate(seats, 1)}
                kept |= {j: (name, numbers[s]) for j, s in held.items() if s in numbers}
    items = tuple(
        Item(
            judge.id,
            stratum=judge.group if several else "",
            chief=judge.chief,
            bars=frozenset(seat_place(room, judge.group, several) for room in _barred(state, judge, held))
            & {place.id for place in places},
            keep=kept.get(judge.id),
            traits=_unit(codes, judge),
        )
        for judge in panel
    )
    apart = state.scheme.draw.one_unit == "apart" and any(item.traits for item in items)
    surplus = len(items) > _seats_of(places)
    return Plan(
        "seats", tuple(places), items, _rules(state, reserve=surplus, distinct="unit" if apart else "")
    )


def _place(name: str, seats: list[Seat], of: str = "") -> Place:
    return Place(name, len(seats), of=of, chiefs=sum(seat.chief for seat in seats))


def _seats_of(places: Iterable[Place]) -> int:
    return sum(place.seats for place in places)


def _unit(codes: dict[str, str], judge: Judge) -> dict[str, str]:
    return {"unit": codes[judge.unit]} if judge.unit else {}


def _barred(state: State, judge: Judge, held: dict[str, str]) -> set[str]:
    """Rooms in which a post is heard whose candidates the judge does not mark."""
    posts = {*judge.recuses, *(post for seat, post in state.recusals if seat == held.get(judge.id))}
    return {
        room
        for entry, place in homes(state).items()
        if state.entries[entry].post in posts and (room := place_room(state, place))
    }
