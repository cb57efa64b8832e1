"""Every size on the screen comes from here: type on one scale, space on 4/8, one radius, one elevation.

All numbers are device-independent pixels; a 4K screen at scale 2 shows the same sizes sharper.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

RADIUS = 6
HAIRLINE = 1
RING = 2
"""Width of the focus ring and of the gap that sets it off from a filled button."""

LARGE_FACTOR = 1.25
HALL_FACTOR = 3.0
PAGE_WIDTH = 1366
PAGE_HEIGHT = 768
"""The smallest window in which everything must fit."""


class Type(IntEnum):
    """The type scale, in pixels of the ordinary set."""

    CAPTION = 13
    BODY = 15
    LEAD = 18
    TITLE = 24
    DISPLAY = 32
    HERO = 48


def space(steps: float) -> int:
    """`steps` of four pixels: 1 is tight, 2 between things that belong together, 4 around, 6 between groups."""
    return round(4 * steps)


@dataclass(frozen=True, slots=True)
class Scale:
    """How large type and targets are drawn: 1 ordinary, 1.25 large type, 3 in the hall."""

    factor: float = 1.0
    touch: bool = False

    def px(self, size: float) -> int:
        """A size of the ordinary set in this set."""
        return round(size * self.factor)

    @property
    def target(self) -> int:
        """Least height and width of anything that is pressed: 40 with a mouse, 56 by touch."""
        return max(56 if self.touch else 40, self.px(36))

    @property
    def mark(self) -> int:
        """Edge of a state mark's shape beside body text."""
        return self.px(18)
