"""Working: how a number came about, as a tree that can be shown, printed and read aloud."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from venue_app.rules.number import Reason, spoken
from venue_app.scheme.judging import Rounding
from venue_app.scheme.text import Text


@dataclass(frozen=True, slots=True)
class Node:
    """One number: its `kind` (says which sentence), `title`, printed `value` (None: `reason`), what it is made of.

    `params` are the numbers of the sentence, already in plain notation; `words` are phrases of the scheme in
    it. `rounding` is the cut that led to `value`.
    """

    kind: str
    title: Text
    value: str | None
    params: dict[str, str] = field(default_factory=dict)
    children: tuple[Node, ...] = ()
    reason: Reason | None = None
    rounding: Rounding | None = None
    words: dict[str, Text] = field(default_factory=dict)


def shown(value: Decimal | Fraction | None) -> str | None:
    """A value in plain notation, or None."""
    return None if value is None else spoken(value)
