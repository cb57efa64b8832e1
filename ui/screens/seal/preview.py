"""A PDF as it will be printed, page under page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ui.theme import space
from ui.widgets.layout import STRETCH, Words, card, column
from ui.words import Say, Text, bind_name


class Preview(QFrame):
    """One form's files, one at a time; words where there is nothing to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files: tuple[Path, ...] = ()
        self._stamp: tuple[Path, int] | None = None
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        bind_name(self.tabs, Say("seal_screen.preview.files"))
        self.tabs.currentChanged.connect(self._load)
        self.document = QPdfDocument(self)
        self.view = QPdfView(self)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setDocument(self.document)
        bind_name(self.view, Say("seal_screen.preview.name"))
        self.words = Words("", tone="quiet")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget()
        self._instead = card(column(STRETCH, self.words, STRETCH, margin=4))
        self.stack.addWidget(self._instead)
        self.stack.addWidget(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(1))
        layout.addWidget(self.tabs)
        layout.addWidget(self.stack, 1)
        self.show_files((), "")

    @property
    def file(self) -> Path | None:
        """The file that is shown."""
        at = self.tabs.currentIndex()
        return self._files[at] if 0 <= at < len(self._files) else None

    def show_files(self, files: Sequence[Path], instead: Text) -> None:
        """Show files of one form; `instead` is said when there is none."""
        self.words.say(instead)
        if tuple(files) != self._files:
            self._files = tuple(files)
            self.tabs.blockSignals(True)
            while self.tabs.count():
                self.tabs.removeTab(0)
            for file in files:
                self.tabs.addTab(file.name)
            self.tabs.blockSignals(False)
        self.tabs.setVisible(len(files) > 1)
        self._load(self.tabs.currentIndex())

    def _load(self, _at: int) -> None:
        file = self.file
        if file is None or not file.is_file():
            self._stamp = None
            self.document.close()
            self.stack.setCurrentWidget(self._instead)
            return
        stamp = (file, file.stat().st_mtime_ns)
        if stamp != self._stamp:
            self._stamp = stamp
            self.document.close()  # the view keeps pages of the old file otherwise
            if self.document.load(str(file)) != QPdfDocument.Error.None_:
                self.words.say(Say("seal_screen.error.pdf_unreadable", file=file.name))
                self.stack.setCurrentWidget(self._instead)
                return
        self.stack.setCurrentWidget(self.view)
