"""Questions about ballots held live: who stands on a paper, which polls are open, what the rules may know of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from venue_app.rules.belong import holder, where
from venue_app.rules.facts import Facts
from venue_app.rules.papers import BallotFact, Counted
from venue_app.scheme.ballots import Ballot
from venue_app.state.model import State
from venue_app.state.polls import Poll


def open_polls(state: State) -> tuple[Poll, ...]:
    """Polls in which people vote now, the oldest first."""
    return tuple(poll for poll in state.polls.values() if poll.status == "open")


def rounds_of_ballot(state: State, ballot: str, place: str) -> tuple[Poll, ...]:
    """The polls held or open on a ballot at a place (post, room … or ''), but for those given up."""
    return tuple(
        p for p in state.polls.values() if (p.ballot, p.where) == (ballot, place) and p.status != "abandoned"
    )


def places(facts: Facts, ballot: Ballot) -> dict[str, tuple[str, ...]]:
    """Who may stand on a ballot's papers, by the place (post, room … or '') they stand together at.

    Whoever is not qualified, gave up or was taken out at once does not stand, nor does anybody of a cancelled post.
    """
    found: dict[str, dict[str, None]] = {}
    for entry in facts.entries.values():
        barred = facts.barred.get(entry.id)
        post = facts.posts.get(entry.post)
        if entry.unqualified or (barred and not barred.after) or (post and post.cancelled):
            continue
        found.setdefault(where(facts, entry, ballot.within), {})[holder(entry, ballot.per)] = None
    return {place: tuple(names) for place, names in found.items()}


def name_of(state: State, name: str) -> str:
    """Whom a name on a paper means: an entry's or a candidate's own name."""
    if name in state.candidates:
        return state.candidates[name].name
    return state.candidate_of(name).name


def detail_of(state: State, name: str) -> str:
    """What stands beside the name: the unit of a person, the post of an entry."""
    if name in state.candidates:
        return state.candidates[name].unit
    return state.post_of(name).title


def place_title(state: State, place: str) -> str:
    """A place as people call it."""
    if place in state.posts:
        return state.posts[place].title
    return state.rooms[place].title if place in state.rooms else place


def published_csv(state: State, poll: Poll) -> bytes:
    """The papers of a closed poll as a table anybody can add up: UTF-8 with a mark, ascending by code, a row a paper.

    Columns: code, class, then each name (with each item), then names written in, then whether the tellers voided it.
    Several answers in one cell are joined by `|`.
    """
    items = state.scheme.ballot(poll.ballot).item_ids()
    columns = [(name, item) for name in poll.names for item in items]
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    heads = [f"{name_of(state, name)} {item}".strip() for name, item in columns]
    table.writerow(["code", "class", *heads, "others", "void"])
    for paper in poll.papers:
        cells = ["|".join(paper.marks.get(name, {}).get(item, ())) for name, item in columns]
        written = "|".join(_harmless(other) for other in paper.others)
        table.writerow([paper.code, paper.voter_class, *cells, written, "1" if paper.void else ""])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _harmless(text: str) -> str:
    """Words a voter wrote, so that no spreadsheet takes them for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def ballot_facts(state: State) -> Iterator[BallotFact]:
    """Boxes for the rules: closed polls, but nothing of a ballot that people are still voting on."""
    awaited = {(p.ballot, p.where) for p in open_polls(state)}
    for poll in state.polls.values():
        if poll.status != "closed" or (poll.ballot, poll.where) in awaited:
            continue
        for voter_class, tally in poll.tallies.items():
            roll = poll.rolls.get(voter_class)
            yield BallotFact(
                ballot=poll.ballot,
                where=poll.where,
                voter_class=voter_class,
                attempt=poll.attempt,
                issued=tally.issued,
                returned=tally.returned,
                members=None if roll is None else roll.members,
                present=None if roll is None else roll.present,
                counted=Counted(valid=tally.valid, void=tally.void, votes=tally.votes),
                void_vote=tally.void_vote,
            )
