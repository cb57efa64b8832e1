"""The displays' clocks on record: as a room's half-day begins, and when one is too far off; never a flood."""

from __future__ import annotations

import pytest

from tests.world import PROCTOR, FakeClock, prepared
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain import floor_commands as f
from venue_app.domain.floor_entries import ClocksNoted
from venue_app.host.clockwatch import AGAIN_MS, ClockWatch
from venue_app.lan.presence import Presence


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def venue(tmp_path, clock):
    made = prepared(tmp_path / "a.venue", clock)
    yield made
    made.close()


def at(seat, error, *, ahead=0, connected=True):
    return Presence(seat=seat, device_name="平板", connected=connected, error=error, ahead=ahead, rtt=4)


@pytest.fixture
def noted(venue):
    """What was noted so far, after everything asked before has been decided."""
    found: list[ClocksNoted] = []
    venue.listen(
        lambda change: found.extend(r.data for r in change.records if isinstance(r.data, ClocksNoted))
    )

    def read():
        venue.ask(f.NoteIncident(room="R1", text="完"), PROCTOR)
        return list(found)

    return read


def test_as_a_rooms_half_day_begins_its_displays_are_noted_once(venue, clock, noted):
    here = [
        at("R1-2", 3, ahead=5_200),
        at("R1-1", None),
        at("R2-1", 2),
        at("hall-1", 9),
        at("R1-3", 1, connected=False),
    ]
    for seat in ("R1-1", "R1-2", "R1-3", "R2-1", "hall-1"):
        venue.ask(c.JoinStation(seat=seat, device=seat, device_name="平板"), PROCTOR)
    watch = ClockWatch(venue, lambda: {p.seat: p for p in here})
    venue.listen(watch.hear)
    venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    venue.ask(c.MarkAbsent(room="R1", lot=1), PROCTOR)
    venue.ask(c.CallCandidate(room="R1", lot=2), PROCTOR)
    (one,) = noted()
    assert (one.why, one.room) == ("session", "R1")
    assert [(d.seat, d.error, d.ahead) for d in one.displays] == [
        ("R1-1", None, 0),
        ("R1-2", 3, 5_200),
        ("hall-1", 9, 0),
    ]
    venue.ask(c.MarkAbsent(room="R1", lot=2), PROCTOR)
    clock.pass_ms(13 * 3_600_000)  # another half-day, wherever the machine is
    venue.ask(c.CallCandidate(room="R1", lot=3), PROCTOR)
    assert [x.why for x in noted()] == ["session", "session"]


def test_a_display_beyond_a_hundred_milliseconds_is_noted_once_a_minute(venue, clock, noted):
    watch = ClockWatch(venue, dict)
    for error in (99, 100, None):
        watch.present(at("R1-1", error))
    watch.present(at("R1-1", 400, connected=False))
    assert noted() == []
    watch.present(at("R1-1", 101))
    watch.present(at("R1-1", 250))
    watch.present(at("R1-2", 180))
    assert [(x.why, [(d.seat, d.error) for d in x.displays]) for x in noted()] == [
        ("beyond", [("R1-1", 101)]),
        ("beyond", [("R1-2", 180)]),
    ]
    clock.pass_ms(AGAIN_MS)
    watch.present(at("R1-1", 300))
    assert len(noted()) == 3


def test_only_the_program_itself_notes_clocks(venue):
    with pytest.raises(Known) as caught:
        venue.ask(f.NoteClocks(why="session", room="R1", displays=()), PROCTOR)
    assert caught.value.code == "venue.not_allowed"


def test_evidence_takes_nothing_away_from_what_can_be_undone(venue):
    watch = ClockWatch(venue, dict)
    venue.listen(watch.hear)
    venue.ask(c.CallCandidate(room="R1", lot=2), PROCTOR)
    venue.ask(f.NoteIncident(room="R1", text="完"), PROCTOR)
    venue.ask(f.UndoStep(room="R1"), PROCTOR)
    assert venue.state.appearances["R1", 2].status == "waiting"
