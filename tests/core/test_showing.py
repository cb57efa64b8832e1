"""Lots turned over before the hall: what may be asked, whose turn it is, and what a redraw forgets."""

from __future__ import annotations

import pytest

from tests.world import PEOPLE, PROCTOR, created, roster
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain import showing as s
from venue_app.state.showing import coded, turn
from venue_app.state.telling import tell
from venue_app.venue import Venue

# Entries E001, E003, E005 compete in room R1 and E002, E004, E006 in R2: so turns come.
TURNS = ("E001", "E003", "E005", "E002", "E004", "E006")


def hold(venue: Venue) -> None:
    venue.ask(dc.FreezeDraw(), PROCTOR)
    venue.ask(dc.HoldDraw(public="31415926535"), PROCTOR)


@pytest.fixture
def venue(tmp_path):
    made = Venue.create(tmp_path / "showing.venue", created())
    made.ask(roster(), PROCTOR)
    made.ask(c.OpenRun(people=PEOPLE), PROCTOR)
    made.ask(s.ChooseShowing(one_by_one=True), PROCTOR)
    hold(made)
    yield made
    made.close()


def refused(code: str, venue: Venue, command: c.Command) -> None:
    with pytest.raises(Known) as caught:
        venue.ask(command, PROCTOR)
    assert caught.value.code == code


def test_turns_follow_the_list_and_say_nothing_of_the_lots(venue):
    assert venue.state.showing.hidden == TURNS
    assert turn(venue.state) == "E001"


def test_a_press_turns_over_the_lot_the_seed_had_fixed(venue):
    before = venue.state.lots["E001"]
    venue.ask(s.ShowLot(entry="E001"), PROCTOR)
    assert venue.state.lots["E001"] == before
    assert venue.state.showing.hidden == TURNS[1:]
    assert (turn(venue.state), venue.state.showing.last) == ("E003", "E001")


def test_a_lot_is_turned_over_once(venue):
    venue.ask(s.ShowLot(entry="E001"), PROCTOR)
    refused("showing.shown_already", venue, s.ShowLot(entry="E001"))
    refused("showing.no_lot", venue, s.ShowLot(entry="E999"))


def test_whoever_is_not_there_comes_after_all_others_and_again_after_that(venue):
    venue.ask(s.PassTurn(entry="E001"), PROCTOR)
    venue.ask(s.PassTurn(entry="E003"), PROCTOR)
    assert venue.state.showing.hidden == ("E005", "E002", "E004", "E006", "E001", "E003")
    venue.ask(s.PassTurn(entry="E001"), PROCTOR)
    assert venue.state.showing.hidden[-2:] == ("E003", "E001")
    assert venue.state.showing.passed == ("E003", "E001")
    venue.ask(s.ShowLot(entry="E003", how="code"), PROCTOR)
    assert venue.state.showing.passed == ("E001",)


def test_the_last_one_left_is_shown_not_passed(venue):
    for entry in TURNS[:-1]:
        venue.ask(s.ShowLot(entry=entry), PROCTOR)
    refused("showing.only_one_left", venue, s.PassTurn(entry="E006"))
    venue.ask(s.ShowRest(), PROCTOR)
    assert venue.state.showing.hidden == ()
    refused("showing.nothing_hidden", venue, s.ShowRest())


def test_the_rest_is_one_entry_for_each_lot(venue):
    venue.ask(s.ShowLot(entry="E002", how="code"), PROCTOR)
    size = venue.state.size
    venue.ask(s.ShowRest(), PROCTOR)
    assert venue.state.size == size + 5
    assert venue.state.showing.last == "E006"


def test_the_way_of_showing_is_not_changed_in_mid_ceremony(venue):
    refused("showing.under_way", venue, s.ChooseShowing(one_by_one=False))
    venue.ask(s.ShowRest(), PROCTOR)
    venue.ask(s.ChooseShowing(one_by_one=False), PROCTOR)
    assert not venue.state.showing.one_by_one


def test_on_the_board_nothing_is_hidden(tmp_path):
    with_board = Venue.create(tmp_path / "board.venue", created())
    with_board.ask(roster(), PROCTOR)
    with_board.ask(c.OpenRun(people=PEOPLE), PROCTOR)
    hold(with_board)
    assert with_board.state.showing.listed == TURNS
    assert with_board.state.showing.hidden == ()
    refused("showing.shown_already", with_board, s.ShowLot(entry="E001"))
    with_board.close()


def test_a_redraw_forgets_what_was_shown(venue):
    venue.ask(s.ShowLot(entry="E001"), PROCTOR)
    venue.ask(s.PassTurn(entry="E003"), PROCTOR)
    venue.ask(dc.DiscardDraw(reason="名单有误", second="监督员甲"), PROCTOR)
    assert venue.state.showing.listed == venue.state.showing.hidden == venue.state.showing.passed == ()
    assert venue.state.showing.one_by_one
    hold(venue)
    assert venue.state.showing.hidden == TURNS


def test_a_code_is_an_entry_or_a_candidate_or_an_identity_number(venue):
    assert coded(venue.state, "e003") == "E003"
    assert coded(venue.state, " Ｅ００３\n") == "E003"
    assert coded(venue.state, "C004") == "E004"
    assert coded(venue.state, "990000198001010050") == "E005"
    with pytest.raises(Known, match=r"showing\.code_unknown"):
        coded(venue.state, "E007")
    with pytest.raises(Known, match=r"showing\.code_unknown"):
        coded(venue.state, "  ")


def test_witnesses_hear_of_it_by_number_never_by_name(venue):
    told: list[str] = []
    venue.listen(lambda change: told.extend(tell(change.state, r, "zh-CN").text for r in change.records))
    venue.ask(s.ShowLot(entry="E001"), PROCTOR)
    venue.ask(s.PassTurn(entry="E003"), PROCTOR)
    lot = venue.state.lots["E001"].number
    assert told[-2:] == [
        f"编号 E001 揭开签号：第1组 签号 {lot}（本人按键）",
        "编号 E003 未到，稍后再抽",
    ]
