"""The judges a draw is held over, taken down from a spreadsheet in the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from tests.drawworld import hold, opened
from tests.ui import events
from tests.waits import WAIT_MS
from tests.world import PROCTOR
from ui.screens.draw.screen import DrawScreen
from venue_app.domain import draw_commands as dc
from venue_app.venue import Venue

HEAD = "姓名,工作单位,身份,回避职位"
LIST = "\n".join([HEAD, *(f"专家{n},院{n},{'可任主评委' if n < 5 else ''}," for n in range(1, 21))])


@pytest.fixture
def venue(tmp_path: Path) -> Iterator[Venue]:
    made = opened(tmp_path / "pool.venue", 'held = ["order", "pool"]')
    hold(made, "order")
    yield made
    made.close()


@pytest.fixture
def screen(venue: Venue, qtbot) -> Iterator[DrawScreen]:
    with events.draw_screen(venue, qtbot, PROCTOR) as made:
        yield made


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "评委库.csv"
    file.write_text(text, "utf-8")
    return file


def test_a_list_is_looked_at_then_held_to_take(screen: DrawScreen, venue: Venue, tmp_path, qtbot) -> None:
    assert screen.purpose == "pool" and screen.widget.judges.isVisible()
    before = screen.model.total
    screen.judges.read(written(tmp_path, LIST))
    qtbot.waitUntil(lambda: screen.judges.dialog is not None, timeout=WAIT_MS)
    dialog = screen.judges.dialog
    assert dialog is not None
    assert "20" in dialog.windowTitle() and "评委库.csv" in dialog.windowTitle()
    assert not venue.state.judges, "nothing is taken before it was looked at"
    events.hold(qtbot, dialog.hold, lambda: screen.model.total == 20)
    assert before != 20 and [venue.state.judges[f"J{n:02d}"].name for n in (1, 20)] == ["专家1", "专家20"]
    listed = {str(one.name) for part in screen.model.list for one in part.people}
    assert listed == {f"专家{n}" for n in range(1, 21)}


def test_a_list_with_a_mistake_is_not_taken_and_says_where(
    screen: DrawScreen, venue: Venue, tmp_path, qtbot
) -> None:
    wrong = f"{LIST}\n专家3,院3,,\n专家21,院21,,没有的职位"
    screen.judges.read(written(tmp_path, wrong))
    qtbot.waitUntil(screen.widget.banner.isVisible, timeout=WAIT_MS)
    said = screen.widget.banner.sentence.text()
    assert "A22" in said and "A4" in said and "D23" in said and "没有的职位" in said
    assert screen.judges.dialog is None and not venue.state.judges
    screen.judges.read(tmp_path / "gone.csv")
    qtbot.waitUntil(lambda: "gone.csv" in screen.widget.banner.sentence.text(), timeout=WAIT_MS)


def test_once_frozen_the_list_stands(screen: DrawScreen, venue: Venue, qtbot) -> None:
    screen.open_judges()
    asked = screen.widget.findChild(QFileDialog)
    assert asked is not None
    asked.reject()
    qtbot.waitUntil(lambda: not isValid(asked), timeout=WAIT_MS)
    venue.ask(dc.FreezeDraw(purpose="pool"), PROCTOR)
    qtbot.waitUntil(lambda: not screen.widget.judges.isVisible(), timeout=WAIT_MS)
    screen.open_judges()
    assert screen.widget.findChild(QFileDialog) is None
