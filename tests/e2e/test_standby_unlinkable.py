"""The standby's files, taken apart like the host's: nothing there links slip, device, address, order or time to a paper.

The same slips and papers are voted twice, paired and ordered otherwise, over real phones and a real line. What the standby
keeps in the open is the same for both; its box holds the papers in places of its own.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import copyfile

import aiohttp
import pytest

from tests.ballots_world import EVENT, PROCTOR, SCHEME, WITNESS, begin, open_poll
from tests.e2e.test_ballots_unlinkable import VOTERS, Vote, _listening, _strings
from tests.faults.hall import soon
from tests.lan.test_standby_votes import Hall
from venue_app.base.ids import random_code
from venue_app.domain import ballot_commands as c
from venue_app.domain.entries import EventCreated
from venue_app.host.session import EventHost
from venue_app.journal.box import Box, box_files
from venue_app.seal.keys import load_or_create
from venue_app.venue import Venue
from venue_app.venue.ballots import slip_digest

UNUSED = 3


def marks(vote: Vote, number: int) -> dict[str, dict[str, list[str]]]:
    paper = vote.papers[number]
    return {name: {item: list(words) for item, words in items.items()} for name, items in paper.marks.items()}


class Kept:
    """What the second laptop had on its disk: while people voted, when it was closed, after the vote; and what was logged."""

    def __init__(self, folder: Path, vote: Vote, issued: list[str]) -> None:
        self.folder = folder
        self.home = folder / "second"
        self.home.mkdir(parents=True)
        with _listening() as said:
            asyncio.run(self._day(vote, issued))
        self.log = said.getvalue()

    def _files(self) -> dict[str, bytes]:
        """Everything on that laptop: event, WAL, box, keys, secrets."""
        return {
            str(path.relative_to(self.home)): path.read_bytes()
            for path in sorted(self.home.rglob("*"))
            if path.is_file()
        }

    async def _day(self, vote: Vote, issued: list[str]) -> None:
        keys = load_or_create(self.folder / "keys-1")
        created = EventCreated(
            event=EVENT,
            title="测评会",
            mode="rehearsal",
            place="礼堂",
            scheme=SCHEME,
            keys=keys.announced(),
            software="test",
        )
        host = EventHost(Venue.create(self.folder / "e.venue", created), keys)
        begin(host.venue)
        await asyncio.to_thread(host.start_lan, "127.0.0.1", 0)
        poll = await asyncio.to_thread(open_poll, host.venue)
        digests = tuple(slip_digest(EVENT, code) for code in issued)
        command = c.IssueSlips(poll=poll, voter_class="staff", digests=digests)
        await asyncio.to_thread(host.venue.ask, command, PROCTOR)
        self.digests = digests
        async with aiohttp.ClientSession() as http:
            hall = Hall(host, http, self.home)
            await hall.join()
            follower = await hall.follow()
            phone = hall.phone(host)
            self.before = follower.status.have
            for number, slip in enumerate(vote.slips):  # one by one: every group is one slip and one paper
                status, _ = await phone.send(slip, poll, marks(vote, number), code=vote.papers[number].code)
                assert status == 200
            self.after = follower.status.have
            self.open = self._files()
            await hall.leave()
            self.shut = self._files()
            self.during = self.folder / "during.venue"
            copyfile(hall.file, self.during)
            box = Box(hall.file, poll)
            self.papers, self.states = box.papers(), [box.state(slip) for slip in range(box.slips)]
            self.box = [path.name for path in box_files(hall.file, poll)]
            box.close()
            await hall.follow()
            await asyncio.to_thread(host.venue.ask, c.CloseBallot(poll=poll, witness=WITNESS), PROCTOR)
            follower = hall.follower or follower
            await soon(lambda: follower.status.have == host.venue.state.size, "the close is there")
            await hall.leave()
            self.closed = self._files()
        await asyncio.to_thread(host.close)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Vote, Kept, Kept]:
    vote, folder = Vote(), tmp_path_factory.mktemp("kept")
    issued = sorted([*vote.slips, *(random_code(12) for _ in range(UNUSED))])
    return vote, Kept(folder / "one", vote, issued), Kept(folder / "two", vote.otherwise(), issued)


def everything(one: Kept) -> Iterator[tuple[str, bytes]]:
    for moment in (one.open, one.shut, one.closed):
        yield from moment.items()


def test_both_hold_the_same_papers_and_as_many_slips(kept: tuple[Vote, Kept, Kept]) -> None:
    _, one, two = kept
    assert len(one.papers) == VOTERS and one.papers == two.papers, "ascending, whatever the pairing"
    for each in (one, two):
        assert sorted(each.states) == [0] * UNUSED + [1] * VOTERS
        assert each.before == each.after, "no entry between handing out and the close"
    assert one.states == two.states, "the same slips are used"


def test_another_pairing_and_order_leave_the_same_bytes_but_for_places_drawn_there(
    kept: tuple[Vote, Kept, Kept],
) -> None:
    _, one, two = kept
    (slips,) = [name for name in one.box if name.endswith(".slips")]
    assert one.open[slips] == two.open[slips] and one.shut[slips] == two.shut[slips]
    (papers,) = [name for name in one.box if name.endswith(".papers")]
    assert len(one.open[papers]) == len(two.open[papers])
    assert one.open.keys() == two.open.keys() and one.closed.keys() == two.closed.keys()


def test_the_followed_file_knows_no_time_of_a_paper(kept: tuple[Vote, Kept, Kept]) -> None:
    """What is in its tables before the close is what the journal says, and when the host was last heard."""
    _, one, _ = kept
    with closing(sqlite3.connect(f"file:{one.during}?immutable=1", uri=True)) as base:
        tables = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        counts = {name: base.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}
        keys = {key for (key,) in base.execute("SELECT key FROM meta")}
    assert counts["entries"] == one.before and counts["head"] == 1
    assert max(count for name, count in counts.items() if name != "entries") < VOTERS, counts
    assert {key for key in keys if key.startswith("standby.")} == {"standby.heard", "standby.in-step"}


def test_no_file_there_holds_a_slip(kept: tuple[Vote, Kept, Kept]) -> None:
    vote, one, _ = kept
    for name, raw in everything(one):
        assert not list(_strings(raw, vote.slips)), name


def test_while_people_vote_papers_are_in_the_box_alone(kept: tuple[Vote, Kept, Kept]) -> None:
    vote, one, _ = kept
    codes = [paper.code for paper in vote.papers]
    (papers,) = [name for name in one.box if name.endswith(".papers")]
    for moment in (one.open, one.shut):
        for name, raw in moment.items():
            found = list(_strings(raw, codes))
            assert len(found) == (VOTERS if name == papers else 0), name


def test_places_in_the_box_and_the_published_list_tell_no_order(kept: tuple[Vote, Kept, Kept]) -> None:
    """Spearman's rank correlation with the order of voting: beyond 0.85 less than once in 10**7 by chance."""
    vote, one, _ = kept
    cast = {paper.code: number for number, paper in enumerate(vote.papers)}
    (papers,) = [name for name in one.box if name.endswith(".papers")]
    for raw in (one.open[papers], one.closed["followed.venue"]):
        found = [cast[code] for _, code in _strings(raw, list(cast))]
        assert len(found) == VOTERS
        apart = sum((place - number) ** 2 for place, number in enumerate(found))
        assert abs(1 - 6 * apart / (VOTERS * (VOTERS**2 - 1))) < 0.85


def test_after_the_close_the_box_is_gone_there_too(kept: tuple[Vote, Kept, Kept]) -> None:
    _, one, _ = kept
    assert set(one.box) <= one.open.keys()
    assert not [name for name in one.closed if ".V1." in name]


def test_neither_laptops_log_says_anything(kept: tuple[Vote, Kept, Kept]) -> None:
    vote, one, _ = kept
    codes = [paper.code for paper in vote.papers]
    assert not [word for word in (*vote.slips, *codes, *one.digests, "基本称职") if word in one.log]
