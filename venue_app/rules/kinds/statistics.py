"""Numbers of a whole set: means, medians, extremes, deviation, rank; and marks measured by the best."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from venue_app.rules.context import Columns, Context, value_at
from venue_app.rules.kinds.base import Inner, Shown, exact_column, gather
from venue_app.rules.number import Column, Reason, decimal, spoken, text
from venue_app.scheme.components import Component
from venue_app.scheme.derived import Best, Statistic
from venue_app.scheme.judging import Rounding

OTHERS = "others_missing"


def root(number: Fraction, rounding: Rounding) -> Fraction:
    """The square root of `number`, cut exactly as stated (never by way of another rounding)."""
    scale = 10**rounding.places
    top = number.numerator * scale * scale
    floor = isqrt(top // number.denominator)
    if rounding.mode == "half-up" or rounding.mode == "half-even":
        # a root never lies exactly half-way unless it ends there, where half-up and half-even part
        twice = (2 * floor + 1) ** 2 * number.denominator
        above = 4 * top > twice or (4 * top == twice and (rounding.mode == "half-up" or floor % 2 == 1))
        floor += above
    elif rounding.mode == "up":
        floor += floor * floor * number.denominator < top
    return Fraction(floor, scale)


def trimmed(numbers: list[Fraction], high: int, low: int) -> list[Fraction]:
    """Numbers in order without their extremes; all of them when dropping would leave none."""
    ordered = sorted(numbers)
    return ordered if len(ordered) <= high + low else ordered[low : len(ordered) - high]


def mean(numbers: list[Fraction]) -> Fraction:
    """The exact mean of at least one number."""
    return sum(numbers, Fraction(0)) / len(numbers)


def _take(component: Statistic, numbers: list[Fraction], rounding: Rounding) -> Fraction:
    kept = trimmed(numbers, component.drop_high, component.drop_low)
    half = len(kept) // 2
    match component.take:
        case "mean":
            return mean(kept)
        case "median":
            return kept[half] if len(kept) % 2 else (kept[half - 1] + kept[half]) / 2
        case "highest":
            return kept[-1]
        case "lowest":
            return kept[0]
        case "sum":
            return sum(kept, Fraction(0))
        case "count":
            return Fraction(len(kept))
        case _:
            middle = mean(kept)
            return root(mean([(n - middle) ** 2 for n in kept]), rounding)


def statistic_column(context: Context, component: Component, done: Columns) -> Column:
    """The set's number for each row of the set; a rank is the row's own."""
    assert isinstance(component, Statistic)
    source = done[component.of]
    rounding = context.scheme.rounding_of(component)
    cells: list[Fraction | Reason] = [Reason(OTHERS, {"component": component.of})] * len(context.ids)
    for rows, awaited in gather(context, source, component.within).values():
        numbers = {row: value for row in rows if (value := value_at(source, row)) is not None}
        if awaited or not numbers:
            continue
        if component.take == "rank":
            for row, value in numbers.items():
                cells[row] = Fraction(1 + sum(other > value for other in numbers.values()))
            continue
        result = _take(component, list(numbers.values()), rounding)
        for row in context.frame.sets(component.within)[
            context.where(context.ids[rows[0]], component.within)
        ]:
            cells[row] = result
    for row, reason in source.why.items():
        if component.take == "rank":
            cells[row] = reason
    return exact_column(cells, rounding)


def statistic_shown(
    context: Context, component: Component, done: Columns, index: int, _inner: Inner
) -> Shown:
    """What was taken, of how many, in which set."""
    assert isinstance(component, Statistic)
    where = context.where(context.ids[index], component.within)
    rows, _awaited = gather(context, done[component.of], component.within).get(where, ([], False))
    params = {"take": component.take, "within": component.within, "where": where, "count": str(len(rows))}
    params |= {"high": str(component.drop_high), "low": str(component.drop_low)}
    return Shown(params, words={"of": context.scheme.component(component.of).title})


def best_column(context: Context, component: Component, done: Columns) -> Column:
    """The mark as a share of the set's best, times points."""
    assert isinstance(component, Best)
    source = done[component.of]
    cells: list[Fraction | Reason] = [Reason(OTHERS, {"component": component.of})] * len(context.ids)
    for rows, awaited in gather(context, source, component.within).values():
        numbers = {row: value for row in rows if (value := value_at(source, row)) is not None}
        best = max(numbers.values(), default=Fraction(0))
        for row, value in numbers.items():
            if not awaited:
                cells[row] = value / best * Fraction(component.points) if best else Reason("division_by_zero")
    for row, reason in source.why.items():
        cells[row] = reason
    return exact_column(cells, context.scheme.rounding_of(component))


def best_shown(context: Context, component: Component, done: Columns, index: int, inner: Inner) -> Shown:
    """The mark, the best, the points."""
    assert isinstance(component, Best)
    where = context.where(context.ids[index], component.within)
    rows, _awaited = gather(context, done[component.of], component.within).get(where, ([], False))
    best = max(
        (v for row in rows if (v := value_at(done[component.of], row)) is not None), default=Fraction(0)
    )
    made = inner(component.of)
    params = {"of": made.value or "", "best": spoken(decimal(best)), "points": text(component.points)}
    return Shown(params | {"within": component.within}, (made,))
