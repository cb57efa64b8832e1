"""The standby's bench measures what it says, on a few stations."""

from __future__ import annotations

import json

from click.testing import CliRunner

from venue_app.cli.bench import bench

FIGURES = {
    "stations", "alone_p50_ms", "alone_p99_ms", "in_step_p50_ms", "in_step_p99_ms", "noticed_s", "serving_s", "first_s",
    "all_s", "acknowledged", "lost",
}  # fmt: skip


def test_a_laptop_killed_loses_nothing_and_leaves_nothing(tmp_path):
    done = CliRunner().invoke(bench, ("standby", "--stations", "4", "--folder", str(tmp_path), "--json"))
    assert done.exit_code == 0, done.output
    figures = json.loads(done.output)
    assert figures.keys() == FIGURES
    assert (figures["stations"], figures["lost"]) == (4, 0)
    assert 0 < figures["serving_s"] <= figures["first_s"] <= figures["all_s"]
    assert list(tmp_path.iterdir()) == [], "the disk is left as it was"
