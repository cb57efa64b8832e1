"""People known by the office's number who stand for two posts and are interviewed once: a whole rehearsal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from venue_app.base.errors import Known
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
#: Two papers. 2 is blank in one item, 3 has two grades in one: those are not counted, the others are.
PAPERS = """票号,编号,德,能,勤,绩,廉
1,1,优秀,优秀,优秀,优秀,优秀
1,2,称职,称职,称职,称职,称职
1,3,基本称职,基本称职,基本称职,基本称职,基本称职
2,01,称职,优秀,优秀,优秀,优秀
2,02,,称职,称职,称职,称职
2,03,优秀称职,不称职,不称职,不称职,不称职
"""
#: 1: (90 + 4 × 100) / 5; 2: 80 throughout; 3: (60 + 4 × 50) / 5.
BALLOT = {1: "98.00", 2: "80.00", 3: "52.00"}
#: 1: 24 + 39.2 + 25.5; 2 missed the written test; 3: 27 + 20.8 + 27.
COMPOSITE = {1: "88.70", 2: None, 3: "74.80"}
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


def test_one_interview_and_one_ballot_count_in_both_entries(folder: Path, tmp_path: Path) -> None:
    (folder / "测评票.csv").write_text(PAPERS, encoding="utf-8-sig")
    lines = [f"{who},{seat},{mark}" for who, given in GIVEN.items() for seat, mark in enumerate(given, 1)]
    (folder / "打分.csv").write_text("\n".join(["编号,席位,面试总分", *lines]), encoding="utf-8")
    made, results = ran(folder, tmp_path / "out")
    assert (made.candidates, made.stations, made.sheets, made.papers) == (3, 5, 15, 2)
    assert made.notes == ("苗二（农办主任）没有笔试成绩。怎么处理？ → 按笔试成绩缺考处理，不计零分",)
    found = results["candidates"]
    assert sorted(found) == ["1/党政办主任", "1/农办主任", "2/党政办主任", "2/农办主任", "3"]
    for key, one in found.items():
        who = int(key[0])
        assert one["components"]["interview"] == INTERVIEW[who]
        assert one["components"]["ballot"] == BALLOT[who]
        assert one["composite"] == COMPOSITE[who]
        assert one["components"]["written"] == {1: "80", 2: None, 3: "90"}[who]
        assert one["lot"] == found[f"{who}/农办主任" if who < 3 else "3"]["lot"]
    assert sorted(found[key]["lot"] for key in ("1/农办主任", "2/农办主任", "3")) == [1, 2, 3]
    assert found["2/农办主任"]["outcome"] == "absent"


def test_without_a_sheet_of_marks_simulated_judges_mark_and_it_is_said(folder: Path, tmp_path: Path) -> None:
    first, one = ran(folder, tmp_path / "one")
    _, two = ran(folder, tmp_path / "two")
    assert any("模拟评委" in note for note in first.notes)
    assert any("民主测评票" in note for note in first.notes)  # the plan counts it, and there is none
    assert first.sheets == 15
    given = {key: found["components"]["interview"] for key, found in one["candidates"].items()}
    assert given == {key: found["components"]["interview"] for key, found in two["candidates"].items()}
    assert len(set(given.values())) == 3
    assert all(60 <= float(value) <= 95 for value in given.values())


def test_an_answer_no_ballot_knows_stops_the_rehearsal_with_its_cell(folder: Path, tmp_path: Path) -> None:
    (folder / "测评票.csv").write_text(PAPERS.replace("2,02,,称职", "2,02,,很好"), encoding="utf-8")
    with pytest.raises(Known) as fault:
        ran(folder, tmp_path / "out")
    assert fault.value.code == "rehearsal.data_wrong"
    assert "D6 很好" in str(fault.value.params["points"])
    assert not (tmp_path / "out").exists()
