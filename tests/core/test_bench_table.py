"""One table of all figures: targets met and missed, shares of what the machine does at best, and the same as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, tr_in
from venue_app.bench import bare, table
from venue_app.bench.table import PARTS, Part, Shown, measure_all, rows_of
from venue_app.cli.bench import bench

FOUND = {"p50_ms": 20.0, "p99_ms": 250.0, "sheets_per_s": 3000, "ratio_echo": 0.75, "bare_ms": 5.0, "lost": 0}
LAN = Part(
    "lan",
    lambda _folder: FOUND,
    (
        Shown("p50_ms", "ms", 50, best="bare_ms"),
        Shown("p99_ms", "ms", 200),
        Shown("sheets_per_s", "/s", 1000, "least", share="ratio_echo"),
        Shown("lost", "", 0, "exactly"),
        Shown("max_frame_gap_ms", "ms", 100),
    ),
)


def test_targets_and_shares():
    # a median of 20 ms where the bare machine takes 5 is a quarter of what it can do
    rows = rows_of(LAN, FOUND)
    assert [row.met for row in rows] == [True, False, True, True, None]
    assert [row.ratio for row in rows] == [0.25, None, 0.75, None, None]
    rate = Part("lan", LAN.measure, (Shown("sheets_per_s", "/s", 5000, "least", best="most"),))
    (row,) = rows_of(rate, {"sheets_per_s": 3000, "most": 4000})
    assert (row.met, row.ratio, row.best) == (False, 0.75, 4000)


def test_the_table_for_people_and_the_file_for_programs(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "PARTS", (LAN,))
    file = tmp_path / "figures.json"
    done = CliRunner().invoke(bench, ["--json", str(file), "--folder", str(tmp_path)], catch_exceptions=False)
    assert done.exit_code == 0
    lines = [line for line in done.output.splitlines() if not line.startswith("…")]
    assert len(lines) == 2 + len(LAN.shown)
    assert "250 ms" in lines[3] and "≤ 200 ms" in lines[3] and "✗" in lines[3]
    assert "75%" in lines[4] and "✓" in lines[4] and "3,000 /s" in lines[4]
    kept = json.loads(file.read_bytes())
    assert [row["met"] for row in kept["rows"]] == [True, False, True, True, None]
    assert kept["measured"]["lan"]["p99_ms"] == 250.0 and kept["measured"]["lan"]["took_s"] >= 0


def test_only_what_is_wanted_is_measured(tmp_path, monkeypatch):
    asked: list[str] = []

    def part(name: str) -> Part:
        def measure(_folder: Path) -> dict[str, Any]:
            asked.append(name)
            return {}

        return Part(name, measure, ())

    parts = tuple(part(name) for name in ("lan", "rules", "draw"))
    monkeypatch.setattr(table, "PARTS", parts)
    heard: list[str] = []
    measure_all(tmp_path, ["draw", "lan"], heard.append)
    assert asked == heard == ["lan", "draw"]
    with pytest.raises(Known) as caught:
        measure_all(tmp_path, ["nothing"], heard.append)
    assert caught.value.code == "bench.no_such_part" and "rules" in str(caught.value.params["parts"])


def test_every_line_has_its_words():
    for part in PARTS:
        for language in LANGUAGES:
            words = [
                tr_in(language, f"bench.title.{part.name}"),
                *(tr_in(language, f"bench.figure.{part.name}_{shown.key}") for shown in part.shown),
            ]
            assert all(word and not word.startswith("bench.") for word in words), words


def test_bare_work_is_real_work(tmp_path):
    assert 0 < bare.sums_ms(100, 9, 5) < bare.sums_ms(20_000, 9, 5)
    assert 0 < bare.hashes_ms(10) < bare.hashes_ms(20_000)
    assert bare.sync_ms(tmp_path, 2) > 0 and list(tmp_path.iterdir()) == []
