"""The application itself: made once, dressed as the user likes it, with a log and a place for our own mistakes."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from logging.handlers import RotatingFileHandler

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from ui import collector, crash, platform, settings, tasks, theme, words
from ui.settings import Settings
from ui.sound import SOUND
from ui.theme import Theme
from venue_app.base import i18n
from venue_app.base.paths import data_dir, resources

_LOG_BYTES = 1_000_000
_LAST_WAIT_MS = 5_000
_log = logging.getLogger(__name__)


def application(kept: Settings | None = None) -> QApplication:
    """The running application, made if there is none, in the user's language and colours.

    Raises `Known` cli.library_missing where the screen cannot be reached for want of a library.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        unreachable = platform.fault()
        if unreachable is not None:
            raise unreachable
        app = QApplication(sys.argv[:1])
    collector.take_over(app)
    app.setApplicationName("venue-app")
    app.setWindowIcon(QIcon(str(resources() / "web" / "icon.svg")))
    wear(kept or settings.load())
    return app


def shown(kept: Settings) -> Settings:
    """What is worn in this run: the command line's language stands above the one that is kept."""
    return msgspec.structs.replace(kept, language=i18n.asked() or kept.language)


def to_keep(chosen: Settings, kept: Settings) -> Settings:
    """What is kept of a choice made among what is `shown`: not the command line's language, until another is chosen."""
    if i18n.asked() is None:
        return chosen
    if chosen.language == i18n.asked():
        return msgspec.structs.replace(chosen, language=kept.language)
    i18n.ask_for(None)
    return chosen


def wear(kept: Settings) -> None:
    """Language, colours, size of type and bells of the whole program."""
    words.switch(shown(kept).language)
    theme.use(Theme(kept.theme, large=kept.large))
    SOUND.on = kept.sound


def keep_log() -> None:
    """Write what happens into this user's folder; a folder that cannot be written is no reason to stop."""
    try:
        file = RotatingFileHandler(
            data_dir() / "venue-app.log", maxBytes=_LOG_BYTES, backupCount=3, encoding="utf-8"
        )
    except OSError as fault:
        _log.warning("no log is kept: %s", fault)
        return
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(file)
    root.setLevel(logging.INFO)


def run(start: Callable[[], QWidget]) -> int:
    """Show what `start` makes and stay until the last window is closed; returns the exit status."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    keep_log()
    crash.install()
    start().show()
    QTimer.singleShot(0, collector.calm)
    status = app.exec()
    SOUND.close()
    tasks.wait_for_all(_LAST_WAIT_MS)
    return status
