"""House rules as code: short modules, tests that can fail, nothing left undone, documents that are true."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.arch.code import PROGRAM, ROOT, called, committed, modules, text_of, tree

LONGEST = 400
UNDONE = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
#: Calls that fail a test by themselves, whatever they are called on.
ASSERTING = {"raises", "fail", "waitUntil", "waitSignal", "waitExposed", "assert_never", "warns"}


@pytest.mark.parametrize("module", modules(*PROGRAM), ids=str)
def test_modules_are_short(module: Path):
    lines = len((ROOT / module).read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{module} has {lines} lines: cut it where it has two jobs"


def test_nothing_is_left_undone():
    hits = [
        f"{path}:{number}"
        for path in committed()
        for number, line in enumerate((text_of(path) or "").splitlines(), 1)
        if UNDONE.search(line)
    ]
    assert hits == []


@cache
def functions(module: Path) -> dict[str, ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module by its own name; methods too, for test classes and helpers."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name: node for node in ast.walk(tree(module)) if isinstance(node, kinds)}


@cache
def imported(module: Path) -> dict[str, Path]:
    """Names a module takes from other modules of the tests, with where they come from."""
    found: dict[str, Path] = {}
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tests"):
            source = Path(*str(node.module).split("."))
            for name in node.names:
                inner = source / f"{name.name}.py"
                found[name.asname or name.name] = (
                    inner if (ROOT / inner).is_file() else source.with_suffix(".py")
                )
    return found


def asserts(module: Path, name: str, seen: frozenset[tuple[Path, str]] = frozenset()) -> bool:
    """Whether a function asserts, itself or through a helper of the tests that does.

    A helper that raises when something does not come in time (`soon`) asserts too.
    """
    body = functions(module).get(name)
    if body is None or (module, name) in seen:
        return False
    seen |= {(module, name)}
    for node in ast.walk(body):
        if isinstance(node, ast.Assert) or (isinstance(node, ast.Raise) and not name.startswith("test_")):
            return True
        if isinstance(node, ast.Call):
            callee = called(node)
            source = imported(module).get(callee, module)
            base = node.func.value if isinstance(node.func, ast.Attribute) else None
            if isinstance(base, ast.Name):  # world.send(…): a helper of an imported module
                source = imported(module).get(base.id, source)
            playwright = callee.startswith(("to_", "not_to_"))  # expect(page).to_have_text(…)
            waits = callee in ("timeout", "wait_for") and not name.startswith("test_")
            if callee in ASSERTING or waits or playwright or asserts(source, callee, seen):
                return True
    return False


TESTS = [
    (module, name)
    for module in modules("tests")
    if module.name.startswith("test_")
    for name in functions(module)
    if name.startswith("test_")
]


@pytest.mark.parametrize(("module", "name"), TESTS, ids=lambda value: str(value))
def test_every_test_asserts(module: Path, name: str):
    assert asserts(module, name), f"{module}: {name} cannot fail"


def test_a_test_without_an_assertion_is_seen(tmp_path, monkeypatch):
    code = (
        "def helper():\n    print(1)\n\ndef test_nothing():\n    helper()\n\ndef test_it():\n    assert 1\n"
    )
    monkeypatch.setattr("tests.arch.test_house.tree", lambda _: ast.parse(code))
    module = Path("made/up.py")
    assert not asserts(module, "test_nothing")
    assert asserts(module, "test_it")


def test_documents_the_code_speaks_of_exist():
    lost = {
        f"{path}: {name}"
        for path in committed()
        for name in re.findall(r"\bdocs/[\w./-]+\.md\b", text_of(path) or "")
        if not (ROOT / name).is_file()
    }
    assert lost == set()


def test_every_format_is_spoken_of():
    """By the code that makes it, or by another document: nobody finds a page that nothing leads to."""
    pages = sorted((ROOT / "docs/formats").glob("*.md"))
    assert pages
    said = {module: (ROOT / module).read_text(encoding="utf-8") for module in modules("venue_app")}
    said |= {p.relative_to(ROOT): p.read_text(encoding="utf-8") for p in (ROOT / "docs").rglob("*.md")}
    for page in pages:
        others = (text for path, text in said.items() if path != page.relative_to(ROOT))
        assert any(page.name in text for text in others), f"nothing leads to {page.name}"


def test_folders_say_what_is_in_them():
    """Files that a README or NOTICE of the resources names in backticks, or plainly, are there."""
    notes = [p for p in (ROOT / "resources").rglob("*") if p.name in ("README.md", "NOTICE")]
    assert notes
    for note in notes:
        text = note.read_text(encoding="utf-8")
        for name in re.findall(r"\b[\w-]+\.(?:ttf|svg|wav|py|txt|xlsx|csv)\b", text):
            assert list((ROOT / "resources").rglob(name)), f"{note}: {name} is not there"
