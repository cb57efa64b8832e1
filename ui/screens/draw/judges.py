"""Taking down the judges a draw is held over: choose the file, see what was read of it, hold to take it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from ui import tasks
from ui.bridge import Bridge
from ui.screens.draw.view import DrawView
from ui.widgets.ask import AskDialog
from ui.words import Say
from venue_app.base.i18n import language
from venue_app.domain.draw_commands import ListJudges
from venue_app.roster.findings import Finding, sentence
from venue_app.roster.judges import ListedJudge, counted, judges_listed, read_judges
from venue_app.roster.rows import Import

_MOST = 5


class JudgesIn(QObject):
    """Reads beside the window; nothing is taken that was not looked at, and nothing with an error in it."""

    refused = Signal(object)
    """A `Known`: the file cannot be opened."""

    def __init__(self, bridge: Bridge, view: DrawView, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._view = bridge, view
        self.dialog: AskDialog | None = None

    def choose(self) -> QFileDialog:
        """Ask for the file."""
        dialog = QFileDialog(self._view, str(Say("draw_screen.judges.choose")))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("(*.xlsx *.xlsm *.xls *.csv *.txt *.tsv *.et)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.read(Path(path)))
        dialog.open()
        return dialog

    def read(self, file: Path) -> None:
        """Read the file under the plan and the posts in force."""
        state = self._bridge.state
        self._view.banner.hide()
        tasks.run(
            lambda _progress: read_judges(file, state.scheme, state.posts),
            owner=self._view,
            done=lambda read: self._looked(file.name, read),
            failed=self.refused.emit,
        )

    def _looked(self, name: str, read: Import[ListedJudge]) -> None:
        if read.errors:
            self._view.banner.show_text(_said(Say("draw_screen.judges.wrong", file=name), read.errors))
            return
        if self.dialog is not None:
            return  # the form of the file before is still looked at
        scheme = self._bridge.state.scheme
        groups = Say("roster.list_comma")
        by_group = str(groups).join(
            str(Say("draw_screen.judges.group", group=scheme.group(group).title.say(language()), count=count))
            for group, count in sorted(counted(read.rows).items())
        )
        recused = sum(bool(row.recuses) for row in read.rows)
        about = Say("draw_screen.judges.about", groups=by_group, recused=recused)
        doubts = [found for found in read.findings if found.severity in ("doubt", "mended")]
        title = Say("draw_screen.judges.title", file=name, count=len(read.rows))
        act = Say("draw_screen.judges.act", count=len(read.rows))
        dialog = AskDialog(title, _said(about, doubts), (), act, self._view)
        dialog.given.connect(lambda _given: self._take(dialog, read))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def _take(self, dialog: AskDialog, read: Import[ListedJudge]) -> None:
        command = ListJudges(judges=judges_listed(read.rows))
        self._bridge.send(command, done=lambda _reply: dialog.accept(), refused=dialog.refuse, asker=dialog)

    def _forget(self) -> None:
        self.dialog = None


def _said(first: Say, found: tuple[Finding, ...] | list[Finding]) -> str:
    """A sentence, then the first few findings a line each, and how many more there are."""
    lines = [str(first), *(sentence(one) for one in found[:_MOST])]
    if len(found) > _MOST:
        lines.append(str(Say("draw_screen.judges.more", count=len(found) - _MOST)))
    return "\n".join(lines)
