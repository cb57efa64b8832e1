"""What happened in the rooms: appearances, stages, sheets with every single mark, receipts, who did not mark or come."""

from __future__ import annotations

from collections.abc import Iterator

from venue_app.state.model import Appearance, Sheet
from venue_app.tables.contents import Contents
from venue_app.tables.model import Row, Table, exact, table

_APPEARANCES = (
    "room lot:integer entry status called_at:time calls:integer identified_by value:decimal value_text checked_by "
    "released:boolean signed:boolean refusal"
)


def floor_tables(contents: Contents) -> Iterator[Table]:
    """The tables of this module."""
    state = contents.state
    queue = [appearance for _, appearance in sorted(state.appearances.items())]
    yield table("appearances", _APPEARANCES, map(_appearance, queue))
    yield table(
        "stages",
        "room lot:integer entry stage limit_ms:integer spent_ms:integer over_s:integer",
        (
            (a.room, a.lot, a.entry, clock.stage, clock.limit_ms, clock.spent_ms, clock.over_s(0))
            for a in queue
            for clock in a.ended_stages
        ),
    )
    sheets = [(a, sheet, old) for a in queue for sheet, old in _sheets(a)]
    yield table(
        "sheets",
        "room lot:integer entry seat judge_group judge_name total:decimal receipt happened_at:time seq:integer "
        "superseded:boolean",
        (_sheet(contents, *one) for one in sheets),
    )
    yield table(
        "marks",
        "room lot:integer entry seat criterion mark:decimal seq:integer superseded:boolean",
        (
            (a.room, a.lot, a.entry, s.seat, criterion, exact(mark), s.seq, old)
            for a, s, old in sheets
            for criterion, mark in s.marks.items()
        ),
    )
    yield table(
        "receipts",
        "receipt room lot:integer seat happened_at:time seq:integer superseded:boolean",
        ((s.receipt, a.room, a.lot, s.seat, s.at, s.seq, old) for a, s, old in sheets),
    )
    yield table(
        "excuses",
        "room lot:integer entry seat excuse reason",
        (
            (a.room, a.lot, a.entry, seat, excuse.kind, excuse.reason)
            for a in queue
            for seat, excuse in a.excused.items()
        ),
    )
    yield table(
        "recusals",
        "seat post reason",
        ((seat, post, reason) for (seat, post), reason in sorted(state.recusals.items())),
    )
    yield table("absences", "entry absence component room lot:integer", _absences(contents, queue))
    yield table(
        "incidents",
        "happened_at:time room lot:integer seat incident words decision",
        ((i.at, i.room, i.lot, i.seat, i.kind, i.text, i.decision) for i in state.incidents),
    )


def _appearance(a: Appearance) -> Row:
    return (
        a.room, a.lot, a.entry, a.status, a.called_at, a.calls, a.identified, exact(a.value), a.value, a.checker,
        a.released, a.signed, a.refused,
    )  # fmt: skip


def _sheets(appearance: Appearance) -> Iterator[tuple[Sheet, bool]]:
    """Sheets that were given back first, then those that count."""
    yield from ((sheet, True) for sheet in appearance.superseded)
    yield from ((sheet, False) for _, sheet in sorted(appearance.sheets.items()))


def _sheet(contents: Contents, a: Appearance, sheet: Sheet, old: bool) -> Row:
    seat = contents.state.seats[sheet.seat]
    return (
        a.room, a.lot, a.entry, sheet.seat, seat.group, a.sat.get(sheet.seat, seat.name), exact(sheet.total),
        sheet.receipt, sheet.at, sheet.seq, old,
    )  # fmt: skip


def _absences(contents: Contents, queue: list[Appearance]) -> Iterator[Row]:
    """Who did not come or gave up in a room, and who was absent from a component that was brought in."""
    for a in queue:
        if a.status in ("absent", "waived"):
            yield a.entry, a.status, None, a.room, a.lot
    for component, entries in contents.state.absences.items():
        for entry in entries:
            yield entry, "absent", component, None, None
