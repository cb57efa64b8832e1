"""How much one device, and all together, may ask of the laptop."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of the server. Times in seconds unless the name says ms.

    A device that is merely fast is slowed down (`rate` messages a second after a `burst`), never cut
    off: nothing of it may be lost. Only what is malformed counts towards `strikes`, and then it goes.
    A frame that has to be refused counts as `refused` messages, a malformed one as `malformed`, and the
    device that sent it, not its connection: coming back does not help.
    `sockets` bounds everything that is open, `connections` the stations, `strangers` those that have not
    said who they are, `silent` the sockets from one address that have said nothing at all. An address begins
    `handshakes` a second after a `handshake_burst`; a stranger that is refused costs it `blame` of them.
    `requests` a second, after a `request_burst`, are answered on one connection.
    """

    sockets: int = 2000
    connections: int = 1500
    per_address: int = 256
    strangers: int = 200
    hello_s: float = 5.0
    handshake_s: float = 5.0
    request_s: float = 5.0
    idle_s: float = 10.0
    silence_s: float = 20.0
    send_s: float = 10.0
    rate: float = 100.0
    burst: float = 200.0
    strikes: int = 3
    refused: float = 10.0
    malformed: float = 50.0
    silent: int = 256
    handshakes: float = 100.0
    handshake_burst: float = 1500.0
    blame: float = 10.0
    requests: float = 20.0
    request_burst: float = 100.0
    in_flight: int = 32
    coalesce_s: float = 0.03
    sent_shown: int = 12


@dataclass(frozen=True, slots=True)
class GuessLimits:
    """How often a joining code may be wrong before nobody listens for a while, and how long codes live:
    those that are shown (`life_ms`) and those printed on seat cards. `tries` is how often a code may be
    used to prove who the laptop is before it can no more."""

    life_ms: int = 10 * 60_000
    card_life_ms: int = 72 * 3_600_000
    tries: int = 3
    per_address: int = 5
    in_all: int = 50
    window_ms: int = 5 * 60_000


class Bucket:
    """A token bucket: `delay(now)` says how long the next message has to wait, in seconds, `longest` at most."""

    __slots__ = ("_at", "_burst", "_floor", "_level", "_rate")

    def __init__(self, rate: float, burst: float, now: float, longest: float = 60.0) -> None:
        self._rate, self._burst, self._level, self._at = rate, burst, burst, now
        self._floor = -longest * rate

    def delay(self, now: float, cost: float = 1.0) -> float:
        """Take `cost`; 0.0 when there was so much to take, else the wait until it is covered."""
        self._fill(now)
        self._level = max(self._level - cost, self._floor)
        return 0.0 if self._level >= 0 else -self._level / self._rate

    def covered(self, now: float) -> bool:
        """Whether there is one to take."""
        self._fill(now)
        return self._level >= 1.0

    def _fill(self, now: float) -> None:
        self._level = min(self._burst, self._level + (now - self._at) * self._rate)
        self._at = now
