"""Which room tests which post, and who sits in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from venue_app.roster.findings import Finding, Notes
from venue_app.roster.reading import Line, read_kind, with_findings
from venue_app.roster.repeated import repeated
from venue_app.roster.rows import Import, JudgeRow, RoomRow, label_key
from venue_app.roster.source import QUIET, SourceLike, Watch
from venue_app.roster.table import Table
from venue_app.roster.words import CHIEF, room_key, squeezed


def read_rooms(
    given: SourceLike | Iterable[SourceLike], *, watch: Watch = QUIET, encoding: str | None = None
) -> Import[RoomRow]:
    """Reads the list of posts and their rooms (职位, 测试组)."""
    read = read_kind("rooms", given, _read_rooms, encoding=encoding, watch=watch)
    return with_findings(read, _post_twice(read.rows))


def read_panel(
    given: SourceLike | Iterable[SourceLike], *, watch: Watch = QUIET, encoding: str | None = None
) -> Import[JudgeRow]:
    """Reads the list of judges (测试组, 席位, 姓名; 单位 and 身份 where given)."""
    read = read_kind("panel", given, _read_panel, encoding=encoding, watch=watch)
    return with_findings(read, _seat_twice(read.rows))


def _read_rooms(table: Table, rows: Iterable[int], notes: Notes) -> list[RoomRow]:
    lines = [Line(table, row, notes) for row in rows]
    return [
        RoomRow(line.text("post", True), line.text("room", True), line.where(), line.count("places") or 1)
        for line in lines
    ]


def _read_panel(table: Table, rows: Iterable[int], notes: Notes) -> list[JudgeRow]:
    return [_judge(Line(table, row, notes)) for row in rows]


def _judge(line: Line) -> JudgeRow:
    role = line.text("role")
    return JudgeRow(
        room=line.text("room", True),
        seat=line.seat(),
        name=line.name(),
        unit=line.text("unit"),
        role=role,
        chief=bool(CHIEF.match(squeezed(role))),
        where=line.where(),
    )


def _post_twice(rows: tuple[RoomRow, ...]) -> Iterator[Finding]:
    first: dict[str, RoomRow] = {}
    for row in rows:
        known = first.setdefault(label_key(row.post), row)
        if known is row or not row.post:
            continue
        code = "row_repeated" if room_key(known.room) == room_key(row.room) else "post_in_two_rooms"
        yield repeated(code, row.where, "post", known.where, post=row.post)


def _seat_twice(rows: tuple[JudgeRow, ...]) -> Iterator[Finding]:
    first: dict[tuple[str, int], JudgeRow] = {}
    for row in rows:
        if row.seat is None:
            continue
        known = first.setdefault((room_key(row.room), row.seat), row)
        if known is not row:
            yield repeated("seat_twice", row.where, "seat", known.where, room=row.room, seat=row.seat)
