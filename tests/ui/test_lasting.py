"""`None` outlives any number of calls into Qt."""

import sys

from PySide6.QtWidgets import QWidget

import ui  # noqa: F401 - the guard is set when the windows are imported


def test_none_never_runs_out(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    for _ in range(20_000):  # more than a fresh interpreter has references of None
        widget.update()
    assert sys.version_info >= (3, 12) or sys.getrefcount(None) > 1 << 39
