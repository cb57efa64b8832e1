"""A new event asks three things: what it is called, whether it counts, and where its file shall lie."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QFileDialog, QLineEdit, QWidget

from ui.screens.start.door import Door
from ui.theme import Type, set_type, space
from ui.widgets.buttons import Button, PrimaryAction
from ui.widgets.layout import Words, column, row
from ui.words import Say, Text, bind, bind_name
from venue_app.domain.nouns import Mode

SUFFIX = ".venue"
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What was asked for; the file does not exist yet."""

    path: Path
    title: str
    mode: Mode


def file_name(title: str, mode: Mode | None) -> str:
    """A file name made from a title, fit for every system; a rehearsal says so in its name."""
    plain = _NOT_IN_NAMES.sub(" ", title).strip(" .")[:_LONGEST_NAME].strip(" .")
    tail = f"-{Say('start.new.rehearsal_suffix')}" if mode == "rehearsal" else ""
    return f"{plain or Say('start.new.unnamed')}{tail}{SUFFIX}"


class NewEventDialog(QDialog):
    """`wanted` carries a `NewEvent` once all three are there."""

    wanted = Signal(object)

    def __init__(self, folder: Path | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._folder = folder or Path(documents)
        self._chosen_path: Path | None = None
        bind(self, "setWindowTitle", Say("start.new.title"))
        self.title = QLineEdit()
        set_type(self.title, Type.LEAD)
        bind(self.title, "setPlaceholderText", Say("start.new.title_hint"))
        bind_name(self.title, Say("start.new.event_title"))
        self.rehearsal = Door(Say("start.new.rehearsal"), Say("start.new.rehearsal_what"), "rehearse")
        self.official = Door(Say("start.new.official"), Say("start.new.official_what"), "seal")
        self._modes = QButtonGroup(self)
        for door in (self.rehearsal, self.official):
            door.setCheckable(True)
            self._modes.addButton(door)
        self.place = Words("", tone="quiet")
        self.choose = Button(Say("start.new.choose"), icon="open")
        self.choose.clicked.connect(self._choose)
        self.cancel = Button(Say("ui.cancel"), kind="quiet")
        self.cancel.clicked.connect(self.reject)
        self.make = PrimaryAction()
        self.make.pressed_now.connect(self._make)
        self.title.textChanged.connect(self._look)
        self._modes.buttonClicked.connect(self._look)
        self._lay_out()
        self._look()

    def _lay_out(self) -> None:
        place = row(self.place, self.choose, gap=3)
        place.setStretch(0, 1)
        foot = row(self.make, self.cancel, gap=3)
        foot.setStretch(0, 1)
        self.setLayout(
            column(
                _head(Say("start.new.event_title")),
                self.title,
                _head(Say("start.new.mode")),
                row(self.rehearsal, self.official, gap=3),
                _head(Say("start.new.file")),
                place,
                column(foot, margin=0),
                gap=3,
                margin=6,
            )
        )
        self.resize(space(190), self.sizeHint().height())

    @property
    def mode(self) -> Mode | None:
        """What was chosen; nothing is chosen at first, since neither is the harmless one."""
        if self.rehearsal.isChecked():
            return "rehearsal"
        return "official" if self.official.isChecked() else None

    @property
    def path(self) -> Path:
        """Where the file will lie: as chosen, else named after the title in the usual folder."""
        return self._chosen_path or self._folder / file_name(self.title.text(), self.mode)

    def _missing(self) -> Text | None:
        if not self.title.text().strip():
            return Say("start.new.need_title")
        if self.mode is None:
            return Say("start.new.need_mode")
        if self.path.exists():
            return Say("start.new.exists", name=self.path.name)
        return None

    def _look(self) -> None:
        self.place.say(str(self.path))
        missing = self._missing()
        if missing is None:
            self.make.offer(Say("start.new.make"))
        else:
            self.make.refuse(Say("start.new.make"), missing)

    def _choose(self) -> None:
        dialog = QFileDialog(self, str(Say("start.new.file")), str(self.path))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(str(Say("start.file_kind")))
        dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.fileSelected.connect(self.take_path)
        dialog.open()

    def take_path(self, path: str) -> None:
        """The file to make."""
        self._chosen_path = Path(path)
        self._look()

    def _make(self) -> None:
        mode = self.mode
        if mode is not None and self._missing() is None:
            self.wanted.emit(NewEvent(self.path, self.title.text().strip(), mode))
            self.accept()


def _head(text: Text) -> Words:
    return Words(text, strong=True)
