"""What a big screen is sent: the whole day of it, and nobody's name in any byte."""

from __future__ import annotations

import asyncio
import typing
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest

from tests import world
from tests.lan.conftest import Laptop, soon
from tests.lan.roles import heard, raw_place, taken
from tests.lan.test_views import play
from venue_app.base.i18n import LANGUAGES
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain import showing as s
from venue_app.lan import role_messages as r
from venue_app.lan.hall_view import HallBoard, Steered
from venue_app.venue import Change, Venue


def names(venue: Venue) -> list[str]:
    """Everything that says who somebody is."""
    state = venue.state
    found = [x for p in state.candidates.values() for x in (p.name, p.identity)]
    return [*found, *(s.name for s in state.seats.values() if s.name)]


def picture(venue: Venue, board: HallBoard | None = None) -> r.HallNow:
    return (board or HallBoard(venue.state)).picture(venue.state, "zh-CN")


async def test_no_byte_to_a_big_screen_names_anybody(tmp_path: Path, laptop: Laptop) -> None:
    """From the empty event to its close, in every language, with a screen that reads every frame."""
    venue = Venue.create(tmp_path / "hall.venue", world.created())
    await laptop.server.stop()
    laptop.venue = venue
    await laptop.start()
    frames: list[bytes] = []

    async def listen(ws: aiohttp.ClientWebSocketResponse) -> None:
        async for raw in ws:
            frames.append(raw.data.encode())

    sockets = []
    for number, language in enumerate(LANGUAGES, 1):
        pairing = await taken(laptop, f"hall-{number}", "")
        frames.append(repr(pairing).encode() + pairing.title.encode())
        sockets.append(await raw_place(laptop, pairing.token, language=language))
    readers = [asyncio.create_task(listen(ws)) for ws in sockets]

    def day() -> None:
        for command in (
            world.roster(),
            c.OpenRun(people=world.PEOPLE),
            dc.FreezeDraw(),
            dc.HoldDraw(public="31415926535"),
        ):
            venue.ask(command, world.PROCTOR)
        play(venue)

    await asyncio.to_thread(day)
    size = venue.state.size
    await soon(lambda: sum(f'"type":"head","size":{size},'.encode() in f for f in frames) == len(LANGUAGES))
    for ws in sockets:
        await ws.close()
    await asyncio.gather(*readers)
    everything = b"\n".join(frames)
    wanted = names(venue)
    assert len(wanted) == 6 + 6 + 14
    assert [w for w in wanted if w.encode() in everything] == []
    ids = [*venue.state.candidates, *venue.state.entries]
    assert [i for i in ids if f'"{i}"'.encode() in everything] == []
    assert "文化局副局长".encode() in everything  # the search does find what is there
    await laptop.server.stop()
    await asyncio.to_thread(venue.close)


def test_no_message_to_a_big_screen_has_room_for_a_person() -> None:
    seen: set[str] = set()

    def walk(kind: object) -> None:
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            for field in msgspec.structs.fields(kind):
                seen.add(field.name)
                walk(field.type)
        for inner in typing.get_args(kind):
            walk(inner)

    walk(r.HallNow)
    walk(r.Head)
    assert "lot" in seen
    assert not seen & {"name", "identity", "person", "candidate", "entry", "who"}


def test_marks_are_only_given_until_the_result_is_released(venue: Venue) -> None:
    """No mark, no sum, no value in the picture before; all of them after, the extremes struck."""
    board = HallBoard(venue.state)
    venue.listen(lambda change: board.hear(change.records))
    world.on_floor(venue)
    for number in range(1, 8):
        world.send(venue, f"R1-{number}", content=f"2{number}.7")
        raw = msgspec.json.encode(picture(venue, board))
        totals = [s.total for s in venue.state.appearances[("R1", 1)].sheets.values()]
        assert len(totals) == number
        assert not [t for t in totals if f'"{t}"'.encode() in raw]
        given = [s.state for s in picture(venue, board).rooms[0].seats]
        assert given == ["given"] * number + ["open"] * (7 - number)
    world.stages_over(venue)
    venue.ask(c.CheckResult(room="R1", lot=1, checker="核"), world.PROCTOR)
    assert picture(venue, board).rooms[0].result is None
    assert b"81.7" not in msgspec.json.encode(picture(venue, board))
    venue.ask(c.ReleaseResult(room="R1", lot=1), world.PROCTOR)
    result = picture(venue, board).rooms[0].result
    assert result is not None
    # content 21.7 … 27.7 and 56 for the rest: 77.7 … 83.7; without both ends the mean of 78.7 … 82.7
    assert [(m.text, m.struck) for m in result.marks] == [
        ("77.7", "low"), ("78.7", ""), ("79.7", ""), ("80.7", ""), ("81.7", ""), ("82.7", ""), ("83.7", "high"),
    ]  # fmt: skip
    assert result.value.rstrip("0") == "80.7"


def test_a_result_stays_until_the_next_candidate_is_called(venue: Venue) -> None:
    board = HallBoard(venue.state)
    venue.listen(lambda change: board.hear(change.records))
    ask = lambda command: venue.ask(command, world.PROCTOR)  # noqa: E731
    world.on_floor(venue)
    for number in range(1, 8):
        world.send(venue, f"R1-{number}")
    world.stages_over(venue)
    ask(c.CheckResult(room="R1", lot=1, checker="核"))
    ask(c.ReleaseResult(room="R1", lot=1))
    ask(c.CloseAppearance(room="R1", lot=1))
    between = picture(venue, board).rooms[0]
    assert (between.lot, between.next_lot, between.over, between.total) == (2, 3, 1, 3)
    assert between.result is not None
    assert between.result.lot == 1
    ask(c.CallCandidate(room="R1", lot=2))
    assert picture(venue, board).rooms[0].result is None


def test_the_pages_follow_the_day_and_the_proctor(tmp_path: Path) -> None:
    venue = Venue.create(tmp_path / "pages.venue", world.created())
    board = HallBoard(venue.state)
    pages = []
    for command in (
        world.roster(),
        c.OpenRun(people=world.PEOPLE),
        dc.FreezeDraw(),
        dc.HoldDraw(public="271828"),
    ):
        venue.ask(command, world.PROCTOR)
        pages.append(picture(venue, board).page)
    assert pages == ["welcome", "welcome", "draw", "order"]
    draw = venue.state.draw
    shown = picture(venue, board).draw
    assert draw is not None
    assert shown is not None
    assert (shown.list_digest, shown.commitment) == (draw.list_digest, draw.commitment)
    world.on_floor(venue)
    assert picture(venue, board).page == "now"
    lots = {lot.number: lot.state for lot in picture(venue, board).order[0].lots}
    assert lots == {1: "hall", 2: "next", 3: "waiting"}
    for choice in ("welcome", "order", "break", "now"):
        board.steered = Steered(choice, "R2")
        assert (picture(venue, board).page, picture(venue, board).room) == (choice, "R2")
    board.steered = Steered("now", "R9")
    assert picture(venue, board).room == ""
    venue.close()


async def test_what_the_proctor_chooses_is_shown_at_once(laptop: Laptop) -> None:
    ws = await raw_place(laptop, (await taken(laptop, "hall-1", "")).token)
    assert (await heard(ws, r.HallNow)).page == "order"
    laptop.server.steer_hall("welcome", "R2")
    shown = await heard(ws, r.HallNow)
    assert (shown.page, shown.room) == ("welcome", "R2")


async def test_the_slate_follows_every_commit(laptop: Laptop, venue: Venue) -> None:
    ws = await raw_place(laptop, (await taken(laptop, "hall-1", "")).token)
    await heard(ws, r.Head)
    told: list[Change] = []
    venue.listen(told.append)
    await asyncio.to_thread(venue.ask, c.JoinStation(seat="R1-1", device="d", device_name="n"), world.PROCTOR)
    head = await heard(ws, r.Head)
    assert head.size == told[0].state.size
    assert head.short.replace(" ", "").lower() == told[0].root.hex()[:8]


def test_places_on_offer_grow_with_the_screens_there_are(venue: Venue) -> None:
    from venue_app.state.places import role_places

    def halls() -> list[str]:
        return [p.id for p in role_places(venue.state) if p.id.startswith("hall")]

    assert halls() == ["hall-1"]
    for name in ("hall-1", "hall-3"):
        venue.ask(c.JoinStation(seat=name, device=name, device_name="电视"), world.PROCTOR)
    assert halls() == ["hall-1", "hall-2", "hall-3"]
    others = [p.id for p in role_places(venue.state)][:4]
    assert others == ["console-R1", "console-R2", "witness-supervisor", "witness-notary"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rules_are_told_in_every_language(venue: Venue, language: str) -> None:
    rules: Any = HallBoard(venue.state).picture(venue.state, language).rules
    assert len(rules) == 5
    assert all(rule.strip() and "{" not in rule for rule in rules)


def test_a_lot_still_to_be_turned_over_says_no_post(tmp_path: Path) -> None:
    venue = world.prepared(tmp_path / "h.venue")
    try:
        for command in (
            dc.DiscardDraw(reason="改为逐一揭开", second="监督员甲"),
            s.ChooseShowing(one_by_one=True),
            dc.FreezeDraw(),
            dc.HoldDraw(public="271828"),
        ):
            venue.ask(command, world.PROCTOR)
        assert {(room.post, room.next_post) for room in picture(venue).rooms} == {("", "")}
        venue.ask(s.ShowRest(), world.PROCTOR)
        assert [room.post for room in picture(venue).rooms] == ["文化局副局长", "水利局副局长"]
    finally:
        venue.close()
