"""Looking back at an event: the state of every moment, the clocks as they ran, and nothing that can be commanded."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from hashlib import sha256

import pytest
from click.testing import CliRunner

from tests import replayworld as day
from tests.world import PROCTOR, FakeClock, created
from venue_app.base.errors import Known
from venue_app.cli.main import cli
from venue_app.domain import commands as c
from venue_app.domain import entries as e
from venue_app.domain.record import Record, encode
from venue_app.host import tape as taped
from venue_app.host.aim import aim, room_named
from venue_app.host.replay import Replay, Source, open_file, open_running
from venue_app.host.tape import Tape
from venue_app.journal import Tree, leaf_hash
from venue_app.seal.check import Verdict
from venue_app.state import State, apply
from venue_app.venue import Change, Venue


@pytest.fixture
def replay(day_files, day_clock):
    return open_file(day_files[0], real=day_clock)


def at(replay: Replay, second: int) -> Replay:
    replay.to_time(second * 1000)
    return replay


def spent(replay: Replay) -> int:
    """Milliseconds on the clock of whoever is on the floor of room 1."""
    now = replay.state.on_floor("R1")
    assert now is not None and now.clock is not None
    return now.clock.spent(replay.clock.mono_ms())


def test_the_end_is_what_the_event_came_to(day_files, replay):
    replay.to_size(10_000)
    assert replay.state == day_files[2] and replay.over
    assert replay.source.wrong is None and replay.tape.unread is None


def test_a_bundle_gives_the_same(day_files):
    from_bundle = open_file(day_files[1])
    from_bundle.to_size(10_000)
    assert from_bundle.state == day_files[2] and from_bundle.source.wrong is None


def test_the_files_stay_as_they_were(day_files):
    folder = day_files[0].parent
    before = {p: sha256(p.read_bytes()).digest() for p in folder.rglob("*") if p.is_file()}
    replay = open_file(day_files[0])
    replay.play()
    at(replay, 400)
    assert {p: sha256(p.read_bytes()).digest() for p in folder.rglob("*") if p.is_file()} == before


def test_clocks_stand_where_they_stood(replay):
    assert spent(at(replay, 160)) == 100_000
    assert spent(at(replay, 275)) == 200_000  # it was paused at 260, after 200 s
    assert spent(at(replay, 350)) == 260_000
    assert replay.clock.wall_ms() == day.WALL + 350_000
    assert spent(at(replay, 61)) == 1_000  # and back again


@pytest.mark.parametrize(("speed", "gone"), [("1", 30), ("10", 300), ("0.5", 15)])
def test_time_runs_as_fast_as_is_wanted(replay, day_clock, speed, gone):
    at(replay, 70)
    replay.set_speed(Decimal(speed))
    replay.play()
    day_clock.pass_ms(30_000)
    replay.advance()
    assert replay.position == (70 + gone) * 1000
    replay.pause()
    day_clock.pass_ms(30_000)
    assert replay.position == (70 + gone) * 1000


def test_what_is_heard_while_playing(replay, day_clock):
    heard: list[Change] = []
    at(replay, 250)
    forget = replay.listen(heard.append)
    replay.play()
    day_clock.pass_ms(9_000)
    replay.advance()
    assert heard == []
    day_clock.pass_ms(40_000)
    replay.advance()
    assert [r.kind for change in heard for r in change.records] == ["stage.paused", "stage.resumed"]
    forget()
    replay.next()
    assert len(heard) == 1


def test_the_clock_waits_for_the_next_entry_to_be_told(replay, day_clock):
    at(replay, 250)
    replay.play()
    day_clock.pass_ms(60_000)
    assert replay.position == 260_000 and spent(replay) == 200_000


def test_playing_ends_at_the_end(replay, day_clock):
    at(replay, 490)
    replay.play()
    day_clock.pass_ms(60_000)
    replay.advance()
    assert replay.over and not replay.playing
    replay.play()
    assert not replay.playing


def test_before_its_release_nothing_is_released(replay):
    assert at(replay, 410).state.appearances[("R1", 1)].value == "80.00"
    assert not replay.state.appearances[("R1", 1)].released
    assert at(replay, 425).state.appearances[("R1", 1)].released


def test_roots_are_those_of_the_journal_then(replay):
    replay.to_size(10_000)
    last = replay.now.root
    replay.to_size(5)
    assert replay.now.root != last and replay.state.size == 5
    tree = Tree(leaf_hash(encode(r)) for r in replay.tape.records[:5])
    assert replay.now.root == tree.root()


def test_nothing_is_commanded(replay):
    answer = replay.submit(c.CallCandidate(room="R1", lot=2), PROCTOR)
    with pytest.raises(Known) as refused:
        answer.result(0)
    assert refused.value.code == "replay.only_shown"


def test_stops_of_the_day(replay):
    assert [(s.kind, s.at // 1000) for s in replay.tape.stops] == [
        ("opened", 0),
        ("draw", 0),
        ("called", day.CALLED),
        ("released", day.RELEASED),
        ("called", day.SECOND),
    ]


@pytest.mark.parametrize(
    ("typed", "second", "kind"),
    [
        ("1", day.CALLED, "candidate.called"),
        ("2", day.SECOND, "candidate.called"),
        ("#0", 0, "event.created"),
    ],
)
def test_going_where_is_typed(replay, typed, second, kind):
    aim(replay, typed)
    assert replay.position == second * 1000
    assert replay.tape.records[replay.size - 1].kind == kind


def test_a_time_of_day_is_the_venues(replay):
    wanted = datetime.fromtimestamp(day.WALL / 1000 + 200).astimezone()
    for typed in (f"{wanted:%H:%M:%S}", f"{wanted:%Y-%m-%d %H:%M:%S}", f"{wanted:%H：%M：%S}"):
        at(replay, 0)
        aim(replay, typed)
        assert replay.position == 200_000


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("77", "replay.no_such_lot"),
        ("#999", "replay.no_such_entry"),
        ("25:00", "replay.no_such_time"),
        ("what", "replay.not_understood"),
    ],
)
def test_where_there_is_nothing(replay, typed, code):
    at(replay, 100)
    with pytest.raises(Known) as fault:
        aim(replay, typed)
    assert fault.value.code == code and replay.position == 100_000


def test_the_same_lot_of_other_rooms(replay):
    assert room_named(replay, "第2组") == "R2" and room_named(replay, "") == ""
    with pytest.raises(Known, match="no_such_lot"):
        aim(replay, "1", "R2")
    with pytest.raises(Known, match="no_such_room"):
        room_named(replay, "第9组")


def test_speeds_that_are_none(replay):
    for speed in ("0", "-1", "NaN", "4000"):
        with pytest.raises(Known, match="bad_speed"):
            replay.set_speed(Decimal(speed))


def test_an_open_event_is_looked_back_at_beside_it(tmp_path):
    venue = Venue.create(tmp_path / "open.venue", created(), FakeClock())
    try:
        replay = open_running(venue)
        assert (replay.tape.size, replay.state) == (1, venue.state)
    finally:
        venue.close()


def test_an_altered_journal_is_said_and_still_shown(day_files, tmp_path):
    copy = tmp_path / "altered.venue"
    copy.write_bytes(day_files[0].read_bytes().replace("灯光".encode(), "停电".encode()))
    replay = open_file(copy)
    assert replay.source.wrong is not None and replay.source.wrong.code == "seal.check.file"
    replay.to_size(10_000)
    assert "停电" in [i.text for i in replay.state.incidents]


def test_what_cannot_follow_ends_the_tape():
    head = Record(seq=0, at=0, mono=0, boot="a", actor=PROCTOR, data=created())
    nobody = e.CandidateCalled(room="R9", lot=1, entry="E1")
    lost = Record(seq=1, at=1, mono=1, boot="a", actor=PROCTOR, data=nobody)
    tape = Tape([encode(head), encode(lost), encode(head)])
    assert (tape.size, tape.unread) == (1, 1)


def test_no_journal_at_all(tmp_path):
    empty = tmp_path / "x.bundle"
    empty.write_bytes(b"PK" + bytes(50))
    with pytest.raises(Known) as fault:
        open_file(empty)
    assert fault.value.code == "replay.unreadable"
    pdf = tmp_path / "x.pdf"
    pdf.write_bytes(b"%PDF-1.4\n%%EOF\n")
    with pytest.raises(Known) as fault:
        open_file(pdf)
    assert fault.value.code == "replay.not_a_journal"


def joins(count: int, boots: dict[int, str], walls: dict[int, int]) -> list[bytes]:
    """A journal of stations that come, one a second; from an entry on another boot, or another calendar."""
    made, boot, wall, mono = [], "a", 0, 100
    for seq in range(count):
        if seq in boots:
            boot, mono = boots[seq], 5
        wall = walls.get(seq, wall + 1000)
        mono += 1000
        data = e.StationJoined(seat="R1-1", device=f"d{seq}", device_name="x") if seq else created()
        made.append(encode(Record(seq=seq, at=wall, mono=mono, boot=boot, actor=PROCTOR, data=data)))
    return made


def test_the_line_of_time_follows_the_unchanging_clock():
    """Entry 3 after the calendar was set back an hour; entry 5 in another boot, ten minutes later by the calendar."""
    tape = Tape(joins(7, {5: "b"}, {3: 2_000 - 3_600_000, 5: 603_000 - 3_600_000}))
    assert [tape.time_of(seq) for seq in range(7)] == [0, 1_000, 2_000, 3_000, 4_000, 604_000, 605_000]


def test_a_jump_folds_few_entries(monkeypatch):
    replay = Replay(Tape(joins(1500, {}, {})), Source("x", Verdict("x", "event", ())))
    folded: list[int] = []

    def counted(state: State, record: Record) -> State:
        folded.append(record.seq)
        return apply(state, record)

    monkeypatch.setattr(taped, "apply", counted)
    for size in (1500, 1, 1399, 200, 199, 777, 778, 400):
        folded.clear()
        replay.to_size(size)
        assert len(folded) < 200
        assert replay.state.size == size
        assert [s.device for s in replay.state.stations.values()] == ([f"d{size - 1}"] if size > 1 else [])


def test_the_command_says_what_is_wrong(day_files, tmp_path):
    done = CliRunner().invoke(cli, ["replay", str(tmp_path / "none.venue")])
    assert isinstance(done.exception, Known) and done.exception.code == "host.no_event"
    done = CliRunner().invoke(cli, ["replay", str(day_files[0]), "--speed", "fast"])
    assert isinstance(done.exception, Known) and done.exception.code == "replay.bad_speed"
    done = CliRunner().invoke(cli, ["replay", str(day_files[0]), "--lot", "9"])
    assert isinstance(done.exception, Known) and done.exception.code == "replay.no_such_lot"
