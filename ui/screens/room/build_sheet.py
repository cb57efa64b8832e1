"""All marks of one candidate, and what they come to. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ui.phrases import Phrase, spoken
from ui.screens.room.view import MarkRow, SheetView
from ui.words import Say
from venue_app.domain.nouns import Seat
from venue_app.rules import PanelResult, panel_node, panel_result, sentence
from venue_app.rules.number import text
from venue_app.scheme import Group
from venue_app.state import Appearance, State
from venue_app.state.facts import appearance_facts
from venue_app.state.room import group_of, panel

Struck = Literal["", "high", "low"]
Results = Mapping[str, PanelResult]
"""Group → its result; empty until the room's result stands."""


def groups_of(state: State, room: str) -> list[Group]:
    """The groups whose sheets make the room's result, in the order of their seats."""
    return list({s.group: group_of(state, s.id) for s in panel(state, room)}.values())


def results_of(state: State, now: Appearance) -> Results:
    """Each group's result of one appearance."""
    known = appearance_facts(state, now)
    return {g.id: panel_result(state.scheme, known, now.entry, g.id) for g in groups_of(state, now.room)}


def struck(result: PanelResult, seat: int) -> Struck:
    """Whether a seat's total was dropped, and at which end."""
    return "high" if seat in result.high else "low" if seat in result.low else ""


def sheets_of(state: State, now: Appearance | None, results: Results) -> tuple[SheetView, ...]:
    """All marks with what they come to; nothing while `results` is empty."""
    if now is None:
        return ()
    return tuple(_sheet(state, now, state.scheme.group(group), result) for group, result in results.items())


def _sheet(state: State, now: Appearance, group: Group, result: PanelResult) -> SheetView:
    component = state.scheme.panel_of(group.id)
    title = group.title if component is None else component.title
    node = panel_node(state.scheme, result, title)
    seats = [s for s in panel(state, now.room) if s.group == group.id]
    rows = tuple(line for s in seats for line in (_row(now, s, group, result), *_given_back(now, s, group)))
    return SheetView(
        criteria=tuple(Phrase(c.title) for c in group.criteria),
        rows=rows,
        title=Phrase(title),
        value="" if result.value is None else text(result.value),
        sentence=spoken(lambda lang: sentence(node, lang)),
    )


def _row(now: Appearance, seat: Seat, group: Group, result: PanelResult) -> MarkRow:
    sheet = now.sheets.get(seat.id)
    if sheet is None:
        excuse = now.excused[seat.id]
        word = Say("room.seat.recused" if excuse.kind == "recused" else "room.seat.excused")
        return MarkRow(seat.number, ("",) * len(group.criteria), "", note=word)
    marks = tuple(sheet.marks[c.id] for c in group.criteria)
    return MarkRow(seat.number, marks, sheet.total, struck(result, seat.number))


def _given_back(now: Appearance, seat: Seat, group: Group) -> tuple[MarkRow, ...]:
    """The sheets this seat had corrected, the newest first."""
    word = Say("room.sheet.corrected")
    return tuple(
        MarkRow(seat.number, tuple(old.marks[c.id] for c in group.criteria), old.total, note=word, old=True)
        for old in reversed(now.superseded)
        if old.seat == seat.id
    )
