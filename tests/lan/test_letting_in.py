"""The proctor lets devices in by name; a replacement takes over and the old one is told; cards outlive the program."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests import world
from tests.lan.conftest import Laptop, heard, soon
from venue_app.base.errors import Known
from venue_app.domain.entries import StationReleased
from venue_app.domain.record import decode
from venue_app.lan import joining, wishes
from venue_app.lan import messages as m
from venue_app.lan.client import Link, StationClient, join
from venue_app.lan.pairing import JoiningCode, PairingDesk, device_id
from venue_app.venue import Venue


def asked(code: str, token: str, name: str = "平板 1") -> bytes:
    body = {"code": code, "token": token, "device_name": name, "version": 1, "public_key": world.KEY.public}
    return json.dumps(body).encode()


async def waits(laptop: Laptop, body: bytes) -> m.JoinWaiting:
    status, answer = await laptop.post_join(body)
    assert status == 202
    return msgspec.json.decode(answer, type=m.JoinWaiting)


async def refused(laptop: Laptop, body: bytes) -> str:
    status, answer = await laptop.post_join(body)
    assert status in (403, 429)
    return str(json.loads(answer)["code"])


async def decided(laptop: Laptop, wish: str, granted: bool) -> None:
    laptop.server.decide(wish, granted)
    await soon(lambda: wish not in {w.id for w in laptop.server.wishes()})


async def test_a_device_waits_until_the_proctor_lets_it_in_by_name(laptop: Laptop, venue: Venue) -> None:
    laptop.server.approval = "always"
    told: list[int] = []
    laptop.server.on_wishes(lambda: told.append(len(laptop.server.wishes())))
    body = asked(laptop.server.issue_code("R1-3").code, "a" * 64, "张老师的平板")
    assert await waits(laptop, body) == m.JoinWaiting(waiting=True, seat="R1-3", holder="")
    assert await waits(laptop, body) == m.JoinWaiting(waiting=True, seat="R1-3", holder="")
    (wish,) = laptop.server.wishes()
    assert (wish.seat, wish.device_name, wish.address, wish.holder) == (
        "R1-3",
        "张老师的平板",
        "127.0.0.1",
        "",
    )
    assert venue.state.stations == {}
    await decided(laptop, wish.id, True)
    status, answer = await laptop.post_join(body)
    assert (status, msgspec.json.decode(answer, type=m.JoinReply).seat) == (200, "R1-3")
    assert venue.state.stations["R1-3"].device_name == "张老师的平板"
    assert laptop.server.wishes() == ()
    assert told[0] == 1


async def test_whoever_is_not_let_in_hears_so_and_its_code_is_worthless(laptop: Laptop, venue: Venue) -> None:
    laptop.server.approval = "always"
    body = asked(laptop.server.issue_code("R1-3").code, "b" * 64)
    await waits(laptop, body)
    await decided(laptop, laptop.server.wishes()[0].id, False)
    assert await refused(laptop, body) == "lan.not_let_in"
    assert await refused(laptop, body) == "lan.code_wrong"
    assert venue.state.stations == {}


async def test_waiting_uses_the_code_up_for_others(laptop: Laptop) -> None:
    laptop.server.approval = "always"
    code = laptop.server.issue_code("R1-3").code
    await waits(laptop, asked(code, "a" * 64))
    assert await refused(laptop, asked(code, "b" * 64)) == "lan.code_wrong"


async def test_a_wish_cannot_be_granted_by_who_wishes(laptop: Laptop, venue: Venue) -> None:
    """Asking again, with other words, changes neither the seat nor the answer."""
    laptop.server.approval = "always"
    await waits(laptop, asked(laptop.server.issue_code("R1-3").code, "a" * 64))
    other = laptop.server.issue_code("R1-4").code
    assert (await waits(laptop, asked(other, "a" * 64, "别的"))).seat == "R1-3"
    assert [w.seat for w in laptop.server.wishes()] == ["R1-3"]
    assert venue.state.stations == {}


async def test_a_device_that_stops_asking_is_forgotten_and_its_code_is_good_again(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop.server.approval = "always"
    code = laptop.server.issue_code("R1-3").code
    await waits(laptop, asked(code, "a" * 64))
    monkeypatch.setattr(wishes, "GONE_MS", -1)
    await soon(lambda: laptop.server.wishes() == ())
    monkeypatch.undo()
    assert (await waits(laptop, asked(code, "b" * 64))).seat == "R1-3"


async def test_a_replacement_takes_over_with_consent_and_the_old_device_is_told(
    laptop: Laptop, venue: Venue
) -> None:
    laptop.server.approval = "replacements"
    old = await laptop.seat("R1-3")  # free: nobody is asked
    body = asked(laptop.server.issue_code("R1-3").code, "c" * 64, "备用平板")
    assert (await waits(laptop, body)).holder == "tablet R1-3"
    (wish,) = laptop.server.wishes()
    assert wish.holder == "tablet R1-3"
    assert old.link is Link.ONLINE
    await decided(laptop, wish.id, True)
    assert (await laptop.post_join(body))[0] == 200
    await soon(lambda: old.link is Link.RELEASED)
    assert venue.state.stations["R1-3"].device == device_id("c" * 64)
    kept: list[bytes] = []
    venue.with_journal(lambda journal: kept.extend(raw for _, raw in journal.entries()))
    await soon(lambda: bool(kept))
    released = [f for f in (decode(raw).data for raw in kept) if isinstance(f, StationReleased)]
    assert [(f.seat, f.reason) for f in released] == [("R1-3", "由设备“备用平板”接替")]


async def test_the_old_device_hears_released_even_when_the_new_one_is_there_first(
    laptop: Laptop, venue: Venue
) -> None:
    """The new one connects at once, before the laptop has come to tell the old one."""
    laptop.server._hub.limits = replace(laptop.server._hub.limits, coalesce_s=5.0)
    laptop.server.approval = "replacements"
    old = await laptop.seat("R1-3")
    body = asked(laptop.server.issue_code("R1-3").code, "d" * 64)
    await waits(laptop, body)
    await decided(laptop, laptop.server.wishes()[0].id, True)
    assert (await laptop.post_join(body))[0] == 200
    new = await laptop.raw("d" * 64)
    await heard(new, m.Welcome)
    await soon(lambda: old.link is Link.RELEASED)


async def test_consent_is_for_the_device_that_had_the_seat_then(laptop: Laptop, venue: Venue) -> None:
    laptop.server.approval = "always"
    first = asked(laptop.server.issue_code("R1-3").code, "a" * 64, "甲")
    await waits(laptop, first)
    second = asked(laptop.server.issue_code("R1-3").code, "b" * 64, "乙")
    await waits(laptop, second)
    one, two = laptop.server.wishes()
    await decided(laptop, one.id, True)
    await decided(laptop, two.id, True)  # both for a free seat
    assert (await laptop.post_join(first))[0] == 200
    assert await refused(laptop, second) == "venue.seat_taken"
    assert venue.state.stations["R1-3"].device_name == "甲"


async def test_a_station_program_waits_by_itself(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "_AGAIN_S", 0.05)
    laptop.server.approval = "always"
    heard: list[m.JoinWaiting] = []
    link = laptop.link(laptop.server.issue_code("R1-3").code)
    task = asyncio.create_task(join(link, "程序", http=laptop.http, key=world.KEY, waiting=heard.append))
    await soon(lambda: len(heard) > 2)
    assert not task.done()
    await decided(laptop, laptop.server.wishes()[0].id, True)
    pairing = await task
    assert pairing.seat == "R1-3"
    client = StationClient(pairing, http=laptop.http)
    laptop.run(client)
    await client.until(lambda view: True)


async def test_a_station_program_says_that_it_was_not_let_in(laptop: Laptop) -> None:
    laptop.server.approval = "always"
    link = laptop.link(laptop.server.issue_code("R1-3").code)
    task = asyncio.create_task(join(link, "程序", http=laptop.http, key=world.KEY))
    await soon(lambda: bool(laptop.server.wishes()))
    await decided(laptop, laptop.server.wishes()[0].id, False)
    with pytest.raises(Known) as error:
        await task
    assert error.value.code == "lan.not_let_in"


# ---- printed cards ----


async def restarted(laptop: Laptop, **options: Any) -> None:
    await laptop.server.stop()
    await laptop.start(**options)


async def test_printed_cards_outlive_the_program_and_shown_codes_do_not(laptop: Laptop, venue: Venue) -> None:
    cards = {card.seat: card.code for card in laptop.server.issue_cards()}
    assert len(cards) == 34
    shown = laptop.server.issue_code("OBS-01").code  # takes the card's place
    await restarted(laptop)
    assert laptop.server.cards().keys() == cards.keys() - {"OBS-01"}
    assert laptop.server.codes() == []  # what is printed on them is not known any more
    assert await refused(laptop, asked(shown, "a" * 64)) == "lan.code_wrong"
    assert await refused(laptop, asked(cards["OBS-01"], "a" * 64)) == "lan.code_wrong"
    assert (await laptop.post_join(asked(cards["R1-3"], "a" * 64)))[0] == 200
    assert venue.state.stations["R1-3"].device == device_id("a" * 64)
    await restarted(laptop)
    assert await refused(laptop, asked(cards["R1-3"], "b" * 64)) == "lan.code_wrong"


async def test_the_event_file_holds_no_code(laptop: Laptop, venue: Venue) -> None:
    cards = laptop.server.issue_cards()
    done: list[bytes] = []
    venue.with_journal(lambda journal: done.append(journal.meta()["lan.cards"]))
    await soon(lambda: bool(done))
    everything = b"".join(f.read_bytes() for f in Path(venue.path).parent.glob("event.venue*"))
    assert b"R1-3" in done[0]
    assert not [
        card for card in cards if card.code.encode() in everything or card.shown.encode() in everything
    ]


class Shelf:
    """What was kept last."""

    def __init__(self) -> None:
        self.kept: bytes | None = None

    def keep(self, cards: bytes) -> None:
        self.kept = cards


def desk(clock: world.FakeClock, shelf: Shelf) -> PairingDesk:
    made = PairingDesk(clock, keep=shelf.keep)
    made.restore(shelf.kept, {})
    return made


def test_a_card_dies_after_three_days_restart_or_not() -> None:
    clock, shelf = world.FakeClock(), Shelf()
    card = desk(clock, shelf).issue("R1-1", printed=True)
    assert card.expires - clock.mono_ms() == 72 * 3_600_000
    clock.pass_ms(72 * 3_600_000 - 1)
    assert desk(clock, shelf).redeem(card.code, "10.0.0.1").seat == "R1-1"
    shelf.kept = None
    again = desk(clock, shelf).issue("R1-1", printed=True)
    clock.pass_ms(72 * 3_600_000)
    clock.mono = 5  # and the machine was started anew
    with pytest.raises(Known) as error:
        desk(clock, shelf).redeem(again.code, "10.0.0.1")
    assert error.value.code == "lan.code_expired"


def test_a_card_used_just_before_the_plug_was_pulled_is_known_to_be_used() -> None:
    clock, shelf = world.FakeClock(), Shelf()
    card = desk(clock, shelf).issue("R1-1", printed=True)
    clock.pass_ms(1000)
    before_use = PairingDesk(clock)
    before_use.restore(
        shelf.kept, {"R1-1": clock.wall_ms()}
    )  # the journal has the join, the shelf not the use
    with pytest.raises(Known):
        before_use.redeem(card.code, "10.0.0.1")
    replacement = PairingDesk(clock)
    replacement.restore(shelf.kept, {"R1-1": clock.wall_ms() - 5000})  # printed for a seat that is held
    assert replacement.redeem(card.code, "10.0.0.1").seat == "R1-1"


@pytest.mark.parametrize("kept", [None, b"", b"{}", b"[]", b"\xff", b'{"salt":1,"cards":[]}'])
def test_what_is_no_shelf_is_no_fault(kept: bytes | None) -> None:
    made = PairingDesk(world.FakeClock())
    code = made.issue("R1-1")
    made.restore(kept, {})
    assert made.redeem(code.code, "10.0.0.1").seat == "R1-1"


def test_only_changes_of_cards_are_written() -> None:
    clock = world.FakeClock()
    written: list[bytes] = []
    made = PairingDesk(clock, keep=written.append)
    made.redeem(made.issue("R1-1").code, "10.0.0.1")
    assert written == []
    card = made.issue("R1-1", printed=True)
    made.issue("R1-2")
    assert len(written) == 1
    made.redeem(card.code, "10.0.0.1")
    made.put_back(card)
    made.issue("R1-1")
    assert len(written) == 4


def test_a_code_put_back_does_not_outlive_a_newer_one() -> None:
    made = PairingDesk(world.FakeClock())
    old = made.redeem(made.issue("R1-1").code, "10.0.0.1")
    new = made.issue("R1-1")
    made.put_back(old)
    assert [c.code for c in made.waiting()] == [new.code]
    assert isinstance(old, JoiningCode)
