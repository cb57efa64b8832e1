"""Who is there: what the room board and the health page show of each station."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from venue_app.state import State

#: Stage clocks on all displays are within so many ms of the laptop's.
CLOCK_MS = 100


@dataclass(frozen=True, slots=True)
class RecusalAsked:
    """A judge asks not to mark this lot; `since` is the server's monotonic ms."""

    room: str
    lot: int
    reason: str
    since: int


class Presence(msgspec.Struct, frozen=True):
    """One joined seat's device as the laptop knows it; a struct, for every message makes a changed copy.

    Times are the server's monotonic ms: `heard` is when it last said anything (None: not since this
    program started), `called` since when the judge waits for the proctor. `pending` is how many sheets
    the device says it still holds, `rtt` its last round trip in ms, `ahead` how many ms its calendar clock is
    ahead of the laptop's (of the round trip's size wrong at most), `battery` its charge in percent. `error` is
    by how many ms at most the stage clock it shows is wrong, `beyond` that this is more than `CLOCK_MS`.
    """

    seat: str
    device_name: str
    connected: bool = False
    address: str = ""
    client: str = ""
    heard: int | None = None
    rtt: int | None = None
    pending: int = 0
    called: int | None = None
    recusal: RecusalAsked | None = None
    battery: int | None = None
    ahead: int | None = None
    error: int | None = None

    @property
    def beyond(self) -> bool:
        """Whether its stage clock may be further from the laptop's than is allowed."""
        return self.connected and self.error is not None and self.error > CLOCK_MS

    def silent_ms(self, now: int) -> int | None:
        """For how long nothing was heard; None when nothing ever was."""
        return None if self.heard is None else max(0, now - self.heard)


class Presences:
    """The table behind `LanServer.presence`. Written by the server's loop, read from any thread."""

    def __init__(self) -> None:
        self._table: dict[str, Presence] = {}
        self._listeners: list[Callable[[Presence], None]] = []

    def listen(self, listener: Callable[[Presence], None]) -> Callable[[], None]:
        """Hear of who comes, goes, calls, asks to be excused or has unsent sheets, in the server's thread; returns how to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def snapshot(self, state: State) -> dict[str, Presence]:
        """Every joined seat, also those not heard of since the program started."""
        table = dict(self._table)
        return {
            seat: table.get(seat) or Presence(seat=seat, device_name=station.device_name)
            for seat, station in state.stations.items()
        }

    def get(self, seat: str) -> Presence | None:
        """What is known of a seat's device."""
        return self._table.get(seat)

    def put(self, presence: Presence) -> None:
        """Keep it, and tell listeners unless only times moved."""
        before = self._table.get(presence.seat)
        self._table[presence.seat] = presence
        if before is None or _public(before) != _public(presence):
            for listener in list(self._listeners):
                listener(presence)

    def forget(self, seat: str) -> None:
        """The seat was released."""
        self._table.pop(seat, None)


def _public(p: Presence) -> tuple[object, ...]:
    return (
        p.device_name,
        p.connected,
        p.address,
        p.client,
        p.pending,
        p.called,
        p.recusal,
        p.battery,
        p.beyond,
    )
