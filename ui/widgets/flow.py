"""Parts that wrap: beside each other while there is room, else on further lines, as words do.

flow(button, other, STRETCH, extra, gap=2)     what follows STRETCH stands at the far end while all is on one line
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui.theme import space
from ui.widgets.layout import STRETCH, Part


class Flow(QLayout):
    """See the module. No narrower than its widest part, as high as its lines."""

    def __init__(self, gap: float = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[QLayoutItem] = []
        self._far = -1
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(space(gap))

    def stretch(self) -> None:
        """What is added from here on stands at the far end."""
        self._far = len(self._parts)

    def addItem(self, item: QLayoutItem) -> None:
        """Add a part at the end."""
        self._parts.append(item)

    def count(self) -> int:
        """How many parts there are."""
        return len(self._parts)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """A part by its place, None beyond the last."""
        return self._parts[index] if 0 <= index < len(self._parts) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take a part out, None beyond the last."""
        return self._parts.pop(index) if 0 <= index < len(self._parts) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All lines at this width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """All on one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        wide = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """The widest part, one line high."""
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def setGeometry(self, rect: QRect) -> None:
        """Put every part in its place."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._parts if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown():
            wide = item.sizeHint().width()
            if not lines or used + self.spacing() + wide > width:
                lines.append([])
                used = -self.spacing()
            lines[-1].append(item)
            used += self.spacing() + wide
        return lines

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Go through all lines; returns how high they are together."""
        lines = self._lines(rect.width())
        top = rect.top()
        for line in lines:
            wide = [min(item.sizeHint().width(), rect.width()) for item in line]
            high = [
                item.heightForWidth(w) if item.hasHeightForWidth() else item.sizeHint().height()
                for item, w in zip(line, wide, strict=True)
            ]
            left = rect.left()
            spare = rect.width() - sum(wide) - self.spacing() * (len(line) - 1)
            for item, w, h in zip(line, wide, high, strict=True):
                if len(lines) == 1 and item in self._parts[self._far :] and self._far >= 0:
                    left, spare = left + spare, 0
                if move:
                    item.setGeometry(QRect(QPoint(left, top + (max(high) - h) // 2), QSize(w, h)))
                left += w + self.spacing()
            top += max(high) + self.spacing()
        return max(0, top - self.spacing() - rect.top())


def flow(*parts: Part, gap: float = 2) -> Flow:
    """Parts beside each other that wrap."""
    made = Flow(gap)
    for part in parts:
        if part is STRETCH:
            made.stretch()
        elif isinstance(part, QWidget):
            made.addWidget(part)
        elif isinstance(part, QLayout):
            made.addItem(part)
    return made
