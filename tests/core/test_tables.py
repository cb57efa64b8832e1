"""An event's tables in every kind of file: the facts as they were given, read back by other programs."""

from __future__ import annotations

import csv
import errno
import io
import re
import sys
import time
import zipfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import ballots_world
from tests.arch.code import ROOT
from tests.venues import Heard, bundle
from tests.waits import WAIT_S
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, catalogue, say
from venue_app.cli.export import export
from venue_app.host.exporting import export_file
from venue_app.host.history import entries_of
from venue_app.seal.bundle import read
from venue_app.tables import csvfile, parquet, xlsx
from venue_app.tables.catalogue import FORMATS, tables_of, write_tables
from venue_app.tables.contents import Contents
from venue_app.tables.model import Table, exact, table
from venue_app.venue.ballots import slip_digest

#: A number with a leading zero; marks whose mean is 85.3; somebody who does not come. One room: its coefficient is 1.
ROOM: dict[str, list[Heard]] = {
    "第1考场": [
        ("007001", "乡长", ("85.5", "85.1")),
        ("007002", "乡长", ("70", "71")),
        ("007003", "书记", None),
    ]
}


@pytest.fixture(scope="module")
def event(tmp_path_factory) -> Path:
    return bundle(tmp_path_factory.mktemp("venue"), "东镇", ROOM)


@pytest.fixture(scope="module")
def tables(event) -> dict[str, Table]:
    return {one.name: one for one in tables_of(Contents(read(event).entries))}


@pytest.fixture(scope="module")
def files(event, tmp_path_factory):
    folder = tmp_path_factory.mktemp("parquet")
    export_file(event, "parquet", folder)
    return folder / f"{event.stem}.parquet"


def ask(files: Path, question: str) -> list[tuple]:
    with duckdb.connect() as db:
        for path in files.iterdir():
            db.execute(f"create view {path.stem} as select * from '{path}'")
        found: list[tuple] = db.execute(question).fetchall()
    return found


def described() -> dict[str, list[tuple[str, str]]]:
    """Tables and columns with their types, as the document has them."""
    text = (ROOT / "docs/formats/tables.md").read_text(encoding="utf-8").partition("## Tables and columns")[2]
    parts = re.split(r"^### (\w+)$", text.partition("## Of a consolidation")[0], flags=re.MULTILINE)[1:]
    return {
        name: re.findall(r"^\| `(\w+)` \| (\w+) \|", body, re.MULTILINE)
        for name, body in zip(parts[::2], parts[1::2], strict=True)
    }


def test_the_document_describes_every_column(tables):
    assert {name: [(c.name, c.kind) for c in one.columns] for name, one in tables.items()} == described()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_and_column_has_a_title(tables, language):
    words = catalogue(language)
    wanted = {f"tables.table.{name}" for name in tables}
    wanted |= {f"tables.column.{c.name}" for one in tables.values() for c in one.columns}
    assert wanted <= words.keys()
    titles = [words[f"tables.table.{name}"] for name in tables]
    assert len(set(titles)) == len(titles) and max(map(len, titles)) <= 31, (
        "a workbook takes no two of a name"
    )


def test_parquet_gives_the_marks_as_they_were_given(files):
    marks = ask(files, "select mark, typeof(mark) from marks join seats using (seat) order by mark")
    assert marks == [(Decimal(m), "DECIMAL(28,9)") for m in ("70", "71", "85.1", "85.5")]
    people = ask(
        files,
        """select c.identity, x.composite, x.composite_text, x.rank, x.outcome from composites x
        join candidates c using (candidate) order by c.identity""",
    )
    assert people == [
        ("007001", Decimal("85.3"), "85.30", 1, "passed"),
        ("007002", Decimal("70.5"), "70.50", 2, "passed"),
        ("007003", None, None, None, "absent"),
    ]
    assert ask(files, "select absence, component from absences") == [("absent", None)]
    assert ask(files, "select count(*), count(distinct receipt), min(length(receipt)) from receipts") == [
        (4, 4, 7)
    ]
    # The played clock does not move.
    assert ask(files, "select distinct epoch_ms(happened_at) from sheets") == [(1_777_600_000_000,)]
    assert ask(files, "select qualified, count(*) from candidates group by 1") == [(True, 3)]
    assert ask(files, "select data->>'$.title' from journal where seq = 0") == [("东镇面试",)]
    assert ask(files, "select distinct name from seats order by 1") == [("=评委1",), ("=评委2",)]


def test_parquet_holds_the_extremes_of_every_kind(tmp_path):
    spec = "words number:integer amount:decimal truth:boolean moment:time plain:json"
    most = Decimal("9" * 19 + "." + "9" * 9)
    rows = [
        ("", -(2**63), -most, False, 0, "{}"),
        ("𠮷\n\"'", 2**63 - 1, most, True, -1, '{"a":[]}'),
        (None, None, None, None, None, None),
    ] * 25_000
    parquet.write(table("t", spec, rows), tmp_path / "t.parquet")
    parquet.write(table("none", spec, []), tmp_path / "none.parquet")
    names = "words, number, amount, truth, epoch_ms(moment), plain"
    found = ask(tmp_path, f"select {names} from t")
    assert found == rows, "two row groups, in order"
    assert ask(tmp_path, "select count(*) from none") == [(0,)]
    rows[0] = ("\ud800", 0, None, None, 0, "1")  # no text at all: what it says can only be replaced
    parquet.write(table("t", spec, rows[:1]), tmp_path / "t.parquet")
    assert ask(tmp_path, "select words from t") == [("?",)]


def test_decimals_that_do_not_fit_are_left_to_the_text():
    assert exact(Decimal("0.123456789")) == Decimal("0.123456789")
    assert exact("12.50") == Decimal("12.50")
    assert exact(Decimal("0.1234567891")) is None and exact(Fraction(250, 3)) is None
    assert exact(Decimal(10) ** 19) is None and exact(None) is None
    assert exact(Decimal("1E+3")) == 1000


def test_a_workbook_keeps_text_as_text(event, tmp_path):
    (path,) = export_file(event, "xlsx", tmp_path, lang="zh-CN")
    book = openpyxl.load_workbook(path)
    people = book["考生"]
    assert people.freeze_panes == "A2"
    assert [cell.value for cell in people["B"]] == ["证件号码", "007001", "007002", "007003"]
    assert {cell.data_type for cell in people["B"]} == {"s"}
    seats = book["席位"]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in seats["E"][1:]] == [
        ("=评委1", "s", True),
        ("=评委2", "s", True),
    ]
    sheet = book["逐项分数"]
    values = {(cell.value, cell.number_format) for cell in sheet["F"][1:]}
    assert values == {(85.5, "0.0"), (85.1, "0.0"), (70, "0.0"), (71, "0.0")}
    with zipfile.ZipFile(path) as parts:
        assert not any(
            b"<f>" in parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets")
        )


def test_a_workbook_takes_any_words(tmp_path):
    hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "#N/A", "\x00\x0b", "x" * 40_000, "\t=1", "0001", "1E5"]
    xlsx.write([table("decisions", "decision", [(words,) for words in hostile])], tmp_path / "t.xlsx", "en")
    cells = openpyxl.load_workbook(tmp_path / "t.xlsx")["Decisions at import"]["A"][1:]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == [
        *hostile[:5], "\ufffd\ufffd", "x" * 32_766 + "…", *hostile[7:],
    ]  # fmt: skip


def test_a_workbook_shows_no_words_as_something_else(tmp_path):
    """What looks like XML, like a sign written by its number, or is two units wide."""
    words = [
        "<r><t>1</t></r>",
        "<r></r>",
        "a_x0041_x0042_",
        " _x000D_",
        "_",
        "<b>&amp;",
        "=_x0041_",
        "https://a.b",
        "a\r\nb\rc",
    ]
    wide = "𠮷" * 20_000
    xlsx.write(
        [table("decisions", "decision", [(one,) for one in [*words, wide]])], tmp_path / "t.xlsx", "en"
    )
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    # 32,767 units of two bytes: 16,383 of these signs and the mark of what is missing.
    assert [cell.value for cell in sheet["A"][1:]] == [*words[:-1], "a\nb\nc", "𠮷" * 16_383 + "…"]
    assert [cell.quotePrefix for cell in sheet["A"][1:]] == [one.startswith("=") for one in [*words, wide]]
    assert not any(cell.hyperlink for cell in sheet["A"])


def test_a_workbook_rounds_no_number(tmp_path):
    numbers = [
        Decimal("1234567890123456.5"),
        Decimal("-0.10"),
        Decimal("123456789012345"),
        Decimal("85.1"),
        Decimal("0E-9"),
    ]
    whole = [2**60, -7, 0, None, 10**14]
    rows = list(zip(numbers, whole, strict=True))
    spec = "composite:decimal rank:integer"
    for name in ("n.xlsx", "again.xlsx"):
        xlsx.write([table("decisions", spec, rows)], tmp_path / name, "en")
    sheet = openpyxl.load_workbook(tmp_path / "n.xlsx").active
    assert [cell.value for cell in sheet["A"][1:]] == ["1234567890123456.5", -0.1, 123456789012345, 85.1, 0]
    assert [cell.number_format for cell in sheet["A"][2:]] == ["0.00", "0", "0.0", "0.000000000"]
    assert [cell.value for cell in sheet["B"][1:]] == [str(2**60), -7, 0, None, 10**14]
    assert (tmp_path / "n.xlsx").read_bytes() == (tmp_path / "again.xlsx").read_bytes()


_WORDS = st.text(max_size=8) | st.sampled_from(
    [
        "=1",
        "-",
        "a_x0041_",
        "_x",
        " a",
        "a ",
        "\u3000a",
        "<b>",
        "a&b",
        '{"a":"b"}',
        "张三",
        "𠮷",
        "not_yet",
        "x" * 20_000,
    ]
)
_DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=4) | st.sampled_from(
    [Decimal("1E+3"), Decimal("-0"), Decimal("0E-9"), Decimal("12.0000000001")]
)
_ROWS = st.lists(
    st.tuples(
        st.none() | _WORDS,
        st.none() | _DECIMALS,
        st.none() | st.integers(-(2**70), 2**70),
        st.none() | st.booleans(),
        st.none() | st.integers(0, 2**41),
    ),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(rows=_ROWS)
def test_plain_rows_stand_as_the_library_writes_them(rows):
    """The short way for plain rows against the library's own, cell by cell, byte by byte."""
    spec = "decision composite:decimal rank:integer provisional:boolean happened_at:time"
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        ours, library = Path(name) / "ours.xlsx", Path(name) / "library.xlsx"
        xlsx.write([table("decisions", spec, rows)], ours, "en")
        patch.setattr(xlsx._PlainRows, "said", lambda _self, _row, _cells: None)
        xlsx.write([table("decisions", spec, rows)], library, "en")
        assert ours.read_bytes() == library.read_bytes()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows has one zone for all programs")
def test_a_workbook_has_the_time_of_day_here(tmp_path, monkeypatch):
    moments = [(1_777_600_000_123,), (0,)]
    with monkeypatch.context() as there:
        there.setenv("TZ", "CST-8")
        time.tzset()
        xlsx.write([table("sheets", "happened_at:time", moments)], tmp_path / "t.xlsx", "en")
    time.tzset()
    cells = openpyxl.load_workbook(tmp_path / "t.xlsx").active["A"][1:]
    # 01:46:40 UTC, eight hours on.
    assert [str(cell.value) for cell in cells] == ["2026-05-01 09:46:40.123000", "1970-01-01 08:00:00"]
    assert cells[0].is_date and cells[0].number_format == "yyyy-mm-dd hh:mm:ss"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gives a process no bound for its files")
@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # the library's ZipFile, cut short
@pytest.mark.parametrize("rows", [1, 5_000])
def test_a_workbook_that_does_not_fit_leaves_nothing_behind(tmp_path, rows):
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    words = [(f"{number:0600}",) for number in range(rows)]
    resource.setrlimit(resource.RLIMIT_FSIZE, (512, before[1]))
    try:
        with pytest.raises(Known) as caught:
            write_tables([table("decisions", "decision", words)], "xlsx", tmp_path, "t", "en")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert caught.value.code == "journal.disk_full" and list(tmp_path.iterdir()) == []


def test_more_rows_than_a_workbook_holds_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    with pytest.raises(Known) as caught:
        write_tables([table("decisions", "decision", [("a",)] * 3)], "xlsx", tmp_path, "t", "zh-CN")
    assert caught.value.code == "tables.too_many_rows"
    assert "3" in say(caught.value) and list(tmp_path.iterdir()) == []


def test_csv_has_a_mark_and_no_formula(event, tmp_path):
    export_file(event, "csv", tmp_path)
    raw = (tmp_path / f"{event.stem}.csv/seats.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and raw.endswith(b"\r\n")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert [row["name"] for row in rows] == ["'=评委1", "'=评委2"]
    people = (tmp_path / f"{event.stem}.csv/candidates.csv").read_text(encoding="utf-8-sig")
    assert "C001,007001,考生001," in people and ",true," in people


@pytest.mark.parametrize("words", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n", "＝1", "＋", "－", "＠"])
def test_csv_words_that_begin_like_a_formula(words):
    assert csvfile.field(words, "text") == f"'{words}"
    assert csvfile.field(f"x{words}", "text") == f"x{words}"


def test_csv_numbers_are_what_they_are():
    assert csvfile.field(Decimal("-7.60"), "decimal") == "-7.60"
    assert csvfile.field(-5, "integer") == "-5"
    assert csvfile.field(1_777_600_000_123, "time") == "2026-05-01T01:46:40.123Z"
    assert (csvfile.field(True, "boolean"), csvfile.field(None, "decimal")) == ("true", "")


def test_the_command_takes_an_event_file_and_its_bundle(event, tmp_path):
    for source in (event, event.with_suffix(".venue")):
        done = CliRunner().invoke(
            export, [str(source), "--out", str(tmp_path / source.suffix), "--format", "parquet"]
        )
        assert done.exit_code == 0 and "证件号码" in done.output
    folders = [tmp_path / suffix / f"{event.stem}.parquet" for suffix in (".bundle", ".venue")]
    same = [{p.name: p.read_bytes() for p in folder.iterdir()} for folder in folders]
    assert same[0] == same[1], "the same rows give the same bytes"
    strange = tmp_path / "strange.txt"
    strange.write_text("x")
    with pytest.raises(Known) as caught:
        export_file(strange, "csv", tmp_path)
    assert caught.value.code == "tables.unknown_file"
    (tmp_path / f"{event.stem}.csv").write_text("in the way")
    with pytest.raises(Known) as caught:
        export_file(event, "csv", tmp_path)
    assert caught.value.code == "tables.folder"


def test_nothing_leads_from_a_slip_to_a_paper(tmp_path):
    venue = ballots_world.opened(tmp_path / "b.venue")
    try:
        poll = ballots_world.open_poll(venue)
        codes = ballots_world.slips(venue, poll, 3, "staff")
        marks = [ballots_world.grades(*["优秀"] * 6), ballots_world.grades(*["称职"] * 6)]
        papers = [ballots_world.paper(one) for one in marks]
        for code, paper in zip(codes, papers, strict=False):
            venue.polls.cast(poll, code, paper).result(WAIT_S)
        ballots_world.close(venue, poll)
        found = {one.name: one for one in tables_of(Contents(entries_of(venue)))}
    finally:
        venue.close()
    assert set(found["votes"].rows) == {
        (poll, "staff", name, item, answer, 1)
        for name in ballots_world.NAMES
        for item in ("德", "能")
        for answer in ("优秀", "称职")
    }
    # Three slips issued, two papers back, both valid, none void or blank; nobody counted the body.
    assert (poll, "staff", None, None, 3, 2, 2, 0, 0, False) in found["tallies"].rows
    secrets = {*codes, *(slip_digest(ballots_world.EVENT, code) for code in codes), *(p.code for p in papers)}
    cells = [str(cell) for one in found.values() for row in one.rows for cell in row]
    assert [cell[:80] for cell in cells if any(secret in cell for secret in secrets)] == []


@pytest.mark.parametrize("form", FORMATS)
def test_a_folder_that_takes_nothing_is_a_known_fault(tmp_path, monkeypatch, form):
    def full(*_a: object, **_k: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "mkdir", full)
    with pytest.raises(Known) as fault:
        write_tables([], form, tmp_path / "stick", "event", "en")
    assert fault.value.code == "journal.disk_full"
