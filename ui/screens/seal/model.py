"""What the seal screen shows: counts, forms and the close, as plain data from the state. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ui.phrases import Phrase
from ui.widgets.state import Mark
from ui.words import Say, Text
from venue_app.base.clock import local_hms
from venue_app.reports.fill import card_names, forms_of, possible_forms
from venue_app.state import ReportMark, State
from venue_app.state.appearing import anybody
from venue_app.state.balance import Balance, balances
from venue_app.state.voting import open_polls


@dataclass(frozen=True, slots=True)
class Count:
    """One sum: what must equal what, said whole. `ok` None: not over yet. `off` is what is lacking."""

    title: Text
    sum: Text
    ok: bool | None
    off: int = 0


@dataclass(frozen=True, slots=True)
class FormLine:
    """One form: how often it was produced, when last, and the files of this sitting.

    An `extra` form is made when somebody asks for it.
    """

    id: str
    title: Text
    mark: Mark
    state: Text
    files: tuple[Path, ...] = ()
    extra: bool = False


@dataclass(frozen=True, slots=True)
class SealModel:
    """The screen at one moment. `why_not_close` is empty when the run may be closed."""

    counts: tuple[Count, ...]
    forms: tuple[FormLine, ...]
    why_not_close: Text = ""
    closed_at: str = ""
    reopened: int = 0
    missing: int = 0
    official: bool = False
    journal: int = 0


_TITLES: dict[str, Text] = {
    "opening-report": Say("reports.title.opening_report"),
    "draw-record": Say("reports.title.draw_record"),
    "draw-check": Say("reports.title.draw_check"),
    "candidate-sheets": Say("reports.title.candidate_sheet"),
    "room-summary": Say("reports.title.room_summary"),
    "room-log": Say("reports.title.room_log"),
    "blank-sheets": Say("seal_screen.form.blank_sheets"),
    "score-sheets": Say("reports.title.score_sheet"),
    "ballot-paper": Say("ballots.print.paper_form"),
    "tally": Say("ballots.print.tally"),
    "composite": Say("reports.title.composite"),
    "notice": Say("reports.title.notice"),
    "appointment": Say("reports.title.appointment"),
    "site-record": Say("reports.title.site_record"),
    "closing-report": Say("reports.title.closing"),
    "sealing-list": Say("reports.title.sealing_list"),
    "sealing-labels": Say("reports.title.sealing_label"),
    "shortlist": Say("reports.title.shortlist"),
    "entry-passes": Say("reports.title.entry_pass"),
    "seat-cards": Say("cards.title.seat_cards"),
    "name-boards": Say("cards.title.name_boards"),
    "door-notes": Say("cards.title.door_notes"),
    "signposts": Say("cards.title.signposts"),
    "lot-slips": Say("cards.title.lot_slips"),
}


def form_title(form: str) -> Text:
    """A form's title in the reader's language."""
    return _TITLES.get(form, form)


def seal_model(state: State, files: Sequence[tuple[str, Path]] = ()) -> SealModel:
    """Everything shown. `files` are the forms made in this sitting with where they are."""
    counts = tuple(_counts(state))
    day = forms_of(state)
    forms = tuple(
        _form(state, form, files, extra=form not in day) for form in (*possible_forms(state), *card_names())
    )
    left = _left(state)
    closed = state.closed_at is not None
    return SealModel(
        counts=counts,
        forms=forms,
        why_not_close=_why_not(state, left),
        closed_at=local_hms(state.closed_at) if state.closed_at is not None else "",
        reopened=len(state.reopened),
        missing=0 if closed else sum(count.ok is False for count in counts) + _unmade(forms),
        official=not state.rehearsal,
        journal=state.size,
    )


def _left(state: State) -> int:
    return sum(a.status in ("waiting", "floor") for a in state.appearances.values())


def _unmade(forms: Sequence[FormLine]) -> int:
    return sum(form.mark is not Mark.DONE and not form.extra for form in forms)


def _why_not(state: State, left: int) -> Text:
    if anybody(state.scheme) and (state.draw is None or state.draw.held_at is None):
        return Say("seal_screen.close.before_draw")
    polls = open_polls(state)
    if polls:
        return Say("seal_screen.close.voting", count=len(polls))
    return Say("seal_screen.close.waiting", count=left) if left else ""


# ---- counts ----


def _counts(state: State) -> list[Count]:
    return [_count(state, one) for one in balances(state)]


def _count(state: State, one: Balance) -> Count:
    titles: dict[str, Text] = {
        "entries": Say("seal_screen.count.entries"),
        "lots": Say("seal_screen.count.lots"),
        "room": Say("seal_screen.count.room", room=_room(state, one)),
        "sheets": Say("seal_screen.count.sheets", group=_group(state, one)),
        "results": Say("seal_screen.count.results"),
    }
    sums: dict[str, Text] = {
        "entries": Say("seal_screen.count.entries_sum", **one.numbers),
        "lots": Say("seal_screen.count.lots_sum", **one.numbers),
        "room": Say("seal_screen.count.room_sum", **one.numbers),
        "sheets": Say("seal_screen.count.sheets_sum", **one.numbers),
        "results": Say("seal_screen.count.results_sum", **one.numbers),
    }
    return Count(titles[one.about], sums[one.about], one.off == 0 if one.over else None, one.off)


def _room(state: State, one: Balance) -> str:
    return state.rooms[one.of].title if one.about == "room" else ""


def _group(state: State, one: Balance) -> Text:
    return Phrase(state.scheme.group(one.of).title) if one.about == "sheets" else ""


# ---- forms ----


def _form(state: State, form: str, files: Sequence[tuple[str, Path]], *, extra: bool) -> FormLine:
    issued = [mark for mark in state.reports if _is(form, mark)]
    here = tuple(path for made, path in files if made == form)
    if not issued:
        words = Say("seal_screen.form.as_needed") if extra else Say("seal_screen.form.not_yet")
        return FormLine(form, form_title(form), Mark.NOT_YET, words, here, extra)
    last = issued[-1]
    parts = len({mark.form for mark in issued})
    times = max(sum(mark.form == one for mark in issued) for one in {mark.form for mark in issued})
    pages = sum({mark.form: mark.pages for mark in issued}.values())
    said = Say(
        "seal_screen.form.made" if times == 1 else "seal_screen.form.made_again",
        at=local_hms(last.at),
        files=parts,
        pages=pages,
        times=times,
    )
    return FormLine(form, form_title(form), Mark.DONE, said, here, extra)


def _is(form: str, mark: ReportMark) -> bool:
    return mark.form == form or mark.form.startswith(f"{form}-")
