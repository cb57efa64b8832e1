"""The measure of fairness: its statistics against printed tables, and that it would notice an unfair draw."""

from __future__ import annotations

import hashlib
import json
from math import exp

import pytest

from venue_app.bench import draw as bench


@pytest.mark.parametrize(
    ("chi", "degrees", "tail"),
    # Percentage points of the chi-square distribution as printed in statistical tables.
    [
        (3.841, 1, 0.05),
        (6.635, 1, 0.01),
        (18.307, 10, 0.05),
        (2.558, 10, 0.99),
        (124.342, 100, 0.05),
        (77.929, 100, 0.95),
        (149.449, 100, 0.001),
    ],
)
def test_upper_tail_agrees_with_the_tables(chi, degrees, tail):
    assert bench.upper_tail(chi, degrees) == pytest.approx(tail, rel=2e-3)


@pytest.mark.parametrize("chi", [0.1, 1.0, 3.9, 4.1, 10.0, 60.0])
def test_two_degrees_are_a_plain_exponential(chi):
    assert bench.upper_tail(chi, 2) == pytest.approx(exp(-chi / 2), rel=1e-12)
    assert bench.upper_tail(chi, 4) == pytest.approx(exp(-chi / 2) * (1 + chi / 2), rel=1e-12)


def test_nothing_astray_is_no_surprise():
    assert bench.upper_tail(0, 5) == 1
    assert bench.chi_square([7, 7, 7]) == 0
    assert bench.chi_square([5, 15]) == pytest.approx(5)  # (25 + 25) / 10


def test_the_draw_passes():
    found = bench.bench_draw(3000)
    assert json.loads(json.dumps(found)) == found
    degrees = {"position": 81, "neighbours": 89, "last_seat": 7}
    for name, wanted in degrees.items():
        part = found[name]
        assert isinstance(part, dict) and part["degrees"] == wanted
        assert 0.001 < float(part["p"]) < 0.999


def test_a_shuffle_with_a_modulo_would_be_noticed(monkeypatch):
    """The usual mistake: everybody swaps with anybody, a digest's byte modulo ten."""

    def shuffled(names, draws):
        for number in range(draws):
            row = list(range(len(names)))
            digest = hashlib.sha256(f"{number}".encode()).digest()
            for place in row[:]:
                other = digest[place] % len(row)
                row[place], row[other] = row[other], row[place]
            yield row

    monkeypatch.setattr(bench, "_rows", shuffled)
    monkeypatch.setattr(bench, "_PROVED", 0)
    position = bench.bench_draw(20_000)["position"]
    assert isinstance(position, dict) and float(position["p"]) < 0.0001


def test_a_twin_that_draws_otherwise_is_refused(monkeypatch):
    monkeypatch.setattr(bench, "_rows", lambda names, draws: iter([list(range(len(names)))] * draws))
    with pytest.raises(AssertionError):
        bench.bench_draw(2000)


def test_too_few_draws_mean_nothing():
    with pytest.raises(ValueError, match="99"):
        bench.bench_draw(99)
