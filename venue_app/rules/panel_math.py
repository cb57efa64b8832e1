"""The arithmetic of a panel: totals, trims, means; integers wherever the marks are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import lcm

from venue_app.rules.facts import Marks
from venue_app.rules.number import Num, cut
from venue_app.scheme.judging import Group, Rounding, Trim


class Sheets:
    """How a group's sheets are added up: `total(marks) / den` is a sheet's total."""

    __slots__ = ("cuts", "den", "group", "plain", "weights")

    def __init__(self, group: Group) -> None:
        weights = [Fraction(c.weight) for c in group.criteria]
        common = lcm(*(w.denominator for w in weights))
        self.group = group
        self.weights = tuple(int(w * common) for w in weights)
        self.den = common * 10**group.places
        self.plain = all(w == 1 for w in self.weights)
        self.cuts: dict[int, tuple[Trim, int, int]] = {}

    def trim(self, count: int) -> tuple[Trim, int, int]:
        """The trim for `count` sheets: the rule, how many of the lowest go, where the kept ones end."""
        if count not in self.cuts:
            rule = self.group.trim_for(count)
            high, low = rule.cut(count)
            self.cuts[count] = rule, low, count - high
        return self.cuts[count]

    def leaves(self, count: int) -> bool:
        """Whether the trim leaves any of `count` sheets."""
        _rule, low, end = self.trim(count)
        return end > low

    def total(self, marks: Marks) -> int:
        """A sheet's weighted total, as an integer over `den`."""
        return sum(marks) if self.plain else sum(m * w for m, w in zip(marks, self.weights, strict=True))


@lru_cache(maxsize=64)
def sheets_of(group: Group) -> Sheets:
    """The same for a group that is asked for again and again."""
    return Sheets(group)


def middle(group: Group, kept: Sequence[Num]) -> tuple[Num, int]:
    """What kept numbers (in order) come to by the group's `take`: a numerator and its divisor."""
    if group.take == "sum":
        return sum(kept), 1
    if group.take == "median":
        half = len(kept) // 2
        return (kept[half], 1) if len(kept) % 2 else (kept[half - 1] + kept[half], 2)
    return sum(kept), len(kept)


def _over(number: Num, by: int) -> Fraction:
    return Fraction(number.numerator, number.denominator * by)


def _cut(number: Num, den: int, rounding: Rounding) -> tuple[Num, int]:
    """As `cut`, but an exact result always over 1."""
    return (_over(number, den), 1) if rounding.mode == "exact" else cut(number, den, rounding)


def outcome(sheets: Sheets, counted: Sequence[Marks], rounding: Rounding) -> tuple[Num, int]:
    """The result of complete sheets, cut, over its denominator; the sheets' order does not matter."""
    group = sheets.group
    trim, low, end = sheets.trim(len(counted))
    if trim.on == "criteria":
        whole = sum(
            (
                _criterion_mean(group, counted, index, low, end) * Fraction(c.weight)
                for index, c in enumerate(group.criteria)
            ),
            Fraction(0),
        )
        return _cut(whole, 1, rounding)
    totals: list[Num] = list(map(sum, counted)) if sheets.plain else list(map(sheets.total, counted))
    den = sheets.den
    if group.total_rounding.mode != "exact":
        totals = [cut(total, den, group.total_rounding)[0] for total in totals]
        den = 10**group.total_rounding.places
    totals.sort()
    number, by = middle(group, totals[low:end])
    return _cut(number, by * den, rounding)


def quick(sheets: Sheets, rounding: Rounding) -> Callable[[Iterable[Marks]], int] | None:
    """What `outcome` gives, for the common case on the shortest way: plain totals, mean, half-up. Else None."""
    group = sheets.group
    on_totals = all(trim.on == "totals" for trim in group.trim)
    plain = sheets.plain and group.total_rounding.mode == "exact"
    if not (on_totals and plain and group.take == "mean" and rounding.mode == "half-up"):
        return None
    scale = 2 * 10**rounding.places

    def work(counted: Iterable[Marks]) -> int:
        totals = list(map(sum, counted))
        count = len(totals)
        _rule, low, end = sheets.trim(count)
        bottom = (end - low) * sheets.den
        if low == 1 and end == count - 1:
            kept: int = sum(totals) - max(totals) - min(totals)
        else:
            totals.sort()
            kept = sum(totals[low:end])
        whole: int = (kept * scale + bottom) // (2 * bottom)
        return whole

    return work


def _criterion_mean(group: Group, counted: Sequence[Marks], index: int, low: int, end: int) -> Fraction:
    marks = sorted(marks[index] for marks in counted)
    number, by = middle(group, marks[low:end])
    top, den = cut(number, by * 10**group.places, group.criterion_rounding)
    return _over(top, den)


def exact_totals(group: Group, sheets: Mapping[int, Marks]) -> dict[int, Fraction]:
    """Each sheet's total by seat, cut as the group states."""
    scale = sheets_of(group)
    return {
        seat: _over(*cut(scale.total(marks), scale.den, group.total_rounding))
        for seat, marks in sheets.items()
    }


def voided(group: Group, sheets: Mapping[int, Marks]) -> tuple[int, ...]:
    """Seats whose total lies too far from the middle of all."""
    rule = group.discard
    if rule is None or not sheets:
        return ()
    totals = exact_totals(group, sheets)
    ordered = sorted(totals.values())
    half = len(ordered) // 2
    if rule.of == "mean":
        centre = sum(ordered, Fraction(0)) / len(ordered)
    else:
        centre = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    allowed = Fraction(rule.beyond) * (centre / 100 if rule.percent else 1)
    return tuple(sorted(seat for seat, total in totals.items() if abs(total - centre) > allowed))


Dropped = dict[str, tuple[tuple[int, ...], tuple[int, ...], Fraction]]


def dropped_seats(
    group: Group, counted: Mapping[int, Marks]
) -> tuple[tuple[int, ...], tuple[int, ...], Dropped]:
    """Seats dropped at the top and at the bottom, or the same by criterion with the criterion's mean."""
    trim = group.trim_for(len(counted))
    high, low = trim.cut(len(counted))
    if trim.on == "totals":
        return (*_extremes(exact_totals(group, counted), high, low), {})
    found: Dropped = {}
    for index, criterion in enumerate(group.criteria):
        top, bottom = _extremes({seat: Fraction(marks[index]) for seat, marks in counted.items()}, high, low)
        mean = _criterion_mean(group, list(counted.values()), index, low, len(counted) - high)
        found[criterion.id] = (top, bottom, mean)
    return (), (), found


def _extremes(
    numbers: Mapping[int, Fraction], high: int, low: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Of equal numbers the later seats are dropped at the top, the earlier at the bottom."""
    order = sorted(numbers, key=lambda seat: (numbers[seat], seat))
    return tuple(sorted(order[len(order) - high :])) if high else (), tuple(sorted(order[:low]))
