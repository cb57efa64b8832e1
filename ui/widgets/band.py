"""The band that nobody can overlook: is this a rehearsal, or does it count?"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import RING, Type, of, set_type, space
from ui.widgets.painting import box, painting
from ui.words import Say, bind
from venue_app.domain.nouns import Mode

_WORDS = {"official": Say("ui.mode.official"), "rehearsal": Say("ui.mode.rehearsal")}
_NOTES = {"official": Say("ui.mode.official_note"), "rehearsal": Say("ui.mode.rehearsal_note")}


class ModeBand(QWidget):
    """演练 hatched in wait colour, 正式 solid in vermilion; hidden until the mode is known."""

    def __init__(self, mode: Mode | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode: Mode | None = None
        self._word = self._note = ""
        set_type(self, Type.LEAD, strong=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_mode(mode)

    def show_mode(self, mode: Mode | None) -> None:
        """Show which run this is."""
        self._mode = mode
        self.setVisible(mode is not None)
        if mode is not None:
            bind(self, "setWord", _WORDS[mode])
            bind(self, "setNote", _NOTES[mode])

    def setWord(self, text: str) -> None:
        """The large word."""
        self._word = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def setNote(self, text: str) -> None:
        """What it means, where there is room."""
        self._note = text
        self.setAccessibleDescription(text)
        self.setToolTip(text)
        self.update()

    def sizeHint(self) -> QSize:
        """A target's height; the word with air around it."""
        self.ensurePolished()
        wide = self.fontMetrics().horizontalAdvance(self._word)
        return QSize(wide + space(16), of(self).scale.target)

    def minimumSizeHint(self) -> QSize:
        """The word is never cut."""
        self.ensurePolished()
        return QSize(self.fontMetrics().horizontalAdvance(self._word) + space(8), of(self).scale.target)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Solid or hatched, then the word, then the note if it fits."""
        theme, whole = of(self), QRectF(self.rect())
        with painting(self) as painter:
            if self._mode == "official":
                box(painter, whole, theme.colour("seal"))
                painter.setPen(theme.colour("on_fill"))
            else:
                box(painter, whole, theme.colour("wait_soft"))
                self._hatch(painter, whole, theme.colour("wait"))
                box(painter, whole, None, theme.colour("wait"), RING)
                self._clearing(painter, whole, theme.colour("wait_soft"))
                painter.setPen(theme.colour("wait"))
            self._write(painter)

    def _write(self, painter: QPainter) -> None:
        painter.setFont(self.font())
        wide = painter.fontMetrics().horizontalAdvance(self._word)
        note_font = of(self).font(Type.CAPTION)
        left = (self.width() - self._text_width()) // 2
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(left, 0, wide + space(1), self.height()), flags, self._word)
        if self._note_fits():
            painter.setFont(note_font)
            painter.drawText(QRect(left + wide + space(3), 0, self.width(), self.height()), flags, self._note)

    def _note_width(self) -> int:
        return QFontMetrics(of(self).font(Type.CAPTION)).horizontalAdvance(self._note)

    def _note_fits(self) -> bool:
        wide = self.fontMetrics().horizontalAdvance(self._word)
        return wide + space(3) + self._note_width() + space(12) <= self.width()

    def _text_width(self) -> int:
        wide = self.fontMetrics().horizontalAdvance(self._word)
        return wide + space(3) + self._note_width() if self._note_fits() else wide

    def _clearing(self, painter: QPainter, whole: QRectF, ground: QColor) -> None:
        """A calm patch under the words, so that the hatching never runs through them."""
        wide = self._text_width() + space(8)
        patch = QRectF(0, 0, wide, whole.height() - 2 * RING)
        patch.moveCenter(whole.center())
        painter.fillRect(patch, ground)

    @staticmethod
    def _hatch(painter: QPainter, whole: QRectF, colour: QColor) -> None:
        painter.save()
        painter.setClipRect(whole.adjusted(RING, RING, -RING, -RING))
        painter.setPen(QPen(colour, RING))
        high = whole.height()
        at = -high
        while at < whole.width():
            painter.drawLine(QPointF(at, high), QPointF(at + high, 0))
            at += space(3)
        painter.restore()
