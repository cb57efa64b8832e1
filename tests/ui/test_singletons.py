"""Calls into Qt never use up `None`, on any Python."""

from __future__ import annotations

import os
import subprocess
import sys

_MANY_CALLS = """
import ui
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(50_000):
    thing.setObjectName("x")
    thing == 1
print("alive")
"""


def test_a_hundred_thousand_calls_leave_the_interpreter_alive() -> None:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ran = subprocess.run(
        [sys.executable, "-c", _MANY_CALLS], capture_output=True, text=True, env=env, check=False
    )
    assert ran.stdout.strip() == "alive", ran.stderr
