"""Beside the marks: recusal asked for, own marks looked back at, sheets carried by hand, what is known of a device."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import msgspec
import pytest

from tests import world
from tests.lan.conftest import Laptop, Recorder, heard, soon
from tests.waits import BRISK
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain.entries import SheetReceived
from venue_app.domain.record import decode
from venue_app.domain.signing import DeviceKey
from venue_app.host.audit import audit
from venue_app.host.carried import Brought, import_carried
from venue_app.lan import battery
from venue_app.lan import messages as m
from venue_app.lan.carried import MAX_FILE, pack, unpack
from venue_app.lan.client import StationClient, join
from venue_app.lan.outbox import FileOutbox
from venue_app.lan.views import Viewer, welcome
from venue_app.scheme import preset_text
from venue_app.state import State
from venue_app.venue import Venue

# ---- recusal ----


class Ears(Recorder):
    """Hears of recusals too."""

    def __init__(self) -> None:
        super().__init__()
        self.recusals: list[tuple[str, int, bool]] = []

    def on_recusal(self, recusal: m.Recusal) -> None:
        self.recusals.append((recusal.room, recusal.lot, recusal.on))


def asked(laptop: Laptop, seat: str) -> tuple[str, int, str] | None:
    found = laptop.server.presence()[seat].recusal
    return None if found is None else (found.room, found.lot, found.reason)


async def test_a_request_to_be_excused_stands_until_it_is_granted(laptop: Laptop, venue: Venue) -> None:
    ears = Ears()
    judge = await laptop.seat("R1-3", ears)
    judge.recuse("R1", 2, " 亲属 ")  # before the lot is even called
    await soon(lambda: asked(laptop, "R1-3") == ("R1", 2, "亲属"))
    excuse = c.ExcuseSeat(room="R1", lot=2, seat="R1-3", kind="recused", reason="亲属")
    await asyncio.to_thread(venue.ask, excuse, world.PROCTOR)
    await soon(lambda: asked(laptop, "R1-3") is None)
    await soon(lambda: ears.recusals == [("R1", 2, True), ("R1", 2, False)])


async def test_a_request_can_be_declined_or_taken_back(laptop: Laptop) -> None:
    ears = Ears()
    judge = await laptop.seat("R1-3", ears)
    judge.recuse("R1", 1)
    await soon(lambda: asked(laptop, "R1-3") is not None)
    laptop.server.answer_recusal("R1-3")
    await soon(lambda: ears.recusals[-1:] == [("R1", 1, False)])
    assert asked(laptop, "R1-3") is None
    judge.recuse("R1", 1)
    await soon(lambda: asked(laptop, "R1-3") is not None)
    judge.recuse("R1", 1, on=False)
    await soon(lambda: asked(laptop, "R1-3") is None)


async def test_a_request_outlives_the_laptops_program(laptop: Laptop) -> None:
    judge = await laptop.seat("R1-3", Ears())
    judge.recuse("R1", 1, "同学")
    await soon(lambda: asked(laptop, "R1-3") is not None)
    await laptop.server.stop()
    await laptop.start()
    await soon(lambda: asked(laptop, "R1-3") == ("R1", 1, "同学"))


async def test_a_new_page_of_the_same_device_hears_that_its_request_stands(laptop: Laptop) -> None:
    judge = await laptop.seat("R1-3")
    judge.recuse("R1", 1, "同学")
    await soon(lambda: asked(laptop, "R1-3") is not None)
    again = await laptop.raw(judge.pairing.token)
    assert await heard(again, m.Recusal) == m.Recusal(room="R1", lot=1, on=True)


@pytest.mark.parametrize(("room", "lot"), [("R2", 1), ("R1", 99), ("R9", 1)])
async def test_nobody_is_excused_from_what_is_not_theirs(laptop: Laptop, room: str, lot: int) -> None:
    ears = Ears()
    judge = await laptop.seat("R1-3", ears)
    judge.recuse(room, lot, "x")
    await soon(lambda: ears.recusals == [(room, lot, False)])
    assert asked(laptop, "R1-3") is None


async def test_who_has_marked_cannot_be_excused_any_more(laptop: Laptop, venue: Venue) -> None:
    ears = Ears()
    judge = await laptop.seat("R1-3", ears)
    await asyncio.to_thread(world.on_floor, venue)
    judge.recuse("R1", 1, "x")
    await soon(lambda: asked(laptop, "R1-3") is not None)
    await judge.send("R1", 1, world.MARKS)  # and so the request has no object any more
    await soon(lambda: asked(laptop, "R1-3") is None)
    judge.recuse("R1", 1, "x")
    await soon(lambda: ears.recusals[-1] == ("R1", 1, False))


# ---- own earlier marks ----


def marked(path: Path, calibrate: int) -> State:
    scheme = preset_text("s0-county-self-nomination").replace(
        "chief = 1\n", f"chief = 1\ncalibrate = {calibrate}\n", 1
    )
    venue = Venue.create(path, msgspec.structs.replace(world.created(), scheme=scheme))
    for command in (
        world.roster(),
        c.OpenRun(people=world.PEOPLE),
        dc.FreezeDraw(),
        dc.HoldDraw(public="3141592653"),
    ):
        venue.ask(command, world.PROCTOR)
    world.on_floor(venue)
    for seat in ("R1-1", "R1-2", "OBS-01"):
        world.send(venue, seat, content="21.5")
    state = venue.state
    venue.close()
    return state


def test_own_marks_are_shown_where_the_plan_agrees_a_standard_and_only_own_ones(tmp_path: Path) -> None:
    state = marked(tmp_path / "e.venue", calibrate=2)
    assert welcome(state, "R1-1", world.FakeClock()).calibrate == 2
    view = Viewer(state, 12).of("R1-1")
    assert [s.marks for s in view.sent] == [{**world.MARKS, "content": "21.5"}]
    assert Viewer(state, 12).of("R1-3").sent == ()
    assert Viewer(state, 12).of("OBS-01").sent[0].marks == {}  # that group agrees none


def test_own_marks_stay_away_where_the_plan_says_nothing(tmp_path: Path) -> None:
    state = marked(tmp_path / "e.venue", calibrate=0)
    assert welcome(state, "R1-1", world.FakeClock()).calibrate == 0
    assert Viewer(state, 12).of("R1-1").sent[0].marks == {}


# ---- sheets carried by hand ----


async def cut_off(laptop: Laptop, venue: Venue, outbox: FileOutbox) -> StationClient:
    """A judge whose sheet could not leave the device."""
    judge = await laptop.seat("R1-1", outbox=outbox)
    await asyncio.to_thread(world.on_floor, venue)
    await judge.until(lambda view: bool(view.tasks))
    await laptop.server.stop()
    judge.submit("R1", 1, world.MARKS)
    return judge


async def test_a_sheet_comes_in_by_file_once_with_the_name_of_who_brought_it(
    laptop: Laptop, venue: Venue, tmp_path: Path
) -> None:
    judge = await cut_off(laptop, venue, FileOutbox(tmp_path / "outbox"))
    data = judge.carry()
    assert json.loads(data)["format"] == "venue-sheets-1"
    (first,) = await asyncio.to_thread(import_carried, venue, data, " 考务甲 ")
    sheet = venue.state.appearances[("R1", 1)].sheets["R1-1"]
    assert first == Brought("R1-1", "R1", 1, receipt=sheet.receipt)
    size = venue.state.size
    (second,) = await asyncio.to_thread(import_carried, venue, data, "考务甲")
    assert second == Brought("R1-1", "R1", 1, receipt=sheet.receipt, known=True)
    assert venue.state.size == size
    assert len(judge.pending()) == 1  # the station does not know yet
    await laptop.start()
    await soon(lambda: judge.pending() == [])  # now it does, and nothing came twice
    assert venue.state.size == size
    entries: list[bytes] = []
    venue.with_journal(lambda journal: entries.extend(raw for _, raw in journal.entries()))
    await soon(lambda: len(entries) == size)
    fact = decode(entries[sheet.seq]).data
    assert isinstance(fact, SheetReceived)
    assert (fact.carried, fact.signature) == ("考务甲", json.loads(data)["sheets"][0]["signature"])
    assert [p.ok for p in audit(entries) if p.code == "audit.signatures"] == [True]


async def test_a_file_that_was_changed_brings_nothing(laptop: Laptop, venue: Venue, tmp_path: Path) -> None:
    judge = await cut_off(laptop, venue, FileOutbox(tmp_path / "outbox"))
    honest = judge.pending()[0]
    other = {**world.MARKS, "content": "30.0"}
    forged = [
        msgspec.structs.replace(honest, marks=other),
        msgspec.structs.replace(honest, seat="R1-2"),
        msgspec.structs.replace(honest, lot=2),
        msgspec.structs.replace(honest, signature=""),
        m.signed(msgspec.structs.replace(honest, marks=other), DeviceKey()),
        m.signed(msgspec.structs.replace(honest, event="f" * 32), world.KEY),
        m.signed(msgspec.structs.replace(honest, seat="R7-7"), world.KEY),
    ]
    size = venue.state.size
    faults = [b.fault for b in await asyncio.to_thread(import_carried, venue, pack(forged), "考务")]
    assert [f and f.code for f in faults] == [
        "venue.signature_wrong",
        "venue.signature_wrong",
        "venue.not_open_for_marks",
        "venue.signature_wrong",
        "venue.signature_wrong",
        "lan.other_event",
        "venue.unknown_seat",
    ]
    assert venue.state.size == size


async def test_one_bad_sheet_does_not_keep_the_others_out(
    laptop: Laptop, venue: Venue, tmp_path: Path
) -> None:
    judge = await cut_off(laptop, venue, FileOutbox(tmp_path / "outbox"))
    honest = judge.pending()[0]
    bad = msgspec.structs.replace(honest, id="0" * 32)
    found = await asyncio.to_thread(import_carried, venue, pack([bad, honest]), "考务")
    assert [b.fault and b.fault.code for b in found] == ["venue.signature_wrong", None]


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b"\xff", b'{"format":"venue-sheets-2","sheets":[]}', b'{"format":"venue-sheets-1"}',
     b'{"format":"venue-sheets-1","sheets":[{"id":1}]}', b"[" * 100_000, b" " * (MAX_FILE + 1)],
)  # fmt: skip
def test_what_is_no_file_of_sheets_is_said(data: bytes) -> None:
    with pytest.raises(Known) as error:
        unpack(data)
    assert error.value.code == "lan.carried_unreadable"


def test_nobody_brings_a_file_namelessly(venue: Venue) -> None:
    with pytest.raises(Known) as error:
        import_carried(venue, pack([]), "  ")
    assert error.value.code == "venue.people_missing"


def test_one_sheet_fits_into_a_qr_that_reads_back(tmp_path: Path) -> None:
    import qrcode
    import zxingcpp

    sheet = m.signed(
        m.Sheet(id="0" * 32, event="e" * 32, seat="R1-3", room="R1", lot=17, marks=world.MARKS), world.KEY
    )
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(pack([sheet]))
    code.make(fit=True)
    assert code.version <= 22
    image = code.make_image().get_image()
    (found,) = zxingcpp.read_barcodes(image)
    assert unpack(found.bytes) == (sheet,)


# ---- what is known of a device ----


async def test_battery_and_clock_of_a_device_are_known(
    laptop: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("venue_app.lan.client.charge", lambda: 41)
    here = world.FakeClock()
    venue = await asyncio.to_thread(world.prepared, tmp_path / "still.venue", here)
    await laptop.server.stop()
    laptop.venue = venue
    await laptop.start()
    fast = world.FakeClock(wall=here.wall + 3_600_000)
    pairing = await join(laptop.link(laptop.server.issue_code("R1-1").code), "平板", http=laptop.http)
    client = StationClient(pairing, http=laptop.http, pace=BRISK, clock=fast)
    laptop.run(client)
    await soon(lambda: laptop.server.presence().get("R1-1") is not None)
    await soon(lambda: laptop.server.presence()["R1-1"].battery == 41)
    assert laptop.server.presence()["R1-1"].ahead == 3_600_000
    await client.close()
    await laptop.server.stop()
    await asyncio.to_thread(venue.close)


def supply(folder: Path, name: str, **words: str) -> None:
    (folder / name).mkdir(parents=True)
    for word, value in words.items():
        (folder / name / word).write_text(value + "\n")


def test_the_kernel_tells_the_least_charged_battery(tmp_path: Path) -> None:
    assert battery.linux(tmp_path / "none") is None
    supply(tmp_path, "AC", type="Mains")
    assert battery.linux(tmp_path) is None
    supply(tmp_path, "BAT0", type="Battery", capacity="76")
    supply(tmp_path, "BAT1", type="Battery", capacity="12")
    supply(tmp_path, "hid-mouse", type="Battery", scope="Device", capacity="3")
    assert battery.linux(tmp_path) == 12
    supply(tmp_path, "BAT2", type="Battery", capacity="??")
    assert battery.linux(tmp_path) is None


def test_charge_is_a_percentage_or_unknown() -> None:
    found = battery.charge()
    assert found is None or 0 <= found <= 100
