"""Opening files: what is read, exactly, and what is refused with a sentence and a next step."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.roster_samples import HEAD, SIX, A, book, entry, text
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, say
from venue_app.roster import Source, Watch, open_book, read_entries, recognise, sort_files
from venue_app.roster import source as limits
from venue_app.roster import xlsx as workbook
from venue_app.roster.grid import letters

ROWS = (HEAD, *SIX)


def refused(given: Source | Path | bytes, encoding: str | None = None) -> str:
    """The code of the refusal; its sentence exists in every language."""
    with pytest.raises(Known) as fault:
        open_book(given, encoding)
    for lang in LANGUAGES:
        assert "{" not in say(fault.value, lang) and "roster." not in say(fault.value, lang)
    return fault.value.code


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return out.getvalue()


def patched(source: Source, old: bytes, new: bytes) -> Source:
    """The workbook with bytes of its first sheet replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source.data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert old in data
                data = data.replace(old, new)
            after.writestr(name, data)
    return Source(source.name, out.getvalue())


def texts(source: Source) -> list[list[str]]:
    return [[cell.text for cell in row] for row in open_book(source).grids[0].rows]


def test_cells_know_their_addresses() -> None:
    grid = open_book(book([["a"], [], [None, "b"]])).grids[0]
    assert [[cell.address for cell in row] for row in grid.rows] == [["A1"], [], ["A3", "B3"]]
    assert grid.cell(3, 2).text == "b" and grid.cell(99, 99).blank
    assert [letters(n) for n in (1, 26, 27, 52, 702, 703)] == ["A", "Z", "AA", "AZ", "ZZ", "AAA"]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (87.43, "87.43"),
        (0.1 + 0.2, "0.3"),
        (93.1, "93.1"),
        (100.0, "100"),
        (80, "80"),
        (1e-7, "0.0000001"),
        (9.90000199001010e17, "990000199001010000"),
        (True, "TRUE"),
    ],
)
def test_numbers_without_float_artefacts(stored: Any, shown: str) -> None:
    assert texts(book([[stored]])) == [[shown]]


@pytest.mark.parametrize(
    ("written", "shown"),
    [(b"87.430000000000007", "87.43"), (b"990000199001010015", "990000199001010015"), (b"9.3E1", "93")],
)
def test_numbers_as_other_programs_write_them(written: bytes, shown: str) -> None:
    assert texts(patched(book([[7]]), b"<v>7</v>", b"<v>" + written + b"</v>")) == [[shown]]


def test_a_percentage_is_not_taken_for_points() -> None:
    def percent(_: Any, sheet: Any) -> None:
        sheet["A1"].number_format = "0%"

    assert texts(book([[0.85]], percent)) == [["85%"]]


def test_merges_hidden_rows_and_formulas_are_seen() -> None:
    def dress(_: Any, sheet: Any) -> None:
        sheet.merge_cells("B2:B4")
        sheet.row_dimensions[3].hidden = True
        sheet["A5"] = "=1+1"

    grid = open_book(book([["x"], ["y", "z"], ["p"], ["q"]], dress)).grids[0]
    assert [(m.top, m.left, m.bottom, m.right) for m in grid.merges] == [(2, 2, 4, 2)]
    assert grid.hidden_rows == {3}
    assert grid.cell(5, 1).kind == "formula" and not grid.cell(5, 1).blank


def test_a_sheet_that_claims_to_be_endless_is_read_at_once() -> None:
    source = patched(book(ROWS), b'ref="A1:H7"', b'ref="A1:XFD1048576"')
    grid = open_book(source).grids[0]
    assert (len(grid.rows), grid.width) == (7, 8)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "\uff0c"])
def test_every_encoding_and_delimiter(encoding: str, mark: str) -> None:
    read = read_entries(text(ROWS, encoding=encoding, mark=mark))
    assert [row.name for row in read.rows] == ["张一", "李二", "王三", "赵四", "钱五", "孙六"]
    assert read.rows[0].identity == A
    assert not read.errors


def test_rare_characters_survive_gb18030() -> None:
    rows = (HEAD, entry(1, "马䶮", A), entry(2, "𠮷永平", A), entry(3, "欧阳𬭎", A))
    assert [row.name for row in read_entries(text(rows, encoding="gb18030")).rows] == [
        "马䶮",
        "𠮷永平",
        "欧阳𬭎",
    ]


def test_big5_is_told_from_gb18030_by_its_column_names() -> None:
    rows = (("姓名", "性別", "身份證號", "報考職位", "備註"), ("陳大文", "男", A, "甲職位", "無"))
    read = read_entries(text(rows, encoding="big5"))
    assert [row.name for row in read.rows] == ["陳大文"]
    assert read.books[0].grids[0].encoding == "big5"


def test_a_wrong_encoding_is_seen_and_can_be_put_right() -> None:
    rows = (("姓名", "性別", "身份證號", "報考職位"), ("陳大文", "男", A, "甲職位"))
    source = text(rows, encoding="big5")
    wrong = read_entries(source, encoding="gb18030")
    assert [found.code for found in wrong.errors] == ["no_header"] and not wrong.rows
    assert [row.name for row in read_entries(source, encoding="big5").rows] == ["陳大文"]
    assert refused(text(ROWS, encoding="gb18030"), "utf-8") == "roster.encoding_unknown"
    assert refused(text(ROWS), "no-such-encoding") == "roster.encoding_unknown"


def test_bytes_of_no_encoding_name_the_line() -> None:
    with pytest.raises(Known) as fault:
        open_book(Source("x.csv", "姓名,b\n".encode() + b"\xff\xff\xff,2\n"))
    assert (fault.value.code, fault.value.params["line"]) == ("roster.encoding_unknown", 2)


def test_text_quotes() -> None:
    assert texts(Source("x.csv", b'a,"b,c\nd"\ne,"f""g"')) == [["a", "b,c\nd"], ["e", 'f"g']]
    assert refused(Source("x.csv", b'a,"b\nc,d\n')) == "roster.csv_damaged"


def test_the_content_decides_not_the_name() -> None:
    for source in (text(ROWS, name="名单.xlsx"), book(ROWS, name="名单.csv")):
        read = read_entries(source)
        assert len(read.rows) == 6
        assert [found.code for found in read.findings if found.severity == "doubt"] == ["named_otherwise"]


def test_macros_are_never_run_and_said() -> None:
    source = book(ROWS)
    out = io.BytesIO(source.data)
    with zipfile.ZipFile(out, "a") as target:
        target.writestr("xl/vbaProject.bin", b"\0")
    read = read_entries(Source("x.xlsm", out.getvalue()))
    assert len(read.rows) == 6 and "macros" in [found.code for found in read.findings]


def test_hidden_sheets_are_not_read() -> None:
    def old_version(made: Any, _: Any) -> None:
        extra = made.create_sheet("旧版")
        for row in ROWS:
            extra.append(list(row))
        extra.sheet_state = "hidden"

    read = read_entries(book(ROWS, old_version))
    assert len(read.rows) == 6 and "hidden_sheet" in [found.code for found in read.findings]


DAMAGED = book(ROWS).data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (DAMAGED[:2000], "damaged"),
        (DAMAGED.replace(b"PK\x01\x02", b"PK\x09\x09"), "damaged"),
        (zipped(**{"word/document.xml": b"<w/>", "[Content_Types].xml": b"<x/>"}), "not_a_sheet"),
        (zipped(**{"xl/workbook.xml": b"no xml", "[Content_Types].xml": b"neither"}), "damaged"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "old_xls"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"%PDF-1.7\n1 0 obj", "not_a_sheet"),
        (b"<html><table><tr><td>x</td></tr></table>", "not_a_sheet"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_a_sheet"),
        (b"a," * 300, "too_much"),
        (b"a" * 5000, "too_much"),
    ],
)
def test_files_that_are_refused(data: bytes, code: str) -> None:
    assert refused(Source("x.csv", data)) == f"roster.{code}"


def test_a_broken_file_named_xlsx_is_damaged() -> None:
    assert refused(Source("x.xlsx", b"\0\1\2\3" * 50)) == "roster.damaged"


def test_files_that_are_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.xlsx") == "roster.file_missing"
    assert refused(tmp_path) == "roster.file_unreadable"


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as handle:
        handle.truncate(limits.LARGEST_FILE + 1)
    assert refused(huge) == "roster.file_too_large"
    assert refused(b"\0" * (limits.LARGEST_FILE + 1)) == "roster.file_too_large"


def test_too_many_rows() -> None:
    assert refused(Source("x.csv", b"a\n" * (limits.MOST_ROWS + 1))) == "roster.too_many_rows"

    def far_below(_: Any, sheet: Any) -> None:
        sheet.cell(limits.MOST_ROWS + 1, 1, "x")

    assert refused(book(ROWS, far_below)) == "roster.too_many_rows"


def test_a_zip_bomb_is_refused_unopened() -> None:
    data = io.BytesIO(DAMAGED)
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as target, target.open("bomb.bin", "w") as part:
        for _ in range(workbook.LARGEST_UNPACKED // 1_000_000 + 1):
            part.write(b"\0" * 1_000_000)
    assert len(data.getvalue()) < limits.LARGEST_FILE
    assert refused(Source("x.xlsx", data.getvalue())) == "roster.too_much"


def test_entities_are_not_expanded() -> None:
    source = patched(book(ROWS), b"</sheetData>", b"&a;</sheetData>")
    source = patched(source, b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "boom">]><worksheet')
    assert refused(source) == "roster.damaged"


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, len(DAMAGED) - 1), junk=st.binary(min_size=1, max_size=40))
def test_any_damage_to_a_workbook_is_a_known_fault_or_findings(at: int, junk: bytes) -> None:
    data = DAMAGED[:at] + junk + DAMAGED[at + len(junk) :]
    try:
        read = read_entries(Source("x.xlsx", data))
    except Known as fault:
        assert fault.code.startswith("roster.")
    else:
        assert read.rows or read.errors


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_known_fault_or_findings(data: bytes) -> None:
    try:
        read = read_entries(Source("x.csv", data))
    except Known as fault:
        assert fault.code.startswith("roster.")
    else:
        assert read.errors


def test_progress_is_told_and_reading_can_be_stopped() -> None:
    rows = [HEAD, *(entry(n, "某人", A) for n in range(500))]
    told: list[tuple[int, int]] = []
    read_entries(text(rows), watch=Watch(lambda done, total: told.append((done, total))))
    assert told[-1] == (501, 501) and len(told) > 5
    for source in (text(rows), book(rows)):
        with pytest.raises(Known) as fault:
            read_entries(source, watch=Watch(should_stop=lambda: len(told) > 0))
        assert fault.value.code == "roster.stopped"


def test_a_folder_is_sorted_by_content(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(book(ROWS).data)
    (tmp_path / "b.csv").write_bytes(b"x,y\n1,2\n")
    (tmp_path / "c.csv").write_bytes(b"")
    (tmp_path / "~$a.xlsx").write_bytes(b"lock")
    (tmp_path / "readme.md").write_bytes(b"# words")
    folder = sort_files(tmp_path)
    assert {kind: [file.name for file in files] for kind, files in folder.files.items()} == {
        "entries": ["a.xlsx"]
    }
    assert folder.others == ("b.csv",)
    assert [(name, fault.code) for name, fault in folder.unreadable] == [("c.csv", "roster.file_empty")]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("姓名,身份证号,报考职位,性别", "entries"),
        ("备注,联系电话,自荐职位,身份证号码,姓名", "entries"),
        ("职位,测试组", "rooms"),
        ("考场,岗位名称,名额", "rooms"),
        ("测试组,席位,姓名,单位,身份", "panel"),
        ("评委姓名,评委编号,考场,身份证号,单位,联系电话", "panel"),
        ("身份证号,姓名,演讲稿得分", "component"),
        ("职位,姓名,身份证号,笔试成绩", "component"),
        ("身份证号,席位,演讲内容,语言表达", "marks"),
        ("席位,姓名,仪表,内容,证件号码", "marks"),
        ("身份证号,票1,票2,票3", "observers"),
        ("姓名,身份证号,第1票,第2票", "observers"),
        ("票号,编号,德,能,勤,绩,廉", None),
        ("编号,姓名,性别,年龄,第一志愿,第二志愿", "entries"),
        ("序号,姓名,性别,年龄,第一志愿,第二志愿", None),
        ("编号,笔试成绩", "component"),
        ("编号,职位,考场", "rooms"),
        ("编号,考场,席位,姓名,手机尾号", "panel"),
    ],
)
def test_each_kind_is_recognised_by_its_columns(header: str, kind: str | None) -> None:
    assert recognise(Source("任意.csv", header.encode())) == kind


def test_a_header_over_two_rows_is_recognised() -> None:
    rows = [
        ["序号", "基本情况", "", "报考职位", "资格审查"],
        ["", "姓名", "身份证号", "", "审查意见"],
        ["1", "张一", A, "甲", "合格"],
    ]
    assert recognise(text(rows)) == "entries"
    read = read_entries(text(rows))
    assert [(row.name, row.identity, row.post, row.qualified, row.where.row) for row in read.rows] == [
        ("张一", A, "甲", True, 3)
    ]
