"""Taking a mistyped paper ballot out again: found by the code that was written on it, with a reason and a second person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ui.screens.ballots.asking import AskDialog
from ui.theme import space
from ui.words import Say, Text
from venue_app.base.ids import normal_code
from venue_app.host.slips import shown


class WithdrawDialog(AskDialog):
    """The papers typed in, by code and class, never what is on them; `code` shortens the list to what was typed."""

    def __init__(
        self, papers: Sequence[tuple[str, str]], classes: Mapping[str, Text], parent: QWidget | None = None
    ) -> None:
        """`papers` are codes with their class, `classes` the classes' titles."""
        super().__init__(Say("ballots.withdraw.title"), Say("ballots.withdraw.act"), parent)
        self.note(Say("ballots.withdraw.how"))
        code = self.line("code", Say("ballots.withdraw.code"))
        self.papers: QListWidget = self.names("papers", Say("ballots.withdraw.papers", count=len(papers)))
        self.papers.setMinimumHeight(space(36))
        for own, name in papers:
            item = QListWidgetItem(f"{shown(own)}   {classes.get(name, name)}")
            item.setData(Qt.ItemDataRole.UserRole, own)
            self.papers.addItem(item)
        self.papers.currentItemChanged.connect(self.look)
        code.textChanged.connect(self._sought)
        self.line("reason", Say("ballots.abandon.reason"))
        self.line("second", Say("ballots.abandon.second"))
        self.lay_out(self._lacks)

    @property
    def chosen(self) -> str:
        """The code of the paper chosen, empty while none is."""
        item = self.papers.currentItem()
        return "" if item is None or item.isHidden() else str(item.data(Qt.ItemDataRole.UserRole))

    def _sought(self, typed: str) -> None:
        wanted = normal_code(typed)
        left = []
        for at in range(self.papers.count()):
            item = self.papers.item(at)
            fits = str(item.data(Qt.ItemDataRole.UserRole)).startswith(wanted)
            item.setHidden(not fits)
            if fits:
                left.append(item)
        self.papers.setCurrentItem(left[0] if wanted and len(left) == 1 else None)  # type: ignore[arg-type]
        self.look()

    def _lacks(self) -> Text | None:
        if not self.chosen:
            return Say("ballots.withdraw.need_paper")
        if not self.text("reason") or not self.text("second"):
            return Say("ballots.abandon.need")
        return None
