"""The laptop's program killed while people vote; its standby is promoted, the vote goes on, and the tally is what was said."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import aiohttp
import pytest

from tests.ballots_world import SCHEME, begin, close, open_poll, slips
from tests.faults.hall import Laptop, soon
from tests.lan.test_ballots import Phone
from tests.ports import free_port
from venue_app.base.ids import random_code
from venue_app.host.following import Follower, join_as_standby, promote
from venue_app.host.session import EventHost
from venue_app.lan.link import base_url, read_link
from venue_app.lan.tls import KeyPin
from venue_app.seal.keys import load_or_create

VOTERS = 60
ANSWERS = ("for", "against", "abstain")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
async def test_the_tally_on_the_standby_is_what_was_acknowledged(tmp_path: Path) -> None:
    event = tmp_path / "e.venue"
    host = EventHost.create(event, title="测评会", mode="rehearsal", scheme=SCHEME)
    begin(host.venue)
    poll = open_poll(host.venue, "decide")
    codes = slips(host.venue, poll, VOTERS, "")
    host.close()
    laptop, keys = Laptop(event), load_or_create(tmp_path / "keys-2")
    await laptop.start()
    link = read_link((await laptop.do("standby", places=["standby"]))["standby"])
    assert link.pin is not None
    port = free_port()
    follower = await asyncio.to_thread(
        Follower,
        await asyncio.to_thread(join_as_standby, link, "second"),
        tmp_path / "followed.venue",
        keys,
        [f"https://127.0.0.1:{port}"],
    )
    await soon(lambda: follower.status.in_step and follower.status.named, "in step")
    papers = {slip: (random_code(12), ANSWERS[at % 3]) for at, slip in enumerate(codes)}
    told: set[str] = set()

    async with aiohttp.ClientSession() as http:

        async def vote(phone: Phone, slip: str) -> bool:
            code, answer = papers[slip]
            marks = {"C1": {"": [answer]}}
            status, said = await phone.send(slip, poll, marks, code=code)
            assert (status, said["counted"]) == (200, code)
            told.add(code)
            return bool(said["repeated"])

        old = Phone(http, base_url("127.0.0.1", laptop.port), KeyPin(link.pin))
        voting = [asyncio.create_task(vote(old, slip)) for slip in codes[: VOTERS // 2]]
        await soon(lambda: len(told) >= 5, "people vote")
        laptop.kill()
        ended = await asyncio.gather(*voting, return_exceptions=True)
        assert all(end is False or isinstance(end, aiohttp.ClientError) for end in ended)
        before = set(told)
        await asyncio.to_thread(follower.close)
        new = await asyncio.to_thread(promote, follower.path, keys, reason="断电", names=("甲", "乙"))
        server = await asyncio.to_thread(new.start_lan, "127.0.0.1", port)
        assert new.identity is not None
        there = Phone(http, base_url("127.0.0.1", server.port), KeyPin(new.identity.key_sha256))
        for slip in codes:
            repeated = await vote(there, slip)
            assert repeated or papers[slip][0] not in before, "what was counted is counted already"
        assert (await there.send(codes[0], poll, {}))[1]["code"] == "ballots.slip_used"
    await asyncio.to_thread(close, new.venue, poll)
    found = new.venue.state.polls[poll]
    await asyncio.to_thread(new.close)
    assert {paper.code for paper in found.papers} == told and len(found.papers) == VOTERS
    assert {a: found.tallies[""].votes["C1"][""][a] for a in ANSWERS} == dict.fromkeys(ANSWERS, 20)
