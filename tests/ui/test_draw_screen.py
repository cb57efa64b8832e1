"""The draw screen: what it shows at each step, and a whole draw through a real venue and window."""

from __future__ import annotations

import subprocess

import pytest
from PySide6.QtCore import Qt

from tests.ui import events
from tests.ui.walk import unsaid
from ui import sample, words
from ui.bridge import Bridge
from ui.screens.draw.model import draw_model
from ui.screens.draw.screen import DrawScreen
from ui.screens.draw.shots import SHOTS
from ui.screens.draw.view import DrawView
from ui.widgets.held import HOLD_MS
from ui.widgets.state import Mark
from venue_app.domain.commands import OpenRun
from venue_app.domain.draw_commands import FreezeDraw, TypeDraw
from venue_app.domain.showing import ChooseShowing
from venue_app.venue import Venue


@pytest.fixture
def screen(bridge: Bridge, qtbot) -> DrawScreen:
    made = DrawScreen(bridge)
    qtbot.addWidget(made.widget)
    made.widget.resize(1150, 620)
    made.widget.show()
    return made


def test_before_anything_the_reason_stands_beside_the_button() -> None:
    model = draw_model(sample.created())
    assert model.stage == "no_roster"
    assert "导入" in str(model.action.why)
    assert draw_model(sample.roster_ready()).stage == "not_open"


def test_the_list_holds_only_those_who_draw() -> None:
    model = draw_model(sample.opened())
    assert model.total == 150
    assert {p.entry for room in model.list for p in room.people}.isdisjoint({"E023", "E058", "E090", "E111"})
    assert all(p.lot == 0 for room in model.list for p in room.people)
    assert {p.entry for room in model.order for p in room.people} == {""}


def test_the_public_contribution_is_shown_as_it_enters_the_seed() -> None:
    model = draw_model(sample.committed(), typed="４ ０　7 风 调")
    assert (model.public, model.action.why) == ("407风调", "")
    assert "逗号" in str(draw_model(sample.committed(), typed="4,0").action.why)
    assert draw_model(sample.committed(), typed="  ").hall[0] is Mark.WAIT


def test_after_the_draw_the_order_is_that_of_the_lots() -> None:
    state = sample.drawn()
    assert state.draw is not None
    model = draw_model(state, chosen="E016")
    for room in model.order:
        assert [p.lot for p in room.people] == list(range(1, len(room.people) + 1))
        assert [p.entry for p in room.people] == list(state.draw.result[room.id])
    assert model.parties[0].nonce and model.recipe is not None


def test_the_recipe_is_true_for_a_real_shell() -> None:
    recipe = draw_model(sample.drawn(), chosen="E098").recipe
    assert recipe is not None
    ran = subprocess.run(["bash", "-c", recipe.text], capture_output=True, text=True, check=True)
    first, last = (line.split()[0] for line in ran.stdout.splitlines())
    assert first == recipe.commit_gives
    assert last == recipe.ticket_gives


def test_the_order_follows_from_the_recipe_alone() -> None:
    """Everybody's ticket by the shell's tool, sorted: the lots of the smallest room."""
    state = sample.drawn()
    room = min(draw_model(state).order, key=lambda r: len(r.people))
    recipe = draw_model(state, chosen=room.people[0].entry).recipe
    assert recipe is not None
    names = " ".join(sorted(p.entry for p in room.people))
    script = (
        f"{recipe.seed}\nfor e in {names}; do "
        'echo "$(printf %s,%s "$seed" $e | sha256sum) $e"; done | LC_ALL=C sort'
    )
    ran = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert [line.split()[-1] for line in ran.stdout.splitlines()] == [p.entry for p in room.people]


def test_a_draw_by_hand_shows_who_saw_it_and_has_no_recipe(qtbot) -> None:
    one = sample.Sample()
    one.do(sample.roster_command())
    one.do(OpenRun(people=sample.PEOPLE))
    one.do(FreezeDraw())
    assert one.state.draw is not None
    order = {room: tuple(reversed(names)) for room, names in one.state.draw.listed.items()}
    one.do(TypeDraw(result=order, again=order, witnesses=("闵建中", "尤思远"), means="摇号球"))
    model = draw_model(one.state)
    assert (model.stage, model.recipe) == ("held", None)
    assert "闵建中、尤思远" in str(model.by_hand)
    assert [p.entry for p in model.order[0].people] == list(order["R1"])
    view = DrawView()
    qtbot.addWidget(view)
    view.show_model(model)
    assert view.parties.by_hand.text() == str(model.by_hand)
    assert view.middle.currentIndex() == 0


def test_a_draw_from_list_to_order(screen: DrawScreen, venue: Venue, qtbot) -> None:
    view = screen.widget
    assert not view.bar.action.button.isEnabled()
    venue.ask(sample.roster_command(), sample.PROCTOR)
    venue.ask(OpenRun(people=sample.PEOPLE), sample.PROCTOR)
    qtbot.waitUntil(lambda: view.bar.action.button.isEnabled())
    assert screen.rail_state().mark is Mark.READY
    qtbot.mouseClick(view.bar.action.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(view.bar.hold.isVisible)
    assert not view.bar.hold.isEnabled()
    qtbot.keyClicks(view.field, "4071")
    assert view.bar.hold.isEnabled()
    events.hold(qtbot, view.bar.hold, lambda: screen.model.stage == "held")
    assert venue.state.draw is not None
    assert venue.state.draw.public == "4071"
    first = venue.state.draw.result["R1"][0]
    qtbot.waitUntil(lambda: view.order_table.rows[0].id == first)
    assert screen.rail_state().mark is Mark.DONE


def test_letting_go_early_reveals_nothing(screen: DrawScreen, venue: Venue, qtbot) -> None:
    venue.ask(sample.roster_command(), sample.PROCTOR)
    venue.ask(OpenRun(people=sample.PEOPLE), sample.PROCTOR)
    view = screen.widget
    qtbot.waitUntil(lambda: view.bar.action.button.isEnabled())
    qtbot.mouseClick(view.bar.action.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(view.bar.hold.isVisible)
    view.field.setText("4071")
    now = [0]
    view.bar.hold._now = lambda: now[0]
    qtbot.mousePress(view.bar.hold, Qt.MouseButton.LeftButton)
    now[0] = HOLD_MS - 1
    qtbot.mouseRelease(view.bar.hold, Qt.MouseButton.LeftButton)
    now[0] = 10 * HOLD_MS
    view.bar.hold.tick()
    assert not screen._bridge._waiting, "nothing was asked"
    assert screen.model.stage == "public"


def test_what_is_typed_before_the_answer_is_heard_stays(screen: DrawScreen, venue: Venue, qtbot) -> None:
    """The list is locked, and the hall's numbers are typed and held before the window hears «done»."""
    venue.ask(sample.roster_command(), sample.PROCTOR)
    venue.ask(OpenRun(people=sample.PEOPLE), sample.PROCTOR)
    view = screen.widget
    qtbot.waitUntil(lambda: view.bar.action.button.isEnabled())
    qtbot.mouseClick(view.bar.action.button, Qt.MouseButton.LeftButton)
    venue.ask(ChooseShowing(one_by_one=True), sample.PROCTOR)  # behind it in the line: now it is durable
    assert venue.state.draw is not None
    screen.refresh()
    view.field.setText("4071")
    now = [0]
    view.bar.hold._now = lambda: now[0]
    view.bar.hold.setFocus()
    view.bar.hold.take()
    qtbot.waitUntil(lambda: not screen._bridge._waiting)
    assert view.field.text() == "4071"
    assert view.bar.hold.isDown()
    now[0] = HOLD_MS
    qtbot.waitUntil(lambda: screen.model.stage == "held")
    qtbot.waitUntil(lambda: view.field.text() == "")


def test_choosing_somebody_shows_their_ticket(qtbot) -> None:
    view = SHOTS["draw-done"]()
    qtbot.addWidget(view)
    asked: list[str] = []
    view.chosen.connect(asked.append)  # type: ignore[attr-defined]
    view.order_table.choose("E009")  # type: ignore[attr-defined]
    assert asked == ["E009"]


def test_every_moment_can_be_shown_in_traditional_chinese(qtbot) -> None:
    words.switch("zh-TW")
    assert unsaid(qtbot, SHOTS, "draw_screen") == []
