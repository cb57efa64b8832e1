"""Our own mistakes: logged whole, told plainly, nothing lost.

`install()` once at the start; afterwards any exception that nobody caught in the window's thread comes here.
"""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from ui.theme import Type, space
from ui.widgets.buttons import Button
from ui.widgets.layout import STRETCH, Words, column, row
from ui.words import Say, bind, bind_name

_log = logging.getLogger(__name__)
_open: list[CrashDialog] = []


def install() -> None:
    """Bring what nobody caught to `report`."""
    sys.excepthook = _hook


def _hook(_kind: type[BaseException], fault: BaseException, _trace: TracebackType | None) -> None:
    if isinstance(fault, KeyboardInterrupt):
        QApplication.quit()
        return
    report(fault)


def report(fault: BaseException) -> None:
    """Log a mistake of ours and show it; a second one while the first is shown is only logged."""
    _log.critical("a mistake of ours", exc_info=fault)
    if not isinstance(QApplication.instance(), QApplication) or _open:
        return
    dialog = CrashDialog(fault, QApplication.activeWindow())
    _open.append(dialog)
    dialog.finished.connect(lambda: _open.clear())
    dialog.open()


class CrashDialog(QDialog):
    """What to tell the user when the program is at fault: the record is safe, what to do, what to pass on."""

    def __init__(self, fault: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        bind(self, "setWindowTitle", Say("ui.crash.title"))
        self.details = QPlainTextEdit(_details(fault))
        self.details.setReadOnly(True)
        bind_name(self.details, Say("ui.crash.details"))
        self.copy_button = Button(Say("ui.crash.copy"), icon="copy")
        self.copy_button.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(self.details.toPlainText())
        )
        self.go_on = Button(Say("ui.crash.go_on"), kind="primary")
        self.go_on.clicked.connect(self.accept)
        self.setLayout(
            column(
                Words(Say("ui.crash.title"), Type.TITLE, strong=True),
                Words(Say("ui.crash.safe")),
                Words(Say("ui.crash.next"), tone="quiet"),
                self.details,
                row(self.copy_button, STRETCH, self.go_on),
                gap=3,
                margin=6,
            )
        )
        self.resize(space(160), space(110))
        self.go_on.setFocus()


def _details(fault: BaseException) -> str:
    where = f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}\n\n"
    return where + "".join(traceback.format_exception(fault))
