"""Ending a vote: closed before a witness (slips left over, paper ballots in the urn, who typed them in), or given up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.screens.ballots.asking import AskDialog
from ui.words import Say, Text
from venue_app.domain.ballot_commands import AbandonBallot, CloseBallot
from venue_app.state.polls import Poll

_LEFT, _BACK = "left-", "back-"


class CloseDialog(AskDialog):
    """Asks class by class; paper ballots and tellers only where there are any.

    `more`: more paper ballots are typed in than were put on record as handed out, which voids the vote.
    """

    def __init__(
        self,
        poll: Poll,
        classes: Sequence[tuple[str, Text]],
        witnesses: Sequence[str],
        entered: bool,
        parent: QWidget | None = None,
        *,
        more: bool = False,
    ) -> None:
        super().__init__(Say("ballots.close.title"), Say("ballots.close.act"), parent)
        self._poll, self._entered = poll.id, entered
        self.note(Say("ballots.close.how"))
        if more:
            self.note(Say("ballots.close.more"), tone="alarm")
        if witnesses:
            self.pick("witness", Say("ballots.print.witness"), [(name, name) for name in witnesses])
        else:
            self.line("witness", Say("ballots.print.witness"))
        for name, title in classes:
            self.line(f"{_LEFT}{name}", Say("ballots.close.left", of=title))
            if entered or poll.printed.get(name):
                self.line(f"{_BACK}{name}", Say("ballots.close.back", of=title))
        if entered:
            self.line("tellers", Say("ballots.close.tellers"))
        self.lay_out(self._lacks)

    def command(self) -> CloseBallot:
        """What was typed, as it is asked of the venue."""
        return CloseBallot(
            poll=self._poll,
            witness=self.text("witness"),
            unissued=self._counted(_LEFT),
            returned=self._counted(_BACK),
            tellers=_names(self.text("tellers")) if self._entered else (),
        )

    def _counted(self, prefix: str) -> dict[str, int]:
        fields = [field for field in self.fields if field.startswith(prefix)]
        found = {field.removeprefix(prefix): self.number(field) for field in fields}
        return {name: number for name, number in found.items() if number is not None}

    def _lacks(self) -> Text | None:
        if not self.text("witness"):
            return Say("ballots.close.need_witness")
        if self.numbers_wrong([field for field in self.fields if field.startswith((_LEFT, _BACK))]):
            return Say("ballots.slips.need_number")
        if self._entered and len(_names(self.text("tellers"))) < 2:
            return Say("ballots.close.need_tellers")
        return None


class AbandonDialog(AskDialog):
    """Asks why a vote is given up, and who agrees."""

    def __init__(self, poll: str, parent: QWidget | None = None) -> None:
        super().__init__(Say("ballots.abandon.title"), Say("ballots.abandon.act"), parent)
        self._poll = poll
        self.note(Say("ballots.abandon.how"), tone="alarm")
        self.line("reason", Say("ballots.abandon.reason"))
        self.line("second", Say("ballots.abandon.second"))
        self.lay_out(
            lambda: None if self.text("reason") and self.text("second") else Say("ballots.abandon.need")
        )

    def command(self) -> AbandonBallot:
        """What was typed, as it is asked of the venue."""
        return AbandonBallot(poll=self._poll, reason=self.text("reason"), second=self.text("second"))


def _names(text: str) -> tuple[str, ...]:
    # a space parts no two people: it stands within a name
    parts = text.replace("，", "、").replace(",", "、").split("、")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
