"""Consoles and witnesses over real TLS sockets: who may do what, the journal checked on arrival, lines cut and back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from msgspec import structs

from tests import world
from tests.drawworld import opened, steps
from tests.lan.conftest import Laptop, soon
from tests.lan.roles import PERSON, ask, heard, raw_place, remote, say, taken
from tests.waits import WAIT_S
from venue_app.base.clock import SystemClock
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain import floor_commands as floor
from venue_app.domain.nouns import Post, Room, Seat
from venue_app.domain.record import encode
from venue_app.domain.roles import Role
from venue_app.host.remote import RemoteVenue
from venue_app.lan import messages as m
from venue_app.lan import role_messages as r
from venue_app.lan.client import join
from venue_app.state import replay
from venue_app.venue import Venue


@pytest_asyncio.fixture(loop_scope="module")
async def far(laptop: Laptop) -> AsyncIterator[Any]:
    """Opens places: `await far("console-R1")`; closes them at the end."""
    opened: list[RemoteVenue] = []

    async def open_at(place: str, person: str = PERSON) -> RemoteVenue:
        found = await remote(laptop, place, person)
        opened.append(found)
        return found

    yield open_at
    for venue in opened:
        await asyncio.to_thread(venue.close)


async def code_of(work: Any) -> str:
    with pytest.raises(Known) as caught:
        await work
    return caught.value.code


# ---- places are taken as seats are ----


def caught_up(here: Any, venue: Any) -> bool:
    return bool(here.state.size == venue.state.size)


async def test_a_place_is_taken_with_a_code_and_a_name(laptop: Laptop, venue: Venue) -> None:
    pairing = await taken(laptop, "console-R1")
    assert (pairing.seat, pairing.role) == ("console-R1", "proctor")
    station = venue.state.stations["console-R1"]
    assert (station.device_name, station.person) == ("laptop console-R1", PERSON)
    assert (await taken(laptop, "hall-1", "")).role == "hall"
    assert (await taken(laptop, "witness-notary", "")).role == "notary"  # 公证员乙 was present at the opening


async def test_a_second_console_of_a_room_is_refused_until_the_first_is_released(
    laptop: Laptop, venue: Venue
) -> None:
    await taken(laptop, "console-R1")
    assert await code_of(taken(laptop, "console-R1", "另一人")) == "venue.seat_taken"
    await asyncio.to_thread(venue.ask, c.ReleaseStation(seat="console-R1", reason="换机"), world.PROCTOR)
    assert (await taken(laptop, "console-R1", "另一人")).seat == "console-R1"
    assert venue.state.stations["console-R1"].person == "另一人"


@pytest.mark.parametrize(
    "place", ["console-R9", "hall-0", "hall-100", "witness-", "console-", "hall-1x", "x"]
)
async def test_there_are_no_codes_for_places_that_are_none(laptop: Laptop, place: str) -> None:
    with pytest.raises(Known) as caught:
        laptop.server.issue_code(place)
    assert caught.value.code == "venue.unknown_seat"


async def test_nobody_sits_at_a_console_without_a_name_and_the_code_stays_good(laptop: Laptop) -> None:
    code = laptop.server.issue_code("console-R1").code
    assert (
        await code_of(join(laptop.link(code), "laptop", http=laptop.http, wants=())) == "venue.person_missing"
    )
    named = await join(laptop.link(code), "laptop", http=laptop.http, person="罗", wants=("proctor",))
    assert named.seat == "console-R1"


async def test_a_code_is_not_used_up_by_a_program_that_cannot_play_its_part(
    laptop: Laptop, venue: Venue
) -> None:
    for place, wants in (
        ("console-R1", ("",)),
        ("R1-1", ("proctor", "supervisor")),
        ("hall-1", ("proctor",)),
    ):
        link = laptop.link(laptop.server.issue_code(place).code)
        work = join(link, "laptop", http=laptop.http, person="罗", wants=wants)
        assert await code_of(work) == "lan.code_elsewhere"
        assert venue.state.stations.get(place) is None
        assert (await join(link, "laptop", http=laptop.http, person="罗", wants=())).seat == place


async def test_each_door_is_for_its_own_places(laptop: Laptop) -> None:
    seat = await join(laptop.link(laptop.server.issue_code("R1-1").code), "t", http=laptop.http)
    ws = await raw_place(laptop, seat.token)
    assert (await heard(ws, m.Refused)).code == "lan.unknown_station"
    console = await taken(laptop, "console-R1")
    ws = await laptop.raw(console.token)
    said = m.read_from_server((await ws.receive()).data)
    assert isinstance(said, m.Refused)
    assert said.code == "lan.unknown_station"


# ---- the journal, checked ----


async def test_a_console_has_the_same_state_and_root(laptop: Laptop, venue: Venue, far: Any) -> None:
    here = await far("console-R1")
    assert here.state == venue.state
    assert here.now.root == venue.now.root
    assert replay(here.records()) == venue.state
    await asyncio.to_thread(world.on_floor, venue)
    await soon(lambda: here.state.size == venue.state.size)
    assert (here.state, here.now.root) == (venue.state, venue.now.root)
    assert here.state.candidates["C001"].name == "张某1"  # names come with the journal, by right


async def test_entries_come_byte_for_byte(laptop: Laptop, venue: Venue) -> None:
    ws = await raw_place(laptop, (await taken(laptop, "witness-notary")).token)
    placed = await heard(ws, r.Placed)
    assert (placed.place, placed.role, placed.size) == ("witness-notary", "notary", venue.state.size)
    await say(ws, r.Follow(size=0, words=True))
    entries = await heard(ws, r.Entries)
    stored: list[bytes] = []
    done = asyncio.Event()
    loop = asyncio.get_running_loop()

    def look(journal: Any) -> None:
        stored.extend(raw for _, raw in journal.entries())
        loop.call_soon_threadsafe(done.set)

    venue.with_journal(look)
    await done.wait()
    assert [text.encode() for text in entries.entries] == stored
    assert entries.root == venue.now.root.hex()
    assert len(entries.told) == len(stored)
    await asyncio.to_thread(venue.ask, c.CallCandidate(room="R1", lot=2), world.PROCTOR)
    live = await heard(ws, r.Entries)
    assert (live.first, live.told[0].text) == (len(stored), "第1组 叫签号 2")
    assert live.root == venue.now.root.hex()


async def test_another_past_is_refused(laptop: Laptop) -> None:
    pairing = await taken(laptop, "witness-notary")
    for follow in (r.Follow(size=3, root="ab" * 32), r.Follow(size=10_000, root="ab" * 32)):
        ws = await raw_place(laptop, pairing.token)
        await say(ws, follow)
        assert (await heard(ws, m.Refused)).code == "lan.other_history"


async def test_what_does_not_fit_its_root_ends_the_line(laptop: Laptop, venue: Venue, far: Any) -> None:
    here = await far("witness-supervisor")
    size = here.state.size
    record = here.records()[-1]
    for wrong in (
        r.Entries(first=size, entries=(encode(record).decode(),), root="ab" * 32),
        r.Entries(first=size + 1, entries=(encode(record).decode(),), root=here.now.root.hex()),
    ):
        with pytest.raises(Known) as caught:
            here.take_entries(wrong)
        assert caught.value.code == "console.journal_differs"
    assert here.state.size == size
    await asyncio.to_thread(venue.ask, c.CallCandidate(room="R1", lot=1), world.PROCTOR)
    await soon(lambda: here.state.size == venue.state.size)  # what was refused left no trace
    assert here.now.root == venue.now.root


# ---- who may do what ----


ROOMS = ("R1", "R2", "R3")


def three_rooms(path: Path) -> Venue:
    """An event in which each of three rooms hears one candidate."""
    roster = world.roster(people=3)
    roster = structs.replace(
        roster,
        rooms=tuple(Room(id=room, title=f"第{room[1]}组") for room in ROOMS),
        posts=tuple(Post(id=f"P{room[1]}", title="副局长", room=room) for room in ROOMS),
        entries=tuple(structs.replace(e, post=f"P{n}") for n, e in enumerate(roster.entries, 1)),
        seats=tuple(
            Seat(id=f"{room}-{n}", group="panel", number=n, room=room) for room in ROOMS for n in range(1, 8)
        ),
    )
    venue = Venue.create(path, world.created())
    for command in (roster, c.OpenRun(people=world.PEOPLE), dc.FreezeDraw(), dc.HoldDraw(public="271828")):
        venue.ask(command, world.PROCTOR)
    return venue


async def test_three_consoles_at_once_each_in_its_room(tmp_path: Path, laptop: Laptop, far: Any) -> None:
    venue = await asyncio.to_thread(three_rooms, tmp_path / "three.venue")
    await laptop.server.stop()
    laptop.venue = venue
    await laptop.start()
    consoles = [await far(f"console-{room}", f"考务{room}") for room in ROOMS]
    witness = await far("witness-supervisor", "监督员甲")
    pairs = list(zip(ROOMS, consoles, strict=True))
    await asyncio.gather(*(ask(here, c.CallCandidate(room=room, lot=1)) for room, here in pairs))
    await asyncio.gather(*(ask(here, c.StartStage(room=room, stage="speech")) for room, here in pairs))
    assert venue.state.floor == dict.fromkeys(ROOMS, 1)
    others = [(here, other) for room, here in pairs for other in ROOMS if other != room]
    refused = await asyncio.gather(*(code_of(ask(here, c.EndStage(room=other))) for here, other in others))
    assert refused == ["venue.not_your_room"] * 6
    for here in (*consoles, witness):
        await soon(partial(caught_up, here, venue))
        assert here.state == venue.state
        assert here.now.root == venue.now.root
    called = [x for x in witness.records() if x.kind == "candidate.called"]
    assert {(x.actor.role, x.actor.name, x.actor.seat, x.actor.room) for x in called} == {
        (Role.PROCTOR, f"考务{room}", f"console-{room}", room) for room in ROOMS
    }
    await laptop.server.stop()
    for here in (*consoles, witness):
        await asyncio.to_thread(here.close)
    await asyncio.to_thread(venue.close)


@pytest.mark.parametrize(
    "command",
    [
        c.CallCandidate(room="R2", lot=1),
        floor.NoteIncident(room="R2", text="x"),
        floor.UndoStep(room="R2"),
        dc.HoldDraw(public="1"),
        dc.FreezeDraw(),
        c.OpenRun(people=world.PEOPLE),
        c.CloseRun(people=world.PEOPLE),
        c.EnterValue(component="inspection", entry="E001", value="80", second="乙"),
        c.ReleaseStation(seat="R1-1", reason="x"),
        c.JoinStation(seat="R1-1", device="d", device_name="n"),
        c.IssueReport(form="x", serial=1, pages=1, sha256="ab" * 32),
        dc.DiscardDraw(reason="x", second="乙"),
        floor.RecuseFromPost(seat="R1-1", post="P1", reason="x"),
    ],
    ids=lambda command: type(command).__name__,
)
async def test_a_console_cannot_touch_another_room_or_the_event(
    laptop: Laptop, venue: Venue, far: Any, command: Any
) -> None:
    here = await far("console-R1")
    size = venue.state.size
    assert await code_of(ask(here, command)) == "venue.not_your_room"
    assert venue.state.size == size


async def test_a_console_neither_marks_nor_signs(laptop: Laptop, far: Any) -> None:
    here = await far("console-R1")
    sheet = c.SubmitSheet(room="R1", lot=1, seat="R1-1", marks=world.MARKS)
    assert await code_of(ask(here, sheet)) == "venue.not_allowed"
    assert await code_of(ask(here, floor.CoSign(milestone="draw"))) == "venue.not_allowed"


async def test_a_witness_signs_by_name_and_does_nothing_else(laptop: Laptop, venue: Venue, far: Any) -> None:
    here = await far("witness-notary", "公证员丙")
    reply = await ask(here, floor.CoSign(milestone="draw"))
    signed = venue.state.witnessed[-1]
    assert (signed.role, signed.name, signed.milestone) == ("notary", "公证员丙", "draw")
    assert here.state.size > reply.records[0].seq  # whoever hears «done» already has it
    assert here.state.witnessed[-1] == signed
    assert await code_of(ask(here, c.CallCandidate(room="R1", lot=1))) == "venue.not_allowed"


async def test_a_witness_gives_in_an_own_part_of_a_draw(tmp_path: Path, laptop: Laptop, far: Any) -> None:
    venue = await asyncio.to_thread(opened, tmp_path / "parties.venue", 'parties = ["supervisor", "notary"]')
    await laptop.server.stop()
    laptop.venue = venue
    await laptop.start()
    here = await far("witness-notary", "公证员丙")
    freeze, supervisor, notary, public, _, reveal, last = steps(venue, "order")
    assert await code_of(ask(here, freeze)) == "venue.not_allowed"
    venue.ask(freeze, world.PROCTOR)
    assert await code_of(ask(here, supervisor)) == "draw.not_your_part"
    await ask(here, notary)
    assert venue.state.draws["order"].promises["notary"].by == "公证员丙"
    venue.ask(supervisor, world.PROCTOR)
    assert await code_of(ask(here, public)) == "venue.not_allowed"
    venue.ask(public, world.PROCTOR)
    wrong = dc.RevealDraw(party="notary", nonce="0" * 32)
    assert await code_of(ask(here, wrong)) == "draw.commitment_broken"
    await ask(here, reveal)
    assert here.state.draws["order"].waits_for == ("supervisor",)
    assert await code_of(ask(here, last)) == "venue.not_allowed"
    await asyncio.to_thread(venue.close)


async def test_a_big_screen_gets_no_journal_and_commands_nothing(laptop: Laptop) -> None:
    ws = await raw_place(laptop, (await taken(laptop, "hall-1", "")).token)
    await heard(ws, r.HallNow)
    await say(ws, r.Follow(size=0))
    assert (await heard(ws, m.Refused)).code == "venue.not_allowed"
    await say(ws, r.Ask(id="ab" * 16, command=c.CallCandidate(room="R1", lot=1)))
    assert (await heard(ws, m.Refused)).code == "venue.not_allowed"


async def test_what_is_no_message_ends_the_line_at_the_third_time(laptop: Laptop) -> None:
    ws = await raw_place(laptop, (await taken(laptop, "console-R1")).token)
    await heard(ws, r.Placed)
    for _ in range(3):
        await ws.send_str('{"type":"ask","id":"1","command":{"command":"call","room":"R1","lot":1}}')
        assert (await heard(ws, m.Refused)).code == "lan.malformed"
    while not ws.closed:
        await ws.receive()
    assert ws.close_code == 1008


async def test_the_devices_of_the_own_room_and_nobody_elses(laptop: Laptop, far: Any) -> None:
    here = await far("console-R1")
    await laptop.seat("R1-1")
    await laptop.seat("R2-1")
    await laptop.seat("OBS-01")
    await soon(lambda: {s for s, p in here.lines.items() if p.connected} == {"R1-1", "OBS-01"})
    assert set(here.lines) == {"R1-1", "OBS-01"}


# ---- the same command twice, and lines that break ----


async def test_the_same_command_sent_twice_is_done_once(laptop: Laptop, venue: Venue) -> None:
    ws = await raw_place(laptop, (await taken(laptop, "console-R1")).token)
    call = r.Ask(id="ab" * 16, command=c.CallCandidate(room="R1", lot=1))
    await say(ws, call)
    first = await heard(ws, r.Done)
    size = venue.state.size
    await say(ws, call)
    again = await heard(ws, r.Done)
    assert (first.seqs, first.repeated) == ((size - 1,), False)
    assert (again.seqs, again.repeated) == ((size - 1,), True)
    assert venue.state.size == size


async def test_nothing_is_sent_while_the_line_is_down_and_all_is_caught_up_after(
    laptop: Laptop, venue: Venue, far: Any
) -> None:
    here = await far("console-R1")
    changes: list[Any] = []
    here.listen(changes.append)
    await laptop.server.stop()
    await soon(lambda: not here.standing.online)
    assert here.standing.since is not None
    assert await code_of(ask(here, c.CallCandidate(room="R1", lot=1))) == "lan.offline"
    await asyncio.to_thread(world.on_floor, venue, "R2")
    assert here.state.size < venue.state.size
    await laptop.start()
    await soon(lambda: here.standing.online)
    assert here.state == venue.state
    assert here.now.root == venue.now.root
    assert venue.state.floor == {"R2": 1}  # what was refused did not come later
    assert [x.seq for change in changes for x in change.records] == [
        x.seq for x in here.records() if x.seq >= changes[0].records[0].seq
    ]
    await ask(here, c.CallCandidate(room="R1", lot=1))
    assert venue.state.floor == {"R1": 1, "R2": 1}


async def test_a_command_under_way_when_the_line_breaks_is_done_once(
    laptop: Laptop, venue: Venue, far: Any
) -> None:
    """The laptop takes it, but its answer is lost: after the line is back the console knows, and nothing was doubled."""
    here = await far("console-R1")
    real = venue.submit

    def deaf(command: Any, actor: Any, sub: str | None = None) -> Any:
        answer = real(command, actor, sub)
        answer.result()  # durable; now the line breaks before anybody is told
        loop.call_soon_threadsafe(lambda: loop.create_task(laptop.server.stop()))
        return type(answer)()

    loop = asyncio.get_running_loop()
    venue.submit = deaf  # type: ignore[method-assign]
    under_way = asyncio.create_task(ask(here, c.CallCandidate(room="R1", lot=1)))
    await soon(lambda: not here.standing.online)
    venue.submit = real  # type: ignore[method-assign]
    await laptop.start()
    async with asyncio.timeout(WAIT_S):
        reply = await under_way
    assert [x.kind for x in reply.records] == ["candidate.called"]
    assert [x.kind for x in here.records()].count("candidate.called") == 1
    assert venue.state.floor == {"R1": 1}


async def test_a_released_console_is_told_and_may_do_nothing_more(
    laptop: Laptop, venue: Venue, far: Any
) -> None:
    here = await far("console-R1")
    await asyncio.to_thread(venue.ask, c.ReleaseStation(seat="console-R1", reason="换机"), world.PROCTOR)
    await soon(lambda: here.standing.link == "released")
    assert await code_of(ask(here, c.CallCandidate(room="R1", lot=1))) == "lan.offline"


class Ahead(SystemClock):
    """A laptop whose clocks are hours off ours."""

    def wall_ms(self) -> int:
        return super().wall_ms() + 5 * 3_600_000

    def mono_ms(self) -> int:
        return super().mono_ms() - 7 * 3_600_000


async def test_the_clocks_of_the_laptop_are_reckoned(tmp_path: Path, laptop: Laptop, far: Any) -> None:
    venue = world.prepared(tmp_path / "ahead.venue", Ahead())
    await laptop.server.stop()
    laptop.venue = venue
    await laptop.start()
    here = await far("console-R1")
    # Minutes of room for a slow machine; hours if the clocks were our own.
    assert abs(here.clock.mono_ms() - venue.clock.mono_ms()) < 60_000
    assert abs(here.clock.wall_ms() - venue.clock.wall_ms()) < 60_000
    await asyncio.to_thread(here.close)
    await laptop.server.stop()
    await asyncio.to_thread(venue.close)
