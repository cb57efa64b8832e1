"""The witness's screen: the journal as it grows, the head, who signs, and the held press that signs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from tests import world
from ui import words
from ui.bridge import Bridge
from ui.screens.witness.screen import WitnessScreen
from ui.screens.witness.view import Signer, due_words
from ui.widgets.state import Mark
from venue_app.domain import commands as c
from venue_app.domain.roles import Role
from venue_app.host.history import history
from venue_app.state.witness import due
from venue_app.venue import Venue

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def venue(tmp_path) -> Iterator[Venue]:
    found = world.prepared(tmp_path / "event.venue")
    yield found
    found.close()


@pytest.fixture
def screen(venue, qtbot) -> Iterator[WitnessScreen]:
    bridge = Bridge(venue, world.PROCTOR)
    made = WitnessScreen(bridge, lambda: history(venue))
    qtbot.addWidget(made.widget)
    made.widget.resize(1100, 640)
    made.widget.show()
    qtbot.waitUntil(lambda: len(made.widget.journal.records) == venue.state.size)
    yield made
    bridge.close()


def lines(screen: WitnessScreen) -> list[str]:
    model = screen.widget.journal.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def hold(qtbot, button) -> None:
    with qtbot.waitSignal(button.held):
        qtbot.mousePress(button, LEFT)
    qtbot.mouseRelease(button, LEFT)


def test_the_whole_journal_in_words_newest_first(screen, venue, qtbot):
    told = lines(screen)
    assert len(told) == venue.state.size
    assert told[0].endswith("“考生出场顺序”抽签完成，共 6 个签位")
    assert sum("31415926535" in line for line in told) == 1
    assert told[-1].endswith("活动“测试活动”建立（演练）")
    venue.ask(c.CallCandidate(room="R1", lot=2), world.PROCTOR)
    qtbot.waitUntil(lambda: lines(screen)[0].endswith("第1组 叫签号 2"))
    assert [r.seq for r in screen.widget.journal.records] == list(range(venue.state.size))


def test_what_came_while_the_past_was_read_is_there_once(venue, qtbot):
    """The past is read beside the window; entries that arrive before it is handed over are kept, none twice."""
    bridge = Bridge(venue, world.PROCTOR)
    late: list[object] = []

    def past():
        found = history(venue)
        venue.ask(c.CallCandidate(room="R1", lot=1), world.PROCTOR)
        late.append(history(venue))
        return found if len(late) % 2 else late[-1]

    made = WitnessScreen(bridge, past)
    qtbot.addWidget(made.widget)
    qtbot.waitUntil(lambda: len(made.widget.journal.records) == venue.state.size)
    venue.ask(c.MarkAbsent(room="R1", lot=1), world.PROCTOR)
    qtbot.waitUntil(lambda: len(made.widget.journal.records) == venue.state.size)
    assert [r.seq for r in made.widget.journal.records] == list(range(venue.state.size))
    bridge.close()


def test_the_head_is_the_journals_own(screen, venue, qtbot):
    assert screen.widget.head._digest == venue.now.root.hex()
    venue.ask(c.CallCandidate(room="R1", lot=1), world.PROCTOR)
    qtbot.waitUntil(lambda: screen.widget.head._digest == venue.now.root.hex())
    assert screen.widget.length.text() == f"存证 {venue.state.size} 条"
    assert screen.widget.own_check.isHidden()  # on the laptop itself nothing is checked apart from it


def test_each_witness_signs_by_a_held_press_for_what_waits(screen, venue, qtbot):
    page = screen.widget
    assert [s.name for s in screen.view.signers] == ["监督员甲", "公证员乙"]
    assert not page.sign.isEnabled()
    assert page.sign.text() == "请先选择由谁签名"
    qtbot.mouseClick(page._buttons[screen.view.signers[1]], LEFT)
    assert [str(d.text) for d in screen.view.due] == ["开场", "抽签"]
    assert page.sign.text() == "签名：开场"
    qtbot.mouseClick(page.sign, LEFT)
    assert venue.state.witnessed == ()
    hold(qtbot, page.sign)
    qtbot.waitUntil(lambda: len(venue.state.witnessed) == 1)
    signed = venue.state.witnessed[0]
    assert (signed.role, signed.name, signed.milestone) == ("notary", "公证员乙", "opening")
    qtbot.waitUntil(lambda: page.sign.text() == "签名：抽签")
    qtbot.mouseClick(page._buttons[screen.view.signers[0]], LEFT)
    assert [d.due.milestone for d in screen.view.due] == ["opening", "draw"]


def test_what_is_chosen_is_what_is_signed(screen, venue, qtbot):
    screen.choose(Signer(Role.SUPERVISOR, "监督员甲"))
    screen.widget.due.choose("draw//")
    assert screen.widget.sign.text() == "签名：抽签"
    hold(qtbot, screen.widget.sign)
    qtbot.waitUntil(lambda: len(venue.state.witnessed) == 1)
    assert venue.state.witnessed[0].milestone == "draw"


def test_nothing_waits_any_more(screen, venue, qtbot):
    assert screen.rail_state().missing == 4
    screen.choose(Signer(Role.SUPERVISOR, "监督员甲"))
    for left in (1, 0):
        hold(qtbot, screen.widget.sign)
        qtbot.waitUntil(
            lambda left=left: len(screen.view.due) == left and screen.widget.sign.isEnabled() == bool(left)
        )
    qtbot.waitUntil(screen.widget.nothing.isVisible)
    assert not screen.widget.due.isVisible()
    assert screen.rail_state().missing == 2
    assert screen.rail_state().mark is Mark.IN_PROGRESS


def test_a_refused_signature_is_said(screen, venue, qtbot):
    screen.choose(Signer(Role.NOTARY, "公证员乙"))
    venue.close()
    hold(qtbot, screen.widget.sign)
    qtbot.waitUntil(screen.widget.banner.isVisible)
    assert screen.widget.banner.sentence.text().startswith("程序正在关闭")
    assert screen.widget.sign.isEnabled()


def test_an_event_opened_without_witnesses_says_so(tmp_path, qtbot):
    venue = Venue.create(tmp_path / "empty.venue", world.created())
    bridge = Bridge(venue, world.PROCTOR)
    made = WitnessScreen(bridge, lambda: history(venue))
    qtbot.addWidget(made.widget)
    made.widget.show()
    qtbot.waitUntil(lambda: len(made.widget.journal.records) == 1)
    assert made.widget.nobody.isVisible()
    assert not made.widget.sign.isVisible()
    assert made.rail_state().mark is Mark.NOT_YET
    bridge.close()
    venue.close()


def test_sentences_follow_the_language(screen, venue):
    words.switch("en")
    assert lines(screen)[0].endswith("Drawn, “order of candidates”: 6 places")
    assert str(due_words(venue.state, due(venue.state, "notary")[1])) == "the draw"
    assert screen.widget.length.text() == f"{venue.state.size} entries"


def test_whoever_reads_further_down_stays_there(screen, venue, qtbot):
    journal = screen.widget.journal
    for lot in (1, 2, 3):
        for room in ("R1", "R2"):
            venue.ask(c.CallCandidate(room=room, lot=lot), world.PROCTOR)
            venue.ask(c.MarkAbsent(room=room, lot=lot), world.PROCTOR)
    screen.widget.resize(1100, 360)
    qtbot.waitUntil(lambda: len(journal.records) == venue.state.size)
    journal.verticalScrollBar().setValue(journal.verticalScrollBar().maximum())
    top = journal.indexAt(journal.viewport().rect().topLeft()).data()
    assert journal.verticalScrollBar().value() > 0
    assert screen.widget.latest.isVisible()
    venue.ask(c.CloseRun(people=world.PEOPLE), world.PROCTOR)
    qtbot.waitUntil(lambda: len(journal.records) == venue.state.size)
    assert journal.indexAt(journal.viewport().rect().topLeft()).data() == top
    qtbot.mouseClick(screen.widget.latest, LEFT)
    assert journal.verticalScrollBar().value() == 0
    assert "闭场" in screen.widget.entry.text()


def test_keys_are_listed_once_each(screen):
    keys = [s.keys for s in screen.shortcuts()]
    assert len(keys) == len(set(keys))
    assert all(str(s.text) for s in screen.shortcuts())
