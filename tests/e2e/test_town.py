"""People known by the office's number who stand for two posts and are interviewed once: a whole rehearsal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from venue_app.rehearsal.run import Summary, rehearse
from venue_app.scheme import preset_text

ENTRIES = """编号,姓名,性别,第一志愿,第二志愿
1,云一,男,党政办主任,农办主任
2,苗二,女,农办主任,党政办主任
3,章三,男,农办主任,
"""
WRITTEN = "编号,笔试成绩\n1,80\n2,缺考\n3,90\n"
#: Five interviewers; a highest and a lowest are dropped: 1: (84+86+85)/3, 2: (70+70+71)/3, 3: (90+90+90)/3.
GIVEN = {1: (80, 84, 86, 85, 99), 2: (70, 71, 70, 72, 60), 3: (90, 90, 90, 90, 90)}
INTERVIEW = {1: "85.00", 2: "70.33", 3: "90.00"}


def ran(folder: Path, out: Path) -> tuple[Summary, dict[str, Any]]:
    def ignore(_stage: str, _done: int, _of: int) -> None:
        """Nobody watches."""

    made = rehearse(preset_text("s4-town-mid-level"), folder, out, title="镇", speed=None, progress=ignore)
    return made, json.loads(made.results.read_bytes())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    data.mkdir()
    (data / "报名表.csv").write_text(ENTRIES, encoding="utf-8")
    (data / "笔试.csv").write_text(WRITTEN, encoding="gb18030")
    return data


def test_one_interview_counts_in_both_entries(folder: Path, tmp_path: Path) -> None:
    lines = [f"{who},{seat},{mark}" for who, given in GIVEN.items() for seat, mark in enumerate(given, 1)]
    (folder / "打分.csv").write_text("\n".join(["编号,席位,面试总分", *lines]), encoding="utf-8")
    made, results = ran(folder, tmp_path / "out")
    assert (made.candidates, made.stations, made.sheets) == (3, 5, 15)
    found = results["candidates"]
    assert sorted(found) == ["1/党政办主任", "1/农办主任", "2/党政办主任", "2/农办主任", "3"]
    for key, one in found.items():
        who = int(key[0])
        assert one["components"]["interview"] == INTERVIEW[who]
        assert one["components"]["written"] == {1: "80", 2: None, 3: "90"}[who]
        assert one["lot"] == found[f"{who}/农办主任" if who < 3 else "3"]["lot"]
    assert sorted(found[key]["lot"] for key in ("1/农办主任", "2/农办主任", "3")) == [1, 2, 3]
    assert found["2/农办主任"]["outcome"] == "absent"


def test_without_a_sheet_of_marks_simulated_judges_mark_and_it_is_said(folder: Path, tmp_path: Path) -> None:
    first, one = ran(folder, tmp_path / "one")
    _, two = ran(folder, tmp_path / "two")
    assert any("模拟评委" in note for note in first.notes)
    assert first.sheets == 15
    given = {key: found["components"]["interview"] for key, found in one["candidates"].items()}
    assert given == {key: found["components"]["interview"] for key, found in two["candidates"].items()}
    assert len(set(given.values())) == 3
    assert all(60 <= float(value) <= 95 for value in given.values())
