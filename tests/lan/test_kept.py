"""A host went on without its standby for a moment and died: what it acknowledged then comes from the stations."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec

from tests import world
from tests.faults.hall import soon
from tests.lan.standing import name_standby
from tests.ports import free_port
from tests.waits import BRISK
from venue_app.domain import floor_commands as floor
from venue_app.host.following import promote
from venue_app.host.session import EventHost
from venue_app.lan import messages as m
from venue_app.lan.client import Link, StationClient, StationEvents, join
from venue_app.lan.link import read_link
from venue_app.lan.outbox import FileOutbox
from venue_app.seal.keys import load_or_create


class Ears(StationEvents):
    def __init__(self) -> None:
        self.receipts: list[m.Receipt] = []

    def on_receipt(self, receipt: m.Receipt) -> None:
        self.receipts.append(receipt)


async def test_an_acknowledged_sheet_the_new_host_lacks_is_sent_again_as_it_was(tmp_path: Path):
    first, second = load_or_create(tmp_path / "keys-1"), load_or_create(tmp_path / "keys-2")
    created = msgspec.structs.replace(world.created(), keys=first.announced())
    old = EventHost(world.prepared(tmp_path / "old.venue", event=created), first)
    server = old.start_lan("127.0.0.1", 0)
    link = read_link(str(old.joining_link(server.issue_code("R1-1"), "127.0.0.1")))
    ears, box = Ears(), FileOutbox(tmp_path / "box")
    client = StationClient(await join(link, "tablet"), outbox=box, events=ears, pace=BRISK)
    running = asyncio.create_task(client.run())
    await client.until(lambda _: True)

    port = free_port()
    name_standby(old, second, port)
    await soon(lambda: bool(client.pairing.standby), "the station knows the standby")
    world.copied(old.venue, tmp_path / "new.venue")
    world.on_floor(old.venue)  # from here on the standby was cut off
    await client.until(lambda view: bool(view.tasks))
    receipt = await client.send("R1", 1, dict(world.MARKS))
    await asyncio.to_thread(old.close)

    new = await asyncio.to_thread(
        promote, tmp_path / "new.venue", second, reason="断电", names=("监督员甲", "公证员乙")
    )
    assert new.venue.state.on_floor("R1") is None, "the call is lost with the laptop, and so is the sheet"
    new.start_lan("127.0.0.1", port)
    await soon(lambda: client.link is Link.ONLINE and client.pairing.epoch == 2, "the station follows")
    world.on_floor(new.venue)
    await soon(lambda: len(ears.receipts) == 2, "the sheet is sent again")
    again = ears.receipts[1]
    assert (again.id, again.code, again.total) == (receipt.id, receipt.code, receipt.total)
    sheet = new.venue.state.appearances["R1", 1].sheets["R1-1"]
    assert (sheet.receipt, sheet.sub) == (receipt.code, receipt.id)

    new.venue.ask(
        floor.ReopenSheet(room="R1", lot=1, seat="R1-1", reason="笔误", second="监督员甲"), world.PROCTOR
    )
    view = await client.until(lambda view: bool(view.tasks))
    await asyncio.sleep(0.2)
    assert view.tasks[0].lot == 1 and client.pending() == [], (
        "what was given back is marked anew by the judge"
    )
    assert len(ears.receipts) == 2
    await client.close()
    await running
    await asyncio.to_thread(new.close)
    shelf = FileOutbox(tmp_path / "box").shelf()
    assert [(kept.sheet.id, kept.epoch) for kept in shelf] == [(receipt.id, 2)]
