"""What must be decided before anything is imported: each question with its answers, group by group."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFrame, QRadioButton, QVBoxLayout, QWidget

from ui.screens.prepare.import_model import Asked, AskedGroup, confirmations
from ui.theme import Type, space
from ui.widgets.buttons import Button
from ui.widgets.layout import STRETCH, Words, card, column, row, rule, scrolled
from ui.widgets.state import Mark, StateMark
from ui.words import Say, Text, bind_name, bind_text, follow

_RADIOS_AT_MOST = 3


class QuestionCard(QFrame):
    """One question: the sentence, its answers, whether it is confirmed, and the way to its cell."""

    decided = Signal(str, str)
    jump = Signal(object)

    def __init__(self, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked = asked
        self._radios: dict[str, QRadioButton] = {}
        self._box: QComboBox | None = None
        self.sentence = Words("")
        self.state = StateMark(Mark.WAIT, Type.CAPTION)
        self.go = Button(Say("prepare.asked.go"), kind="quiet", icon="jump", size=Type.CAPTION)
        self.go.clicked.connect(lambda: self.jump.emit(self._asked.place))
        answers = self._radio_answers() if len(asked.choices) <= _RADIOS_AT_MOST else self._box_answers()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, space(1), 0, space(1))
        layout.setSpacing(space(1))
        layout.addWidget(self.sentence)
        layout.addWidget(answers)
        layout.addLayout(row(self.state, STRETCH, self.go))
        self.show_asked(asked)

    def show_asked(self, asked: Asked) -> None:
        """Show the same question in another state."""
        self._asked = asked
        self.sentence.say(asked.text)
        self.go.setVisible(asked.place is not None)
        for choice_id, radio in self._radios.items():
            radio.setChecked(choice_id == asked.chosen)
        if self._box is not None:
            self._fill_box()
        if asked.confirmed:
            self.state.show_mark(Mark.DONE, Say("prepare.asked.confirmed"))
        elif asked.chosen:
            self.state.show_mark(Mark.WAIT, Say("prepare.asked.proposed"))
        else:
            self.state.show_mark(Mark.ALARM, Say("prepare.asked.unanswered"))

    def _radio_answers(self) -> QWidget:
        holder = QWidget()
        group = QButtonGroup(holder)
        layout = column(gap=0)
        for choice in self._asked.choices:
            radio = QRadioButton()
            bind_text(radio, choice.text)
            radio.clicked.connect(
                lambda _on=False, wanted=choice.id: self.decided.emit(self._asked.id, wanted)
            )
            group.addButton(radio)
            layout.addWidget(radio)
            self._radios[choice.id] = radio
        holder.setLayout(layout)
        return holder

    def _box_answers(self) -> QWidget:
        self._box = QComboBox()
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        bind_name(self._box, self._asked.text)
        self._box.activated.connect(self._activated)
        follow(self, self._fill_box, slot="answers")
        return self._box

    def _fill_box(self) -> None:
        assert self._box is not None
        self._box.clear()
        if not self._asked.chosen:
            self._box.addItem(str(Say("prepare.asked.choose")), "")
        for choice in self._asked.choices:
            self._box.addItem(str(choice.text), choice.id)
        self._box.setCurrentIndex(max(0, self._box.findData(self._asked.chosen)))

    def _activated(self, at: int) -> None:
        assert self._box is not None
        wanted = self._box.itemData(at)
        if wanted:
            self.decided.emit(self._asked.id, wanted)


class GroupCard(QFrame):
    """Questions of one kind, with one button that confirms all that are proposed."""

    decided = Signal(str, str)
    confirmed = Signal(object)
    jump = Signal(object)

    def __init__(self, group: AskedGroup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = group
        self.title = Words("", strong=True)
        self.confirm = Button("", size=Type.CAPTION)
        self.confirm.clicked.connect(lambda: self.confirmed.emit(confirmations(self._group)))
        self.cards = {asked.id: QuestionCard(asked) for asked in group.questions}
        head = row(self.title, self.confirm, gap=2)
        head.setStretch(0, 1)
        body = column(head, gap=2, margin=3)
        for question in self.cards.values():
            body.addWidget(rule())
            body.addWidget(question)
            question.decided.connect(self.decided)
            question.jump.connect(self.jump)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card(body))
        self.show_group(group)

    def show_group(self, group: AskedGroup) -> None:
        """Show the same questions in another state."""
        self._group = group
        self.title.say(group.title)
        count = len(group.to_confirm)
        self.confirm.setVisible(count > 0)
        words: Text = (
            Say("prepare.asked.confirm_one") if count == 1 else Say("prepare.asked.confirm", count=count)
        )
        self.confirm.say(words)
        for asked in group.questions:
            self.cards[asked.id].show_asked(asked)


class QuestionsPanel(QWidget):
    """All groups, scrolling; built anew only when other questions arise."""

    decided = Signal(str, str)
    confirmed = Signal(object)
    jump = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.groups: dict[str, GroupCard] = {}
        self._shape: list[tuple[str, tuple[str, ...]]] = []
        self.none = Words(Say("prepare.asked.none"), tone="quiet")
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, space(2), 0)
        self._column.setSpacing(space(3))
        self._column.addWidget(self.none)
        self._column.addStretch(1)
        self.area = scrolled(self._inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)

    def show_groups(self, groups: tuple[AskedGroup, ...]) -> None:
        """Show the questions as they stand now."""
        self.none.setVisible(not groups)
        shape_now = [(group.code, tuple(q.id for q in group.questions)) for group in groups]
        if shape_now == self._shape:
            for group in groups:
                self.groups[group.code].show_group(group)
            return
        self._shape = shape_now
        at = self.area.verticalScrollBar().value()
        for old in self.groups.values():
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.groups = {group.code: self._made(group) for group in groups}
        for place, made in enumerate(self.groups.values()):
            self._column.insertWidget(place, made)
        self.area.verticalScrollBar().setValue(at)

    def _made(self, group: AskedGroup) -> GroupCard:
        made = GroupCard(group)
        made.decided.connect(self.decided)
        made.confirmed.connect(self.confirmed)
        made.jump.connect(self.jump)
        return made
