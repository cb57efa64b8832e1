"""Decisions before the room: roster, opening, draw, stations, close. Pure."""

from __future__ import annotations

import hashlib

import msgspec

from venue_app.base.canonical import canonical, decimal_text
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain import entries as e
from venue_app.domain import floor_commands as floor
from venue_app.domain import floor_entries as f
from venue_app.domain.signing import is_public_key
from venue_app.scheme import Entered, Imported, Scheme, load_scheme
from venue_app.scheme.numbers import written
from venue_app.state import State
from venue_app.state.appearing import anybody
from venue_app.state.issued import last_print
from venue_app.state.places import person_at, place_of
from venue_app.state.voting import open_polls
from venue_app.venue.context import Context, Decision, facts
from venue_app.venue.room import another_person


def roster_digest(state: State) -> str:
    """SHA-256 (hex) over everything the roster import brought, for the opening report."""
    tables = (state.candidates, state.posts, state.entries, state.rooms, state.seats)
    plain = [[msgspec.to_builtins(x) for _, x in sorted(t.items())] for t in tables]
    return hashlib.sha256(canonical([*plain, dict(state.values)])).hexdigest()


def import_roster(state: State, command: c.ImportRoster, _: Context) -> Decision:
    """Take the roster in, whole, as long as nobody has drawn a lot."""
    if state.draws:
        raise Known("venue.roster_after_draw")
    if not command.entries:
        raise Known("venue.roster_empty")
    _check_references(command, "places" in state.scheme.draw.held)
    return facts(
        e.RosterImported(
            candidates=command.candidates,
            posts=command.posts,
            entries=command.entries,
            rooms=command.rooms,
            seats=command.seats,
            values=command.values,
            sources=command.sources,
            cancelled=command.cancelled,
            decisions=command.decisions,
            absences=command.absences,
        )
    )


def _check_references(command: c.ImportRoster, rooms_drawn: bool) -> None:
    people = {x.id: x for x in command.candidates}
    posts = {x.id: x for x in command.posts}
    rooms = {x.id for x in command.rooms}
    for entry in command.entries:
        if entry.candidate not in people or entry.post not in posts:
            raise Known("venue.roster_dangling", entry=entry.id)
        if not people[entry.candidate].qualified:
            continue
        post = posts[entry.post]
        if post.id in command.cancelled:
            raise Known("venue.roster_cancelled_post", entry=entry.id, post=post.title)
        if post.room not in rooms and not (rooms_drawn and rooms and post.room is None):
            raise Known("venue.roster_no_room", post=post.title)
    for seat in command.seats:
        if seat.room is not None and seat.room not in rooms:
            raise Known("venue.roster_dangling", entry=seat.id)


def change_scheme(state: State, command: floor.ChangeScheme, _: Context) -> Decision:
    """Take another plan before the run opens; a roster that does not fit it leaves, once that is agreed to."""
    if state.opened_at is not None:
        raise Known("venue.scheme_frozen")
    scheme = load_scheme(command.scheme, "event")
    kept = not state.entries or _seating(scheme) == _seating(state.scheme)
    if not kept and not command.drop_roster:
        raise Known("venue.scheme_drops_roster")
    return facts(f.SchemeChanged(scheme=command.scheme, roster_kept=kept))


def _seating(scheme: Scheme) -> object:
    """What a roster was imported under: the groups with their seats, and the components brought along."""
    groups = sorted((g.id, g.scope, g.seats if g.scope == "event" else 0) for g in scheme.groups)
    return groups, sorted(c.id for c in scheme.components if isinstance(c, Imported))


def open_run(state: State, command: c.OpenRun, _: Context) -> Decision:
    """Open the run once, with a roster and with the people the record needs."""
    if state.opened_at is not None:
        raise Known("venue.already_open")
    if not state.entries:
        raise Known("venue.roster_missing")
    if not command.people or any(not p.name.strip() for p in command.people):
        raise Known("venue.people_missing")
    return facts(
        e.RunOpened(
            people=command.people,
            scheme_digest=state.scheme.digest,
            roster_digest=roster_digest(state),
        )
    )


def join_station(state: State, command: c.JoinStation, _: Context) -> Decision:
    """Give a seat or another place to a device; the same device again changes nothing, another is refused."""
    place = place_of(state, command.seat)
    if place is None and command.seat not in state.seats:
        raise Known("venue.unknown_seat", seat=command.seat)
    person = command.person.strip()
    if place is not None and place.trusted and not (person or person_at(state, place)):
        raise Known("venue.person_missing")
    holder = state.stations.get(command.seat)
    if holder is not None and holder.device == command.device:
        return Decision(facts=())
    if holder is not None:
        raise Known("venue.seat_taken", seat=command.seat, device=holder.device_name)
    if command.public_key and not is_public_key(command.public_key):
        raise Known("venue.key_unusable")
    return facts(
        e.StationJoined(
            seat=command.seat,
            device=command.device,
            device_name=command.device_name,
            person=person if place is not None else "",
            public_key=command.public_key,
        )
    )


def release_station(state: State, command: c.ReleaseStation, _: Context) -> Decision:
    """Free a seat."""
    if command.seat not in state.stations:
        raise Known("venue.seat_free", seat=command.seat)
    return facts(e.StationReleased(seat=command.seat, reason=command.reason))


def enter_value(state: State, command: c.EnterValue, context: Context) -> Decision:
    """Enter a component by hand; the second person must be another."""
    component = next((x for x in state.scheme.components if x.id == command.component), None)
    if not isinstance(component, Entered):
        raise Known("venue.not_entered_component", component=command.component)
    if command.entry not in state.entries:
        raise Known("venue.unknown_entry", entry=command.entry)
    second = another_person(command.second, context)
    value = None if command.value is None else _checked_value(component, command.value)
    return facts(
        e.ValueEntered(
            component=command.component,
            entry=command.entry,
            value=value,
            second=second,
            reason=command.reason,
        )
    )


def _checked_value(component: Entered, typed: str) -> str:
    value = written(typed.strip())
    if value is None:
        raise Known("venue.value_not_a_number", value=typed)
    if not component.minimum <= value <= component.maximum:
        raise Known("venue.value_out_of_range", value=typed, low=component.minimum, high=component.maximum)
    return decimal_text(value)


def issue_report(state: State, command: c.IssueReport, _: Context) -> Decision:
    """Record a form that was produced. Serials only grow, but for a reprint, which has that of what it repeats."""
    printing = command.printing
    if printing is not None and printing.reprint:
        last = last_print(state, command.serial)
        if last is None or last.form != command.form or last.printing is None:
            raise Known("venue.serial_used", serial=command.serial)
        if printing.content != last.printing.content or printing.reprint != last.printing.reprint + 1:
            raise Known("venue.serial_used", serial=command.serial)
    elif command.serial <= max((r.serial for r in state.reports), default=0):
        raise Known("venue.serial_used", serial=command.serial)
    return facts(
        e.ReportIssued(
            form=command.form,
            serial=command.serial,
            pages=command.pages,
            sha256=command.sha256,
            printing=printing,
        )
    )


def close_run(state: State, command: c.CloseRun, _: Context) -> Decision:
    """Close when nobody waits or stands before a panel, and nobody votes."""
    if anybody(state.scheme) and (state.draw is None or state.draw.held_at is None):
        raise Known("venue.close_before_draw")
    polls = open_polls(state)
    if polls:
        raise Known("venue.close_while_voting", count=len(polls))
    waiting = [a for a in state.appearances.values() if a.status in ("waiting", "floor")]
    if waiting:
        raise Known("venue.close_too_early", count=len(waiting))
    if not command.people:
        raise Known("venue.people_missing")
    return facts(e.RunClosed(people=command.people))
