"""Limits on a number in a scheme file."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Bounds:
    """From `low` (excluded when `above`) to `high`, where given."""

    low: int | None = None
    high: int | None = None
    above: bool = False

    def hold(self, number: Decimal | int) -> bool:
        """Whether `number` lies within."""
        if self.low is not None and (number < self.low or (self.above and number == self.low)):
            return False
        return self.high is None or number <= self.high

    def words(self) -> str:
        """The limits as signs that need no language: `≥ 0`, `1 … 50`."""
        if self.low is None and self.high is None:
            return "−∞ … ∞"
        if self.high is None:
            return f"{'>' if self.above else '≥'} {self.low}"
        return f"{'−∞' if self.low is None else self.low} … {self.high}"
