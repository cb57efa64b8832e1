"""The bench measures what it says, on a small crowd; how fast it is, is for the bench alone to say."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from venue_app.base.errors import Known
from venue_app.bench.child import Child
from venue_app.bench.figures import milliseconds, percentile, ratio, seconds
from venue_app.cli.bench import bench

LAN = {
    "stations", "p50_ms", "p99_ms", "burst_p99_ms", "lost", "sheets_per_s", "cpu_ms_per_sheet",
    "ratio_echo", "ratio_commit", "group", "max_frame_gap_ms",
}  # fmt: skip


def test_nearest_rank_percentiles():
    # of 1 to 200: 1 % is the 2nd, 50 % the 100th, 99 % the 198th, 100 % the last
    values = [float(n) for n in range(200, 0, -1)]
    assert [percentile(values, p) for p in (1, 50, 99, 100)] == [2.0, 100.0, 198.0, 200.0]
    assert percentile([7.0], 50) == percentile([7.0], 99) == 7.0
    assert percentile([], 99) == 0.0


def test_figures_are_rounded_for_people():
    assert milliseconds(1_249_999) == 1.2
    assert seconds(1_234_567_890) == 1.23
    assert ratio(1.0, 3.0) == 0.333
    assert ratio(1.0, 0.0) == 0.0


def run(*arguments: str) -> str:
    done = CliRunner().invoke(bench, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    return done.output


@pytest.mark.parametrize("window", ["--no-window", "--window"])
def test_a_small_crowd_loses_nothing(tmp_path, window):
    said = run("lan", "--stations", "12", "--folder", str(tmp_path), "--json", window)
    figures = json.loads(said)
    assert said.count("\n") == 1, "one line"
    assert figures.keys() == LAN
    assert (figures["stations"], figures["lost"]) == (12, 0)
    assert 0 < figures["p50_ms"] <= figures["p99_ms"]
    assert 1 <= figures["group"] <= 12 and figures["sheets_per_s"] > 0
    assert (figures["max_frame_gap_ms"] is None) == (window == "--no-window")
    assert list(tmp_path.iterdir()) == [], "the disk is left as it was"


def test_a_small_hall_votes_and_nobody_is_lost_or_counted_twice(tmp_path):
    said = run("ballots", "--voters", "21", "--seconds", "1", "--folder", str(tmp_path), "--json")
    figures = json.loads(said)
    assert said.count("\n") == 1, "one line"
    assert (figures["voters"], figures["lost"], figures["counted"], figures["twice"]) == (21, 0, 21, 0)
    assert 0 < figures["p50_ms"] <= figures["p99_ms"] <= figures["worst_ms"]
    assert list(tmp_path.iterdir()) == [], "the disk is left as it was"


def test_a_window_stands(tmp_path):
    figures = json.loads(run("window", "--times", "1", "--folder", str(tmp_path), "--json"))
    assert figures["starts"] == 1 and 0 < figures["window_s"] == figures["worst_s"]
    assert figures["event_block_ms"] > 0
    assert list(tmp_path.iterdir()) == []


def test_for_people_it_says_what_was_measured():
    said = run("draw", "--draws", "2000")
    assert said.splitlines()[0] == "抽签"
    assert any(line.split() == ["draws", "2000"] for line in said.splitlines())


def test_a_measured_program_that_ends_early_is_named(tmp_path):
    with Child("venue_app.bench.nowhere", home=tmp_path) as child, pytest.raises(Known) as caught:
        child.hear()
    assert caught.value.code == "bench.ended"
    assert "nowhere" in str(caught.value.params["why"])
