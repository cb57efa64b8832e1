"""Pictures of the settings."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.screens.settings.screen import SettingsScreen
from ui.settings import Settings
from venue_app.base import i18n


def _page() -> QWidget:
    screen = SettingsScreen(Settings(language=i18n.language()))
    screen.setParent(screen.widget)
    return screen.widget


SHOTS: dict[str, Callable[[], QWidget]] = {"settings": _page}
