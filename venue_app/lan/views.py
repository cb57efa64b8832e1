"""From the state to what one seat may see. Lots, posts, clocks and seat numbers; never a name or another's mark."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from venue_app import __version__
from venue_app.base.canonical import decimal_text
from venue_app.base.clock import Clock, local_hms
from venue_app.base.i18n import LANGUAGES
from venue_app.domain.entries import (
    ReportIssued,
    ResultChecked,
    SheetReceived,
    StationJoined,
    StationReleased,
    ValueEntered,
)
from venue_app.domain.floor_entries import ClocksNoted, PhotosAdded
from venue_app.domain.hosts import StandbyNamed
from venue_app.domain.nouns import Seat
from venue_app.domain.record import Record
from venue_app.lan import messages as m
from venue_app.rules.clock import StageClock
from venue_app.scheme import Criterion, Text
from venue_app.state import Appearance, State
from venue_app.state.room import everywhere, group_of, missing_marks, panel


def words(text: Text) -> m.Words:
    """A phrase of the scheme in every language of the program."""
    return {language: text.say(language) for language in LANGUAGES} if text else {}


def room_title(state: State, seat: Seat) -> str:
    """The room a seat stands in; '' for a group that marks everywhere."""
    return "" if seat.room is None else state.rooms[seat.room].title


def welcome(state: State, seat_id: str, clock: Clock) -> m.Welcome:
    """Whose seat it is, how it marks, and what time it is."""
    seat = state.seats[seat_id]
    group = group_of(state, seat_id)
    return m.Welcome(
        event=state.event.event,
        title=state.event.title,
        mode=state.event.mode,
        seat=seat.id,
        number=seat.number,
        chief=seat.chief,
        group=group.id,
        group_title=words(group.title),
        everywhere=seat.room is None,
        room=seat.room,
        room_title=room_title(state, seat),
        criteria=tuple(_criterion(c) for c in group.criteria),
        places=group.places,
        maximum=decimal_text(group.maximum),
        total_minimum=None if group.total_minimum is None else decimal_text(group.total_minimum),
        total_maximum=None if group.total_maximum is None else decimal_text(group.total_maximum),
        calibrate=group.calibrate,
        stages=tuple(
            m.Stage(
                id=s.id,
                title=words(s.title),
                limit_ms=s.limit_s * 1000,
                warnings_ms=tuple(w * 1000 for w in s.warnings_s),
            )
            for s in state.scheme.stages
        ),
        software=__version__,
        mono=clock.mono_ms(),
        wall=clock.wall_ms(),
    )


def _criterion(criterion: Criterion) -> m.Criterion:
    return m.Criterion(
        id=criterion.id,
        title=words(criterion.title),
        look_for=words(criterion.look_for),
        minimum=decimal_text(criterion.minimum),
        maximum=decimal_text(criterion.maximum),
        step=decimal_text(criterion.step),
        weight=decimal_text(criterion.weight),
        bands=tuple(
            m.Band(title=words(b.title), low=decimal_text(b.low), high=decimal_text(b.high))
            for b in criterion.bands
        ),
    )


class Viewer:
    """Makes the views of many seats from one state, doing what they share only once."""

    def __init__(self, state: State, sent_shown: int) -> None:
        self.state = state
        self._sent_shown = sent_shown
        self._open = sorted(
            (a for a in state.appearances.values() if a.judging_open),
            key=lambda a: (a.status != "floor", a.called_at or 0, a.room, a.lot),
        )
        self._open_in = _by_room(self._open)
        here = (state.on_floor(room) for room in sorted(state.floor))
        self._floor = [a for a in here if a is not None]
        self._floor_in = _by_room(self._floor)
        self._missing: dict[tuple[str, int], tuple[Seat, ...]] = {}

    def of(self, seat_id: str) -> m.View:
        """What this seat sees."""
        state = self.state
        seat = state.seats[seat_id]
        mine = self._open if seat.room is None else self._open_in.get(seat.room, [])
        floor = self._floor if seat.room is None else self._floor_in.get(seat.room, [])
        sent = [a for a in mine if seat_id in a.sheets]
        sent.sort(key=lambda a: a.sheets[seat_id].seq, reverse=True)
        over = state.closed_at is not None
        back = bool(group_of(state, seat_id).calibrate)
        return m.View(
            size=state.size,
            closed=over,
            tasks=() if over else tuple(self._task(a) for a in mine if _open_for(a, seat_id)),
            floor=tuple(self._on_floor(a, seat) for a in floor),
            sent=tuple(_sent(a, seat_id, back) for a in sent[: self._sent_shown]),
            sent_count=len(sent),
        )

    def _task(self, appearance: Appearance) -> m.Task:
        return m.Task(
            room=appearance.room,
            room_title=self.state.rooms[appearance.room].title,
            lot=appearance.lot,
            post=self.state.post_of(appearance.entry).title,
            here=appearance.status == "floor",
        )

    def _on_floor(self, appearance: Appearance, seat: Seat) -> m.Floor:
        state = self.state
        awaited: Iterable[Seat] = ()
        if seat.room is not None and appearance.judging_open:
            awaited = self._awaited(appearance)
        return m.Floor(
            room=appearance.room,
            room_title=state.rooms[appearance.room].title,
            lot=appearance.lot,
            post=state.post_of(appearance.entry).title,
            clock=None if appearance.clock is None else clock_view(appearance.clock),
            mine=_mine(appearance, seat.id),
            awaited=tuple(s.number for s in awaited if s.group == seat.group),
        )

    def _awaited(self, appearance: Appearance) -> tuple[Seat, ...]:
        key = (appearance.room, appearance.lot)
        if key not in self._missing:
            seats = self.state.seats
            self._missing[key] = tuple(seats[s] for s in missing_marks(self.state, appearance))
        return self._missing[key]


def _by_room(appearances: Iterable[Appearance]) -> dict[str, list[Appearance]]:
    found: dict[str, list[Appearance]] = {}
    for appearance in appearances:
        found.setdefault(appearance.room, []).append(appearance)
    return found


def _open_for(appearance: Appearance, seat: str) -> bool:
    return seat not in appearance.sheets and seat not in appearance.excused


def _mine(appearance: Appearance, seat: str) -> Literal["closed", "open", "sent", "excused"]:
    if seat in appearance.sheets:
        return "sent"
    if seat in appearance.excused:
        return "excused"
    return "open" if appearance.judging_open else "closed"


def clock_view(clock: StageClock) -> m.ClockView:
    """A stage's clock as it travels."""
    return m.ClockView(
        stage=clock.stage,
        limit_ms=clock.limit_ms,
        spent_ms=clock.spent_ms,
        running=clock.phase == "running",
        since_mono=clock.since_mono,
    )


def _sent(appearance: Appearance, seat: str, with_marks: bool) -> m.Sent:
    sheet = appearance.sheets[seat]
    return m.Sent(
        id=sheet.sub or "",
        room=appearance.room,
        lot=appearance.lot,
        total=sheet.total,
        code=sheet.receipt,
        at=sheet.at,
        clock=_time_of_day(sheet.at // 1000),
        marks=dict(sheet.marks) if with_marks else {},
    )


@lru_cache(maxsize=4096)
def _time_of_day(second: int) -> str:
    return local_hms(second * 1000)


def receipt(sheet_id: str, fact: SheetReceived, at: int) -> m.Receipt:
    """What the judge hears once the sheet is durable."""
    return m.Receipt(
        id=sheet_id,
        room=fact.room,
        lot=fact.lot,
        total=fact.total,
        code=fact.receipt,
        at=at,
        clock=_time_of_day(at // 1000),
    )


#: What happened here is nothing a judge sees.
_UNSEEN = (StationJoined, ReportIssued, ValueEntered, ResultChecked, ClocksNoted, PhotosAdded, StandbyNamed)


def touched(state: State, records: Iterable[Record]) -> set[str] | None:
    """The seats whose views these entries may have changed; None for all of them."""
    seats: set[str] = set()
    rooms: set[str] = set()
    for record in records:
        fact = record.data
        if isinstance(fact, _UNSEEN):
            continue
        room = getattr(fact, "room", None)
        if isinstance(fact, StationReleased):
            seats.add(fact.seat)
        elif room is None:
            return None
        elif isinstance(fact, SheetReceived) and state.seats[fact.seat].room is None:
            seats.add(fact.seat)
        elif isinstance(fact, SheetReceived):
            seats.update(s.id for s in panel(state, room))
        else:
            rooms.add(room)
    for room in rooms:
        seats.update(s.id for s in panel(state, room))
    if rooms:
        seats.update(s.id for s in everywhere(state))
    return seats
