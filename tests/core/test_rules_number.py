"""Rounding, worked by hand on the edges."""

from __future__ import annotations

import ast
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import venue_app.rules
import venue_app.scheme
from venue_app.rules.number import cut, decimal, fixed, round_units, text, units
from venue_app.scheme.judging import EXACT, Mode, Rounding
from venue_app.scheme.numbers import on_step

# number, places, then half-up, truncate, half-even (GB/T 8170), up
EDGES = [
    ("28.165", 2, "28.17", "28.16", "28.16", "28.17"),
    ("28.175", 2, "28.18", "28.17", "28.18", "28.18"),
    ("0.005", 2, "0.01", "0.00", "0.00", "0.01"),
    ("0.0049", 2, "0.00", "0.00", "0.00", "0.01"),
    ("15.4546", 0, "15", "15", "15", "16"),
    ("15.5", 0, "16", "15", "16", "16"),
    ("14.5", 0, "15", "14", "14", "15"),
    ("99.995", 2, "100.00", "99.99", "100.00", "100.00"),
    ("84.50", 2, "84.50", "84.50", "84.50", "84.50"),
    ("-0.005", 2, "-0.01", "0.00", "0.00", "-0.01"),
]


@pytest.mark.parametrize(("number", "places", "half_up", "truncated", "half_even", "up"), EDGES)
def test_edges(number, places, half_up, truncated, half_even, up):
    wanted: dict[Mode, str] = {"half-up": half_up, "truncate": truncated, "half-even": half_even, "up": up}
    for mode, expected in wanted.items():
        found = fixed(round_units(Fraction(Decimal(number)), 1, Rounding(places, mode)), places)
        assert text(found) == expected, mode


_ANY = st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**6, places=6)


@given(
    _ANY,
    _ANY,
    st.sampled_from(["0.1", "0.05", "1", "2.5", "0.000001", "1E-30", "300000000000000000000000000000"]),
)
def test_a_step_is_a_whole_number_of_times_the_step(number, start, step):
    """Against rationals, which cannot be wrong."""
    whole = (Fraction(number) - Fraction(start)) % Fraction(Decimal(step)) == 0
    assert on_step(number, start, Decimal(step)) == whole


def test_steps_of_very_long_numbers():
    longest = Decimal("9" * 30 + "." + "9" * 30)
    assert on_step(longest, Decimal(0), Decimal("1E-30"))
    assert not on_step(longest, Decimal(0), Decimal("2E-30")), "an odd number of halves of the step"
    assert not on_step(Decimal("1E-31"), Decimal(0), Decimal("1E-31")), "nobody writes so many digits"
    assert not on_step(Decimal("1E9999999"), Decimal(0), Decimal(1))


def test_thirds_never_pass_through_another_rounding():
    # 250/3 = 83.3333…; 500/3 = 166.6666…
    assert fixed(round_units(250, 3, Rounding(2)), 2) == Decimal("83.33")
    assert fixed(round_units(500, 3, Rounding(2)), 2) == Decimal("166.67")
    assert fixed(round_units(500, 3, Rounding(2, "truncate")), 2) == Decimal("166.66")


def test_exact_leaves_a_number_alone():
    assert cut(7, 3, EXACT) == (7, 3)


def test_decimals_print_plainly():
    assert text(decimal(8450, 100)) == "84.5"
    assert text(decimal(1, 3)) == "1/3"
    assert text(fixed(8450, 2)) == "84.50"
    assert text(decimal(10**30)) == "1" + "0" * 30
    assert text(decimal(1, 2**40)) == "0.0000000000009094947017729282379150390625"


def test_units_refuse_what_does_not_fit():
    assert units(Decimal("23.2"), 1) == 232
    with pytest.raises(ValueError):
        units(Decimal("23.25"), 1)


def _floats(tree: ast.AST) -> list[int]:
    """Lines with a float literal or the name float."""
    lines = []
    for node in ast.walk(tree):
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
        named = isinstance(node, ast.Name) and node.id == "float"
        if literal or named:
            lines.append(node.lineno)  # type: ignore[attr-defined]
    return lines


@pytest.mark.parametrize("package", [venue_app.rules, venue_app.scheme])
def test_no_float_in_rules_or_scheme(package):
    files = sorted(Path(package.__path__[0]).rglob("*.py"))
    assert len(files) > 10
    found = {str(file): _floats(ast.parse(file.read_text(encoding="utf-8"))) for file in files}
    assert {file: lines for file, lines in found.items() if lines} == {}


def test_the_lint_sees_a_float():
    assert _floats(ast.parse("x = 0.5\ny = float(3)")) == [1, 2]
