"""A fingerprint to be read aloud, compared and copied: hex in groups of four."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.theme import HAIRLINE, Theme, Type, of, space
from ui.widgets.painting import box, painting, ring
from ui.words import Say, bind, bind_tip

_GROUP = 4
_COPIED_MS = 1500


def grouped(digest: str) -> list[str]:
    """`9f86d081…` as `9f86`, `d081`, …"""
    return [digest[i : i + _GROUP] for i in range(0, len(digest), _GROUP)]


class DigestLabel(QPushButton):
    """Hex in groups of four, in columns; a press or Ctrl+C copies it without the gaps.

    `groups` is how many stand on one line; a digest of SHA-256 has 16.
    """

    def __init__(
        self, digest: str = "", *, size: Type = Type.LEAD, groups: int = 8, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._digest = ""
        self._size, self._groups = size, groups
        self._note = ""
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_COPIED_MS)
        self._calm.timeout.connect(lambda: self.setNote(""))
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.copy)
        bind_tip(self, Say("ui.digest.tip"))
        self.show_digest(digest)

    def show_digest(self, digest: str) -> None:
        """Show another digest, lower-case hex."""
        self._digest = digest
        bind(self, "setAccessibleName", Say("ui.digest.name", digest=" ".join(grouped(digest))))
        self.updateGeometry()
        self.update()

    def setNote(self, text: str) -> None:
        """A word over the digest's corner for a moment."""
        self._note = text
        self.update()

    def copy(self) -> None:
        """Put the digest on the clipboard and say so."""
        QGuiApplication.clipboard().setText(self._digest)
        self.setNote(str(Say("ui.copied")))
        self._calm.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """A new style means new sizes."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
        super().changeEvent(event)

    def _cells(self, theme: Theme) -> tuple[int, int]:
        metrics = QFontMetrics(theme.font(self._size))
        return max(metrics.horizontalAdvance(sign) for sign in "0123456789abcdef"), metrics.height()

    def sizeHint(self) -> QSize:
        """All groups, in lines of `groups`."""
        theme = of(self)
        cell, line = self._cells(theme)
        count = max(1, -(-len(self._digest) // _GROUP))
        across, down = min(count, self._groups), -(-count // self._groups)
        wide = across * _GROUP * cell + (across - 1) * cell + space(6)
        return QSize(max(theme.scale.target, wide), max(theme.scale.target, down * line + space(3)))

    def minimumSizeHint(self) -> QSize:
        """A digest is shown whole or not at all."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Each sign in a cell of its own, so that lines stand under each other."""
        theme = of(self)
        cell, line = self._cells(theme)
        with painting(self) as painter:
            hot = self.underMouse() or self.isDown()
            box(
                painter,
                QRectF(self.rect()),
                theme.colour("sunken" if hot else "paper"),
                theme.colour("line"),
                HAIRLINE,
            )
            if self.hasFocus():
                ring(painter, QRectF(self.rect()), theme.colour("primary"))
            painter.setFont(theme.font(self._size))
            painter.setPen(theme.colour("ink"))
            count = max(1, -(-len(self._digest) // (_GROUP * self._groups)))
            top = (self.height() - count * line) // 2
            for at, sign in enumerate(self._digest):
                group, place = divmod(at, _GROUP)
                down, across = divmod(group, self._groups)
                left = space(3) + (across * (_GROUP + 1) + place) * cell
                painter.drawText(
                    QRect(left, top + down * line, cell, line), Qt.AlignmentFlag.AlignCenter, sign
                )
            if self._note:
                self._paint_note(painter, theme)

    def _paint_note(self, painter: QPainter, theme: Theme) -> None:
        painter.setFont(theme.font(Type.CAPTION, True))
        wide = painter.fontMetrics().horizontalAdvance(self._note) + space(4)
        rect = QRectF(self.width() - wide - space(1), space(1), wide, self.height() - space(2))
        box(painter, rect, theme.colour("done"))
        painter.setPen(theme.colour("on_fill"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._note)
