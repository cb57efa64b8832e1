"""Sequences in which no two of a kind follow each other, first by tickets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from venue_app.rules.drawing.plan import Item


def apart(ranked: Sequence[Item], key: str) -> tuple[Item, ...] | None:
    """At each step the lowest ticket that differs from the one before and leaves a rest that can be kept apart.

    None when `can_be_apart` says no at the start.
    """
    counts = Counter(item.trait(key) for item in ranked)
    if not can_be_apart(counts, ""):
        return None
    rest, found, last = list(ranked), list[Item](), ""
    while rest:
        for item in rest:
            kind = item.trait(key)
            if kind != last and can_be_apart(counts - Counter([kind]), kind):
                break
        else:
            raise AssertionError("a rest that can be kept apart has a next step")
        rest.remove(item)
        counts[kind] -= 1
        found.append(item)
        last = kind
    return tuple(found)


def can_be_apart(counts: Mapping[str, int], last: str) -> bool:
    """Whether so many of each kind can stand in a row, no two equal side by side and the first unlike `last`.

    Exactly when no kind fills more than every second place, starting at the second for `last`.
    """
    total = sum(counts.values())
    return all(times <= (total if kind == last else total + 1) // 2 for kind, times in counts.items())


def crowd(ranked: Sequence[Item], key: str) -> tuple[str, int]:
    """The kind that comes most often, and how often."""
    counts = Counter(item.trait(key) for item in ranked)
    return max(counts.items(), key=lambda pair: (pair[1], pair[0]))
