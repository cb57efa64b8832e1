"""The standby's disk is full: both laptops say so, nothing half-written is left, and it goes on when there is room."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from tests.ballots_world import SCHEME, begin, close, open_poll, slips
from tests.faults.disk import fill, mounted
from tests.faults.hall import recorded, soon
from tests.lan.test_standby_votes import FOR, Hall, content
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, say
from venue_app.cli.standby import sentence
from venue_app.host import following
from venue_app.host.following import Follower, promote
from venue_app.host.session import EventHost
from venue_app.journal.box import box_files
from venue_app.lan.lockstep import Step
from venue_app.seal.keys import load_or_create

NEVER_S = 600.0


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    with mounted(tmp_path / "small") as mount:
        yield mount


@pytest_asyncio.fixture
async def hall(tmp_path: Path, small: Path) -> AsyncIterator[Hall]:
    keys = load_or_create(tmp_path / "keys-1")
    made = EventHost.create(tmp_path / "e.venue", title="测评会", mode="rehearsal", scheme=SCHEME, keys=keys)
    begin(made.venue)
    made.start_lan("127.0.0.1", 0)
    async with aiohttp.ClientSession() as http:
        found = Hall(made, http, tmp_path)
        found.file = small / "followed.venue"
        await found.join()
        yield found
        await found.leave()
    await found.do(made.close)


async def full(hall: Hall, small: Path) -> tuple[Follower, str]:
    """A standby in step, a vote with papers in the box, and then no byte left on its disk, and more to come."""
    host = hall.host
    poll: str = await hall.do(open_poll, host.venue, "decide")
    (slip,) = await hall.do(slips, host.venue, poll, 1, "")
    follower = await hall.follow()
    assert (await hall.phone(host).send(slip, poll, FOR))[0] == 200
    fill(small, 0)
    while not follower.status.stuck:  # what SQLite has of room is used up first
        assert host.server is not None
        await hall.do(slips, host.venue, poll, 40, "")
    return follower, poll


def left(small: Path, poll: str) -> list[str]:
    """What lies on the disk besides the event and its box."""
    known = {path.name for path in (*box_files(small / "followed.venue", poll), small / "ballast")}
    return sorted(
        path.name
        for path in small.iterdir()
        if path.name not in known and not path.name.startswith("followed.venue-")
    )


async def test_it_says_so_and_goes_on_when_somebody_presses_try_again(
    hall: Hall, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "RETRY_S", NEVER_S)
    host = hall.host
    assert host.server is not None
    host.server._hub.lockstep._patience_s = NEVER_S
    follower, poll = await full(hall, small)
    fault = follower.status.fault
    assert fault is not None and fault.code == "journal.disk_full" and not follower.status.in_step
    assert say(fault) in sentence(follower.status)
    await soon(lambda: host.standby is not None and host.standby.step is Step.LOST, "the host hears of it")
    warning = host.standby_warning
    assert warning is not None and warning.code == "standby.full" and warning.params["count"] != 0
    for language in LANGUAGES:
        said = say(warning, language)
        assert str(warning.params["count"]) in said and f"票决（{poll}）" in said
    assert f"票决（{poll}）" in sentence(follower.status)
    (slip,) = await hall.do(slips, host.venue, poll, 1, "")
    assert (await hall.phone(host).send(slip, poll, FOR))[0] == 200, "nobody waits for it"
    assert left(small, poll) == ["followed.venue"]

    follower.retry()
    await soon(lambda: follower.status.fault is not fault, "it was tried again, in vain")
    assert follower.status.stuck and left(small, poll) == ["followed.venue"]
    (small / "ballast").unlink()
    follower.retry()
    await soon(lambda: follower.status.in_step, "in step again")
    assert follower.status.fault is None and host.standby_warning is None
    await hall.leave()
    await hall.do(host.close)
    assert recorded(hall.file) == recorded(host.venue.path)
    assert content(hall.file, poll) == content(host.venue.path, poll)


async def test_it_goes_on_by_itself(hall: Hall, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "RETRY_S", 0.05)
    follower, poll = await full(hall, small)
    (small / "ballast").unlink()
    await soon(lambda: follower.status.in_step and not follower.status.stuck, "in step again")
    await hall.leave()
    assert left(small, poll) == ["followed.venue"]


async def test_started_on_a_full_disk_it_shows_what_it_has_and_takes_over_once_there_is_room(
    hall: Hall, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "RETRY_S", NEVER_S)
    follower, poll = await full(hall, small)
    had = follower.status.have
    await hall.leave()
    fill(small, 0)
    again = await hall.do(Follower, hall.pairing, hall.file, hall.keys, ["https://127.0.0.1:1"])
    hall.follower = again
    assert again.status.stuck and again.status.have == had and again.status.named
    await hall.leave()
    decision = {"reason": "断电", "names": ("监督员甲", "公证员乙")}
    with pytest.raises(Known, match=r"journal\.disk_full"):
        await hall.do(promote, hall.file, hall.keys, **decision)
    (small / "ballast").unlink()
    assert len(recorded(hall.file)) == had, "nothing of the decision was written"
    new = await hall.do(promote, hall.file, hall.keys, **decision)
    assert new.venue.state.epoch == 2 and new.venue.polls.turnout(poll)[""].cast == 1
    await hall.do(new.close)


async def test_taken_over_behind_it_names_the_open_vote_until_that_is_over(hall: Hall, small: Path) -> None:
    _, poll = await full(hall, small)
    assert hall.host.box_warning is None
    (slip,) = await hall.do(slips, hall.host.venue, poll, 1, "")
    assert (await hall.phone(hall.host).send(slip, poll, FOR))[0] == 200, "counted on one laptop alone"
    await hall.do(hall.host.stop_lan)
    (small / "ballast").unlink()
    await hall.leave()
    new = await hall.do(promote, hall.file, hall.keys, reason="断电", names=("监督员甲", "公证员乙"))
    assert new.venue.state.hosts[-1].in_step is False
    warning = new.box_warning
    assert warning is not None and warning.code == "standby.votes_behind"
    assert all(f"票决（{poll}）" in say(warning, language) for language in LANGUAGES)
    await hall.do(close, new.venue, poll)
    assert new.box_warning is None
    await hall.do(new.close)


async def test_a_disk_that_is_full_before_anything_is_there(
    hall: Hall, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "RETRY_S", NEVER_S)
    await hall.do(open_poll, hall.host.venue, "decide")
    fill(small, 0)
    follower = await hall.do(Follower, hall.pairing, hall.file, hall.keys, ["https://127.0.0.1:1"])
    hall.follower = follower
    await soon(lambda: follower.status.stuck, "the first entry finds no room")
    assert list(small.iterdir()) == [small / "ballast"] and follower.status.have == 0
    (small / "ballast").unlink()
    follower.retry()
    await soon(lambda: follower.status.in_step, "in step")
