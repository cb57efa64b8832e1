"""Pictures of the start page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QMainWindow, QWidget

from ui.screens.start.new_event import NewEventDialog
from ui.screens.start.page import StartScreen
from ui.settings import Recent
from venue_app.base import i18n

_NOON_MS = 1_767_240_000_000


def _page(*recents: Recent) -> QWidget:
    start = StartScreen()
    start.show_language(i18n.language())
    start.show_recents(recents)
    window = QMainWindow()
    window.setCentralWidget(start)
    return window


def _recent() -> QWidget:
    here = str(Path(__file__))
    return _page(
        Recent(here, "某县 2026 年副科级领导职位公开竞聘现场测评", "official", "room", _NOON_MS),
        Recent("no-such-file.venue", "某县 2026 年公开竞聘", "rehearsal", "prepare", _NOON_MS),
    )


def _new() -> QWidget:
    dialog = NewEventDialog(Path("Documents"))
    dialog.title.setText("某县 2026 年公开竞聘")
    return dialog


SHOTS: dict[str, Callable[[], QWidget]] = {"start": _recent, "start-empty": _page, "start-new": _new}
