"""An event that its standby took over: both verifiers follow from key to key, and find what is not rightly made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copyfile
from typing import Any

import msgspec
import pytest

from tests import world
from tests.faults.hall import recorded
from tests.verifier.conftest import Verifier
from tests.verifier.small_event import Forgery
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain.hosts import NameStandby, named_text
from venue_app.domain.roles import Actor, Role
from venue_app.host.audit import audit
from venue_app.host.bundling import write_bundle
from venue_app.host.following import promote
from venue_app.host.session import EventHost
from venue_app.seal.keys import VenueKeys, load_or_create
from venue_app.seal.verify import verify_file
from venue_app.state.places import STANDBY

STANDING_BY = Actor(role=Role.STANDBY, seat=STANDBY)


def named(host: EventHost, keys: VenueKeys) -> None:
    """The standby has joined, and the host has signed for it."""
    host.venue.ask(c.JoinStation(seat=STANDBY, device="d" * 64, device_name="备用"), world.PROCTOR)
    event, announced = host.venue.state.event.event, keys.announced()
    command = NameStandby(
        epoch=2,
        keys=announced,
        urls=("https://10.0.0.6:8443",),
        hosts=("https://10.0.0.5:8443",),
        signature=host.keys.sign_bytes(b"", named_text(event, 2, announced)).hex(),
    )
    host.venue.ask(command, STANDING_BY)


class TakenOver:
    """The first laptop's file and bundle, which went on alone, and the standby's, which went on rightly."""

    def __init__(self, folder: Path) -> None:
        self.first, self.second = load_or_create(folder / "keys-1"), load_or_create(folder / "keys-2")
        self.old, self.new = folder / "old.venue", folder / "new.venue"
        created = msgspec.structs.replace(world.created("official"), keys=self.first.announced())
        venue = world.prepared(self.old, event=created)
        old = EventHost(venue, self.first)
        named(old, self.second)
        old.close()
        copyfile(self.old, self.new)
        host = promote(self.new, self.second, reason="断电", names=("监督员甲", "公证员乙"))
        host.venue.ask(c.CallCandidate(room="R1", lot=1), world.PROCTOR)
        host.checkpoint()
        write_bundle(host.venue, self.second, folder / "new.bundle", [])
        self.promoted = host.venue.state.hosts[-1]
        host.close()
        self.bundle = (folder / "new.bundle").read_bytes()
        self.path = folder / "new.bundle"


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> TakenOver:
    return TakenOver(tmp_path_factory.mktemp("taken"))


def wrong(path: Path, **more: Any) -> list[str]:
    return [check.code for check in verify_file(path, extra=audit, **more).checks if check.ok is False]


def test_the_new_hosts_bundle_is_proved_by_both(taken: TakenOver, verifier: Verifier):
    assert wrong(taken.path) == [] and wrong(taken.new) == []
    said = verifier.verify(taken.bundle)
    assert said.wrong() == {}
    mine = next(one for one in said.checks if one["code"] == "takeover")
    assert mine["params"] == {"epoch": 2, "seq": taken.promoted.size}
    assert "第 2 任" in mine["sentence"]


CHANGES: dict[str, tuple[str, Callable[[dict[str, Any]], Any]]] = {
    "another signature of the host": ("standby.named", lambda d: d.update(signature="0" * 128)),
    "another standby": ("standby.named", lambda d: d["keys"].update(ed25519="1" * 64)),
    "another signature of the standby": ("host.promoted", lambda d: d.update(signature="0" * 128)),
    "another journal": ("host.promoted", lambda d: d.update(root="0" * 64)),
    "an epoch left out": ("host.promoted", lambda d: d.update(epoch=3)),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_takeover_nobody_signed_for_is_found(
    name: str, taken: TakenOver, verifier: Verifier, tmp_path: Path
):
    kind, change = CHANGES[name]
    forger = Forgery.of(taken.bundle, taken.second)
    forged = forger.changed(forger.find(kind), lambda entry: change(entry["data"])).signed()
    (tmp_path / "forged.bundle").write_bytes(forged)
    assert "seal.check.takeover" in wrong(tmp_path / "forged.bundle")
    said = verifier.verify(forged)
    assert said.wrong()["takeover"]["params"] == {"seq": taken.promoted.size}


def test_the_first_laptop_can_no_longer_sign_for_more(taken: TakenOver, verifier: Verifier):
    """The owner of the first keys makes the whole bundle anew: the takeover stands in it, and its keys do not fit."""
    forged = Forgery.of(taken.bundle, taken.first).signed()
    assert {"manifest", "checkpoint_signature"} <= verifier.verify(forged).wrong().keys()


def test_two_records_say_where_they_part(taken: TakenOver, tmp_path: Path):
    same = verify_file(taken.new, against=taken.path)
    assert [x.code for x in same.checks][-1] == "seal.check.same_record"
    alone = tmp_path / "alone.venue"
    copyfile(taken.old, alone)
    host = EventHost.open(alone, keys=taken.first)
    host.venue.ask(c.CallCandidate(room="R2", lot=1), world.PROCTOR)
    host.close()
    parted = verify_file(taken.new, against=alone).checks[-1]
    size = taken.promoted.size
    assert (parted.code, parted.ok) == ("seal.check.left_behind", None)
    assert parted.params == {"file": "alone.venue", "size": size, "mine": 2, "theirs": 1}
    assert wrong(alone, against=taken.new) == ["seal.check.overtaken"]
    other = tmp_path / "other.venue"
    copyfile(taken.old, other)
    host = EventHost.open(other, keys=taken.first)
    host.venue.ask(c.CallCandidate(room="R1", lot=1), world.PROCTOR)
    host.close()
    assert wrong(alone, against=other) == ["seal.check.forked"]


def test_a_takeover_that_was_written_and_not_opened_stands(taken: TakenOver, tmp_path: Path):
    """Switched off between the decision and the opening: asked again, the same decision is gone on with."""
    copyfile(taken.old, tmp_path / "e.venue")
    promote(tmp_path / "e.venue", taken.second, reason="断电", names=("甲", "乙")).close()
    once = recorded(tmp_path / "e.venue")
    again = promote(tmp_path / "e.venue", taken.second, reason="又断电", names=("丙", "丁"))
    assert again.venue.state.epoch == 2
    again.close()
    assert recorded(tmp_path / "e.venue") == once, "nothing was written"


def test_nobody_but_the_named_standby_takes_over(taken: TakenOver, tmp_path: Path):
    copyfile(taken.old, tmp_path / "e.venue")
    stranger = load_or_create(tmp_path / "keys-3")
    for keys, reason, names, code in (
        (stranger, "断电", ("甲", "乙"), "standby.not_named"),
        (taken.second, " ", ("甲", "乙"), "venue.reason_missing"),
        (taken.second, "断电", ("甲", "甲"), "standby.two_people"),
        (taken.second, "断电", ("甲",), "standby.two_people"),
    ):
        with pytest.raises(Known) as refused:
            promote(tmp_path / "e.venue", keys, reason=reason, names=names)
        assert refused.value.code == code
    assert recorded(tmp_path / "e.venue") == recorded(taken.old), "nothing was written"
