"""An event of quite another size: two rooms, five judges, seven observers, an absence, missing marks, ties, zeros.

Every expected number stands here as a person worked it out with a pencil.
"""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from venue_app.base.errors import Known
from venue_app.base.i18n import say
from venue_app.host.audit import audit
from venue_app.rehearsal.conductor import Conductor
from venue_app.rehearsal.run import rehearse
from venue_app.scheme import preset_text
from venue_app.seal.check import Outcome
from venue_app.seal.verify import verify_file

POSTS = ("史志办副主任", "园林局副局长")
CRITERIA = ("演讲内容", "语言表达", "岗位认识", "应变能力", "仪表举止")


def sheet(total: str) -> tuple[str, ...]:
    """A sheet adding up to `total`: each criterion gets its share of a hundred in tenths, the first the rest."""
    tenths = int(total.replace(".", "")) if "." in total else int(total) * 10
    others = [tenths * share // 100 for share in (20, 20, 20, 10)]
    first = tenths - sum(others)
    return tuple(f"{n // 10}.{n % 10}" for n in (first, *others))


#: name, post, draft, the five judges' totals ('' is no sheet), the seven observers' marks ('' is no paper)
PEOPLE = (
    ("何一", 0, "80", ("80.0", "81.5", "82.3", "79.9", "85.0"), "8 8 9 7 8 8 9"),
    ("何二", 0, "92.3", ("90", "90", "90", "90", "90"), "10 10 10 10 10 10 -"),
    ("何三", 0, "70", (), ""),
    ("何四", 0, "60", ("75.0", "78.4", "", "77.1", "70.2"), "7 7 7 7 7 7 7"),
    ("何五", 0, "80", ("85.0", "79.9", "80.0", "82.3", "81.5"), "9 9 8 8 8 8 7"),
    ("于一", 1, "80", ("80", "80", "80", "80", "80"), "6 6 6 6 6 6 6"),
    ("于二", 1, "79.9", ("80", "80", "80", "80", "80"), "6 6 6 6 6 6 6"),
    ("于三", 1, "50", ("60", "60", "60", "60", "60"), "5 5 5 5 5 5 5"),
    ("于四", 1, "0", ("0", "0", "0", "0", "0"), "0 0 0 0 0 0 0"),
    ("于五", 1, "100", ("100", "100", "100", "100", "100"), "10 10 10 10 10 10 10"),
)

#: name → live, audience, composite, rank, outcome
EXPECTED = {
    # 79.9 and 85.0 go: (80.0 + 81.5 + 82.3) / 3 = 81.266…; 57 / 7 = 8.142…; 12 + 52.8255 + 8.14 = 72.9655
    "何一": ("81.27", "8.14", "72.97", 2, "passed"),
    # 60 / 6 papers; 13.845 + 58.5 + 10 = 82.345, and a half goes up
    "何二": ("90.00", "10.00", "82.35", 1, "passed"),
    "何三": (None, None, None, None, "absent"),
    # four sheets: 70.2 and 78.4 go, (75.0 + 77.1) / 2; 9 + 49.4325 + 7 = 65.4325
    "何四": ("76.05", "7.00", "65.43", 4, "below_threshold"),
    # the same marks in another order: tied at the last place, both go in
    "何五": ("81.27", "8.14", "72.97", 2, "passed"),
    # 12 + 52 + 6 = 70 exactly: the threshold is inclusive
    "于一": ("80.00", "6.00", "70.00", 2, "passed"),
    # 11.985 + 52 + 6 = 69.985
    "于二": ("80.00", "6.00", "69.99", 3, "below_threshold"),
    # 7.5 + 39 + 5
    "于三": ("60.00", "5.00", "51.50", 4, "below_threshold"),
    "于四": ("0.00", "0.00", "0.00", 5, "below_threshold"),
    "于五": ("100.00", "10.00", "90.00", 1, "passed"),
}


def identity(number: int) -> str:
    """An identity number of no place, with its check digit by ISO 7064 MOD 11-2."""
    first = f"99000019900101{number:03d}"
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(first))
    return first + "0123456789X"[(1 - total) % 11]


def write(folder: Path, name: str, rows: list[tuple[object, ...]], encoding: str = "utf-8") -> None:
    text = "".join(",".join(map(str, row)) + "\r\n" for row in rows)
    (folder / name).write_bytes(text.encode(encoding))


def lay_out(folder: Path) -> Path:
    folder.mkdir()
    known = {person[0]: identity(100 + at) for at, person in enumerate(PEOPLE)}
    entries: list[tuple[object, ...]] = [("姓名", "性别", "身份证号", "工作单位", "自荐职位", "资格审查意见")]
    entries += [(n, "男", known[n], "县图书馆", POSTS[p], "合格") for n, p, *_ in PEOPLE]
    write(folder, "报名登记表.csv", entries, "gb18030")
    write(folder, "分组.csv", [("职位", "测试组"), (POSTS[0], "甲室"), (POSTS[1], "乙室")])
    seats = [(room, n, f"评委{room[0]}{n}", "县委党校", "主评委" if n == 1 else "评委")
             for room in ("甲室", "乙室") for n in range(1, 6)]  # fmt: skip
    write(folder, "评委名单.csv", [("测试组", "席位", "姓名", "单位", "身份"), *seats], "utf-8-sig")
    drafts = [(known[n], n, draft) for n, _, draft, *_ in PEOPLE]
    write(folder, "演讲稿得分.csv", [("身份证号", "姓名", "演讲稿得分"), *drafts])
    marks = [(known[n], seat, *sheet(total)) for n, _, _, totals, _ in PEOPLE
             for seat, total in enumerate(totals, 1) if total]  # fmt: skip
    write(folder, "现场打分.csv", [("身份证号", "席位", *CRITERIA), *marks])
    votes = [(known[n], *v.replace("-", "").split(" ")) for n, *_, v in PEOPLE if v]
    write(folder, "旁听测评.csv", [("身份证号", *(f"票{n}" for n in range(1, 8))), *votes])
    return folder


def scheme() -> str:
    """The county's plan with five judges, of whom four suffice, and seven observers, of whom five suffice."""
    text = preset_text("s0-county-self-nomination")
    for was, now in (
        ("seats = 7\nminimum = 5", "seats = 5\nminimum = 4"),
        ("seats = 20\nminimum = 15", "seats = 7\nminimum = 5"),
    ):
        assert text.count(was) == 1
        text = text.replace(was, now)
    return text


def quiet(*_: object) -> None:
    return None


def run(tmp: Path, data: Path, speed: float | None = None) -> Any:
    return rehearse(scheme(), data, tmp / "out", title="两室小型活动", speed=speed, progress=quiet)


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    return run(folder, lay_out(folder / "data"))


def by_name(done: Any) -> dict[str, dict[str, Any]]:
    return {line["name"]: line for line in json.loads(done.results.read_bytes())["candidates"].values()}


def test_numbers_as_worked_by_hand(done):
    found = {
        name: (line["components"]["live"], line["components"]["audience"], line["composite"], line["rank"], line["outcome"])
        for name, line in by_name(done).items()
    }  # fmt: skip
    assert found == EXPECTED


def test_sizes_are_those_of_the_data(done):
    # 4 × 5 + 4 sheets and 9 × 7 − 1 papers from 2 × 5 + 7 seats; the absent one has none
    assert (done.candidates, done.stations) == (10, 17)
    assert done.sheets == (8 * 5 + 4) + (9 * 7 - 1)
    assert {line["room"] for line in by_name(done).values()} == {"甲室", "乙室"}


def test_absence_and_missing_marks_are_on_record(done):
    with sqlite3.connect(f"{done.event.as_uri()}?mode=ro", uri=True) as db:
        entries = [json.loads(row[0]) for row in db.execute("SELECT entry FROM entries ORDER BY seq")]
    kinds = [entry["kind"] for entry in entries]
    assert kinds.count("candidate.absent") == 1
    excused = [entry["data"]["seat"] for entry in entries if entry["kind"] == "seat.excused"]
    assert len(excused) == 2
    assert any(re.fullmatch(r"R\d-3", seat) for seat in excused), "judge 3 of one candidate"
    assert any(seat.endswith("-07") for seat in excused), "observer 7 of another"


def test_it_verifies(done):
    for path in (done.event, done.bundle):
        verdict = verify_file(path, extra=audit)
        assert verdict.outcome is not Outcome.WRONG, [c.sentence() for c in verdict.checks if c.ok is False]
    names = {item.path.stem for item in done.reports}
    assert {"room-summary-R1", "room-summary-R2", "candidate-sheets", "composite", "shortlist"} <= names
    assert "room-summary-R3" not in names


def test_a_second_run_keeps_the_first_and_agrees_with_it(done, tmp_path_factory):
    before = done.event.read_bytes()
    first = by_name(done)
    again = run(done.event.parent.parent, done.event.parent.parent / "data")
    assert again.event != done.event and done.event.read_bytes() == before
    for name, line in by_name(again).items():
        assert {k: v for k, v in line.items() if k != "lot"} == {
            k: v for k, v in first[name].items() if k != "lot"
        }


def test_a_pace_can_be_set(tmp_path):
    """At 20,000 times life's speed the stages take time, and the results are the same."""
    done = run(tmp_path, lay_out(tmp_path / "data"), speed=20_000)
    assert by_name(done)["何二"]["composite"] == "82.35"


def refused(folder: Path, tmp: Path) -> Known:
    with pytest.raises(Known) as caught:
        run(tmp, folder)
    assert not list(tmp.glob("out/*")), "nothing is left of an event that could not begin"
    return caught.value


@pytest.mark.parametrize(
    ("name", "was", "now", "part"),
    [
        ("现场打分.csv", "27.0,18.0,18.0,18.0,9.0", "31.0,18.0,18.0,18.0,9.0", "30"),
        ("现场打分.csv", "27.0,18.0,18.0,18.0,9.0", "27.O,18.0,18.0,18.0,9.0", "27.O"),
        ("旁听测评.csv", "10,10,10,10,10,10,10", "10,10,10,10,10,10,11", "11"),
        ("演讲稿得分.csv", "92.3", "192.3", "192.3"),
    ],
)
def test_an_impossible_mark_stops_it_before_it_begins(tmp_path, name, was, now, part):
    data = lay_out(tmp_path / "data")
    raw = (data / name).read_text(encoding="utf-8")
    assert was in raw
    (data / name).write_text(raw.replace(was, now, 1), encoding="utf-8")
    fault = refused(data, tmp_path)
    assert fault.code == "rehearsal.data_wrong"
    assert part in say(fault), "the sentence shows the cell"


def test_a_wrong_mark_is_shown_whatever_language_the_head_is_in(tmp_path):
    data = lay_out(tmp_path / "data")
    english = (
        "Content of the speech",
        "Expression",
        "Understanding of the post",
        "Response to questions",
        "Manner",
    )
    raw = (data / "现场打分.csv").read_text(encoding="utf-8").replace(",".join(CRITERIA), ",".join(english))
    (data / "现场打分.csv").write_text(raw.replace("27.0,18.0", "39.5,18.0", 1), encoding="utf-8")
    fault = refused(data, tmp_path)
    assert fault.code == "rehearsal.data_wrong" and "39.5" in say(fault)
    (data / "现场打分.csv").write_text(raw, encoding="utf-8")
    assert by_name(run(tmp_path, data))["何二"]["composite"] == "82.35"


def test_a_person_entered_twice_stops_it(tmp_path):
    data = lay_out(tmp_path / "data")
    raw = (data / "报名登记表.csv").read_text(encoding="gb18030")
    twice = raw.replace(identity(101), identity(100))
    (data / "报名登记表.csv").write_text(twice, encoding="gb18030")
    assert refused(data, tmp_path).code in ("rehearsal.data_wrong", "rehearsal.data_open")


@pytest.mark.parametrize("name", ["报名登记表.csv", "演讲稿得分.csv"])
def test_a_damaged_file_is_named_and_never_taken_for_none(tmp_path, name):
    data = lay_out(tmp_path / "data")
    (data / name).rename(data / "新.xlsx")
    (data / "新.xlsx").write_bytes(b"PK\x03\x04 cut short")
    fault = refused(data, tmp_path)
    assert fault.code == "rehearsal.data_wrong"
    assert "新.xlsx" in say(fault)


def test_a_wrong_cell_is_named_with_its_file(tmp_path):
    data = lay_out(tmp_path / "data")
    raw = (data / "旁听测评.csv").read_text(encoding="utf-8")
    (data / "旁听测评.csv").write_text(raw.replace(",10", ",11", 1), encoding="utf-8")
    assert "旁听测评.csv" in say(refused(data, tmp_path))


@pytest.mark.parametrize("name", ["现场打分.csv", "报名登记表.csv"])
def test_a_missing_file_is_named(tmp_path, name):
    data = lay_out(tmp_path / "data")
    (data / name).unlink()
    fault = refused(data, tmp_path)
    assert fault.code == "rehearsal.file_missing"
    assert fault.params["kind"] == {"现场打分.csv": "现场打分表", "报名登记表.csv": "报名登记表"}[name]


def test_a_missing_folder_is_named(tmp_path):
    assert refused(tmp_path / "nowhere", tmp_path).code == "rehearsal.no_folder"


def test_a_fault_in_a_room_comes_out_as_itself(tmp_path, monkeypatch):
    async def stuck(_self: Conductor, _room: str) -> None:
        raise Known("rehearsal.stuck")

    monkeypatch.setattr(Conductor, "_room", stuck)
    with pytest.raises(Known) as caught:
        run(tmp_path, lay_out(tmp_path / "data"))
    assert caught.value.code == "rehearsal.stuck"
