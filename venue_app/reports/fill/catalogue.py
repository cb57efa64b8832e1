"""The forms that can be produced, by name, and the files each makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from venue_app.base.errors import Known
from venue_app.reports import models as m
from venue_app.reports.fill import ballots, cards, drawing, ending, marks, outcome, posting, running, sheets
from venue_app.reports.fill.common import Source
from venue_app.state import State
from venue_app.state.appearing import anybody


@dataclass(frozen=True, slots=True)
class Filled:
    """One file to be: its form's name, what tells it from its siblings (a room, or ''), and its content."""

    form: str
    part: str
    model: m.Form

    @property
    def name(self) -> str:
        """The file's name, and the form's in the journal: `room-summary-R1`."""
        return f"{self.form}-{self.part}" if self.part else self.form


@dataclass(frozen=True, slots=True)
class Kind:
    """How a form is filled: the files it makes, by what tells them apart, and how each is made."""

    parts: Callable[[Source], tuple[str, ...]]
    make: Callable[[Source, str], m.Form]
    extra: bool = False
    """Made when somebody asks for it; the others belong to every event."""
    heard: bool = False
    """Speaks of people who drew lots and were heard: nothing for a plan by which nobody appears."""


def _once(make: Callable[[Source], m.Form], *, extra: bool = False, heard: bool = False) -> Kind:
    return Kind(lambda _: ("",), lambda source, _: make(source), extra, heard)


def _heard(source: Source) -> tuple[str, ...]:
    """Rooms in which somebody has a result or was absent. Raises `Known` when there is none."""
    found = tuple(r for r in _drawn(source) if any(marks.has_line(a) for a in source.state.queue(r)))
    if not found:
        raise Known("fill.no_results_yet")
    return found


def _drawn(source: Source) -> tuple[str, ...]:
    return tuple(room for room in sorted(source.state.rooms) if source.state.queue(room))


def _rooms(source: Source) -> tuple[str, ...]:
    return tuple(sorted(source.state.rooms))


#: Form name → how it is filled, in the order of the day.
FORMS: dict[str, Kind] = {
    "entry-passes": Kind(cards.pass_rooms, cards.entry_passes, extra=True),
    "opening-report": _once(running.opening_report),
    "draw-record": Kind(drawing.held_draws, drawing.draw_record, heard=True),
    "draw-check": Kind(drawing.checkable_draws, drawing.draw_check, heard=True),
    "blank-sheets": Kind(_rooms, sheets.blank_sheets, extra=True),
    "score-sheets": Kind(_heard, sheets.score_sheets, extra=True, heard=True),
    "candidate-sheets": _once(marks.candidate_sheets, heard=True),
    "room-summary": Kind(_heard, marks.room_summary, heard=True),
    "room-log": Kind(_drawn, running.room_log, heard=True),
    "ballot-paper": Kind(ballots.polls, ballots.ballot_paper, extra=True),
    "tally": Kind(ballots.closed_polls, ballots.tally, extra=True),
    "composite": _once(outcome.composite),
    "notice": _once(posting.notice, heard=True),
    "shortlist": _once(outcome.shortlist),
    "appointment": _once(posting.appointment, extra=True),
    "site-record": _once(ending.site_record),
    "closing-report": _once(ending.closing),
    "sealing-list": _once(ending.sealing_list, extra=True),
    "sealing-labels": _once(ending.sealing_labels, extra=True),
}


def form_names() -> tuple[str, ...]:
    """Every form's name, as the command line takes it."""
    return tuple(FORMS)


def day_forms() -> tuple[str, ...]:
    """The forms that belong to every event."""
    return tuple(name for name, kind in FORMS.items() if not kind.extra)


def forms_of(state: State) -> tuple[str, ...]:
    """The forms of the day of this event: with the tally of each poll where there was voting."""
    return tuple(n for n in possible_forms(state) if not FORMS[n].extra or (n == "tally" and state.polls))


def possible_forms(state: State) -> tuple[str, ...]:
    """The forms this event can have at all: where the plan has nobody appear, none that speak of who was heard."""
    appear = anybody(state.scheme)
    return tuple(name for name, kind in FORMS.items() if appear or not kind.heard)


def fill(state: State, forms: tuple[str, ...], zone: int) -> Iterator[Filled]:
    """The content of each form's files, with times `zone` minutes ahead of UTC.

    Raises `Known` for a name there is no form of, or a form whose facts are missing.
    """
    source = Source(state, zone)
    for form in forms:
        if form not in FORMS:
            raise Known("fill.unknown_form", form=form, forms=", ".join((*FORMS, *cards.card_names())))
        if FORMS[form].heard and not anybody(state.scheme):
            raise Known("fill.nobody_appears")
        for part in FORMS[form].parts(source):
            yield Filled(form, part, FORMS[form].make(source, part))


def fill_again(state: State, name: str, zone: int) -> Filled:
    """The content of one file by the name the journal gives it (`room-summary-R1`). Raises `Known` like `fill`."""
    for form in sorted(FORMS, key=len, reverse=True):
        if name == form or name.startswith(f"{form}-"):
            part = name[len(form) + 1 :]
            return Filled(form, part, FORMS[form].make(Source(state, zone), part))
    raise Known("fill.unknown_form", form=name, forms=", ".join(FORMS))
