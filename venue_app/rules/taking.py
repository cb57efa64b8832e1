"""How many go on, and who: ratio, count, ties at the cut, several that are close."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from venue_app.rules.number import Reason, people
from venue_app.rules.ties import Tied
from venue_app.scheme.rounds import Round


@dataclass(frozen=True, slots=True)
class Taken:
    """Those who go on, in order; those whose tie at the cut is not decided, and what it waits for."""

    inside: tuple[str, ...]
    undecided: tuple[str, ...] = ()
    reason: Reason | None = None
    warnings: tuple[Reason, ...] = ()


def limit_of(rule: Round, places: int, competing: int) -> int | None:
    """How many may go on for so many places and competitors; None when everybody who meets the gates does."""
    for row in rule.by_places:
        if row.places <= places <= (row.places_to if row.places_to is not None else row.places):
            if row.count is not None:
                return row.count
            return None if row.ratio is None else people(Fraction(row.ratio) * places, rule.ratio_rounding)
    if rule.count is not None:
        return rule.count
    if rule.share is not None:
        return people(Fraction(rule.share) * competing, rule.ratio_rounding)
    return None if rule.ratio is None else people(Fraction(rule.ratio) * places, rule.ratio_rounding)


def cut_at(rule: Round, order: Sequence[Tied], limit: int | None) -> Taken:
    """The first `limit` of an order; a tie across the cut goes by the chain's open link or the round's rule."""
    inside: list[str] = []
    for tied in order:
        if limit is None or len(inside) + len(tied.names) <= limit:
            inside += tied.names
            continue
        if len(inside) >= limit:
            break
        if tied.open is not None:
            return Taken(tuple(inside), tied.names, tied.open)
        if rule.ties_at_cut == "all":
            inside += tied.names
        elif rule.ties_at_cut == "decide":
            return Taken(tuple(inside), tied.names, Reason("tie_undecided", {"limit": str(limit)}))
        break
    return Taken(tuple(inside))


def with_close(rule: Round, order: Sequence[Tied], taken: Taken, values: Mapping[str, Fraction]) -> Taken:
    """More go forward when the leader is weak or several are close (差额)."""
    close = rule.close
    if close is None or taken.undecided or not taken.inside or len(taken.inside) >= close.count:
        return taken
    leader, last = values[taken.inside[0]], values[taken.inside[-1]]
    if close.leader_below is not None and leader >= Fraction(close.leader_below):
        return taken
    near = [
        tied
        for tied in order
        if tied.names[0] in taken.inside
        or close.margin is None
        or abs(last - values[tied.names[0]]) <= Fraction(close.margin)
    ]
    return cut_at(rule, near, close.count)
