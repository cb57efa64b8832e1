"""The forms that can be produced, by name, and the files each makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from venue_app.base.errors import Known
from venue_app.reports import models as m
from venue_app.reports.fill import drawing, marks, outcome, running
from venue_app.reports.fill.common import Source
from venue_app.state import State


@dataclass(frozen=True, slots=True)
class Filled:
    """One file to be: its form's name, what tells it from its siblings (a room, or ''), and its content."""

    form: str
    part: str
    model: m.Form


def _once(make: Callable[[Source], m.Form]) -> Callable[[Source], Iterator[tuple[str, m.Form]]]:
    def whole(source: Source) -> Iterator[tuple[str, m.Form]]:
        yield "", make(source)

    return whole


def _each_room(make: Callable[[Source, str], m.Form]) -> Callable[[Source], Iterator[tuple[str, m.Form]]]:
    def rooms(source: Source) -> Iterator[tuple[str, m.Form]]:
        for room in sorted(source.state.rooms):
            if source.state.queue(room):
                yield room, make(source, room)

    return rooms


#: Form name → what it makes, in the order of the day.
FORMS: dict[str, Callable[[Source], Iterator[tuple[str, m.Form]]]] = {
    "opening-report": _once(running.opening_report),
    "draw-record": _once(drawing.draw_record),
    "draw-check": _once(drawing.draw_check),
    "candidate-sheets": _once(marks.candidate_sheets),
    "room-summary": _each_room(marks.room_summary),
    "room-log": _each_room(running.room_log),
    "composite": _once(outcome.composite),
    "shortlist": _once(outcome.shortlist),
}


def form_names() -> tuple[str, ...]:
    """Every form's name, as the command line takes it."""
    return tuple(FORMS)


def fill(state: State, forms: tuple[str, ...]) -> Iterator[Filled]:
    """The content of each form's files. Raises `Known` for a name there is no form of, or a form whose facts are missing."""
    source = Source(state)
    for form in forms:
        if form not in FORMS:
            raise Known("fill.unknown_form", form=form, forms=", ".join(FORMS))
        for part, model in FORMS[form](source):
            yield Filled(form, part, model)
