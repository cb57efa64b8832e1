"""Facts of realistic size for the presets, and plain arithmetic to check them by.

The numbers come from a simple congruence, so that they are the same everywhere. The arithmetic here shares
nothing with the program's: Python's decimal module, sorted lists, one person at a time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Any

from click.testing import CliRunner

from venue_app.cli.rules import compute as compute_command

WIDE = Context(prec=60)


class Stream:
    """Numbers that look scattered and never change."""

    def __init__(self, seed: int) -> None:
        self.state = seed * 2654435761 % 2**32

    def below(self, limit: int) -> int:
        """0 to limit - 1."""
        self.state = (self.state * 1664525 + 1013904223) % 2**32
        return (self.state >> 8) % limit

    def between(self, low: int, high: int) -> int:
        """low to high, both included."""
        return low + self.below(high - low + 1)

    def pick(self, choices: Sequence[Any]) -> Any:
        """One of the choices."""
        return choices[self.below(len(choices))]


def half_up(number: Decimal, places: int = 2) -> Decimal:
    """Rounded half-up, in a context wide enough for everything here."""
    with localcontext(WIDE):
        return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def over(top: Any, bottom: Any) -> Decimal:
    """A quotient to 60 digits."""
    with localcontext(WIDE):
        return Decimal(top) / Decimal(bottom)


def trimmed_mean(marks: Sequence[Decimal], high: int = 1, low: int = 1) -> Decimal:
    """The mean without extremes, half-up to 2 places."""
    kept = sorted(marks)[low : len(marks) - high]
    return half_up(over(sum(kept), len(kept)))


def computed(tmp_path: Any, scheme: str, facts: dict[str, Any], *more: str) -> dict[str, Any]:
    """What `venue-app compute` prints for a preset and facts."""
    path = tmp_path / "facts.json"
    path.write_text(json.dumps({"format": 1, **facts}, ensure_ascii=False), encoding="utf-8")
    done = CliRunner().invoke(compute_command, ["--scheme", scheme, "--facts", str(path), *more])
    assert done.exit_code == 0, done.output
    plain: dict[str, Any] = json.loads(done.stdout)
    return plain


def passed(results: dict[str, Any], round_id: str) -> dict[str, list[str]]:
    """Who goes on after a round, by post."""
    return {
        post: sorted(item["rounds"][round_id]["passed"])
        for post, item in results["posts"].items()
        if round_id in item["rounds"]
    }


def best(values: Mapping[str, tuple[Decimal, ...]], count: int) -> list[str]:
    """The first `count` by values from high to low, everyone tied with the last of them included."""
    order = sorted(values, key=lambda name: values[name], reverse=True)
    if len(order) <= count:
        return sorted(order)
    last = values[order[count - 1]]
    return sorted(name for name in order if values[name] >= last)
