"""What the rules need to know, taken out of the state."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from venue_app.domain.nouns import Candidate, Entry, Seat
from venue_app.rules.belong import holder
from venue_app.rules.facts import Accepted, Barred, EntryFact, Facts, Marks, PersonFact, PostFact, SeatState
from venue_app.rules.sheets import sheet_marks
from venue_app.scheme import Group
from venue_app.scheme.components import Overrun
from venue_app.state.appearing import Together, appearing
from venue_app.state.model import Appearance, Sheet, State
from venue_app.state.room import group_of
from venue_app.state.voting import ballot_facts


def facts_of(state: State) -> Facts:
    """The facts of the whole event as they stand."""
    together = Together(state)
    sheets: dict[tuple[str, str], dict[int, Marks]] = {}
    out: dict[tuple[str, str], dict[int, SeatState]] = {}
    accepted: dict[tuple[str, str], Accepted] = {}
    for appearance in state.appearances.values():
        _add_appearance(state, appearance, sheets, out)
        accepted |= _accepted(state, appearance)
    return Facts(
        posts={
            # The decision at import stands: what was not cancelled then is competed for.
            p.id: PostFact(
                id=p.id,
                title=p.title,
                places=p.places,
                cancelled="few" if p.cancelled else "",
                kept=not p.cancelled,
            )
            for p in state.posts.values()
        },
        candidates={c.id: PersonFact(id=c.id, attributes=_attributes(c)) for c in state.candidates.values()},
        entries={e.id: _entry(state, e, together.room_of(e)) for e in state.entries.values()},
        values={
            (_whose(state, component, entry), component): Decimal(value)
            for component, column in state.values.items()
            for entry, value in column.items()
            if entry in state.entries
        },
        sheets=sheets,
        out_seats=out,
        panels=_panels(state),
        ballots=tuple(ballot_facts(state)),
        barred={
            entry: Barred(code="waived")
            for a in state.appearances.values()
            if a.status == "waived"
            for entry in together.entries_of(a.entry)
        },
        absent=_absent(state, together),
        accepted=accepted,
        overruns=_overruns(state, together),
    )


def _absent(state: State, together: Together) -> frozenset[tuple[str, str]]:
    """Who did not appear, in everything that has no value; and who was absent from what was brought in."""
    away = [a.entry for a in state.appearances.values() if a.status == "absent"] + _without_lot(state)
    missed = ((entry, component) for component, entries in state.absences.items() for entry in entries)
    return frozenset(
        [(entry, "") for first in away for entry in together.entries_of(first)]
        + [(_whose(state, component, entry), component) for entry, component in missed]
    )


def _whose(state: State, component: str, entry: str) -> str:
    """The name a value of a component stands under."""
    return holder(state.entries[entry], getattr(state.scheme.component(component), "per", "entry"))


def _overruns(state: State, together: Together) -> dict[tuple[str, str], int]:
    """Whole seconds over, by entry and stage; by person where a component counts a person's.

    An appearance that counts in several entries costs the same in each.
    """
    per = {c.stage: c.per for c in state.scheme.components if isinstance(c, Overrun)}
    found: dict[tuple[str, str], int] = {}
    for appearance in state.appearances.values():
        entry = state.entries[appearance.entry]
        for clock in appearance.ended_stages:
            over = clock.over_s(0)
            if not over or clock.stage not in per:
                continue
            by_person = per[clock.stage] == "person"
            for name in (entry.candidate,) if by_person else together.entries_of(entry.id):
                found[(name, clock.stage)] = found.get((name, clock.stage), 0) + over
    return found


def appearance_facts(state: State, appearance: Appearance) -> Facts:
    """The facts of one appearance alone: enough for its panel's result."""
    sheets: dict[tuple[str, str], dict[int, Marks]] = {}
    out: dict[tuple[str, str], dict[int, SeatState]] = {}
    _add_appearance(state, appearance, sheets, out)
    entry = state.entries[appearance.entry]
    return Facts(
        entries={entry.id: _entry(state, entry, appearance.room)},
        sheets=sheets,
        out_seats=out,
        panels=_panels(state),
        accepted=_accepted(state, appearance),
    )


def held_marks(group: Group, marks: Mapping[str, str]) -> Marks:
    """Decimal texts as the integers the rules hold; raises `Known` (rules.mark_*)."""
    known = _good_marks(group)
    bounded = group.total_maximum is not None or group.total_minimum is not None
    if len(marks) == len(known) and not bounded:
        try:
            return tuple([good[marks[name]] for name, good in known])
        except KeyError:
            pass  # something wrong, or a mark that nobody has given yet
    held = sheet_marks(group, {name: Decimal(mark) for name, mark in marks.items()})
    for (name, good), number in zip(known, held, strict=True):
        if len(good) > _MOST_MARKS:
            good.clear()
        good[marks[name]] = number
    return held


_MOST_MARKS = 2048


@lru_cache(maxsize=64)
def _good_marks(group: Group) -> tuple[tuple[str, dict[str, int]], ...]:
    """For each criterion the marks that may stand, by their text: most marks come again."""
    return tuple((criterion.id, {}) for criterion in group.criteria)


def marks_on(sheet: Sheet, group: Group) -> Marks:
    """The marks of a sheet of this group's as the rules hold them, worked out once; raises `Known` (rules.mark_*)."""
    if sheet.held is None or sheet.held[0] is not group:
        object.__setattr__(sheet, "held", (group, held_marks(group, sheet.marks)))
    assert sheet.held is not None
    return sheet.held[1]


def _entry(state: State, entry: Entry, room: str) -> EntryFact:
    person = state.candidates[entry.candidate]
    return EntryFact(
        id=entry.id,
        candidate=entry.candidate,
        post=entry.post,
        room=room,
        preference=entry.preference,
        moved_from=entry.moved_from or "",
        unqualified="" if person.qualified else person.reason or "-",
    )


def _without_lot(state: State) -> list[str]:
    """Those who were not there at the draw, and are out by the plan, once all lots are given."""
    if state.draw is None or state.draw.held_at is None:
        return []
    return [entry.id for entry in appearing(state) if entry.id not in state.lots]


def _attributes(person: Candidate) -> dict[str, str]:
    """What quotas and tie rules may ask of a person, in the roster's own words."""
    named = ("sex", "ethnicity", "education", "politics", "unit")
    return {name: getattr(person, name) for name in named if getattr(person, name)}


def _add_appearance(
    state: State,
    appearance: Appearance,
    sheets: dict[tuple[str, str], dict[int, Marks]],
    out: dict[tuple[str, str], dict[int, SeatState]],
) -> None:
    entry = state.entries[appearance.entry]
    for seat, sheet in appearance.sheets.items():
        group = group_of(state, seat)
        key = (holder(entry, group.per), group.id)
        sheets.setdefault(key, {})[state.seats[seat].number] = marks_on(sheet, group)
    for seat, excuse in appearance.excused.items():
        group = group_of(state, seat)
        key = (holder(entry, group.per), group.id)
        out.setdefault(key, {})[state.seats[seat].number] = excuse.kind


def _accepted(state: State, appearance: Appearance) -> dict[tuple[str, str], Accepted]:
    """The decisions on panels below their minimum, under the name the sheets stand under."""
    entry = state.entries[appearance.entry]
    return {
        (holder(entry, state.scheme.group(group).per), group): decision
        for group, decision in appearance.accepted.items()
    }


_Panels = Mapping[tuple[str, str], tuple[int, ...]]
_newest: tuple[Mapping[str, Seat], _Panels] = ({}, {})


def _panels(state: State) -> _Panels:
    """Seats by group and room. All states after one import share `seats`, so the newest table is kept."""
    global _newest
    known, table = _newest
    if known is not state.seats:
        panels: dict[tuple[str, str], list[int]] = {}
        for seat in state.seats.values():
            panels.setdefault((seat.group, seat.room or ""), []).append(seat.number)
        table = {key: tuple(sorted(numbers)) for key, numbers in panels.items()}
        _newest = (state.seats, table)
    return table
