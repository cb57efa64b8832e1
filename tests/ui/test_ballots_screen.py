"""The ballots screen with a real event: open, slips, turnout, papers typed twice, a sheet read, close, counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

from tests.ballots_world import PROCTOR, WITNESS, close, grades, open_poll, opened, paper, slips
from tests.waits import WAIT_S
from ui import tasks
from ui.bridge import Bridge
from ui.screens.ballots.asking import AskDialog
from ui.screens.ballots.model import ballots_model, choices
from ui.screens.ballots.port import HostPolls
from ui.screens.ballots.screen import BallotsScreen
from ui.screens.ballots.shots import SHOTS
from ui.screens.ballots.typing import TypingDialog
from ui.screens.ballots.withdrawing import WithdrawDialog
from ui.widgets.state import Mark
from venue_app.base.errors import Known
from venue_app.domain.record import encode
from venue_app.host.history import history
from venue_app.host.session import EventHost
from venue_app.host.slips import withdraw_typed
from venue_app.seal.keys import load_or_create
from venue_app.venue import Venue


@pytest.fixture
def venue(tmp_path: Path) -> Iterator[Venue]:
    found = opened(tmp_path / "event.venue")
    yield found
    found.close()


@pytest.fixture
def screen(venue: Venue, qtbot: Any, tmp_path: Path) -> Iterator[BallotsScreen]:
    bridge = Bridge(venue, PROCTOR)
    host = EventHost(venue, load_or_create(tmp_path / "keys"))
    found = BallotsScreen(bridge, HostPolls(host))
    qtbot.addWidget(found.widget)
    found.widget.show()
    yield found
    bridge.close()
    host.close()


def fill(dialog: AskDialog, **given: str) -> None:
    for name, value in given.items():
        field = dialog.fields[name]
        if isinstance(field, QComboBox):
            field.setCurrentIndex(field.findData(value))
        else:
            assert isinstance(field, QLineEdit)
            field.setText(value)


def press(dialog: AskDialog) -> None:
    assert dialog.action.button.isEnabled()
    dialog.action.button.click()


def open_one(screen: BallotsScreen, venue: Venue, qtbot: Any) -> str:
    dialog = screen.open_one()
    assert dialog is not None
    dialog.people.item(2).setCheckState(dialog.people.item(2).checkState().Unchecked)
    fill(dialog, rolls="3/3 40/38", timing="before")
    press(dialog)
    qtbot.waitUntil(lambda: bool(venue.state.polls) and not dialog.isVisible())
    return next(iter(venue.state.polls))


def test_pressed_twice_before_the_answer_one_vote_is_opened(
    screen: BallotsScreen, venue: Venue, qtbot: Any
) -> None:
    dialog = screen.open_one()
    assert dialog is not None
    fill(dialog, rolls="3/3 40/38", timing="before")
    press(dialog)
    press(dialog)
    qtbot.waitUntil(lambda: not dialog.isVisible() and not tasks._running)
    assert list(venue.state.polls) == ["V1"] and not screen.widget.banner.isVisible()


def test_opening_takes_who_is_ticked_and_the_body(screen: BallotsScreen, venue: Venue, qtbot: Any) -> None:
    opened_id = open_one(screen, venue, qtbot)
    poll = venue.state.polls[opened_id]
    assert poll.names == ("C1", "C2") and poll.timing == "before"
    assert [(r.members, r.present) for r in poll.rolls.values()] == [(3, 3), (40, 38)]
    assert screen.rail_state().mark is Mark.IN_PROGRESS
    assert "民主测评（V1）" in screen.widget.title.text()


def test_a_slip_sheet_is_saved_and_turnout_follows(
    screen: BallotsScreen, venue: Venue, qtbot: Any, tmp_path: Path
) -> None:
    poll = open_one(screen, venue, qtbot)
    file = tmp_path / "slips.pdf"
    screen.save_as = lambda: str(file)
    dialog = screen.make_slips()
    fill(dialog, count="5", **{"class": "staff"})
    press(dialog)
    qtbot.waitUntil(lambda: file.exists() and not dialog.isVisible())
    assert len(venue.state.polls[poll].slips) == 5 and file.read_bytes().startswith(b"%PDF")
    (code,) = slips(venue, poll, 1)
    venue.polls.cast(poll, code, paper({"C1": {"德": ("优秀",)}})).result(WAIT_S)
    qtbot.waitUntil(lambda: screen.widget.voted.text() == "已收 1 / 6")
    shown = screen.model.poll(poll)
    assert shown is not None and shown.counts == (), "no tendency before the close"


def test_a_paper_counts_when_two_people_typed_it_alike(
    screen: BallotsScreen, venue: Venue, qtbot: Any
) -> None:
    poll = open_one(screen, venue, qtbot)
    slips(venue, poll, 0, papers=3)
    asked = screen.type_papers()
    fill(asked, first="甲", second="甲", **{"class": "staff"})
    assert not asked.action.button.isEnabled(), "two people"
    fill(asked, second="乙")
    press(asked)
    dialog = screen.dialog
    assert isinstance(dialog, TypingDialog)

    def type_in(*cells: str) -> None:
        for at, text in enumerate(cells):
            item = dialog.table.item(at // 2, at % 2)
            assert item is not None
            item.setText(text)
        dialog.action.button.click()

    type_in("1", "", "12", "4")
    type_in("1", "2", "12", "4")  # the second sees 称职 where the first saw nothing
    assert "王甲 能: — ≠ 称职" in dialog.banner.sentence.text()
    assert venue.polls.turnout(poll)["staff"].entered == 0
    type_in("1", "", "12", "4")
    qtbot.waitUntil(lambda: dialog.count == 1)
    assert venue.polls.turnout(poll)["staff"].entered == 1
    type_in("9")
    assert dialog.banner.isVisible() and dialog.count == 1, "no such answer"
    dialog.accept()
    close = screen.close_poll()
    fill(close, witness=WITNESS, tellers="甲、乙", **{"back-staff": "1"})
    press(close)
    qtbot.waitUntil(lambda: venue.state.polls[poll].status == "closed" and not close.isVisible())
    (published,) = venue.state.polls[poll].papers
    assert published.marks == {"C1": {"德": ("优秀",)}, "C2": {"德": ("优秀", "称职"), "能": ("不称职",)}}
    assert published.code.isalnum() and len(published.code) == 12
    assert screen.rail_state().mark is Mark.DONE


def test_papers_go_to_the_ballot_that_was_asked_about(
    screen: BallotsScreen, venue: Venue, qtbot: Any
) -> None:
    """Another ballot is opened from elsewhere while the two people's names are being typed."""
    poll = open_one(screen, venue, qtbot)
    asked = screen.type_papers()
    fill(asked, first="甲", second="乙", **{"class": "staff"})
    other = open_poll(venue, "choose")
    qtbot.waitUntil(lambda: screen.poll.id == other)
    press(asked)
    dialog = screen.dialog
    assert isinstance(dialog, TypingDialog)
    for _ in range(2):
        dialog.table.item(0, 0).setText("1")  # type: ignore[union-attr]
        dialog.action.button.click()
    qtbot.waitUntil(lambda: dialog.count == 1)
    entered = {at: sum(t.entered for t in venue.polls.turnout(at).values()) for at in (poll, other)}
    assert entered == {poll: 1, other: 0}
    dialog.accept()


def test_no_form_is_put_over_another_that_was_opened_meanwhile(
    screen: BallotsScreen, venue: Venue, qtbot: Any
) -> None:
    open_one(screen, venue, qtbot)
    running = dict(tasks._running)
    screen.withdraw_paper()
    (task,) = (task for number, task in tasks._running.items() if number not in running)
    filled_in = screen.exchange_slip()
    with qtbot.waitSignal(task.ended):
        pass
    assert screen.dialog is filled_in
    filled_in.reject()


def test_a_fault_is_said_on_the_screen_when_its_form_was_closed(
    screen: BallotsScreen, venue: Venue, qtbot: Any
) -> None:
    open_one(screen, venue, qtbot)
    dialog = screen.exchange_slip()
    fill(dialog, code="2" * 12)
    press(dialog)
    dialog.reject()
    qtbot.waitUntil(screen.widget.banner.isVisible)
    assert not dialog.banner.isVisibleTo(dialog)


def test_a_paper_handed_in_twice_by_a_double_click_counts_once(
    screen: BallotsScreen, venue: Venue, qtbot: Any
) -> None:
    poll = open_one(screen, venue, qtbot)
    asked = screen.type_papers()
    fill(asked, first="甲", second="乙", **{"class": "staff"})
    press(asked)
    dialog = screen.dialog
    assert isinstance(dialog, TypingDialog)
    for _ in range(2):
        dialog.table.item(0, 0).setText("1")  # type: ignore[union-attr]
        dialog.action.button.click()
    dialog.action.button.click()
    qtbot.waitUntil(lambda: dialog.count == 1)
    qtbot.waitUntil(lambda: not tasks._running)
    assert venue.polls.turnout(poll)["staff"].entered == 1 and dialog.count == 1
    dialog.accept()
    end = screen.close_poll()
    assert any("作废" in label.text() for label in end.findChildren(QLabel)), (
        "no paper was handed out on record"
    )
    fill(end, witness=WITNESS, tellers="Ann Lee")
    assert not end.action.button.isEnabled(), "one person"
    fill(end, tellers="Ann Lee, Bob Ray")
    assert end.action.button.isEnabled() and end.command().tellers == ("Ann Lee", "Bob Ray")
    end.reject()
    slips(venue, poll, 0, papers=1)
    assert not any("作废" in label.text() for label in screen.close_poll().findChildren(QLabel))


def test_slips_that_cannot_be_saved_are_not_made(
    screen: BallotsScreen, venue: Venue, qtbot: Any, tmp_path: Path
) -> None:
    poll = open_one(screen, venue, qtbot)
    for where in ("", str(tmp_path / "gone" / "slips.pdf")):
        screen.save_as = lambda where=where: where  # type: ignore[misc]
        dialog = screen.make_slips()
        fill(dialog, count="5", **{"class": "staff"})
        if not where:
            fill(dialog, papers="3")
        press(dialog)
        qtbot.waitUntil(lambda where=where, dialog=dialog: not where or dialog.banner.isVisible())
        dialog.reject()
    found = venue.state.polls[poll]
    assert found.slips == () and not any(found.printed.values())


def test_a_sheet_of_papers_is_read_or_refused_whole(
    screen: BallotsScreen, venue: Venue, qtbot: Any, tmp_path: Path
) -> None:
    poll = open_one(screen, venue, qtbot)
    slips(venue, poll, 0, papers=2)
    file = tmp_path / "票.csv"
    screen.open_file = lambda: str(file)
    file.write_text("票号,编号,德,能\n1,1,优秀,好\n", encoding="utf-8")
    screen.import_papers()
    qtbot.waitUntil(lambda: "D2" in screen.widget.banner.sentence.text())
    file.write_text("票号,编号,德,能\n1,1,优秀,\n2,2,称职,称职\n", encoding="utf-8")
    screen.import_papers()
    qtbot.waitUntil(lambda: isinstance(screen.dialog, AskDialog) and screen.dialog.isVisible())
    dialog = screen.dialog
    assert isinstance(dialog, AskDialog)
    fill(dialog, first="甲", second="乙", **{"class": "staff"})
    press(dialog)
    qtbot.waitUntil(lambda: venue.polls.turnout(poll)["staff"].entered == 2)


def test_a_slip_is_exchanged_once(screen: BallotsScreen, venue: Venue, qtbot: Any) -> None:
    poll = open_one(screen, venue, qtbot)
    (code,) = slips(venue, poll, 1)
    for again in (False, True):
        dialog = screen.exchange_slip()
        fill(dialog, code=f"{code[:4]}-{code[4:8]}-{code[8:]}".lower())
        press(dialog)
        if again:
            qtbot.waitUntil(dialog.banner.isVisible)
            dialog.reject()
        else:
            qtbot.waitUntil(lambda: not dialog.isVisible())  # noqa: B023
    assert venue.polls.turnout(poll)["staff"].exchanged == 1


def test_giving_up_says_why(screen: BallotsScreen, venue: Venue, qtbot: Any) -> None:
    poll = open_one(screen, venue, qtbot)
    dialog = screen.abandon_poll()
    assert not dialog.action.button.isEnabled()
    fill(dialog, reason="票发错", second=WITNESS)
    press(dialog)
    qtbot.waitUntil(lambda: venue.state.polls[poll].status == "abandoned" and not dialog.isVisible())
    qtbot.waitUntil(lambda: "票发错" in screen.widget.bar.done.accessibleName())


def test_a_mistyped_paper_is_taken_out_by_its_code_on_record(
    screen: BallotsScreen, venue: Venue, qtbot: Any
) -> None:
    poll = open_one(screen, venue, qtbot)
    assert not screen.widget.acts["withdrawing"].isVisible(), "nothing is typed in"
    (slip,) = slips(venue, poll, 1, papers=2)
    voted, wrong, right = paper(grades("优秀")), paper(grades("称职")), paper(grades("优秀"))
    venue.polls.cast(poll, slip, voted).result(WAIT_S)
    venue.polls.enter(poll, [wrong, right])
    screen.refresh()
    assert screen.widget.acts["withdrawing"].isVisible()
    size = venue.state.size
    screen.withdraw_paper()
    qtbot.waitUntil(lambda: isinstance(screen.dialog, WithdrawDialog))
    dialog = screen.dialog
    assert isinstance(dialog, WithdrawDialog)
    listed = [dialog.papers.item(at).text() for at in range(dialog.papers.count())]
    assert [text[:14].replace("-", "") for text in listed] == sorted((wrong.code, right.code))
    assert not any("称职" in text or "优秀" in text for text in listed), "never what a paper says"
    fill(dialog, reason="录错", second=WITNESS)
    assert not dialog.action.button.isEnabled(), "no paper chosen"
    fill(dialog, code=f"{wrong.code[:4]}-{wrong.code[4:9]}".lower())
    assert dialog.chosen == wrong.code
    fill(dialog, second=PROCTOR.name)
    press(dialog)
    qtbot.waitUntil(dialog.banner.isVisible)
    assert venue.state.size == size and venue.polls.turnout(poll)["staff"].entered == 2
    fill(dialog, second=WITNESS)
    press(dialog)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert venue.polls.turnout(poll)["staff"].entered == 1
    assert venue.state.polls[poll].withdrawn == {"staff": 1} and venue.state.size == size + 1
    with pytest.raises(Known) as caught:
        withdraw_typed(venue, PROCTOR, poll, voted.code, "录错", WITNESS)
    assert caught.value.code == "ballots.typed_unknown", "what was cast with a slip stays"
    close(venue, poll, tellers=("甲", "乙"))
    assert {p.code for p in venue.state.polls[poll].papers} == {voted.code, right.code}
    assert wrong.code.encode() not in b"".join(encode(record) for record in history(venue))


def test_counts_of_a_closed_poll_are_added_over_classes(venue: Venue) -> None:
    poll = open_poll(venue)
    (one,), (two,) = slips(venue, poll, 1), slips(venue, poll, 1, "leaders")
    venue.polls.cast(poll, one, paper(grades("优秀"))).result(WAIT_S)
    venue.polls.cast(poll, two, paper(grades("优秀", "称职"), "leaders")).result(WAIT_S)
    close(venue, poll)
    shown = ballots_model(venue.state, {}).poll(poll)
    assert shown is not None and (shown.voted, shown.issued) == (2, 2)
    assert [(c.name, str(c.item), c.votes) for c in shown.counts[:2]] == [
        ("王甲", "德", (2, 0, 0, 0, 0)),
        ("王甲", "能", (0, 1, 0, 0, 1)),
    ]
    assert [c.held for c in choices(venue.state) if c.ballot == "appraisal"] == [True]


@pytest.mark.parametrize("name", SHOTS)
def test_every_picture_can_be_drawn(name: str, qtbot: Any) -> None:
    widget = SHOTS[name]()
    qtbot.addWidget(widget)
    widget.show()
    assert not widget.grab().isNull()
