"""The stations' page with a real network: codes, devices, release."""

from __future__ import annotations

import asyncio

import pytest
import zxingcpp
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from tests.ui.lanworld import drawn, here
from tests.waits import BRISK, WAIT_S
from tests.world import KEY, MARKS, PROCTOR, FakeClock, on_floor
from ui.bridge import Bridge
from ui.program.network import HostNetwork
from ui.screens.stations.carried import CarriedDialog
from ui.screens.stations.qr import QrCode
from ui.screens.stations.screen import StationsScreen
from ui.screens.stations.view import stations
from ui.widgets.state import Mark
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain.roles import PROGRAM
from venue_app.lan import messages as m
from venue_app.lan.carried import pack
from venue_app.lan.client import StationClient, join
from venue_app.lan.link import read_link
from venue_app.lan.pairing import JoiningCode
from venue_app.lan.thread import LoopThread

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def host(tmp_path, keys):
    made = drawn(tmp_path, keys)
    yield made
    made.close()


@pytest.fixture
def screen(host, qtbot):
    bridge = Bridge(host.venue, PROCTOR)
    network = HostNetwork(host, lambda: here(host))
    made = StationsScreen(bridge, network)
    network.changed.connect(made.refresh)
    qtbot.addWidget(made.widget)
    made.widget.show()
    network.retry()
    qtbot.waitUntil(lambda: network.url() != "")
    yield made
    bridge.close()


def chosen(screen):
    return next(s for s in screen.view.seats if s.id == screen.widget.table.current_id)


def joined(screen, seat: str) -> LoopThread:
    """A device takes the seat by the link in its QR, and stays."""
    link = next(s for s in screen.view.seats if s.id == seat).link
    loop = LoopThread("device")
    pairing = loop.run(join(read_link(link), "平板 7"))
    loop.start(StationClient(pairing, pace=BRISK).run())
    return loop


def test_codes_for_all_free_seats_then_a_device_joins_and_is_let_go(screen, host, qtbot):
    page = screen.widget
    assert page.url.text().startswith("https://")
    assert len(page.key.text().replace(" ", "")) == 32
    assert page.bar.action.button.text() == "给空席位发入席码（34）"  # 2 rooms of 7 and 20 observers
    qtbot.mouseClick(page.bar.action.button, LEFT)
    assert screen.view.count("code") == 34
    page.table.choose("R1-3")
    assert page.detail.number.text() == chosen(screen).code
    loop = joined(screen, "R1-3")
    try:
        qtbot.waitUntil(lambda: chosen(screen).look == "online")
        screen.refresh()
        assert chosen(screen).device == "平板 7"
        assert screen.rail_state().missing == 33
        page.detail.reason.setText("换一台")
        qtbot.mousePress(page.detail.let_go, LEFT)
        qtbot.waitUntil(lambda: "R1-3" not in host.venue.state.stations)
        qtbot.waitUntil(lambda: chosen(screen).look == "free")
    finally:
        loop.stop()


def test_a_second_press_gives_no_second_code_to_those_who_have_one(screen, qtbot):
    page = screen.widget
    page.table.choose("R1-1")
    qtbot.mouseClick(page.detail.issue_button, LEFT)
    mine = chosen(screen).code
    qtbot.mouseClick(page.bar.action.button, LEFT)
    assert chosen(screen).code == mine
    assert not page.bar.action.isVisible()  # nothing is left to issue: it waits for people


def test_the_qr_is_read_back_as_the_link(screen, qtbot):
    page = screen.widget
    page.table.choose("R2-5")
    qtbot.mouseClick(page.detail.issue_button, LEFT)
    picture = page.detail.qr.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    width, height, line = picture.width(), picture.height(), picture.bytesPerLine()
    flat = bytes(picture.constBits())
    rows = b"".join(flat[at * line : at * line + width] for at in range(height))
    found = zxingcpp.read_barcodes(memoryview(rows).cast("B", (height, width)))
    assert [code.text for code in found] == [chosen(screen).link]
    link = read_link(found[0].text)
    assert link.pin is not None and link.code == chosen(screen).code.replace("-", "")


def test_a_call_is_seen_and_answered(screen, qtbot):
    page = screen.widget
    page.table.choose("R1-1")
    qtbot.mouseClick(page.detail.issue_button, LEFT)
    link = chosen(screen).link
    loop = LoopThread("device")
    client = StationClient(loop.run(join(read_link(link), "平板")), pace=BRISK)
    loop.start(client.run())

    async def call() -> None:
        while client.view is None:
            await asyncio.sleep(0.01)
        await client.call()

    loop.run(call(), WAIT_S)
    try:
        qtbot.waitUntil(lambda: chosen(screen).calls)
        screen.refresh()
        qtbot.mouseClick(page.detail.answer, LEFT)
        qtbot.waitUntil(lambda: not chosen(screen).calls)
    finally:
        loop.stop()


def test_a_replacement_takes_over_when_the_proctor_agrees(screen, host, qtbot):
    page = screen.widget
    page.table.choose("R1-3")
    qtbot.mouseClick(page.detail.issue_button, LEFT)
    old = joined(screen, "R1-3")
    new = LoopThread("replacement")
    try:
        qtbot.waitUntil(lambda: chosen(screen).look == "online")
        screen.refresh()
        qtbot.mouseClick(page.detail.replace, LEFT)
        assert chosen(screen).code in page.detail.next_code.text()
        assert "venue-app" in page.detail.facts.text(), "which program the device runs"
        link = read_link(chosen(screen).link)
        first = host.venue.state.stations["R1-3"].device
        wanted = new.start(join(link, "平板 19"))
        qtbot.waitUntil(lambda: screen.view.wishes != ())
        screen.refresh()
        assert screen.rail_state().mark is Mark.WAIT
        assert not page.wish.isHidden() and host.venue.state.stations["R1-3"].device == first
        assert all(word in page.wish.sentence.text() for word in ("平板 19", "平板 7", "R1-3"))
        qtbot.mouseClick(page.wish.yes, LEFT)

        def taken() -> bool:  # the seat is free for a moment between the two
            now = host.venue.state.stations.get("R1-3")
            return now is not None and now.device_name == "平板 19"

        qtbot.waitUntil(taken)
        assert wanted.result(WAIT_S).seat == "R1-3"
        qtbot.waitUntil(page.wish.isHidden)
    finally:
        old.stop()
        new.stop()


def test_a_replacement_that_is_not_let_in_changes_nothing(screen, host, qtbot):
    page = screen.widget
    page.table.choose("R1-3")
    qtbot.mouseClick(page.detail.issue_button, LEFT)
    old = joined(screen, "R1-3")
    new = LoopThread("replacement")
    try:
        qtbot.waitUntil(lambda: chosen(screen).look == "online")
        qtbot.mouseClick(page.detail.replace, LEFT)
        wanted = new.start(join(read_link(chosen(screen).link), "平板 19"))
        qtbot.waitUntil(lambda: screen.view.wishes != ())
        screen.refresh()
        qtbot.mouseClick(page.wish.no, LEFT)
        with pytest.raises(Known) as refused:
            wanted.result(WAIT_S)
        assert refused.value.code == "lan.not_let_in"
        assert host.venue.state.stations["R1-3"].device_name == "平板 7"
    finally:
        old.stop()
        new.stop()


def test_seat_cards_are_printed_for_the_free_seats(screen, host, qtbot, tmp_path):
    host.venue.ask(c.JoinStation(seat="R1-1", device="d", device_name="平板", public_key=KEY.public), PROGRAM)
    qtbot.mouseClick(screen.widget.cards, LEFT)
    dialog = screen.widget.findChild(QFileDialog)
    file = tmp_path / "席卡.pdf"
    dialog.fileSelected.emit(str(file))
    qtbot.waitUntil(screen.widget.notice.isVisible)
    free = {seat for seat in host.venue.state.seats if seat != "R1-1"}
    assert set(host.server.cards()) == free
    assert len(PdfDocument(file.read_bytes())) == -(-len(free) // 4)
    screen.print_cards(tmp_path / "nowhere" / "a.pdf")
    qtbot.waitUntil(screen.widget.banner.isVisible)


def test_sheets_brought_by_hand_are_taken_with_a_name_and_once(screen, host, qtbot, tmp_path):
    host.venue.ask(c.JoinStation(seat="R1-1", device="d", device_name="平板", public_key=KEY.public), PROGRAM)
    on_floor(host.venue)
    event = host.venue.state.event.event
    sheet = m.signed(m.Sheet(id="1" * 32, event=event, seat="R1-1", room="R1", lot=1, marks=MARKS), KEY)
    brought = tmp_path / "r1-1.venue-sheets"
    brought.write_bytes(pack([sheet]))
    qtbot.mouseClick(screen.widget.carried, LEFT)
    dialog = screen.widget.findChild(CarriedDialog)
    assert not dialog.choose.isEnabled() and not dialog.scanned.isEnabled(), (
        "nobody brings anything namelessly"
    )
    dialog.by.setText("李芳")
    dialog.take_file(str(brought))
    qtbot.waitUntil(lambda: dialog.table.model().rowCount() == 1)
    kept = host.venue.state.appearances["R1", 1].sheets["R1-1"]

    def became() -> str:
        return str(dialog.table.model().index(0, 2).data())

    assert became() == f"已收下，回执 {kept.receipt}"
    dialog.scanned.setText(pack([sheet]).decode())  # as a scanner types it
    qtbot.keyClick(dialog.scanned, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: became() == f"之前已收到，回执 {kept.receipt}")
    other = m.signed(m.Sheet(id="2" * 32, event=event, seat="R1-2", room="R1", lot=1, marks=MARKS), KEY)
    dialog.scanned.setText(pack([other]).decode())
    qtbot.keyClick(dialog.scanned, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "签名" in became())
    assert set(host.venue.state.appearances["R1", 1].sheets) == {"R1-1"}
    dialog.scanned.setText("nothing")
    qtbot.keyClick(dialog.scanned, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.banner.isVisible)


def test_a_network_that_cannot_open_says_why_and_can_be_tried_again(host, qtbot):
    taken = [True]

    def start():
        if taken[0]:
            raise Known("lan.port_taken", port=8443)
        return here(host)

    bridge = Bridge(host.venue, PROCTOR)
    network = HostNetwork(host, start)
    screen = StationsScreen(bridge, network)
    network.changed.connect(screen.refresh)
    qtbot.addWidget(screen.widget)
    screen.widget.show()
    network.retry()
    qtbot.waitUntil(screen.widget.network.isVisible)
    assert "8443" in screen.widget.network.sentence.text()
    assert screen.rail_state().mark is Mark.ALARM
    assert not screen.widget.bar.action.button.isEnabled()
    taken[0] = False
    qtbot.mouseClick(screen.widget.network.action, LEFT)
    qtbot.waitUntil(lambda: network.url() != "")
    qtbot.waitUntil(screen.widget.network.isHidden)
    bridge.close()


class _Paper:
    """A network with one code and nobody on it."""

    fault: Known | None = None

    def __init__(self, expires: int) -> None:
        self._code = JoiningCode("K7F2Q9", "R1-2", expires)

    def url(self) -> str:
        return "https://192.168.1.5:8443"

    def key_words(self) -> str:
        return "AB12"

    def link(self, code: JoiningCode) -> str:
        return f"{self.url()}/#{code.code}"

    def issue(self, seat: str) -> JoiningCode:
        return self._code

    def issue_all(self) -> None:
        raise NotImplementedError

    def codes(self):
        return (self._code,)

    def lines(self):
        return {}

    def answer(self, seat: str) -> None:
        raise NotImplementedError

    def wishes(self):
        return ()

    def standby(self):
        return None

    def decide(self, wish: str, granted: bool) -> None:
        raise NotImplementedError

    def bring(self, data: bytes, by: str):
        raise NotImplementedError

    def print_cards(self, file) -> None:
        raise NotImplementedError

    def pardon(self) -> None:
        raise NotImplementedError

    def retry(self) -> None:
        raise NotImplementedError


def test_a_code_counts_down(host):
    clock = FakeClock(mono=1_000_000)
    port = _Paper(expires=1_000_000 + 600_000)
    seat = next(s for s in stations(host.venue.state, port, clock.mono_ms()).seats if s.id == "R1-2")
    assert (seat.code, seat.left_s) == ("K7F-2Q9", 600)
    clock.pass_ms(163_000)
    seat = next(s for s in stations(host.venue.state, port, clock.mono_ms()).seats if s.id == "R1-2")
    assert seat.left_s == 437


@pytest.mark.parametrize("size", [200, 333, 480])
def test_a_code_is_sharp_at_any_size(qtbot, size):
    code = QrCode()
    qtbot.addWidget(code)
    code.resize(size, size)
    code.show_text("https://192.168.1.5:8443/#K7F2Q9-" + "3f9a07c1d2b488e6" * 4)
    picture = code.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    line = picture.bytesPerLine()
    flat = bytes(picture.constBits())
    rows = b"".join(flat[at * line : at * line + picture.width()] for at in range(picture.height()))
    found = zxingcpp.read_barcodes(memoryview(rows).cast("B", (picture.height(), picture.width())))
    assert len(found) == 1 and found[0].text.startswith("https://192.168.1.5:8443/#K7F2Q9-3f9a")
