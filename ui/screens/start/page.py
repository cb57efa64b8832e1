"""The page itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.screens.start.door import Door
from ui.screens.start.new_event import SUFFIX, NewEventDialog
from ui.screens.start.recents import RecentList
from ui.settings import LANGUAGE_NAMES, Recent
from ui.shortcuts import Shortcut
from ui.theme import Type, space
from ui.widgets.buttons import Button
from ui.widgets.layout import STRETCH, Words, card, column, holder, row, scrolled
from ui.widgets.notices import ErrorBanner
from ui.words import Say, bind_name
from venue_app.base import i18n
from venue_app.base.errors import Known

KEYS = (
    Shortcut("open", "Ctrl+O", Say("start.open.title")),
    Shortcut("new", "Ctrl+N", Say("start.new.title")),
    Shortcut("rehearse", "Ctrl+R", Say("start.rehearse.title")),
    Shortcut("demo", "Ctrl+D", Say("start.demo.title")),
    Shortcut("check", "Ctrl+P", Say("start.check.title")),
)


class StartScreen(QWidget):
    """Five doors. Emits what the user wants and nothing more."""

    open_requested = Signal(object)
    """A `Path` that was chosen, dropped or opened lately."""
    new_requested = Signal(object)
    """A `NewEvent`."""
    demo_requested = Signal()
    rehearse_requested = Signal(object)
    """The `Path` of the event whose plan and roster are to be rehearsed."""
    check_requested = Signal()
    replay_requested = Signal(object)
    """The `Path` of an event file or bundle to look back at."""
    standby_requested = Signal()
    """This laptop is to follow an event on another one."""
    forget_requested = Signal(str)
    language_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        shown = {key.id: key.shown for key in KEYS}
        self.open_door = Door(Say("start.open.title"), Say("start.open.what"), "open", keys=shown["open"])
        self.new_door = Door(Say("start.new.title"), Say("start.new.what"), "new", keys=shown["new"])
        self.rehearse_door = Door(
            Say("start.rehearse.title"), Say("start.rehearse.what"), "rehearse", keys=shown["rehearse"]
        )
        self.demo_door = Door(Say("start.demo.title"), Say("start.demo.what"), "play", keys=shown["demo"])
        self.check_door = Door(
            Say("start.check.title"), Say("start.check.what"), "check", keys=shown["check"]
        )
        self.open_door.clicked.connect(self.choose_file)
        self.new_door.clicked.connect(self.ask_new)
        self.rehearse_door.clicked.connect(self.choose_rehearsal)
        self.demo_door.clicked.connect(self.demo_requested)
        self.check_door.clicked.connect(self.check_requested)
        self.doors = (self.new_door, self.open_door, self.rehearse_door, self.demo_door, self.check_door)
        self.replay_button = Button(Say("replay.door"), kind="quiet", icon="play")
        self.replay_button.clicked.connect(self.choose_replay)
        self.standby_button = Button(Say("standby_window.door"), kind="quiet", icon="copy")
        self.standby_button.clicked.connect(self.standby_requested)
        self.banner = ErrorBanner()
        self.recents = RecentList()
        self.recents.opened.connect(lambda path: self.open_requested.emit(Path(path)))
        self.recents.forgotten.connect(self.forget_requested)
        self._lay_out()
        self._bind_keys()
        self.show_recents(())

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(space(3))
        for at, door in enumerate(self.doors[:2]):  # the two of every day are the larger ones
            grid.addWidget(door, 0, 3 * at, 1, 3)
        for at, door in enumerate(self.doors[2:]):
            grid.addWidget(door, 1, 2 * at, 1, 2)
        for at in range(6):
            grid.setColumnStretch(at, 1)
        head = row(
            column(
                Words(Say("start.name"), Type.DISPLAY, strong=True),
                Words(Say("start.promise"), tone="quiet"),
                gap=1,
            ),
            self._languages(),
            gap=4,
        )
        head.setStretch(0, 1)
        page = column(
            head,
            self.banner,
            grid,
            row(
                Words(Say("start.recent.title"), Type.LEAD, strong=True),
                STRETCH,
                self.standby_button,
                self.replay_button,
            ),
            card(column(scrolled(holder(column(self.recents, margin=1))))),
            gap=4,
        )
        page.setStretch(4, 1)
        middle = QWidget()
        middle.setLayout(page)
        middle.setMaximumWidth(space(260))
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(middle, 100)
        across.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(8), space(8), space(8), space(6))
        whole.addLayout(across)

    def _languages(self) -> QHBoxLayout:
        self._language_group = QButtonGroup(self)
        layout = row(STRETCH, gap=1)
        for code in i18n.LANGUAGES:
            button = Button(LANGUAGE_NAMES[code], kind="quiet", size=Type.CAPTION)
            button.setCheckable(True)
            button.setChecked(code == i18n.language())
            button.setProperty("language", code)
            button.clicked.connect(lambda _checked, at=code: self.language_chosen.emit(at))
            bind_name(button, LANGUAGE_NAMES[code])
            self._language_group.addButton(button)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return layout

    def show_language(self, code: str) -> None:
        """Mark the language in force."""
        for button in self._language_group.buttons():
            button.setChecked(button.property("language") == code)

    def _bind_keys(self) -> None:
        doors = {"open": self.open_door, "new": self.new_door}
        doors |= {"rehearse": self.rehearse_door, "demo": self.demo_door, "check": self.check_door}
        for key in KEYS:
            made = QShortcut(QKeySequence(key.keys), self)
            made.activated.connect(doors[key.id].click)

    def show_recents(self, recents: Sequence[Recent]) -> None:
        """The events that were open here, the newest first."""
        self.recents.show_recents(recents)

    def show_known(self, error: Known) -> None:
        """An event could not be opened or made."""
        self.banner.show_known(error)

    def choose_file(self) -> QFileDialog:
        """Ask which file to open."""
        dialog = QFileDialog(self, str(Say("start.open.title")))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(str(Say("start.file_kind")))
        dialog.fileSelected.connect(lambda path: self.open_requested.emit(Path(path)))
        dialog.open()
        return dialog

    def choose_replay(self) -> QFileDialog:
        """Ask which event file or bundle to look back at."""
        dialog = QFileDialog(self, str(Say("replay.choose")))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(f"{Say('replay.files')} (*.venue *.bundle *.copy)")
        dialog.fileSelected.connect(lambda path: self.replay_requested.emit(Path(path)))
        dialog.open()
        return dialog

    def choose_rehearsal(self) -> QFileDialog:
        """Ask which event is to be rehearsed."""
        dialog = QFileDialog(self, str(Say("start.rehearse.title")))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(str(Say("start.file_kind")))
        dialog.fileSelected.connect(lambda path: self.rehearse_requested.emit(Path(path)))
        dialog.open()
        return dialog

    def ask_new(self) -> NewEventDialog:
        """Ask what the new event is."""
        dialog = NewEventDialog(parent=self)
        dialog.wanted.connect(self.new_requested)
        dialog.open()
        return dialog

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """An event's file may be dropped anywhere on the page."""
        if _dropped(event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        path = _dropped(event.mimeData().urls())
        if path is not None:
            event.acceptProposedAction()
            self.open_requested.emit(path)


def _dropped(urls: Sequence[QUrl]) -> Path | None:
    for url in urls:
        if url.isLocalFile() and url.toLocalFile().endswith(SUFFIX):
            return Path(url.toLocalFile())
    return None
