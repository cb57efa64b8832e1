"""Candidate sheets and room summaries: what the judges gave and what became of it."""

from __future__ import annotations

from decimal import Decimal

from venue_app.base.errors import Known
from venue_app.domain.nouns import Seat
from venue_app.reports import models as m
from venue_app.reports.fill.common import Source
from venue_app.reports.fill.few import decided_of, decided_words
from venue_app.rules import PanelResult, panel_node, sentence
from venue_app.rules.number import text
from venue_app.scheme import Group, Panel
from venue_app.state import Appearance, Sheet
from venue_app.state.room import panel


def has_line(appearance: Appearance) -> bool:
    """Whether there is something to print: a computed result, or that nobody came."""
    return appearance.value is not None or appearance.status in ("absent", "waived")


def candidate_sheets(source: Source) -> m.CandidateSheets:
    """考生成绩单 of everybody whose result is computed, and of the absent, by room and lot."""
    found = [_sheet(source, a) for _, a in sorted(source.state.appearances.items()) if has_line(a)]
    if not found:
        raise Known("fill.no_results_yet")
    return m.CandidateSheets(sheets=tuple(found))


def _sheet(source: Source, appearance: Appearance) -> m.CandidateSheet:
    room, lot = source.room_title(appearance.room), appearance.lot
    name = source.person(appearance.entry)
    post = source.state.post_of(appearance.entry).title
    group = source.room_group
    if appearance.status in ("absent", "waived") or group is None:
        waived = appearance.status == "waived"
        return m.CandidateSheet(room=room, lot=lot, name=name, post=post, absent=not waived, waived=waived)
    result = source.panel(appearance)
    component = source.room_component
    node = panel_node(source.scheme, result, component.title if component else None)
    return m.CandidateSheet(
        room=room,
        lot=lot,
        name=name,
        post=post,
        criteria=tuple(
            m.Criterion(title=c.title.say(source.lang), maximum=text(c.maximum)) for c in group.criteria
        ),
        seats=tuple(
            _seat(source, appearance, result, group, s.number, s.id)
            for s in _panel_seats(source, appearance.room)
        ),
        sum="" if result.kept_sum is None else text(result.kept_sum),
        kept=result.kept_count,
        mean="" if result.value is None else text(result.value),
        working=sentence(node, source.lang),
        also=_also(source, appearance),
        few=tuple(decided_of(source, appearance.entry)),
    )


def _panel_seats(source: Source, room: str) -> list[Seat]:
    group = source.room_group
    return [s for s in panel(source.state, room) if group is not None and s.group == group.id]


def _seat(
    source: Source, appearance: Appearance, result: PanelResult, group: Group, number: int, seat: str
) -> m.SeatMarks:
    word = source.seat_word(number)
    sheet = appearance.sheets.get(seat)
    if sheet is None:
        excuse = appearance.excused.get(seat)
        return m.SeatMarks(seat=word, excuse=excuse.kind if excuse else "missing")
    dropped: m.Dropped = "high" if number in result.high else "low" if number in result.low else ""
    struck = tuple(
        i
        for i, c in enumerate(group.criteria)
        if any(number in side for side in result.dropped.get(c.id, ((), ())))
    )
    return m.SeatMarks(
        seat=word,
        marks=tuple(sheet.marks[c.id] for c in group.criteria),
        total=_total(result, number, sheet),
        dropped=dropped,
        struck=struck,
        receipt=sheet.receipt,
    )


def _total(result: PanelResult, number: int, sheet: Sheet) -> str:
    """A sheet's total with the places it was marked in (85.0), or as the plan rounds totals."""
    counted = result.totals[number]
    return sheet.total if Decimal(sheet.total) == counted else text(counted)


def _also(source: Source, appearance: Appearance) -> tuple[tuple[str, str], ...]:
    """The other panels' results (observers), where they are complete."""
    found = []
    for component in source.scheme.components:
        if isinstance(component, Panel) and component is not source.room_component:
            value = source.results.value(appearance.entry, component.id)
            if value is not None:
                found.append((component.title.say(source.lang), text(value)))
    return tuple(found)


def room_summary(source: Source, room: str) -> m.RoomSummary:
    """成绩汇总表 of one room."""
    seats = _panel_seats(source, room)
    numbers = [s.number for s in seats]
    lines = tuple(
        _line(source, a, [s.id for s in seats], numbers) for a in source.state.queue(room) if has_line(a)
    )
    if not lines:
        raise Known("fill.no_results_yet")
    return m.RoomSummary(
        room=source.room_title(room),
        chief="、".join(name for s in seats if s.chief for name in source.who_sat(room, s)),
        seats=tuple(source.seat_word(n) for n in numbers),
        lines=lines,
    )


def _line(source: Source, appearance: Appearance, seats: list[str], numbers: list[int]) -> m.RoomLine:
    if appearance.status in ("absent", "waived"):
        waived = appearance.status == "waived"
        return m.RoomLine(lot=appearance.lot, absent=not waived, waived=waived)
    result = source.panel(appearance)
    given = {
        n: _total(result, n, appearance.sheets[seat])
        for n, seat in zip(numbers, seats, strict=True)
        if n in result.totals
    }
    return m.RoomLine(
        lot=appearance.lot,
        totals=tuple(given.get(n, "") for n in numbers),
        struck=tuple(i for i, n in enumerate(numbers) if n in result.high or n in result.low),
        highest=", ".join(given[n] for n in result.high),
        lowest=", ".join(given[n] for n in result.low),
        final="" if result.value is None else text(result.value),
        few=decided_words(source, result),
    )
