"""The guide: what is to be done now, readiness in the window, the second copy, a rehearsal of the event itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.ui import events
from tests.ui.lanworld import here
from ui import sample
from ui.bridge import Bridge
from ui.program.event_window import EventWindow
from ui.screens.prepare.guide import Outside, seat_parts
from ui.screens.prepare.model import PrepareModel, prepare_model
from ui.screens.prepare.office import HostOffice, Looked, Rehearsed, Told
from ui.screens.prepare.screen import PrepareScreen
from ui.settings import Settings
from ui.tasks import Cancelled
from ui.widgets.state import Mark
from venue_app.base.errors import Known
from venue_app.domain.record import decode
from venue_app.host.readiness import Point
from venue_app.host.second_copy import CopyStatus
from venue_app.host.session import EventHost
from venue_app.journal.raw import read_raw
from venue_app.scheme import preset_text
from venue_app.seal.keys import load_or_create
from venue_app.state import replay

LEFT = Qt.MouseButton.LeftButton
FINE = Point("printer", "ok", "readiness.printer.ready", {"name": "HP"})
NOTE = Point("network", "attention", "readiness.network.untried")
BROKEN = Point("printer", "fault", "readiness.printer.none")


def official(outside: Outside) -> PrepareModel:
    return prepare_model(sample.official_ready(), outside=outside)


def test_the_first_step_that_is_not_settled_is_what_to_do_now() -> None:
    assert prepare_model(sample.created()).next == "roster"
    assert official(Outside()).next == "printer"
    assert official(Outside(points=(BROKEN,))).next == "printer"
    looked = Outside(points=(FINE, NOTE))
    assert official(looked).next == "copy"
    assert official(Outside(points=(FINE, NOTE), copy_folder="/m")).next == "stations"
    assert prepare_model(sample.opened()).step("people").mark is Mark.DONE


def test_steps_say_how_they_stand() -> None:
    model = official(
        Outside(points=(BROKEN, NOTE), copy_folder="/m", copy_fault=Known("copy.other", file="a"))
    )
    marks = {step.id: step.mark for step in model.steps}
    assert (marks["printer"], marks["copy"], marks["ready"]) == (Mark.ALARM, Mark.ALARM, Mark.ALARM)
    assert (marks["witnesses"], model.step("witnesses").settled) == (Mark.NOT_YET, True)
    assert official(Outside(points=(FINE, NOTE))).step("ready").settled
    assert official(Outside(rehearsals=("a 演练 b.venue",))).step("rehearsal").mark is Mark.DONE
    assert model.step("stations").missing == 41  # three rooms of seven judges and twenty observers


def test_a_rehearsal_needs_neither_a_rehearsal_nor_a_second_copy() -> None:
    model = prepare_model(sample.roster_ready())
    assert "rehearsal" not in {step.id for step in model.steps}
    assert model.step("copy").done


def test_seats_are_told_room_by_room_with_those_that_lack() -> None:
    parts = seat_parts(sample.official_ready())
    assert [(part.seats, len(part.lacking)) for part in parts] == [(7, 7), (7, 7), (7, 7), (20, 20)]
    assert parts[0].lacking == (1, 2, 3, 4, 5, 6, 7)


# ---- the page with an office of its own ----


class Papers:
    """An office that remembers what it was asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.copied: Path | None = None
        self.rehearsals: tuple[Path, ...] = ()
        self.points = (BROKEN, NOTE)

    @property
    def copy_status(self) -> CopyStatus | None:
        return None if self.copied is None else CopyStatus(self.copied / "a.copy")

    def look(self) -> Looked:
        return Looked(1_777_600_000_000, self.points)

    def form(self, looked: Looked) -> Path:
        return self.folder / f"{len(looked.points)}.pdf"

    def copy_to(self, folder: Path) -> None:
        self.copied = folder

    def rehearse(self, told: Told) -> Rehearsed:
        for done in range(1000):
            told("rooms", done, 1000)
        file = self.folder / "r.venue"
        self.rehearsals = (file,)
        return Rehearsed(file, 6, 42, ("一点说明",))


@pytest.fixture
def office(tmp_path: Path) -> Papers:
    return Papers(tmp_path)


@pytest.fixture
def screen(tmp_path: Path, office: Papers, qtbot):
    host = EventHost.create(
        tmp_path / "a.venue",
        title="某县竞聘",
        mode="official",
        scheme=preset_text("s0-county-self-nomination"),
        keys=load_or_create(tmp_path / "keys"),
    )
    host.venue.ask(sample.roster_command(), sample.PROCTOR)
    bridge = Bridge(host.venue, sample.PROCTOR)
    made = PrepareScreen(bridge, office=office)
    qtbot.addWidget(made.widget)
    made.widget.resize(1150, 620)
    made.widget.show()
    yield made
    bridge.close()
    host.close()


def test_the_button_below_looks_then_leads_on(screen: PrepareScreen, office: Papers, qtbot) -> None:
    view = screen.widget
    assert view.here == "printer"
    qtbot.mouseClick(view.bar.action.button, LEFT)
    qtbot.waitUntil(lambda: screen.guide.looked is not None)
    qtbot.waitUntil(lambda: view.bar.action.button.text() == "再检查一次")
    assert [word.accessibleName() for word in view.printer.points] == ["故障"]
    office.points = (FINE, NOTE)
    qtbot.mouseClick(view.bar.action.button, LEFT)
    qtbot.waitUntil(lambda: view.bar.action.button.text() == "下一步：第二份副本")
    view.go("ready")
    assert [word.accessibleName() for word in view.ready.points] == ["正常", "注意"]


def test_the_form_goes_to_the_printer(screen: PrepareScreen, office: Papers, qtbot) -> None:
    view = screen.widget
    assert not view.ready.print_button.isEnabled()
    screen.guide.look()
    qtbot.waitUntil(lambda: view.ready.print_button.isEnabled())
    with qtbot.waitSignal(screen.print_wanted) as heard:
        view.ready.print_button.click()
    assert heard.args == [office.folder / "2.pdf"]


def test_a_folder_for_the_second_copy_is_chosen_here(
    screen: PrepareScreen, office: Papers, qtbot, tmp_path
) -> None:
    dialog = screen.guide.ask_folder()
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path))
    qtbot.waitUntil(lambda: screen.model.step("copy").mark is Mark.DONE)
    assert office.copied == tmp_path
    dialog.reject()


def test_a_rehearsal_is_told_and_can_be_opened(screen: PrepareScreen, office: Papers, qtbot) -> None:
    view = screen.widget
    view.go("rehearsal")
    qtbot.mouseClick(view.bar.action.button, LEFT)
    qtbot.waitUntil(lambda: bool(view.rehearsal.buttons))
    assert "42" in view.rehearsal.told.text() and "一点说明" in view.rehearsal.told.text()
    with qtbot.waitSignal(screen.open_wanted) as heard:
        view.rehearsal.buttons[0].click()
    assert heard.args == [office.folder / "r.venue"]


def test_a_rehearsal_can_be_stopped(screen: PrepareScreen, office: Papers, qtbot) -> None:
    stopped: list[bool] = []

    def forever(told: Told) -> Rehearsed:
        try:
            while True:
                told("rooms", 1, 2)
        except Cancelled:
            stopped.append(True)
            raise

    office.rehearse = forever  # type: ignore[method-assign]
    screen.guide.rehearse()
    task: Any = screen.guide._task
    with qtbot.waitSignal(task.ended):
        screen.widget.rehearsal.busy.cancel_button.click()
    assert stopped == [True]
    assert screen.guide._task is None
    assert not screen.widget.banner.isVisible()


def test_empty_spreadsheets_are_saved_for_this_plan(screen: PrepareScreen, tmp_path: Path, qtbot) -> None:
    folder = tmp_path / "blank"
    dialog = screen.widget.imports.ask_templates()
    dialog.fileSelected.emit(str(folder))
    qtbot.waitUntil(lambda: screen.widget.told.isVisible())
    assert "6" in screen.widget.told.sentence.text()
    assert len(list(folder.glob("*.xlsx"))) == 6
    dialog.reject()
    screen.write_blank(folder)
    qtbot.waitUntil(lambda: screen.widget.banner.isVisible())
    assert "没有覆盖" in screen.widget.banner.sentence.text()


# ---- the real thing ----


def test_a_real_event_is_looked_at_and_rehearsed_from_its_window(tmp_path: Path, qtbot) -> None:
    host = EventHost.create(
        tmp_path / "a.venue",
        title="某县竞聘",
        mode="official",
        scheme=preset_text("s0-county-self-nomination"),
        keys=load_or_create(tmp_path / "keys"),
    )
    host.venue.ask(events.roster(), sample.PROCTOR)
    window = EventWindow(host, Settings(), lambda: here(host))
    try:
        with qtbot.waitSignal(window.ready):
            window.frame.show()
        screen = next(s for s in window.frame.screens if s.id == "prepare")
        assert isinstance(screen, PrepareScreen)
        screen.guide.look()
        qtbot.waitUntil(lambda: screen.guide.looked is not None)
        assert screen.guide.looked is not None
        assert len({p.check for p in screen.guide.looked.points}) == 11
        screen.guide.rehearse()
        qtbot.waitUntil(lambda: screen.model.step("rehearsal").mark is Mark.DONE)
        [path] = [Path(p) for p in screen.guide.outside.rehearsals]
        assert "演练" in path.name and path.parent == tmp_path
        state = replay(map(decode, read_raw(path).entries))
        assert state.rehearsal and state.closed_at is not None
        assert not host.venue.state.rehearsal and host.venue.state.draw is None
        assert HostOffice(host).form(screen.guide.looked).is_file()
    finally:
        with qtbot.waitSignal(window.closed):
            window.finish()
        window.frame.deleteLater()
