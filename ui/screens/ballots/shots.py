"""The ballots screen's pictures, with made-up people."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.screens.ballots.asking import OpenDialog
from ui.screens.ballots.model import BallotsModel, Choice, ClassLine, CountLine, PollView
from ui.screens.ballots.typing import TypingDialog
from ui.screens.ballots.view import BallotsView
from ui.screens.ballots.withdrawing import WithdrawDialog
from ui.widgets.state import Mark
from ui.words import Say
from venue_app.scheme import load_scheme, preset_text

_GRADES = ("优秀", "称职", "基本称职", "不称职")
_PEOPLE = ("云娜兰", "苗杰", "章洋静", "方洋敏", "花洋丽", "章源霞", "孔洋琳")
_OPEN = PollView(
    id="V2",
    title="民主测评票",
    mark=Mark.IN_PROGRESS,
    word=Say("ballots.status.open"),
    names=43,
    voted=97,
    issued=140,
    lost=False,
    classes=(ClassLine("领导班子", 12, 0, 9, 0), ClassLine("职工", 128, 3, 86, 2)),
)
_CLOSED = PollView(
    id="V1",
    title="推荐票",
    mark=Mark.DONE,
    word=Say("ballots.status.closed"),
    names=7,
    voted=138,
    issued=140,
    lost=False,
    classes=(
        ClassLine("领导班子", 12, 0, 12, 0, "12", "0", "0"),
        ClassLine("职工", 128, 3, 123, 3, "125", "1", "2"),
    ),
    answers=(*_GRADES, Say("ballots.print.abstained")),
    counts=tuple(
        CountLine(name, item, (60 + at, 50, 18 - at, 6, 3))
        for at, name in enumerate(_PEOPLE)
        for item in ("德", "能", "勤")
    ),
    witness="监督员甲",
)


def _view(chosen: str) -> BallotsView:
    view = BallotsView()
    view.show_model(BallotsModel((_OPEN, _CLOSED), None), chosen)
    view.resize(1150, 620)
    return view


def _empty() -> BallotsView:
    view = BallotsView()
    view.show_model(BallotsModel((), Say("ballots.why_not.not_open")), "")
    view.resize(1150, 620)
    return view


def _opening() -> OpenDialog:
    names = tuple((f"C{at}", name) for at, name in enumerate(_PEOPLE))
    classes = (("leaders", "领导班子"), ("staff", "职工"))
    return OpenDialog((Choice("a", "", "民主测评票", names, classes, True),))


def _typing() -> TypingDialog:
    ballot = load_scheme(preset_text("s4-town-mid-level"), "s4-town-mid-level").ballot("appraisal")
    dialog = TypingDialog(ballot, [(name, name) for name in _PEOPLE], ("甲", "乙"))
    for at in range(7):
        for column in range(5):
            item = dialog.table.item(at, column)
            assert item is not None
            item.setText(str((at + column) % 4 + 1))
    dialog.action.pressed_now.emit()
    first = dialog.table.item(0, 0)
    assert first is not None
    first.setText("9")
    return dialog


def _withdrawing() -> WithdrawDialog:
    papers = [(code, "staff") for code in ("0K7F2Q9ABCDE", "7MXW4T1RPZ0H", "K7F2Q9ABCDEF", "V3N8Y6G5JD2S")]
    dialog = WithdrawDialog(papers, {"staff": "职工"})
    code, reason = dialog.fields["code"], dialog.fields["reason"]
    assert isinstance(code, QLineEdit) and isinstance(reason, QLineEdit)
    code.setText("k7f2-q9")
    reason.setText("第三人的等次录错")
    return dialog


SHOTS: dict[str, Callable[[], QWidget]] = {
    "ballots-empty": _empty,
    "ballots-open": lambda: _view("V2"),
    "ballots-counted": lambda: _view("V1"),
    "ballots-opening": _opening,
    "ballots-typing": _typing,
    "ballots-withdrawing": _withdrawing,
}
