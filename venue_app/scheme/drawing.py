"""Which draws an event holds, in which order, and by which rules."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from venue_app.domain.nouns import Purpose

#: Draws that can give candidates their lots: the last of them that is held does.
LOTS: tuple[Purpose, ...] = ("places", "sessions", "order")
#: What a place or an item of a draw may be called: the list is ASCII.
_NAME = re.compile(r"[A-Za-z0-9._-]{1,16}")


@dataclass(frozen=True, slots=True)
class Drawing:
    """The draws of an event.

    `held` are their purposes in order. `parties` contribute to the seed beside the program. `posts`: candidates
    of one post follow one another, never do, or neither. `absent`: who is not there when the list is frozen
    keeps the lot that falls to them, or is out. `late`: who comes afterwards is barred, or has the last lot.
    `one_unit`: judges of one unit never sit in one room, or may. At most nine `half_days`, in their order.
    """

    held: tuple[Purpose, ...] = ("order",)
    parties: tuple[Literal["supervisor", "notary", "candidates"], ...] = ()
    posts: Literal["free", "adjacent", "apart"] = "free"
    absent: Literal["lot", "out"] = "lot"
    late: Literal["barred", "last"] = "barred"
    half_days: tuple[str, ...] = ()
    question_sets: tuple[str, ...] = ()
    one_unit: Literal["apart", "free"] = "apart"

    @property
    def lots(self) -> Purpose:
        """The draw that gives candidates their lots."""
        return next(purpose for purpose in reversed(self.held) if purpose in LOTS)

    def faults(self) -> list[tuple[str, str]]:
        """Keys that contradict each other or hold what a list cannot, each with what would be accepted."""
        found: list[tuple[str, str]] = []
        if not set(self.held) & set(LOTS):
            found.append(("held", " | ".join(LOTS)))
        for key in ("held", "parties", "half_days", "question_sets"):
            if any(times > 1 for times in Counter(getattr(self, key)).values()):
                found.append((key, "1 ×"))
        for key in ("half_days", "question_sets"):
            if not all(_NAME.fullmatch(name) for name in getattr(self, key)):
                found.append((key, "A-Z a-z 0-9 . _ -"))
        if len(self.half_days) > 9 or ("sessions" in self.held and not self.half_days):
            found.append(("half_days", "1 … 9"))
        if "questions" in self.held and len(self.question_sets) < max(1, len(self.half_days)):
            found.append(("question_sets", f"≥ {max(1, len(self.half_days))}"))
        at = [self.held.index(purpose) for purpose in LOTS if purpose in self.held]
        if at != sorted(at) or self._judges_before_panel():
            found.append(("held", "pool → seats; places → sessions → order"))
        return found

    def _judges_before_panel(self) -> bool:
        both = {"pool", "seats"} <= set(self.held)
        return both and self.held.index("seats") < self.held.index("pool")


NO_DRAWING = Drawing()
