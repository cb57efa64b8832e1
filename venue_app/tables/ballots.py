"""Ballots as they were counted. Neither slips nor papers: nothing here could tell whose paper was whose."""

from __future__ import annotations

from collections.abc import Iterator

from venue_app.state.polls import Poll
from venue_app.state.voting import place_title
from venue_app.tables.contents import Contents
from venue_app.tables.model import Row, Table, table

_TALLIES = (
    "poll voter_class members:integer present:integer issued:integer returned:integer valid:integer void:integer "
    "blank:integer void_vote:boolean"
)


def ballot_tables(contents: Contents) -> Iterator[Table]:
    """The tables of this module; counts only of polls that are closed."""
    state = contents.state
    polls = list(state.polls.values())
    yield table(
        "polls",
        "poll ballot vote_place attempt:integer status opened_at:time closed_at:time papers:integer papers_digest",
        (
            (
                p.id, p.ballot, place_title(state, p.where), p.attempt, p.status, p.opened_at, p.closed_at,
                len(p.papers) if p.status == "closed" else None, p.digest,
            )
            for p in polls
        ),
    )  # fmt: skip
    yield table("tallies", _TALLIES, (row for p in polls for row in _tallies(p)))
    yield table(
        "votes",
        "poll voter_class voted_on item answer votes:integer",
        (row for p in polls for row in _votes(p)),
    )
    yield table(
        "written_in",
        "poll voter_class name votes:integer",
        (
            (p.id, voter_class, name, count)
            for p in polls
            for voter_class, tally in p.tallies.items()
            for name, count in sorted(tally.others.items())
        ),
    )


def _tallies(poll: Poll) -> Iterator[Row]:
    for voter_class, tally in poll.tallies.items():
        roll = poll.rolls.get(voter_class)
        yield (
            poll.id, voter_class, None if roll is None else roll.members, None if roll is None else roll.present,
            tally.issued, tally.returned, tally.valid, tally.void, tally.blank, tally.void_vote,
        )  # fmt: skip


def _votes(poll: Poll) -> Iterator[Row]:
    for voter_class, tally in poll.tallies.items():
        for name, items in tally.votes.items():
            for item, answers in items.items():
                for answer, count in answers.items():
                    yield poll.id, voter_class, name, item, answer, count
