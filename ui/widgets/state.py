"""State as word, shape and colour together.

mark = StateMark(Mark.NOT_YET)
mark.show_mark(Mark.DONE)                                  its usual word
mark.show_mark(Mark.WAIT, Say("prepare.printer.untried"))  another word, same shape
ConnectionWord().show_link("offline", pending=2)
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme, Type, of, set_type, space
from ui.widgets.painting import elided, painting, shape
from ui.words import Say, Text, bind


class Mark(StrEnum):
    """How far something is."""

    NOT_YET = "not_yet"
    READY = "ready"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    WAIT = "wait"
    ALARM = "alarm"


SHAPES = {
    Mark.NOT_YET: "circle",
    Mark.READY: "dot",
    Mark.IN_PROGRESS: "half",
    Mark.DONE: "check",
    Mark.WAIT: "pause",
    Mark.ALARM: "alarm",
}
TONES = {
    Mark.NOT_YET: "quiet",
    Mark.READY: "primary",
    Mark.IN_PROGRESS: "primary",
    Mark.DONE: "done",
    Mark.WAIT: "wait",
    Mark.ALARM: "alarm",
}
WORDS = {
    Mark.NOT_YET: Say("ui.mark.not_yet"),
    Mark.READY: Say("ui.mark.ready"),
    Mark.IN_PROGRESS: Say("ui.mark.in_progress"),
    Mark.DONE: Say("ui.mark.done"),
    Mark.WAIT: Say("ui.mark.wait"),
    Mark.ALARM: Say("ui.mark.alarm"),
}


def shape_icon(name: str, tone: str, theme: Theme, ratio: float = 1.0) -> QIcon:
    """A state shape as an icon for lists and trees."""
    edge = theme.scale.mark
    picture = QPixmap(round(edge * ratio), round(edge * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape(painter, name, QRectF(0, 0, edge, edge), theme.colour(tone), theme.colour("surface"))
    painter.end()
    return QIcon(picture)


_LEAST_EMS = 5
"""So many signs of a word that could be broken anywhere stand beside each other at least."""
_ENDLESS = 1 << 16
_WRAP = Qt.TextFlag.TextWordWrap


class ShapedWord(QWidget):
    """A shape and a word in one tone; the base of every state that is shown in a line."""

    def __init__(
        self, size: Type = Type.BODY, *, strong: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shape, self._tone, self._text = "circle", "quiet", ""
        self._size = size
        set_type(self, size, strong=strong)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_word(self, shape_name: str, tone: str, text: Text) -> None:
        """Show a shape (see `painting.shape`), in a tone, with a word."""
        self._shape, self._tone = shape_name, tone
        bind(self, "setWord", text)
        self.update()

    def setWord(self, text: str) -> None:
        """The word itself, already in the reader's language."""
        self._text = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def _edge(self) -> int:
        return of(self).scale.px(self._size * 1.2)

    def sizeHint(self) -> QSize:
        """Shape, gap and word."""
        self.ensurePolished()
        face = self.fontMetrics()
        wide = self._edge() + (space(1.5) + face.horizontalAdvance(self._text) if self._text else 0)
        return QSize(wide + 1, max(face.height(), self._edge()))

    def minimumSizeHint(self) -> QSize:
        """The shape and the longest word; a long text goes over several lines."""
        face = self.fontMetrics()
        most = face.height() * _LEAST_EMS
        longest = max((min(most, face.horizontalAdvance(word)) for word in self._text.split()), default=0)
        return QSize(self._edge() + space(1.5) + longest + 1, self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many lines as the text needs at this width."""
        room = QRect(0, 0, max(1, width - self._edge() - space(1.5)), _ENDLESS)
        return max(
            self.sizeHint().height(), self.fontMetrics().boundingRect(room, _WRAP, self._text).height()
        )

    def changeEvent(self, event: QEvent) -> None:
        """A new style means new sizes."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Shape, then word."""
        theme = of(self)
        colour, edge, face = theme.colour(self._tone), self._edge(), self.fontMetrics().height()
        with painting(self) as painter:
            first = self.sizeHint().height()
            top = (first - edge) / 2 if self.height() > first else (self.height() - edge) / 2
            shape(painter, self._shape, QRectF(0, top, edge, edge), colour, theme.colour("surface"))
            painter.setPen(colour)
            left = edge + space(1.5)
            rect = QRect(left, 0, self.width() - left, self.height())
            if self.fontMetrics().horizontalAdvance(self._text) <= rect.width() or self.height() < 2 * face:
                elided(painter, rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._text)
            else:
                painter.drawText(rect, _WRAP | Qt.AlignmentFlag.AlignVCenter, self._text)


class StateMark(ShapedWord):
    """How far something is: 未开始 / 就绪 / 进行中 / 完成 / 等待 / 异常."""

    def __init__(
        self, mark: Mark = Mark.NOT_YET, size: Type = Type.BODY, parent: QWidget | None = None
    ) -> None:
        super().__init__(size, parent=parent)
        self.mark = mark
        self.show_mark(mark)

    def show_mark(self, mark: Mark, text: Text | None = None) -> None:
        """Show a mark, with its usual word or another."""
        self.mark = mark
        self.show_word(SHAPES[mark], TONES[mark], WORDS[mark] if text is None else text)


Link = Literal["online", "connecting", "offline"]


class ConnectionWord(ShapedWord):
    """The state of a line to the host in a word; offline says that nothing is lost."""

    def __init__(self, size: Type = Type.BODY, parent: QWidget | None = None) -> None:
        super().__init__(size, strong=True, parent=parent)
        self.show_link("connecting")

    def show_link(self, link: Link, pending: int = 0) -> None:
        """`pending` counts what is kept here and not yet delivered."""
        if link == "online":
            word = Say("ui.link.sending", count=pending) if pending else Say("ui.link.online")
            self.show_word("half" if pending else "check", "primary" if pending else "done", word)
        elif link == "connecting":
            self.show_word("half", "quiet", Say("ui.link.connecting"))
        else:
            word = Say("ui.link.offline_kept", count=pending) if pending else Say("ui.link.offline")
            self.show_word("dash", "wait", word)
