"""A bar and «cancel» for work under way; hidden while there is none."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from ui.widgets.buttons import Button
from ui.widgets.layout import Words, row
from ui.words import Say, Text, bind_name


class Watched(Protocol):
    """What a line can watch; `ui.tasks.Task` is one."""

    @property
    def progressed(self) -> SignalInstance:
        """Sent with done and total."""

    @property
    def ended(self) -> SignalInstance:
        """Sent once, at the end."""

    def cancel(self) -> None:
        """Ask it to stop."""


class BusyLine(QFrame):
    """Shows one piece of work: what it is, how far, and the way to stop it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: Watched | None = None
        self.words = Words("", wrap=False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.count = Words("", tone="quiet", wrap=False)
        self.cancel_button = Button(Say("ui.cancel"), kind="quiet")
        self.cancel_button.clicked.connect(self._cancel)
        layout = row(self.words, self.bar, self.count, self.cancel_button, gap=3)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.hide()

    def watch(self, task: Watched, text: Text = "") -> None:
        """Follow a task until it ends."""
        self._task = task
        self.words.say(text)
        bind_name(self.bar, text or Say("ui.busy"))
        self.bar.setRange(0, 0)
        self.count.say("")
        self.cancel_button.setEnabled(True)
        task.progressed.connect(self._progressed)
        task.ended.connect(self.hide)
        self.show()

    def _progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.count.say(f"{done} / {total}" if total else str(done))

    def _cancel(self) -> None:
        if self._task is not None:
            self.cancel_button.setEnabled(False)
            self._task.cancel()
