"""The draw as three columns: contributions, list, order. Reads a `DrawModel`, decides nothing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QTabBar, QVBoxLayout, QWidget

from ui.screen import Turns, at_once
from ui.screens.draw.model import DrawModel
from ui.screens.draw.order import list_rows, order_rows
from ui.screens.draw.parties import PartiesColumn
from ui.screens.draw.recipe import RecipeCard
from ui.screens.draw.turn import TurnPanel
from ui.theme import Type
from ui.widgets.actionbar import ActionBar
from ui.widgets.buttons import Button
from ui.widgets.digest import DigestLabel
from ui.widgets.layout import STRETCH, Words, card, column, holder, row, rule, scrolled
from ui.widgets.leaves import Leaves
from ui.widgets.notices import ErrorBanner
from ui.widgets.rows import Column, RowsTable
from ui.widgets.state import WORDS, Mark, StateMark
from ui.words import Say, Text, bind_name, bind_text, bind_tip, follow


def _headed(title: Text, state: StateMark, *parts: QWidget, grow: int) -> QFrame:
    """A column: its name and state above, then its parts, of which `grow` takes the room."""
    layout = column(row(Words(title, Type.LEAD, strong=True, wrap=False), STRETCH, state), gap=3, margin=4)
    for at, part in enumerate(parts):
        layout.addWidget(part, 1 if at == grow else 0)
    return card(layout)


def _tabs(name: Say) -> QTabBar:
    tabs = QTabBar()
    tabs.setExpanding(False)
    tabs.setDrawBase(False)
    bind_name(tabs, name)
    return tabs


def _show_tabs(tabs: QTabBar, titles: list[str], at: int) -> None:
    """Other titles without telling anybody that a tab was chosen."""
    tabs.blockSignals(True)
    while tabs.count() > len(titles):
        tabs.removeTab(tabs.count() - 1)
    while tabs.count() < len(titles):
        tabs.addTab("")
    for number, title in enumerate(titles):
        if tabs.tabText(number) != title:
            tabs.setTabText(number, title)
    tabs.setCurrentIndex(min(at, len(titles) - 1))
    tabs.blockSignals(False)


def _choices(model: DrawModel) -> list[str]:
    """Every draw with how far it is."""
    return [
        str(Say("draw_screen.choice", draw=choice.title, state=WORDS[choice.mark]))
        for choice in model.choices
    ]


def _places(model: DrawModel) -> list[str]:
    return [str(part.title) for part in model.order]


class DrawView(QWidget):
    """See the module. `acted` is the next step, pressed or held; `chosen` an identifier in the order."""

    acted = Signal()
    typed = Signal()
    chosen = Signal(str)
    purpose_chosen = Signal(str)
    missing_toggled = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, later: bool = False) -> None:
        """`later` leaves it to whoever calls `build`, turn by turn."""
        super().__init__(parent)
        self._model: DrawModel | None = None
        if not later:
            at_once(self.build())

    def build(self) -> Turns[None]:
        """Make the columns, one in each turn."""
        self.banner = ErrorBanner()
        self.judges = Button(Say("draw_screen.more.judges"), kind="quiet")
        self.by_hand = Button(Say("draw_screen.more.by_hand"), kind="quiet")
        self.envelope = Button(Say("draw_screen.more.envelope"), kind="quiet")
        self.change = Button(Say("draw_screen.more.change"), kind="quiet")
        self.discard = Button(Say("draw_screen.more.discard"), kind="quiet")
        self.bar = ActionBar(self.judges, self.by_hand, self.envelope, self.change, self.discard)
        self.bar.pressed.connect(self.acted)
        self.bar.held.connect(self.acted)
        self.choices = _tabs(Say("draw_screen.choices"))
        self.choices.currentChanged.connect(self._switch_purpose)
        self.columns = row(gap=3)
        whole = self._lay_out()  # columns come into a page that stands: a whole that is moved is dressed anew
        yield
        self.parties_state = StateMark(Mark.NOT_YET, Type.CAPTION)
        self.parties = PartiesColumn(later=True)
        yield from self.parties.build()
        yield
        self.columns.addWidget(self._parties(), 25)
        yield
        self.columns.addWidget(self._list(), 34)
        yield
        self.columns.addWidget(self._order(), 41)
        for part in (rule(), self.bar):  # last for the Tab key too
            whole.addWidget(part)
        follow(self, self.retranslate)

    def _lay_out(self) -> QVBoxLayout:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        body = column(self.banner, self.choices, self.columns, gap=3, margin=1)
        body.setStretch(2, 1)
        layout.addLayout(body, 1)
        return layout

    # ---- made once ----

    def _parties(self) -> QWidget:
        self.parties.typed.connect(self.typed)
        self.field = self.parties.field
        return _headed(Say("draw_screen.parties"), self.parties_state, self.parties, grow=0)

    def _list(self) -> QWidget:
        self.list_state = StateMark(Mark.NOT_YET, Type.CAPTION)
        self.list_count = Words("", tone="quiet", size=Type.CAPTION)
        self.list_digest = DigestLabel(groups=4, size=Type.CAPTION)
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
        self.missing = Button(Say("draw_screen.list.missing"), size=Type.CAPTION)
        self.missing.clicked.connect(self.toggle_missing)
        self.missing_rule = Words("", Type.CAPTION, tone="quiet")
        absent = row(self.missing_rule, self.missing)
        absent.setStretch(0, 1)
        self._missing_part = holder(absent)
        listing = column(self.list_table, self._missing_part, gap=2)
        listing.setStretch(0, 1)
        self.recipe = RecipeCard()
        self.middle = Leaves()
        self.middle.addWidget(holder(listing))
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
        self.one_by_one = QCheckBox()
        bind_text(self.one_by_one, Say("draw_screen.order.one_by_one"))
        bind_tip(self.one_by_one, Say("draw_screen.order.one_by_one_how"))
        self.turn = TurnPanel()
        self.tabs = _tabs(Say("draw_screen.order.rooms"))
        self.tabs.currentChanged.connect(self._switch_place)
        self.old_why = Words("", Type.CAPTION, tone="wait")
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
        return _headed(
            Say("draw_screen.order.title"),
            self.order_state,
            self.one_by_one,
            self.turn,
            self.tabs,
            self.old_why,
            self.order_table,
            grow=4,
        )

    def retranslate(self) -> None:
        """Tabs take plain words only: they are said again in the language in force."""
        if self._model is not None:
            _show_tabs(self.choices, _choices(self._model), self.choices.currentIndex())
            _show_tabs(self.tabs, _places(self._model), max(0, self.tabs.currentIndex()))

    # ---- shown again and again ----

    def show_model(self, model: DrawModel) -> None:
        """Show another moment."""
        before, self._model = self._model, model
        at = next(n for n, choice in enumerate(model.choices) if choice.purpose == model.purpose)
        self.choices.setVisible(len(model.choices) > 1)
        _show_tabs(self.choices, _choices(model), at)
        self._show_parties(model)
        self._show_list(model, before is None or before.list != model.list)
        self.order_state.show_mark(*model.ordered)
        if before is None or before.order != model.order:
            same = before is not None and before.purpose == model.purpose
            _show_tabs(self.tabs, _places(model), max(0, self.tabs.currentIndex()) if same else 0)
            self._switch_place(self.tabs.currentIndex())
        self._show_ceremony(model)
        self._show_action(model)

    def _show_parties(self, model: DrawModel) -> None:
        self.parties.show_model(model)
        begun = any(party.commitment for party in model.parties)
        done = model.stage == "held"
        self.parties_state.show_mark(Mark.DONE if done else Mark.IN_PROGRESS if begun else Mark.NOT_YET)

    def _show_list(self, model: DrawModel, fresh: bool) -> None:
        self.list_state.show_mark(*model.listed)
        self.list_count.say(Say("draw_screen.list.count", count=model.total))
        self._digest_part.setVisible(bool(model.list_digest))
        self.list_digest.show_digest(model.list_digest)
        if fresh:
            self.list_table.show_rows(list_rows(model.list))
        if model.recipe is not None:
            self.recipe.show_recipe(model.recipe)
        self.middle.setCurrentIndex(0 if model.recipe is None else 1)
        self.list_count.setVisible(model.recipe is None)
        self._missing_part.setVisible(model.can_miss)
        out, lot = Say("draw_screen.list.absent_out"), Say("draw_screen.list.absent_lot")
        self.missing_rule.say(out if model.absent_out else lot)

    def _show_ceremony(self, model: DrawModel) -> None:
        self.one_by_one.setVisible(model.lots and model.stage != "held")
        self.one_by_one.blockSignals(True)
        self.one_by_one.setChecked(model.one_by_one)
        self.one_by_one.blockSignals(False)
        self.turn.show_turn(model.turn)

    def _show_action(self, model: DrawModel) -> None:
        action = model.action
        if not action.act:
            self.bar.rest(action.text)
        elif action.held and action.why:
            self.bar.refuse_held(action.text, action.why)
        elif action.held:
            self.bar.offer_held(action.text)
        elif action.why:
            self.bar.refuse(action.text, action.why)
        else:
            self.bar.offer(action.text)
        self.judges.setVisible(model.can_list)
        self.by_hand.setVisible(model.can_type)
        self.envelope.setVisible(model.can_open)
        self.change.setVisible(model.can_change)
        self.discard.setVisible(model.can_discard)

    # ---- moved about ----

    def _switch_purpose(self, at: int) -> None:
        if self._model is not None and 0 <= at < len(self._model.choices):
            self.purpose_chosen.emit(self._model.choices[at].purpose)

    def next_purpose(self, step: int) -> None:
        """Turn to the next draw of the day, or the one before."""
        if self.choices.count():
            self.choices.setCurrentIndex((self.choices.currentIndex() + step) % self.choices.count())

    def next_place(self) -> None:
        """Turn to the next place of the order."""
        if self.tabs.count():
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % self.tabs.count())

    def _switch_place(self, at: int) -> None:
        if self._model is None:
            return
        part = self._model.order[at] if 0 <= at < len(self._model.order) else None
        self.old_why.say(part.old if part is not None else "")
        self.old_why.setVisible(part is not None and bool(part.old))
        self.order_table.show_rows(order_rows(part) if part is not None else [])

    def show_place_of(self, entry: str) -> None:
        """Turn to the place in which somebody has their lot, and to their row."""
        for at, part in enumerate(self._model.order if self._model is not None else ()):
            if not part.old and any(p.entry == entry for p in part.people):
                self.tabs.setCurrentIndex(at)
                self.order_table.choose(entry)
                return

    def toggle_missing(self) -> None:
        """Whoever the cursor is on is not here, or is here after all."""
        at, rows = self.list_table.currentIndex().row(), self.list_table.rows
        if 0 <= at < len(rows) and not rows[at].heading:
            self.missing_toggled.emit(rows[at].id)
