"""What just happened, in one line, from a journal entry."""

from __future__ import annotations

from ui.phrases import Phrase, spoken
from ui.words import Say, Text
from venue_app.domain import draw_entries as d
from venue_app.domain import entries as e
from venue_app.domain import floor_entries as f
from venue_app.domain import showing as s
from venue_app.domain.record import Record
from venue_app.state import State
from venue_app.state.places import place_of, place_title


def told(state: State, record: Record) -> Text:
    """The sentence of an entry. Seats by number, candidates by lot; names only of those who act."""
    fact = record.data
    match fact:
        case e.RosterImported():
            return Say("app.told.roster", count=len(fact.entries), posts=len(fact.posts))
        case f.SchemeChanged():
            return Say("app.told.scheme") if fact.roster_kept else Say("app.told.scheme_alone")
        case e.RunOpened():
            return Say("app.told.opened")
        case d.DrawFrozen():
            return Say("app.told.draw_prepared")
        case d.DrawDrawn():
            return Say("app.told.draw_held", count=sum(len(order) for order in fact.result.values()))
        case s.LotShown():
            return Say("app.told.lot_shown", entry=fact.entry, lot=fact.lot)
        case s.TurnPassed():
            return Say("app.told.turn_passed", entry=fact.entry)
        case e.StationJoined():
            return Say("app.told.joined", seat=_seat(state, fact.seat), device=fact.device_name)
        case e.StationReleased():
            return Say("app.told.station_released", seat=_seat(state, fact.seat))
        case e.StageStarted():
            return Say(
                "app.told.stage_started", room=_room(state, fact.room), stage=_stage(state, fact.stage)
            )
        case e.StagePaused():
            return Say("app.told.stage_paused", room=_room(state, fact.room), reason=fact.reason)
        case e.StageResumed():
            return Say("app.told.stage_resumed", room=_room(state, fact.room))
        case e.StageEnded():
            return Say("app.told.stage_ended", room=_room(state, fact.room), stage=_stage(state, fact.stage))
        case e.ValueEntered():
            return Say("app.told.value")
        case e.ReportIssued():
            return Say("app.told.report", serial=fact.serial)
        case e.RunClosed():
            return Say("app.told.closed")
    return _of_lot(state, fact)


def _of_lot(state: State, fact: e.Fact) -> Text:
    match fact:
        case e.CandidateCalled():
            return Say("app.told.called", room=_room(state, fact.room), lot=fact.lot)
        case e.CandidateAbsent():
            return Say("app.told.absent", room=_room(state, fact.room), lot=fact.lot)
        case e.SheetReceived():
            return Say("app.told.sheet", seat=_seat(state, fact.seat), lot=fact.lot, receipt=fact.receipt)
        case e.SeatExcused():
            return Say("app.told.excused", seat=_seat(state, fact.seat), lot=fact.lot, reason=fact.reason)
        case e.ResultComputed():
            return Say("app.told.computed", room=_room(state, fact.room), lot=fact.lot)
        case e.ResultChecked():
            return Say("app.told.checked", room=_room(state, fact.room), lot=fact.lot, checker=fact.checker)
        case e.ResultReleased():
            return Say("app.told.released", room=_room(state, fact.room), lot=fact.lot)
        case e.AppearanceClosed():
            return Say("app.told.left", room=_room(state, fact.room), lot=fact.lot)
        case f.CandidateRecalled():
            return Say("app.told.recalled", room=_room(state, fact.room), lot=fact.lot)
        case f.EntryWaived():
            return Say("app.told.waived", room=_room(state, fact.room), lot=fact.lot, reason=fact.reason)
        case f.SheetReopened():
            return Say("app.told.reopened", seat=_seat(state, fact.seat), lot=fact.lot, reason=fact.reason)
        case f.StageExtended():
            return Say("app.told.extended", room=_room(state, fact.room), seconds=fact.add_ms // 1000)
        case f.StepUndone():
            return Say("app.told.undone", room=_room(state, fact.room))
    return Say("app.told.other")


def _room(state: State, room: str) -> str:
    return state.rooms[room].title if room in state.rooms else room


def _stage(state: State, stage: str) -> Text:
    return Phrase(state.scheme.stage(stage).title)


def _seat(state: State, seat_id: str) -> Text:
    seat = state.seats.get(seat_id)
    if seat is None:
        place = place_of(state, seat_id)
        return seat_id if place is None else spoken(lambda lang: place_title(state, place, lang))
    if seat.room is None:
        return Say("app.seat_in", where=Phrase(state.scheme.group(seat.group).title), number=seat.number)
    return Say("app.seat_in", where=_room(state, seat.room), number=seat.number)
