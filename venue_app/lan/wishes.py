"""Devices that have brought a right code and wait for the proctor to let them in, by name."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from venue_app.base.clock import Clock
from venue_app.base.ids import new_id
from venue_app.lan.pairing import JoiningCode
from venue_app.state import State

log = logging.getLogger(__name__)

#: When the proctor is asked: for no device, for those that want a seat another device holds, for every one.
Approval = Literal["never", "replacements", "always"]

#: A device that has not asked again for so long has gone.
GONE_MS = 30_000


@dataclass(frozen=True, slots=True)
class Wish:
    """A device that wants a seat or another place.

    `holder` is the name of the device that has the seat now and would lose it, '' for a free one; `since`
    is the monotonic ms of the first asking.
    """

    id: str
    seat: str
    device_name: str
    address: str
    since: int
    holder: str = ""


@dataclass(slots=True)
class Open:
    """A wish and what became of it: `granted` is None as long as nobody has said anything.

    `instead_of` is the device that gives way.
    """

    wish: Wish
    code: JoiningCode
    heard: int
    granted: bool | None = None
    instead_of: str = ""


class Wishes:
    """Who waits. Changed in the server's loop only; `waiting` may be called from any thread."""

    def __init__(self, clock: Clock, put_back: Callable[[JoiningCode], None]) -> None:
        self._clock = clock
        self._put_back = put_back
        self._open: dict[str, Open] = {}
        self._listeners: list[Callable[[], None]] = []

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Hear, in the server's thread, that somebody came or went; returns how to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def waiting(self, state: State) -> tuple[Wish, ...]:
        """Those on whom nobody has decided, the longest first."""
        found = []
        for wish in [o.wish for o in list(self._open.values()) if o.granted is None]:
            holder = state.stations.get(wish.seat)
            name = holder.device_name if holder else ""
            found.append(Wish(wish.id, wish.seat, wish.device_name, wish.address, wish.since, name))
        return tuple(sorted(found, key=lambda w: (w.since, w.seat)))

    def of(self, device: str) -> Open | None:
        """What this device waits for; it has just asked again."""
        found = self._open.get(device)
        if found is not None:
            found.heard = self._clock.mono_ms()
        return found

    def add(self, device: str, code: JoiningCode, device_name: str, address: str) -> None:
        """A device has brought a code."""
        now = self._clock.mono_ms()
        wish = Wish(new_id(), code.seat, device_name, address, now)
        self._open[device] = Open(wish, code, now)
        log.info("a device waits to be let in: seat=%s address=%s", code.seat, address)
        self._tell()

    def all(self) -> list[Open]:
        """Every wish, decided or not."""
        return list(self._open.values())

    def settle(self, found: Open, granted: bool, instead_of: str) -> None:
        """The proctor has said yes or no; the device hears it when it asks again."""
        found.granted, found.instead_of = granted, instead_of
        self._tell()

    def drop(self, device: str) -> None:
        """It is settled."""
        if self._open.pop(device, None) is not None:
            self._tell()

    def sweep(self) -> None:
        """Devices that ask no more are forgotten, and their codes are good again."""
        now = self._clock.mono_ms()
        for device, found in list(self._open.items()):
            if now - found.heard > GONE_MS:
                self.drop(device)
                if found.granted is not False:
                    self._put_back(found.code)

    def _tell(self) -> None:
        for listener in list(self._listeners):
            listener()
