"""A full disk while people vote: nobody is told «counted» for nothing, the proctor hears it, and it heals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.ballots_world import close, grades, open_poll, opened, paper, slips
from tests.faults.disk import fill, mounted
from tests.lan.conftest import soon
from tests.waits import WAIT_S
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, say
from venue_app.host.session import EventHost
from venue_app.journal.box import Box
from venue_app.venue import Venue

KIB = 1024


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    with mounted(tmp_path / "small") as mount:
        yield mount


@pytest.fixture
def venue(small: Path) -> Iterator[Venue]:
    found = opened(small / "event.venue")
    yield found
    found.close()


def cast(venue: Venue, poll: str, code: str) -> bool:
    return venue.polls.cast(poll, code, paper(grades("优秀"))).result(WAIT_S)


def known_of(work: Any, *given: Any) -> str:
    with pytest.raises(Known) as caught:
        work(*given)
    return caught.value.code


def test_a_box_that_cannot_grow_takes_what_it_can_and_says_so(venue: Venue, small: Path) -> None:
    poll = open_poll(venue)
    fill(small, 200 * KIB)
    codes = slips(venue, poll, 400)
    assert venue.polls.faults()[poll].code == "journal.disk_full"
    assert not list(small.glob("*.new")), "half a box would take the room that others need"
    fill(small, 0)
    told: dict[str, str] = {}
    for code in codes:
        try:
            assert cast(venue, poll, code) is False
            told[code] = "counted"
        except Known as refusal:
            told[code] = refusal.code
    counted = [code for code, word in told.items() if word == "counted"]
    assert set(told.values()) == {"counted", "ballots.not_counted"}
    assert len(counted) == venue.polls.turnout(poll)["staff"].cast >= 256
    (small / "ballast").unlink()
    left = [code for code in codes if code not in counted]
    assert all(cast(venue, poll, code) is False for code in left), "their slips were still good"
    close(venue, poll)
    assert len(venue.state.polls[poll].papers) == 400
    assert venue.polls.faults() == {}


async def test_a_box_that_cannot_be_made_is_made_when_there_is_room(venue: Venue, small: Path) -> None:
    fill(small, 120 * KIB)
    poll = open_poll(venue)
    (code,) = slips(venue, poll, 1)
    assert venue.polls.faults()[poll].code == "journal.disk_full"
    assert not Box.exists(venue.path, poll)
    assert known_of(venue.polls.look, code) == "ballots.not_counted"
    assert known_of(venue.polls.look, "0" * 12) == "ballots.slip_unknown"
    (small / "ballast").unlink()
    assert known_of(venue.polls.look, code) == "ballots.not_counted"  # and the box is tried again
    await soon(lambda: venue.polls.faults() == {})
    assert [slip.poll for slip in venue.polls.look(code)] == [poll]
    assert cast(venue, poll, code) is False
    close(venue, poll)
    assert len(venue.state.polls[poll].papers) == 1


def test_the_proctor_hears_which_vote_and_why(venue: Venue, small: Path) -> None:
    host: Any = SimpleNamespace(venue=venue)
    warning = vars(EventHost)["box_warning"].fget
    assert warning(host) is None
    fill(small, 120 * KIB)
    poll = open_poll(venue)
    known = warning(host)
    assert known is not None and known.code == "ballots.box_stopped"
    for language in LANGUAGES:
        assert poll in say(known, language) and "{" not in say(known, language)
