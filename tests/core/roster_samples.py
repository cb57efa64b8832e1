"""Small sheets for the roster tests."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from openpyxl import Workbook

from venue_app.roster import Source


def idn(day: str, order: str) -> str:
    """An identity number: birth as yyyymmdd, order of three digits (odd: a man); check digit by powers of two."""
    first = f"990000{day}{order}"
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(first))
    return first + "0123456789X"[(1 - total) % 11]


A = idn("19900101", "001")
B = idn("19910202", "002")
C = idn("19920303", "003")
D = idn("19930404", "004")
E = idn("19940505", "005")
F = idn("19950606", "006")
STRANGER = idn("19960707", "007")


def text(
    rows: Iterable[Sequence[object]], name: str = "x.csv", encoding: str = "utf-8", mark: str = ","
) -> Source:
    """Delimited text."""
    return Source(name, "\n".join(mark.join(map(str, row)) for row in rows).encode(encoding))


def book(
    rows: Iterable[Sequence[object]], change: Callable[[Any, Any], None] | None = None, name: str = "x.xlsx"
) -> Source:
    """A workbook with one sheet; `change(workbook, sheet)` may dress it."""
    made = Workbook()
    sheet = made.active
    for row in rows:
        sheet.append(list(row))
    if change:
        change(made, sheet)
    out = io.BytesIO()
    made.save(out)
    return Source(name, out.getvalue())


HEAD = ("序号", "姓名", "性别", "身份证号", "工作单位", "报考职位", "资格审查意见", "备注")


def entry(number: int, name: str, identity: str, post: str = "甲职位", verdict: str = "合格", remarks: str = "",
          sex: str = "", unit: str = "某单位") -> tuple[object, ...]:  # fmt: skip
    """One line under `HEAD`; sex by the identity number unless given."""
    said = sex or ("男" if int(identity[16:17] or 1) % 2 else "女")
    return (number, name, said, identity, unit, post, verdict, remarks)


SIX = (
    entry(1, "张一", A),
    entry(2, "李二", B),
    entry(3, "王三", C),
    entry(4, "赵四", D, "乙职位"),
    entry(5, "钱五", E, "乙职位"),
    entry(6, "孙六", F, "丙职位", remarks="若职位取消\uff0c同意改报甲职位"),
)
"""Three for 甲, two for 乙, one for 丙 who would go to 甲."""

ROOMS = (("职位", "测试组"), ("甲职位", "第1组"), ("乙职位", "第2组"))
PANEL = (
    ("测试组", "席位", "姓名", "单位", "身份"),
    ("第1组", 1, "评甲", "一局", "主评委"),
    ("第1组", 2, "评乙", "二局", "评委"),
    ("第2组", 1, "评丙", "三局", "主评委"),
    ("第2组", 2, "评丁", "四局", "评委"),
)
SCORES = (
    ("身份证号", "姓名", "演讲稿得分"),
    (A, "张一", "81.5"),
    (B, "李二", "80"),
    (C, "王三", "79.25"),
    (D, "赵四", "90"),
    (E, "钱五", "60"),
    (F, "孙六", "100"),
)


def swap(rows: Sequence[Sequence[object]], row: int, column: int, value: object) -> list[list[object]]:
    """The rows with one cell changed; counted from 0."""
    copy = [list(line) for line in rows]
    copy[row][column] = value
    return copy
