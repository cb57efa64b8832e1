"""Who and what takes part: the event, posts, candidates, entries, rooms, sessions, panels, seats, judges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from venue_app.state.appearing import Together
from venue_app.state.sections import half_day_of, question_set, sections
from venue_app.tables.contents import Contents
from venue_app.tables.model import Row, Table, json, table

_EVENT = (
    "event title place mode scheme scheme_title scheme_digest software created_at:time opened_at:time "
    "closed_at:time reopened:integer journal_size:integer key"
)


def people_tables(contents: Contents) -> Iterator[Table]:
    """The tables of this module."""
    state = contents.state
    yield table("event", _EVENT, [_event(contents)])
    yield table(
        "posts",
        "post title places:integer room cancelled:boolean",
        ((p.id, p.title, p.places, p.room, p.cancelled) for p in state.posts.values()),
    )
    yield table(
        "candidates",
        "candidate identity name sex ethnicity education politics unit remarks qualified:boolean reason",
        (
            (
                c.id, c.identity, c.name, c.sex, c.ethnicity, c.education, c.politics, c.unit, c.remarks,
                c.qualified, c.reason,
            )
            for c in state.candidates.values()
        ),
    )  # fmt: skip
    yield table(
        "entries",
        "entry candidate post preference:integer moved_from room lot:integer half_day",
        _entries(contents),
    )
    yield table("rooms", "room title", ((r.id, r.title) for r in state.rooms.values()))
    yield table("sessions", "room half_day question_set entries:integer", _sessions(contents))
    yield table("panels", "judge_group title room seats:integer minimum:integer", _panels(contents))
    yield table(
        "seats",
        "seat judge_group number:integer room name unit chief:boolean judge",
        (
            (s.id, s.group, s.number, s.room, s.name, s.unit, s.chief, state.seated.get(s.id))
            for s in state.seats.values()
        ),
    )
    yield table(
        "judges",
        "judge name judge_group unit chief_duty recused_posts:json seat",
        ((j.id, j.name, j.group, j.unit, j.chief, json(j.recuses), j.seat) for j in state.judges.values()),
    )
    yield table("officials", "role name", ((p.role, p.name) for p in state.people))


def _event(contents: Contents) -> Row:
    state = contents.state
    event, scheme = state.event, state.scheme
    return (
        event.event, event.title, event.place, event.mode, scheme.id, scheme.title.say(scheme.language),
        scheme.digest, event.software, state.created_at, state.opened_at, state.closed_at, len(state.reopened),
        state.size, event.keys.get("ed25519"),
    )  # fmt: skip


def _entries(contents: Contents) -> Iterator[Row]:
    """Every entry with the room and lot it is heard under; where people appear once, those of the person."""
    state = contents.state
    together = Together(state)
    for entry in state.entries.values():
        heard = next((e for e in together.entries_of(entry.id) if e in state.lots), entry.id)
        lot = state.lots.get(heard)
        yield (
            entry.id, entry.candidate, entry.post, entry.preference, entry.moved_from,
            together.room_of(entry) or None, None if lot is None else lot.number, half_day_of(state, heard),
        )  # fmt: skip


def _sessions(contents: Contents) -> Iterator[Row]:
    """Half-days of rooms where the plan has any, else each room's one day."""
    state = contents.state
    heard = Counter((lot.room, half_day_of(state, entry)) for entry, lot in state.lots.items())
    halves = bool(state.scheme.draw.half_days)
    for room, half in sections(state).values():
        if bool(half) == halves:
            yield room, half, question_set(state, half), heard[(room, half)]


def _panels(contents: Contents) -> Iterator[Row]:
    """Each judge group in each room it has seats in; without a room where it marks in all of them."""
    state = contents.state
    seats = Counter((seat.group, seat.room) for seat in state.seats.values())
    for (group, room), count in seats.items():
        rule = state.scheme.group(group)
        yield group, rule.title.say(state.scheme.language), room, count, rule.minimum
