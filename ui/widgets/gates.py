"""What still has to be before the next step may be taken.

gates = GateList()
gates.show_gates([Gate("seat5", Say("room.gate.seat_out", seat=5)), Gate("checked", Say("..."), met=True)])
gates.jump.connect(...)          the id of the gate whose button was pressed
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Type, space
from ui.widgets.buttons import Button
from ui.widgets.layout import Words
from ui.widgets.notices import Shape
from ui.words import Say, Text


@dataclass(frozen=True, slots=True)
class Gate:
    """One condition; `can_jump` where pressing leads to what is missing."""

    id: str
    text: Text
    met: bool = False
    can_jump: bool = False


class GateList(QFrame):
    """Unmet conditions first, each with its shape and the way to it; a quiet line when nothing is missing."""

    jump = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gates: tuple[Gate, ...] | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(space(1))
        self.show_gates([])

    def show_gates(self, gates: Sequence[Gate], *, only_missing: bool = False) -> None:
        """Show the conditions; with `only_missing` those that are met are left out."""
        shown = tuple(g for g in sorted(gates, key=lambda g: g.met) if not (only_missing and g.met))
        if shown == self._gates:
            return
        self._gates = shown
        while (item := self._layout.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.setParent(None)
                old.deleteLater()
        missing = sum(1 for g in shown if not g.met)
        head = Say("ui.gate.missing", count=missing) if missing else Say("ui.gate.none")
        self._layout.addWidget(Words(head, Type.CAPTION, strong=True, tone="wait" if missing else "done"))
        for gate in shown:
            self._layout.addWidget(self._line(gate))

    def _line(self, gate: Gate) -> QWidget:
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        layout.addWidget(Shape("check" if gate.met else "square", "done" if gate.met else "wait", Type.BODY))
        layout.addWidget(Words(gate.text, tone="quiet" if gate.met else "ink"), 1)
        if gate.can_jump and not gate.met:
            go = Button(Say("ui.gate.go"), kind="quiet", icon="jump", size=Type.CAPTION)
            go.name(Say("ui.gate.go_to", what=gate.text))
            go.clicked.connect(lambda: self.jump.emit(gate.id))
            layout.addWidget(go)
        return line
