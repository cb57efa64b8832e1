"""Every widget in every state, on pages, for the eye and the screenshot tests.

    python -m ui.gallery                      shows them
    python -m ui.shots FOLDER gallery         takes pictures of them

`pages()` makes fresh widgets each time it is called; times stand still in them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal

from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QRadioButton, QTabWidget, QWidget

from ui import theme, words
from ui.theme import Type, space
from ui.widgets.band import ModeBand
from ui.widgets.busy import BusyLine
from ui.widgets.buttons import Button, PrimaryAction
from ui.widgets.clock import ClockFace, ClockReading
from ui.widgets.digest import DigestLabel
from ui.widgets.gates import Gate, GateList
from ui.widgets.grid import CellMark, GridView
from ui.widgets.held import HeldButton
from ui.widgets.layout import STRETCH, Words, card, column, row
from ui.widgets.marks import BandSpec, MarkControl, MarkSpec, RunningSum
from ui.widgets.notices import Banner, BottomLine, EmptyState, ErrorBanner
from ui.widgets.state import ConnectionWord, Mark, StateMark
from ui.widgets.tiles import LotChip, LotState, LotView, SeatTile, SeatView
from ui.widgets.trees import Finding, FindingGroup, FindingsView, Working, WorkingTree
from ui.words import Say, bind_name

_DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_NOON_MS = 1_767_240_000_000


def pages() -> dict[str, Callable[[], QWidget]]:
    """A maker for each page by its name."""
    return {
        "actions": _actions,
        "states": _states,
        "room": _room,
        "marks": _marks,
        "reading": _reading,
        "empty": _empty,
    }


def _page(*parts: object) -> QWidget:
    page = QWidget()
    page.setLayout(column(*parts, gap=4, margin=6))  # type: ignore[arg-type]
    return page


def _actions() -> QWidget:
    offered, refused = PrimaryAction(), PrimaryAction()
    offered.offer(Say("ui.gallery.call", lot=17))
    refused.refuse(Say("ui.gallery.announce"), Say("ui.gallery.why"))
    half = HeldButton(Say("ui.gallery.seal"), tone="seal", now_ms=iter([0, *[450] * 99_999]).__next__)
    half.take()
    checked = Button(Say("ui.gallery.chosen"))
    checked.setCheckable(True)
    checked.setChecked(True)
    off = Button(Say("ui.gallery.details"))
    off.setEnabled(False)
    find = Button("", icon="find")
    find.name(Say("ui.find.title"))
    name = QLineEdit()
    words.bind(name, "setPlaceholderText", Say("ui.gallery.name"))
    bind_name(name, Say("ui.gallery.name"))
    choice = QComboBox()
    choice.addItems(["甲", "乙"])
    bind_name(choice, Say("ui.gallery.chosen"))
    tick, one, other = QCheckBox(), QRadioButton(), QRadioButton()
    for at, part in enumerate((tick, one, other)):
        words.bind_text(part, Say("ui.gallery.details"))
        part.setChecked(at < 2)
    return _page(
        offered,
        refused,
        row(
            Button(Say("ui.gallery.pause"), icon="pause"),
            Button(Say("ui.gallery.details"), kind="quiet"),
            Button(Say("ui.gallery.void"), kind="danger"),
            checked,
            off,
            find,
            STRETCH,
        ),
        row(
            HeldButton(Say("ui.gallery.send")),
            half,
            HeldButton(Say("ui.gallery.void"), tone="alarm"),
            STRETCH,
            gap=3,
        ),
        row(name, choice, tick, one, other, gap=3),
        ModeBand("official"),
        ModeBand("rehearsal"),
        STRETCH,
    )


def _states() -> QWidget:
    links = []
    for link, pending in (("online", 0), ("online", 2), ("connecting", 0), ("offline", 0), ("offline", 2)):
        word = ConnectionWord()
        word.show_link(link, pending)  # type: ignore[arg-type]
        links.append(word)
    fault, wait, done = ErrorBanner(), Banner("wait"), Banner("done", closable=False)
    fault.show_text(Say("ui.gallery.fault"), Say("ui.gallery.details"))
    wait.show_text(Say("ui.gallery.printer"))
    done.show_text(Say("ui.sum.complete"))
    line = BottomLine()
    line.tell(Say("ui.gallery.called", lot=17), _NOON_MS, Say("ui.gallery.undo"))
    busy = BusyLine()
    busy.show()
    busy.words.say(Say("ui.busy"))
    busy.bar.setRange(0, 150)
    busy.bar.setValue(60)
    bind_name(busy.bar, Say("ui.busy"))
    busy.count.say("60 / 150")
    gates = GateList()
    gates.show_gates(
        [
            Gate("seat", Say("ui.gallery.seat_out", seat=5), can_jump=True),
            Gate("checker", Say("ui.gallery.why")),
            Gate("clock", Say("ui.clock.ended"), met=True),
        ]
    )
    return _page(
        row(*(StateMark(mark) for mark in Mark), STRETCH, gap=6),
        row(*links, STRETCH, gap=6),
        fault,
        wait,
        done,
        busy,
        card(column(gates, margin=4)),
        line,
        STRETCH,
    )


def _clock(reading: ClockReading) -> QWidget:
    face = ClockFace(lambda: 0)
    face.show_reading(reading, Say("ui.gallery.speech"))
    return card(column(face, margin=4))


def _room() -> QWidget:
    limit, warned = 480_000, (60_000,)
    clocks = row(
        _clock(ClockReading("idle", 0, 0, limit, warned)),
        _clock(ClockReading("running", 123_456, 0, limit, warned)),
        _clock(ClockReading("running", 440_000, 0, limit, warned)),
        _clock(ClockReading("paused", 440_000, 0, limit, warned)),
        _clock(ClockReading("running", 497_000, 0, limit, warned)),
        _clock(ClockReading("running", 97_000, 0)),
        gap=3,
    )
    seats = row(
        *(
            SeatTile(view)
            for view in (
                SeatView(1, "empty"),
                SeatView(2, "online"),
                SeatView(3, "scoring"),
                SeatView(4, "submitted", at="17:03"),
                SeatView(5, "recused"),
                SeatView(6, "lost", seconds=12),
                SeatView(7, "submitted", mark="87.5"),
                SeatView(8, "submitted", mark="95.0", struck="high"),
            )
        ),
        gap=3,
    )
    states: tuple[LotState, ...] = ("done", "absent", "hall", "next", "waiting", "waived")
    lots = row(*(LotChip(LotView(at + 1, state)) for at, state in enumerate(states)), gap=3)
    return _page(
        clocks, seats, lots, row(DigestLabel(_DIGEST), DigestLabel(_DIGEST[:16], size=Type.CAPTION), STRETCH)
    )


def _marks() -> QWidget:
    bands = (
        BandSpec(Say("ui.gallery.poor"), Decimal(0), Decimal(11)),
        BandSpec(Say("ui.gallery.fair"), Decimal(12), Decimal(17)),
        BandSpec(Say("ui.gallery.better"), Decimal(18), Decimal(23)),
        BandSpec(Say("ui.gallery.good"), Decimal(24), Decimal(30)),
    )
    spec = MarkSpec(
        Say("ui.gallery.presence"), Decimal(30), Decimal("0.5"), bands=bands, hint=Say("ui.gallery.look_for")
    )
    controls = [MarkControl(spec) for _ in range(3)]
    controls[1].set_steps(55)
    controls[2].set_steps(0)
    whole = MarkControl(MarkSpec(Say("ui.gallery.plan"), Decimal(40), Decimal(1)))
    whole.set_steps(33)
    some, every = RunningSum(), RunningSum()
    some.show_sum(Decimal("60.5"), Decimal(100), 1)
    every.show_sum(Decimal("87.5"), Decimal(100), 0)
    page = _page(*controls, whole, row(some, every), STRETCH)
    theme.dress(page, theme.Theme(theme.current().name, theme.current().large, touch=True))
    return page


def _reading() -> QWidget:
    grid = GridView()
    head = ["序号", "姓名", "身份证号", "报考职位", "学历"]
    body = [
        [str(n), f"考生{n}", f"4101011990010100{n:02d}", "县文旅局 副局长", "大学本科"] for n in range(1, 40)
    ]
    marks = {
        (3, 2): CellMark("alarm", Say("ui.gallery.fault")),
        (5, 1): CellMark("wait", Say("ui.gallery.twice")),
        (7, 2): CellMark("done", Say("ui.gallery.mended", count=1)),
    }
    grid.show_sheet([head, *body], marks)
    grid.go_to(3, 2)
    findings = FindingsView()
    findings.show_groups(
        [
            FindingGroup("alarm", Say("ui.gallery.fault"), (Finding("考生3", "C4", (3, 2)),)),
            FindingGroup("wait", Say("ui.gallery.twice"), (Finding("考生5", "B6"), Finding("考生5", "B14"))),
            FindingGroup("done", Say("ui.gallery.mended", count=3), (Finding("考生7", "C8"),)),
        ]
    )
    working = WorkingTree()
    judges = (Working("1", "88.5"), Working("2", "95.0", note=Say("ui.seat.struck_high")))
    working.show_working(
        Working(
            Say("ui.gallery.composite"),
            "87.50",
            (
                Working(
                    Say("ui.gallery.speech_part"),
                    "52.80",
                    (Working(Say("ui.gallery.mean"), "88.00", judges),),
                ),
                Working(Say("ui.gallery.ballot_part"), "34.70"),
            ),
        ),
        Say("ui.gallery.sentence"),
    )
    upper = row(grid, findings, gap=4)
    return _page(upper, card(column(working, margin=4)))


def _empty() -> QWidget:
    return _page(
        EmptyState(Say("ui.gallery.no_roster"), Say("ui.gallery.no_roster_how"), Say("ui.gallery.choose")),
        card(column(Words(Say("ui.gallery.sentence"), Type.LEAD), margin=4)),
    )


def main() -> int:
    """Show all pages in a window."""
    app = QApplication(sys.argv[:1])
    theme.use(theme.Theme())
    words.switch("zh-CN")
    tabs = QTabWidget()
    for name, make in pages().items():
        tabs.addTab(make(), name)
    tabs.resize(theme.PAGE_WIDTH, theme.PAGE_HEIGHT)
    tabs.setContentsMargins(space(2), space(2), space(2), space(2))
    tabs.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
