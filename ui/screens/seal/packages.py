"""Sealing files among several people, k of whom open them together, and opening such a package on the spot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QListWidget, QSpinBox, QWidget

from ui.theme import Type, space
from ui.widgets.buttons import Button, PrimaryAction
from ui.widgets.layout import STRETCH, Words, card, column, holder, row, scrolled
from ui.widgets.state import Mark, StateMark
from ui.words import Say, Text, bind_name
from venue_app.host.envelopes import SealedFiles
from venue_app.seal.envelopes import MOST
from venue_app.state.model import Package


class SealCard(QWidget):
    """What is sealed, for whom, and how many of them open it."""

    seal = Signal(object, object, int, str)
    """Files, holders, how many are needed, the package's name."""
    print_envelopes = Signal(object)
    destroyed = Signal(object)

    def __init__(self, files: Callable[[], Sequence[Path]]) -> None:
        super().__init__()
        self._ask, self._files = files, list[Path]()
        self._sealed: SealedFiles | None = None
        self._sent: tuple[list[Path], str] = ([], "")
        self.choose = Button(Say("envelopes.page.files"), icon="open")
        self.choose.clicked.connect(self.add_files)
        self.chosen = Words("", tone="quiet")
        self.label = _line(Say("envelopes.page.label"))
        self.holders = _line(Say("envelopes.page.holders"))
        self.needed = QSpinBox()
        self.needed.setRange(2, MOST)
        self.needed.setFixedWidth(space(20))
        bind_name(self.needed, Say("envelopes.page.needed"))
        self.action = PrimaryAction()
        self.action.pressed_now.connect(self._pressed)
        for edit in (self.label, self.holders):
            edit.textChanged.connect(self.look)
        self.needed.valueChanged.connect(self.look)
        self.done = StateMark(Mark.DONE, Type.LEAD)
        self.print = Button(Say("envelopes.page.print"), icon="print")
        self.print.clicked.connect(lambda: self._sealed and self.print_envelopes.emit(self._sealed.envelopes))
        self.gone = Button(Say("envelopes.page.destroy"), kind="danger")
        self.gone.clicked.connect(lambda: self._sealed and self.destroyed.emit(self._sealed.envelopes))
        self.after = holder(column(self.done, row(self.print, self.gone, STRETCH), gap=2))
        self.after.hide()
        body = column(
            Words(Say("envelopes.page.seal"), Type.LEAD, strong=True),
            Words(Say("envelopes.page.seal_how"), tone="quiet"),
            _wide(self.choose, self.chosen),
            Words(Say("envelopes.page.label"), Type.CAPTION, strong=True, tone="quiet"),
            self.label,
            Words(Say("envelopes.page.holders"), Type.CAPTION, strong=True, tone="quiet"),
            self.holders,
            row(Words(Say("envelopes.page.needed"), wrap=False), self.needed, STRETCH),
            self.action,
            self.after,
            gap=2,
            margin=4,
        )
        outer = column(card(body))
        outer.setContentsMargins(0, 0, 0, 0)
        self.setLayout(outer)
        self.look()

    @property
    def names(self) -> tuple[str, ...]:
        """The holders, as typed; a space parts no two people."""
        parts = self.holders.text().replace("，", "、").replace(",", "、").split("、")
        return tuple(part.strip() for part in parts if part.strip())

    def add_files(self) -> None:
        """Choose the files."""
        self._files = list(self._ask()) or self._files
        self.look()

    def look(self) -> None:
        """Offer the action, or say what is missing."""
        self.chosen.say("、".join(file.name for file in self._files) or Say("envelopes.page.no_files"))
        act, count = Say("envelopes.page.seal_act"), len(self.names)
        if not self._files:
            self.action.refuse(act, Say("envelopes.page.no_files"))
        elif not self.label.text().strip():
            self.action.refuse(act, Say("envelopes.page.need_label"))
        elif len(set(self.names)) != count or not self.needed.value() <= count <= MOST:
            self.action.refuse(
                act, Say("envelopes.page.need_holders", needed=self.needed.value(), most=MOST, count=count)
            )
        else:
            self.action.offer(act)

    def _pressed(self) -> None:
        self._sent = (list(self._files), self.label.text())
        self.seal.emit(tuple(self._files), self.names, self.needed.value(), self.label.text().strip())

    def show_sealed(self, made: SealedFiles) -> None:
        """It is sealed: the envelopes are to be printed once, and their file destroyed.

        What was chosen or typed for the next package meanwhile stays.
        """
        self._sealed = made
        said = Say("envelopes.page.sealed", package=str(made.package), envelopes=made.envelopes.name)
        self.done.show_mark(Mark.WAIT, said)
        self.print.show()
        self.gone.show()
        self.after.show()
        files, label = self._sent
        if self._files == files:
            self._files = []
        if self.label.text() == label:
            self.label.clear()
        self.look()

    def show_destroyed(self) -> None:
        """The file of the envelopes is gone."""
        self.done.show_mark(Mark.DONE, Say("envelopes.page.destroyed"))
        self.print.hide()
        self.gone.hide()


class OpenCard(QWidget):
    """The package, and shares one after the other; what a share says is never shown."""

    open = Signal(object, object)
    """The package's file, and the shares as scanned, typed, or the names of pictures."""

    def __init__(self, file: Callable[[Text], str]) -> None:
        super().__init__()
        self._ask, self._package = file, ""
        self.shares: list[str] = []
        self._sent: tuple[str, ...] = ()
        self.choose = Button(Say("envelopes.page.package"), icon="open")
        self.choose.clicked.connect(self.ask_package)
        self.chosen = Words("", tone="quiet")
        self.share = _line(Say("envelopes.page.share"))
        self.share.setEchoMode(QLineEdit.EchoMode.Password)
        self.share.returnPressed.connect(self.take)
        self.picture = Button(Say("envelopes.page.picture"), kind="quiet")
        self.picture.clicked.connect(self.ask_picture)
        self.list = QListWidget()
        self.list.setMaximumHeight(space(24))
        bind_name(self.list, Say("envelopes.page.shares"))
        self.anew = Button(Say("envelopes.page.anew"), kind="quiet")
        self.anew.clicked.connect(self.clear)
        self.action = PrimaryAction()
        self.action.pressed_now.connect(self._pressed)
        self.done = StateMark(Mark.DONE, Type.LEAD)
        self.done.hide()
        body = column(
            Words(Say("envelopes.page.open"), Type.LEAD, strong=True),
            Words(Say("envelopes.page.open_how"), tone="quiet"),
            _wide(self.choose, self.chosen),
            Words(Say("envelopes.page.share"), Type.CAPTION, strong=True, tone="quiet"),
            self.share,
            row(self.picture, self.anew, STRETCH),
            self.list,
            self.action,
            self.done,
            gap=2,
            margin=4,
        )
        outer = column(card(body))
        outer.setContentsMargins(0, 0, 0, 0)
        self.setLayout(outer)
        self.look()

    def ask_package(self) -> None:
        """Choose the package."""
        self._package = self._ask(Say("envelopes.page.package")) or self._package
        self.look()

    def ask_picture(self) -> None:
        """Choose a picture of an envelope's page."""
        self._add(self._ask(Say("envelopes.page.picture")))

    def take(self) -> None:
        """A share was scanned or typed."""
        self._add(self.share.text().strip())
        self.share.clear()

    def _add(self, share: str) -> None:
        if share:
            self.shares.append(share)
            self.list.addItem(str(Say("envelopes.page.given", number=len(self.shares))))
            self.look()

    def _pressed(self) -> None:
        self._sent = tuple(self.shares)
        self.open.emit(Path(self._package), self._sent)

    def clear(self) -> None:
        """Begin with the shares anew; they are forgotten."""
        self.shares.clear()
        self.list.clear()
        self.look()

    def look(self) -> None:
        """Offer the action, or say what is missing."""
        self.chosen.say(Path(self._package).name if self._package else Say("envelopes.page.no_package"))
        act = Say("envelopes.page.open_act", count=len(self.shares))
        if not self._package:
            self.action.refuse(act, Say("envelopes.page.no_package"))
        elif len(self.shares) < 2:
            self.action.refuse(act, Say("envelopes.page.need_shares"))
        else:
            self.action.offer(act)

    def show_opened(self, files: Sequence[Path]) -> None:
        """It is open: where its files are. Shares that were given since stay; those that opened it are forgotten."""
        count = len(self._sent)
        since = self.shares[count:] if tuple(self.shares[:count]) == self._sent else list(self.shares)
        self._sent = ()
        self.clear()
        for share in since:
            self._add(share)
        names = "、".join(file.name for file in files)
        folder = str(files[0].parent) if files else ""
        self.done.show_mark(Mark.DONE, Say("envelopes.page.opened", files=names, folder=folder))
        self.done.show()


class PackagesPage(QWidget):
    """Sealing on top, opening below, and what is on record about packages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ask_files: Callable[[], Sequence[Path]] = self._ask_files
        self.ask_file: Callable[[Text], str] = self._ask_file
        self.ask_folder: Callable[[], str] = self._ask_folder
        self.sealing = SealCard(lambda: self.ask_files())
        self.opening = OpenCard(lambda title: self.ask_file(title))
        self.record = column(gap=1)
        outer = column(scrolled(holder(column(self.sealing, self.opening, self.record, STRETCH, gap=3))))
        outer.setContentsMargins(0, 0, 0, 0)
        self.setLayout(outer)
        self.lines: list[StateMark] = []

    def show_packages(self, packages: tuple[Package, ...]) -> None:
        """Every package on record: whose it is, and whether it was opened."""
        while len(self.lines) < len(packages):
            self.lines.append(StateMark(Mark.WAIT))
            self.record.addWidget(self.lines[-1])
        for line, package in zip(self.lines, packages, strict=False):
            names = "、".join(package.holders)
            said = {"label": package.label, "needed": package.threshold, "holders": names}
            if package.opened:
                line.show_mark(
                    Mark.DONE, Say("envelopes.page.was_opened", by="、".join(package.opened), **said)
                )
            else:
                line.show_mark(Mark.WAIT, Say("envelopes.page.is_closed", count=len(package.holders), **said))

    def _ask_files(self) -> Sequence[Path]:
        names, _ = QFileDialog.getOpenFileNames(self, str(Say("envelopes.page.files")))
        return [Path(name) for name in names]

    def _ask_file(self, title: Text) -> str:
        return QFileDialog.getOpenFileName(self, str(title))[0]

    def _ask_folder(self) -> str:
        return QFileDialog.getExistingDirectory(self, str(Say("envelopes.page.folder")))


def _line(title: Text) -> QLineEdit:
    field = QLineEdit()
    bind_name(field, title)
    return field


def _wide(button: Button, words: Words) -> QHBoxLayout:
    """A button, and words that have the rest of the line."""
    line = row(button, words)
    line.setStretch(1, 1)
    return line
