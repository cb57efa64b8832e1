"""What just happened, in one line, from a journal entry."""

from __future__ import annotations

from ui.phrases import Phrase, spoken
from ui.words import Say, Text
from venue_app.domain import ballot_entries as b
from venue_app.domain import draw_entries as d
from venue_app.domain import entries as e
from venue_app.domain import floor_entries as f
from venue_app.domain import hosts as h
from venue_app.domain import showing as s
from venue_app.domain.record import Record
from venue_app.state import State
from venue_app.state.places import place_of, place_title
from venue_app.state.telling import minutes, tell


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
        case (
            b.BallotOpened()
            | b.BallotIssued()
            | b.BallotPapers()
            | b.BallotClosed()
            | b.BallotCounted()
            | b.BallotWithdrawn()
            | b.BallotAbandoned()
        ):
            return spoken(lambda lang: tell(state, record, lang).text)
        case e.StationJoined():
            return Say("app.told.joined", seat=_seat(state, fact.seat), device=fact.device_name)
        case e.StationReleased():
            return Say("app.told.station_released", seat=_seat(state, fact.seat))
        case e.StageStarted():
            return Say(
                "app.told.stage_started", room=_room(state, fact.room), stage=_stage(state, fact.stage)
            )
        case e.StagePaused():
            return _paused(state, fact)
        case e.StageResumed():
            return Say("app.told.stage_resumed", room=_room(state, fact.room))
        case e.StageEnded():
            return _ended(state, fact)
        case e.ValueEntered():
            return Say("app.told.value")
        case e.ReportIssued():
            return Say("app.told.report", serial=fact.serial)
        case e.RunClosed():
            return Say("app.told.closed")
        case f.PackageSealed():
            return Say("app.told.package_sealed", label=fact.label)
        case f.PackageOpened():
            return Say("app.told.package_opened", by=str(Say("room.comma")).join(fact.by))
        case f.RunReopened():
            return Say("app.told.run_reopened", reason=fact.reason)
        case f.SeatRecused():
            post = state.posts[fact.post].title if fact.post in state.posts else fact.post
            return Say("app.told.recused", seat=_seat(state, fact.seat), post=post, reason=fact.reason)
        case f.AnnouncingChosen():
            return Say(_TELLING[fact.announcing], room=_room(state, fact.room))
        case f.ClocksNoted() if fact.why == "beyond" and fact.displays:
            worst = max(fact.displays, key=lambda d: d.error or 0)
            return Say("app.told.clocks_beyond", seat=_seat(state, worst.seat), error=worst.error)
        case f.ClocksNoted():
            return Say("app.told.clocks", room=_room(state, fact.room or ""))
        case f.PhotosAdded():
            return Say("app.told.photos", count=len(fact.photos))
        case h.StandbyNamed():
            return Say("app.told.standby_named")
        case h.HostPromoted():
            return Say("app.told.host_promoted", reason=fact.reason)
        case f.WitnessSigned():
            return Say("app.told.witnessed", name=record.actor.name)
    return _of_lot(state, fact)


_TELLING = {
    "at-once": "app.told.telling_at_once",
    "after-next": "app.told.telling_after_next",
    "after-post": "app.told.telling_after_post",
    "after-half-day": "app.told.telling_after_half_day",
    "at-end": "app.told.telling_at_end",
}


def _paused(state: State, fact: e.StagePaused) -> Text:
    room = _room(state, fact.room)
    if fact.reason == e.RESTART:
        return Say("app.told.stage_restarted", room=room)
    if fact.reason == e.ASLEEP:
        return Say("app.told.stage_asleep", room=room)
    return Say("app.told.stage_paused", room=room, reason=fact.reason)


def _ended(state: State, fact: e.StageEnded) -> Text:
    room, stage = _room(state, fact.room), _stage(state, fact.stage)
    if fact.over_ms < 1000:
        return Say("app.told.stage_ended", room=room, stage=stage)
    over = minutes(fact.over_ms)
    if fact.penalty in ("", "0"):
        return Say("app.told.stage_ended_over", room=room, stage=stage, over=over)
    return Say("app.told.stage_ended_penalty", room=room, stage=stage, over=over, penalty=fact.penalty)


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
        case f.PanelAccepted():
            people = str(Say("room.comma")).join(fact.people)
            return Say("app.told.accepted", room=_room(state, fact.room), lot=fact.lot, people=people)
        case f.StageExtended():
            return Say("app.told.extended", room=_room(state, fact.room), seconds=fact.add_ms // 1000)
        case f.IdentityConfirmed():
            return Say("app.told.identified", room=_room(state, fact.room), lot=fact.lot, by=fact.by)
        case f.SignatureRecorded() if fact.refused:
            return Say("app.told.refused", room=_room(state, fact.room), lot=fact.lot, reason=fact.refused)
        case f.SignatureRecorded():
            return Say("app.told.signed", room=_room(state, fact.room), lot=fact.lot)
        case f.IncidentNoted():
            return _noted(state, fact)
        case f.StepUndone():
            return Say("app.told.undone", room=_room(state, fact.room))
    return Say("app.told.other")


def _noted(state: State, fact: f.IncidentNoted) -> Text:
    room = _room(state, fact.room)
    if fact.lot is None:
        key = "app.told.violation" if fact.violation else "app.told.noted"
        return Say(key, room=room, text=fact.text)
    key = "app.told.violation_lot" if fact.violation else "app.told.noted_lot"
    return Say(key, room=room, lot=fact.lot, text=fact.text)


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
