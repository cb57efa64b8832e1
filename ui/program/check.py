"""Checking a report, a bundle or an event file: what is proved, what is not, and what no check can prove."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from ui import tasks
from ui.phrases import spoken
from ui.theme import Type, space
from ui.widgets.buttons import Button
from ui.widgets.layout import STRETCH, Words, column, holder, row, scrolled
from ui.widgets.notices import ErrorBanner, Shape
from ui.widgets.state import Mark, StateMark
from ui.words import Say, bind, bind_name
from venue_app.base.errors import Known
from venue_app.host.audit import audit
from venue_app.seal.check import Check, Outcome, Verdict
from venue_app.seal.verify import verify_file

_SHAPES: dict[bool | None, tuple[str, str]] = {
    True: ("check", "done"),
    False: ("cross", "alarm"),
    None: ("dash", "wait"),
}
_WITH_JOURNAL = ("event", "bundle", "copy")
_OUTCOMES = {Outcome.PROVED: Mark.DONE, Outcome.NOT_ALL_PROVED: Mark.WAIT, Outcome.WRONG: Mark.ALARM}


class CheckDialog(QDialog):
    """Choose a file, perhaps the event to compare with and the head noted on paper; read the verdict."""

    told = Signal(object)
    """A `Verdict`, once it is shown."""
    replay_wanted = Signal(object)
    """The `Path` of the file that was checked, when there is a journal in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file: Path | None = None
        self._task: tasks.Task | None = None
        self.event_file: Path | None = None
        bind(self, "setWindowTitle", Say("app.check.title"))
        self.banner = ErrorBanner()
        self.file_words = Words(Say("app.check.no_file"), tone="quiet")
        self.event_words = Words(Say("app.check.no_event"), tone="quiet")
        choose = Button(Say("app.check.choose"), icon="open")
        choose.clicked.connect(self.choose_file)
        choose_event = Button(Say("app.check.choose_event"), kind="quiet", icon="open")
        choose_event.clicked.connect(self.choose_event)
        self.head = QLineEdit()
        bind(self.head, "setPlaceholderText", Say("app.check.head_hint"))
        bind_name(self.head, Say("app.check.head"))
        self.head.textEdited.connect(self._put_away)
        self.go = Button(Say("app.check.go"), kind="primary")
        self.go.setEnabled(False)
        self.go.clicked.connect(self.start)
        self.outcome = StateMark(size=Type.TITLE)
        self.outcome.hide()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(space(2))
        file_row, event_row = row(choose, self.file_words), row(choose_event, self.event_words)
        file_row.setStretch(1, 1)
        event_row.setStretch(1, 1)
        self.replay = Button(Say("replay.door"), icon="play")
        self.replay.clicked.connect(lambda: self.replay_wanted.emit(self._shown))
        self.replay.hide()
        self._shown: Path | None = None
        close = Button(Say("ui.close"))
        close.clicked.connect(self.reject)
        layout = column(
            Words(Say("app.check.title"), Type.TITLE, strong=True),
            self.banner,
            file_row,
            event_row,
            self.head,
            self.outcome,
            scrolled(holder(column(self._lines, STRETCH))),
            row(self.go, STRETCH, self.replay, close),
            gap=3,
            margin=6,
        )
        layout.setStretch(6, 1)
        self.setLayout(layout)
        self.resize(space(190), space(150))

    def choose_file(self) -> QFileDialog:
        """Ask which file to check."""
        return self._ask(self.take_file)

    def choose_event(self) -> QFileDialog:
        """Ask what to compare with."""
        return self._ask(self.take_event)

    def _ask(self, take: object) -> QFileDialog:
        dialog = QFileDialog(self, str(Say("app.check.title")))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(take)
        dialog.open()
        return dialog

    def take_file(self, path: str) -> None:
        """Check this file; what was found about another is put away, and not waited for."""
        self.file = Path(path)
        self.file_words.say(self.file.name)
        self._put_away()

    def take_event(self, path: str) -> None:
        """Compare with this event file or bundle."""
        self.event_file = Path(path)
        self.event_words.say(self.event_file.name)
        self._put_away()

    def start(self) -> None:
        """Check beside the window."""
        if self.file is None:
            return
        file, event, head = self.file, self.event_file, self.head.text().strip() or None
        self.go.setEnabled(False)
        self.banner.hide()
        self._task = tasks.run(
            lambda progress: verify_file(file, event=event, head=head, extra=audit, progress=progress.report),
            owner=self,
            done=lambda verdict: self._show(verdict, file),
            failed=self._failed,
        )

    def _failed(self, fault: Known) -> None:
        self.go.setEnabled(True)
        self.banner.show_known(fault)

    def _show(self, verdict: Verdict, file: Path) -> None:
        self.go.setEnabled(True)
        self._shown = file
        self.replay.setVisible(verdict.kind in _WITH_JOURNAL)
        self._clear()
        self.outcome.show()
        word = Say(f"audit.outcome.{verdict.outcome.name.lower()}")
        self.outcome.show_mark(_OUTCOMES[verdict.outcome], word)
        for check in verdict.checks:
            self._lines.addWidget(_line(check))
        for limit in verdict.limits:
            self._lines.addWidget(Words(Say(limit), Type.CAPTION, tone="quiet"))
        self.told.emit(verdict)

    def _put_away(self) -> None:
        if self._task is not None:
            self._task.drop()
            self._task = None
        self.go.setEnabled(self.file is not None)
        self.banner.hide()
        self.outcome.hide()
        self.replay.hide()
        self._clear()

    def _clear(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()


def _line(check: Check) -> QWidget:
    shape, tone = _SHAPES[check.ok]
    made = row(Shape(shape, tone, Type.BODY), Words(spoken(check.sentence)), gap=2)
    made.setStretch(1, 1)
    return holder(made)
