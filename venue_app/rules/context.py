"""What every rule may ask while components are worked out: where an entry belongs, its attributes, conditions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from venue_app.rules.belong import attribute, where
from venue_app.rules.counting import Count, counts
from venue_app.rules.facts import Facts
from venue_app.rules.number import Column
from venue_app.scheme.conditions import Condition
from venue_app.scheme.judging import Per
from venue_app.scheme.model import Scheme
from venue_app.scheme.numbers import Limit

Columns = Mapping[str, Column]
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")


class Frame:
    """What does not change while marks come in: who is ranked, where each belongs, ballots, places.

    Made once from entries, posts, candidates, barred and ballots, and carried on when a sheet is added.
    `settled` are entries that an earlier round has left behind for certain: nobody waits for their numbers.
    """

    def __init__(
        self, scheme: Scheme, facts: Facts, ids: tuple[str, ...], settled: frozenset[str] = frozenset()
    ) -> None:
        self.scheme = scheme
        self.facts = facts
        self.ids = ids
        self.settled = settled
        self._rows: dict[str, dict[str, list[int]]] = {}

    @cached_property
    def position(self) -> dict[str, int]:
        """The row of each ranked entry."""
        return {name: index for index, name in enumerate(self.ids)}

    @cached_property
    def ballots(self) -> Mapping[tuple[str, str, str], Count]:
        """Counted boxes by (ballot, where, class)."""
        return counts(self.scheme, self.facts, self.ids)

    @cached_property
    def entered(self) -> dict[str, int]:
        """Entries of each post, ranked or not."""
        found: dict[str, int] = {}
        for entry in self.facts.entries.values():
            found[entry.post] = found.get(entry.post, 0) + 1
        return found

    @cached_property
    def competing(self) -> dict[str, int]:
        """Entries of each post that are ranked and not taken out at once."""
        found: dict[str, int] = {}
        for name in self.ids:
            if not self.out_at_once(name):
                post = self.facts.entries[name].post
                found[post] = found.get(post, 0) + 1
        return found

    def out_at_once(self, name: str) -> bool:
        """Whether an entry was taken out before any round."""
        barred = self.facts.barred.get(name)
        return barred is not None and not barred.after

    def rows(self, within: str) -> dict[str, list[int]]:
        """Rows by the set they belong to, everybody."""
        if within not in self._rows:
            found: dict[str, list[int]] = {}
            entries, facts, by_post = self.facts.entries, self.facts, within == "post"
            for index, name in enumerate(self.ids):
                entry = entries[name]
                found.setdefault(entry.post if by_post else where(facts, entry, within), []).append(index)
            self._rows[within] = found
        return self._rows[within]

    def sets(self, within: str) -> dict[str, list[int]]:
        """Rows by the set they belong to, without those taken out at once."""
        if not any(not barred.after for barred in self.facts.barred.values()):
            return self.rows(within)
        kept = {
            w: [r for r in rows if not self.out_at_once(self.ids[r])] for w, rows in self.rows(within).items()
        }
        return {w: rows for w, rows in kept.items() if rows}


@dataclass(frozen=True)
class Context:
    """A scheme, facts, and the entries worked on (`ids`, the rows of every column)."""

    scheme: Scheme
    facts: Facts
    ids: tuple[str, ...]
    frame: Frame

    @classmethod
    def of(
        cls, scheme: Scheme, facts: Facts, ids: tuple[str, ...], settled: frozenset[str] = frozenset()
    ) -> Context:
        """A context over all ranked entries."""
        return cls(scheme, facts, ids, Frame(scheme, facts, ids, settled))

    def holders(self, per: Per) -> Sequence[str]:
        """For each row the name under which facts stand: the entry, or the person."""
        if per == "entry":
            return self.ids
        entries = self.facts.entries
        return [entries[name].candidate for name in self.ids]

    def where(self, name: str, within: str) -> str:
        """The name of the set an entry belongs to: its post, its room, '' for the event, an attribute."""
        return where(self.facts, self.facts.entries[name], within)

    def attribute(self, name: str, key: str) -> str | None:
        """An attribute of an entry, else of its person, else of its post; None when nobody states it."""
        entry = self.facts.entries[name]
        if key == "entries":
            return str(self.frame.entered.get(entry.post, 0))
        if key == "competitors":
            return str(self.frame.competing.get(entry.post, 0))
        return attribute(self.facts, entry, key)

    def holds(
        self,
        conditions: Sequence[Condition],
        index: int,
        done: Columns,
        extra: Mapping[str, str] | None = None,
    ) -> bool | None:
        """Whether all conditions hold for a row; None while a component they need has no value."""
        verdict: bool | None = True
        for condition in conditions:
            one = self._one(condition, index, done, extra or {})
            if one is False:
                return False
            if one is None:
                verdict = None
        return verdict

    def _one(self, condition: Condition, index: int, done: Columns, extra: Mapping[str, str]) -> bool | None:
        name = self.ids[index]
        word: str | None = None
        number: Fraction | None
        if condition.of:
            number = value_at(done[condition.of], index)
            if condition.present is not None:
                return (number is not None) == (condition.present != condition.negate)
            if number is None:
                return None
        else:
            word = extra.get(condition.attribute, self.attribute(name, condition.attribute))
            number = as_number(word)
        limits = _limits(condition, index, done)
        if limits is None:
            return None
        return _test(condition, word, number, limits) != condition.negate


def _limits(condition: Condition, index: int, done: Columns) -> tuple[Fraction | None, ...] | None:
    """at_least, above, at_most, below as numbers; None while one of them has no value."""
    found: list[Fraction | None] = []
    for limit in (condition.at_least, condition.above, condition.at_most, condition.below):
        number = None if limit is None else limit_at(limit, index, done)
        if limit is not None and number is None:
            return None
        found.append(number)
    return tuple(found)


def _test(
    c: Condition, word: str | None, number: Fraction | None, limits: tuple[Fraction | None, ...]
) -> bool:
    if c.present is not None and (word is not None) != c.present:
        return False
    if c.equals is not None and word != c.equals:
        return False
    if c.any_of and word not in c.any_of:
        return False
    if all(limit is None for limit in limits):
        return True
    return number is not None and within_limits(number, limits)


def within_limits(number: Fraction, limits: tuple[Fraction | None, ...]) -> bool:
    """Whether a number is at_least, above, at_most and below the limits that are given."""
    at_least, above, at_most, below = limits
    return not (
        (at_least is not None and number < at_least)
        or (above is not None and number <= above)
        or (at_most is not None and number > at_most)
        or (below is not None and number >= below)
    )


def value_at(column: Column, index: int) -> Fraction | None:
    """A column's value as a rational."""
    number = column.values[index]
    return None if number is None else Fraction(number.numerator, number.denominator * column.den)


def limit_at(limit: Limit, index: int, done: Columns) -> Fraction | None:
    """A limit as a rational: the number itself, or what the component comes to for this row."""
    return value_at(done[limit], index) if isinstance(limit, str) else Fraction(limit)


def as_number(word: str | None) -> Fraction | None:
    """A word as an exact number, where it is one: `12`, `-3.5`; a date 1985-03-02 as 19850302."""
    if word is None:
        return None
    if _DATE.fullmatch(word):
        return Fraction(word.replace("-", "").ljust(8, "0"))
    return Fraction(word) if _NUMBER.fullmatch(word) else None
