"""From the state to what the hall may see. Pure; names are left behind here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from ui.draws import PARTIES_SAID, PURPOSES
from ui.phrases import Joined, Phrase
from ui.screens.hall.view import (
    HallDraw,
    HallLots,
    HallMark,
    HallPoll,
    HallResult,
    HallRoom,
    HallView,
    LotCell,
    LotRoom,
    OrderLot,
    OrderRoom,
    Page,
    Turn,
    TurnedLot,
)
from ui.widgets.clock import ClockReading
from ui.widgets.tiles import LotState
from ui.words import Say, Text
from venue_app.rules import PanelResult, panel_result
from venue_app.scheme import Group
from venue_app.state import Appearance, Draw, State
from venue_app.state.facts import appearance_facts
from venue_app.state.polls import Poll
from venue_app.state.room import group_of, missing_marks, next_lot, next_stage, panel
from venue_app.state.sections import place_title
from venue_app.state.telling_draws import short_digest
from venue_app.state.voting import open_polls

Choice = Literal["auto", "welcome", "draw", "order", "now", "break"]


def hall(
    state: State,
    choice: Choice = "auto",
    room: str = "",
    head: str = "",
    voted: Mapping[str, int] = MappingProxyType({}),
) -> HallView:
    """The picture for one room, or for all with `room` ''. A room that is not there counts as all.

    `head` is the head of the journal as it is read out, `voted` how many have voted by poll; nobody asks how.
    """
    rooms = [room] if room in state.rooms else sorted(state.rooms)
    told = _told(state)
    return HallView(
        page=_page(state, choice, rooms),
        title=state.event.title,
        place=state.event.place,
        rehearsal=state.rehearsal,
        rules=_rules(state),
        rooms=tuple(_room(state, r) for r in rooms),
        order=tuple(_order(state, r) for r in rooms) if told is None else _board(state, told),
        draw=_draw(state),
        lots=_lots(state, rooms),
        polls=tuple(_poll(state, poll, voted.get(poll.id)) for poll in open_polls(state)),
        slate=_slate(state, rooms, head),
    )


def _poll(state: State, poll: Poll, voted: int | None) -> HallPoll:
    place = place_title(state, poll.where) if poll.where else ""
    title: Text = Phrase(state.scheme.ballot(poll.ballot).title)
    if place:
        title = Say("ballots.at_place", title=title, place=place)
    return HallPoll(title, sum(poll.issued_to(name) for name in poll.rolls), voted)


def head_words(size: int, root: bytes) -> str:
    """The head of the journal as it is read out: its size and the first eight digits."""
    digits = root.hex()[:8].upper()
    return f"{size} · {digits[:4]} {digits[4:]}"


def _slate(state: State, rooms: list[str], head: str) -> tuple[Text, ...]:
    here = [(state.rooms[room].title, state.floor[room]) for room in rooms if room in state.floor]
    return (*(Say("hall.slate.lot", room=title, lot=lot) for title, lot in here), head)


def _page(state: State, choice: Choice, rooms: list[str]) -> Page:
    if choice == "welcome" or choice == "break":
        return choice
    if _under_way(state) is not None and (choice in ("auto", "draw") or not state.lots):
        return "draw"
    voting = _voting(state, rooms) if choice == "auto" else None
    if voting is not None:
        return voting
    if not state.lots:
        return "order" if _told(state) is not None else "welcome"
    begun = any(a.called_at is not None for a in state.appearances.values() if a.room in rooms)
    turning = state.showing.one_by_one and not _begun(state)
    board: Page = "lots" if turning else "order"
    if choice == "draw" or (turning and state.showing.hidden):
        return board
    if choice == "order":
        return "order"
    if choice == "auto" and not begun:
        return board
    now = state.on_floor(rooms[0]) if len(rooms) == 1 else None
    return "result" if now is not None and now.released else "now"


def _voting(state: State, rooms: list[str]) -> Page | None:
    """The page of a vote while nobody speaks; a break between two votes of a day that has no lots."""
    if any(room in state.floor for room in rooms):
        return None
    if open_polls(state):
        return "vote"
    between = state.polls and not state.lots and state.closed_at is None
    return "break" if between else None


def _rules(state: State) -> tuple[Text, ...]:
    stages = Joined(
        Say("hall.rule.stage", stage=Phrase(s.title), minutes=_minutes(s.limit_s))
        for s in state.scheme.stages
    )
    lines: list[Text] = [stages] if state.scheme.stages else []
    for group in state.scheme.groups:
        if group.scope != "event":
            lines.append(_panel_rule(group))
    lines.append(Say("hall.rule.draw"))
    if state.draw is not None and state.draw.seed:
        lines.append(Say("hall.rule.recipe"))
        lines.append(Say("hall.rule.seed", seed=short_digest(state.draw.list_digest)))
    return tuple(lines)


def _minutes(seconds: int) -> str:
    return str(seconds // 60) if seconds % 60 == 0 else f"{seconds // 60}:{seconds % 60:02d}"


def _panel_rule(group: Group) -> Text:
    trim = group.trim_for(group.seats)
    high, low = trim.cut(group.seats)
    if high == low == 0:
        return Say("hall.rule.panel_all", title=Phrase(group.title), seats=group.seats)
    return Say("hall.rule.panel", title=Phrase(group.title), seats=group.seats, high=high, low=low)


def _under_way(state: State) -> Draw | None:
    """The draw whose list is frozen and whose result is still open."""
    held = (state.draws.get(purpose) for purpose in state.scheme.draw.held)
    return next((draw for draw in held if draw is not None and draw.held_at is None), None)


def _told(state: State) -> Draw | None:
    """The newest result that is no candidate's lot, until candidates have theirs."""
    found = [draw for draw in state.draws.values() if draw.held_at is not None]
    return None if state.lots or not found else max(found, key=lambda draw: draw.held_seq)


def _board(state: State, told: Draw) -> tuple[OrderRoom, ...]:
    """Such a result by identifiers: who has which seat, which set is for when."""
    return tuple(
        OrderRoom(
            place_title(state, place) if place != "all" else PURPOSES[told.purpose],
            tuple(OrderLot(n, "", "waiting", name) for n, name in enumerate(names, 1) if name is not None),
        )
        for place, names in sorted(told.standing.places.items())
    )


def _draw(state: State) -> HallDraw | None:
    draw = _under_way(state) or state.draw
    if draw is None:
        return None
    parties = tuple(
        (PARTIES_SAID[party], draw.promises[party].commitment if party in draw.promises else "")
        for party in draw.parties
    )
    return HallDraw(
        len(draw.plan.items), draw.list_digest, draw.commitment, PURPOSES[draw.purpose], parties, draw.public
    )


def _lots(state: State, rooms: list[str]) -> HallLots | None:
    showing = state.showing
    if not (showing.one_by_one and showing.listed) or _begun(state):
        return None
    hidden = frozenset(showing.hidden)
    boards = tuple(
        LotRoom(state.rooms[room].title, tuple(_cell(a, hidden, showing.last) for a in state.queue(room)))
        for room in rooms
    )
    turn = Turn(showing.hidden[0], state.post_of(showing.hidden[0]).title) if hidden else None
    total = len(showing.listed)
    return HallLots(turn, _last(state), boards, total - len(hidden), total)


def _cell(appearance: Appearance, hidden: frozenset[str], last: str) -> LotCell:
    entry = appearance.entry
    return LotCell(appearance.lot) if entry in hidden else LotCell(appearance.lot, entry, entry == last)


def _begun(state: State) -> bool:
    """Whether anybody was called: from then on the lot is who they are, and no number stands beside it."""
    return any(a.called_at is not None for a in state.appearances.values())


def _last(state: State) -> TurnedLot | None:
    entry = state.showing.last
    if not entry:
        return None
    lot = state.lots[entry]
    return TurnedLot(entry, state.post_of(entry).title, state.rooms[lot.room].title, lot.number)


def _order(state: State, room: str) -> OrderRoom:
    following = next_lot(state, room)
    begun = _begun(state)
    looks: dict[str, LotState] = {
        "floor": "hall",
        "done": "done",
        "absent": "absent",
        "waived": "waived",
    }
    return OrderRoom(
        title=state.rooms[room].title,
        lots=tuple(
            OrderLot(
                a.lot,
                state.post_of(a.entry).title,
                looks.get(a.status, "next" if a.lot == following else "waiting"),
                "" if begun else a.entry,
            )
            for a in state.queue(room)
        ),
    )


def _room(state: State, room: str) -> HallRoom:
    title = state.rooms[room].title
    now = state.on_floor(room)
    if now is None:
        return _between(state, room, title)
    post = state.post_of(now.entry).title
    if now.released:
        return HallRoom(room, title, now.lot, post, result=_result(state, now), here=True)
    if now.clock is not None:
        return HallRoom(
            room,
            title,
            now.lot,
            post,
            stage=Phrase(state.scheme.stage(now.clock.stage).title),
            clock=_reading(state, now),
            here=True,
        )
    return HallRoom(room, title, now.lot, post, word=_word(state, now), here=True)


def _between(state: State, room: str, title: str) -> HallRoom:
    lot = next_lot(state, room)
    if lot is None:
        return HallRoom(room, title, word=Say("hall.now.over" if state.queue(room) else "hall.now.nobody"))
    post = state.post_of(state.appearances[(room, lot)].entry).title
    return HallRoom(room, title, lot, post, word=Say("hall.now.next"))


def _reading(state: State, now: Appearance) -> ClockReading | None:
    clock = now.clock
    if clock is None:
        return None
    warnings = tuple(s * 1000 for s in state.scheme.stage(clock.stage).warnings_s)
    return ClockReading(clock.phase, clock.spent_ms, clock.since_mono, clock.limit_ms, warnings)


def _word(state: State, now: Appearance) -> Text:
    coming = next_stage(state, now)
    if coming is not None and now.value is None:
        return Say("hall.now.coming", stage=Phrase(state.scheme.stage(coming).title))
    if now.value is not None:
        return Say("hall.now.checking")
    seats = panel(state, now.room)
    return Say("hall.now.marking", marked=len(seats) - len(missing_marks(state, now)), total=len(seats))


def _result(state: State, now: Appearance) -> HallResult:
    seats = panel(state, now.room)
    group = group_of(state, seats[0].id)
    result = panel_result(state.scheme, appearance_facts(state, now), now.entry, group.id)
    component = state.scheme.panel_of(group.id)
    marks = tuple(
        HallMark(now.sheets[s.id].total, _struck(result, s.number))
        for s in seats
        if s.group == group.id and s.id in now.sheets
    )
    title = group.title if component is None else component.title
    return HallResult(marks, Phrase(title), now.value or "")


def _struck(result: PanelResult, seat: int) -> Literal["", "high", "low"]:
    return "high" if seat in result.high else "low" if seat in result.low else ""
