"""The second copy: cut at any byte, full, pulled, put back; both sides can always be read."""

from __future__ import annotations

import random
import shutil
import threading
import time
from dataclasses import replace as changed
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.faults.hall import recorded
from tests.heard import hear, opened
from tests.waits import WAIT_S
from tests.world import PEOPLE, PROCTOR, FakeClock
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, say
from venue_app.domain import ballot_commands as b
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain import floor_commands as f
from venue_app.domain.record import encode
from venue_app.host import second_copy
from venue_app.host.audit import audit
from venue_app.host.copying import STALE_MS, refuse, warning
from venue_app.host.history import asked, history
from venue_app.host.second_copy import CopyStatus
from venue_app.host.session import EventHost
from venue_app.journal import Journal
from venue_app.journal.copy import copy_lines, read_copy
from venue_app.scheme import load_scheme, preset_text
from venue_app.seal.verify import verify_file
from venue_app.venue import Venue


def until(true, seconds: float = WAIT_S) -> None:
    """Wait for the copy's own thread."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "the copy did not come so far"
        time.sleep(0.01)


def whole(host: EventHost) -> bool:
    status = host.copy_status
    return status is not None and status.fault is None and status.size == host.venue.state.size


@pytest.fixture
def host(tmp_path):
    made = opened(tmp_path / "e.venue")
    yield made
    made.close()


@pytest.fixture
def stick(tmp_path) -> Path:
    folder: Path = tmp_path / "stick"
    folder.mkdir()
    return folder


def answers(path: Path) -> dict[str, bool | None]:
    return {check.code.removeprefix("seal.check."): check.ok for check in verify_file(path).checks}


def test_every_entry_is_on_the_stick_with_a_signed_head(host, stick):
    host.copy_to(stick)
    hear(host, "R1", 1)
    until(lambda: whole(host))
    file = host.copy_status.file
    host.close()
    copied = read_copy(file.read_bytes())
    assert copied.entries == recorded(host.venue.path) and copied.torn == 0
    found = answers(file)
    assert (found["copy_end"], found["entries"], found["checkpoints"], found["tail"]) == (True,) * 4
    assert not [check for check in audit(copied.entries) if check.ok is False]


def test_cut_at_any_byte_both_sides_are_read_and_the_copy_catches_up(host, stick):
    host.copy_to(stick)
    until(lambda: whole(host))
    file = host.copy_status.file
    host.copy_to(None)
    data = file.read_bytes()
    own = recorded_now(host)
    ends = [at + 1 for at, byte in enumerate(data) if byte == 10]
    dice = random.Random(20260501)
    cuts = {
        0,
        1,
        len(data) - 1,
        len(data),
        *ends,
        *(end - 1 for end in ends),
        *(end + 1 for end in ends[:-1]),
    }
    cuts |= {dice.randrange(len(data)) for _ in range(300)}
    for cut in sorted(cuts):
        read = read_copy(data[:cut])
        assert read.entries == own[: len(read.entries)]
        assert len(read.entries) + len(read.notes) == sum(end <= cut for end in ends)
        assert read.torn == cut - max((end for end in ends if end <= cut), default=0)
    for cut in sorted(dice.sample(sorted(cuts), 12)):
        file.write_bytes(data[:cut])
        host.copy_to(stick)
        until(lambda: whole(host))
        host.copy_to(None)
        assert read_copy(file.read_bytes()).entries == own
    assert answers(file)["checkpoints"] is True


def recorded_now(host: EventHost) -> list[bytes]:
    return [encode(record) for record in history(host.venue)]


def test_a_write_that_fails_half_way_is_told_and_made_good(host, stick, monkeypatch):
    """The medium takes 100 bytes of what is written, then says that it is full."""
    host.copy_to(stick)
    until(lambda: whole(host))
    file = host.copy_status.file
    real = copy_lines
    room = {"left": 100}

    def short(entries, note):
        added = real(entries, note)
        if room["left"]:
            with file.open("ab") as handle:
                handle.write(added[: room["left"]])
            raise OSError(28, "No space left on device")
        return added

    monkeypatch.setattr(second_copy, "copy_lines", short)
    host.venue.ask(f.NoteIncident(room="R1", text="停电", decision="等候"), PROCTOR)
    until(lambda: host.copy_status.fault is not None)
    assert host.copy_status.fault.code == "copy.lost" and "No space" in say(host.copy_status.fault, "en")
    assert read_copy(file.read_bytes()).entries == recorded_now(host)[:-1]
    host.venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)  # the room goes on
    room["left"] = 0
    until(lambda: whole(host))
    assert read_copy(file.read_bytes()).entries == recorded_now(host)


def test_a_pulled_stick_is_noticed_without_anything_happening(host, stick, tmp_path):
    host.copy_to(stick)
    until(lambda: whole(host))
    away = tmp_path / "away"
    stick.rename(away)
    until(lambda: host.copy_status.fault is not None)
    assert host.copy_status.fault.code == "copy.lost"
    away.rename(stick)
    until(lambda: whole(host))


def test_what_is_no_beginning_of_this_journal_is_left_alone(host, stick):
    host.copy_to(stick)
    until(lambda: whole(host))
    file = host.copy_status.file
    host.copy_to(None)
    strange = file.read_bytes().replace("测试".encode(), "別的".encode()) + b'{"actor":"x"}\n'
    file.write_bytes(strange)
    host.copy_to(stick)
    until(lambda: host.copy_status.fault is not None)
    assert host.copy_status.fault.code == "copy.other" and file.read_bytes() == strange


def test_the_folder_is_remembered(host, stick):
    host.copy_to(stick)
    until(lambda: whole(host))
    path, keys = host.venue.path, host.keys
    host.close()
    again = EventHost.open(path, keys=keys, clock=FakeClock())
    try:
        until(lambda: whole(again))
        again.copy_to(None)
        assert again.copy_status is None
    finally:
        again.close()
    shutil.rmtree(stick)
    third = EventHost.open(path, keys=keys, clock=FakeClock())
    assert third.copy_status is None
    third.close()


@pytest.mark.parametrize("chosen", [False, True], ids=["closed", "given up"])
def test_a_copy_that_is_not_wanted_any_more_is_not_taken_up(chosen, host, stick):
    """Closed, or given up, before the venue's thread came to look where the last start left off."""
    host.copy_to(stick)
    until(lambda: whole(host))
    path, keys = host.venue.path, host.keys
    host.close()
    before = copies()
    venue, held = Venue(path, FakeClock()), threading.Event()

    def wait(_journal: Journal) -> None:
        held.wait(WAIT_S)

    venue.with_journal(wait)
    again = EventHost(venue, keys)
    if chosen:
        again.copy_to(None)
        held.set()
        assert asked(venue, lambda journal: journal.meta()["second-copy"]) == b""
        assert again.copy_status is None and copies() == before
        again.close()
        return
    closing = threading.Thread(target=again.close)
    closing.start()
    until(lambda: shut(venue))
    held.set()
    closing.join()
    assert again.copy_status is None and copies() == before


def copies() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name == "second-copy"}


def shut(venue: Venue) -> bool:
    try:
        venue.with_journal(lambda _journal: None)
    except Known:
        return True
    return False


def test_when_it_is_said_loudly(host):
    state = host.venue.state
    official = replace(state, event=replace(state.event, mode="official"))
    fine = CopyStatus(Path("x"), size=state.size)
    late = CopyStatus(Path("x"), size=state.size - 3, behind_since=1_000)
    lost = CopyStatus(Path("x"), fault=Known("copy.lost", file="x", reason="y"), behind_since=0)

    def said(which, status, now: int = 5_000) -> str | None:
        found = warning(which, status, now)
        return None if found is None else found.code

    assert said(official, None) == "copy.none" and said(state, None) is None
    assert said(official, fine) is None and said(official, lost) == said(state, lost) == "copy.lost"
    assert said(official, late, 1_000 + STALE_MS) is None
    assert said(official, late, 1_001 + STALE_MS) == "copy.stale"
    stale = warning(official, late, 99_999)
    assert stale is not None and stale.params["count"] == 3
    off = replace(official, scheme=changed(state.scheme, second_copy="off"))
    assert said(off, None) is said(replace(official, closed_at=1), None) is None
    assert said(replace(official, opened_at=None), None) is None
    for language in LANGUAGES:
        assert "{" not in say(Known("copy.required"), language)


def test_a_plan_can_stop_what_would_begin(tmp_path, stick):
    text = preset_text("s0-county-self-nomination")
    made = opened(tmp_path / "plain.venue")
    made.close()
    strict = 'second_copy = "required"\n' + text if "second_copy" not in text else text
    assert load_scheme(strict, "x").second_copy == "required"
    state = made.venue.state
    official = replace(
        state,
        event=replace(state.event, mode="official"),
        scheme=changed(state.scheme, second_copy="required"),
    )
    fine = CopyStatus(stick, size=state.size)
    for begins in (
        c.CallCandidate(room="R1", lot=1),
        c.ResumeStage(room="R1"),
        c.CloseRun(people=PEOPLE),
        dc.HoldDraw(),
        dc.TypeDraw(result={}, again={}, witnesses=(), means=""),
        b.OpenBallot(ballot="x", names=(), rolls={}),
    ):
        with pytest.raises(Known) as caught:
            refuse(official, None, 0, begins)
        assert caught.value.code == "copy.required"
        refuse(official, fine, 0, begins)
    for under_way in (c.PauseStage(room="R1", reason="停电"), c.EndStage(room="R1")):
        refuse(official, None, 0, under_way)


def test_the_gate_is_asked_before_a_command_is_decided(host):
    def shut(_state, command) -> None:
        if isinstance(command, c.CallCandidate):
            raise Known("copy.required")

    host.venue.gate = shut
    size = host.venue.state.size
    with pytest.raises(Known) as caught:
        host.venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    assert caught.value.code == "copy.required" and host.venue.state.size == size
    host.venue.ask(f.NoteIncident(room="R1", text="停电", decision="等候"), PROCTOR)
    assert host.venue.state.size == size + 1
