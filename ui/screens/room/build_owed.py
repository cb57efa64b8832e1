"""Results of those who have left that still have to be made, checked or told. Pure; decides no rule."""

from __future__ import annotations

from ui.phrases import Phrase, spoken
from ui.screens.room.view import OwedLine
from ui.words import Say
from venue_app.base.i18n import tr_in
from venue_app.state import Appearance, State
from venue_app.state.deciding import Short, short_panels
from venue_app.state.room import announcing, may_be_told, missing_marks


def owed(state: State, room: str) -> tuple[OwedLine, ...]:
    """By lot: corrected ones until they are told again, those that are held back, and those to be decided on."""
    over = (a for a in state.queue(room) if a.status == "done")
    return tuple(line for a in over if (line := _line(state, a)) is not None)


def _line(state: State, of: Appearance) -> OwedLine | None:
    corrected = bool(of.superseded)
    awaited = missing_marks(state, of) if of.value is None and corrected else ()
    if not awaited and (of.released or of.value is None):
        short = short_panels(state, of)
        if short:
            return _undecided(state, of, short, corrected)
    if of.released or (of.value is None and not corrected):
        return None
    if of.value is None:
        seats = [str(state.seats[s].number) for s in awaited]
        joined = spoken(lambda lang: tr_in(lang, "room.comma").join(seats))
        return OwedLine(of.lot, Say("room.owed.marks", seats=joined), "", corrected)
    if of.checker is None:
        return OwedLine(of.lot, Say("room.owed.check", value=of.value), "check", corrected)
    if may_be_told(state, of):
        return OwedLine(of.lot, Say("room.owed.tell", value=of.value), "tell", corrected)
    later = {
        "after-next": Say("room.owed.after_next"),
        "after-post": Say("room.owed.after_post"),
        "after-half-day": Say("room.owed.after_half_day"),
        "at-end": Say("room.owed.at_end"),
    }
    return OwedLine(of.lot, later[announcing(state, of.room)], "", corrected)


def _undecided(state: State, of: Appearance, short: tuple[Short, ...], corrected: bool) -> OwedLine:
    """Too few sheets: to be decided on where something would be left to count."""
    one = next((one for one in short if one.can_count), None)
    group = Phrase(state.scheme.group((one or short[0]).group).title)
    if one is None:
        return OwedLine(of.lot, Say("room.owed.too_few", group=group, count=short[0].count), "", corrected)
    words = Say("room.owed.undecided", group=group, count=one.count, minimum=one.minimum)
    return OwedLine(of.lot, words, "accept", corrected)
