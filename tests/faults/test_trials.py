"""The trials of `venue-app bench faults`, small: bad networks, kills of laptop and stations, a full disk, the hostile."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from tests.waits import WAIT_S
from venue_app.base.ids import new_id
from venue_app.bench.faults.hostile import bench_hostile
from venue_app.bench.faults.kills import bench_kills
from venue_app.bench.faults.network import bench_network, why_not
from venue_app.bench.faults.tally import Shown, counts, missing, wait_until
from venue_app.bench.faults.trials import broken, sound
from venue_app.bench.faults.weather import Sky, Weather
from venue_app.bench.hall import MARKS, device_key, open_hall, seat_id
from venue_app.domain.commands import SubmitSheet
from venue_app.domain.roles import Actor, Role
from venue_app.lan import messages as m


@pytest.mark.skipif(bool(why_not()), reason=f"no network namespaces here: {why_not()}")
def test_bad_networks_lose_nothing_and_send_nothing_twice(tmp_path):
    found = bench_network(tmp_path, 8, 2)
    assert found["sheets"] == 8 * 6
    assert found["packets_lost"] > 0 and found["packets_doubled"] > 0, "there was weather"
    assert broken("network", found) == {}


def test_kills_and_a_full_disk_lose_nothing_that_was_shown(tmp_path):
    found = bench_kills(tmp_path, 6, 4)
    assert (found["kills"], found["sheets"]) == (4, 6 * 5)
    assert broken("kills", found) == {}


def test_two_hundred_stations_come_back_at_once(tmp_path):
    found = bench_kills(tmp_path, 200, 1)
    assert found["sheets"] == 400
    assert broken("reconnects", found) == {}


def test_the_hostile_are_refused_and_the_judge_goes_on(tmp_path):
    found = bench_hostile(tmp_path, 800, 300)
    assert found["frames"] == 800 and found["refused"] > 100
    assert (found["old_sessions"], found["old_let_in"]) == (8, 0)
    assert found["requests"] > 40 and found["judge_sheets"] == 100
    assert broken("hostile", found) == {}


# ---- that the trials would see it ----


@pytest.fixture
def hall(tmp_path) -> Iterator[tuple]:
    """An event file with one sheet of the first seat, what a judge was shown of it, and its id."""
    host = open_hall(tmp_path / "e.venue", 3)
    sheet = m.signed(
        m.Sheet(
            id=new_id(),
            event=host.venue.state.event.event,
            seat=seat_id(1),
            room="R1",
            lot=1,
            marks=MARKS,
        ),
        device_key(1),
    )
    command = SubmitSheet(room="R1", lot=1, seat=sheet.seat, marks=MARKS, signature=sheet.signature)
    kept = host.venue.ask(command, Actor(role=Role.OBSERVER, name="", seat=sheet.seat), sheet.id).sheet
    assert kept is not None
    host.close()
    shown = Shown()
    shown.take({"kept": sheet.id, "seat": sheet.seat, "room": "R1"})
    shown.take({"receipt": sheet.id, "code": kept.receipt})
    yield tmp_path / "e.venue", shown, sheet.id


def test_what_is_in_order_counts_nothing(hall):
    file, shown, _ = hall
    found = counts(shown, file)
    assert (found["sheets"], missing(shown, file)) == (1, 0)
    assert broken("kills", found) == {}


def test_a_receipt_the_file_does_not_hold_is_lost(hall):
    file, shown, _ = hall
    shown.take({"kept": "f" * 32, "seat": seat_id(2), "room": "R1"})
    shown.take({"receipt": "f" * 32, "code": "AAA-AAA"})
    assert missing(shown, file) == 1
    assert counts(shown, file)["lost"] > 0 and not sound("kills", counts(shown, file))


def test_a_sheet_without_a_receipt_is_lost(hall):
    file, shown, sheet = hall
    del shown.receipts[sheet]
    assert counts(shown, file)["lost"] == 1


def test_another_code_for_the_same_sheet_is_seen(hall):
    file, shown, sheet = hall
    shown.take({"seen": sheet, "code": "AAA-AAA"})
    assert counts(shown, file)["changed"] == 1


def test_a_sheet_nobody_filled_in_is_one_too_many(hall):
    file, shown, sheet = hall
    del shown.kept[sheet]
    assert counts(shown, file)["twice"] == 1


@pytest.mark.parametrize(
    ("weather", "arrive"),
    [(Weather(), 1), (Weather(lost=100), 0), (Weather(cut=True), 0), (Weather(doubled=100), 2)],
)
def test_weather(weather, arrive):
    (here, one), (other, there) = (socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM) for _ in range(2))
    sky = Sky(one.fileno(), other.fileno())
    sky.weather = weather
    for _ in range(20):
        here.send(b"packet")
    wait_until(lambda: sky.carried + sky.dropped == 20 * max(arrive, 1))
    there.settimeout(WAIT_S)
    for _ in range(20 * arrive):
        assert there.recv(100) == b"packet"
    there.settimeout(0.1)
    with pytest.raises(TimeoutError):
        there.recv(100)
    sky.close()
    for end in (here, one, other, there):
        end.close()
