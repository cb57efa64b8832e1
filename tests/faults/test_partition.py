"""Host and standby both live and cannot see each other; people promote the standby. What the first laptop acknowledged meanwhile
comes back from the stations, and it acknowledges nothing once it knows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp
import msgspec
import pytest
import pytest_asyncio

from tests import world
from tests.ballots_world import open_poll, slips
from tests.faults.hall import soon
from tests.faults.partition import Way
from tests.lan.test_ballots import Phone
from tests.ports import free_port
from tests.waits import BRISK, WAIT_S
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.host import ballot_hand
from venue_app.host.following import Follower, join_as_standby, promote
from venue_app.host.session import EventHost
from venue_app.lan import messages as m
from venue_app.lan.client import Link, StationClient, StationEvents, join
from venue_app.lan.hosting import proof_of
from venue_app.lan.link import JoiningLink, base_url, read_link
from venue_app.lan.lockstep import PATIENCE_S, Lockstep, Step
from venue_app.lan.outbox import FileOutbox
from venue_app.lan.tls import KeyPin
from venue_app.scheme import preset_text
from venue_app.seal.keys import VenueKeys, load_or_create
from venue_app.state.places import STANDBY

BALLOT = """
[[ballots]]
id = "decide"
kind = "decide"
title = "票决"
per = "person"
"""


class Judge(StationEvents):
    """A station in a seat, and every receipt it was told with the epoch of the host that told it."""

    def __init__(self, seat: str, box: Path) -> None:
        self.seat = seat
        self._box = box
        self.receipts: list[tuple[int, m.Receipt]] = []
        self.refused: list[str] = []
        self.client: StationClient
        self._running: asyncio.Task[object]

    async def sit(self, link: JoiningLink) -> None:
        self.client = StationClient(
            await join(link, f"tablet {self.seat}"), outbox=FileOutbox(self._box), events=self, pace=BRISK
        )
        self._running = asyncio.create_task(self.client.run())
        await self.client.until(lambda _: True)

    def on_receipt(self, receipt: m.Receipt) -> None:
        self.receipts.append((self.client.pairing.epoch, receipt))

    def on_refused(self, sheet: m.Sheet, refused: m.Refused) -> None:
        self.refused.append(refused.code)

    async def give(self) -> str:
        await self.client.until(lambda view: bool(view.tasks))
        return self.client.submit("R1", 1, dict(world.MARKS))

    def told_by(self, epoch: int) -> list[m.Receipt]:
        return [receipt for at, receipt in self.receipts if at == epoch]

    async def leave(self) -> None:
        await self.client.close()
        await self._running


@dataclass
class Parted:
    """A host, its standby in step, and the ways between: `line` followed by the standby, `there` to where it will answer."""

    old: EventHost
    follower: Follower
    keys: VenueKeys
    line: Way
    there: Way
    judges: list[Judge]
    http: aiohttp.ClientSession
    poll: str
    codes: list[str]

    def cut(self, patience_s: float) -> None:
        """From here on the standby is waited for no longer than so; until then as long as a busy machine takes."""
        self.lockstep._patience_s = patience_s
        self.line.cut()
        self.there.cut()

    @property
    def lockstep(self) -> Lockstep:
        assert self.old.server is not None
        return self.old.server._hub.lockstep

    async def promoted(self) -> EventHost:
        """By decision, while the first laptop goes on."""
        await soon(lambda: self.follower.status.link is not Link.ONLINE, "the standby notices")
        await asyncio.to_thread(self.follower.close)
        new = await asyncio.to_thread(
            promote, self.follower.path, self.keys, reason="线路中断", names=("监督员甲", "公证员乙")
        )
        server = await asyncio.to_thread(new.start_lan, "127.0.0.1", 0)
        self.there.to = server.port
        return new

    def phone(self, host: EventHost) -> Phone:
        assert host.server is not None and host.identity is not None
        return Phone(self.http, base_url("127.0.0.1", host.server.port), KeyPin(host.identity.key_sha256))


@pytest_asyncio.fixture
async def parted(tmp_path: Path) -> AsyncIterator[Parted]:
    first, second = load_or_create(tmp_path / "keys-1"), load_or_create(tmp_path / "keys-2")
    scheme = preset_text("s0-county-self-nomination") + BALLOT
    created = msgspec.structs.replace(world.created(), keys=first.announced(), scheme=scheme)
    old = EventHost(await asyncio.to_thread(world.prepared, tmp_path / "old.venue", event=created), first)
    poll = await asyncio.to_thread(open_poll, old.venue, "decide", ("C001",))
    codes = await asyncio.to_thread(slips, old.venue, poll, 3, "")
    server = await asyncio.to_thread(old.start_lan, "127.0.0.1", 0)
    server._hub.lockstep._patience_s = WAIT_S
    line, there = Way(), Way()
    await line.start(server.port)
    await there.start(free_port())

    link = old.joining_link(server.issue_code(STANDBY), "127.0.0.1")
    link = JoiningLink(f"https://127.0.0.1:{line.port}", link.code, link.pin)
    asked = asyncio.create_task(asyncio.to_thread(join_as_standby, link, "second"))
    await soon(lambda: bool(server.wishes()), "the standby asks to be let in")
    server.decide(server.wishes()[0].id, True)
    follower = await asyncio.to_thread(
        Follower,
        await asked,
        tmp_path / "new.venue",
        second,
        [f"https://127.0.0.1:{there.port}"],
        pace=replace(BRISK, silence_s=3.0),  # a line that is cut is known by its silence only
    )
    judges = [Judge(f"R1-{n}", tmp_path / f"box-{n}") for n in range(1, 5)]
    for judge in judges:
        await judge.sit(read_link(str(old.joining_link(server.issue_code(judge.seat), "127.0.0.1"))))
    await soon(lambda: follower.status.in_step and follower.status.named, "in step")
    await asyncio.to_thread(world.on_floor, old.venue)
    await soon(lambda: all(judge.client.pairing.standby for judge in judges), "stations know the standby")
    for judge in judges:  # the call is on both laptops, and shown
        await judge.client.until(lambda view: bool(view.tasks))
    async with aiohttp.ClientSession() as http:
        yield Parted(old, follower, second, line, there, judges, http, poll, codes)
    for judge in judges:
        await judge.leave()
    await asyncio.to_thread(follower.close)
    await asyncio.to_thread(old.close)
    await line.stop()
    await there.stop()


async def test_what_the_first_laptop_acknowledged_alone_comes_back_and_then_it_stops(parted: Parted) -> None:
    old, (one, two, three, four) = parted.old, parted.judges
    voted = {"code": "A2B3C4D5E6F7", "marks": {"C001": {"": ["for"]}}}
    in_step = await one.give()
    await soon(lambda: bool(one.receipts), "acknowledged in step")
    assert (await parted.phone(old).send(parted.codes[0], parted.poll, **voted))[0] == 200
    parted.cut(PATIENCE_S)
    alone = await two.give()
    await soon(lambda: bool(two.receipts), "acknowledged alone, when the patience was at an end")
    assert old.standby is not None and old.standby.step is not Step.IN_STEP

    new = await parted.promoted()
    blind = await three.give()
    await soon(lambda: bool(three.receipts), "the first laptop cannot know")
    assert not old.superseded and all(judge.client.pairing.epoch == 1 for judge in parted.judges)
    assert set(new.venue.state.appearances["R1", 1].sheets) == {"R1-1"}

    parted.there.mend()
    await soon(lambda: bool(old.superseded), "it looks whether the standby took over, and believes it")
    size = old.venue.state.size
    status, said = await parted.phone(old).send(parted.codes[1], parted.poll, marks=voted["marks"])
    assert (status, said["code"]) == (409, "standby.superseded")
    with pytest.raises(Known, match=r"standby\.superseded_at"):
        await asyncio.to_thread(old.venue.ask, c.EndStage(room="R1"), world.PROCTOR)
    warning = old.standby_warning
    assert warning is not None and warning.code == "standby.superseded_at"
    await soon(lambda: all(j.client.pairing.epoch == 2 for j in parted.judges), "all stations go over")
    late = await four.give()
    await soon(lambda: bool(four.receipts), "the next sheet is taken there")
    await soon(lambda: bool(two.told_by(2) and three.told_by(2)), "sheets acknowledged alone come back")

    sheets = new.venue.state.appearances["R1", 1].sheets
    assert {seat: sheets[seat].sub for seat in sheets} == {
        "R1-1": in_step,
        "R1-2": alone,
        "R1-3": blind,
        "R1-4": late,
    }
    for judge in parted.judges:
        assert {receipt.code for _, receipt in judge.receipts} == {sheets[judge.seat].receipt}
        assert judge.refused == [] and judge.client.pending() == []
    assert {at for at, _ in four.receipts} == {2} and old.venue.state.size == size
    phone = parted.phone(new)
    assert (await phone.send(parted.codes[0], parted.poll, **voted))[1]["repeated"] is True
    assert (await phone.send(parted.codes[1], parted.poll, marks=voted["marks"]))[0] == 200
    await asyncio.to_thread(new.close)


async def test_what_waits_when_it_learns_of_the_takeover_is_not_told(parted: Parted) -> None:
    old, judge = parted.old, parted.judges[0]
    parted.cut(600.0)
    mine = await judge.give()
    appearance = ("R1", 1)
    await soon(lambda: "R1-1" in old.venue.state.appearances[appearance].sheets, "it is in the journal here")
    voting = asyncio.create_task(
        parted.phone(old).send(parted.codes[0], parted.poll, marks={"C001": {"": ["for"]}})
    )
    await soon(lambda: old.venue.polls.turnout(parted.poll)[""].cast == 1, "the paper is in the box here")
    exchanging = asyncio.create_task(
        asyncio.to_thread(ballot_hand.exchange, old, parted.poll, parted.codes[1])
    )
    new = await parted.promoted()
    assert judge.receipts == [] and not voting.done() and not exchanging.done()
    parted.there.mend()
    assert old.believe(proof_of(new.venue.state))
    status, said = await voting
    assert (status, said["code"]) == (409, "standby.superseded")
    with pytest.raises(Known, match=r"standby\.superseded_at"):
        await exchanging
    await soon(lambda: bool(judge.receipts), "the later host takes it")
    assert {at for at, _ in judge.receipts} == {2} and judge.refused == []
    assert new.venue.state.appearances[appearance].sheets["R1-1"].sub == mine
    await asyncio.to_thread(new.close)
