"""A page onto which files may be dropped anywhere: a card on it shows that they would be taken."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from ui.theme import mark


class DropPage(QWidget):
    """Set `drop`, the card; `take_dropped` says what becomes of files."""

    drop: QWidget

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)

    def take_dropped(self, files: tuple[Path, ...]) -> None:
        """One file or folder of this machine at least."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Something with files is over the page."""
        if event.mimeData().hasUrls():
            mark(self.drop, ground="primary_soft")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: object) -> None:
        """It was taken elsewhere."""
        mark(self.drop, ground="card")

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        mark(self.drop, ground="card")
        files = tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
        if files:
            self.take_dropped(files)
