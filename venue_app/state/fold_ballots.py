"""The fold of what happens to ballots held live."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from venue_app.domain import ballot_entries as b
from venue_app.domain.record import Record
from venue_app.state.model import State
from venue_app.state.parts import added
from venue_app.state.polls import Poll, Tally


def _put(state: State, poll: Poll) -> State:
    return replace(state, polls=added(state.polls, poll.id, poll))


def _opened(state: State, data: b.BallotOpened, record: Record) -> State:
    poll = Poll(
        id=data.poll,
        ballot=data.ballot,
        where=data.where,
        attempt=data.attempt,
        names=data.names,
        rolls=data.rolls,
        timing=data.timing,
        opened_at=record.at,
    )
    return _put(state, poll)


def _issued(state: State, data: b.BallotIssued, _: Record) -> State:
    poll = state.polls[data.poll]
    slips = tuple((digest, data.voter_class) for digest in data.digests)
    printed = poll.printed.get(data.voter_class, 0) + data.papers
    return _put(
        state,
        replace(poll, slips=(*poll.slips, *slips), printed=added(poll.printed, data.voter_class, printed)),
    )


def _papers(state: State, data: b.BallotPapers, _: Record) -> State:
    poll = state.polls[data.poll]
    return _put(state, replace(poll, papers=(*poll.papers, *data.papers)))


def _closed(state: State, data: b.BallotClosed, record: Record) -> State:
    poll = replace(
        state.polls[data.poll],
        status="closed",
        closed_at=record.at,
        closed_seq=record.seq,
        digest=data.digest,
        used=data.used,
        exchanged=data.exchanged,
        entered=data.entered,
        unissued=data.unissued,
        returned=data.returned,
        tellers=data.tellers,
        witness=data.witness,
    )
    return _put(state, poll)


def _counted(state: State, data: b.BallotCounted, _: Record) -> State:
    poll = state.polls[data.poll]
    tally = Tally(
        issued=data.issued,
        returned=data.returned,
        valid=data.valid,
        void=data.void,
        blank=data.blank,
        void_vote=data.void_vote,
        votes=data.votes,
        others=data.others,
    )
    return _put(state, replace(poll, tallies=added(poll.tallies, data.voter_class, tally)))


def _abandoned(state: State, data: b.BallotAbandoned, record: Record) -> State:
    poll = state.polls[data.poll]
    return _put(state, replace(poll, status="abandoned", closed_at=record.at, reason=data.reason))


def _withdrawn(state: State, data: b.BallotWithdrawn, _: Record) -> State:
    poll = state.polls[data.poll]
    count = poll.withdrawn.get(data.voter_class, 0) + 1
    return _put(state, replace(poll, withdrawn=added(poll.withdrawn, data.voter_class, count)))


HANDLERS: dict[type, Callable[[State, Any, Record], State]] = {
    b.BallotOpened: _opened,
    b.BallotIssued: _issued,
    b.BallotPapers: _papers,
    b.BallotClosed: _closed,
    b.BallotCounted: _counted,
    b.BallotWithdrawn: _withdrawn,
    b.BallotAbandoned: _abandoned,
}
