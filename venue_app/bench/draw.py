"""How even the draw is: a million draws, counted by place and by neighbour, against what chance alone would give.

The seeds are numbered, so that everybody who repeats this gets the same figures. Floating point serves the
statistics only; the draw itself knows none.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from time import perf_counter_ns

from venue_app.rules.draw import order
from venue_app.rules.drawing import Item, Place, Plan, Rules, hold

PEOPLE = 10
DRAWS = 1_000_000
#: Judges are drawn by the whole procedure with its constraints, which is slower: one for so many plain draws.
PER_JUDGE_DRAW = 100
_PROVED = 1000


def bench_draw(draws: int = DRAWS) -> dict[str, object]:
    """Chi-square, degrees of freedom and p-value of three counts over `draws` draws of ten people.

    position: who stands where, all places at once. neighbours: who follows whom, at a place that moves on from
    draw to draw so that the counts are independent. last_seat: which of eight judges of four units takes the last
    seat of two rooms in which no unit may sit twice. Raises `ValueError` for fewer draws than cells need.
    """
    if draws < PEOPLE * PEOPLE * PER_JUDGE_DRAW // 10:
        raise ValueError(draws)
    began = perf_counter_ns()
    names = [f"E{number:03d}" for number in range(1, PEOPLE + 1)]
    places = [[0] * PEOPLE for _ in names]
    follows = [[0] * PEOPLE for _ in names]
    for number, row in enumerate(_rows(names, draws)):
        if number < _PROVED and [names[x] for x in row] != list(order(_seed(number), names)):
            raise AssertionError("the bench must draw as the rule does")
        for place, who in enumerate(row):
            places[who][place] += 1
        at = number % (PEOPLE - 1)
        follows[row[at]][row[at + 1]] += 1
    return {
        "draws": draws,
        "people": PEOPLE,
        "position": _position(places, draws),
        "neighbours": _even([n for a, row in enumerate(follows) for b, n in enumerate(row) if a != b]),
        "last_seat": _even(_last_seats(draws // PER_JUDGE_DRAW)),
        "milliseconds": (perf_counter_ns() - began) // 1_000_000,
    }


def _seed(number: int) -> str:
    return f"venue-draw-2,bench,{number}"


def _rows(names: list[str], draws: int) -> Iterator[list[int]]:
    """The orders as indices into `names`. The seed is hashed once a draw and carried on for each name."""
    endings = [(index, name.encode()) for index, name in enumerate(names)]
    for number in range(draws):
        begun = hashlib.sha256(f"{_seed(number)},".encode())
        tickets = []
        for index, ending in endings:
            ticket = begun.copy()
            ticket.update(ending)
            tickets.append((ticket.digest(), index))
        tickets.sort()
        yield [index for _, index in tickets]


def _last_seats(draws: int) -> list[int]:
    judges = tuple(Item(f"J{n}", traits={"unit": f"U{n // 2}"}) for n in range(8))
    plan = Plan("seats", (Place("R1", 3), Place("R2", 3)), judges, Rules(distinct="unit", reserve=True))
    counts = {judge.id: 0 for judge in judges}
    for number in range(draws):
        counts[hold(plan, _seed(number)).places["R2"][-1]] += 1
    return list(counts.values())


def _position(counts: list[list[int]], draws: int) -> dict[str, object]:
    """A draw fills one cell in each row and column, which makes cells less even than loose counts by n / (n - 1)."""
    n = len(counts)
    chi = chi_square([cell for row in counts for cell in row]) * (n - 1) / n
    assert sum(map(sum, counts)) == n * draws
    return _said(chi, (n - 1) ** 2)


def _even(counts: list[int]) -> dict[str, object]:
    return _said(chi_square(counts), len(counts) - 1)


def _said(chi: float, degrees: int) -> dict[str, object]:
    return {"chi_square": f"{chi:.2f}", "degrees": degrees, "p": f"{upper_tail(chi, degrees):.4f}"}


def chi_square(counts: list[int]) -> float:
    """Pearson's statistic of counts that should all be equal."""
    expected = sum(counts) / len(counts)
    return sum((count - expected) ** 2 for count in counts) / expected


def upper_tail(chi: float, degrees: int) -> float:
    """How often chance alone gives a statistic of `chi` or more: the regularised upper incomplete gamma function.

    Series below the mean and a continued fraction (Lentz) above it, as in Abramowitz and Stegun 6.5.29 and 6.5.31.
    """
    if chi <= 0:
        return 1.0
    a, x = degrees / 2, chi / 2
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        step = 0
        while term > total * 1e-16:
            step += 1
            term *= x / (a + step)
            total += term
        return 1 - front * total
    b = x + 1 - a
    c, d = 1e300, 1 / b
    fraction = d
    for step in range(1, 10_000):
        weight = -step * (step - a)
        b += 2
        d = 1 / (weight * d + b)
        c = b + weight / c
        fraction *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return front * fraction
