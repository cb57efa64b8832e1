"""A draw held with slips, typed in by two people; a draw set aside; changes after it; several parties."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QGuiApplication

from tests.ui import events
from tests.ui.events import hold
from tests.world import PEOPLE, PROCTOR, created, roster
from ui import sample
from ui.bridge import Bridge
from ui.screens.draw.model import draw_model
from ui.screens.draw.screen import DrawScreen
from ui.screens.draw.slip_dialog import SlipDialog
from ui.screens.draw.slip_table import CODE, FIRST, NOTE, SECOND
from ui.screens.draw.slips import Slip, differing, pasted, read
from ui.widgets.ask import AskDialog
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain.draw_entries import DrawTyped
from venue_app.rules.drawing import commit
from venue_app.venue import Venue

#: Odd entries compete in R1, even ones in R2; the slips as they were drawn.
LOTS = {"E001": "2", "E003": "3", "E005": "1", "E002": "1", "E004": "3", "E006": "2"}
RESULT: dict[str, tuple[str, ...]] = {"R1": ("E005", "E001", "E003"), "R2": ("E002", "E006", "E004")}
R1 = ("R1",)
SLIPS = tuple(Slip(f"E00{n}", f"张某{n}", "", R1) for n in (1, 2, 3))
TWO = tuple(Slip(f"E00{n}", f"张某{n}", "", ("R1", "R2")) for n in (1, 2, 3))


# ---- what was typed ----


def test_lots_are_read_as_people_write_them() -> None:
    typed = read(SLIPS, {"E001": "０3", "E002": " 1 ", "E003": "02"})
    assert (typed.result, typed.faults) == ({"R1": ("E002", "E003", "E001")}, {})


def test_a_place_and_a_number_where_there_are_several_places() -> None:
    typed = read(TWO, {"E001": "R2/1", "E002": "R1-1", "E003": "R2 02"})
    assert (typed.result, typed.faults) == ({"R1": ("E002",), "R2": ("E001", "E003")}, {})
    assert set(read(TWO, {"E001": "1", "E002": "R3/1", "E003": "R1/x"}).faults) == {"E001", "E002", "E003"}


def test_a_reserve_is_written_with_its_word() -> None:
    typed = read(SLIPS, {"E001": "候补2", "E002": "1", "E003": "r1"}, reserve=True)
    assert (typed.result, typed.reserve, typed.faults) == ({"R1": ("E002",)}, ("E003", "E001"), {})


@pytest.mark.parametrize(
    ("texts", "wrong"),
    [
        ({"E001": "1", "E002": "2"}, {"E003"}),
        ({"E001": "1", "E002": "1", "E003": "2"}, {"E002"}),
        ({"E001": "1", "E002": "2", "E003": "4"}, {"E003"}),
        ({"E001": "1", "E002": "two", "E003": "2"}, {"E002"}),
        ({"E001": "0", "E002": "1", "E003": "2"}, {"E001"}),
    ],
)
def test_what_is_wrong_is_named(texts: dict[str, str], wrong: set[str]) -> None:
    assert set(read(SLIPS, texts).faults) == wrong


def test_the_same_lot_written_otherwise_is_no_difference() -> None:
    first = {"E001": "1", "E002": "2", "E003": "3"}
    assert differing(SLIPS, first, {"E001": "01", "E002": "２", "E003": "3 "}) == ()
    assert differing(SLIPS, first, {"E001": "1", "E002": "3", "E003": "2"}) == ("E002", "E003")
    assert differing(SLIPS, first, {"E001": "1", "E002": "2"}) == ("E003",)


def test_a_spreadsheet_is_pasted_by_code_by_name_or_downwards() -> None:
    assert pasted(SLIPS, "E003\t1\r\ne001\t2\r\n") == ({"E003": "1", "E001": "2"}, ())
    assert pasted(SLIPS, "张某2,3\n王某,4") == ({"E002": "3"}, ("王某,4",))
    assert pasted(SLIPS, "1,E002,张某2,文化局,3") == ({"E002": "3"}, ())
    assert pasted(SLIPS, "7\n8\n", at=1) == ({"E002": "7", "E003": "8"}, ())
    assert pasted(SLIPS, "7\n8\n", at=2) == ({"E003": "7"}, ("8",))


# ---- in the window ----


@pytest.fixture
def venue(tmp_path) -> Iterator[Venue]:
    made = Venue.create(tmp_path / "hand.venue", created())
    made.ask(roster(), PROCTOR)
    made.ask(c.OpenRun(people=PEOPLE), PROCTOR)
    yield made
    made.close()


@pytest.fixture
def screen(venue: Venue, qtbot) -> Iterator[DrawScreen]:
    with events.draw_screen(venue, qtbot, PROCTOR) as made:
        yield made


def slips_open(screen: DrawScreen, qtbot) -> SlipDialog:
    qtbot.waitUntil(lambda: screen.model.can_type)
    screen.open_slips()
    assert isinstance(screen.dialog, SlipDialog)
    return screen.dialog


def test_a_hand_draw_typed_twice_with_one_difference(screen: DrawScreen, venue: Venue, qtbot) -> None:
    venue.ask(dc.FreezeDraw(), PROCTOR)
    dialog = slips_open(screen, qtbot)
    dialog.first.setText("甲")
    assert not dialog.bar.action.button.isEnabled()
    dialog.table.fill(FIRST, LOTS)
    dialog.bar.action.button.click()
    assert dialog.table.isColumnHidden(FIRST)
    dialog.table.fill(SECOND, {**LOTS, "E001": "3", "E003": "2"})
    dialog.second.setText("甲")
    assert not dialog.bar.action.button.isEnabled()
    dialog.second.setText("乙")
    dialog.bar.action.button.click()
    assert dialog.differing() == ("E001", "E003")
    assert not dialog.table.isColumnHidden(FIRST)
    cells = dialog.table.model()
    notes = {
        cells.index(row, CODE).data(): cells.index(row, NOTE).data() for row in range(dialog.table.rowCount())
    }
    assert {code for code, note in notes.items() if note} == {"E001", "E003"}
    dialog.witness.setText("监督员甲")
    dialog.other.setText("公证员乙")
    dialog.means.setText("乒乓球")
    assert not dialog.bar.hold.isEnabled()
    dialog.table.fill(SECOND, {"E001": "2", "E003": "3"})
    assert dialog.bar.hold.isEnabled()
    hold(qtbot, dialog.bar.hold, lambda: screen.model.stage == "held")
    held = venue.state.draw
    assert held is not None
    assert (dict(held.result), held.witnesses, held.means) == (RESULT, ("监督员甲", "公证员乙"), "乒乓球")
    assert "乒乓球" in str(screen.model.by_hand)
    assert screen.model.recipe is None


def test_the_second_person_cannot_be_the_first_nor_one_witness_two(screen, venue, qtbot) -> None:
    venue.ask(dc.FreezeDraw(), PROCTOR)
    dialog = slips_open(screen, qtbot)
    dialog.first.setText("甲")
    dialog.second.setText("乙")
    dialog.table.fill(FIRST, LOTS)
    dialog.table.fill(SECOND, LOTS)
    dialog.step = "compare"
    dialog.show_step()
    dialog.means.setText("纸签")
    dialog.witness.setText("丙")
    dialog.other.setText("丙")
    assert not dialog.bar.hold.isEnabled()
    dialog.other.setText("丁")
    assert dialog.bar.hold.isEnabled()
    dialog.reject()


def test_who_typed_is_on_record_and_must_be_two(venue) -> None:
    venue.ask(dc.FreezeDraw(), PROCTOR)
    typed = dc.TypeDraw(
        result=RESULT, again=RESULT, witnesses=("监督员甲", "公证员乙"), means="乒乓球", typists=("甲", "甲")
    )
    with pytest.raises(Known) as caught:
        venue.ask(typed, PROCTOR)
    assert caught.value.code == "draw.two_typists"
    kept: list[object] = []
    venue.listen(lambda change: kept.extend(record.data for record in change.records))
    venue.ask(replace(typed, typists=(" 甲", "乙")), PROCTOR)
    assert [fact.typists for fact in kept if isinstance(fact, DrawTyped)] == [("甲", "乙")]


def test_lots_are_pasted_into_the_column_that_is_typed(screen, venue, qtbot) -> None:
    venue.ask(dc.FreezeDraw(), PROCTOR)
    dialog = slips_open(screen, qtbot)
    QGuiApplication.clipboard().setText("\n".join(f"{code}\t{lot}" for code, lot in LOTS.items()))
    dialog.paste_button.click()
    assert dialog.table.texts(FIRST) == LOTS
    assert set(dialog.table.texts(SECOND).values()) == {""}
    dialog.reject()


def filled(dialog: AskDialog, **values: str) -> None:
    for name, value in values.items():
        line = dialog.lines[name]
        if hasattr(line, "setText"):
            line.setText(value)
        else:
            line.setCurrentIndex(line.findData(value))


def test_a_draw_set_aside_stays_in_sight_and_the_next_one_counts(screen, venue, qtbot) -> None:
    venue.ask(dc.FreezeDraw(), PROCTOR)
    venue.ask(dc.HoldDraw(public="111"), PROCTOR)
    first = venue.state.draw
    qtbot.waitUntil(lambda: screen.model.can_discard and screen.model.stage == "held")
    screen.open_discard()
    dialog = screen.dialog
    assert isinstance(dialog, AskDialog)
    filled(dialog, reason="名单漏人")
    assert not dialog.hold.isEnabled()
    filled(dialog, second="考务")
    hold(qtbot, dialog.hold, dialog.banner.isVisible, stays=True)  # the proctor is no second person
    assert venue.state.draw is not None
    filled(dialog, second="监督员甲")
    hold(qtbot, dialog.hold, lambda: venue.state.draw is None)
    qtbot.waitUntil(lambda: screen.model.stage == "ready")
    venue.ask(dc.FreezeDraw(), PROCTOR)
    venue.ask(dc.HoldDraw(public="222"), PROCTOR)
    old = screen.model.order[-1]
    assert "名单漏人" in str(old.old)
    assert "监督员甲" in str(old.old)
    assert [p.entry for p in old.people] == [*first.result["R1"], *first.result["R2"]]
    qtbot.waitUntil(lambda: screen.widget.tabs.count() == 3)
    screen.widget.tabs.setCurrentIndex(2)
    assert screen.widget.old_why.isVisible()
    assert all(cell.struck for row in screen.widget.order_table.rows for cell in row.cells)


def test_a_withdrawal_leaves_the_lot_empty_and_moves_nobody(screen, venue, qtbot) -> None:
    venue.ask(dc.FreezeDraw(), PROCTOR)
    venue.ask(dc.HoldDraw(public="111"), PROCTOR)
    qtbot.waitUntil(lambda: screen.model.can_change)
    before = [p.entry for p in screen.model.order[0].people]
    qtbot.waitUntil(lambda: screen.widget.order_table.rows[0].id == before[0])
    screen.widget.order_table.choose(before[1])
    screen.open_change()
    dialog = screen.dialog
    assert isinstance(dialog, AskDialog)
    assert dialog.values()["id"] == before[1]
    filled(dialog, reason="本人申请", second="监督员甲")
    hold(qtbot, dialog.hold, lambda: screen.dialog is None)
    after = screen.model.order[0].people
    assert [p.entry for p in after] == before
    assert [p.standing for p in after] == ["", "left", ""]


# ---- several draws and parties ----


def test_the_next_step_is_always_said_and_why_it_must_wait() -> None:
    said = [draw_model(sample.several_draws(n), "seats").action for n in range(10)]
    assert [a.act for a in said] == [
        "freeze", "commit", "commit", "commit", "public", "reveal", "reveal", "reveal", "hold", "",
    ]  # fmt: skip
    assert [bool(a.why) for a in said] == [False, True, True, True, True, True, True, True, False, False]
    order = draw_model(sample.several_draws(3), "order")
    assert order.stage == "earlier"
    assert "评委席位" in str(order.action.why)


def test_a_plan_no_seed_can_fulfil_says_what_is_in_the_way(tmp_path) -> None:
    """Two of three people in one room compete for the same post: they cannot all be kept apart."""
    scheme = created().scheme + '\n[draw]\nposts = "apart"\n'
    venue = Venue.create(tmp_path / "apart.venue", replace(created(), scheme=scheme))
    venue.ask(roster(), PROCTOR)
    venue.ask(c.OpenRun(people=PEOPLE), PROCTOR)
    model = draw_model(venue.state)
    venue.close()
    assert model.stage == "impossible"
    assert "R1" in str(model.action.why)


def test_a_draw_of_several_parties_in_the_window(tmp_path, qtbot) -> None:
    scheme = created().scheme + '\n[draw]\nparties = ["supervisor", "notary"]\n'
    venue = Venue.create(tmp_path / "parties.venue", replace(created(), scheme=scheme))
    venue.ask(roster(), PROCTOR)
    venue.ask(c.OpenRun(people=PEOPLE), PROCTOR)
    bridge = Bridge(venue, PROCTOR)
    screen = DrawScreen(bridge)
    view = screen.widget
    qtbot.addWidget(view)
    view.show()
    nonces = {"supervisor": "0123456789abcdef" * 2, "notary": "fedcba9876543210" * 2}
    press = view.bar.action.button.click
    press()
    for party, nonce in nonces.items():
        qtbot.waitUntil(
            lambda party=party: screen.model.awaited is not None and screen.model.awaited.id == party
        )
        view.parties.blocks[party].field.setText(commit(party, nonce))
        press()
    qtbot.waitUntil(lambda: screen.model.stage == "public")
    view.field.setText("4071")
    press()
    qtbot.waitUntil(lambda: screen.model.stage == "reveal")
    view.parties.blocks["supervisor"].field.setText(nonces["notary"])
    press()
    qtbot.waitUntil(view.banner.isVisible)
    view.parties.blocks["supervisor"].field.setText(nonces["supervisor"])
    press()
    qtbot.waitUntil(lambda: screen.model.awaited is not None and screen.model.awaited.id == "notary")
    screen.open_envelope()
    dialog = screen.dialog
    assert isinstance(dialog, AskDialog)
    filled(dialog, opened="envelope", nonce=nonces["notary"], second="监督员甲")
    hold(qtbot, dialog.hold, lambda: screen.model.stage == "draw")
    hold(qtbot, view.bar.hold, lambda: screen.model.stage == "held")
    model = screen.model
    assert [(p.id, str(p.word)) for p in model.parties[1:]] == [
        ("supervisor", "已揭示"),
        ("notary", "拆信封得到"),
    ]
    assert model.recipe is not None
    assert model.recipe.commit.count("sha256sum") == 3
    bridge.close()
    venue.close()
