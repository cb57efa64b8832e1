"""The first laptop comes back: it believes nobody but the standby it named, and then changes nothing any more."""

from __future__ import annotations

import asyncio
from pathlib import Path
from shutil import copyfile

import msgspec
import pytest

from tests import world
from tests.faults.hall import recorded, soon, state_of
from tests.verifier.test_takeover import STANDING_BY, TakenOver
from tests.waits import BRISK
from venue_app.base.canonical import canonical
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain.hosts import NameStandby, named_text, read_proof
from venue_app.host.session import EventHost
from venue_app.host.succession import Succession
from venue_app.lan.client import Link, StationClient, join
from venue_app.lan.hosting import proof_of
from venue_app.lan.link import JoiningLink, base_url
from venue_app.lan.server import LanServer
from venue_app.lan.tls import server_context
from venue_app.seal.keys import load_or_create
from venue_app.state.places import STANDBY


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> TakenOver:
    return TakenOver(tmp_path_factory.mktemp("taken"))


def opened(taken: TakenOver, folder: Path) -> EventHost:
    if not (folder / "again.venue").exists():
        copyfile(taken.old, folder / "again.venue")
    return EventHost.open(folder / "again.venue", keys=taken.first)


def refused(host: EventHost) -> str:
    with pytest.raises(Known) as caught:
        host.venue.ask(c.CallCandidate(room="R2", lot=1), world.PROCTOR)
    return caught.value.code


def test_what_the_standby_signed_is_believed_and_kept_without_a_network(taken: TakenOver, tmp_path: Path):
    proof = proof_of(state_of(taken.new))
    host = opened(taken, tmp_path)
    assert host.standby_warning is None
    assert host.believe(proof)
    assert refused(host) == "standby.superseded_at"
    assert (
        host.standby_warning is not None and host.standby_warning.params["where"] == "https://10.0.0.6:8443"
    )
    host.close()
    before = recorded(tmp_path / "again.venue")
    again = opened(taken, tmp_path)
    with pytest.raises(Known) as caught:
        again.start_lan("127.0.0.1", 0)
    assert caught.value.code == "standby.superseded_at"
    assert refused(again) == "standby.superseded_at"
    again.close()
    assert recorded(tmp_path / "again.venue") == before == recorded(taken.old)


@pytest.mark.parametrize(
    "lie",
    [
        {"signature": "0" * 128},
        {"epoch": 3},
        {"size": 1},
        {"root": "0" * 64},
        {"key": "1" * 64},
        {"event": "f" * 32},
    ],
    ids=lambda lie: next(iter(lie)),
)
def test_nobody_stops_a_host_with_a_lie(lie: dict[str, object], taken: TakenOver, tmp_path: Path):
    proof = read_proof(proof_of(state_of(taken.new)))
    assert proof is not None
    lied = canonical(msgspec.to_builtins(msgspec.structs.replace(proof, **lie))).decode()
    host = opened(taken, tmp_path)
    assert not host.believe(lied) and not host.believe("") and not host.believe("[]")
    host.venue.ask(c.CallCandidate(room="R2", lot=1), world.PROCTOR)
    assert host.venue.state.on_floor("R2") is not None
    host.close()


@pytest.mark.parametrize("lacking", ["tls", "ed25519"])
def test_a_standby_whose_door_devices_could_not_pin_is_not_named(lacking: str, tmp_path: Path):
    first, second = load_or_create(tmp_path / "keys-1"), load_or_create(tmp_path / "keys-2")
    created = msgspec.structs.replace(world.created(), keys=first.announced())
    host = EventHost(world.prepared(tmp_path / "event.venue", event=created), first)
    host.venue.ask(c.JoinStation(seat=STANDBY, device="d" * 64, device_name="备用"), world.PROCTOR)
    keys = {name: key for name, key in second.announced().items() if name != lacking}
    said = first.sign_bytes(b"", named_text(created.event, 2, keys)).hex()
    command = NameStandby(epoch=2, keys=keys, urls=("https://10.0.0.6:8443",), hosts=(), signature=said)
    with pytest.raises(Known) as caught:
        host.venue.ask(command, STANDING_BY)
    assert caught.value.code == "standby.not_signed"
    assert host.venue.state.standby is None
    host.close()


def test_a_takeover_learned_before_the_server_is_known_sends_the_devices_away(
    taken: TakenOver, tmp_path: Path
):
    """A device was let in the moment the door opened, and another one showed the proof at once."""
    host = opened(taken, tmp_path)
    succession = Succession(host.venue, host.keys)
    me = host.keys.tls(["127.0.0.1"])
    server = LanServer(host.venue, server_context(me.chain, me.key), hosting=succession.hosting)

    async def day() -> None:
        port = await server.start("127.0.0.1", 0)
        code = server.issue_code("R1-1")
        link = JoiningLink(base_url("127.0.0.1", port), code.code, me.key_sha256)
        client = StationClient(await join(link, "tablet"), pace=BRISK)
        running = asyncio.create_task(client.run())
        await client.until(lambda _: True)
        assert succession.believe(proof_of(state_of(taken.new)))
        assert client.link is Link.ONLINE, "nobody knew yet whom to tell"
        succession.meets_at(server, ())
        await soon(lambda: client.link is not Link.ONLINE, "it is sent away")
        await client.close()
        await running
        await server.stop()

    asyncio.run(day())
    host.close()
