"""The seal screen's controller: forms, printing, bundle and checks beside the window, and the close."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from ui import tasks
from ui.bridge import Bridge
from ui.screen import RailState, Section, Turns
from ui.screens.seal.model import SealModel, form_title, seal_model
from ui.screens.seal.printing import new_printer, print_files
from ui.screens.seal.view import SealView
from ui.screens.seal.work import Made, Work, files_in, make_forms
from ui.seen import WhenSeen
from ui.shortcuts import Shortcut
from ui.widgets.state import Mark
from ui.words import Say, Text, known_text
from venue_app.base.errors import Known
from venue_app.domain.commands import CloseRun
from venue_app.domain.floor_commands import ReopenRun
from venue_app.domain.nouns import Person
from venue_app.reports.fill import card_names, form_names
from venue_app.seal.bundle import Written
from venue_app.seal.check import Verdict
from venue_app.venue import Reply


class SealScreen(QObject):
    """封存, as the frame registers it. `folder` is where forms go unless another is chosen."""

    id = "seal"
    icon = "seal"
    section: Section = "day"
    title: Text = Say("seal_screen.title")
    replay_wanted = Signal()
    """The event is to be looked back at."""

    def __init__(
        self,
        bridge: Bridge,
        work: Work,
        folder: Path | None = None,
        parent: QObject | None = None,
        view: SealView | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._work = bridge, work
        event = work.event
        self.folder = folder or event.with_name(f"{event.stem}-reports")
        self._bundle = event.with_suffix(".bundle")
        self._task: tasks.Task | None = None
        self.print_dialog: QPrintDialog | None = None
        self.widget = view = view or SealView()
        view.forms.make.connect(self.make)
        view.forms.print_now.connect(self.ask_printer)
        view.forms.folder_chosen.connect(self.use_folder)
        view.bundle.write.connect(self.write_bundle)
        view.bundle.copy_to.connect(self.copy_to)
        view.bundle.export_to.connect(self.export_to)
        view.bundle.replay.connect(self.replay_wanted)
        view.check.check.connect(self.check)
        view.packages.sealing.seal.connect(self.seal_files)
        view.packages.sealing.print_envelopes.connect(lambda file: self.ask_printer([file]))
        view.packages.sealing.destroyed.connect(self.destroy_envelopes)
        view.packages.opening.open.connect(self.open_package)
        view.close_now.connect(self._close)
        view.reopen_now.connect(self.reopen)
        self._seen = WhenSeen(view, self.refresh)
        bridge.changed.connect(self._seen.touch)
        self.refresh()

    @classmethod
    def in_turns(cls, bridge: Bridge, work: Work, parent: QObject, home: QWidget) -> Turns[SealScreen]:
        """The same, made in several turns of the loop, and where it will stand."""
        view = SealView(home, later=True)
        view.hide()  # until it is turned to
        yield from view.build()
        yield
        return cls(bridge, work, parent=parent, view=view)

    @property
    def model(self) -> SealModel:
        """What is to be shown now."""
        return seal_model(self._bridge.state, files_in(self.folder, (*form_names(), *card_names())))

    def refresh(self) -> None:
        """Show the newest state."""
        self.widget.show_model(self.model, self.folder, self._bundle)
        self.widget.packages.show_packages(self._bridge.state.packages)
        self.show_copy()

    def rail_state(self) -> RailState:
        """Ready once nobody is left to be heard; counts sums that do not add up and forms not made."""
        model = seal_model(self._bridge.state)
        if model.closed_at:
            return RailState(Mark.DONE)
        if model.why_not_close:
            return RailState(Mark.NOT_YET)
        return RailState(Mark.READY, model.missing)

    def shortcuts(self) -> Sequence[Shortcut]:
        """Everything but the held press, which is held on its button."""
        view = self.widget
        return (
            Shortcut("make", "Ctrl+Return", Say("seal_screen.keys.make"), view.forms.make_all.click),
            Shortcut("print", "Ctrl+P", Say("seal_screen.keys.print"), view.forms.print_one.click),
            Shortcut("forms", "Alt+1", Say("seal_screen.keys.forms"), lambda: view.tabs.setCurrentIndex(0)),
            Shortcut("bundle", "Alt+2", Say("seal_screen.keys.bundle"), lambda: view.tabs.setCurrentIndex(1)),
            Shortcut("check", "Alt+3", Say("seal_screen.keys.check"), lambda: view.tabs.setCurrentIndex(2)),
            Shortcut("packages", "Alt+4", Say("envelopes.page.tab"), lambda: view.tabs.setCurrentIndex(3)),
        )

    # ---- forms ----

    def use_folder(self, folder: Path) -> None:
        """Put the files there from now on."""
        self.folder = folder
        self.refresh()

    def make(self, forms: Sequence[str]) -> None:
        """Make forms beside the window."""
        if self._busy():
            return
        folder = self.folder
        self._start(
            lambda progress: make_forms(self._work, forms, folder, progress),
            lambda made: self._made(made, folder),
            Say("seal_screen.form.making"),
        )

    def _made(self, made: Made, folder: Path) -> None:
        self.refresh()
        if made.files:
            self._tell(Say("seal_screen.form.done", count=len(made.files), folder=str(folder)))
        if made.faults:
            form, fault = made.faults[0]
            why = Say(
                "seal_screen.form.failed",
                form=form_title(form),
                why=known_text(fault),
                more=len(made.faults) - 1,
            )
            self.widget.banner.show_text(why)

    # ---- printing ----

    def ask_printer(self, files: Sequence[Path]) -> None:
        """The system's dialog; printing begins when it is accepted."""
        if self._busy():
            return
        printer = new_printer()
        self.print_dialog = QPrintDialog(printer, self.widget)
        self.print_dialog.accepted.connect(lambda: self.print_on(printer, files))
        self.print_dialog.setModal(True)
        self.print_dialog.show()

    def print_on(self, printer: QPrinter, files: Sequence[Path]) -> None:
        """Print the files beside the window."""
        self._start(
            lambda progress: print_files(files, printer, progress),
            lambda pages: self._tell(Say("seal_screen.print.done", count=pages)),
            Say("seal_screen.print.doing"),
        )

    # ---- bundle and checks ----

    def write_bundle(self, target: Path) -> None:
        """Write the bundle with every report file of the folder."""
        if self._busy():
            return
        reports = [path for _, path in files_in(self.folder, form_names())]
        self._start(
            lambda progress: self._work.bundle(target, reports, progress.report),
            self._written,
            Say("seal_screen.bundle.doing"),
        )

    def _written(self, written: Written) -> None:
        self.refresh()
        self.widget.bundle.show_written(written)

    def export_to(self, target: Path) -> None:
        """Write the event's tables under this name."""
        if not self._busy():
            self._start(
                lambda progress: self._work.export(target, progress), self._exported, Say("tables.doing")
            )

    def _exported(self, files: list[Path]) -> None:
        self._tell(Say("tables.written", count=len(files), folder=str(files[0].parent)))

    def copy_to(self, folder: Path | None) -> None:
        """Copy the journal there from now on."""
        if not self._busy():
            self._start(
                lambda _progress: self._work.copy_to(folder),
                lambda _nothing: self.show_copy(),
                Say("seal_screen.copy.title"),
            )

    def choose_copy(self) -> None:
        """Ask for the folder of the second copy."""
        self.widget.tabs.setCurrentIndex(1)
        self.widget.bundle.ask_copy()

    def show_copy(self) -> None:
        """Show how the second copy stands."""
        self.widget.bundle.show_copy(self._work.copy_status)

    def check(self, file: Path, head: str) -> None:
        """Check a file against this event."""
        if self._busy():
            return
        self._start(
            lambda progress: self._work.verify(file, head or None, progress.report),
            self._checked,
            Say("seal_screen.check.doing"),
        )

    def _checked(self, verdict: Verdict) -> None:
        self.widget.check.show_verdict(verdict)

    # ---- packages several people open together ----

    def seal_files(self, files: Sequence[Path], holders: Sequence[str], needed: int, label: str) -> None:
        """Seal files into a folder that is asked for."""
        page = self.widget.packages
        folder = "" if self._busy() else page.ask_folder()
        if folder:
            self._start(
                lambda _progress: self._work.seal(files, holders, needed, label, Path(folder)),
                page.sealing.show_sealed,
                Say("envelopes.page.sealing"),
            )

    def destroy_envelopes(self, file: Path) -> None:
        """The envelopes are printed: their file goes."""
        if not self._busy():
            self._start(
                lambda _progress: self._work.destroy(file),
                lambda _nothing: self.widget.packages.sealing.show_destroyed(),
                Say("envelopes.page.destroy"),
            )

    def open_package(self, package: Path, shares: Sequence[str]) -> None:
        """Open a package with its holders' shares into a folder that is asked for."""
        page = self.widget.packages
        folder = "" if self._busy() else page.ask_folder()
        if folder:
            self._start(
                lambda _progress: self._work.unseal(package, shares, Path(folder)),
                page.opening.show_opened,
                Say("envelopes.page.opening"),
            )

    # ---- work under way ----

    def _busy(self) -> bool:
        return self._task is not None

    def _start(self, work: object, done: object, words: Text) -> None:
        self.widget.banner.hide()
        self.widget.notice.hide()
        self._task = tasks.run(work, owner=self.widget, done=done, failed=self._failed)  # type: ignore[arg-type]
        self._task.ended.connect(self._ended)
        self.widget.busy.watch(self._task, words)

    def _ended(self) -> None:
        self._task = None
        self.refresh()

    def _failed(self, fault: Known) -> None:
        self.widget.banner.show_known(fault)

    def _tell(self, text: Text) -> None:
        self.widget.notice.show_text(text)

    # ---- the close ----

    def _close(self) -> None:
        people = self._bridge.state.people
        self._bridge.send(CloseRun(people=people), done=self._closed, refused=self._failed)

    def _closed(self, _reply: Reply) -> None:
        self.widget.banner.hide()
        self.refresh()

    def reopen(self, first: str, second: str, reason: str) -> None:
        """Open the record again after its close; the first person keeps the room, the second watches over it."""
        people = (Person(role="proctor", name=first), Person(role="supervisor", name=second))
        command = ReopenRun(people=people, reason=reason)
        self._bridge.send(command, done=self._reopened, refused=self._failed)

    def _reopened(self, _reply: Reply) -> None:
        self.widget.reopening.clear()
        self.widget.banner.hide()
        self.refresh()
