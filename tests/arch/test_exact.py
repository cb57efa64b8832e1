"""Rules are exact and the same for ever: no floats, no chance, no clock."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.arch.code import modules, tree

FORBIDDEN = {"random", "secrets", "time", "datetime", "uuid", "math", "os"}
#: Of `math`, what stays with whole numbers.
WHOLE = {"comb", "factorial", "gcd", "isqrt", "lcm", "perm", "prod"}
EXACT = ("venue_app/rules", "venue_app/scheme", "venue_app/domain")


def faults(parsed: ast.Module) -> Iterator[str]:
    for node in ast.walk(parsed):
        match node:
            case ast.Constant(value=float() | complex()):
                yield f"{node.lineno}: the float {ast.unparse(node)}"
            case ast.Call(func=ast.Name(id="float")):
                yield f"{node.lineno}: float()"
            case ast.Import(names=names) if FORBIDDEN & {n.name.partition(".")[0] for n in names}:
                yield f"{node.lineno}: {ast.unparse(node)}"
            case ast.ImportFrom(module="math", names=names) if {n.name for n in names} <= WHOLE:
                pass
            case ast.ImportFrom(module=str(name), level=0) if name.partition(".")[0] in FORBIDDEN:
                yield f"{node.lineno}: {ast.unparse(node)}"


@pytest.mark.parametrize("module", modules(*EXACT), ids=str)
def test_no_float_chance_or_clock(module: Path):
    assert list(faults(tree(module))) == []


@pytest.mark.parametrize(
    "line",
    [
        "x = 0.5",
        "x = float('1')",
        "x = 1e3",
        "import random",
        "from time import time",
        "import datetime as d",
        "from os import urandom",
        "from math import lcm, sqrt",
    ],
)
def test_each_fault_is_seen(line):
    assert len(list(faults(ast.parse(line)))) == 1


def test_exact_code_is_left_alone():
    fine = "from decimal import Decimal\nfrom math import lcm\nx = Decimal('0.5') // 3\ny = isinstance(x, float)\nz = 'time'"
    assert list(faults(ast.parse(fine))) == []
