"""Papers of an open poll at the standby: «counted» is said when they are there, and they are all it takes to go on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from tests.ballots_world import (
    NAMES,
    PROCTOR,
    SCHEME,
    begin,
    close,
    grades,
    open_poll,
    paper,
    slips,
)
from tests.faults.hall import soon
from tests.lan.test_ballots import Phone
from tests.lan.test_standby_door import Spare
from tests.ports import free_port
from tests.waits import WAIT_S
from venue_app.base.errors import Known
from venue_app.base.ids import random_code
from venue_app.domain.ballot_entries import BallotPaper
from venue_app.host import ballot_hand
from venue_app.host.following import Follower, join_as_standby, promote
from venue_app.host.session import EventHost
from venue_app.journal.box import Box, Put, box_files, part_of
from venue_app.lan import messages as m
from venue_app.lan import role_messages as r
from venue_app.lan import standby_messages as s
from venue_app.lan.hold import Pairing
from venue_app.lan.link import base_url
from venue_app.lan.lockstep import Step
from venue_app.lan.tls import KeyPin
from venue_app.seal.keys import VenueKeys, load_or_create
from venue_app.state.places import STANDBY

FOR = {"C1": {"": ["for"]}}
NAMED = ("监督员甲", "公证员乙")


class Hall:
    """A host with an open network, phones, and a second laptop's folder."""

    def __init__(self, host: EventHost, http: aiohttp.ClientSession, home: Path) -> None:
        self.host, self.http, self.home = host, http, home
        self.file = home / "followed.venue"
        self.keys: VenueKeys = load_or_create(home / "keys-2")
        self.port = free_port()
        self.follower: Follower | None = None
        self.pairing: Pairing

    def phone(self, host: EventHost) -> Phone:
        assert host.server is not None and host.identity is not None
        return Phone(self.http, base_url("127.0.0.1", host.server.port), KeyPin(host.identity.key_sha256))

    async def join(self) -> Pairing:
        server = self.host.server
        assert server is not None
        link = self.host.joining_link(server.issue_code(STANDBY), "127.0.0.1")
        asked = asyncio.create_task(asyncio.to_thread(join_as_standby, link, "second"))
        await soon(lambda: bool(server.wishes()), "the second laptop asks to be let in")
        server.decide(server.wishes()[0].id, True)
        self.pairing = await asked
        return self.pairing

    async def follow(self) -> Follower:
        """Follow until the host's answers wait for it."""
        url = f"https://127.0.0.1:{self.port}"
        follower = await asyncio.to_thread(Follower, self.pairing, self.file, self.keys, [url])
        self.follower = follower
        await soon(lambda: follower.status.in_step and follower.status.named, "the standby is in step")
        return follower

    async def leave(self) -> None:
        if self.follower is not None:
            await asyncio.to_thread(self.follower.close)
            self.follower = None

    async def do(self, work: Callable[..., Any], *args: Any, **more: Any) -> Any:
        return await asyncio.to_thread(work, *args, **more)


@pytest_asyncio.fixture(loop_scope="module")
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    keys = load_or_create(tmp_path / "keys-1")
    made = EventHost.create(tmp_path / "e.venue", title="测评会", mode="rehearsal", scheme=SCHEME, keys=keys)
    begin(made.venue)
    await asyncio.to_thread(made.start_lan, "127.0.0.1", 0)
    async with aiohttp.ClientSession() as http:
        found = Hall(made, http, tmp_path)
        await found.join()
        yield found
        await found.leave()
    await asyncio.to_thread(made.close)


@asynccontextmanager
async def follower(hall: Hall) -> AsyncIterator[Spare]:
    """A standby by hand that has asked for everything from the beginning."""
    server, identity = hall.host.server, hall.host.identity
    assert server is not None and identity is not None
    async with hall.http.ws_connect(
        f"{base_url('127.0.0.1', server.port)}/ws/standby",
        ssl=KeyPin(identity.key_sha256),
        max_msg_size=1 << 26,
    ) as ws:
        spare = Spare(ws)
        await ws.send_str(m.encode(m.Hello(token=hall.pairing.token, version=m.VERSION)).decode())
        await spare.hear(r.Placed)
        await ws.send_str(m.encode(r.Follow(size=0, root="")).decode())
        yield spare


def content(event: Path, poll: str) -> tuple[list[bytes], list[int]]:
    """What a closed box holds: papers, states of slips."""
    box = Box(event, poll)
    try:
        return box.papers(), [box.state(slip) for slip in range(box.slips)]
    finally:
        box.close()


async def test_the_box_there_is_the_box_here(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    """Cast, typed in, taken out again, exchanged; before it followed, while it follows, and while it was away."""
    venue, phone = hall.host.venue, hall.phone(hall.host)
    polls = venue.polls
    poll = await hall.do(open_poll, venue, "decide")
    codes = await hall.do(slips, venue, poll, 90, "", papers=5)
    typed = [paper({"C2": {"": ("against",)}}, "") for _ in range(3)]

    async def counted(*some: str) -> None:
        for slip in some:
            status, said = await phone.send(slip, poll, FOR)
            assert status == 200 and said["repeated"] is False

    await counted(*codes[:70])  # more than one group when it is copied
    await hall.do(polls.enter, poll, typed[:2])
    with caplog.at_level(logging.DEBUG):
        await hall.follow()
        await counted(*codes[70:75])
        await hall.do(polls.exchange, poll, codes[80])
        await hall.do(polls.withdraw, poll, typed[0].code)
        more = await hall.do(slips, venue, poll, 4, "")
        await counted(more[3])
    assert "against" not in caplog.text and codes[70] not in caplog.text
    await hall.leave()
    await soon(lambda: hall.host.standby is not None and hall.host.standby.step is Step.LOST, "it is missed")
    await counted(*codes[75:80])
    await hall.do(polls.withdraw, poll, typed[1].code)
    await hall.do(polls.enter, poll, typed[2:])
    await hall.do(polls.exchange, poll, codes[81])
    await hall.follow()
    await counted(more[2])
    await hall.leave()
    await hall.do(hall.host.close)

    here, there = content(hall.host.venue.path, poll), content(hall.file, poll)
    assert here == there
    bodies, states = there
    assert len(bodies) == 83 and sum(b'"against"' in body for body in bodies) == 1
    assert len(states) == 94 and states.count(1) == 82 and states.count(2) == 2
    assert not any(path.exists() for path in box_files(hall.file, part_of(poll)))


async def test_counted_is_said_when_the_standby_has_the_paper(hall: Hall) -> None:
    """By hand: the paper is at the standby's door, and the voter hears nothing until it says that it is safe."""
    venue, phone, server = hall.host.venue, hall.phone(hall.host), hall.host.server
    assert server is not None
    poll = await hall.do(open_poll, venue, "decide")
    slip, other = await hall.do(slips, venue, poll, 2, "")
    server._hub.lockstep._patience_s = 600.0
    async with follower(hall) as spare:
        told = await spare.hear(s.Papers)
        assert spare.size == venue.state.size, "papers come after the entries they rest on"
        assert (told.poll, told.whole, told.put) == (poll, True, ())
        await spare.have()
        end = await spare.hear(s.Papers)
        assert end.poll == "" and server.standby().step is Step.CATCHING_UP
        await spare.keep()
        await soon(lambda: server.standby().step is Step.IN_STEP, "in step")

        mine = random_code(12)
        sending = asyncio.create_task(phone.send(slip, poll, FOR, code=mine))
        told = await spare.hear(s.Papers)
        assert (told.poll, told.whole, told.used) == (poll, False, (0,)) or told.used == (1,)
        assert len(told.put) == 1 and mine.encode() in told.put[0]
        assert len(told.put[0]) % 1024 == 1024 - 36, "filled up: its length says nothing"
        looking = asyncio.create_task(phone.ask("open", slip=slip))
        again = asyncio.create_task(phone.send(slip, poll, FOR, code=mine))
        status, said = await phone.ask("open", slip=other)
        assert status == 200 and said["forms"][0]["state"] == "open", "others are not held up"
        assert venue.polls.turnout(poll)[""].cast == 1, "it is in the box here"
        assert not sending.done() and not looking.done() and not again.done()
        await spare.ws.send_str(m.encode(s.Safe(number=told.number)).decode())
        assert await sending == (200, {"counted": mine, "repeated": False})
        assert (await again)[1]["repeated"] is True
        assert (await looking)[1]["forms"][0]["state"] == "used"

        await spare.ws.send_str(m.encode(s.Safe(number=told.number + 1)).decode())
        assert (await spare.hear(m.Refused)).code == "lan.malformed", "nobody has what was never sent"


@asynccontextmanager
async def by_hand(hall: Hall) -> AsyncIterator[Spare]:
    """A standby in step that acknowledges only when told to."""
    server = hall.host.server
    assert server is not None
    async with follower(hall) as spare:
        await spare.follow(hall.host.venue.state.size)
        await spare.have()
        while (await spare.hear(s.Papers)).poll:
            pass
        await spare.keep()
        await soon(lambda: server.standby().step is Step.IN_STEP, "in step")
        yield spare


async def test_what_the_proctor_does_with_a_box_is_done_when_the_standby_has_it(hall: Hall) -> None:
    """Exchange, typing in, taking out again, slips and the close: nothing of it is told before."""
    host, venue, server = hall.host, hall.host.venue, hall.host.server
    assert server is not None
    poll = await hall.do(open_poll, venue, "decide")
    (slip,) = await hall.do(slips, venue, poll, 1, "")
    typed = paper({"C1": {"": ("for",)}}, "")
    server._hub.lockstep._patience_s = 600.0
    async with by_hand(hall) as spare:

        async def papers_wait(doing: asyncio.Task[Any]) -> Any:
            told = await spare.hear(s.Papers)
            await soon(lambda: server._hub.lockstep._papers._heap != [], "it waits")
            assert not doing.done()
            await spare.ws.send_str(m.encode(s.Safe(number=told.number)).decode())
            return await doing

        async def entries_wait(doing: asyncio.Task[Any]) -> Any:
            await spare.hear(r.Entries)
            await soon(lambda: server._hub.lockstep._entries._heap != [], "it waits")
            assert not doing.done()
            await spare.have()
            return await doing

        def begin_to(work: Callable[..., Any], *args: Any) -> asyncio.Task[Any]:
            return asyncio.create_task(hall.do(work, host, *args))

        assert await papers_wait(begin_to(ballot_hand.exchange, poll, slip)) == ""
        assert await papers_wait(begin_to(ballot_hand.enter, poll, [typed])) == 1
        taking = begin_to(ballot_hand.withdraw, PROCTOR, poll, typed.code, "录错", NAMED[0])
        await spare.hear(r.Entries)
        told = await spare.hear(s.Papers)
        await spare.have()
        await soon(lambda: server._hub.lockstep._papers._heap != [], "the record alone is not enough")
        assert not taking.done()
        await spare.ws.send_str(m.encode(s.Safe(number=told.number)).decode())
        await taking
        sheet = hall.home / "slips.pdf"
        await entries_wait(begin_to(ballot_hand.issue, PROCTOR, [poll], "", 2, sheet))
        assert sheet.exists()

        await hall.do(close, venue, poll)  # the record; whoever shows the count to a witness waits
        await entries_wait(asyncio.create_task(hall.do(host.until_safe)))
    assert host.standby_warning is None


async def test_a_standby_that_is_lost_holds_the_proctor_up_no_longer_than_its_patience(hall: Hall) -> None:
    host, venue, server = hall.host, hall.host.venue, hall.host.server
    assert server is not None
    poll = await hall.do(open_poll, venue, "decide")
    (slip,) = await hall.do(slips, venue, poll, 1, "")
    async with by_hand(hall) as spare:
        doing = asyncio.create_task(hall.do(ballot_hand.exchange, host, poll, slip))
        await spare.hear(s.Papers)
    assert await doing == ""
    warning = host.standby_warning
    assert warning is not None and warning.code == "standby.lost"
    assert await hall.do(ballot_hand.enter, host, poll, [paper({"C1": {"": ("for",)}}, "")]) == 1, (
        "nobody waits for it now"
    )


async def test_a_network_closed_meanwhile_holds_nobody_up(hall: Hall) -> None:
    host, venue, server = hall.host, hall.host.venue, hall.host.server
    assert server is not None
    poll = await hall.do(open_poll, venue, "decide")
    (slip,) = await hall.do(slips, venue, poll, 1, "")
    server._hub.lockstep._patience_s = 600.0
    async with by_hand(hall) as spare:
        doing = asyncio.create_task(hall.do(ballot_hand.exchange, host, poll, slip))
        await spare.hear(s.Papers)
        await soon(lambda: server._hub.lockstep._papers._heap != [], "it waits")
        await hall.do(host.stop_lan)
        assert await doing == ""
    await hall.do(host.until_safe)


async def test_a_box_cut_short_while_it_is_copied_is_a_missing_one(hall: Hall) -> None:
    venue, phone = hall.host.venue, hall.phone(hall.host)
    poll = await hall.do(open_poll, venue, "decide")
    (slip,) = await hall.do(slips, venue, poll, 1, "")
    await phone.send(slip, poll, FOR)
    await hall.follow()
    await hall.leave()
    for path, part in zip(box_files(hall.file, poll), box_files(hall.file, part_of(poll)), strict=True):
        path.rename(part)  # as if the laptop had died before all of it was there
    await hall.do(hall.host.close)
    new = await hall.do(promote, hall.file, hall.keys, reason="断电", names=NAMED)
    try:
        assert new.venue.polls.lost(new.venue.state) == (poll,)
    finally:
        await hall.do(new.close)


async def test_a_box_that_missed_much_is_not_left_half_mended(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full between two groups: the standby keeps the box it had, no slip used without its paper."""
    venue, phone = hall.host.venue, hall.phone(hall.host)
    poll = await hall.do(open_poll, venue, "decide")
    codes = await hall.do(slips, venue, poll, 75, "")
    await phone.send(codes[0], poll, FOR)
    await hall.follow()
    await hall.leave()
    had = content(hall.file, poll)
    assert len(had[0]) == 1 and had[1].count(1) == 1
    await soon(lambda: hall.host.standby is not None and hall.host.standby.step is Step.LOST, "it is missed")
    for code in codes[1:]:
        assert (await phone.send(code, poll, FOR))[0] == 200

    whole, groups = Box.put, []

    def put(box: Box, group: list[Put], *durable: Callable[[], None]) -> None:
        if box._papers_path.name.startswith(hall.file.name):
            groups.append(len(group))
            if len(groups) == 2:
                raise Known("journal.disk_full", file=box._papers_path.name)
        whole(box, group, *durable)

    with monkeypatch.context() as full:
        full.setattr(Box, "put", put)
        url = f"https://127.0.0.1:{hall.port}"
        follower = await hall.do(Follower, hall.pairing, hall.file, hall.keys, [url])
        hall.follower = follower
        await soon(lambda: follower.status.fault is not None, "its disk is full")
        assert follower.status.fault.code == "journal.disk_full" and not follower.status.in_step
        await hall.leave()
    assert groups == [64, 11]
    assert content(hall.file, poll) == had

    await hall.follow()
    await hall.leave()
    await hall.do(hall.host.close)
    assert content(hall.file, poll) == content(venue.path, poll)
    assert sorted(path.name for path in hall.home.glob("followed.venue.*")) == sorted(
        path.name for path in box_files(hall.file, poll)
    )


async def test_after_a_takeover_the_vote_goes_on(hall: Hall) -> None:
    venue, phone = hall.host.venue, hall.phone(hall.host)
    poll = await hall.do(open_poll, venue)
    leaders = await hall.do(slips, venue, poll, 2, "leaders")
    staff = await hall.do(slips, venue, poll, 3, "staff", papers=1)
    await hall.follow()
    assert hall.host.server is not None
    hall.host.server._hub.lockstep._patience_s = WAIT_S  # «counted» is to mean that it is there
    first = random_code(12)
    assert (await phone.send(leaders[0], poll, grades(*["优秀"] * 6), code=first))[0] == 200
    assert (await phone.send(staff[0], poll, grades(*["称职"] * 6)))[0] == 200
    await hall.do(venue.polls.exchange, poll, staff[1])
    on_paper: BallotPaper = paper(grades(*["不称职"] * 6), "staff")
    await hall.do(venue.polls.enter, poll, [on_paper])
    before = venue.polls.turnout(poll)
    follower = hall.follower
    assert follower is not None
    await soon(lambda: follower.status.in_step, "in step")
    await phone.send(leaders[0], poll, grades(*["优秀"] * 6), code=first)  # all before it is there, too
    await hall.do(hall.host.stop_lan)
    await hall.leave()

    new = await hall.do(promote, hall.file, hall.keys, reason="断电", names=NAMED)
    try:
        await hall.do(new.start_lan, "127.0.0.1", hall.port)
        phone = hall.phone(new)
        assert new.venue.polls.turnout(poll) == before
        again = await phone.send(leaders[0], poll, grades(*["优秀"] * 6), code=first)
        assert again == (200, {"counted": first, "repeated": True})
        for slip, code in ((leaders[0], "ballots.slip_used"), (staff[1], "ballots.slip_on_paper")):
            assert (await phone.send(slip, poll))[1]["code"] == code
        assert (await phone.send(staff[2], poll, grades(*["基本称职"] * 6)))[0] == 200
        assert await hall.do(new.venue.polls.enter, poll, [on_paper]) == 0
        await hall.do(close, new.venue, poll, tellers=NAMED)
        votes = new.venue.state.polls[poll].tallies
        assert {c: votes[c].votes[NAMES[0]]["德"] for c in ("leaders", "staff")} == {
            "leaders": {"优秀": 1},
            "staff": {"称职": 1, "基本称职": 1, "不称职": 1},
        }
        assert len(new.venue.state.polls[poll].used) == 3
    finally:
        await hall.do(new.close)
