"""The prepare screen's controller: it has files read beside the window, imports, and opens the run."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui import tasks
from ui.bridge import Bridge
from ui.screen import RailState, Section, Turns
from ui.screens.prepare.guiding import Guide
from ui.screens.prepare.import_model import import_model, nothing_read
from ui.screens.prepare.model import PrepareModel, prepare_model, scheme_page
from ui.screens.prepare.office import Office
from ui.screens.prepare.reading import Reading, answered, read
from ui.screens.prepare.view import PrepareView
from ui.seen import WhenSeen
from ui.shortcuts import Shortcut
from ui.widgets.state import Mark
from ui.words import Say, Text
from venue_app.base.errors import Known
from venue_app.base.i18n import language
from venue_app.domain.commands import OpenRun
from venue_app.domain.nouns import Person
from venue_app.roster.source import SourceLike
from venue_app.roster.templates import write_templates
from venue_app.scheme import Scheme
from venue_app.venue import Reply


class PrepareScreen(QObject):
    """准备, as the frame registers it."""

    id = "prepare"
    icon = "prepare"
    section: Section = "day"
    title: Text = Say("prepare.title")

    scheme_wanted = Signal()
    """The plan is to be changed, or read once it is frozen; whoever hears it opens the window for that."""
    photos_given = Signal(object)
    """A roster was imported from these places: photographs may lie with it."""
    print_wanted = Signal(object)
    """A `Path`: a form that is to be printed."""
    open_wanted = Signal(object)
    """A `Path`: the event file of a rehearsal that somebody wants to look at."""
    stations_wanted = Signal()

    def __init__(
        self,
        bridge: Bridge,
        parent: QObject | None = None,
        view: PrepareView | None = None,
        office: Office | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.guide = Guide(bridge, office, self)
        self._scheme = scheme_page(bridge.state.scheme)
        self._decisions: dict[str, str] = {}
        self._task: tasks.Task | None = None
        self.reading: Reading | None = None
        self.widget = view or PrepareView()
        page = self.widget.imports
        page.given.connect(self.read)
        page.templates_to.connect(self.write_blank)
        page.again.connect(self.read_again)
        page.decided.connect(lambda question, answer: self.decide({question: answer}))
        page.confirmed.connect(self.decide)
        self.widget.scheme.change.connect(self.scheme_wanted)
        self.widget.import_now.connect(self._import)
        self.widget.open_now.connect(self._open)
        self.widget.people.lines[0].name.setText(bridge.actor.name)
        self.guide.serve(self.widget)
        self.guide.changed.connect(self.refresh)
        self.guide.print_wanted.connect(self.print_wanted)
        self.guide.open_wanted.connect(self.open_wanted)
        self.widget.stations_wanted.connect(self.stations_wanted)
        self._seen = WhenSeen(self.widget, self.refresh)
        bridge.changed.connect(self._seen.touch)
        self.refresh()

    @classmethod
    def in_turns(
        cls, bridge: Bridge, parent: QObject, home: QWidget, office: Office | None = None
    ) -> Turns[PrepareScreen]:
        """The same, made in several turns of the loop, and where it will stand: a whole that is moved is dressed anew."""
        view = PrepareView(home, later=True)
        view.hide()  # until it is turned to
        yield from view.build()
        yield
        return cls(bridge, parent, view, office)

    @property
    def model(self) -> PrepareModel:
        """What the state says."""
        return prepare_model(self._bridge.state, self._scheme, self.guide.outside)

    def refresh(self) -> None:
        """Show the newest state. Files read under another plan are read again."""
        scheme = self._bridge.state.scheme
        changed = scheme.digest != self._scheme.digest
        if changed:
            self._scheme = scheme_page(scheme)
        self.widget.show_model(self.model)
        if changed:
            self.read_again()

    def rail_state(self) -> RailState:
        """Done when the run is open; else how many steps lack something."""
        steps = self.model.steps
        if self._bridge.state.opened_at is not None:
            return RailState(Mark.DONE)
        missing = sum(not step.done for step in steps)
        begun = bool(self._bridge.state.entries)
        return RailState(Mark.IN_PROGRESS if begun else Mark.READY, missing)

    def shortcuts(self) -> Sequence[Shortcut]:
        """Files, the next act, and each step."""
        view = self.widget
        return (
            Shortcut("files", "Ctrl+O", Say("prepare.keys.files"), view.imports.ask_files),
            Shortcut("act", "Ctrl+Return", Say("prepare.keys.act"), view.bar.action.button.click),
            Shortcut("scheme", "Ctrl+E", Say("prepare.keys.scheme"), self.scheme_wanted.emit),
            Shortcut("look", "Ctrl+L", Say("prepare.keys.look"), self.guide.look),
            Shortcut("next", "Ctrl+J", Say("prepare.keys.next"), lambda: view.imports.findings.step(1)),
        )

    # ---- reading ----

    def read(self, paths: Sequence[SourceLike]) -> None:
        """Read files or a folder; a reading under way is stopped for it."""
        if self._task is not None:
            self._task.drop()
        scheme, decisions = self._bridge.state.scheme, dict(self._decisions)
        given = tuple(paths)
        self.widget.banner.hide()
        self._task = tasks.run(
            lambda progress: read(given, scheme, decisions, progress),
            owner=self.widget,
            done=partial(self._take, scheme, decisions),
            failed=self._not_read,
        )
        self.widget.imports.busy.watch(self._task, Say("prepare.import.reading"))

    def write_blank(self, folder: Path) -> None:
        """Write the spreadsheets that this plan can use, empty, in the language in force."""
        scheme, lang = self._bridge.state.scheme, language()
        self.widget.banner.hide()
        tasks.run(
            lambda _progress: write_templates(folder, scheme, lang),
            owner=self.widget,
            done=self._blank_written,
            failed=self.widget.banner.show_known,
        )

    def _blank_written(self, made: list[Path]) -> None:
        folder = str(made[0].parent) if made else ""
        self.widget.told.show_text(Say("prepare.import.templates_made", count=len(made), folder=folder))

    def read_again(self) -> None:
        """The same files once more, after they were put right; answers given are kept."""
        if self.reading is not None:
            self.read(self.reading.paths)

    def _take(self, scheme: Scheme, decisions: dict[str, str], reading: Reading) -> None:
        """What was read under this plan and with these answers, of which either may have changed meanwhile."""
        self._task = None
        self.reading = reading
        if scheme.digest != self._bridge.state.scheme.digest:
            self.read_again()
            return
        later = {name: answer for name, answer in self._decisions.items() if decisions.get(name) != answer}
        if later:
            self.reading = answered(reading, later, scheme)
        self._show_reading()

    def _not_read(self, fault: Known) -> None:
        self._task = None
        if fault.code != "roster.stopped":
            self.widget.banner.show_known(fault)

    def decide(self, answers: dict[str, str]) -> None:
        """Answer questions; other questions may arise or go away."""
        if self.reading is None:
            return
        self._decisions |= answers
        self.reading = answered(self.reading, answers, self._bridge.state.scheme)
        self._show_reading()

    def _show_reading(self) -> None:
        if self.reading is None:
            self.widget.show_import(nothing_read())
        else:
            after_draw = self._bridge.state.draw is not None
            self.widget.show_import(import_model(self.reading, after_draw=after_draw))

    # ---- commands ----

    def _import(self) -> None:
        sent = self.reading
        if sent is not None and sent.command is not None:
            self._bridge.send(sent.command, done=lambda _reply: self._imported(sent), refused=self._refused)

    def _imported(self, sent: Reading) -> None:
        """`sent` is in the roster; other files that were given meanwhile stay to be looked at."""
        self.photos_given.emit(tuple(path for path in sent.paths if isinstance(path, Path)))
        self.widget.banner.hide()
        if self._task is None and self.reading is sent:
            self.reading = None
            self._decisions = {}
            self.refresh()
            self.widget.import_done()
        else:
            self.refresh()

    def _open(self) -> None:
        people = tuple(Person(role=p.role, name=p.name) for p in self.widget.people.people)
        self._bridge.send(OpenRun(people=people), done=self._opened, refused=self._refused)

    def _opened(self, _reply: Reply) -> None:
        self.widget.banner.hide()
        self.refresh()

    def _refused(self, fault: Known) -> None:
        self.widget.banner.show_known(fault)
