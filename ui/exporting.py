"""Asking where the tables of an event go, for every screen that offers them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PySide6.QtWidgets import QFileDialog, QWidget

from ui.tasks import Progress
from ui.words import Say
from venue_app.venue import Venue

#: Writes all tables under the name of this file, and gives the files made.
Export = Callable[[Path, Progress], list[Path]]


def exporter(venue: Venue) -> Export:
    """Writing the tables of an open event, as CSV where the name ends so, else as a workbook; for a thread of its own."""

    def write(target: Path, progress: Progress) -> list[Path]:
        # What reads and writes spreadsheets takes long to load, and most windows never need it.
        from venue_app.host.exporting import export_venue

        csv = target.suffix.lower() == ".csv"
        form: Literal["csv", "xlsx"] = "csv" if csv else "xlsx"
        return export_venue(venue, form, target.parent, name=target.stem, progress=progress.report)

    return write


def ask_target(parent: QWidget, suggested: Path, chosen: Callable[[Path], None]) -> QFileDialog:
    """The usual dialog for a workbook or a folder of CSV files; `chosen` gets the name, once there is one."""
    filters = {str(Say("tables.filter_xlsx")): "xlsx", str(Say("tables.filter_csv")): "csv"}
    dialog = QFileDialog(parent, str(Say("tables.button")), str(suggested))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(list(filters))
    dialog.setDefaultSuffix("xlsx")
    dialog.filterSelected.connect(lambda name: dialog.setDefaultSuffix(filters[name]))
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog
