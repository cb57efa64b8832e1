"""The voters' door over real TLS: look, send, send again, find; nothing said or logged that it need not be."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from tests.ballots_world import EVENT, NAMES, PROCTOR, close, grades, open_poll, opened, slips
from venue_app.base.ids import random_code
from venue_app.domain import ballot_commands as c
from venue_app.lan.ballot_routes import WrongCodes
from venue_app.lan.hosting import Hosting
from venue_app.lan.link import base_url
from venue_app.lan.server import LanServer
from venue_app.lan.tls import KeyPin, server_context
from venue_app.seal.certificates import TlsIdentity
from venue_app.venue import Venue
from venue_app.venue.ballots import slip_digest


class Phone:
    """A voter's browser, without the page."""

    def __init__(self, http: aiohttp.ClientSession, url: str, pin: KeyPin) -> None:
        self._http, self._url, self._pin = http, url, pin

    async def ask(self, path: str, **body: Any) -> tuple[int, Any]:
        async with self._http.post(f"{self._url}/b/{path}", json=body, ssl=self._pin) as answer:
            return answer.status, await answer.json()

    async def get(self, path: str) -> tuple[int, bytes]:
        async with self._http.get(f"{self._url}{path}", ssl=self._pin) as answer:
            return answer.status, await answer.read()

    async def send(self, slip: str, poll: str, marks: Any = None, **more: Any) -> tuple[int, Any]:
        given = {"code": random_code(12), "marks": marks if marks is not None else grades(*["优秀"] * 6)}
        return await self.ask("send", **{"slip": slip, "poll": poll, **given, **more})


@pytest_asyncio.fixture(loop_scope="module")
async def hall(tmp_path: Path, identity: TlsIdentity) -> AsyncIterator[tuple[Venue, Phone]]:
    venue = opened(tmp_path / "event.venue")
    context = server_context(identity.chain, identity.key)
    server = LanServer(venue, context, key=identity.key_sha256, polls=venue.polls)
    port = await server.start("127.0.0.1", 0)
    async with aiohttp.ClientSession() as http:
        yield venue, Phone(http, base_url("127.0.0.1", port), KeyPin(identity.key_sha256))
    await server.stop()
    venue.close()


async def test_a_slip_shows_its_paper(hall: tuple[Venue, Phone]) -> None:
    venue, phone = hall
    poll = open_poll(venue)
    (code,) = slips(venue, poll, 1)
    status, said = await phone.ask("open", slip=f"{code[:4]}-{code[4:8].lower()}-{code[8:]}", language="en")
    assert status == 200 and said["title"] == "测评会" and said["rehearsal"]
    (form,) = said["forms"]
    assert (form["poll"], form["kind"], form["state"], form["voter_class"]) == (
        poll,
        "grades",
        "open",
        "职工",
    )
    assert [n["name"] for n in form["names"]] == ["王甲", "李乙", "张丙"]
    assert [i["id"] for i in form["items"]] == ["德", "能"] and len(form["answers"]) == 4


async def test_counted_once_however_often_it_is_sent(hall: tuple[Venue, Phone]) -> None:
    venue, phone = hall
    poll = open_poll(venue)
    slip, _ = slips(venue, poll, 2)
    mine = random_code(12)
    first = await phone.send(slip, poll, code=mine)
    again = await phone.send(slip, poll, code=mine)
    assert first == (200, {"counted": mine, "repeated": False})
    assert again == (200, {"counted": mine, "repeated": True})
    status, said = await phone.send(slip, poll, language="en")
    assert status == 409 and said["code"] == "ballots.slip_used" and "already" in said["text"]
    assert await phone.get("/b/turnout") == (
        200,
        (
            '{"title":"测评会","rehearsal":"rehearsal",'
            '"polls":[{"poll":"V1","title":"民主测评","place":"","voted":1,"issued":2}],'
            f'"event":"{venue.state.event.event}","epoch":1,"standby":[]}}'
        ).encode(),
    )


async def test_both_at_once_with_one_slip(hall: tuple[Venue, Phone]) -> None:
    venue, phone = hall
    poll = open_poll(venue)
    (slip,) = slips(venue, poll, 1)
    answers = await asyncio.gather(*(phone.send(slip, poll) for _ in range(8)))
    assert sorted(status for status, _ in answers) == [200] + [409] * 7
    close(venue, poll)
    assert len(venue.state.polls[poll].papers) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"marks": {"C9": {"德": ["优秀"]}}},
        {"marks": {"C1": {"美": ["优秀"]}}},
        {"marks": {"C1": {"德": ["很好"]}}},
        {"marks": {"C1": {"德": "优秀"}}},
        {"others": ["丁某"]},
        {"code": "short"},
        {"code": "十二个汉字不是查票码的字母"},
        {"extra": 1},
    ],
)
async def test_what_is_no_paper_is_refused(hall: tuple[Venue, Phone], change: dict[str, Any]) -> None:
    venue, phone = hall
    poll = open_poll(venue)
    (slip,) = slips(venue, poll, 1)
    status, said = await phone.send(slip, poll, **change)
    assert status == 409 and said["code"] == "ballots.bad_paper"
    assert (await phone.send(slip, poll))[0] == 200


async def test_a_void_paper_is_asked_about_first(hall: tuple[Venue, Phone]) -> None:
    venue, phone = hall
    poll = open_poll(venue, "choose")
    (slip,) = slips(venue, poll, 1, "")
    three = {name: {"": ["for"]} for name in NAMES}  # of at most two
    assert await phone.send(slip, poll, three) == (200, {"void": True})
    assert venue.polls.turnout(poll)[""].cast == 0
    status, said = await phone.send(slip, poll, three, void=True)
    assert status == 200 and said["repeated"] is False
    close(venue, poll)
    assert venue.state.polls[poll].tallies[""].void == 1


async def test_after_the_close_everybody_finds_their_paper(hall: tuple[Venue, Phone]) -> None:
    venue, phone = hall
    poll = open_poll(venue)
    slip, late = slips(venue, poll, 2)
    mine = random_code(12)
    await phone.send(slip, poll, grades("优秀", "称职"), code=mine)
    assert (await phone.ask("find", code=mine))[1]["code"] == "ballots.not_published"
    assert (await phone.get(f"/b/papers/{poll}.csv"))[0] == 404
    await asyncio.to_thread(close, venue, poll)
    status, said = await phone.ask("find", code=mine.lower())
    assert status == 200 and said["marks"] == {"C1": {"德": ["优秀"], "能": ["称职"]}}
    assert (await phone.ask("find", code=random_code(12)))[1]["code"] == "ballots.paper_unknown"
    assert (await phone.send(late, poll))[1]["code"] == "ballots.not_open"
    status, table = await phone.get(f"/b/papers/{poll}.csv")
    head, row, end = table.decode("utf-8-sig").split("\r\n")
    assert head.startswith("code,class,王甲 德,王甲 能,李乙 德") and end == ""
    assert row == f"{mine},staff,优秀,称职,,,,,,"


async def test_names_written_in_are_no_formula(hall: tuple[Venue, Phone]) -> None:
    venue, phone = hall
    poll = open_poll(venue, "choose")
    (slip,) = slips(venue, poll, 1, "")
    await phone.send(slip, poll, {}, others=["=1+1"])
    await asyncio.to_thread(close, venue, poll)
    assert b"'=1+1" in (await phone.get(f"/b/papers/{poll}.csv"))[1]


async def test_guessing_is_not_listened_to_for_long(hall: tuple[Venue, Phone]) -> None:
    venue, phone = hall
    poll = open_poll(venue)
    (slip,) = slips(venue, poll, 1)
    codes = {(await phone.ask("open", slip=random_code(12)))[1]["code"] for _ in range(100)}
    assert codes == {"ballots.slip_unknown"}
    status, said = await phone.ask("open", slip=slip)
    assert status == 429 and said["code"] == "ballots.too_many_guesses"


def test_wrong_codes_are_forgotten_after_five_minutes() -> None:
    wrong = WrongCodes()
    for _ in range(100):
        wrong.wrong("10.0.0.1", 0.0)
    with pytest.raises(Exception, match=r"ballots\.too_many_guesses"):
        wrong.admit("10.0.0.1", 299.0)
    wrong.admit("10.0.0.2", 299.0)
    wrong.admit("10.0.0.1", 301.0)


async def test_nothing_of_a_vote_is_logged(
    hall: tuple[Venue, Phone], caplog: pytest.LogCaptureFixture
) -> None:
    venue, phone = hall
    with caplog.at_level(logging.DEBUG):
        poll = open_poll(venue)
        slip, _ = slips(venue, poll, 2)
        mine = random_code(12)
        await phone.ask("open", slip=slip)
        await phone.send(slip, poll, code=mine)
        await phone.send(slip, poll)
        await phone.ask("find", code=mine)
        await asyncio.to_thread(close, venue, poll)
    for secret in (slip, mine, slip_digest(EVENT, slip), "优秀"):
        assert secret not in caplog.text


async def test_a_foreign_page_cannot_vote(hall: tuple[Venue, Phone]) -> None:
    venue, phone = hall
    poll = open_poll(venue)
    (slip,) = slips(venue, poll, 1)
    async with phone._http.post(
        f"{phone._url}/b/open",
        json={"slip": slip},
        ssl=phone._pin,
        headers={"Origin": "https://evil.example"},
    ) as answer:
        assert answer.status == 403
    async with phone._http.post(f"{phone._url}/b/open", data=b"slip", ssl=phone._pin) as answer:
        assert answer.status == 409


async def test_a_large_paper_fits_and_a_huge_one_does_not(hall: tuple[Venue, Phone]) -> None:
    venue, phone = hall
    poll = open_poll(venue)
    (slip,) = slips(venue, poll, 1)
    status, _ = await phone.send(slip, poll, code="x" * 100_000)
    assert status == 409
    async with phone._http.post(
        f"{phone._url}/b/send",
        data=b" " * 300_000,
        ssl=phone._pin,
        headers={"Content-Type": "application/json"},
    ) as answer:
        assert answer.status == 413
    assert (await phone.send(slip, poll))[0] == 200


async def test_two_papers_by_one_slip(hall: tuple[Venue, Phone]) -> None:
    venue, phone = hall
    first, second = open_poll(venue), open_poll(venue, "decide")
    (slip,) = slips(venue, first, 1)
    venue.ask(c.IssueSlips(poll=second, voter_class="", digests=(slip_digest(EVENT, slip),)), PROCTOR)
    await phone.send(slip, first)
    _, said = await phone.ask("open", slip=slip)
    assert [(f["poll"], f["state"]) for f in said["forms"]] == [(first, "used"), (second, "open")]
    assert (await phone.send(slip, second, {"C1": {"": ["against"]}}))[0] == 200


def test_the_doors_speak_tls_only(identity: TlsIdentity) -> None:
    context = server_context(identity.chain, identity.key)
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2


async def test_where_a_standby_took_over_no_paper_is_counted_any_more(
    tmp_path: Path, identity: TlsIdentity
) -> None:
    venue = opened(tmp_path / "superseded.venue")
    poll = await asyncio.to_thread(open_poll, venue)
    (slip,) = await asyncio.to_thread(slips, venue, poll, 1)
    context = server_context(identity.chain, identity.key)
    earlier = Hosting(challenged=lambda _proof: True)
    server = LanServer(venue, context, key=identity.key_sha256, polls=venue.polls, hosting=earlier)
    port = await server.start("127.0.0.1", 0)
    async with aiohttp.ClientSession() as http:
        phone = Phone(http, base_url("127.0.0.1", port), KeyPin(identity.key_sha256))
        for status, said in (await phone.ask("open", slip=slip), await phone.send(slip, poll)):
            assert (status, said["code"]) == (409, "standby.superseded")
    assert all(one.cast == 0 for one in venue.polls.turnout(poll).values())
    await server.stop()
    venue.close()
