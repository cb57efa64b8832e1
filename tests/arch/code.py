"""The project's own files as the tests of its shape see them."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ("venue_app", "ui")
_NOT_OURS = {".git", ".venv", "out", "build", "dist", "__pycache__"}


@cache
def modules(*folders: str) -> tuple[Path, ...]:
    """Every Python file below the folders, relative to the root."""
    found = [p.relative_to(ROOT) for folder in folders for p in (ROOT / folder).rglob("*.py")]
    assert found, f"no modules in {folders}"
    return tuple(sorted(found))


@cache
def tree(module: Path) -> ast.Module:
    """A module's syntax tree; each file is parsed once for all tests."""
    return ast.parse((ROOT / module).read_text(encoding="utf-8"), str(module))


@cache
def committed() -> tuple[Path, ...]:
    """The files under version control, relative to the root; in an unpacked archive, all files."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        paths = [Path(name) for name in listed.stdout.decode().split("\0") if name]
    else:
        paths = [p.relative_to(ROOT) for p in ROOT.rglob("*") if not _NOT_OURS & set(p.parts)]
    return tuple(p for p in paths if (ROOT / p).is_file())


def text_of(path: Path) -> str | None:
    """The text of a file, or None when it is not UTF-8 (fonts, sheets, sounds)."""
    raw = (ROOT / path).read_bytes()
    try:
        return None if b"\0" in raw else raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def called(node: ast.Call) -> str:
    """The last name of what is called: `tr` of `tr(…)` and of `i18n.tr(…)`."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""
