"""What is under version control names no package index and no folder of the machine it was written on."""

from __future__ import annotations

import re

import pytest

from tests.arch.code import committed, text_of

# Written in pieces, so that this file does not contain what it looks for.
INDEX = re.compile(
    r"(?:^|[\s\"'=])--(?:extra-)?index-" + r"url\b"
    r"|https?://\S*(?:py" + r"pi|pythonhosted|npmjs|npmmirror|conda|proxy\.golang)"
    r"|https?://\S+/simp" + r"le(?:/|\b)",
    re.IGNORECASE,
)
MACHINE = re.compile(
    r"(?<![\w.])/(?:root|home/\w+|work|Users/\w+|tm"
    + r"p/\w+)/"
    + r"|\b[A-Z]:\\Us"
    + r"ers\\\w+|\.\./shar"
    + r"ed\b"
)


def hits(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in committed():
        for number, line in enumerate((text_of(path) or "").splitlines(), 1):
            match = pattern.search(line)
            if match:
                found.append(f"{path}:{number}: {match.group()}")
    return found


def test_no_package_index_is_named():
    assert hits(INDEX) == []


def test_no_folder_of_a_machine_is_named():
    assert hits(MACHINE) == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (INDEX, "--index" + "-url https://example.org"),
        (INDEX, "# via https://py" + "pi.org/project/click"),
        (INDEX, "https://mirror.example/py" + "pi/web"),
        (INDEX, "https://mirror.example/simp" + "le/"),
        (MACHINE, "/ro" + "ot/.cache"),
        (MACHINE, "open('/wo" + "rk/main/x')"),
        (MACHINE, "C:\\Us" + "ers\\li\\event"),
    ],
)
def test_what_is_looked_for_is_found(pattern, line):
    assert pattern.search(line)


@pytest.mark.parametrize("line", ["make lock --no-emit-index" + "-url", "a/root/b", "work/main", "simple/"])
def test_what_is_harmless_is_left_alone(line):
    assert not INDEX.search(line)
    assert not MACHINE.search(line)


def test_lock_files_are_looked_at():
    names = {path.name for path in committed()}
    assert {"requirements.lock", "requirements-dev.lock"} <= names
