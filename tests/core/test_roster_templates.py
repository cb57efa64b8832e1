"""Templates written, filled as an office would, read back: the importer takes every one of them, in each language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, tr_in
from venue_app.cli.main import cli
from venue_app.host.importing import import_command, plan_of, read_files
from venue_app.roster.ballot_papers import read_papers
from venue_app.roster.decide import decide
from venue_app.roster.folder import recognise
from venue_app.roster.scores import read_marks, read_observers
from venue_app.roster.templates import write_templates
from venue_app.scheme import load_scheme, preset_text
from venue_app.scheme.text import Text

COUNTY = load_scheme(preset_text("s0-county-self-nomination"), "s0")
VOTES = load_scheme(preset_text("s2-8-performance-appraisal"), "s2-8")
PEOPLE = [(f"某人{n}", f"9900001990010{n:02d}19X") for n in range(1, 7)]


def fill(path: Path, rows: list[dict[int, object]]) -> None:
    """Write rows below the titles; keys are columns from 1."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for at, row in enumerate(rows, start=2):
        for column, value in row.items():
            sheet.cell(at, column).value = value
    book.save(path)


def heads(path: Path) -> list[str]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [str(cell.value) for cell in sheet[1]]


def kinds(made: list[Path]) -> dict[str, Path]:
    return {kind: path for path in made if (kind := recognise(path)) is not None}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_filled_in_is_imported_as_it_was_meant(tmp_path: Path, lang: str) -> None:
    by_kind = kinds(write_templates(tmp_path, COUNTY, lang))
    assert set(by_kind) == {"entries", "rooms", "panel", "component", "marks", "observers"}
    sex, good = (tr_in(lang, f"templates.list.{key}").split(",") for key in ("sex", "qualified"))
    fill(
        by_kind["entries"],
        [
            {
                1: n,
                2: name,
                3: sex[0],
                4: number,
                9: "某单位",
                10: "甲职位",
                11: good[0 if n < 6 else 1],
                12: "",
            }
            for n, (name, number) in enumerate(PEOPLE, 1)
        ],
    )
    fill(by_kind["rooms"], [{1: "甲职位", 2: "第1考场", 3: 1}])
    chief = tr_in(lang, "templates.list.role").split(",")
    fill(
        by_kind["panel"],
        [{1: "第1考场", 2: n, 3: f"评委{n}", 4: "某局", 5: chief[0 if n == 1 else 1]} for n in range(1, 8)],
    )
    fill(by_kind["component"], [{1: number, 2: name, 3: 80 + n} for n, (name, number) in enumerate(PEOPLE)])
    read = read_files([by_kind[k] for k in ("entries", "rooms", "panel", "component")], COUNTY)
    assert read.folder.others == () and read.folder.unreadable == ()
    plan = plan_of(read, COUNTY, {})
    assert plan.errors == ()
    command = import_command(decide(plan), COUNTY)
    people = [(c.name, c.identity, c.sex, c.unit, c.qualified) for c in command.candidates]
    assert people == [(name, number, "男", "某单位", n < 6) for n, (name, number) in enumerate(PEOPLE, 1)]
    assert [(post.title, post.room) for post in command.posts] == [("甲职位", "R1")]
    panel = [(s.number, s.name, s.unit, s.chief) for s in command.seats if s.group == "panel"]
    assert panel == [(n, f"评委{n}", "某局", n == 1) for n in range(1, 8)]
    [values] = command.values.values()
    assert values == {f"E{n + 1:03d}": str(80 + n) for n in range(5)}  # the last is not qualified


@pytest.mark.parametrize("lang", LANGUAGES)
def test_marks_and_votes_of_a_rehearsal_are_read_back(tmp_path: Path, lang: str) -> None:
    by_kind = kinds(write_templates(tmp_path, COUNTY, lang))
    name, number = PEOPLE[0]
    criteria = [c.title.say(lang) for c in COUNTY.group("panel").criteria]
    fill(by_kind["marks"], [{1: number, 2: name, 3: 4} | {4 + at: 7 + at for at in range(len(criteria))}])
    marks = read_marks(by_kind["marks"], criteria=criteria)
    assert marks.errors == ()
    [row] = marks.rows
    assert (row.identity, row.seat) == (number, 4)
    assert [(title, str(value)) for title, value in row.marks] == [
        (c, str(7 + n)) for n, c in enumerate(criteria)
    ]
    fill(by_kind["observers"], [{1: number, 2: name} | {3 + at: 9 for at in range(20)}])
    votes = read_observers(by_kind["observers"])
    assert votes.errors == ()
    assert [str(vote) for vote in votes.rows[0].votes] == ["9"] * 20


@pytest.mark.parametrize("lang", LANGUAGES)
def test_paper_ballots_are_read_back(tmp_path: Path, lang: str) -> None:
    write_templates(tmp_path, VOTES, lang)
    ballot = VOTES.ballots[0]
    path = tmp_path / f"{ballot.title.say(lang)}.xlsx"
    assert ballot.kind == "points"
    titles = heads(path)
    answers = range(3, len(titles))
    rows: list[dict[int, object]] = [{1: "1", 2: name} | dict.fromkeys(answers, 8) for name, _ in PEOPLE]
    rows.append({1: "2", 2: PEOPLE[0][0], len(titles): "是" if lang != "en" else "yes"})
    fill(path, rows)
    read = read_papers(path, ballot, [(number, name) for name, number in PEOPLE])
    assert read.doubts == ()
    first, second = read.papers
    assert {number: set(sum(marks.values(), ())) for number, marks in first.marks.items()} == {
        number: {"8"} for _, number in PEOPLE
    }
    assert (first.void, second.void) == (False, True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_numbers_of_people_are_text_and_words_are_chosen_from_lists(tmp_path: Path, lang: str) -> None:
    by_kind = kinds(write_templates(tmp_path, COUNTY, lang))
    book = openpyxl.load_workbook(by_kind["entries"])
    sheet = book.worksheets[0]
    at = heads(by_kind["entries"]).index(tr_in(lang, "templates.column.identity")) + 1
    assert {sheet.cell(row, at).number_format for row in (2, 300, 501)} == {"@"}
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert f'"{tr_in(lang, "templates.list.sex")}"' in lists.values()
    assert len(lists) == 2
    assert book.sheetnames[1] == tr_in(lang, "templates.notes.sheet")
    assert book.worksheets[1]["A1"].value


def test_nothing_is_written_over(tmp_path: Path) -> None:
    said = CliRunner().invoke(cli, ["--language", "zh-CN", "templates", "--out", str(tmp_path)])
    assert said.exit_code == 0, said.output
    assert len(list(tmp_path.glob("*.xlsx"))) == len(said.output.splitlines()) == 6
    with pytest.raises(Known) as fault:
        write_templates(tmp_path, COUNTY, "zh-CN")
    assert fault.value.code == "templates.exists"


def test_two_judge_groups_have_a_spreadsheet_each(tmp_path: Path) -> None:
    first = COUNTY.groups[0]
    words = Text.of("技能评委")
    second = replace(first, id="second", scope="room", title=words)
    both = replace(COUNTY, groups=(replace(first, scope="room"), second))
    made = write_templates(tmp_path, both, "zh-CN")
    assert len(set(made)) == len(made) == len(list(tmp_path.iterdir()))
    assert sum("技能评委" in path.name for path in made) == 1


def test_a_title_that_no_sheet_may_have(tmp_path: Path) -> None:
    ballot = replace(VOTES.ballots[0], title=Text.of("=[甲]: 同意?"))
    made = write_templates(tmp_path, replace(VOTES, ballots=(ballot, replace(ballot, id="two"))), "zh-CN")
    alike = [path.name for path in made if "甲" in path.name]
    assert alike == ["= 甲   同意.xlsx", "= 甲   同意 2.xlsx"]
    assert [path for path in tmp_path.iterdir() if path.suffix != ".xlsx"] == []


def test_where_one_is_there_none_is_written(tmp_path: Path) -> None:
    *_, last = write_templates(tmp_path / "first", COUNTY, "en")
    (tmp_path / "second").mkdir()
    (tmp_path / "second" / last.name).write_bytes(b"mine")
    with pytest.raises(Known) as fault:
        write_templates(tmp_path / "second", COUNTY, "en")
    assert fault.value.code == "templates.exists"
    assert [path.read_bytes() for path in (tmp_path / "second").iterdir()] == [b"mine"]
