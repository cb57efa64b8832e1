"""What can be asked of a draw, step by step: list, freeze, commit, public part, reveal, draw; and afterwards.

Each is about the draw of one `purpose`; the plan's `[draw]` says which are held, and in which order.
"""

from __future__ import annotations

from venue_app.domain.bases import CommandBase
from venue_app.domain.nouns import ChangeKind, Judge, Opened, Purpose


class ListJudges(CommandBase, frozen=True, kw_only=True, tag="list-judges"):
    """The judges, or the larger body, out of whom a draw names the panel or gives the seats."""

    judges: tuple[Judge, ...]


class FreezeDraw(CommandBase, frozen=True, kw_only=True, tag="freeze-draw"):
    """Freeze the list of a draw, and commit to the program's own contribution.

    `missing` are the identifiers of those who are not there: off the list where the plan says that the absent
    are out, on it otherwise.
    """

    purpose: Purpose = "order"
    missing: tuple[str, ...] = ()


class CommitDraw(CommandBase, frozen=True, kw_only=True, tag="commit-draw"):
    """A party shows what it commits to: SHA-256 (hex) of `venue-draw-commit-1,PARTY,NONCE`."""

    purpose: Purpose = "order"
    party: str
    commitment: str


class GivePublic(CommandBase, frozen=True, kw_only=True, tag="give-public"):
    """What was thrown or spoken in the hall (dice digits, words), once everybody has committed."""

    purpose: Purpose = "order"
    public: str


class RevealDraw(CommandBase, frozen=True, kw_only=True, tag="reveal-draw"):
    """A party's contribution comes to light: `revealed`, or from the `envelope`, or `void` with an empty nonce.

    `second` saw the envelope opened; the proctor's own party needs none for what is `revealed`.
    """

    purpose: Purpose = "order"
    party: str
    nonce: str = ""
    opened: Opened = "revealed"
    second: str = ""


class HoldDraw(CommandBase, frozen=True, kw_only=True, tag="hold-draw"):
    """Reveal the program's contribution and draw. `public` may be given at the same moment."""

    purpose: Purpose = "order"
    public: str = ""


class TypeDraw(CommandBase, frozen=True, kw_only=True, tag="type-draw"):
    """A draw held with slips or balls: place → identifiers in order of seats, typed twice, with two witnesses.

    `reserve` is the order of those left over, where there are any; `typists` who typed, the first and the second.
    """

    purpose: Purpose = "order"
    result: dict[str, tuple[str, ...]]
    again: dict[str, tuple[str, ...]]
    reserve: tuple[str, ...] = ()
    witnesses: tuple[str, ...]
    means: str
    typists: tuple[str, ...] = ()


class ChangeDraw(CommandBase, frozen=True, kw_only=True, tag="change-draw"):
    """After the draw: `id` withdraws, stays away, comes late to `place`, or is replaced from the reserve."""

    purpose: Purpose = "order"
    change: ChangeKind
    id: str
    place: str = ""
    reason: str
    second: str


class DiscardDraw(CommandBase, frozen=True, kw_only=True, tag="discard-draw"):
    """Set the draw aside before anybody was called; it stays on record."""

    purpose: Purpose = "order"
    reason: str
    second: str
