"""The results screen's controller: it has results computed beside the window, and enters what comes later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from ui import tasks
from ui.bridge import Bridge
from ui.exporting import Export, ask_target
from ui.phrases import Phrase
from ui.screen import RailState, Section, Turns
from ui.screens.results.enter import Asked, EnterDialog, Typed
from ui.screens.results.explain import opened
from ui.screens.results.model import ResultsModel, entered, results_model
from ui.screens.results.view import ResultsView
from ui.shortcuts import Shortcut
from ui.widgets.state import Mark
from ui.words import Say, Text
from venue_app.domain.commands import EnterValue
from venue_app.rules import Results, compute
from venue_app.rules.number import text
from venue_app.scheme import Entered
from venue_app.state import State
from venue_app.state.facts import facts_of
from venue_app.venue import Change

_DEBOUNCE_MS = 400


@dataclass(frozen=True, slots=True)
class _Computed:
    state: State
    results: Results
    model: ResultsModel


def computed(state: State) -> _Computed:
    """State, results and table of one moment; takes up to a second and touches no widget."""
    results = compute(state.scheme, facts_of(state))
    return _Computed(state, results, results_model(state, results))


class ResultsScreen(QObject):
    """成绩, as the frame registers it."""

    id = "results"
    icon = "results"
    section: Section = "day"
    title: Text = Say("results.title")

    def __init__(
        self,
        bridge: Bridge,
        parent: QObject | None = None,
        export: tuple[Export, Path] | None = None,
        view: ResultsView | None = None,
    ) -> None:
        """`export` writes the event's tables, beside which file unless another place is chosen."""
        super().__init__(parent)
        self._export = export
        self._bridge = bridge
        self._now: _Computed | None = None
        self._task: tasks.Task | None = None
        self._exporting: tasks.Task | None = None
        self._stale = True
        self._open: tuple[str, str] | None = None
        self.dialog: EnterDialog | None = None
        self.widget = view or ResultsView()
        self.widget.opened.connect(self._opened)
        self.widget.chosen.connect(lambda _entry: self._show_action())
        self.widget.enter.connect(self.ask)
        self.widget.closed_panel.connect(self._closed_panel)
        self.widget.installEventFilter(self)
        self.widget.export.setVisible(export is not None)
        self.widget.export.clicked.connect(self.ask_export)
        self._timer = QTimer(self.widget)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DEBOUNCE_MS)
        self._timer.timeout.connect(self.compute_now)
        bridge.changed.connect(self._changed)
        self.widget.show_model(None)
        self._show_action()

    @classmethod
    def in_turns(
        cls, bridge: Bridge, parent: QObject, home: QWidget, export: tuple[Export, Path]
    ) -> Turns[ResultsScreen]:
        """The same, made in several turns of the loop, and where it will stand."""
        view = ResultsView(home, later=True)
        view.hide()  # until it is turned to
        yield from view.build()
        yield
        return cls(bridge, parent, export, view)

    @property
    def model(self) -> ResultsModel | None:
        """What is shown; None before the first computation is over."""
        return None if self._now is None else self._now.model

    @property
    def up_to_date(self) -> bool:
        """Whether what is shown follows from the newest state."""
        return self._now is not None and self._now.state is self._bridge.state

    def rail_state(self) -> RailState:
        """Ready once there are lots; counts those without a result, then what is still to be entered."""
        state = self._bridge.state
        if not state.appearances:
            return RailState(Mark.NOT_YET)
        open_ = sum(a.status in ("waiting", "floor") for a in state.appearances.values())
        if open_:
            return RailState(Mark.IN_PROGRESS, open_)
        left = len(self._lacking())
        return RailState(Mark.WAIT if left else Mark.DONE, left)

    def shortcuts(self) -> Sequence[Shortcut]:
        """Find, table, enter, close."""
        view = self.widget
        return (
            Shortcut("find", "Ctrl+F", Say("results.keys.find"), view.field.setFocus),
            Shortcut("table", "Ctrl+L", Say("results.keys.table"), view.table.setFocus),
            Shortcut("enter", "Ctrl+Return", Say("results.keys.enter"), view.bar.action.button.click),
            Shortcut("close", "Esc", Say("results.keys.close"), view.close_panel),
        )

    # ---- computing ----

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What changed while nobody looked is computed when the screen is shown."""
        if watched is self.widget and event.type() == QEvent.Type.Show and self._stale:
            self.compute_now()
        return False

    def compute_now(self) -> None:
        """Have the newest state computed, unless that is under way or there is nothing yet."""
        if self._task is not None or not self._bridge.state.lots:
            return
        self._stale = False
        state = self._bridge.state
        self._task = tasks.run(lambda _progress: computed(state), owner=self.widget, done=self._take)
        self._task.ended.connect(self._ended)

    def _changed(self, _change: Change) -> None:
        self._stale = True
        if self.widget.isVisible():
            self._timer.start()

    def _take(self, now: _Computed) -> None:
        self._now = now
        self.widget.show_model(now.model)
        self._show_opened()
        self._show_action()

    def _ended(self) -> None:
        self._task = None
        if self._stale and self.widget.isVisible():
            self._timer.start()

    # ---- a number opened ----

    def _opened(self, entry: str, component: str) -> None:
        self._open = (entry, component)
        self._show_opened()

    def _closed_panel(self) -> None:
        self._open = None

    def _show_opened(self) -> None:
        now = self._now
        if now is None or self._open is None or self._open[0] not in now.results.entries:
            self.widget.show_opened(None)
            return
        entry, component = self._open
        self.widget.show_opened(
            opened(now.state, now.results, entry, component or now.state.scheme.composite)
        )

    # ---- tables ----

    def ask_export(self) -> None:
        """Ask where the tables go, then write them beside the window."""
        if self._export is not None and self._exporting is None:
            ask_target(self.widget, self._export[1].with_suffix(".xlsx"), self.export_to)

    def export_to(self, target: Path) -> None:
        """Write the tables under this name."""
        if self._export is None or self._exporting is not None:
            return
        write = self._export[0]
        self.widget.banner.hide()
        self.widget.notice.hide()
        self._exporting = tasks.run(
            lambda progress: write(target, progress),
            owner=self.widget,
            done=self._exported,
            failed=self.widget.banner.show_known,
        )
        self._exporting.ended.connect(self._export_over)
        self.widget.busy.watch(self._exporting, Say("tables.doing"))

    def _exported(self, files: list[Path]) -> None:
        words = Say("tables.written", count=len(files), folder=str(files[0].parent))
        self.widget.notice.show_text(words)

    def _export_over(self) -> None:
        self._exporting = None

    # ---- what comes later ----

    def _lacking(self) -> list[str]:
        """Entries that go on and lack a component that is typed in."""
        if self._now is None:
            return []
        values = self._bridge.state.values
        lines = [line for post in self._now.model.posts for line in post.lines if line.passed]
        return [
            line.entry
            for line in lines
            if any(line.entry not in values.get(c.id, {}) for c in entered(self._now.state.scheme))
        ]

    def _target(self, entry: str) -> Entered | None:
        """The component to be entered next for this entry: the first it lacks, else the last it has."""
        state = self._bridge.state
        lacking = [c for c in entered(state.scheme) if entry not in state.values.get(c.id, {})]
        return next(iter(lacking), None) or next(iter(reversed(entered(state.scheme))), None)

    def _show_action(self) -> None:
        bar, state = self.widget.bar, self._bridge.state
        targets = entered(state.scheme)
        if not targets:
            bar.rest(Say("results.action.nothing"), Mark.READY)
            return
        words: Text = Say("results.action.any", title=Phrase(targets[0].title))
        line = self._now.model.line(self.widget.table.current_id) if self._now else None
        if state.closed_at is not None:
            bar.refuse(words, Say("results.why_not.closed"))
        elif line is None or self._now is None:
            bar.refuse(words, Say("results.why_not.choose"))
        elif not line.passed:
            bar.refuse(words, Say("results.why_not.not_passed", name=line.name))
        elif (target := self._target(line.entry)) is not None:
            bar.offer(Say("results.action.enter", title=Phrase(target.title), name=line.name))

    def ask(self) -> None:
        """Open the form for the line the cursor is on."""
        line = self._now.model.line(self.widget.table.current_id) if self._now else None
        target = self._target(line.entry) if line is not None else None
        if line is None or target is None:
            return
        state = self._bridge.state
        asked = Asked(
            entry=line.entry,
            who=Say("results.who", name=line.name, post=state.post_of(line.entry).title),
            component=target.id,
            title=Phrase(target.title),
            maximum=text(target.maximum),
            now=state.values.get(target.id, {}).get(line.entry, ""),
        )
        dialog = self.dialog = EnterDialog(asked, self.widget)
        dialog.given.connect(lambda typed: self._enter(dialog, typed))
        dialog.open()

    def _enter(self, dialog: EnterDialog, typed: Typed) -> None:
        command = EnterValue(
            component=typed.component,
            entry=typed.entry,
            value=typed.value,
            second=typed.second,
            reason=typed.reason,
        )
        self._bridge.send(
            command,
            done=lambda _reply: self._entered(dialog),
            refused=dialog.banner.show_known,
            asker=dialog,
        )

    def _entered(self, dialog: EnterDialog) -> None:
        dialog.accept()
        if self.dialog is dialog:
            self.dialog = None
        self.compute_now()
