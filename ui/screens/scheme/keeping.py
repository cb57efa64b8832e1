"""Keeping the plan as a file: where, under which name, and never over another file without having asked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.screens.scheme.files import SUFFIX, file_name, write_scheme
from ui.widgets.notices import Banner
from ui.words import Say, known_text
from venue_app.base.errors import Known
from venue_app.scheme import Scheme


class Keeping(QObject):
    """Says in `note` what came of it, and asks there."""

    def __init__(self, note: Banner, parent: QWidget) -> None:
        super().__init__(parent)
        self._note, self._window = note, parent
        self._asked: tuple[Path, str] | None = None
        note.acted.connect(self._replace)
        note.closed.connect(self._forget)

    def ask_where(self, scheme: Scheme) -> QFileDialog:
        """Ask for a name; the scheme's own is proposed."""
        dialog = QFileDialog(self._window, str(Say("scheme_screen.save")), file_name(scheme.id))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(str(Say("scheme_screen.file_kind")))
        dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # asked here, the same on every system
        dialog.fileSelected.connect(lambda path: self.keep(Path(path), scheme.text))
        dialog.open()
        return dialog

    def keep(self, path: Path, text: str, *, replace: bool = False) -> None:
        """Write the text; another file of that name stays until it was agreed to."""
        self._asked = None
        try:
            written = write_scheme(path, text, replace=replace)
        except Known as fault:
            self._note.set_tone("alarm")
            self._note.show_text(known_text(fault))
            return
        if written:
            self._note.set_tone("done")
            self._note.show_text(Say("scheme_screen.saved", name=path.name))
        else:
            self._asked = (path, text)
            self._note.set_tone("wait")
            self._note.show_text(
                Say("scheme_screen.overwrite", name=path.name), Say("scheme_screen.overwrite_yes")
            )

    def _replace(self) -> None:
        if self._asked is not None:
            path, text = self._asked
            self.keep(path, text, replace=True)

    def _forget(self) -> None:
        self._asked = None
