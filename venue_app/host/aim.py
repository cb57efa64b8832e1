"""Where somebody wants to look in a replay, as they type it: a lot, an entry, a time of day, or a day and a time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from venue_app.base.errors import Known
from venue_app.host.replay import Replay

_ENTRY = re.compile(r"[#№](\d{1,9})")
_TIME = re.compile(r"(?:(\d{4}-\d{2}-\d{2})[T ])?(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?")


def aim(replay: Replay, typed: str, room: str = "") -> None:
    """Move there: `12` a lot (of `room` when one is given), `#345` an entry, `09:14`, `09:14:30`, `2026-05-01 09:14`.

    A time of day is that of the venue's own time zone, on the day the run was opened, else on the journal's first.
    Raises `Known`: replay.no_such_lot, replay.no_such_entry, replay.no_such_time, replay.not_understood.
    """
    text = typed.strip()
    if found := _ENTRY.fullmatch(text):
        seq = int(found[1])
        if seq >= replay.tape.size:
            raise Known("replay.no_such_entry", seq=seq, last=replay.tape.size - 1)
        replay.to_size(seq + 1)
    elif found := _TIME.fullmatch(text):
        replay.to_time(replay.tape.at_wall(_wall(replay, found)))
    elif text.isdecimal():
        if not replay.to_lot(int(text), room):
            raise Known("replay.no_such_lot", lot=text)
    else:
        raise Known("replay.not_understood", typed=text)


def room_named(replay: Replay, named: str) -> str:
    """The room of this identifier or title; '' for ''. Raises `Known` replay.no_such_room."""
    rooms = replay.tape.change(replay.tape.size).state.rooms
    found = next((room.id for room in rooms.values() if named in (room.id, room.title)), "")
    if named and not found:
        raise Known("replay.no_such_room", room=named)
    return found


def _wall(replay: Replay, found: re.Match[str]) -> int:
    """The moment meant, in wall ms."""
    try:
        day = date.fromisoformat(found[1]) if found[1] else _day(replay)
        at = datetime.combine(day, time(int(found[2]), int(found[3]), int(found[4] or 0))).astimezone()
    except ValueError as error:
        raise Known("replay.no_such_time", typed=found[0]) from error
    return int(at.timestamp()) * 1000


def _day(replay: Replay) -> date:
    """The day most people mean: that of the (first) opening."""
    tape = replay.tape
    opened = next((m.seq for m in tape.stops if m.kind == "opened"), 0)
    moment = datetime.fromtimestamp(tape.records[opened].at // 1000, UTC)
    return moment.astimezone().date()
