"""A draw as far as it has gone: list, commitments, public part, what came to light, result, changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec

from venue_app.domain.nouns import Purpose, Seat
from venue_app.rules.drawing import PROGRAM, Change, Contribution, Outcome, Plan, Standing, standing

#: The method of a draw held with slips or balls and typed in.
TYPED = "typed-1"
#: What a draw waits for; `done` when it is held, by seed or by hand.
Step = Literal["commit", "public", "reveal", "draw", "done"]


@dataclass(frozen=True, slots=True)
class Promise:
    """A party's commitment, when it was shown (wall ms), and who gave it in."""

    party: str
    commitment: str
    at: int
    by: str


class Draw(msgspec.Struct, frozen=True):
    """One draw. `result` and all it rests on are empty until it is held, by entry `held_seq`.

    `list` is the frozen list's text and `plan` the same, read. `parties` contribute beside the program.
    `missing` were not there. A draw held by hand has `witnesses` and `means` instead of a seed; `set_aside`
    says why it no longer counts, `second` who else was there when it was set aside.
    A draw of judges remembers the chairs as they were before it.
    """

    purpose: Purpose
    list: str
    list_digest: str
    plan: Plan
    frozen_at: int
    frozen_seq: int
    parties: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    promises: Mapping[str, Promise] = msgspec.field(default_factory=dict)
    public: str = ""
    revealed: Mapping[str, Contribution] = msgspec.field(default_factory=dict)
    seed: str = ""
    method: str = ""
    result: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    reserve: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    held_at: int | None = None
    held_seq: int = 0
    witnesses: tuple[str, ...] = ()
    means: str = ""
    set_aside: str = ""
    second: str = ""
    before_seats: Mapping[str, Seat] = msgspec.field(default_factory=dict)
    before_seated: Mapping[str, str] = msgspec.field(default_factory=dict)

    @property
    def commitment(self) -> str:
        """The program's own commitment."""
        return self.promises[PROGRAM].commitment if PROGRAM in self.promises else ""

    @property
    def nonce(self) -> str:
        """The program's own contribution, once it is revealed."""
        return self.revealed[PROGRAM].nonce if PROGRAM in self.revealed else ""

    @property
    def step(self) -> Step:
        """What comes next."""
        if self.held_at is not None:
            return "done"
        if any(party not in self.promises for party in self.parties):
            return "commit"
        if not self.public:
            return "public"
        return "reveal" if any(party not in self.revealed for party in self.parties) else "draw"

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The parties whose commitment, or whose contribution, is still to come."""
        done: Mapping[str, object] = self.revealed if self.public else self.promises
        return () if self.held_at is not None else tuple(p for p in self.parties if p not in done)

    @property
    def dead(self) -> bool:
        """Whether nobody's contribution could be opened: nothing can ever be drawn by these commitments."""
        return (
            bool(self.revealed)
            and self.revealed.keys() == self.promises.keys()
            and not any(part.nonce for part in self.revealed.values())
        )

    @property
    def listed(self) -> dict[str, tuple[str, ...]]:
        """Everything on the list, by the stratum it is drawn in (`""` where there is none), sorted."""
        found: dict[str, list[str]] = {}
        for item in sorted(self.plan.items, key=lambda item: item.id):
            found.setdefault(item.stratum, []).append(item.id)
        return {stratum: tuple(names) for stratum, names in sorted(found.items())}

    @property
    def standing(self) -> Standing:
        """What holds after all changes."""
        return standing(self.plan, Outcome(dict(self.result), self.reserve), self.changes)
