"""Sheets that somebody brought by hand: a file, or the text of a QR that a scanner types; and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from ui.phrases import spoken
from ui.theme import Type, space
from ui.widgets.buttons import Button
from ui.widgets.layout import STRETCH, Words, column, row
from ui.widgets.notices import ErrorBanner
from ui.widgets.rows import Cell, Column, Row, RowsTable
from ui.words import Say, Text, bind, bind_name
from venue_app.base.errors import Known
from venue_app.base.i18n import say
from venue_app.host.carried import Brought
from venue_app.lan.carried import MAX_FILE, SUFFIX

_COLUMNS = (
    Column(Say("stations.carried.seat"), sample="OBS-0000"),
    Column(Say("stations.carried.lot"), sample="R0 000"),
    Column(Say("stations.carried.became"), stretch=True),
)


class CarriedDialog(QDialog):
    """Asks who brings what; `brought` says it: the bytes, and the name."""

    brought = Signal(bytes, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        bind(self, "setWindowTitle", Say("stations.carried.title"))
        self.banner = ErrorBanner()
        self.by = QLineEdit()
        bind(self.by, "setPlaceholderText", Say("stations.carried.by_hint"))
        bind_name(self.by, Say("stations.carried.by"))
        self.by.textChanged.connect(self._judge)
        self.choose = Button(Say("stations.carried.choose"), kind="primary", icon="open")
        self.choose.clicked.connect(self.choose_file)
        self.scanned = QLineEdit()
        bind(self.scanned, "setPlaceholderText", Say("stations.carried.scan_hint"))
        bind_name(self.scanned, Say("stations.carried.scan"))
        self.scanned.returnPressed.connect(self._take_scanned)
        self.table = RowsTable(_COLUMNS, name=Say("stations.carried.title"))
        close = Button(Say("ui.close"))
        close.clicked.connect(self.reject)
        close.setAutoDefault(False)
        layout = column(
            Words(Say("stations.carried.title"), Type.TITLE, strong=True),
            Words(Say("stations.carried.how"), tone="quiet"),
            self.banner,
            self.by,
            row(self.choose, self.scanned, gap=3),
            self.table,
            row(STRETCH, close),
            gap=3,
            margin=6,
        )
        layout.setStretch(5, 1)
        self.setLayout(layout)
        self.resize(space(170), space(130))
        self._judge()

    def choose_file(self) -> QFileDialog:
        """Ask which file was brought."""
        dialog = QFileDialog(self, str(Say("stations.carried.title")))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(f"*{SUFFIX}")
        dialog.fileSelected.connect(self.take_file)
        dialog.open()
        return dialog

    def take_file(self, path: str) -> None:
        """Bring what is in this file."""
        try:
            with Path(path).open("rb") as file:
                data = file.read(MAX_FILE + 1)
        except OSError:
            self.banner.show_known(Known("lan.carried_unreadable"))
            return
        self._bring(data)

    def _take_scanned(self) -> None:
        text = self.scanned.text().strip()
        if text and self.choose.isEnabled():
            self.scanned.clear()
            self._bring(text.encode())

    def _bring(self, data: bytes) -> None:
        self.banner.hide()
        self.brought.emit(data, self.by.text().strip())

    def _judge(self) -> None:
        """Nobody brings sheets namelessly."""
        named = bool(self.by.text().strip())
        self.choose.setEnabled(named)
        self.scanned.setEnabled(named)

    def show_brought(self, found: Sequence[Brought]) -> None:
        """What became of each sheet."""
        self.table.show_rows(
            [
                Row(str(at), (Cell(b.seat, strong=True), f"{b.room} {b.lot}", _became(b)))
                for at, b in enumerate(found)
            ]
        )


def _became(brought: Brought) -> Cell:
    if brought.fault is not None:
        fault = brought.fault
        return Cell(spoken(lambda lang: say(fault, lang)), tone="alarm")
    key: Text = (
        Say("stations.carried.known", receipt=brought.receipt)
        if brought.known
        else Say("stations.carried.taken", receipt=brought.receipt)
    )
    return Cell(key, tone="done")
