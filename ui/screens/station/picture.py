"""From what a station knows to what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from ui.phrases import spoken
from ui.screens.station import view as v
from ui.screens.station.desk import Desk, phrase
from ui.widgets.clock import ClockReading
from ui.widgets.state import Link
from ui.words import Say, Text
from venue_app.base.i18n import tr_in
from venue_app.lan import messages as m

_ENDS: dict[str, Literal["released", "replaced", "version", "elsewhere"]] = {
    "released": "released",
    "replaced": "replaced",
    "refused": "version",
    "elsewhere": "elsewhere",
}


def picture(desk: Desk) -> v.StationView:
    """What to show now; turns to the candidate before the panel by itself."""
    return _Picture(desk).whole()


class _Picture:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def whole(self) -> v.StationView:
        """The page with its head."""
        if self._desk.link in _ENDS:
            return v.StationView(v.OverView(_ENDS[self._desk.link], len(self._desk.pending)))
        if self._desk.welcome is None or self._desk.state is None:
            return v.StationView(v.ConnectingView(len(self._desk.pending), self._desk.link == "offline"))
        self._desk.turn()
        body: v.Body
        if self._desk.task is None:
            body = self._wait()
        elif self._desk.reviewing:
            body = self._review()
        else:
            body = self._score()
        return v.StationView(body, self._head())

    def _head(self) -> v.HeadView:
        welcome, state = self._desk.welcome, self._desk.state
        assert welcome is not None and state is not None
        link: Link = (
            "online"
            if self._desk.link == "online"
            else "connecting"
            if self._desk.link == "connecting"
            else "offline"
        )
        where = welcome.room_title
        seat = Say("station.seat", number=welcome.number)
        base = v.HeadView(
            mode=welcome.mode,
            seat=Say("station.desk.seat", group=phrase(welcome.group_title), room=where, seat=seat)
            if where
            else Say("station.desk.seat_everywhere", group=phrase(welcome.group_title), seat=seat),
            link=link,
            pending=len(self._desk.pending),
            called=self._desk.called,
        )
        floor = self._floor_of_head()
        if floor is None:
            return base
        stage: Text = ""
        reading: ClockReading | None = None
        if isinstance(floor, m.Floor) and floor.clock is not None:
            stage, reading = self._clock(floor.clock)
        return v.HeadView(
            mode=base.mode,
            seat=base.seat,
            link=link,
            pending=base.pending,
            called=base.called,
            lot=floor.lot,
            where=floor.room_title if welcome.everywhere else "",
            post=floor.post,
            stage=stage,
            clock=reading,
        )

    def _floor_of_head(self) -> m.Floor | m.Task | None:
        assert self._desk.state is not None and self._desk.welcome is not None
        if self._desk.task is None:
            return None if self._desk.welcome.everywhere else next(iter(self._desk.state.floor), None)
        places: list[m.Floor | m.Task] = [*self._desk.state.floor, *self._desk.state.tasks]
        for found in places:
            if (found.room, found.lot) == self._desk.task:
                return found
        return None

    def _clock(self, clock: m.ClockView) -> tuple[Text, ClockReading]:
        assert self._desk.welcome is not None
        stage = next((s for s in self._desk.welcome.stages if s.id == clock.stage), None)
        reading = ClockReading(
            "running" if clock.running else "paused",
            clock.spent_ms,
            clock.since_mono,
            clock.limit_ms,
            stage.warnings_ms if stage is not None else (),
        )
        return phrase(stage.title) if stage is not None else "", reading

    def _score(self) -> v.ScoreView:
        assert self._desk.task is not None and self._desk.welcome is not None
        marks = self._desk.marks
        given = tuple(marks.get(c.id) for c in self._desk.welcome.criteria)
        missing = sum(1 for g in given if g is None)
        return v.ScoreView(
            room=self._desk.task[0],
            lot=self._desk.task[1],
            ids=tuple(self._desk.specs),
            specs=tuple(self._desk.specs.values()),
            marks=given,
            total=self._desk.total() if marks else None,
            maximum=Decimal(self._desk.welcome.maximum),
            missing=missing,
            why=self._desk.why_not(),
            others=tuple(
                self._task(t) for t in self._desk.open_tasks() if (t.room, t.lot) != self._desk.task
            ),
        )

    def _task(self, task: m.Task) -> v.OpenTask:
        assert self._desk.welcome is not None
        text = (
            Say("station.wait.open_room", room=task.room_title, lot=task.lot)
            if self._desk.welcome.everywhere
            else Say("station.wait.open", lot=task.lot)
        )
        return v.OpenTask(task.room, task.lot, text, task.here)

    def _review(self) -> v.ReviewView:
        assert self._desk.task is not None and self._desk.welcome is not None
        marks = self._desk.marks
        rows = []
        for name, spec in self._desk.specs.items():
            band = spec.band_at(marks.get(name))
            rows.append(
                v.ReviewRow(
                    spec.title,
                    "" if band is None else band.title,
                    spec.shown(marks.get(name)),
                    f"{spec.maximum:f}",
                )
            )
        return v.ReviewView(
            *self._desk.task, tuple(rows), f"{self._desk.total():f}", self._desk.welcome.maximum
        )

    def _wait(self) -> v.WaitView:
        state, welcome = self._desk.state, self._desk.welcome
        assert state is not None and welcome is not None
        last = state.sent[0] if state.sent and not self._desk.pending else None
        open_now = {(t.room, t.lot) for t in self._desk.open_tasks()}
        title: Text = Say("station.wait.next" if state.sent_count else "station.wait.first")
        if state.closed:
            title = Say("station.wait.closed")
        return v.WaitView(
            title=title,
            received=None if last is None else v.ReceivedView(last.lot, last.clock, last.code, last.total),
            kept=tuple(s.lot for s in self._desk.pending),
            online=self._desk.link == "online",
            refusals=tuple(
                v.RefusedView(s.id, s.lot, text, (s.room, s.lot) in open_now)
                for s, text in self._desk.refusals
            ),
            floor=() if state.closed else tuple(self._floor_line(f) for f in state.floor),
            tasks=tuple(self._task(t) for t in self._desk.open_tasks()),
            sent=tuple(
                v.SentRow(self._lot_words(s), s.total, s.clock, s.code)
                for s in (state.sent if last is None else state.sent[1:])
            ),
            sent_count=state.sent_count,
        )

    def _lot_words(self, sent: m.Sent) -> Text:
        assert self._desk.state is not None and self._desk.welcome is not None
        if not self._desk.welcome.everywhere:
            return Say("station.lot_number", lot=sent.lot)
        places: list[m.Floor | m.Task] = [*self._desk.state.floor, *self._desk.state.tasks]
        known = {p.room: p.room_title for p in places}
        return f"{known.get(sent.room, sent.room)} {sent.lot}"

    def _floor_line(self, floor: m.Floor) -> v.FloorLine:
        assert self._desk.welcome is not None
        fact: Text = ""
        if floor.mine == "excused":
            fact = Say("station.wait.excused")
        elif floor.mine == "closed":
            fact = Say("station.wait.not_open")
        elif floor.mine == "sent" and floor.awaited:
            fact = Say("station.wait.seats", seats=_listed(floor.awaited))
        elif floor.mine == "sent" and not self._desk.welcome.everywhere:
            fact = Say("station.wait.all_in")
        title = Say("station.wait.on_floor", lot=floor.lot)
        if self._desk.welcome.everywhere:
            return v.FloorLine(
                Say("station.desk.in_room", room=floor.room_title, what=title), floor.post, fact
            )
        return v.FloorLine(title, floor.post, fact)


def _listed(seats: Sequence[int]) -> Text:
    """Seats by number, as `3、5` in Chinese and `3, 5` in English."""
    numbers = [str(seat) for seat in seats]
    return spoken(lambda lang: tr_in(lang, "station.wait.list_mark").join(numbers))
