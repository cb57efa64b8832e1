"""A typed code proves the laptop; nobody between learns the code; each try is a guess."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from tests import world
from tests.lan.conftest import Laptop
from venue_app.base.errors import Known
from venue_app.lan import proof
from venue_app.lan.client import join
from venue_app.lan.limits import GuessLimits
from venue_app.lan.link import JoiningLink
from venue_app.lan.pairing import PairingDesk
from venue_app.lan.server import LanServer
from venue_app.lan.tls import server_context
from venue_app.seal.keys import load_or_create
from venue_app.venue import Venue

KEY = b"k" * 32


def test_both_sides_know_the_code_and_mean_the_same_key() -> None:
    asking = proof.Asking("K7F2Q9", KEY)
    made = proof.prove("K7F2Q9", KEY, asking.asked)
    assert made is not None
    assert asking.holds(made)
    assert asking.asked.place == "K7F"
    assert "2Q9" not in repr(asking.asked)


@pytest.mark.parametrize(("code", "key"), [("K7F2Q8", KEY), ("K7F2Q9", b"j" * 32)])
def test_another_code_or_key_proves_nothing(code: str, key: bytes) -> None:
    asking = proof.Asking("K7F2Q9", KEY)
    made = proof.prove(code, key, asking.asked)
    assert made is not None
    assert not asking.holds(made)


def test_a_tag_from_elsewhere_proves_nothing() -> None:
    asking, other = proof.Asking("K7F2Q9", KEY), proof.Asking("K7F2Q9", KEY)
    made = proof.prove("K7F2Q9", KEY, other.asked)
    assert made is not None
    assert not asking.holds(made)
    reflected = proof.Proof(share=other.asked.share, tag="0" * 128)
    assert not other.holds(reflected)


@pytest.mark.parametrize("share", ["00" * 32, "01" + "00" * 31, "ff" * 32])
def test_a_share_of_low_order_is_refused(share: str) -> None:
    asked = proof.ProofAsked(place="K7F", session="0" * 32, share=share)
    made = proof.prove("K7F2Q9", KEY, asked)
    if share == "ff" * 32:  # an ordinary point, oddly written
        assert made is not None
    else:
        assert made is None
        asking = proof.Asking("K7F2Q9", KEY)
        assert not asking.holds(proof.Proof(share=share, tag="0" * 128))


async def test_a_typed_code_joins_without_comparing(laptop: Laptop, venue: Venue) -> None:
    code = laptop.server.issue_code("R1-3")
    pairing = await join(JoiningLink(laptop.url, code.code), "平板", http=laptop.http, key=world.KEY)
    assert pairing.pin == laptop.identity.key_sha256.hex()
    assert venue.state.stations["R1-3"].device_name == "平板"


async def test_somebody_between_is_found_out(
    laptop: Laptop, tmp_path: Path, venue: Venue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another laptop answers with a key of its own; even passing the exchange on does not help it."""
    other = load_or_create(tmp_path / "other").tls(["127.0.0.1"])
    between = LanServer(venue, server_context(other.chain, other.key), key=other.key_sha256)
    port = await between.start("127.0.0.1", 0)
    code = laptop.server.issue_code("R1-3").code
    guess = code[:3] + ("000" if code[3:] != "000" else "111")
    monkeypatch.setattr(between._hub.door.desk, "named", lambda place, address: guess)
    with pytest.raises(Known) as error:
        await join(JoiningLink(f"https://127.0.0.1:{port}", code), "平板", http=laptop.http, key=world.KEY)
    assert error.value.code == "lan.wrong_laptop"
    assert venue.state.stations == {}
    await between.stop()


async def test_a_code_the_laptop_does_not_know_cannot_be_proved(laptop: Laptop) -> None:
    with pytest.raises(Known) as error:
        await join(JoiningLink(laptop.url, "ZZZZZZ"), "平板", http=laptop.http, key=world.KEY)
    assert error.value.code == "lan.pin_missing"  # a person may still compare


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[" * 3000, b'{"place":"K7F","session":"0","share":"0"}', b'{"place":"k7f"}'],
)
async def test_what_is_no_asking_is_refused(laptop: Laptop, body: bytes) -> None:
    async with laptop.http.post(f"{laptop.url}/api/prove", data=body, ssl=laptop.pin) as answer:
        assert answer.status == 400


async def test_guessing_by_proofs_is_shut_out(laptop: Laptop) -> None:
    code = laptop.server.issue_code("R1-3").code
    statuses = []
    for _ in range(6):
        asked = proof.Asking(code[:3] + "000", laptop.identity.key_sha256).asked
        body = json.dumps({"place": asked.place, "session": asked.session, "share": asked.share})
        async with laptop.http.post(f"{laptop.url}/api/prove", data=body, ssl=laptop.pin) as answer:
            statuses.append(answer.status)
    assert statuses == [200, 200, 200, 403, 403, 429]  # three tries a code, five wrong guesses an address


def test_proofs_count_as_guesses_until_the_code_is_brought() -> None:
    desk = PairingDesk(world.FakeClock(), GuessLimits(per_address=3, in_all=50))
    code = desk.issue("R1-1").code
    assert desk.named(code[:3], "10.0.0.1") == code
    assert desk.named(code[:3], "10.0.0.1") == code
    assert desk.redeem(code, "10.0.0.1").seat == "R1-1"  # an honest one: nothing counts
    for _ in range(3):
        with pytest.raises(Known) as error:
            desk.redeem("ZZZZZZ", "10.0.0.1")
        assert error.value.code == "lan.code_wrong"
    with pytest.raises(Known) as error:
        desk.named(code[:3], "10.0.0.1")
    assert error.value.code == "lan.too_many_guesses"


def test_the_first_signs_name_one_code_only() -> None:
    desk = PairingDesk(world.FakeClock())
    codes = desk.issue_all([f"S{n}" for n in range(1500)])
    assert len({c.code[:3] for c in codes}) == 1500


async def test_two_stations_prove_at_once(laptop: Laptop, venue: Venue) -> None:
    codes = [laptop.server.issue_code(seat).code for seat in ("R1-1", "R1-2")]
    await asyncio.gather(
        *(join(JoiningLink(laptop.url, c), "平板", http=laptop.http, key=world.KEY) for c in codes)
    )
    assert venue.state.stations.keys() == {"R1-1", "R1-2"}
