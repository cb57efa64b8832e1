"""What a big screen in a browser may show, worked out here: lots, posts, clocks, «given», results once released.

Pure but for `HallBoard`, which remembers what was just released. Nobody's name passes through.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from venue_app.base.i18n import tr_in
from venue_app.domain.entries import CandidateCalled, ResultReleased, StageStarted
from venue_app.domain.record import Record
from venue_app.lan import role_messages as r
from venue_app.lan.views import clock_view
from venue_app.rules import PanelResult, panel_result
from venue_app.scheme import Group
from venue_app.state import Appearance, Draw, State
from venue_app.state.facts import appearance_facts
from venue_app.state.room import group_of, missing_marks, next_lot, next_stage, panel, progress
from venue_app.state.telling_draws import short_digest

Choice = Literal["auto", "welcome", "draw", "order", "now", "break"]
Page = Literal["welcome", "draw", "lots", "order", "now", "break"]


@dataclass(frozen=True, slots=True)
class Steered:
    """What the proctor wants the hall to see; `room` '' for all."""

    choice: Choice = "auto"
    room: str = ""


class HallBoard:
    """Makes the pictures; remembers which result of a room was released last and is still news."""

    def __init__(self, state: State) -> None:
        self.steered = Steered()
        self._fresh = dict(state.floor)

    def hear(self, records: Iterable[Record]) -> None:
        """A released result is news until the room's next candidate is called or a clock runs."""
        for record in records:
            match record.data:
                case ResultReleased(room=room, lot=lot):
                    self._fresh[room] = lot
                case CandidateCalled(room=room) | StageStarted(room=room):
                    self._fresh.pop(room, None)

    def picture(self, state: State, lang: str) -> r.HallNow:
        """Everything, in one language."""
        rooms = sorted(state.rooms)
        steered = self.steered
        return r.HallNow(
            page=_page(state, steered.choice),
            room=steered.room if steered.room in state.rooms else "",
            title=state.event.title,
            venue=state.event.place,
            rehearsal=tr_in(lang, "hall.rehearsal") if state.rehearsal else "",
            rules=_rules(state, lang),
            rooms=tuple(self._room(state, room, lang) for room in rooms),
            order=tuple(_order(state, room) for room in rooms),
            draw=_draw(state, lang),
            lots=_lots(state, lang),
        )

    def _room(self, state: State, room: str, lang: str) -> r.HallRoom:
        now = state.on_floor(room)
        following = next_lot(state, room)
        shown = now or (None if following is None else state.appearances[(room, following)])
        later = following if now is not None else _after(state, room, following)
        over, total = progress(state, room)
        clock = now.clock if now is not None else None
        warnings = state.scheme.stage(clock.stage).warnings_s if clock is not None else ()
        return r.HallRoom(
            room=room,
            title=state.rooms[room].title,
            lot=None if shown is None else shown.lot,
            post="" if shown is None else _post(state, shown),
            word=_word(state, room, now, lang),
            stage="" if clock is None else state.scheme.stage(clock.stage).title.say(lang),
            clock=None if clock is None else clock_view(clock),
            warnings_ms=tuple(s * 1000 for s in warnings),
            seats=() if now is None or not now.judging_open else _seats(state, now),
            result=self._result(state, room, lang),
            next_lot=later,
            next_post="" if later is None else _post(state, state.appearances[(room, later)]),
            over=over,
            total=total,
        )

    def _result(self, state: State, room: str, lang: str) -> r.HallResult | None:
        found = state.appearances.get((room, self._fresh.get(room, 0)))
        return _result(state, found, lang) if found is not None and found.released else None


def _page(state: State, choice: Choice) -> Page:
    if choice == "welcome" or choice == "break":
        return choice
    if _under_way(state) is not None and (choice in ("auto", "draw") or not state.lots):
        return "draw"
    if not state.lots:
        return "welcome"
    begun = _begun(state)
    board: Page = "lots" if _turning(state) else "order"
    if choice == "draw" or (state.showing.hidden and not begun):
        return board
    if choice != "auto":
        return choice
    return "now" if begun else board


def _under_way(state: State) -> Draw | None:
    """The draw whose list is frozen and whose result is still open."""
    held = (state.draws.get(purpose) for purpose in state.scheme.draw.held)
    return next((draw for draw in held if draw is not None and draw.held_at is None), None)


def _turning(state: State) -> bool:
    """Whether lots are shown one by one, from the draw until the first is called."""
    return state.showing.one_by_one and bool(state.showing.listed) and not _begun(state)


def _begun(state: State) -> bool:
    """Whether anybody was called."""
    return any(a.called_at is not None for a in state.appearances.values())


def _after(state: State, room: str, lot: int | None) -> int | None:
    return next((a.lot for a in state.queue(room) if a.status == "waiting" and a.lot != lot), None)


def _rules(state: State, lang: str) -> tuple[str, ...]:
    stages = "   ".join(
        tr_in(lang, "hall.rule.stage", stage=s.title.say(lang), minutes=_minutes(s.limit_s))
        for s in state.scheme.stages
    )
    panels = (_panel_rule(g, lang) for g in state.scheme.groups if g.scope != "event")
    recipe: tuple[str, ...] = ()
    if state.draw is not None and state.draw.seed:
        begins = short_digest(state.draw.list_digest)
        recipe = (tr_in(lang, "hall.rule.recipe"), tr_in(lang, "hall.rule.seed", seed=begins))
    return tuple(line for line in (stages, *panels, tr_in(lang, "hall.rule.draw"), *recipe) if line)


def _minutes(seconds: int) -> str:
    return str(seconds // 60) if seconds % 60 == 0 else f"{seconds // 60}:{seconds % 60:02d}"


def _panel_rule(group: Group, lang: str) -> str:
    high, low = group.trim_for(group.seats).cut(group.seats)
    title = group.title.say(lang)
    if high == low == 0:
        return tr_in(lang, "hall.rule.panel_all", title=title, seats=group.seats)
    return tr_in(lang, "hall.rule.panel", title=title, seats=group.seats, high=high, low=low)


def _draw(state: State, lang: str) -> r.HallDraw | None:
    draw = _under_way(state) or state.draw
    if draw is None:
        return None
    count = len(draw.plan.items)
    return r.HallDraw(
        count=tr_in(lang, "hall.draw.count", count=count),
        list_digest=draw.list_digest,
        commitment=draw.commitment,
    )


def _lots(state: State, lang: str) -> r.HallLots | None:
    showing = state.showing
    if not _turning(state):
        return None
    shown = len(showing.listed) - len(showing.hidden)
    return r.HallLots(
        turn=_turn(state, showing.hidden[0]) if showing.hidden else None,
        last=_turn(state, showing.last, turned=True) if showing.last else None,
        count=tr_in(lang, "hall.lots.count", shown=shown, total=len(showing.listed)),
    )


def _turn(state: State, entry: str, *, turned: bool = False) -> r.HallTurn:
    lot = state.lots[entry]
    return r.HallTurn(
        post=state.post_of(entry).title,
        room=state.rooms[lot.room].title if turned else "",
        lot=lot.number if turned else None,
    )


def _order(state: State, room: str) -> r.HallOrder:
    following = None if _turning(state) else next_lot(state, room)
    lots = tuple(
        r.HallLot(number=a.lot, post=_post(state, a), state=_look(a, following)) for a in state.queue(room)
    )
    return r.HallOrder(room=room, title=state.rooms[room].title, lots=lots)


def _post(state: State, appearance: Appearance) -> str:
    """The post heard under a lot; nothing while the lot is still to be turned over."""
    hidden = appearance.entry in state.showing.hidden
    return "" if hidden else state.post_of(appearance.entry).title


def _look(
    appearance: Appearance, following: int | None
) -> Literal["waiting", "next", "hall", "done", "absent", "waived"]:
    if appearance.status == "waiting":
        return "next" if appearance.lot == following else "waiting"
    return "hall" if appearance.status == "floor" else appearance.status


def _word(state: State, room: str, now: Appearance | None, lang: str) -> str:
    if now is None:
        if next_lot(state, room) is not None:
            return tr_in(lang, "hall.now.next")
        return tr_in(lang, "hall.now.over" if state.queue(room) else "hall.now.nobody")
    coming = next_stage(state, now)
    if now.clock is not None:
        return ""
    if coming is not None and now.value is None:
        return tr_in(lang, "hall.now.coming", stage=state.scheme.stage(coming).title.say(lang))
    if now.value is not None:
        return tr_in(lang, "hall.now.checking")
    seats = panel(state, room)
    marked = len(seats) - len(missing_marks(state, now))
    return tr_in(lang, "hall.now.marking", marked=marked, total=len(seats))


def _seats(state: State, now: Appearance) -> tuple[r.HallSeat, ...]:
    return tuple(
        r.HallSeat(
            number=s.number,
            state="given" if s.id in now.sheets else "out" if s.id in now.excused else "open",
        )
        for s in panel(state, now.room)
    )


def _result(state: State, now: Appearance, lang: str) -> r.HallResult:
    seats = panel(state, now.room)
    group = group_of(state, seats[0].id)
    result = panel_result(state.scheme, appearance_facts(state, now), now.entry, group.id)
    component = state.scheme.panel_of(group.id)
    marks = tuple(
        r.HallMark(text=now.sheets[s.id].total, struck=_struck(result, s.number))
        for s in seats
        if s.group == group.id and s.id in now.sheets
    )
    title = group.title if component is None else component.title
    return r.HallResult(
        lot=now.lot,
        post=state.post_of(now.entry).title,
        title=title.say(lang),
        marks=marks,
        value=now.value or "",
    )


def _struck(result: PanelResult, seat: int) -> Literal["", "high", "low"]:
    return "high" if seat in result.high else "low" if seat in result.low else ""
