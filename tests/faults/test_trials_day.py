"""The plug, the stick, the clock and the long day of `venue-app bench faults`, small; and that they would see it."""

from __future__ import annotations

import pytest

from venue_app.base.clock import SystemClock
from venue_app.bench.faults.clocks import FastClock
from venue_app.bench.faults.jumps import bench_jumps
from venue_app.bench.faults.power import _came_back, _files, bench_power, pulled
from venue_app.bench.faults.soak import MOST_MB_PER_HOUR, bench_soak, memory
from venue_app.bench.faults.stick import bench_stick
from venue_app.bench.faults.trials import broken, sound
from venue_app.bench.figures import slope
from venue_app.journal import Journal

HEAD = b'{"kind":"bench"}'


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("VENUE_APP_HOME", str(tmp_path))


def test_what_was_acknowledged_is_there_after_the_plug_was_pulled(tmp_path):
    found = bench_power(tmp_path, 60)
    assert found["cuts"] == 60 and found["torn"] > 30, "something was cut"
    assert broken("power", found) == {}


def test_a_group_lost_half_written_or_forgotten_would_be_seen(tmp_path):
    path = tmp_path / "e.venue"
    journal = Journal.create(path, HEAD)
    before = _files(path)
    journal.append([b"one", b"two"], submissions=[None, None])
    after = _files(path)
    journal.close()
    again = tmp_path / "again"
    assert _came_back(again, before, [HEAD], [b"one", b"two"]) == {"lost": 0, "unopened": 0, "half": 0}
    assert _came_back(again, after, [HEAD], [b"one", b"two"]) == {"lost": 0, "unopened": 0, "half": 0}
    assert _came_back(again, after, [HEAD], [b"one", b"two", b"three"])["half"] == 1
    assert _came_back(again, before, [HEAD, b"one", b"two"], [])["lost"] == 2
    noise = {"": b"no file of ours" * 100, "-wal": b""}
    assert _came_back(again, noise, [HEAD], []) == {"unopened": 1}
    cut = pulled(before, after)
    assert cut[""] == before[""] and len(before["-wal"]) <= len(cut["-wal"]) <= len(after["-wal"])


def test_a_pulled_stick_costs_nothing_and_catches_up(tmp_path):
    found = bench_stick(tmp_path, 2)
    assert found["incidents"] >= 2
    assert broken("stick", found) == {}


def test_a_clock_that_is_set_moves_no_duration_and_is_in_the_journal(tmp_path):
    found = bench_jumps(tmp_path)
    assert found["jumps"] == 4
    assert broken("clock", found) == {}


def test_a_day_is_run_by_robots_and_nothing_of_it_is_lost(tmp_path):
    found = bench_soak(tmp_path, 0.4, 100.0)
    assert found["candidates"] >= 1 and found["sheets"] >= 27 and found["hours"] >= 0.4
    assert (found["lost"], found["refused"], found["gone"], found["unsound"]) == (0, 0, 0, 0)


def test_memory_that_grows_is_said():
    # 60 looks in 6 hours; the first quarter warms up and does not count
    flat = [(n / 10, 300.0 if n < 15 else 100.0 + n % 2) for n in range(60)]
    assert memory(flat)["leaking"] == 0 and abs(memory(flat)["mb_per_hour"]) < 0.1
    leaking = [(n / 10, 100.0 + n / 10 * (MOST_MB_PER_HOUR + 1)) for n in range(60)]
    assert memory(leaking)["mb_per_hour"] == pytest.approx(MOST_MB_PER_HOUR + 1)
    assert memory(leaking)["leaking"] == 1 and not sound("soak", memory(leaking))
    assert memory([])["mb_per_hour"] is None
    assert slope([(1.0, 2.0), (2.0, 4.0), (3.0, 6.0)]) == pytest.approx(2.0)


def test_a_fast_clock_is_fast_and_never_goes_back():
    real, clock = SystemClock(), FastClock(1000.0)
    # read from the outside in and from the inside out: however long a reading takes, the outer span holds the inner one
    wall, mono, began = clock.wall_ms(), clock.mono_ms(), real.mono_ms()
    read = [mono]
    while real.mono_ms() - began < 3:
        read.append(clock.mono_ms())
    gone = real.mono_ms() - began
    fast = clock.mono_ms() - mono
    assert fast >= 1000 * gone
    assert clock.wall_ms() - wall >= fast
    assert read == sorted(read)
