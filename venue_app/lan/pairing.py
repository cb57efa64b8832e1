"""Joining codes: one code, one seat, one use, a short life, and few wrong guesses.

The desk keeps codes in memory only; what lasts is in the journal: a joined
station is the SHA-256 of the token its device made. Each change of a table is
one dictionary operation, so that the proctor's window may issue codes while
the server redeems them.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from venue_app.base.clock import Clock
from venue_app.base.errors import Known
from venue_app.base.ids import normal_code, random_code
from venue_app.lan.limits import GuessLimits

_ADDRESSES = 1000


@dataclass(frozen=True, slots=True)
class JoiningCode:
    """A code that opens one seat until `expires` (the clock's monotonic ms)."""

    code: str
    seat: str
    expires: int

    @property
    def shown(self) -> str:
        """As it is printed and read aloud: K7F-2Q9."""
        return f"{self.code[:3]}-{self.code[3:]}"


def device_id(token: str) -> str:
    """What the journal keeps of a device: the SHA-256 (hex) of its token."""
    return hashlib.sha256(token.encode("ascii")).hexdigest()


class PairingDesk:
    """Issues codes and redeems them."""

    def __init__(self, clock: Clock, limits: GuessLimits | None = None) -> None:
        self._clock = clock
        self._limits = limits or GuessLimits()
        self._codes: dict[str, JoiningCode] = {}
        self._wrong: dict[str, deque[int]] = {}
        self._wrong_all: deque[int] = deque(maxlen=self._limits.in_all)

    def issue(self, seat: str, life_ms: int | None = None) -> JoiningCode:
        """A fresh code for a seat; an earlier one for the same seat is worth nothing from now on."""
        self.revoke(seat)
        life = self._limits.life_ms if life_ms is None else life_ms
        made = JoiningCode(random_code(), seat, self._clock.mono_ms() + life)
        self._codes[made.code] = made
        return made

    def issue_all(self, seats: Iterable[str], life_ms: int | None = None) -> list[JoiningCode]:
        """A code for each seat, for seat cards and for the rehearsal."""
        return [self.issue(seat, life_ms) for seat in seats]

    def revoke(self, seat: str) -> None:
        """Make the seat's code worthless."""
        for code in [c.code for c in list(self._codes.values()) if c.seat == seat]:
            self._codes.pop(code, None)

    def waiting(self) -> list[JoiningCode]:
        """Codes that were issued and can still be used, by seat."""
        now = self._clock.mono_ms()
        return sorted((c for c in list(self._codes.values()) if c.expires > now), key=lambda c: c.seat)

    def pardon(self) -> None:
        """Forget all wrong guesses: the proctor has looked who it was."""
        self._wrong.clear()
        self._wrong_all.clear()

    def redeem(self, typed: str, address: str) -> JoiningCode:
        """Take the code out for use. Raises `Known`: lan.code_wrong, lan.code_expired, lan.too_many_guesses."""
        now = self._clock.mono_ms()
        self._check_guesses(address, now)
        found = self._codes.pop(normal_code(typed), None)
        if found is None:
            self._note_wrong(address, now)
            raise Known("lan.code_wrong")
        if found.expires <= now:
            raise Known("lan.code_expired")
        return found

    def put_back(self, code: JoiningCode) -> None:
        """The seat could not be given after all (taken, disk full): the code may be used again."""
        self._codes.setdefault(code.code, code)

    def _check_guesses(self, address: str, now: int) -> None:
        window = self._limits.window_ms
        mine = self._wrong.get(address, deque())
        for wrong, most in ((mine, self._limits.per_address), (self._wrong_all, self._limits.in_all)):
            if len(wrong) >= most and now - wrong[0] < window:
                raise Known("lan.too_many_guesses", seconds=(window - (now - wrong[0])) // 1000 + 1)

    def _note_wrong(self, address: str, now: int) -> None:
        if address not in self._wrong and len(self._wrong) >= _ADDRESSES:
            self._wrong.pop(next(iter(self._wrong)))
        self._wrong.setdefault(address, deque(maxlen=self._limits.per_address)).append(now)
        self._wrong_all.append(now)
