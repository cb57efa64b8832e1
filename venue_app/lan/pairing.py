"""Joining codes: one code, one seat, one use, a short life, and few wrong guesses.

A code that is shown or read aloud lives for minutes, in memory only. A code printed on a seat card
lives for days and outlives a restart of the program: of those the desk keeps salted digests, never the
codes. Each change of a table is one dictionary operation, so that the proctor's window may issue
codes while the server redeems them.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import msgspec

from venue_app.base.clock import Clock
from venue_app.base.errors import Known
from venue_app.base.ids import normal_code, random_code
from venue_app.lan.limits import GuessLimits
from venue_app.lan.proof import NAMED

_ADDRESSES = 1000


@dataclass(frozen=True, slots=True)
class JoiningCode:
    """A code that opens one seat, from `issued` until `expires` (the clock's monotonic ms).

    `printed` codes are on seat cards; after a restart the desk knows that they are out, not what they say.
    """

    code: str
    seat: str
    expires: int
    printed: bool = False
    issued: int = 0

    @property
    def shown(self) -> str:
        """As it is printed and read aloud: K7F-2Q9."""
        return f"{self.code[:3]}-{self.code[3:]}"


class _Card(msgspec.Struct, array_like=True, frozen=True):
    digest: str
    seat: str
    issued: int
    """Wall clock, ms; so is `expires`."""
    expires: int


class _Cards(msgspec.Struct, frozen=True):
    salt: str
    cards: list[_Card]


def device_id(token: str) -> str:
    """What the journal keeps of a device: the SHA-256 (hex) of its token."""
    return hashlib.sha256(token.encode("ascii")).hexdigest()


class PairingDesk:
    """Issues codes and redeems them. `keep` makes bytes durable that `restore` gets back after a restart."""

    def __init__(
        self,
        clock: Clock,
        limits: GuessLimits | None = None,
        keep: Callable[[bytes], None] = lambda _: None,
    ) -> None:
        self._clock = clock
        self._limits = limits or GuessLimits()
        self._keep = keep
        self._salt = secrets.token_hex(16)
        self._codes: dict[str, JoiningCode] = {}
        self._unsaved = False
        self._tries: dict[str, int] = {}
        self._wrong: dict[str, deque[int]] = {}
        self._wrong_all: deque[int] = deque(maxlen=self._limits.in_all)

    # ---- issuing ----

    def issue(self, seat: str, life_ms: int | None = None, *, printed: bool = False) -> JoiningCode:
        """A fresh code for a seat; an earlier one for the same seat is worth nothing from now on."""
        made = self._issue(seat, life_ms, printed)
        self._save()
        return made

    def issue_all(
        self, seats: Iterable[str], life_ms: int | None = None, *, printed: bool = False
    ) -> list[JoiningCode]:
        """A code for each seat, for seat cards and for the rehearsal."""
        made = [self._issue(seat, life_ms, printed) for seat in seats]
        self._save()
        return made

    def _issue(self, seat: str, life_ms: int | None, printed: bool) -> JoiningCode:
        self._revoke(seat)
        usual = self._limits.card_life_ms if printed else self._limits.life_ms
        now = self._clock.mono_ms()
        named = {c.code[:NAMED] for c in list(self._codes.values())}
        while self._digest(code := random_code()) in self._codes or code[:NAMED] in named:
            continue  # its first signs name it (`proof`)
        made = JoiningCode(code, seat, now + (usual if life_ms is None else life_ms), printed, now)
        self._put(made)
        return made

    def _put(self, code: JoiningCode) -> None:
        self._codes[self._digest(code.code)] = code
        self._unsaved |= code.printed

    def _revoke(self, seat: str) -> None:
        for digest in [d for d, c in list(self._codes.items()) if c.seat == seat]:
            found = self._codes.pop(digest, None)
            self._unsaved |= found is not None and found.printed

    def waiting(self) -> list[JoiningCode]:
        """Codes that can still be used and can be shown, by seat."""
        return [code for code in self._living() if code.code]

    def cards(self) -> dict[str, int]:
        """Seats whose printed card is still good, with the monotonic ms until which it is."""
        return {code.seat: code.expires for code in self._living() if code.printed}

    def _living(self) -> list[JoiningCode]:
        now = self._clock.mono_ms()
        return sorted((c for c in list(self._codes.values()) if c.expires > now), key=lambda c: c.seat)

    # ---- redeeming ----

    def pardon(self) -> None:
        """Forget all wrong guesses: the proctor has looked who it was."""
        self._wrong.clear()
        self._wrong_all.clear()

    def redeem(self, typed: str, address: str) -> JoiningCode:
        """Take the code out for use. Raises `Known`: lan.code_wrong, lan.code_expired, lan.too_many_guesses."""
        now = self._clock.mono_ms()
        self._check_guesses(address, now)
        found = self._codes.pop(self._digest(normal_code(typed)), None)
        if found is None:
            self._note_wrong(address, now)
            raise Known("lan.code_wrong")
        self._unsaved |= found.printed
        self._save()
        self._settle_tries(normal_code(typed), address)
        if found.expires <= now:
            raise Known("lan.code_expired")
        return replace(found, code=normal_code(typed))

    def named(self, place: str, address: str) -> str:
        """The living code that begins so, for proving that we know it.

        Each try counts as a wrong guess until the code is redeemed from the same address. Raises `Known`:
        lan.code_wrong, lan.too_many_guesses.
        """
        now = self._clock.mono_ms()
        self._check_guesses(address, now)
        self._note_wrong(address, now)
        found = next((c for c in self._living() if c.code.startswith(place)), None)
        if found is None or self._tries.get(found.code, 0) >= self._limits.tries:
            raise Known("lan.code_wrong")
        self._tries[found.code] = self._tries.get(found.code, 0) + 1
        return found.code

    def put_back(self, code: JoiningCode) -> None:
        """The seat could not be given after all (taken, disk full): the code may be used again."""
        if not any(c.seat == code.seat for c in list(self._codes.values())):  # unless a newer one was issued
            self._put(code)
            self._save()

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

    def _settle_tries(self, code: str, address: str) -> None:
        """Whoever proved a code and then brought it did not guess."""
        mine = self._wrong.get(address)
        for _ in range(self._tries.pop(code, 0)):
            if mine:
                mine.pop()
            if self._wrong_all:
                self._wrong_all.pop()

    # ---- cards that outlive the program ----

    def restore(self, kept: bytes | None, joined: Mapping[str, int]) -> None:
        """Cards that an earlier run of the program issued; bytes that are none of ours are as good as nothing.

        `joined` says when (wall ms) the device that holds a seat joined it: a card from before has been used.
        """
        try:
            found = msgspec.json.decode(kept or b"", type=_Cards)
        except msgspec.MsgspecError:
            return
        fresh = list(self._codes.values())
        self._salt, self._codes = found.salt, {}
        offset = self._clock.mono_ms() - self._clock.wall_ms()
        for card in found.cards:
            if joined.get(card.seat, -1) < card.issued:
                self._codes[card.digest] = JoiningCode(
                    "", card.seat, card.expires + offset, True, card.issued + offset
                )
        for code in fresh:
            self._revoke(code.seat)
            self._put(code)

    def _save(self) -> None:
        if not self._unsaved:
            return
        self._unsaved = False
        offset = self._clock.wall_ms() - self._clock.mono_ms()
        cards = [
            _Card(digest, c.seat, c.issued + offset, c.expires + offset)
            for digest, c in list(self._codes.items())
            if c.printed
        ]
        self._keep(msgspec.json.encode(_Cards(self._salt, cards)))

    def _digest(self, code: str) -> str:
        return hashlib.sha256(f"venue-card-1\n{self._salt}\n{code}".encode()).hexdigest()
