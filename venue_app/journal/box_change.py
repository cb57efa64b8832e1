"""What changed in the box of an open poll, for whoever keeps a second one: as orderless as the box itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BoxChange:
    """Papers put in or taken out, ascending by their bytes, and numbers of slips, ascending: never which goes with which.

    `whole` says that this is all that is in the box. `longest` is how many bytes a paper may have. Without a poll it
    says that every open poll's box was told whole.
    """

    poll: str = ""
    longest: int = 0
    whole: bool = False
    put: tuple[bytes, ...] = ()
    removed: tuple[bytes, ...] = ()
    used: tuple[int, ...] = ()
    exchanged: tuple[int, ...] = ()
