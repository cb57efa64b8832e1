"""The window around it: choose a preset, change the plan, or read the one that is frozen.

SchemeDialog(NewOffice(), parent).adopted.connect(...)            a plan's text for a new event
SchemeDialog(EventOffice(bridge), parent)                         changes the event's own plan
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from ui import tasks
from ui.chrome.keys import KeysDialog
from ui.phrases import Phrase
from ui.screens.scheme.cards import Preset, presets
from ui.screens.scheme.chooser import Chooser
from ui.screens.scheme.desk import Desk
from ui.screens.scheme.files import read_scheme
from ui.screens.scheme.frozen import FrozenPage
from ui.screens.scheme.keeping import Keeping
from ui.screens.scheme.page import SchemePage
from ui.screens.scheme.plan import plan_parts
from ui.screens.scheme.port import EventOffice, Office
from ui.shortcuts import HELP, Shortcut
from ui.theme import PAGE_HEIGHT, PAGE_WIDTH
from ui.words import Say, bind, follow
from venue_app.base import i18n
from venue_app.base.clock import local_hms
from venue_app.base.errors import Known


class SchemeDialog(QDialog):
    """`adopted` carries the text of the plan that was taken; the dialog closes itself then."""

    adopted = Signal(str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._path: Path | None = None
        bind(self, "setWindowTitle", Say("scheme_screen.title"))
        self.setModal(True)
        self.chooser = Chooser()
        self.page = SchemePage()
        self.frozen = FrozenPage()
        self.desk = Desk(self.page, office, self)
        self.keeping = Keeping(self.page.note, self)
        self.keeping_frozen = Keeping(self.frozen.note, self)
        self.pages = QStackedWidget()
        for page in (self.chooser, self.page, self.frozen):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)
        self.keys = self._keys()
        self._wire()
        size = parent.window().size() if parent is not None else None
        self.resize(size.width() if size else PAGE_WIDTH, size.height() if size else PAGE_HEIGHT)
        self._start()

    def _start(self) -> None:
        if self._office.state is None:
            self.choose()
        else:
            self.pages.setCurrentWidget(self.page)
            self.desk.take_event()
            follow(self, self._look)

    def _wire(self) -> None:
        self.chooser.chosen.connect(self.desk.take_preset)
        self.chooser.file_wanted.connect(self.ask_file)
        self.chooser.cancelled.connect(self._back)
        self.page.other_wanted.connect(self.choose)
        self.page.file_wanted.connect(self.ask_file)
        self.page.reread.connect(self._read_again)
        self.page.save_wanted.connect(self.save)
        self.page.cancelled.connect(self.reject)
        self.page.leaving.acted.connect(self._leave)
        self.frozen.save_wanted.connect(self.save)
        self.frozen.cancelled.connect(self.reject)
        self.desk.begun.connect(self._begun)
        self.desk.adopted.connect(self._adopted)
        if isinstance(self._office, EventOffice):
            self._office.bridge.changed.connect(self._look)
        for key in (*self.keys, HELP):
            made = QShortcut(QKeySequence(key.keys), self)
            made.activated.connect(self.show_keys if key is HELP else key.act)

    def _keys(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut("adopt", "Ctrl+Return", Say("scheme_screen.keys.adopt"), self._act),
            Shortcut("problem", "Ctrl+J", Say("scheme_screen.keys.problem"), self.desk.next_problem),
            Shortcut("plan", "F6", Say("scheme_screen.keys.plan"), self._to_plan),
            Shortcut("save", "Ctrl+S", Say("scheme_screen.keys.save"), self._save),
            Shortcut("open", "Ctrl+O", Say("scheme_screen.keys.open"), self._open),
        )

    def show_keys(self) -> KeysDialog:
        """The keys of this window."""
        dialog = KeysDialog(Say("scheme_screen.title"), self.keys, (HELP,), self)
        dialog.open()
        return dialog

    # ---- where from ----

    def choose(self) -> None:
        """Show the presets; they are read when they are first wanted."""
        self.pages.setCurrentWidget(self.chooser)
        if self.chooser.cards:
            self.chooser.cards[0].setFocus()
        else:
            tasks.run(lambda _progress: presets(), owner=self, done=self._read)

    def _read(self, found: tuple[Preset, ...]) -> None:
        self.chooser.show_presets(found)

    def _back(self) -> None:
        if self.desk.draft is None:
            self.reject()
        else:
            self.pages.setCurrentWidget(self.page)

    def ask_file(self) -> QFileDialog | None:
        """Ask which file; not while the plan is frozen."""
        if self.pages.currentWidget() is self.frozen:
            return None
        dialog = QFileDialog(self, str(Say("scheme_screen.open")))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(str(Say("scheme_screen.file_kind")))
        dialog.fileSelected.connect(lambda path: self.take_file(Path(path)))
        dialog.open()
        return dialog

    def take_file(self, path: Path) -> None:
        """Begin with a file."""
        try:
            text = read_scheme(path)
        except Known as fault:
            banner = self.chooser.banner if self.pages.currentWidget() is self.chooser else self.page.banner
            banner.show_known(fault)
            return
        self._path = path
        self.chooser.banner.hide()
        self.desk.take_file(path.name, text)

    def _read_again(self) -> None:
        if self._path is not None:
            self.take_file(self._path)

    def _begun(self) -> None:
        if self.pages.currentWidget() is self.frozen:
            return
        self.pages.setCurrentWidget(self.page)
        first = next(iter(self.page.form.views.values()), None)
        (first if first is not None and self.page.form.isVisibleTo(self) else self.page.bar.action).setFocus()

    def _to_plan(self) -> None:
        plan = self.frozen.plan if self.pages.currentWidget() is self.frozen else self.page.plan
        plan.setFocus()

    # ---- frozen ----

    def _look(self, _change: object = None) -> None:
        """Once the run is open there is only reading."""
        state = self._office.state
        if state is None or state.opened_at is None:
            return
        scheme = state.scheme
        same = state.opened_scheme == scheme.digest
        parts = plan_parts(scheme, None, i18n.language())
        self.frozen.show_plan(
            Phrase(scheme.title), local_hms(state.opened_at), scheme.digest, parts, same=same
        )
        self.pages.setCurrentWidget(self.frozen)

    def _open(self) -> None:
        self.ask_file()

    # ---- the ways out ----

    def save(self) -> QFileDialog | None:
        """Ask where to keep the plan; None while it cannot be used."""
        state = self._office.state
        if self.pages.currentWidget() is self.frozen and state is not None:
            return self.keeping_frozen.ask_where(state.scheme)
        good = self.desk.settled()
        return self.keeping.ask_where(good) if good is not None else None

    def _act(self) -> None:
        if self.pages.currentWidget() is self.page:
            self.desk.press()

    def _save(self) -> None:
        self.save()

    def _adopted(self, text: str) -> None:
        self.adopted.emit(text)
        self.accept()

    def _leave(self) -> None:
        super().reject()

    def reject(self) -> None:
        """Ask first while something would be lost."""
        if self.desk.changed and self.pages.currentWidget() is not self.frozen:
            self.pages.setCurrentWidget(self.page)
            self.page.leaving.show_text(Say("scheme_screen.leave"), Say("scheme_screen.leave_yes"))
            self.page.leaving.action.setFocus()
        else:
            super().reject()
