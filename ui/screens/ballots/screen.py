"""The ballots screen's controller: it alone sends commands, and hands paper ballots to the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog

from ui import tasks
from ui.bridge import Bridge
from ui.screen import RailState, Section
from ui.screens.ballots.asking import AskDialog, OpenDialog, TwoDialog
from ui.screens.ballots.closing import AbandonDialog, CloseDialog
from ui.screens.ballots.doubts import doubts_said
from ui.screens.ballots.model import BallotsModel, ballots_model, choices, class_titles
from ui.screens.ballots.port import Polls
from ui.screens.ballots.typing import TypingDialog, paper_of
from ui.screens.ballots.view import BallotsView
from ui.screens.ballots.withdrawing import WithdrawDialog
from ui.shortcuts import Shortcut
from ui.widgets.state import Mark
from ui.words import Say, Text
from venue_app.base.errors import Known
from venue_app.base.ids import normal_code
from venue_app.domain import ballot_commands as c
from venue_app.host.slips import shown
from venue_app.roster.ballot_papers import PapersRead, TypedPaper, own_code, read_papers
from venue_app.state.polls import Poll
from venue_app.state.voting import name_of, open_polls
from venue_app.venue import Change

_TURNOUT_MS = 1000
_Dialog = TypeVar("_Dialog", bound=QDialog)


class BallotsScreen(QObject):
    """测评, as the frame registers it."""

    id = "ballots"
    icon = "ballots"
    section: Section = "day"
    title: Text = Say("ballots.title")

    def __init__(self, bridge: Bridge, polls: Polls, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._polls = bridge, polls
        self._chosen = ""
        self.dialog: QDialog | None = None
        self.save_as: Callable[[], str] = self._ask_where
        self.open_file: Callable[[], str] = self._ask_file
        self.widget = BallotsView()
        view = self.widget
        view.opening.connect(self.open_one)
        view.empty.acted.connect(self.open_one)
        view.chosen.connect(self._choose)
        view.slips.connect(self.make_slips)
        view.exchange.connect(self.exchange_slip)
        view.typing.connect(self.type_papers)
        view.importing.connect(self.import_papers)
        view.withdrawing.connect(self.withdraw_paper)
        view.closing.connect(self.close_poll)
        view.abandoning.connect(self.abandon_poll)
        bridge.changed.connect(self._changed)
        self._timer = QTimer(self.widget)
        self._timer.setInterval(_TURNOUT_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.refresh()

    # ---- as the frame sees it ----

    def rail_state(self) -> RailState:
        """In progress while people vote; nothing for a plan without ballots."""
        state = self._bridge.state
        if not state.scheme.ballots:
            return RailState()
        if open_polls(state):
            return RailState(Mark.IN_PROGRESS)
        return RailState(Mark.DONE if state.polls else Mark.NOT_YET)

    def shortcuts(self) -> Sequence[Shortcut]:
        """Open, and the list."""
        view = self.widget
        return (
            Shortcut("ballots-new", "Ctrl+N", Say("ballots.open.new"), view.new.click),
            Shortcut("ballots-list", "Ctrl+L", Say("ballots.column.poll"), view.list.setFocus),
        )

    # ---- what is shown ----

    @property
    def model(self) -> BallotsModel:
        """What there is to show now."""
        state = self._bridge.state
        turnouts = {poll: self._polls.turnout(poll) for poll in state.polls}
        return ballots_model(state, turnouts, self._polls.lost(state))

    def refresh(self) -> None:
        """Show the newest."""
        polls = self._bridge.state.polls
        if self._chosen not in polls:
            self._chosen = next(reversed(tuple(polls)), "")
        self.widget.show_model(self.model, self._chosen, self._polls.address())

    def _changed(self, change: Change) -> None:
        opened = [
            r.data.poll for r in change.records if r.kind == "ballot.opened" and hasattr(r.data, "poll")
        ]
        self._chosen = opened[-1] if opened else self._chosen
        self.refresh()

    def _tick(self) -> None:
        if self.widget.isVisible() and open_polls(self._bridge.state):
            self.refresh()

    def _choose(self, poll: str) -> None:
        if poll and poll != self._chosen:
            self._chosen = poll
            self.refresh()

    @property
    def poll(self) -> Poll:
        """The poll that is shown."""
        return self._bridge.state.polls[self._chosen]

    # ---- opening ----

    def open_one(self) -> OpenDialog | None:
        """Ask which ballot to open; None, and said, when nobody can stand on any."""
        options = choices(self._bridge.state)
        if not options:
            self._fault(Known("ballots.nobody_stands"))
            return None
        dialog = OpenDialog(options, self.widget)
        dialog.given.connect(partial(self._open, dialog))
        return self._show(dialog)

    def _open(self, dialog: OpenDialog) -> None:
        option = dialog.option
        body = dialog.body()
        rolls = {
            name: c.Roll(members=body[at][0], present=body[at][1]) if at < len(body) else c.Roll()
            for at, (name, _) in enumerate(option.classes)
        }
        command = c.OpenBallot(
            ballot=option.ballot,
            where=option.where,
            names=dialog.ticked(),
            rolls=rolls,
            timing=dialog.timing(),
            again=dialog.again.isChecked(),
        )
        self._send(command, dialog)

    # ---- slips and paper ballots ----

    def make_slips(self) -> AskDialog:
        """Ask how many slips for which class, or how many printed papers are handed out."""
        poll = self.poll
        ballot = self._bridge.state.scheme.ballot(poll.ballot)
        dialog = AskDialog(Say("ballots.slips.title"), Say("ballots.slips.act"), self.widget)
        dialog.note(Say("ballots.slips.how"))
        dialog.pick("class", Say("ballots.print.class"), class_titles(ballot))
        dialog.line("count", Say("ballots.slips.count"))
        dialog.line("papers", Say("ballots.slips.papers"))
        others = [p for p in open_polls(self._bridge.state) if p.id != poll.id]
        both = dialog.tick("both", Say("ballots.slips.both", count=len(others)))
        both.setVisible(bool(others))

        def lacks() -> Text | None:
            if dialog.numbers_wrong(("count", "papers")):
                return Say("ballots.slips.need_number")
            if not (dialog.number("count") or dialog.number("papers")):
                return Say("ballots.slips.need_number")
            return None

        dialog.lay_out(lacks)
        dialog.given.connect(partial(self._make, dialog, poll.id))
        return self._show(dialog)

    def _make(self, dialog: AskDialog, poll: str) -> None:
        count, papers, name = dialog.number("count") or 0, dialog.number("papers") or 0, dialog.text("class")
        both = dialog.fields["both"]
        serves = [poll]
        if both.isVisible() and both.property("checked"):
            serves += [p.id for p in open_polls(self._bridge.state) if p.id != poll]
        file = self.save_as() if count else ""
        if count and not file:
            return
        if papers:
            self._send(c.IssueSlips(poll=poll, voter_class=name, papers=papers), None if count else dialog)
            dialog.fields["papers"].setProperty("text", "")  # they are on record: not once more after a fault
        if not count:
            return
        actor = self._bridge.actor
        self._do(
            dialog,
            lambda: self._polls.slips(actor, serves, name, count, Path(file)),
            lambda: self._saved(dialog, file),
        )

    def _saved(self, dialog: AskDialog, file: str) -> None:
        dialog.accept()
        self.widget.banner.set_tone("wait")
        self.widget.banner.show_text(Say("ballots.slips.saved", file=Path(file).name))

    def exchange_slip(self) -> AskDialog:
        """Ask for the code of a slip that is given back for a paper ballot."""
        poll = self.poll.id
        dialog = AskDialog(Say("ballots.exchange.title"), Say("ballots.exchange.act"), self.widget)
        dialog.note(Say("ballots.exchange.how"))
        dialog.line("code", Say("station.vote.slip"))
        dialog.lay_out(
            lambda: None if len(normal_code(dialog.text("code"))) == 12 else Say("ballots.exchange.need_code")
        )
        dialog.given.connect(partial(self._exchange, dialog, poll))
        return self._show(dialog)

    def _exchange(self, dialog: AskDialog, poll: str) -> None:
        code = normal_code(dialog.text("code"))
        self._do(dialog, lambda: self._polls.exchange(poll, code), lambda: self._accepted(dialog))

    def _accepted(self, dialog: QDialog) -> None:
        dialog.accept()
        self.refresh()

    # ---- paper ballots typed in ----

    def _two(self, poll: Poll, title: Text, act: Text) -> TwoDialog:
        ballot = self._bridge.state.scheme.ballot(poll.ballot)
        return TwoDialog(title, act, class_titles(ballot), self.widget)

    def type_papers(self) -> AskDialog:
        """Ask who types, then take papers one after the other."""
        poll = self.poll
        dialog = self._two(poll, Say("ballots.typing.title"), Say("ballots.typing.begin"))
        dialog.given.connect(partial(self._begin_typing, dialog, poll))
        return self._show(dialog)

    def _begin_typing(self, asked: AskDialog, poll: Poll) -> None:
        asked.accept()
        state = self._bridge.state
        names = [(name, name_of(state, name)) for name in poll.names]
        people = (asked.text("first"), asked.text("second"))
        dialog = TypingDialog(state.scheme.ballot(poll.ballot), names, people, self.widget)
        dialog.given.connect(partial(self._typed, dialog, poll.id, asked.text("class")))
        self._show(dialog)

    def _typed(self, dialog: TypingDialog, poll: str, voter_class: str, typed: TypedPaper) -> None:
        code = dialog.code  # pressed twice, the desk leaves the second out
        paper = paper_of(typed, code, voter_class)
        self._do(dialog, lambda: self._polls.enter(poll, [paper]), lambda: self._taken(dialog, code))

    def _taken(self, dialog: TypingDialog, code: str) -> None:
        if dialog.code == code:
            dialog.taken(shown(code))
        self.refresh()

    def import_papers(self) -> None:
        """Read paper ballots from a spreadsheet; nothing is taken before it was looked at."""
        file = self.open_file()
        if not file:
            return
        state, poll = self._bridge.state, self.poll
        ballot = state.scheme.ballot(poll.ballot)
        names = [(name, name_of(state, name)) for name in poll.names]
        tasks.run(
            lambda _: read_papers(Path(file), ballot, names),
            owner=self.widget,
            done=partial(self._read, poll, self.dialog),
            failed=self._fault,
        )

    def _read(self, poll: Poll, before: QDialog | None, read: PapersRead) -> None:
        if read.doubts:
            self.widget.banner.set_tone("alarm")
            self.widget.banner.show_text(doubts_said(read))
            return
        if self._asks_else(before):
            return
        title = Say("ballots.import.title", file=read.file, count=len(read.papers))
        dialog = self._two(poll, title, Say("ballots.import.act"))
        dialog.given.connect(partial(self._take, dialog, poll.id, read))
        self._show(dialog)

    def _take(self, dialog: AskDialog, poll: str, read: PapersRead) -> None:
        event, name = self._bridge.state.event.event, dialog.text("class")
        papers = [paper_of(one, own_code(event, poll, read.sha256, one.number), name) for one in read.papers]
        self._do(dialog, lambda: self._polls.enter(poll, papers), lambda: self._accepted(dialog))

    def withdraw_paper(self) -> None:
        """Ask which typed-in paper is taken out again, why, and who agrees; the desk may wait for the disk."""
        poll = self.poll.id
        tasks.run(
            lambda _: self._polls.typed(poll),
            owner=self.widget,
            done=partial(self._ask_withdraw, poll, self.dialog),
            failed=self._fault,
        )

    def _ask_withdraw(self, poll: str, before: QDialog | None, papers: Sequence[tuple[str, str]]) -> None:
        if self._asks_else(before):
            return
        state = self._bridge.state
        titles = dict(class_titles(state.scheme.ballot(state.polls[poll].ballot)))
        dialog = WithdrawDialog(papers, titles, self.widget)
        dialog.given.connect(partial(self._withdraw, dialog, poll))
        self._show(dialog)

    def _withdraw(self, dialog: WithdrawDialog, poll: str) -> None:
        given = (self._bridge.actor, poll, dialog.chosen, dialog.text("reason"), dialog.text("second"))
        self._do(dialog, lambda: self._polls.withdraw(*given), lambda: self._accepted(dialog))

    # ---- the end ----

    def close_poll(self) -> CloseDialog:
        """Ask for the witness and what was counted by hand, then close."""
        poll = self.poll
        state = self._bridge.state
        witnesses = tuple(p.name for p in state.people if p.role in ("supervisor", "notary"))
        turnout = self._polls.turnout(poll.id)
        classes = class_titles(state.scheme.ballot(poll.ballot))
        dialog = CloseDialog(
            poll,
            classes,
            witnesses,
            any(t.entered for t in turnout.values()),
            self.widget,
            more=any(t.entered > poll.printed.get(name, 0) + t.exchanged for name, t in turnout.items()),
        )
        dialog.given.connect(lambda: self._send(dialog.command(), dialog))
        return self._show(dialog)

    def abandon_poll(self) -> AbandonDialog:
        """Ask why, and who agrees."""
        dialog = AbandonDialog(self.poll.id, self.widget)
        dialog.given.connect(lambda: self._send(dialog.command(), dialog))
        return self._show(dialog)

    # ---- helpers ----

    def _send(
        self, command: c.OpenBallot | c.IssueSlips | c.CloseBallot | c.AbandonBallot, dialog: AskDialog | None
    ) -> None:
        """Done, for a form, is what the standby has too: a count that was shown to the witness is not taken back."""
        if dialog is None:
            self._bridge.send(command)
        else:
            self._bridge.send(
                command,
                done=lambda _reply: self._do(dialog, self._polls.settled, lambda: self._accepted(dialog)),
                refused=dialog.banner.show_known,
                asker=dialog,
                sub=dialog.sub,
            )

    def _show(self, dialog: _Dialog) -> _Dialog:
        self.dialog = dialog
        dialog.open()
        return dialog

    def _asks_else(self, before: QDialog | None) -> bool:
        """Whether another form was opened since `before`: nothing is put over what somebody fills in there."""
        return self.dialog is not None and self.dialog is not before and not self.dialog.isHidden()

    def _do(
        self,
        dialog: AskDialog | TypingDialog | WithdrawDialog,
        work: Callable[[], object],
        done: Callable[[], None],
    ) -> None:
        """Beside the window, for a form."""
        failed = partial(self._not_done, dialog)
        tasks.run(lambda _: work(), owner=self.widget, done=lambda _: done(), failed=failed)

    def _not_done(self, dialog: AskDialog | TypingDialog | WithdrawDialog, fault: Known) -> None:
        """Said in the form that asked, or on the screen when it was closed meanwhile."""
        (self._fault if dialog.isHidden() else dialog.banner.show_known)(fault)

    def _fault(self, fault: Known) -> None:
        self.widget.banner.set_tone("alarm")
        self.widget.banner.show_known(fault)

    def _ask_where(self) -> str:
        name = f"{self._chosen}.pdf"
        return QFileDialog.getSaveFileName(self.widget, str(Say("ballots.slips.title")), name, "PDF (*.pdf)")[
            0
        ]

    def _ask_file(self) -> str:
        kinds = "(*.csv *.xlsx *.txt)"
        return QFileDialog.getOpenFileName(self.widget, str(Say("ballots.act.importing")), "", kinds)[0]
