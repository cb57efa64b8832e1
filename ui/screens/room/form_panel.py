"""The side of the room in which a form is filled in, while the clock stays in sight.

    panel.show_form(form);  panel.given.connect(...)     the form and what was filled in
    panel.refuse(known)                                  not taken: the sentence stands in the form, nothing is lost
    panel.put_away()

Enter goes from line to line; Escape puts the form away; final acts take a held press.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from ui.phrases import spoken
from ui.screens.room.form_fields import ChoiceField, LineField, MarksField
from ui.screens.room.forms import Field, Form
from ui.screens.room.photo import PhotoPart
from ui.screens.room.sheet import Sheet
from ui.theme import Type, mark, of, space
from ui.widgets.buttons import Button
from ui.widgets.held import HeldButton
from ui.widgets.layout import STRETCH, Words, column, holder, row, scrolled
from ui.widgets.notices import ErrorBanner
from ui.words import Say
from venue_app.base.errors import Known
from venue_app.base.i18n import tr_in
from venue_app.host.photos import Photo

_WIDE, _WIDEST = 105, 150


class FormPanel(QFrame):
    """See the module. Whoever lays it out shows it while `form` is not None."""

    given = Signal(object, object)
    """The `Form` and what was filled in, by field."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, ground="card")
        self.form: Form | None = None
        self._busy = False
        self.fields: dict[str, LineField | ChoiceField] = {}
        self.marks: MarksField | None = None
        self._asked: tuple[Field, ...] = ()
        self.title = Words("", Type.TITLE, strong=True)
        self.about = Words("", tone="quiet")
        close = Button("", kind="quiet", icon="close")
        close.name(Say("ui.close"))
        close.clicked.connect(self.put_away)
        self.photo = PhotoPart()
        self.photo.hide()
        self.banner = ErrorBanner()
        self.missing = Words("", tone="wait")
        self.go = Button("", kind="primary", size=Type.LEAD)
        self.go.clicked.connect(self._give)
        self.hold = HeldButton("", tone="alarm")
        self.hold.held.connect(self._give)
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self.area = scrolled(holder(column(self.about, self._body, gap=3)))
        head = row(self.title, close)
        head.setStretch(0, 1)
        whole = column(
            head,
            self.photo,
            self.banner,
            self.area,
            self.missing,
            row(STRETCH, self.go, self.hold),
            gap=3,
            margin=4,
        )
        whole.setStretch(whole.indexOf(self.area), 1)
        self.setLayout(whole)
        self.hide()

    def show_form(self, form: Form, photo: Photo | None = None) -> None:
        """Open a form, empty but for what is known; `photo` is that of its candidate."""
        self.form = form
        self.photo.setVisible(photo is not None)
        if photo is not None:
            self.photo.show_photo(photo)
        self.title.say(form.title)
        self.about.say(form.about)
        self.banner.hide()
        self.go.say(form.go)
        self.hold.say(form.go)
        self.go.setVisible(not form.held)
        self.hold.setVisible(form.held)
        self._build(form)
        self._widen()
        self._judge()

    def _widen(self) -> None:
        """As wide as its words need in this size of type."""
        if self.form is not None:
            wide = space(_WIDEST if self.form.sheets else _WIDE)
            self.setMinimumWidth(wide)
            self.setMaximumWidth(of(self).scale.px(wide))

    def changeEvent(self, event: QEvent) -> None:
        """A new style means new sizes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._widen()

    def put_away(self) -> None:
        """Close it; what was typed is gone."""
        if self.form is not None:
            self.form = None
            self.closed.emit()

    def refuse(self, fault: Known) -> None:
        """Say why it was not taken; all stays as it was filled in."""
        self.banner.show_known(fault)
        self._judge()
        (self.hold if self.form is not None and self.form.held else self.go).setFocus()

    def set_busy(self, busy: bool) -> None:
        """While it is on its way, it is not sent twice."""
        self._busy = busy
        if busy:
            self.banner.hide()
        self.go.setEnabled(not busy and not self._lacking())
        self.hold.setEnabled(not busy and not self._lacking())

    def holds_focus(self) -> bool:
        """Whether the keyboard is in here."""
        at = self.focusWidget()
        return self.isVisible() and at is not None and at.hasFocus()

    def onwards(self) -> None:
        """To the next thing to fill in; when nothing lacks, to the button, or straight on."""
        lacking = self._lacking()
        if lacking:
            self._go_to(lacking[0])
        elif self.form is not None and self.form.held:
            self.hold.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._give()

    def values(self) -> dict[str, str]:
        """What is filled in."""
        found = {name: widget.values()[""] for name, widget in self.fields.items()}
        return found | (self.marks.values() if self.marks is not None else {})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts it away; Enter outside a line goes on."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not isinstance(self.focusWidget(), QLineEdit):  # a line has said so already
                self.onwards()
        else:
            super().keyPressEvent(event)

    # ---- inside ----

    def _build(self, form: Form) -> None:
        while (item := self._body.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.fields, self.marks, self._asked = {}, None, form.fields
        inner = column(gap=4)
        for field in form.fields:
            made = ChoiceField(field) if field.choices else LineField(field)
            made.changed.connect(self._judge)
            if isinstance(made, LineField):
                made.entered.connect(self.onwards)
            self.fields[field.id] = made
            inner.addWidget(made)
            if field.id == "seat" and form.marks is not None:
                self.marks = MarksField(form.marks)
                self.marks.changed.connect(self._judge)
                self.marks.entered.connect(self.onwards)
                self.marks.reached.connect(self.area.ensureWidgetVisible)
                inner.addWidget(self.marks)
        for sheet in form.sheets:
            shown = Sheet()
            shown.show_sheet(sheet)
            inner.addWidget(shown)
        inner.addStretch(1)
        self._body.addWidget(holder(inner))

    def to_first(self) -> None:
        """Put the keyboard on the first thing to fill in."""
        asked = self._lacking() or list(self.fields)
        self._go_to(asked[0])

    def _go_to(self, name: str) -> None:
        widget = self._widget(name)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(widget)

    def _widget(self, name: str) -> QWidget:
        marks = self.marks
        if marks is None or name in self.fields:
            return self.fields[name]
        kind, _, criterion = name.partition("/")
        return (marks.first if kind == "marks" else marks.again)[criterion]

    def _lacking(self) -> list[str]:
        """Names of what still has to be filled in, as it stands in the form."""
        values = self.values()
        found: list[str] = []
        for field in self._asked:
            if self._wanted(field, values) and field.required and not values[field.id]:
                found.append(field.id)
            if field.id == "seat" and self.marks is not None:
                found += [name for name, value in self.marks.values().items() if not value]
        return found

    @staticmethod
    def _wanted(field: Field, values: dict[str, str]) -> bool:
        return field.when is None or values[field.when[0]] == field.when[1]

    def _judge(self) -> None:
        if self.form is None:
            return
        values = self.values()
        if self.marks is not None:
            self.marks.show_seat(values["seat"])
        for field in self._asked:
            self.fields[field.id].setVisible(self._wanted(field, values))
        lacking = self._lacking()
        self.go.setEnabled(not lacking)
        self.hold.setEnabled(not lacking)
        labels = [f.label for f in self._asked if f.id in lacking]
        if any("/" in name for name in lacking):
            labels.append(Say("room.form.marks"))
        self.missing.say(Say("room.form.missing", what=_joined(labels)) if labels else "")
        self.missing.setVisible(bool(labels))

    def _give(self) -> None:
        if self.form is not None and not self._busy and not self._lacking():
            self.given.emit(self.form, self.values())


def _joined(labels: list[Say | str]) -> Say:
    def say(lang: str) -> str:
        parts = [tr_in(lang, x.key, **x.params) if isinstance(x, Say) else x for x in labels]
        return tr_in(lang, "room.comma").join(parts)

    return spoken(say)
