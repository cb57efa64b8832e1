"""A marking scale in whole steps: what a slider, a keypad and a pair of buttons all agree on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ui.words import Say, Text


@dataclass(frozen=True, slots=True)
class BandSpec:
    """A named stretch of the scale in marks, both ends included: 好, 24 to 30."""

    title: Text
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class MarkSpec:
    """A criterion as a judge sees it. Marks are kept as whole numbers of `step`: 27.5 by 0.5 is 55.

    `minimum` and `maximum` are multiples of `step`, as the scheme has already made sure.
    """

    title: Text
    maximum: Decimal
    step: Decimal = Decimal("0.5")
    minimum: Decimal = Decimal(0)
    bands: tuple[BandSpec, ...] = ()
    hint: Text = ""

    @property
    def lowest(self) -> int:
        """The minimum in steps."""
        return int(self.minimum / self.step)

    @property
    def highest(self) -> int:
        """The maximum in steps."""
        return int(self.maximum / self.step)

    def mark(self, steps: int) -> Decimal:
        """Steps as a mark, with the step's number of decimals."""
        return self.step * steps

    def shown(self, steps: int | None) -> str:
        """Steps as a mark to be read, or a long dash when nothing was given."""
        return "—" if steps is None else format(self.mark(steps), "f")

    def band_at(self, steps: int | None) -> BandSpec | None:
        """The band a mark lies in."""
        if steps is None:
            return None
        mark = self.mark(steps)
        return next((band for band in self.bands if band.low <= mark <= band.high), None)

    def read(self, typed: str) -> int | Say:
        """What somebody typed in steps, or the sentence that says why it cannot be."""
        try:
            mark = Decimal(typed)
        except InvalidOperation:
            return Say("ui.mark_entry.not_number")
        if mark > self.maximum:
            return Say("ui.mark_entry.too_high", maximum=format(self.maximum, "f"))
        if mark < self.minimum:
            return Say("ui.mark_entry.too_low", minimum=format(self.minimum, "f"))
        steps, rest = divmod(mark, self.step)
        if rest != 0:
            return Say("ui.mark_entry.off_step", step=format(self.step, "f"))
        return int(steps)
