"""From the state to what the room board shows. Pure; decides no rule."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from ui.phrases import Joined, Phrase, spoken
from ui.ports import Lines
from ui.screens.room.acts import acts_of_lot, acts_of_room
from ui.screens.room.build_owed import owed
from ui.screens.room.build_sheet import Results, results_of, sheets_of, struck
from ui.screens.room.view import (
    BoardView,
    FloorView,
    LotLine,
    ObserversView,
    RoomView,
    SeatLine,
    StageTime,
    StepView,
)
from ui.widgets.clock import ClockReading, clock_text
from ui.widgets.tiles import LotState, LotView, SeatView
from ui.words import Say, Text
from venue_app.base.canonical import decimal_text
from venue_app.base.clock import local_hms
from venue_app.base.i18n import tr_in
from venue_app.domain.nouns import Seat
from venue_app.rules.clock import StageClock, penalty_steps
from venue_app.state import Appearance, State
from venue_app.state.deciding import short_panels
from venue_app.state.room import (
    Step,
    awaited,
    everywhere,
    group_of,
    may_call,
    missing_everywhere,
    next_lot,
    next_stage,
    next_step,
    panel,
    progress,
)


def board(
    state: State, presence: Lines, now_mono: int, proctor: str, *, event_wide: bool = True
) -> BoardView:
    """All rooms as they stand; none before the lots are drawn. `event_wide` as in `acts_of_room`."""
    if state.draw is None or state.draw.held_at is None:
        return BoardView(proctor=proctor)
    rooms = tuple(
        room_view(state, room, presence, now_mono, event_wide=event_wide) for room in sorted(state.rooms)
    )
    return BoardView(rooms=rooms, proctor=proctor)


def room_view(
    state: State, room: str, presence: Lines, now_mono: int, *, event_wide: bool = True
) -> RoomView:
    """One room. `presence` and `now_mono` only show who can be heard; nothing is decided by them."""
    now = state.on_floor(room)
    over, total = progress(state, room)
    seats = panel(state, room)
    results = {} if now is None or now.value is None else results_of(state, now)
    return RoomView(
        room=room,
        title=state.rooms[room].title,
        over=over,
        total=total,
        step=step_view(state, next_step(state, room), now),
        queue=_queue(state, room, now),
        floor=None if now is None else _floor(state, now),
        seats=tuple(_seat(state, seat, now, presence, now_mono, results) for seat in seats),
        calling=tuple(s.number for s in seats if _calls(presence, s.id)),
        late=tuple(s.number for s in seats if (line := presence.get(s.id)) is not None and line.beyond),
        marked=0 if now is None else sum(1 for seat in seats if seat.id in now.sheets),
        observers=_observers(state, now, presence),
        sheets=sheets_of(state, now, results),
        checker="" if now is None else now.checker or "",
        released=now is not None and now.released,
        checkers=tuple(sorted({a.checker for a in state.appearances.values() if a.checker})),
        acts=acts_of_room(state, room, now, event_wide=event_wide),
        owed=owed(state, room),
    )


def seat_numbers(state: State, seats: Iterable[str]) -> Text:
    """Seats by number, as `3、5` in Chinese and `3, 5` in English."""
    numbers = [str(state.seats[seat].number) for seat in seats]
    return spoken(lambda lang: tr_in(lang, "room.comma").join(numbers))


def step_view(state: State, step: Step, now: Appearance | None) -> StepView:
    """The next step as the button says it, and why it has to wait."""

    def view(words: Text, why: Text | None = None, note: Text = "") -> StepView:
        return StepView(step.kind, words, why, step.lot, step.stage, note)

    if step.kind == "call":
        why = None if may_call(state) else Say("room.gate.supervisor")
        return view(Say("room.step.call", lot=step.lot), why)
    if step.kind in ("start-stage", "end-stage"):
        title = Phrase(state.scheme.stage(step.stage or "").title)
        key = {"start-stage": "room.step.start", "end-stage": "room.step.end"}[step.kind]
        return view(Say(key, stage=title))
    if step.kind == "wait-marks":
        return view(
            Say("room.step.wait"), Say("room.gate.seats_out", seats=seat_numbers(state, step.missing))
        )
    if step.kind == "set-aside" and now is not None:
        return view(Say("room.step.set_aside", lot=step.lot), note=_set_aside(state, now))
    if step.kind == "check":
        value = "" if now is None else now.value
        return view(Say("room.step.check", value=value))
    if step.kind == "release":
        return view(Say("room.step.release"))
    if step.kind == "close":
        return view(Say("room.step.close", lot=step.lot))
    return view(Say("room.step.finished"), Say("room.step.finished_why"))


def _set_aside(state: State, now: Appearance) -> Text:
    """Why there is no result, and whether one can be decided on."""
    short = [one for one in short_panels(state, now) if not one.everywhere]
    one = next((one for one in short if one.can_count), None)
    if one is not None:
        return Say("room.gate.below_minimum", count=one.count, minimum=one.minimum)
    return Say("room.gate.too_few", count=short[0].count, dropped=short[0].dropped) if short else ""


def _queue(state: State, room: str, now: Appearance | None) -> tuple[LotLine, ...]:
    following = next_lot(state, room)

    def line(a: Appearance) -> LotLine:
        shown: dict[str, LotState] = {
            "floor": "hall",
            "done": "done",
            "absent": "absent",
            "waived": "waived",
        }
        look = shown.get(a.status, "next" if a.lot == following else "waiting")
        free = a.status == "waiting" and now is None
        called = free and may_call(state)
        return LotLine(
            lot=LotView(a.lot, look),
            name=state.candidate_of(a.entry).name,
            post=state.post_of(a.entry).title,
            can_call=called,
            can_be_absent=free,
            acts=acts_of_lot(state, a),
        )

    return tuple(line(a) for a in state.queue(room))


def reading(state: State, clock: StageClock) -> ClockReading:
    """A stage's clock as the clock face takes it."""
    stage = state.scheme.stage(clock.stage)
    warnings = tuple(s * 1000 for s in stage.warnings_s)
    steps = tuple((second, decimal_text(points)) for second, points in penalty_steps(stage))
    return ClockReading(clock.phase, clock.spent_ms, clock.since_mono, clock.limit_ms, warnings, steps)


def _floor(state: State, now: Appearance) -> FloorView:
    coming = next_stage(state, now)
    stage: Text = ""
    clock: ClockReading | None = None
    if now.clock is not None:
        stage = Phrase(state.scheme.stage(now.clock.stage).title)
        clock = reading(state, now.clock)
    elif coming is not None and now.value is None:
        plan = state.scheme.stage(coming)
        stage = Phrase(plan.title)
        clock = ClockReading("idle", 0, 0, plan.limit_s * 1000, tuple(s * 1000 for s in plan.warnings_s))
    phase = None if now.clock is None else now.clock.phase
    return FloorView(
        lot=now.lot,
        post=state.post_of(now.entry).title,
        name=state.candidate_of(now.entry).name,
        stage=stage,
        clock=clock,
        ended=tuple(_spent(state, c) for c in now.ended_stages),
        pause_reason="" if now.clock is None else now.clock.reason,
        can_pause=phase == "running",
        can_resume=phase == "paused",
        can_be_absent=not now.begun,
        calls=_calls_words(state, now),
        identified=now.identified,
        signature=_signature(now),
        awaits=_awaits(state, now),
        refused=now.refused,
    )


def _calls_words(state: State, now: Appearance) -> Text:
    """How often the lot was called, of how often before it may be absent, and from when on."""
    rule = state.scheme.attendance
    words = (
        Say("room.papers.calls_of", count=now.calls, needed=rule.calls)
        if rule.calls
        else Say("room.papers.calls", count=now.calls)
    )
    if not rule.wait_s or now.called_at is None:
        return words
    at = local_hms(now.called_at + rule.wait_s * 1000)
    return Joined((words, Say("room.papers.wait", time=at)))


def _awaits(state: State, now: Appearance) -> Text:
    """The stages and the seats still to come; nothing once the stages are over: then the step says it."""
    stages, seats = awaited(state, now)
    if not stages:
        return ""
    titles = [state.scheme.stage(stage).title for stage in stages]
    joined = spoken(lambda lang: tr_in(lang, "room.comma").join(t.say(lang) for t in titles))
    if not seats:
        return Say("room.gate.stages", stages=joined)
    if len(seats) == len(panel(state, now.room)) > 1:
        return Say("room.gate.stages_all", stages=joined)
    return Say("room.gate.stages_seats", stages=joined, seats=seat_numbers(state, seats))


def _signature(now: Appearance) -> Literal["", "waits", "signed", "refused"]:
    if now.checker is None:
        return ""
    if now.signed:
        return "signed"
    return "refused" if now.refused else "waits"


def _spent(state: State, clock: StageClock) -> StageTime:
    title = Phrase(state.scheme.stage(clock.stage).title)
    return StageTime(title, clock_text(clock.spent_ms, 0), clock.spent_ms > clock.limit_ms)


def _seat(
    state: State, seat: Seat, now: Appearance | None, presence: Lines, mono: int, results: Results
) -> SeatLine:
    return SeatLine(
        id=seat.id,
        seat=seat_view(state, seat, now, presence, mono, results),
        chief=seat.chief,
        who=" ".join(part for part in (seat.name, seat.unit) if part),
        can_be_excused=now is not None
        and now.value is None
        and seat.id not in now.sheets
        and seat.id not in now.excused,
    )


def seat_view(
    state: State, seat: Seat, now: Appearance | None, presence: Lines, now_mono: int, results: Results
) -> SeatView:
    """A seat's state; its mark only once the panel's result stands (`results` by group)."""
    if now is not None and seat.id in now.excused:
        excuse = now.excused[seat.id]
        return SeatView(seat.number, "recused" if excuse.kind == "recused" else "excused", note=excuse.reason)
    if now is not None and seat.id in now.sheets:
        at = local_hms(now.sheets[seat.id].at)[:5]
        result = results.get(seat.group)
        if result is None:
            return SeatView(seat.number, "submitted", at=at)
        return SeatView(
            seat.number,
            "submitted",
            at=at,
            mark=now.sheets[seat.id].total,
            struck=struck(result, seat.number),
        )
    if seat.id not in state.stations:
        return SeatView(seat.number, "empty")
    line = presence.get(seat.id)
    if line is None or not line.connected:
        silent = None if line is None else line.silent_ms(now_mono)
        return SeatView(seat.number, "lost", seconds=(silent or 0) // 1000)
    return SeatView(seat.number, "scoring" if now is not None and now.judging_open else "online")


def _calls(presence: Lines, seat: str) -> bool:
    line = presence.get(seat)
    return line is not None and line.called is not None


def _observers(state: State, now: Appearance | None, presence: Lines) -> ObserversView | None:
    seats = everywhere(state)
    if not seats:
        return None
    missing = len(seats) if now is None else len(missing_everywhere(state, now))
    online = sum(1 for s in seats if (line := presence.get(s.id)) is not None and line.connected)
    return ObserversView(
        title=Phrase(group_of(state, seats[0].id).title),
        marked=len(seats) - missing,
        total=len(seats),
        online=online,
    )
