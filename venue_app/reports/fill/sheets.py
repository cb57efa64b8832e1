"""Judges' score sheets: as they were received, and empty ones for the day the network stays away."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.domain.nouns import Seat
from venue_app.reports import papers as p
from venue_app.reports.fill.common import Source
from venue_app.rules.number import text
from venue_app.scheme import Criterion, Group
from venue_app.state import Appearance, Sheet
from venue_app.state.room import everywhere, panel


def score_sheets(source: Source, room: str) -> p.ScoreSheets:
    """评分表 of every seat for every lot of a room, by lot and seat."""
    seats = (*panel(source.state, room), *everywhere(source.state))
    found = tuple(
        _filled(source, appearance, seat, appearance.sheets[seat.id])
        for appearance in source.state.queue(room)
        for seat in seats
        if seat.id in appearance.sheets
    )
    if not found:
        raise Known("fill.no_results_yet")
    return p.ScoreSheets(sheets=found)


def blank_sheets(source: Source, room: str) -> p.ScoreSheets:
    """An empty sheet for every seat of a room, and one for each group that marks in all rooms."""
    own = [_blank(source, room, seat) for seat in panel(source.state, room)]
    groups = {seat.group: seat for seat in everywhere(source.state)}
    shared = [_blank(source, room, seat, numbered=False) for seat in groups.values()]
    return p.ScoreSheets(sheets=(*own, *shared))


def _filled(source: Source, appearance: Appearance, seat: Seat, sheet: Sheet) -> p.ScoreSheet:
    group = source.scheme.group(seat.group)
    older = [old for old in appearance.superseded if old.seat == seat.id]
    return p.ScoreSheet(
        room=source.room_title(appearance.room),
        group=group.title.say(source.lang),
        post=source.state.post_of(appearance.entry).title,
        lot=appearance.lot,
        seat=source.seat_word(seat.number),
        criteria=tuple(_asked(source, c, sheet, older) for c in group.criteria),
        maximum=text(group.maximum),
        total=sheet.total,
        receipt=sheet.receipt,
        paper=any(
            i.kind == "paper" and (i.room, i.lot, i.seat) == (appearance.room, appearance.lot, seat.id)
            for i in source.state.incidents
        ),
    )


def _asked(source: Source, criterion: Criterion, sheet: Sheet | None, older: list[Sheet]) -> p.Asked:
    mark = "" if sheet is None else sheet.marks[criterion.id]
    before = [old.marks[criterion.id] for old in older]
    return p.Asked(
        title=criterion.title.say(source.lang),
        maximum=text(criterion.maximum),
        look_for=criterion.look_for.say(source.lang),
        bands="\n".join(
            source.say("band", title=b.title.say(source.lang), low=text(b.low), high=text(b.high))
            for b in criterion.bands
        ),
        mark=mark,
        before=tuple(old for old in before if old != mark),
    )


def _blank(source: Source, room: str, seat: Seat, *, numbered: bool = True) -> p.ScoreSheet:
    group: Group = source.scheme.group(seat.group)
    return p.ScoreSheet(
        room=source.room_title(room),
        group=group.title.say(source.lang),
        post="",
        lot=0,
        seat=source.seat_word(seat.number) if numbered else "",
        criteria=tuple(_asked(source, c, None, []) for c in group.criteria),
        maximum=text(group.maximum),
    )
