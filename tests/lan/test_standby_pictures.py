"""Photographs of candidates at the standby: those on record, whole, and no others."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest_asyncio

from tests import world
from tests.faults.hall import soon
from tests.lan.test_standby_votes import NAMED, Hall
from venue_app.host.followed_pictures import FollowedPictures
from venue_app.host.following import promote
from venue_app.host.photos import LARGEST, folder_of, of_record, photo_of, take_photos
from venue_app.host.session import EventHost
from venue_app.lan import standby_messages as s
from venue_app.seal.keys import load_or_create
from venue_app.state import State
from venue_app.venue import Venue

#: Larger than one message.
FACES = {name: name.encode() * 60_000 for name in ("C001", "C002", "C003")}


def give(venue: Venue, folder: Path, *people: str) -> None:
    """Lay the photographs of these candidates into the event."""
    folder.mkdir()
    for person in people:
        (folder / f"{venue.state.candidates[person].identity}.jpg").write_bytes(FACES[person])
    assert take_photos(venue, [folder], world.PROCTOR).count == len(people)


@pytest_asyncio.fixture(loop_scope="module")
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    keys = load_or_create(tmp_path / "keys-1")
    created = msgspec.structs.replace(world.created(), keys=keys.announced())
    made = EventHost(world.prepared(tmp_path / "day.venue", event=created), keys)
    made.start_lan("127.0.0.1", 0)
    async with aiohttp.ClientSession() as http:
        found = Hall(made, http, tmp_path)
        await found.join()
        yield found
        await found.leave()
    await found.do(made.close)


def kept(hall: Hall) -> dict[str, bytes]:
    folder = folder_of(hall.file)
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def on_record(*people: str) -> dict[str, bytes]:
    return {hashlib.sha256(FACES[person]).hexdigest(): FACES[person] for person in people}


async def test_they_follow_and_are_shown_after_a_takeover(hall: Hall, tmp_path: Path) -> None:
    venue = hall.host.venue
    await hall.do(give, venue, tmp_path / "before", "C001", "C002")
    lost = hashlib.sha256(FACES["C002"]).hexdigest()
    (folder_of(venue.path) / lost).write_bytes(b"another face")
    await hall.follow()
    await soon(lambda: kept(hall) == on_record("C001"), "what was there before")
    await hall.do(give, venue, tmp_path / "after", "C003")
    await soon(lambda: kept(hall) == on_record("C001", "C003"), "what comes while it follows")
    await hall.leave()
    (folder_of(venue.path) / lost).write_bytes(FACES["C002"])
    await hall.follow()
    await soon(lambda: kept(hall) == on_record("C001", "C002", "C003"), "what was put right meanwhile")
    await hall.do(hall.host.stop_lan)
    await hall.leave()
    new = await hall.do(promote, hall.file, hall.keys, reason="断电", names=NAMED)
    for person, face in FACES.items():
        assert photo_of(new.venue.path, new.venue.state, person).data == face
    assert photo_of(new.venue.path, new.venue.state, "C004").state == "none"
    await hall.do(new.close)


def state_with(venue: Venue, **photos: str) -> State:
    return msgspec.structs.replace(venue.state, photos=photos)


async def test_what_is_not_on_record_is_not_kept(hall: Hall, tmp_path: Path) -> None:
    """A host that sends anything else, more than a photograph has, or what nobody asked for."""
    right = hashlib.sha256(b"face").hexdigest()
    other = hashlib.sha256(b"other").hexdigest()
    state: Any = state_with(hall.host.venue, C001=right, C002=other)
    pictures = FollowedPictures(tmp_path / "x.venue")

    def there() -> list[str]:
        folder = folder_of(tmp_path / "x.venue")
        return sorted(path.name for path in folder.iterdir()) if folder.exists() else []

    assert pictures.next(state) == right and pictures.next(state) == "", "one at a time"
    pictures.take(s.Picture(digest=other, data=b"other"))
    pictures.take(s.Picture(digest=right, data=b"fake"))
    assert there() == [] and pictures.next(state) == other, "each once a line"
    for _ in range(LARGEST // 1_000_000 + 1):
        pictures.take(s.Picture(digest=other, data=bytes(1_000_000), more=True))
    pictures.take(s.Picture(digest=other, data=b"other"))
    assert there() == [] and pictures.next(state) == ""
    pictures.begin()
    assert pictures.next(state) == right
    pictures.take(s.Picture(digest=right, data=b"fa", more=True))
    pictures.begin()
    assert pictures.next(state) == right, "half of one is nothing"
    pictures.take(s.Picture(digest=right, data=b"fa", more=True))
    pictures.take(s.Picture(digest=right, data=b"ce"))
    assert there() == [right] and pictures.next(state) == other


async def test_what_is_no_digest_is_no_file(hall: Hall, tmp_path: Path) -> None:
    """A journal may say anything: a path is neither looked at nor asked for, were it one of another machine."""
    event, face = tmp_path / "x.venue", b"face"
    folder_of(event).mkdir()
    right = hashlib.sha256(face).hexdigest()
    (folder_of(event) / right).write_bytes(face)
    assert of_record(event, right) == face
    for named in (f"./{right}", str(folder_of(event) / right), right.upper(), f"{right}\n", "../secret", ""):
        pictures = FollowedPictures(event)
        assert of_record(event, named) == b""
        assert pictures.next(state_with(hall.host.venue, C001=named)) == ""
        assert pictures.next(state_with(hall.host.venue, C001="0" * 64)) == "0" * 64, "none was waited for"
