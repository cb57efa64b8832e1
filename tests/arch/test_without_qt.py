"""The core runs where Qt cannot be imported at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.arch.code import ROOT

# Stands before every other finder, so that an import of Qt fails however it is written.
WITHOUT = """
import importlib, json, pkgutil, sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6", "ui"):
            raise ModuleNotFoundError(f"{name} is not here", name=name)

sys.meta_path.insert(0, Absent())
"""

IMPORT_ALL = """
import venue_app
names = [found.name for found in pkgutil.walk_packages(venue_app.__path__, "venue_app.")]
for name in names:
    importlib.import_module(name)
print(json.dumps(names))
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT + code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_module_of_the_core_imports():
    done = run(IMPORT_ALL)
    assert done.returncode == 0, done.stderr
    names = json.loads(done.stdout)
    there = {p.relative_to(ROOT) for p in (ROOT / "venue_app").rglob("*.py")} - {
        p.relative_to(ROOT) for p in (ROOT / "venue_app").glob("__init__.py")
    }
    assert {n.replace(".", "/") for n in names} == {
        str(p.with_suffix("")).removesuffix("/__init__") for p in there
    }


def test_qt_is_truly_out_of_reach():
    for name in ("PySide6.QtCore", "shiboken6", "ui.words"):
        done = run(f"import {name}")
        assert done.returncode != 0
        assert "is not here" in done.stderr
