"""The server over real TLS sockets: joining, roles, receipts, and those who mean harm."""

from __future__ import annotations

import asyncio
import json
import secrets
import ssl
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest

from tests import world
from tests.lan.conftest import Laptop, Recorder, heard, soon
from tests.waits import WAIT_S
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.lan import messages as m
from venue_app.lan.client import Link, Refusal, join
from venue_app.lan.limits import GuessLimits, Limits
from venue_app.lan.pairing import device_id
from venue_app.seal.certificates import TlsIdentity
from venue_app.venue import Venue


def asked(code: str, **changes: Any) -> bytes:
    body = {
        "code": code,
        "token": secrets.token_hex(32),
        "device_name": "平板 1",
        "version": 1,
        "language": "zh-CN",
        "public_key": world.KEY.public,
    }
    return json.dumps({**body, **changes}).encode()


def sheet(seat: str = "R1-1", lot: int = 1, **changes: Any) -> m.Sheet:
    full: dict[str, Any] = {
        "id": secrets.token_hex(16),
        "event": "e" * 32,
        "seat": seat,
        "room": "R1",
        "lot": lot,
        "marks": world.MARKS,
    }
    made = m.Sheet(**{**full, **changes})
    return made if "signature" in changes else m.signed(made, world.KEY)


async def say(ws: aiohttp.ClientWebSocketResponse, message: Any) -> None:
    await ws.send_str(m.encode(message).decode())


async def seated(laptop: Laptop, seat: str) -> tuple[aiohttp.ClientWebSocketResponse, str]:
    """A bare connection that holds a seat, and its token."""
    code = laptop.server.issue_code(seat).code
    pairing = await join(laptop.link(code), "raw", http=laptop.http, key=world.KEY)
    ws = await laptop.raw(pairing.token)
    await heard(ws, m.Welcome)
    return ws, pairing.token


# ---- joining ----


async def test_joining_journals_the_digest_of_the_token_and_nothing_more(
    laptop: Laptop, venue: Venue
) -> None:
    code = laptop.server.issue_code("R1-3")
    token = secrets.token_hex(32)
    status, body = await laptop.post_join(asked(code.shown, token=token))
    assert status == 200
    reply = msgspec.json.decode(body, type=m.JoinReply)
    assert (reply.seat, reply.number, reply.room_title, reply.mode) == ("R1-3", 3, "第1组", "rehearsal")
    assert venue.state.stations["R1-3"].device == device_id(token)
    assert venue.state.stations["R1-3"].device_name == "平板 1"
    assert token.encode() not in venue.path.read_bytes()


async def test_asking_again_with_the_same_token_is_harmless(laptop: Laptop, venue: Venue) -> None:
    body = asked(laptop.server.issue_code("R1-3").code)
    first = await laptop.post_join(body)
    size = venue.state.size
    assert await laptop.post_join(body) == first
    assert venue.state.size == size


async def test_a_taken_seat_names_the_device_and_keeps_the_code(laptop: Laptop, venue: Venue) -> None:
    await laptop.post_join(asked(laptop.server.issue_code("R1-3").code, device_name="旧平板"))
    code = laptop.server.issue_code("R1-3").code
    status, body = await laptop.post_join(asked(code, device_name="新平板"))
    fault = msgspec.json.decode(body, type=m.Fault)
    assert (status, fault.code) == (403, "venue.seat_taken")
    assert "旧平板" in fault.text
    await asyncio.wrap_future(venue.submit(c.ReleaseStation(seat="R1-3", reason="坏了"), world.PROCTOR))
    status, _ = await laptop.post_join(asked(code, device_name="新平板"))
    assert status == 200
    assert venue.state.stations["R1-3"].device_name == "新平板"


async def test_wrong_codes_are_refused_and_then_not_even_heard(laptop: Laptop, venue: Venue) -> None:
    right = laptop.server.issue_code("R1-3").code
    for _ in range(5):
        status, body = await laptop.post_join(asked("ZZZ-ZZZ"))
        assert (status, json.loads(body)["code"]) == (403, "lan.code_wrong")
    status, body = await laptop.post_join(asked(right))
    assert (status, json.loads(body)["code"]) == (429, "lan.too_many_guesses")
    assert venue.state.stations == {}


async def test_a_refusal_speaks_the_language_of_the_device(laptop: Laptop) -> None:
    _, body = await laptop.post_join(asked("ZZZ-ZZZ", language="en"))
    assert "joining code is not right" in json.loads(body)["text"]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"{", {}),
        (b"[" * 4000, {}),
        (asked("ABCDEF", extra=1), {}),
        (asked("ABCDEF", token="x"), {}),
        (asked("ABCDEF", device_name=""), {}),
        (asked("ABCDEF"), {"Content-Type": "text/plain"}),
    ],
)
async def test_what_is_no_request_to_join_is_refused(laptop: Laptop, body: bytes, headers: dict) -> None:
    status, answer = await laptop.post_join(body, **headers)
    assert (status, json.loads(answer)["code"]) == (400, "lan.bad_request")


async def test_a_body_too_large_is_refused(laptop: Laptop) -> None:
    status, _ = await laptop.post_join(asked("ABCDEF", device_name="x" * 10_000))
    assert status == 413


async def test_two_devices_with_one_code_at_once_give_one_seat(laptop: Laptop, venue: Venue) -> None:
    code = laptop.server.issue_code("R1-3").code
    answers = await asyncio.gather(*(laptop.post_join(asked(code)) for _ in range(4)))
    assert sorted(status for status, _ in answers) == [200, 403, 403, 403]
    assert len(venue.state.stations) == 1


async def test_codes_for_all_free_seats(laptop: Laptop) -> None:
    await laptop.seat("R1-1")
    codes = laptop.server.issue_codes()
    assert len(codes) == 33  # 2 rooms of 7, 20 observers, one seat taken
    assert "R1-1" not in {code.seat for code in codes}
    with pytest.raises(Known) as error:
        laptop.server.issue_code("R9-9")
    assert error.value.code == "venue.unknown_seat"


# ---- what a station sees ----


async def test_a_judge_follows_the_floor_by_lot(laptop: Laptop, venue: Venue) -> None:
    judge = await laptop.seat("R1-2")
    assert judge.welcome is not None
    assert [x.id for x in judge.welcome.criteria] == ["content", "language", "post", "response", "manner"]
    assert (judge.welcome.room, judge.welcome.number, judge.welcome.places) == ("R1", 2, 1)
    assert judge.view is not None
    assert judge.view.floor == ()
    await asyncio.to_thread(venue.ask, c.CallCandidate(room="R1", lot=2), world.PROCTOR)
    view = await judge.until(lambda v: bool(v.floor))
    assert (view.floor[0].lot, view.floor[0].mine, view.tasks) == (2, "closed", ())
    await asyncio.to_thread(venue.ask, c.StartStage(room="R1", stage="speech"), world.PROCTOR)
    view = await judge.until(lambda v: bool(v.tasks))
    assert [(t.room, t.lot, t.post, t.here) for t in view.tasks] == [("R1", 2, "文化局副局长", True)]
    clock = view.floor[0].clock
    assert clock is not None
    assert (clock.stage, clock.limit_ms, clock.running) == ("speech", 480_000, True)
    assert view.floor[0].awaited == (1, 2, 3, 4, 5, 6, 7)


async def test_other_rooms_do_not_reach_a_judge_but_all_reach_an_observer(
    laptop: Laptop, venue: Venue
) -> None:
    judge, observer = await laptop.seat("R1-1"), await laptop.seat("OBS-01")
    await asyncio.to_thread(world.on_floor, venue, "R2", 1)
    await asyncio.to_thread(world.on_floor, venue, "R1", 1)
    view = await observer.until(lambda v: len(v.tasks) == 2)
    assert {t.room for t in view.tasks} == {"R1", "R2"}
    mine = await judge.until(lambda v: bool(v.tasks))
    assert {t.room for t in mine.tasks} == {t.room for t in mine.floor} == {"R1"}


async def test_who_is_awaited_shrinks_and_marks_of_others_are_never_told(
    laptop: Laptop, venue: Venue
) -> None:
    judge = await laptop.seat("R1-1")
    await asyncio.to_thread(world.on_floor, venue)
    await asyncio.to_thread(world.send, venue, "R1-4", content="29.9")
    view = await judge.until(lambda v: bool(v.floor) and 4 not in v.floor[0].awaited)
    assert view.floor[0].awaited == (1, 2, 3, 5, 6, 7)
    assert b"29.9" not in m.encode(view)
    assert b"85.9" not in m.encode(view)


async def test_the_excused_see_so_and_have_no_task(laptop: Laptop, venue: Venue) -> None:
    judge = await laptop.seat("R1-3")
    await asyncio.to_thread(world.on_floor, venue)
    await judge.until(lambda v: bool(v.tasks))
    excuse = c.ExcuseSeat(room="R1", lot=1, seat="R1-3", kind="recused", reason="亲属")
    await asyncio.to_thread(venue.ask, excuse, world.PROCTOR)
    view = await judge.until(lambda v: not v.tasks)
    assert view.floor[0].mine == "excused"


async def test_a_view_that_says_nothing_new_is_not_sent(laptop: Laptop, venue: Venue) -> None:
    ws, _ = await seated(laptop, "R1-1")
    await heard(ws, m.View)
    observer = await laptop.seat("OBS-01")
    await asyncio.to_thread(world.on_floor, venue, "R2", 1)
    await observer.until(lambda v: bool(v.tasks))  # by now the judge of the other room would have heard
    await say(ws, m.Ping(t=1))
    async with asyncio.timeout(WAIT_S):
        assert isinstance(m.read_from_server((await ws.receive()).data), m.Pong)


# ---- sheets ----


async def test_a_sheet_gets_its_receipt_and_is_in_the_state(laptop: Laptop, venue: Venue) -> None:
    judge = await laptop.seat("R1-1")
    await asyncio.to_thread(world.on_floor, venue)
    receipt = await judge.send("R1", 1, world.MARKS)
    kept = venue.state.appearances[("R1", 1)].sheets["R1-1"]
    assert (receipt.code, receipt.total, receipt.at) == (kept.receipt, "80.0", kept.at)
    view = await judge.until(lambda v: bool(v.sent))
    assert (view.sent[0].code, view.sent[0].lot, view.tasks) == (receipt.code, 1, ())


async def test_the_receipt_brings_what_the_seat_sees_now_and_that_only_once(
    laptop: Laptop, venue: Venue
) -> None:
    ws, _ = await seated(laptop, "OBS-05")
    await asyncio.to_thread(world.on_floor, venue)
    while not (await heard(ws, m.View)).tasks:
        pass
    await say(ws, sheet("OBS-05", marks={"overall": "7"}))
    await heard(ws, m.Receipt)
    view = m.read_from_server((await ws.receive()).data)
    assert isinstance(view, m.View) and (view.sent_count, view.tasks) == (1, ())
    await asyncio.sleep(0.2)  # long after views are sent together
    await say(ws, m.Ping(t=1))
    assert isinstance(m.read_from_server((await ws.receive()).data), m.Pong)


async def test_an_observer_marks_in_every_room(laptop: Laptop, venue: Venue) -> None:
    observer = await laptop.seat("OBS-05")
    for room in ("R1", "R2"):
        await asyncio.to_thread(world.on_floor, venue, room, 1)
    for room in ("R1", "R2"):
        assert (await observer.send(room, 1, {"overall": "7"})).total == "7"
    assert venue.state.appearances[("R2", 1)].sheets["OBS-05"].total == "7"


async def test_the_same_sheet_twice_gets_the_same_receipt_and_changes_nothing(
    laptop: Laptop, venue: Venue
) -> None:
    ws, _ = await seated(laptop, "R1-1")
    await asyncio.to_thread(world.on_floor, venue)
    one = sheet()
    await say(ws, one)
    first = await heard(ws, m.Receipt)
    size = venue.state.size
    await say(ws, one)
    await say(ws, one)
    assert await heard(ws, m.Receipt) == first
    assert await heard(ws, m.Receipt) == first
    assert venue.state.size == size


async def test_the_receipt_waits_for_the_commit(venue: Venue, identity: TlsIdentity, laptop: Laptop) -> None:
    """With the owner of state holding its answer back, nothing but silence comes; then the receipt."""
    ws, token = await seated(laptop, "R1-1")
    await asyncio.to_thread(world.on_floor, venue)
    await laptop.server.stop()
    gate: Future[None] = Future()

    class Slow:
        state = property(lambda self: venue.state)
        clock = venue.clock
        listen = staticmethod(venue.listen)
        now = property(lambda self: venue.now)
        with_journal = staticmethod(venue.with_journal)
        kept = property(lambda self: venue.kept)

        @staticmethod
        def submit(command: Any, actor: Any, sub: str | None = None) -> Future[Any]:
            answer: Future[Any] = Future()
            done = venue.submit(command, actor, sub)
            gate.add_done_callback(lambda _: answer.set_result(done.result()))
            return answer

    laptop.venue = Slow()
    await laptop.start()
    ws = await laptop.raw(token)
    await heard(ws, m.Welcome)
    await say(ws, sheet())
    await say(ws, m.Ping(t=77))
    before: list[Any] = []
    while not any(isinstance(x, m.Pong) for x in before):
        async with asyncio.timeout(WAIT_S):
            before.append(m.read_from_server((await ws.receive()).data))
    assert not [x for x in before if isinstance(x, m.Receipt)]
    gate.set_result(None)
    assert (await heard(ws, m.Receipt)).total == "80.0"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"marks": {**world.MARKS, "content": "30.1"}}, "rules.mark_above"),
        ({"marks": {**world.MARKS, "content": "24.05"}}, "rules.mark_step"),
        ({"marks": {**world.MARKS, "content": "-1"}}, "venue.mark_not_a_number"),
        ({"marks": {**world.MARKS, "content": "NaN"}}, "venue.mark_not_a_number"),
        ({"marks": {**world.MARKS, "content": "1e1"}}, "venue.mark_not_a_number"),
        ({"marks": {**world.MARKS, "content": "２４"}}, "venue.mark_not_a_number"),
        ({"marks": {"content": "24.0"}}, "rules.mark_missing"),
        ({"marks": {**world.MARKS, "beauty": "1"}}, "rules.mark_unknown"),
        ({"lot": 99}, "venue.unknown_lot"),
        ({"lot": 2}, "venue.not_open_for_marks"),
        ({"room": "R2"}, "venue.not_your_room"),
        ({"seat": "R1-2"}, "lan.other_seat"),
        ({"event": "f" * 32}, "lan.other_event"),
    ],
)
async def test_a_hostile_sheet_is_refused_for_good(
    laptop: Laptop, venue: Venue, change: dict[str, Any], code: str
) -> None:
    ws, _ = await seated(laptop, "R1-1")
    await asyncio.to_thread(world.on_floor, venue)
    size = venue.state.size
    wrong = sheet(**change)
    await say(ws, wrong)
    refused = await heard(ws, m.Refused)
    assert (refused.code, refused.id, refused.final) == (code, wrong.id, True)
    assert refused.text
    assert venue.state.size == size
    await say(ws, sheet())  # and the honest one goes through on the same connection
    assert (await heard(ws, m.Receipt)).total == "80.0"


async def test_another_judges_sheet_id_cannot_be_taken_over(laptop: Laptop, venue: Venue) -> None:
    one, _ = await seated(laptop, "R1-1")
    two, _ = await seated(laptop, "R1-2")
    await asyncio.to_thread(world.on_floor, venue)
    mine = sheet()
    await say(one, mine)
    await heard(one, m.Receipt)
    await say(two, sheet("R1-2", id=mine.id))
    assert (await heard(two, m.Refused)).code == "venue.submission_reused"
    assert list(venue.state.appearances[("R1", 1)].sheets) == ["R1-1"]


async def test_a_second_sheet_for_the_same_lot_is_refused(laptop: Laptop, venue: Venue) -> None:
    judge = await laptop.seat("R1-1")
    await asyncio.to_thread(world.on_floor, venue)
    await judge.send("R1", 1, world.MARKS)
    with pytest.raises(Refusal) as error:
        await judge.send("R1", 1, {**world.MARKS, "content": "30.0"})
    assert error.value.code == "venue.sheet_already_in"
    assert venue.state.appearances[("R1", 1)].sheets["R1-1"].total == "80.0"


# ---- presence, calls, release ----


async def test_presence_follows_the_device(laptop: Laptop) -> None:
    told: list[tuple[str, bool]] = []
    laptop.server.on_presence(lambda p: told.append((p.seat, p.connected)))
    judge = await laptop.seat("R1-1")
    assert laptop.server.presence()["R1-1"].connected
    await soon(lambda: laptop.server.presence()["R1-1"].rtt is not None)
    known = laptop.server.presence()["R1-1"]
    assert (known.device_name, known.address) == ("tablet R1-1", "127.0.0.1")
    assert known.client.startswith("venue-app")
    await judge.close()
    await soon(lambda: not laptop.server.presence()["R1-1"].connected)
    assert ("R1-1", True) in told
    assert told[-1] == ("R1-1", False)
    assert known.silent_ms((known.heard or 0) + 12_000) == 12_000


async def test_a_judge_calls_the_proctor_and_hears_that_it_was_answered(laptop: Laptop) -> None:
    events = Recorder()
    judge = await laptop.seat("R1-1", events)
    await judge.call()
    await soon(lambda: laptop.server.presence()["R1-1"].called is not None)
    await soon(lambda: events.calls[-1:] == [True])
    laptop.server.answer_call("R1-1")
    await soon(lambda: events.calls[-1] is False)
    assert laptop.server.presence()["R1-1"].called is None


async def test_a_released_seat_hears_it_and_its_token_is_dead(laptop: Laptop, venue: Venue) -> None:
    judge = await laptop.seat("R1-1")
    release = c.ReleaseStation(seat="R1-1", reason="换设备")
    await asyncio.to_thread(venue.ask, release, world.PROCTOR)
    await soon(lambda: judge.link is Link.RELEASED)
    assert "R1-1" not in laptop.server.presence()
    ws = await laptop.raw(judge.pairing.token)
    assert (await heard(ws, m.Refused)).code == "lan.unknown_station"
    assert (await ws.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_another_event_on_the_same_laptop_takes_neither_place_nor_sheets(
    laptop: Laptop, venue: Venue, tmp_path: Path
) -> None:
    """The laptop opens another event at the same address, then the first one again."""
    judge = await laptop.seat("R1-1")
    await asyncio.to_thread(world.on_floor, venue, "R1", 1)
    await judge.until(lambda view: bool(view.tasks))
    await laptop.server.stop()
    await soon(lambda: judge.link is not Link.ONLINE)
    judge.submit("R1", 1, world.MARKS)
    created = msgspec.structs.replace(world.created(), event="f" * 32)
    other = world.prepared(tmp_path / "other.venue", event=created)
    laptop.venue = other
    await laptop.start()
    await soon(lambda: judge.link is Link.ELSEWHERE)
    ws = await laptop.raw(judge.pairing.token)
    refused = await heard(ws, m.Refused)
    assert (refused.code, refused.params) == ("lan.unknown_station", {"event": "f" * 32})
    assert len(judge.pending()) == 1 and not other.state.stations
    await laptop.server.stop()
    other.close()
    laptop.venue = venue
    await laptop.start()
    await soon(lambda: judge.link is Link.ONLINE)
    await soon(lambda: "R1-1" in venue.state.appearances[("R1", 1)].sheets)
    await soon(lambda: not judge.pending())


async def test_the_newest_connection_of_a_device_wins(laptop: Laptop) -> None:
    old, token = await seated(laptop, "R1-1")
    new = await laptop.raw(token)
    await heard(new, m.Welcome)
    assert (await heard(old, m.Refused)).code == "lan.replaced"
    await say(new, m.Ping(t=5))
    assert (await heard(new, m.Pong)).t == 5
    assert laptop.server.presence()["R1-1"].connected


# ---- the hostile ----


async def test_no_token_no_seat(laptop: Laptop) -> None:
    ws = await laptop.raw(secrets.token_hex(32))
    assert (await heard(ws, m.Refused)).code == "lan.unknown_station"


async def test_the_device_digest_of_the_journal_is_no_token(laptop: Laptop, venue: Venue) -> None:
    await laptop.seat("R1-1")
    ws = await laptop.raw(venue.state.stations["R1-1"].device)
    assert (await heard(ws, m.Refused)).code == "lan.unknown_station"


async def test_hello_comes_first_and_soon(laptop: Laptop) -> None:
    ws = await laptop.raw()
    await say(ws, m.Ping(t=1))
    assert (await heard(ws, m.Refused)).code == "lan.hello_first"
    await laptop.server.stop()
    await laptop.start(Limits(hello_s=0.05))
    idle = await laptop.raw()
    async with asyncio.timeout(WAIT_S):
        assert (await idle.receive()).type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)


async def test_another_version_is_told_so(laptop: Laptop) -> None:
    ws = await laptop.raw()
    await say(ws, m.Hello(token="ab" * 32, version=2))
    refused = await heard(ws, m.Refused)
    assert (refused.code, refused.params) == ("lan.version", {"theirs": "2", "ours": "1"})


async def test_malformed_frames_are_answered_and_the_third_ends_it(laptop: Laptop) -> None:
    ws, _ = await seated(laptop, "R1-1")
    for frame in ("{", '{"type":"sheet"}', '{"type":"hello","token":1}'):
        await ws.send_str(frame)
        assert (await heard(ws, m.Refused)).code == "lan.malformed"
    async with asyncio.timeout(WAIT_S):
        while (raw := await ws.receive()).type is aiohttp.WSMsgType.TEXT:
            pass
    assert raw.type is aiohttp.WSMsgType.CLOSE
    assert ws.close_code == 1008


@pytest.mark.parametrize("frame", ['{"type":"call","on":"' + "x" * 20_000 + '"}', "[" * 16_000])
async def test_frames_too_large_or_too_deep_hurt_nobody(laptop: Laptop, venue: Venue, frame: str) -> None:
    ws, _ = await seated(laptop, "R1-1")
    good = await laptop.seat("R1-2")
    await asyncio.to_thread(world.on_floor, venue)
    await ws.send_str(frame)
    assert (await good.send("R1", 1, world.MARKS)).total == "80.0"
    if len(frame) > m.MAX_FRAME:
        async with asyncio.timeout(WAIT_S):
            while (await ws.receive()).type is aiohttp.WSMsgType.TEXT:
                pass
        assert ws.closed


async def test_binary_frames_are_malformed(laptop: Laptop) -> None:
    ws, _ = await seated(laptop, "R1-1")
    await ws.send_bytes(m.encode(m.Ping(t=1)))
    assert (await heard(ws, m.Refused)).code == "lan.malformed"


async def test_a_flood_is_slowed_and_nothing_of_it_is_lost(laptop: Laptop) -> None:
    await laptop.server.stop()
    await laptop.start(Limits(rate=400.0, burst=20.0))
    ws, _ = await seated(laptop, "R1-1")
    for t in range(100):
        await say(ws, m.Ping(t=t))
    assert [(await heard(ws, m.Pong)).t for _ in range(100)] == list(range(100))


async def test_strangers_beyond_the_limit_are_turned_away_and_judges_stay(
    laptop: Laptop, venue: Venue
) -> None:
    await laptop.server.stop()
    await laptop.start(Limits(strangers=3))
    judge = await laptop.seat("R1-1")
    await asyncio.to_thread(world.on_floor, venue)
    crowd = [await laptop.raw() for _ in range(3)]
    with pytest.raises(aiohttp.WSServerHandshakeError) as error:
        await laptop.raw()
    assert error.value.status == 503
    assert (await judge.send("R1", 1, world.MARKS)).total == "80.0"
    assert all(not ws.closed for ws in crowd)


async def test_guess_limits_can_be_set(laptop: Laptop) -> None:
    await laptop.server.stop()
    await laptop.start(guesses=GuessLimits(per_address=1))
    await laptop.post_join(asked("ZZZZZZ"))
    status, _ = await laptop.post_join(asked("ZZZZZZ"))
    assert status == 429
    laptop.server.pardon()
    status, _ = await laptop.post_join(asked("ZZZZZZ"))
    assert status == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1"}, 403),
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example"}, 403),
        ({"Host": "[::1"}, 403),
    ],
)
async def test_foreign_pages_and_names_are_turned_away(
    laptop: Laptop, headers: dict[str, str], status: int
) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as error:
        await laptop.raw(**headers)
    assert error.value.status == status
    code = laptop.server.issue_code("R1-1").code
    assert (await laptop.post_join(asked(code), **headers))[0] == status


async def test_our_own_page_is_let_in(laptop: Laptop) -> None:
    ws = await laptop.raw(Origin=laptop.url)
    await say(ws, m.Ping(t=1))
    assert (await heard(ws, m.Refused)).code == "lan.hello_first"


async def raw_http(laptop: Laptop, request: bytes) -> bytes:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    reader, writer = await asyncio.open_connection("127.0.0.1", laptop.port, ssl=context)
    writer.write(request)
    async with asyncio.timeout(WAIT_S):
        try:
            answer = await reader.read(4096)
        except ConnectionError:
            answer = b""
    writer.close()
    return answer


@pytest.mark.parametrize(
    "path",
    [
        "/../pyproject.toml",
        "/..%2f..%2fpyproject.toml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/main.js/../../schemes/s0-county-self-nomination.toml",
        "/web/main.js",
        "/.",
        "/api",
        "/strings.xx.json",
    ],
)
async def test_only_the_pages_exist(laptop: Laptop, path: str) -> None:
    answer = await raw_http(
        laptop, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()
    )
    assert answer.split(b" ", 2)[1] in (b"400", b"404")


async def test_plain_http_gets_nothing(laptop: Laptop) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", laptop.port)
    writer.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    async with asyncio.timeout(WAIT_S):
        try:
            answer = await reader.read(4096)
        except ConnectionError:
            answer = b""
    writer.close()
    assert b"HTTP" not in answer


async def test_a_slow_body_is_not_waited_for(laptop: Laptop) -> None:
    await laptop.server.stop()
    await laptop.start(Limits(request_s=0.1))
    head = b"POST /api/join HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
    assert (await raw_http(laptop, head)).startswith(b"HTTP/1.1 408")


async def test_half_a_header_is_not_waited_for(laptop: Laptop) -> None:
    await laptop.server.stop()
    await laptop.start(Limits(idle_s=0.1))
    assert await raw_http(laptop, b"GET / HTTP/1.1\r\nHost: 127") == b""


async def test_sockets_beyond_the_limit_are_hung_up_on(laptop: Laptop, venue: Venue) -> None:
    await laptop.server.stop()
    await laptop.start(Limits(sockets=5))
    judge = await laptop.seat("R1-1")
    await asyncio.to_thread(world.on_floor, venue)
    request = b"GET /api/time HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    gate = laptop.server._gate
    assert gate is not None
    before = gate._through()
    assert b"200 OK" in await raw_http(laptop, request)
    await soon(lambda: gate._through() <= before)  # else its place comes free while the crowd is counted
    crowd = []
    with pytest.raises(aiohttp.ClientError):
        for _ in range(5):
            crowd.append(await laptop.raw())
    with pytest.raises(OSError):  # before any TLS
        await raw_http(laptop, request)
    assert (await judge.send("R1", 1, world.MARKS)).total == "80.0"
    assert crowd


async def test_pages_come_with_strict_headers_and_an_entity_tag(laptop: Laptop) -> None:
    async with laptop.http.get(f"{laptop.url}/", ssl=laptop.pin) as answer:
        page = await answer.text()
        tag = answer.headers["ETag"]
        csp = answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in csp
    assert "unsafe" not in csp
    assert f"wss://127.0.0.1:{laptop.port}" in csp
    assert "<script>" not in page
    assert " style=" not in page
    async with laptop.http.get(f"{laptop.url}/", ssl=laptop.pin, headers={"If-None-Match": tag}) as again:
        assert again.status == 304


async def test_a_voters_page_may_connect_to_nobody_but_this_host(laptop: Laptop) -> None:
    async with laptop.http.get(f"{laptop.url}/ballot.html", ssl=laptop.pin) as answer:
        assert "connect-src 'self';" in answer.headers["Content-Security-Policy"]


async def test_every_file_the_page_asks_for_is_served(laptop: Laptop) -> None:
    for path in ("main.js", "station.css", "palette.css", "icon.svg", "strings.zh-TW.json", "api/time"):
        async with laptop.http.get(f"{laptop.url}/{path}", ssl=laptop.pin) as answer:
            assert answer.status == 200, path
            assert await answer.read()


async def test_a_taken_port_is_said_in_words(laptop: Laptop) -> None:
    other = laptop._server()
    with pytest.raises(Known) as error:
        await other.start("127.0.0.1", laptop.port)
    assert error.value.code == "lan.port_taken"
