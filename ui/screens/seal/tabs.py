"""The three pages beside the counts: forms, the bundle, and checking a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from ui.exporting import ask_target
from ui.phrases import spoken
from ui.screens.seal.model import FormLine, SealModel
from ui.screens.seal.preview import Preview
from ui.theme import Type, mark, space
from ui.widgets.buttons import Button
from ui.widgets.digest import DigestLabel
from ui.widgets.dropping import DropPage
from ui.widgets.layout import STRETCH, Words, card, column, holder, row, rule, scrolled
from ui.widgets.notices import Shape
from ui.widgets.rows import Cell, Column, Row, RowsTable
from ui.widgets.state import TONES, Mark, StateMark
from ui.words import Say, Text, bind, bind_name, known_text
from venue_app.host.second_copy import CopyStatus
from venue_app.seal.bundle import Written
from venue_app.seal.check import Check, Outcome, Verdict

_SHAPES: dict[bool | None, tuple[str, str]] = {
    True: ("check", "done"),
    False: ("cross", "alarm"),
    None: ("dash", "wait"),
}
_HEADS: dict[bool | None, Text] = {
    True: Say("seal_screen.check.proved"),
    False: Say("seal_screen.check.wrong"),
    None: Say("seal_screen.check.open"),
}
_OUTCOMES = {Outcome.PROVED: Mark.DONE, Outcome.NOT_ALL_PROVED: Mark.WAIT, Outcome.WRONG: Mark.ALARM}


class FormsPage(QWidget):
    """All forms with their state, what can be done with them, and the chosen one as it prints."""

    make = Signal(object)
    """The ids of the forms to make."""
    print_now = Signal(object)
    """The files to print."""
    folder_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._forms: tuple[FormLine, ...] = ()
        self.folder_words = Words("", Type.CAPTION, tone="quiet")
        change = Button(Say("seal_screen.folder.change"), kind="quiet", size=Type.CAPTION)
        change.clicked.connect(self.ask_folder)
        self.table = RowsTable(
            (Column(Say("seal_screen.column.form")), Column(Say("seal_screen.column.state"), stretch=True)),
            name=Say("seal_screen.tab.forms"),
        )
        self.table.row_changed.connect(lambda _id: self._show_chosen())
        self.make_all = Button(Say("seal_screen.form.make_all"))
        self.make_all.clicked.connect(self._make_all)
        self.make_one = Button(Say("seal_screen.form.make_one"))
        self.make_one.clicked.connect(self._make_chosen)
        self.print_one = Button(Say("seal_screen.form.print"), icon="print")
        self.print_one.clicked.connect(self._print_chosen)
        self.preview = Preview()
        folder = row(self.folder_words, change, gap=2)
        folder.setStretch(0, 1)
        left = QWidget()
        inner = column(self.table, row(self.make_all, self.make_one, self.print_one, STRETCH), folder, gap=2)
        inner.setContentsMargins(0, 0, 0, 0)
        left.setLayout(inner)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(space(3))
        mark(self.split, quiet="true")
        self.split.addWidget(left)
        self.split.addWidget(self.preview)
        for at, share in enumerate((56, 44)):
            self.split.setStretchFactor(at, share)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)

    @property
    def chosen(self) -> FormLine | None:
        """The form the cursor is on."""
        wanted = self.table.current_id
        return next((form for form in self._forms if form.id == wanted), None)

    def show_forms(self, model: SealModel, folder: Path) -> None:
        """Show the forms as they stand."""
        self._forms = model.forms
        self.folder_words.say(Say("seal_screen.folder.into", folder=str(folder)))
        self.table.show_rows(
            [
                Row(form.id, (Cell(form.title, strong=True), Cell(form.state, TONES[form.mark])))
                for form in model.forms
            ]
        )
        if not self.table.current_id and model.forms:
            self.table.choose(model.forms[0].id)
        self._show_chosen()

    def _show_chosen(self) -> None:
        form = self.chosen
        files = form.files if form is not None else ()
        self.print_one.setEnabled(bool(files))
        self.make_one.setEnabled(form is not None)
        self.preview.show_files(files, Say("seal_screen.preview.none"))

    def _make_all(self) -> None:
        self.make.emit(tuple(form.id for form in self._forms if not form.extra))

    def _make_chosen(self) -> None:
        if self.chosen is not None:
            self.make.emit((self.chosen.id,))

    def _print_chosen(self) -> None:
        if self.chosen is not None and self.chosen.files:
            self.print_now.emit(self.chosen.files)

    def ask_folder(self) -> None:
        """Choose another folder for the files."""
        dialog = QFileDialog(self, str(Say("seal_screen.folder.change")))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.folder_chosen.emit(Path(name)))
        dialog.open()


class BundlePage(QWidget):
    """Writing the bundle to the notary's stick, and its fingerprint to be copied on paper."""

    write = Signal(object)
    """Where to."""
    copy_to = Signal(object)
    """The folder of the second copy; None stops it."""
    export_to = Signal(object)
    """The file, or the folder of CSV files, for the event's tables."""
    replay = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suggested = Path()
        self.look_back = Button(Say("replay.door"), kind="quiet", icon="play")
        self.look_back.clicked.connect(self.replay)
        self.choose = Button(Say("seal_screen.bundle.write"), icon="seal")
        self.choose.clicked.connect(self.ask_target)
        self.export = Button(Say("tables.button"), kind="quiet")
        self.export.clicked.connect(self.ask_export)
        self.reports = Words("", tone="quiet")
        self.done = StateMark(Mark.DONE, Type.LEAD)
        self.path = Words("", tone="quiet")
        self.fingerprint = DigestLabel(groups=8, size=Type.LEAD)
        self.result = holder(
            column(
                rule(),
                self.done,
                self.path,
                Words(Say("seal_screen.bundle.copy"), strong=True),
                self.fingerprint,
                Words(Say("seal_screen.bundle.tool"), Type.CAPTION, tone="quiet"),
                gap=2,
            )
        )
        self.result.hide()
        body = column(
            Words(Say("seal_screen.bundle.title"), Type.LEAD, strong=True),
            Words(Say("seal_screen.bundle.what"), tone="quiet"),
            self.reports,
            row(self.choose, self.look_back, self.export, STRETCH),
            self.result,
            gap=3,
            margin=4,
        )
        inner = column(self._copy_card(), card(body), STRETCH, gap=3)
        inner.setContentsMargins(0, 0, 0, 0)
        outer = column(scrolled(holder(inner)))
        outer.setContentsMargins(0, 0, 0, 0)
        self.setLayout(outer)

    def _copy_card(self) -> QWidget:
        self.copy_mark = StateMark(Mark.NOT_YET)
        self.copy_choose = Button(Say("seal_screen.copy.choose"), icon="open")
        self.copy_choose.clicked.connect(self.ask_copy)
        self.copy_stop = Button(Say("seal_screen.copy.stop"), kind="quiet")
        self.copy_stop.clicked.connect(lambda: self.copy_to.emit(None))
        self.copy_stop.hide()
        return card(
            column(
                Words(Say("seal_screen.copy.title"), Type.LEAD, strong=True),
                Words(Say("seal_screen.copy.what"), tone="quiet"),
                self.copy_mark,
                row(self.copy_choose, self.copy_stop, STRETCH),
                gap=2,
                margin=4,
            )
        )

    def show_copy(self, status: CopyStatus | None) -> None:
        """How the second copy stands."""
        self.copy_stop.setVisible(status is not None)
        if status is None:
            self.copy_mark.show_mark(Mark.NOT_YET, Say("seal_screen.copy.none"))
        elif status.fault is not None:
            self.copy_mark.show_mark(Mark.ALARM, known_text(status.fault))
        elif status.behind_since is not None:
            words = Say("seal_screen.copy.behind", count=status.size, file=str(status.file))
            self.copy_mark.show_mark(Mark.WAIT, words)
        else:
            words = Say("seal_screen.copy.fine", count=status.size, file=str(status.file))
            self.copy_mark.show_mark(Mark.DONE, words)

    def ask_copy(self) -> None:
        """Choose a folder on the second medium."""
        dialog = QFileDialog(self, str(Say("seal_screen.copy.choose")))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.copy_to.emit(Path(name)))
        dialog.open()

    def show_bundle(self, reports: int, suggested: Path) -> None:
        """How many report files go in, and where the dialog starts."""
        self._suggested = suggested
        self.reports.say(Say("seal_screen.bundle.reports", count=reports))

    def show_written(self, written: Written) -> None:
        """It is on the medium and was read back."""
        self.done.show_mark(Mark.DONE, Say("seal_screen.bundle.done"))
        self.path.say(str(written.path))
        self.fingerprint.show_digest(written.digest.hex())
        self.result.show()

    def ask_export(self) -> None:
        """Choose where the tables go."""
        ask_target(self, self._suggested.with_suffix(".xlsx"), self.export_to.emit)

    def ask_target(self) -> None:
        """Choose where to write; the usual dialog asks before a file is replaced."""
        dialog = QFileDialog(self, str(Say("seal_screen.bundle.write")), str(self._suggested))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(str(Say("seal_screen.bundle.filter")) + " (*.bundle)")
        dialog.setDefaultSuffix("bundle")
        dialog.fileSelected.connect(lambda name: self.write.emit(Path(name)))
        dialog.open()


class CheckPage(DropPage):
    """Dropping a PDF, a bundle or an event file: what is proved, what is not, what is wrong."""

    check = Signal(object, str)
    """The file, and the journal head noted on paper (may be empty)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choose = Button(Say("seal_screen.check.choose"), icon="open")
        self.choose.clicked.connect(self.ask_file)
        self.head = QLineEdit()
        bind(self.head, "setPlaceholderText", Say("seal_screen.check.head"))
        bind_name(self.head, Say("seal_screen.check.head"))
        self.drop = card(
            column(
                Words(Say("seal_screen.check.drop"), Type.LEAD, strong=True),
                Words(Say("seal_screen.check.what"), tone="quiet"),
                _grown(row(self.choose, self.head), 1),
                gap=2,
                margin=4,
            )
        )
        self.outcome = StateMark(Mark.NOT_YET, Type.TITLE)
        self.outcome.hide()
        self._inner = QWidget()
        self._lines = QVBoxLayout(self._inner)
        self._lines.setContentsMargins(0, 0, space(2), 0)
        self._lines.setSpacing(space(1))
        layout = column(self.drop, self.outcome, scrolled(self._inner), gap=3)
        layout.setStretch(2, 1)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)

    def show_verdict(self, verdict: Verdict) -> None:
        """What is wrong first, then what stays open, then what is proved, then what no check can prove."""
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.outcome.show()
        word = Say(f"audit.outcome.{verdict.outcome.name.lower()}")
        said = Say("seal_screen.check.outcome", file=verdict.file, word=word)
        self.outcome.show_mark(_OUTCOMES[verdict.outcome], said)
        for answer in (False, None, True):
            mine = [check for check in verdict.checks if check.ok is answer]
            if mine:
                tone = _SHAPES[answer][1]
                self._lines.addWidget(Words(_HEADS[answer], strong=True, tone=tone))
            for check in mine:
                self._lines.addWidget(_line(check))
        if verdict.limits:
            self._lines.addWidget(Words(Say("seal_screen.check.limits"), strong=True, tone="quiet"))
        for limit in verdict.limits:
            self._lines.addWidget(Words(Say(limit), tone="quiet"))
        self._lines.addStretch(1)

    def ask_file(self) -> None:
        """Choose a file to check."""
        dialog = QFileDialog(self, str(Say("seal_screen.check.choose")))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(
            str(Say("seal_screen.check.filter")) + " (*.pdf *.bundle *.venue *.copy *.png *.jpg *.jpeg)"
        )
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.open()

    def take(self, file: Path) -> None:
        """Ask for this file to be checked."""
        self.check.emit(file, self.head.text().strip())

    def take_dropped(self, files: tuple[Path, ...]) -> None:
        """Check the first of them."""
        self.take(files[0])


def _grown(line: QHBoxLayout, at: int) -> QHBoxLayout:
    """The same line with one part that takes the room."""
    line.setStretch(at, 1)
    return line


def _line(check: Check) -> QWidget:
    shape, tone = _SHAPES[check.ok]
    made = row(Shape(shape, tone, Type.BODY), Words(spoken(check.sentence)), gap=2)
    made.setStretch(1, 1)
    made.setContentsMargins(0, 0, 0, 0)
    return holder(made)
