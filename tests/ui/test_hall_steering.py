"""What the proctor chooses for the projector is what a television shows too."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Qt

from tests.ui.lanworld import drawn, fresh, here
from tests.waits import BRISK
from tests.world import PEOPLE, PROCTOR
from ui.program.event_window import EventWindow
from ui.settings import Settings
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain import showing
from venue_app.lan import role_messages as r
from venue_app.lan.joining import join
from venue_app.lan.place_client import PlaceClient, PlaceEvents
from venue_app.lan.thread import LoopThread
from venue_app.seal.keys import load_or_create


class Television(PlaceEvents):
    """Remembers the last picture."""

    def __init__(self) -> None:
        self.shown: r.HallNow | None = None

    def on_hall(self, hall: r.HallNow) -> None:
        self.shown = hall


def test_a_television_shows_what_the_proctor_chose(tmp_path, qtbot):
    host = drawn(tmp_path, load_or_create(tmp_path / "keys"))
    window = EventWindow(host, Settings(), lambda: here(host))
    with qtbot.waitSignal(window.ready):
        window.frame.show()
    qtbot.waitUntil(lambda: window.network.url() != "")
    assert window.hall is not None
    assert host.server is not None
    link = host.joining_link(host.server.issue_code("hall-1"), "127.0.0.1")
    pairing = asyncio.run(join(link, "电视", wants=("hall",)))
    seen = Television()
    with LoopThread("television") as loop:

        async def made() -> PlaceClient:
            return PlaceClient(pairing, seen, follow=False, pace=BRISK)

        loop.start(loop.run(made()).run())
        qtbot.waitUntil(lambda: seen.shown is not None and seen.shown.page == "order")
        window.hall.choose("welcome")
        qtbot.waitUntil(lambda: seen.shown is not None and seen.shown.page == "welcome")
        window.hall.choose_room("R2")
        window.hall.choose("now")
        qtbot.waitUntil(
            lambda: seen.shown is not None and (seen.shown.page, seen.shown.room) == ("now", "R2")
        )
    with qtbot.waitSignal(window.closed):
        window.finish()
    window.frame.deleteLater()


def test_a_key_at_the_big_screen_turns_a_lot_over_in_the_whole_program(tmp_path, qtbot):
    host = fresh(tmp_path, load_or_create(tmp_path / "keys"))
    for command in (
        c.OpenRun(people=PEOPLE),
        showing.ChooseShowing(one_by_one=True),
        dc.FreezeDraw(),
        dc.HoldDraw(public="271828"),
    ):
        host.venue.ask(command, PROCTOR)
    window = EventWindow(host, Settings(), lambda: here(host))
    with qtbot.waitSignal(window.ready):
        window.frame.show()
    assert window.hall is not None
    window.hall.open()
    assert window.hall.window is not None
    first = host.venue.state.showing.hidden[0]
    qtbot.keyClick(window.hall.window, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: host.venue.state.showing.last == first)
    qtbot.keyClicks(window.hall.window, "E999")
    qtbot.waitUntil(lambda: window.hall.window.pages.lots.stage.how.text == "E999")
    with qtbot.waitSignal(window.closed):
        window.finish()
    window.frame.deleteLater()
