"""Imports go down only; each contract that says so is seen to catch a breach."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib

from tests.arch.code import ROOT

LINT = (sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache")

#: Contract → a module that breaks it, and the line that does.
BREACHES = {
    "Imports go down only": ("venue_app/base/breach.py", "from venue_app.host import session"),
    "The core knows no Qt": ("venue_app/reports/breach.py", "import PySide6.QtCore"),
    "Screens know nothing of each other": (
        "ui/screens/draw/breach.py",
        "from ui.screens.room import board",
    ),
    "Windows touch neither the journal's file nor a socket": ("ui/chrome/breach.py", "import sqlite3"),
    "Rules are pure": ("venue_app/rules/breach.py", "import random"),
}


def settings() -> dict:
    whole: dict = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: dict = whole["tool"]["importlinter"]
    return found


def lint(folder) -> tuple[int, dict[str, str], str]:
    done = subprocess.run(LINT, cwd=folder, capture_output=True, text=True, check=False)
    verdicts = dict(re.findall(r"^(.+) (KEPT|BROKEN)", done.stdout, re.MULTILINE))
    return done.returncode, verdicts, done.stdout + done.stderr


def test_every_contract_is_kept():
    code, verdicts, said = lint(ROOT)
    assert verdicts == {contract["name"]: "KEPT" for contract in settings()["contracts"]}, said
    assert code == 0


def test_every_contract_catches_its_breach(tmp_path):
    assert set(BREACHES) == {contract["name"] for contract in settings()["contracts"]}
    for folder in ("venue_app", "ui"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for module, line in BREACHES.values():
        (tmp_path / module).write_text(f"{line}\n", encoding="utf-8")
    code, verdicts, said = lint(tmp_path)
    assert verdicts == dict.fromkeys(BREACHES, "BROKEN"), said
    assert code != 0
    for module, _ in BREACHES.values():
        assert module.removesuffix(".py").replace("/", ".") in said, "broken, but not by the planted breach"


def test_every_package_has_its_layer():
    layers = next(c["layers"] for c in settings()["contracts"] if c["type"] == "layers")
    named = {name.strip() for layer in layers for name in layer.split("|")}
    core = ROOT / "venue_app"
    packages = {f"venue_app.{p.parent.name}" for p in core.glob("*/__init__.py")}
    alone = {f"venue_app.{p.stem}" for p in core.glob("*.py") if p.stem != "__init__"}
    assert named == packages | alone | {"ui"}
