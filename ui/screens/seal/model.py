"""What the seal screen shows: counts, forms and the close, as plain data from the state. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ui.phrases import Phrase
from ui.widgets.state import Mark
from ui.words import Say, Text
from venue_app.base.clock import local_hms
from venue_app.reports.fill import form_names
from venue_app.state import Appearance, ReportMark, State
from venue_app.state.room import marks_in


@dataclass(frozen=True, slots=True)
class Count:
    """One sum: what must equal what, said whole. `ok` None: not over yet. `off` is what is lacking."""

    title: Text
    sum: Text
    ok: bool | None
    off: int = 0


@dataclass(frozen=True, slots=True)
class FormLine:
    """One form: how often it was produced, when last, and the files of this sitting."""

    id: str
    title: Text
    mark: Mark
    state: Text
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class SealModel:
    """The screen at one moment. `why_not_close` is empty when the run may be closed."""

    counts: tuple[Count, ...]
    forms: tuple[FormLine, ...]
    why_not_close: Text = ""
    closed_at: str = ""
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
    "composite": Say("reports.title.composite"),
    "shortlist": Say("reports.title.shortlist"),
}


def form_title(form: str) -> Text:
    """A form's title in the reader's language."""
    return _TITLES.get(form, form)


def seal_model(state: State, files: Sequence[tuple[str, Path]] = ()) -> SealModel:
    """Everything shown. `files` are the forms made in this sitting with where they are."""
    counts = tuple(_counts(state))
    forms = tuple(_form(state, form, files) for form in form_names())
    left = _left(state)
    closed = state.closed_at is not None
    return SealModel(
        counts=counts,
        forms=forms,
        why_not_close=_why_not(state, left),
        closed_at=local_hms(state.closed_at) if state.closed_at is not None else "",
        missing=0 if closed else sum(count.ok is False for count in counts) + _unmade(forms),
        official=not state.rehearsal,
        journal=state.size,
    )


def _left(state: State) -> int:
    return sum(a.status in ("waiting", "floor") for a in state.appearances.values())


def _unmade(forms: Sequence[FormLine]) -> int:
    return sum(form.mark is not Mark.DONE for form in forms)


def _why_not(state: State, left: int) -> Text:
    if state.draw is None or state.draw.held_at is None:
        return Say("seal_screen.close.before_draw")
    return Say("seal_screen.close.waiting", count=left) if left else ""


# ---- counts ----


def _counts(state: State) -> list[Count]:
    drawing = sum(state.candidates[e.candidate].qualified for e in state.entries.values())
    lots = len(state.lots)
    counts = [
        Count(
            Say("seal_screen.count.entries"),
            Say(
                "seal_screen.count.entries_sum",
                whole=len(state.entries),
                drawing=drawing,
                out=len(state.entries) - drawing,
            ),
            bool(state.entries) or None,
        ),
        Count(
            Say("seal_screen.count.lots"),
            Say("seal_screen.count.lots_sum", lots=lots, drawing=drawing),
            None if state.draw is None else lots == drawing,
            drawing - lots,
        ),
    ]
    if not state.appearances:
        return counts
    for room in state.rooms.values():
        counts.append(_room(state, room.id, room.title))
    for group in state.scheme.groups:
        counts.append(_sheets(state, group.id))
    counts.append(_released(state))
    return counts


def _room(state: State, room: str, title: str) -> Count:
    queue = state.queue(room)
    done = sum(a.status == "done" for a in queue)
    absent = sum(a.status == "absent" for a in queue)
    left = len(queue) - done - absent
    said = Say("seal_screen.count.room_sum", lots=len(queue), done=done, absent=absent, left=left)
    return Count(Say("seal_screen.count.room", room=title), said, None if left else True, left)


def _sheets(state: State, group: str) -> Count:
    """Sheets of one group for everybody who has been heard."""
    done = [a for a in state.appearances.values() if a.status == "done"]
    seats = [seat for seat in state.seats.values() if seat.group == group]
    expected = sum(marks_in(state, seat, a.room) for a in done for seat in seats)
    received = sum(_of_group(state, a, group, a.sheets) for a in done)
    excused = sum(_of_group(state, a, group, a.excused) for a in done)
    off = expected - received - excused
    said = Say("seal_screen.count.sheets_sum", expected=expected, received=received, excused=excused)
    title = Phrase(state.scheme.group(group).title)
    return Count(Say("seal_screen.count.sheets", group=title), said, off == 0 if done else None, off)


def _of_group(state: State, appearance: Appearance, group: str, seats: object) -> int:
    assert hasattr(seats, "__iter__")
    return sum(state.seats[seat].group == group for seat in seats)


def _released(state: State) -> Count:
    done = [a for a in state.appearances.values() if a.status == "done"]
    whole = sum(a.value is not None and a.checker is not None and a.released for a in done)
    said = Say("seal_screen.count.results_sum", done=len(done), released=whole)
    return Count(
        Say("seal_screen.count.results"), said, whole == len(done) if done else None, len(done) - whole
    )


# ---- forms ----


def _form(state: State, form: str, files: Sequence[tuple[str, Path]]) -> FormLine:
    issued = [mark for mark in state.reports if _is(form, mark)]
    here = tuple(path for made, path in files if made == form)
    if not issued:
        return FormLine(form, form_title(form), Mark.NOT_YET, Say("seal_screen.form.not_yet"), here)
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
    return FormLine(form, form_title(form), Mark.DONE, said, here)


def _is(form: str, mark: ReportMark) -> bool:
    return mark.form == form or mark.form.startswith(f"{form}-")
