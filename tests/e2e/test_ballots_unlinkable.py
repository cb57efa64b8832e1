"""Everything a vote leaves behind, taken apart by somebody who wants to know who voted how.

The strongest question first: the same slips and the same papers, but every paper cast with another slip and in another
order. If what is left is the same bytes, nothing in it can tell one pairing from the other.
"""

from __future__ import annotations

import io
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ballots_world import EVENT, PROCTOR, WITNESS, open_poll, paper
from tests.ballots_world import opened as opened_event
from tests.waits import WAIT_S
from tests.world import FakeClock
from venue_app.base.ids import random_code
from venue_app.domain import ballot_commands as c
from venue_app.domain.ballot_entries import BallotPaper, BallotPapers
from venue_app.domain.record import decode
from venue_app.host.bundling import write_bundle
from venue_app.journal import Journal
from venue_app.seal.keys import load_or_create
from venue_app.venue import Venue
from venue_app.venue.ballots import slip_digest

VOTERS = 24
_GRADES = ("优秀", "称职", "基本称职", "不称职")


class Vote:
    """Who voted how: slips in the order of casting, and the paper of each. Every paper differs from all others."""

    def __init__(self) -> None:
        self.slips = [random_code(12) for _ in range(VOTERS)]
        self.papers = [self._paper(number) for number in range(VOTERS)]

    @staticmethod
    def _paper(number: int) -> BallotPaper:
        marks: dict[str, dict[str, tuple[str, ...]]] = {
            "C1": {"德": (_GRADES[number % 4],), "能": (_GRADES[number // 4 % 4],)},
            "C2": {"德": (_GRADES[number // 16],)},
        }
        return paper(marks)

    def otherwise(self) -> Vote:
        """The same slips and papers, every paper with another slip, cast in the opposite order."""
        other = Vote.__new__(Vote)
        other.slips = self.slips[::-1]
        other.papers = [*self.papers[::-1][7:], *self.papers[::-1][:7]]
        pairs = set(zip(self.slips, (p.code for p in self.papers), strict=True))
        assert not pairs & set(zip(other.slips, (p.code for p in other.papers), strict=True))
        return other


@contextmanager
def _listening() -> Iterator[io.StringIO]:
    """Everything the program logs, at its most talkative."""
    said = io.StringIO()
    handler, root = logging.StreamHandler(said), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield said
    finally:
        root.setLevel(before)
        root.removeHandler(handler)


class Left:
    """What a vote left: files while it was open, and after the close."""

    def __init__(self, folder: Path, vote: Vote, issued: list[str]) -> None:
        folder.mkdir()
        clock = FakeClock()
        self.path = folder / "event.venue"
        with _listening() as said:
            venue = opened_event(self.path, clock)
            poll = open_poll(venue)
            digests = tuple(slip_digest(EVENT, code) for code in issued)
            venue.ask(c.IssueSlips(poll=poll, voter_class="staff", digests=digests), PROCTOR)
            self.size_before = venue.state.size
            for slip, one in zip(vote.slips, vote.papers, strict=True):
                clock.pass_ms(1000)
                assert venue.polls.cast(poll, slip, one).result(WAIT_S) is False
            self.size_after = venue.state.size
            venue.polls.enter(poll, [])  # whatever the desk still does after «counted» is done
            self.open = {p.name: p.read_bytes() for p in folder.iterdir()}
            venue.ask(c.CloseBallot(poll=poll, witness=WITNESS), PROCTOR)
            self._bundle(venue, folder)
            self.running = {p.name: p.read_bytes() for p in folder.iterdir()}
            venue.close()
            self.log = said.getvalue()
        self.closed = {p.name: p.read_bytes() for p in folder.iterdir()}

    @staticmethod
    def _bundle(venue: Venue, folder: Path) -> None:
        write_bundle(venue, load_or_create(folder.parent / "keys"), folder / "notary.bundle", ())

    def entries(self) -> list[bytes]:
        journal = Journal.open(self.path, readonly=True)
        found = [raw for _, raw in journal.entries()]
        journal.close()
        return found


@pytest.fixture(scope="module")
def issued() -> list[str]:
    return [random_code(12) for _ in range(3)]


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory, issued: list[str]) -> tuple[Vote, Left, Left]:
    vote = Vote()
    tmp_path = tmp_path_factory.mktemp("votes")
    other = vote.otherwise()
    slips = [*vote.slips, *issued]
    return vote, Left(tmp_path / "one", vote, slips), Left(tmp_path / "two", other, slips)


def _strings(raw: bytes, wanted: list[str]) -> Iterator[tuple[int, str]]:
    """Where each of these stands in the bytes, in the order of the bytes."""
    yield from sorted((at, word) for word in wanted if (at := raw.find(word.encode())) >= 0)


def _pages(wal: bytes) -> list[tuple[bytes, bytes]]:
    """What a WAL says, frame by frame: page number and commit mark, and the page; without its random salts."""
    size = int.from_bytes(wal[8:12], "big")
    frames = range(32, len(wal) - size, 24 + size)
    return [(wal[at : at + 8], wal[at + 24 : at + 24 + size]) for at in frames]


def test_another_pairing_and_order_leave_the_same_bytes(left):
    _, one, two = left
    assert one.entries() == two.entries(), "the journal"
    assert one.closed["notary.bundle"] == two.closed["notary.bundle"], "the bundle"
    assert one.closed["event.venue"] == two.closed["event.venue"], "the file, with its free space"
    assert _pages(one.running["event.venue-wal"]) == _pages(two.running["event.venue-wal"]), "the file's log"
    assert one.open["event.venue.V1.slips"] == two.open["event.venue.V1.slips"], (
        "slips while the vote was open"
    )


def test_after_the_close_the_box_is_gone(left):
    _, one, _ = left
    assert sorted(n for n in one.open if ".V1." in n) == ["event.venue.V1.papers", "event.venue.V1.slips"]
    assert not [n for n in (*one.running, *one.closed) if ".V1." in n]


def test_no_file_holds_a_slip(left):
    vote, one, _ = left
    for name, raw in {**one.open, **one.running, **one.closed}.items():
        assert not list(_strings(raw, vote.slips)), name


def test_the_event_file_says_nothing_while_people_vote(left):
    vote, one, _ = left
    assert one.size_before == one.size_after, "no entry between handing out and the close"
    codes = [p.code for p in vote.papers]
    for name in ("event.venue", "event.venue-wal", "event.venue.V1.slips"):
        assert not list(_strings(one.open[name], codes)), name
    assert len(list(_strings(one.open["event.venue.V1.papers"], codes))) == VOTERS


def test_papers_lie_in_no_order_that_is_theirs(left):
    """Spearman's rank correlation of places with the order of casting: beyond 0.85 less than once in 10**7 by chance."""
    vote, one, _ = left
    cast = {p.code: number for number, p in enumerate(vote.papers)}
    for raw in (one.open["event.venue.V1.papers"], one.closed["event.venue"], one.closed["notary.bundle"]):
        found = [cast[code] for _, code in _strings(raw, list(cast))]
        assert len(found) == VOTERS
        apart = sum((place - number) ** 2 for place, number in enumerate(found))
        assert abs(1 - 6 * apart / (VOTERS * (VOTERS**2 - 1))) < 0.85


def test_the_published_list_is_in_the_order_of_the_codes(left):
    vote, one, _ = left
    records = [decode(raw) for raw in one.entries()]
    published = [p for r in records if isinstance(r.data, BallotPapers) for p in r.data.papers]
    assert [p.code for p in published] == sorted(p.code for p in vote.papers)
    assert (
        len({(r.at, r.mono) for r in records if r.kind.startswith("ballot.") and r.seq >= one.size_before})
        == 1
    )


def test_no_table_has_a_time_or_a_slip_beside_a_paper(left, tmp_path):
    vote, one, _ = left
    base = sqlite3.connect(one.path)
    tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = [row for table in tables for row in base.execute(f"SELECT * FROM {table}")]
    base.close()
    slips = [slip_digest(EVENT, code) for code in vote.slips]
    for row in rows:
        words = " ".join(c.decode(errors="replace") if isinstance(c, bytes) else str(c) for c in row)
        assert not (any(s in words for s in slips) and any(p.code in words for p in vote.papers))


def test_the_log_says_nothing(left):
    vote, one, _ = left
    secrets = [*vote.slips, *(p.code for p in vote.papers), *(slip_digest(EVENT, s) for s in vote.slips)]
    assert not [word for word in (*secrets, "基本称职") if word in one.log]
