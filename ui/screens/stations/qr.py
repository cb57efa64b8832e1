"""A QR code, drawn sharp at any size."""

from __future__ import annotations

from functools import lru_cache

import qrcode
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme, space
from ui.widgets.painting import painting
from ui.words import Say, bind_name

_QUIET = 4
"""Modules of white around the code, as its standard asks."""


@lru_cache(maxsize=64)
def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The code's squares, dark as True, without the white around it."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return tuple(tuple(row) for row in code.get_matrix())


class QrCode(QWidget):
    """The code of a text; black on white whatever the theme, so that every camera reads it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setMinimumSize(space(50), space(50))
        bind_name(self, Say("stations.qr"))

    def show_text(self, text: str) -> None:
        """Show the code of another text, '' for none."""
        if text != self._text:
            self._text = text
            self.update()

    def sizeHint(self) -> QSize:
        """Large enough for a tablet at arm's length."""
        return QSize(space(60), space(60))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Whole pixels a module, so that edges stay sharp."""
        if not self._text:
            return
        rows = modules(self._text)
        count = len(rows) + 2 * _QUIET
        ratio = self.devicePixelRatioF()
        unit = max(1, int(min(self.width(), self.height()) * ratio) // count) / ratio
        edge = unit * count
        left, top = (self.width() - edge) / 2, (self.height() - edge) / 2
        light = Theme("light")
        with painting(self) as painter:
            painter.setRenderHint(painter.RenderHint.Antialiasing, False)
            painter.fillRect(QRectF(left, top, edge, edge), light.colour("surface"))
            painter.setPen(Qt.PenStyle.NoPen)
            dark = QColor(Qt.GlobalColor.black)
            for down, row in enumerate(rows):
                for across, on in enumerate(row):
                    if on:
                        x, y = left + (across + _QUIET) * unit, top + (down + _QUIET) * unit
                        painter.fillRect(QRectF(x, y, unit, unit), dark)
