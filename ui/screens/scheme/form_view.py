"""The form on the screen: cards of fields and tables, with the sentence of what is wrong below each line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from ui.screens.scheme.editors import Editor, editor_for, place_name, show_fault
from ui.screens.scheme.fields import Block, Field, Fields, Form, Remark, Section, Table, of_block
from ui.theme import Type, mark, space
from ui.widgets.layout import Words, card, column, row, scrolled
from ui.words import Say, Text

_ACROSS = 3
"""Fields beside each other."""
_WIDE = {"words": 2, "chain": _ACROSS}
"""Places a field takes of them, where it is more than one."""


class FieldView(QWidget):
    """One field: its label above unless a heading says it, the editor, and whether it is a default."""

    typed = Signal(str, str)

    def __init__(self, field: Field, *, labelled: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.remarks: Sequence[Remark] = ()
        self.editor: Editor = editor_for(field)
        self.editor.typed.connect(lambda text: self.typed.emit(field.key, text))
        self.tag = Words(Say("scheme_screen.default"), Type.CAPTION, tone="quiet", wrap=False)
        mark(self.tag, ground="sunken")
        self.tag.setContentsMargins(space(1), 0, space(1), 0)
        if labelled:
            head = row(Words(field.label, Type.CAPTION, tone="quiet"), gap=1)
            head.setStretch(0, 1)
            head.addWidget(self.tag, 0, Qt.AlignmentFlag.AlignBottom)
            layout = column(head, self.editor, gap=0.5)
            layout.insertStretch(0, 1)
        else:
            layout = column(row(self.editor, self.tag, gap=1))
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.setFocusProxy(self.editor)
        self._show_tag()

    def show_field(self, field: Field) -> None:
        """What stands in the file now; what was typed and does not stand there stays in the editor."""
        if field != self.field:
            self.field = field
            self.editor.show_text(field.shown)
            self._show_tag()

    def _show_tag(self) -> None:
        self.tag.setVisible(self.field.default and not (self.field.optional and not self.field.shown))

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Outline it when something must be put right."""
        if list(remarks) == list(self.remarks):
            return
        self.remarks = remarks
        show_fault(self.editor, any(remark.error for remark in remarks))
        place_name(self.editor, remarks[0].text if remarks else "")


class RemarkLines(QFrame):
    """What is said of the fields of one line; hidden while nothing is."""

    def __init__(self, size: Type = Type.CAPTION, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self.lines: list[Words] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, space(1))
        self._column.setSpacing(space(0.5))
        self.hide()

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Say other sentences."""
        while len(self.lines) < len(remarks):
            line = Words("", self._size)
            self.lines.append(line)
            self._column.addWidget(line)
        for at, line in enumerate(self.lines):
            line.setVisible(at < len(remarks))
            if at < len(remarks):
                line.say(remarks[at].text)
                line.set_tone("alarm" if remarks[at].error else "wait")
        self.setVisible(bool(remarks))


class FormView(QWidget):
    """All sections below each other. `typed` carries a field's key and what stands in its editor."""

    typed = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.views: dict[str, FieldView] = {}
        self._afters: dict[str, Words] = {}
        self._remarks: dict[str, RemarkLines] = {}
        self._shape: tuple[object, ...] | None = None
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, space(2), 0)
        self._column.setSpacing(space(3))
        self.area = scrolled(self._inner)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    def show_new(self, form: Form) -> None:
        """Show another plan's form, its editors included."""
        self._build(form)

    def show_form(self, form: Form) -> None:
        """Show a form; editors stay where only what stands in them differs."""
        if form.shape() != self._shape:
            self._build(form)
            return
        for section in form.sections:
            for block in section.blocks:
                for field in of_block(block):
                    self.views[field.key].show_field(field)
                if isinstance(block, Table):
                    self._show_afters(block)

    def show_remarks(self, remarks: Mapping[str, Sequence[Remark]]) -> None:
        """Say what is wrong, each beside its field."""
        said: dict[int, list[Remark]] = {}
        for key, view in self.views.items():
            here = remarks.get(key, ())
            view.show_remarks(here)
            said.setdefault(id(self._remarks[key]), []).extend(here)
        for lines in {id(lines): lines for lines in self._remarks.values()}.values():
            lines.show_remarks(said[id(lines)])

    def go(self, key: str) -> None:
        """Put the keyboard on a field and bring it into sight with what is said of it."""
        view = self.views.get(key)
        if view is not None:
            view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.area.ensureWidgetVisible(self._remarks[key], 0, space(10))
            self.area.ensureWidgetVisible(view, 0, space(16))

    # ---- building ----

    def _build(self, form: Form) -> None:
        self.views, self._afters, self._remarks = {}, {}, {}
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for section in form.sections:
            self._column.addWidget(self._section(section))
        self._column.addStretch(1)
        self._shape = form.shape()

    def _section(self, section: Section) -> QFrame:
        body = column(Words(section.title, Type.LEAD, strong=True), gap=3, margin=4)
        if section.note:
            body.addWidget(Words(section.note, Type.CAPTION, tone="quiet"))
        for block in section.blocks:
            body.addLayout(self._block(block))
        return card(body)

    def _block(self, block: Block) -> QVBoxLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(space(3))
        grid.setVerticalSpacing(space(1.5))
        head = block.head if isinstance(block, Fields) else block.title
        if isinstance(block, Fields):
            self._fields(grid, block)
        else:
            self._table(grid, block)
        whole = column(gap=1.5)
        if head:
            whole.addWidget(Words(head, tone="quiet", strong=True))
        whole.addLayout(grid)
        return whole

    def _fields(self, grid: QGridLayout, block: Fields) -> None:
        line = at = 0
        lines = RemarkLines()
        grid.addWidget(lines, 1, 0, 1, _ACROSS)
        for field in block.fields:
            wide = _WIDE.get(field.kind, 1)
            if at + wide > _ACROSS:
                line, at, lines = line + 2, 0, RemarkLines()
                grid.addWidget(lines, line + 1, 0, 1, _ACROSS)
            grid.addWidget(self._field(field, lines, labelled=True), line, at, 1, wide)
            at += wide
        for place in range(_ACROSS):
            grid.setColumnStretch(place, 1)
            grid.setColumnMinimumWidth(place, space(20))

    def _table(self, grid: QGridLayout, block: Table) -> None:
        for at, head in enumerate(block.heads):
            grid.addWidget(Words(head, Type.CAPTION, tone="quiet"), 0, at, Qt.AlignmentFlag.AlignBottom)
        across = max((len(line) for line in block.lines), default=1)
        for number, line in enumerate(block.lines):
            lines = RemarkLines()
            row_at = 2 * number + 1
            for at, part in enumerate(line):
                if isinstance(part, Field):
                    grid.addWidget(self._field(part, lines, labelled=False), row_at, at)
                    grid.setColumnStretch(
                        at, {"words": 3, "choice": 2, "times": 2, "range": 1}.get(part.kind, 0)
                    )
                else:
                    self._words(grid, line, part, row_at, at)
            grid.addWidget(lines, row_at + 1, 0, 1, across)

    def _words(
        self, grid: QGridLayout, line: Sequence[Field | Text], part: Text, row_at: int, at: int
    ) -> None:
        words = Words(part, tone="ink" if at == 0 else "quiet", wrap=at == 0)
        grid.addWidget(words, row_at, at)
        before = line[at - 1] if at else None
        if isinstance(before, Field):
            self._afters[before.key] = words
        if at in (0, len(line) - 1):
            grid.setColumnStretch(at, 1)
        else:
            words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _show_afters(self, block: Table) -> None:
        for line in block.lines:
            for before, part in pairwise(line):
                if isinstance(before, Field) and not isinstance(part, Field):
                    self._afters[before.key].say(part)

    def _field(self, field: Field, lines: RemarkLines, *, labelled: bool) -> FieldView:
        view = FieldView(field, labelled=labelled)
        view.typed.connect(self.typed)
        self.views[field.key] = view
        self._remarks[field.key] = lines
        return view
