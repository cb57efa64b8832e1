"""How the displays' clocks stand, put on record: as a room's half-day begins, and when one is too far off."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import UTC, datetime

from venue_app.domain.entries import CandidateCalled
from venue_app.domain.floor_commands import NoteClocks
from venue_app.domain.nouns import DisplayClock
from venue_app.domain.roles import PROGRAM
from venue_app.lan.presence import Presence
from venue_app.state import State
from venue_app.state.places import place_of
from venue_app.state.room import marks_in
from venue_app.venue import Change, Reply, Venue

log = logging.getLogger(__name__)

#: A display that comes and goes across the bound is noted once in so many ms.
AGAIN_MS = 60_000


class ClockWatch:
    """Hears the venue and who is present; submits what it notes without waiting. Any thread."""

    def __init__(self, venue: Venue, presence: Callable[[], Mapping[str, Presence]]) -> None:
        self._venue = venue
        self._presence = presence
        self._begun: set[tuple[str, str]] = set()
        self._noted: dict[str, int] = {}

    def hear(self, change: Change) -> None:
        """The first lot of a room's half-day was called."""
        for record in change.records:
            if isinstance(record.data, CandidateCalled):
                room = record.data.room
                half_day = (room, _half_day(record.at))
                if half_day not in self._begun:
                    self._begun.add(half_day)
                    shown = [p for p in self._presence().values() if _shows(change.state, p.seat, room)]
                    self._note(NoteClocks(why="session", room=room, displays=_clocks(shown)))

    def present(self, presence: Presence) -> None:
        """Something is new about a device."""
        now = self._venue.clock.mono_ms()
        state = self._venue.state
        last = self._noted.get(presence.seat)
        if not presence.beyond or not state.appearances or state.closed_at is not None:
            return
        if last is None or now - last >= AGAIN_MS:
            self._noted[presence.seat] = now
            self._note(NoteClocks(why="beyond", room=None, displays=_clocks([presence])))

    def _note(self, command: NoteClocks) -> None:
        self._venue.submit(command, PROGRAM).add_done_callback(_told)


def _told(done: Future[Reply]) -> None:
    if not done.cancelled() and done.exception() is not None:
        log.warning("clocks not noted: %r", done.exception())


def _half_day(at: int) -> str:
    """The half-day of a wall time in the venue's own time zone, as 2026-05-01 a."""
    local = datetime.fromtimestamp(at / 1000, UTC).astimezone()
    return f"{local:%Y-%m-%d} {'a' if local.hour < 13 else 'p'}"


def _shows(state: State, seat: str, room: str) -> bool:
    """Whether a device shows this room's clock."""
    known = state.seats.get(seat)
    if known is not None:
        return marks_in(state, known, room)
    place = place_of(state, seat)
    return place is not None and place.room in (None, room)


def _clocks(shown: list[Presence]) -> tuple[DisplayClock, ...]:
    return tuple(
        DisplayClock(seat=p.seat, device_name=p.device_name, error=p.error, ahead=p.ahead, rtt=p.rtt)
        for p in sorted(shown, key=lambda p: p.seat)
        if p.connected
    )
