"""The guide at work: readiness looked at, the second copy's folder chosen, the rehearsal run; all beside the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from ui import tasks
from ui.bridge import Bridge
from ui.screens.prepare.guide import NOTHING_KNOWN, Outside
from ui.screens.prepare.office import Looked, Office, Rehearsed, rehearse
from ui.screens.prepare.view import PrepareView
from ui.words import Say
from venue_app.base.clock import local_hms
from venue_app.base.errors import Known


class Guide(QObject):
    """What the prepare screen knows besides the state. Without an office it knows nothing and does nothing."""

    changed = Signal()
    print_wanted = Signal(object)
    open_wanted = Signal(object)

    def __init__(self, bridge: Bridge, office: Office | None, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._office = bridge, office
        self._view: PrepareView | None = None
        self._task: tasks.Task | None = None
        self.looked: Looked | None = None
        self._rehearsals: tuple[str, ...] = ()
        self._list()

    @property
    def outside(self) -> Outside:
        """What is known now."""
        if self._office is None:
            return NOTHING_KNOWN
        copy = self._office.copy_status
        return Outside(
            points=None if self.looked is None else self.looked.points,
            looked_at="" if self.looked is None else local_hms(self.looked.at_ms),
            copy_folder="" if copy is None else str(copy.file.parent),
            copy_fault=None if copy is None else copy.fault,
            rehearsals=self._rehearsals,
        )

    def _list(self) -> None:
        """Which rehearsals there are; asked anew only when one has ended, never while one is being written."""
        if self._office is not None:
            self._rehearsals = tuple(str(path) for path in self._office.rehearsals)

    def serve(self, view: PrepareView) -> None:
        """Do what is asked for on this view."""
        self._view = view
        view.look_now.connect(self.look)
        view.rehearse_now.connect(self.rehearse)
        view.copy.choose_folder.connect(self.ask_folder)
        for page in view.looks:
            page.print_form.connect(self.make_form)
        view.rehearsal.open_file.connect(lambda path: self.open_wanted.emit(Path(path)))

    # ---- readiness ----

    def look(self) -> None:
        """Look at everything once more."""
        office, view = self._office, self._view
        if office is None or view is None or self._task is not None:
            return
        view.banner.hide()
        self._task = tasks.run(
            lambda _progress: office.look(), owner=view, done=self._seen, failed=self._failed
        )
        self._task.ended.connect(self._ended)
        for page in view.looks:
            page.busy.watch(self._task, Say("prepare.ready.looking"))

    def _seen(self, looked: Looked) -> None:
        self.looked = looked

    def make_form(self) -> None:
        """What was found as a form, to be printed."""
        office, view, looked = self._office, self._view, self.looked
        if office is None or view is None or looked is None or self._task is not None:
            return
        self._task = tasks.run(
            lambda _progress: office.form(looked),
            owner=view,
            done=self.print_wanted.emit,
            failed=self._failed,
        )
        self._task.ended.connect(self._ended)

    # ---- second copy ----

    def ask_folder(self) -> QFileDialog | None:
        """Which folder, best on a stick."""
        if self._view is None:
            return None
        dialog = QFileDialog(self._view, str(Say("prepare.copy.choose")))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self.copy_to(Path(path)))
        dialog.open()
        return dialog

    def copy_to(self, folder: Path) -> None:
        """Copy the journal there from now on, and look how that goes."""
        office, view = self._office, self._view
        if office is None or view is None or self._task is not None:
            return

        def work(_progress: tasks.Progress) -> Looked:
            office.copy_to(folder)
            return office.look()

        self._task = tasks.run(work, owner=view, done=self._seen, failed=self._failed)
        self._task.ended.connect(self._ended)
        view.copy.busy.watch(self._task, Say("prepare.ready.looking"))

    # ---- rehearsal ----

    def rehearse(self) -> None:
        """Run this event's own plan and roster by robots, in a file beside it."""
        office, view = self._office, self._view
        if office is None or view is None or self._task is not None:
            return
        view.banner.hide()
        view.rehearsal.tell("")
        self._task = tasks.run(
            lambda progress: rehearse(office, progress), owner=view, done=self._rehearsed, failed=self._failed
        )
        self._task.ended.connect(self._ended)
        view.rehearsal.busy.watch(self._task, Say("prepare.rehearsal.doing"))

    def _rehearsed(self, made: Rehearsed) -> None:
        if self._view is not None:
            told = Say("prepare.rehearsal.done", people=made.people, sheets=made.sheets, name=made.file.name)
            notes = "".join(f"\n· {note}" for note in made.notes)
            self._view.rehearsal.tell(Say("prepare.rehearsal.noted", told=told, notes=notes))

    # ---- what comes of it ----

    def _ended(self) -> None:
        self._task = None
        self._list()
        self.changed.emit()

    def _failed(self, fault: Known) -> None:
        if self._view is not None:
            self._view.banner.show_known(fault)
