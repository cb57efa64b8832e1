"""The draw as three columns: contributions, list, order. Reads a `DrawModel`, decides nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ui.screens.draw.model import DrawModel, Listed, RoomPart
from ui.screens.draw.recipe import RecipeCard
from ui.theme import Type, mark, space
from ui.widgets.actionbar import ActionBar
from ui.widgets.digest import DigestLabel
from ui.widgets.layout import STRETCH, Words, card, column, holder, row, rule, scrolled
from ui.widgets.notices import ErrorBanner
from ui.widgets.rows import Cell, Column, Row, RowsTable
from ui.widgets.state import Mark, StateMark
from ui.words import Say, Text, bind, bind_name


def _headed(title: Text, state: StateMark, *parts: QWidget, grow: int) -> QFrame:
    """A column: its name and state above, then its parts, of which `grow` takes the room."""
    layout = column(row(Words(title, Type.LEAD, strong=True, wrap=False), STRETCH, state), gap=3, margin=4)
    for at, part in enumerate(parts):
        layout.addWidget(part, 1 if at == grow else 0)
    return card(layout)


class _Party(QFrame):
    """One who contributes: name, state, and what was committed and revealed."""

    def __init__(self, title: Text, note: Text) -> None:
        super().__init__()
        self.state = StateMark(Mark.NOT_YET, Type.CAPTION)
        self.note = Words(note, Type.CAPTION, tone="quiet")
        self.body = QVBoxLayout()
        self.body.setSpacing(space(1))
        outer = column(
            row(Words(title, strong=True, wrap=False), STRETCH, self.state),
            self.note,
            self.body,
            gap=1.5,
        )
        outer.setContentsMargins(0, 0, 0, 0)
        self.setLayout(outer)

    def add(self, caption: Text, widget: QWidget) -> QWidget:
        """A captioned part; returns the whole, to be shown or hidden."""
        part = holder(column(Words(caption, Type.CAPTION, tone="quiet"), widget, gap=1))
        self.body.addWidget(part)
        return part


class DrawView(QWidget):
    """See the module."""

    prepare = Signal()
    reveal = Signal()
    typed = Signal(str)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: DrawModel | None = None
        self._room = ""
        self.banner = ErrorBanner()
        self.bar = ActionBar()
        self.bar.pressed.connect(self.prepare)
        self.bar.held.connect(self.reveal)
        columns = row(self._parties(), self._list(), self._order(), gap=3)
        for at, share in enumerate((25, 35, 40)):
            columns.setStretch(at, share)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        body = column(self.banner, columns, gap=3, margin=1)
        body.setStretch(1, 1)
        layout.addLayout(body, 1)
        layout.addWidget(rule())
        layout.addWidget(self.bar)

    # ---- made once ----

    def _parties(self) -> QWidget:
        self.parties_state = StateMark(Mark.NOT_YET, Type.CAPTION)
        self.program = _Party(Say("draw_screen.program.title"), Say("draw_screen.program.note"))
        self.commitment = DigestLabel(groups=4, size=Type.BODY)
        self.nonce = DigestLabel(groups=4, size=Type.BODY)
        self._commitment_part = self.program.add(Say("draw_screen.program.commitment"), self.commitment)
        self._nonce_part = self.program.add(Say("draw_screen.program.nonce"), self.nonce)
        self.hall = _Party(Say("draw_screen.hall.title"), Say("draw_screen.hall.note"))
        self.field = QLineEdit()
        bind_name(self.field, Say("draw_screen.hall.field"))
        bind(self.field, "setPlaceholderText", Say("draw_screen.hall.hint"))
        self.field.textChanged.connect(self.typed)
        self._field_part = self.hall.add(Say("draw_screen.hall.field"), self.field)
        self.public = Words("", Type.LEAD, strong=True)
        self._public_part = self.hall.add(Say("draw_screen.hall.enters"), self.public)
        self.by_hand = Words("", strong=True)
        self.hall.body.addWidget(self.by_hand)
        self._inner = holder(column(self.program, rule(), self.hall, STRETCH, gap=4))
        self._area = scrolled(self._inner)
        self._inner.installEventFilter(self)
        return _headed(Say("draw_screen.parties"), self.parties_state, self._area, grow=0)

    def _list(self) -> QWidget:
        self.list_state = StateMark(Mark.NOT_YET, Type.CAPTION)
        self.list_count = Words("", tone="quiet", size=Type.CAPTION)
        self.list_digest = DigestLabel(groups=8, size=Type.CAPTION)
        self._digest_part = holder(
            column(Words(Say("draw_screen.list.digest"), Type.CAPTION, tone="quiet"), self.list_digest, gap=1)
        )
        self.list_table = RowsTable(
            (
                Column(Say("draw_screen.column.entry"), sample="E0000"),
                Column(Say("draw_screen.column.name"), sample="古丽娜尔·艾山"),
                Column(Say("draw_screen.column.post"), stretch=True),
            ),
            name=Say("draw_screen.list.title"),
        )
        self.recipe = RecipeCard()
        self.middle = QStackedWidget()
        self.middle.addWidget(self.list_table)
        self.middle.addWidget(scrolled(self.recipe))
        return _headed(
            Say("draw_screen.list.title"),
            self.list_state,
            self.list_count,
            self._digest_part,
            self.middle,
            grow=2,
        )

    def _order(self) -> QWidget:
        self.order_state = StateMark(Mark.NOT_YET, Type.CAPTION)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        bind_name(self.tabs, Say("draw_screen.order.rooms"))
        self.tabs.currentChanged.connect(self._switch_room)
        self.order_table = RowsTable(
            (
                Column(Say("draw_screen.column.lot"), "right", sample="000"),
                Column(Say("draw_screen.column.name"), sample="古丽娜尔·艾山"),
                Column(Say("draw_screen.column.post"), stretch=True),
                Column(Say("draw_screen.column.entry"), sample="E0000"),
            ),
            name=Say("draw_screen.order.title"),
        )
        self.order_table.row_changed.connect(self.chosen)
        return _headed(Say("draw_screen.order.title"), self.order_state, self.tabs, self.order_table, grow=1)

    # ---- shown again and again ----

    def show_model(self, model: DrawModel) -> None:
        """Show another moment."""
        before, self._model = self._model, model
        self._show_parties(model)
        self.list_state.show_mark(*model.listed)
        self.list_count.say(Say("draw_screen.list.count", count=model.total, rooms=len(model.rooms)))
        self._digest_part.setVisible(bool(model.list_digest))
        self.list_digest.show_digest(model.list_digest)
        self.order_state.show_mark(*model.ordered)
        if before is None or before.rooms != model.rooms:
            self._show_rooms(model)
        if model.recipe is not None:
            self.recipe.show_recipe(model.recipe)
        self.middle.setCurrentIndex(0 if model.recipe is None else 1)
        self.list_count.setVisible(model.recipe is None)
        self._show_action(model)

    def _show_parties(self, model: DrawModel) -> None:
        self.program.state.show_mark(*model.program)
        self.hall.state.show_mark(*model.hall)
        done = model.stage == "held"
        self.program.note.setVisible(not model.commitment)
        self.hall.note.setVisible(not done)
        self.parties_state.show_mark(
            Mark.DONE if done else Mark.NOT_YET if not model.commitment else Mark.IN_PROGRESS
        )
        self._commitment_part.setVisible(bool(model.commitment))
        self.commitment.show_digest(model.commitment)
        self._nonce_part.setVisible(bool(model.nonce))
        self.nonce.show_digest(model.nonce)
        self._field_part.setVisible(model.stage == "committed")
        mark(self.field, fault=bool(model.refusal and self.field.text()))
        self._public_part.setVisible(bool(model.public))
        self.public.say(model.public)
        self.by_hand.setVisible(bool(model.by_hand))
        self.by_hand.say(model.by_hand)
        self._fit()

    def _fit(self) -> None:
        """Fingerprints are shown whole: the column never gets narrower than they are."""
        self._area.setMinimumWidth(self._inner.minimumSizeHint().width() + space(4))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Other words, other sizes."""
        if watched is self._inner and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return False

    def _show_rooms(self, model: DrawModel) -> None:
        rows = []
        for room in model.rooms:
            heading = Say("draw_screen.list.room", room=room.title, count=len(room.people))
            rows.append(Row(room.id, (heading,), heading=True))
            rows += [
                Row(p.entry, (Cell(p.entry, "quiet"), p.name, p.post))
                for p in sorted(room.people, key=_by_entry)
            ]
        self.list_table.show_rows(rows)
        titles = [room.title for room in model.rooms]
        if titles != [self.tabs.tabText(at) for at in range(self.tabs.count())]:
            while self.tabs.count():
                self.tabs.removeTab(0)
            for title in titles:
                self.tabs.addTab(title)
        self._switch_room(max(0, self.tabs.currentIndex()))

    def _switch_room(self, at: int) -> None:
        if self._model is None or not 0 <= at < len(self._model.rooms):
            return
        self.order_table.show_rows(_order_rows(self._model.rooms[at]))

    def _show_action(self, model: DrawModel) -> None:
        if model.stage == "held":
            self.bar.rest(Say("draw_screen.action.done", count=model.total, at=model.held_at))
        elif model.stage == "committed":
            words = Say("draw_screen.action.reveal")
            if model.refusal:
                self.bar.refuse_held(words, model.refusal)
            else:
                self.bar.offer_held(words)
        elif model.refusal:
            self.bar.refuse(Say("draw_screen.action.prepare_any"), model.refusal)
        else:
            self.bar.offer(Say("draw_screen.action.prepare", count=model.total))


def _by_entry(person: Listed) -> str:
    return person.entry


def _order_rows(room: RoomPart) -> list[Row]:
    if not any(person.lot for person in room.people):
        return [
            Row(f"{room.id}/{lot}", (Cell(str(lot), "quiet"), Cell("—", "quiet"), "", ""))
            for lot in range(1, len(room.people) + 1)
        ]
    return [
        Row(p.entry, (Cell(str(p.lot), strong=True), p.name, p.post, Cell(p.entry, "quiet")))
        for p in room.people
    ]
