"""Decisions on ballots held live: open, issue, close, abandon. Pure but for the box, which the context opens."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from venue_app.base.errors import Known
from venue_app.domain import ballot_commands as c
from venue_app.domain import ballot_entries as b
from venue_app.rules.counting import count_box
from venue_app.rules.papers import BallotFact, Paper
from venue_app.scheme.ballots import Ballot
from venue_app.state import State
from venue_app.state.facts import facts_of
from venue_app.state.polls import Poll
from venue_app.state.voting import places, rounds_of_ballot
from venue_app.venue.context import Context, Decision, facts
from venue_app.venue.room import another_person

#: About as many bytes of papers go into one entry.
_CHUNK = 40 * 1024
_MOST_SLIPS = 5000
_DIGEST = re.compile(r"[0-9a-f]{64}")


def slip_digest(event: str, code: str) -> str:
    """What the journal keeps of a slip: SHA-256 over a tag, the event and the code as its alphabet spells it."""
    return hashlib.sha256(f"venue-slip-1\n{event}\n{code}".encode()).hexdigest()


def papers_digest(papers: Sequence[b.BallotPaper]) -> str:
    """SHA-256 over a tag and the canonical JSON of the papers, ascending by code, a line each."""
    lines = [msgspec.json.encode(paper, order="sorted") for paper in papers]
    return hashlib.sha256(b"\n".join([b"venue-papers-1", *lines]) + b"\n").hexdigest()


def open_poll(state: State, poll: str) -> Poll:
    """The poll, if people vote in it now."""
    found = state.polls.get(poll)
    if found is None:
        raise Known("ballots.unknown_poll", poll=poll)
    if found.status != "open":
        raise Known("ballots.not_open", poll=poll)
    return found


def open_ballot(state: State, command: c.OpenBallot, _: Context) -> Decision:
    """Open a poll on a ballot of the scheme, with those who stand on it and the body that votes."""
    if state.opened_at is None:
        raise Known("venue.not_open")
    ballot = next((x for x in state.scheme.ballots if x.id == command.ballot), None)
    if ballot is None:
        raise Known("ballots.unknown_ballot", ballot=command.ballot)
    standing = places(facts_of(state), ballot).get(command.where, ())
    if not command.names or len(set(command.names)) != len(command.names):
        raise Known("ballots.no_names")
    if not set(command.names) <= set(standing):
        raise Known("ballots.not_standing")
    if set(command.rolls) != set(ballot.class_ids()):
        raise Known("ballots.classes")
    if any((n or 0) < 0 for roll in command.rolls.values() for n in (roll.members, roll.present)):
        raise Known("ballots.number")
    before = rounds_of_ballot(state, command.ballot, command.where)
    if command.again and any(p.status == "open" for p in before):
        raise Known("ballots.round_open")
    last = max((p.attempt for p in before), default=1)
    return facts(
        b.BallotOpened(
            poll=f"V{len(state.polls) + 1}",
            ballot=command.ballot,
            where=command.where,
            attempt=last + (command.again and bool(before)),
            names=command.names,
            rolls=command.rolls,
            timing=command.timing,
        )
    )


def issue_slips(state: State, command: c.IssueSlips, _: Context) -> Decision:
    """Slips for one class of each poll, and papers for the first; digests go into the journal ascending."""
    served = ((command.poll, command.voter_class), *command.also)
    if len({poll for poll, _ in served}) != len(served) or (command.also and not command.digests):
        raise Known("ballots.slips")
    issued = (
        _issued(open_poll(state, poll), voter_class, command.digests, 0 if at else command.papers)
        for at, (poll, voter_class) in enumerate(served)
    )
    return facts(*issued)


def _issued(poll: Poll, voter_class: str, digests: tuple[str, ...], papers: int) -> b.BallotIssued:
    if voter_class not in poll.rolls:
        raise Known("ballots.classes")
    known = {digest for digest, _ in poll.slips}
    fresh = set(digests)
    wrong = any(_DIGEST.fullmatch(digest) is None for digest in fresh)
    if wrong or len(fresh) != len(digests) or fresh & known:
        raise Known("ballots.slips")
    if papers < 0 or not (fresh or papers):
        raise Known("ballots.number")
    if len(poll.slips) + len(fresh) > _MOST_SLIPS:
        raise Known("ballots.too_many", limit=_MOST_SLIPS)
    return b.BallotIssued(poll=poll.id, voter_class=voter_class, digests=tuple(sorted(fresh)), papers=papers)


def close_ballot(state: State, command: c.CloseBallot, context: Context) -> Decision:
    """Publish the papers ascending by code, and what the scheme makes of them."""
    poll = open_poll(state, command.poll)
    witness = _witness(state, command.witness, context)
    content = context.box(poll.id)
    unissued = _by_class(poll, command.unissued)
    for voter_class, left in unissued.items():
        slips = sum(of == voter_class for _, of in poll.slips)
        gone = content.slips(poll, voter_class)
        if left > slips - gone:
            raise Known("ballots.unissued", most=slips - gone)
    entered = Counter(paper.voter_class for paper in content.entered)
    tellers = tuple(dict.fromkeys(name.strip() for name in command.tellers if name.strip()))
    if entered and len(tellers) < 2:
        raise Known("ballots.tellers")
    returned = _by_class(poll, command.returned)
    papers = sorted((*content.cast, *content.entered), key=lambda paper: paper.code)
    closed = b.BallotClosed(
        poll=poll.id,
        papers=len(papers),
        digest=papers_digest(papers),
        used=content.used,
        exchanged=content.exchanged,
        entered=dict(sorted(entered.items())),
        unissued=unissued,
        returned={name: returned.get(name, entered[name]) for name in sorted(poll.rolls)},
        tellers=tellers,
        witness=witness,
    )
    chunks = (b.BallotPapers(poll=poll.id, papers=chunk) for chunk in _chunks(papers))
    return Decision(facts=(*chunks, closed, *counted(state.scheme.ballot(poll.ballot), poll, papers, closed)))


def counted(
    ballot: Ballot, poll: Poll, papers: Sequence[b.BallotPaper], closed: b.BallotClosed
) -> Iterator[b.BallotCounted]:
    """The counts that follow from the papers and from what was handed out, class by class."""
    class_of = dict(poll.slips)
    for voter_class in ballot.class_ids():
        own = [paper for paper in papers if paper.voter_class == voter_class]
        slips = sum(of == voter_class for of in class_of.values()) - closed.unissued.get(voter_class, 0)
        printed = poll.printed.get(voter_class, 0)
        exchanged = sum(class_of.get(digest) == voter_class for digest in closed.exchanged)
        entered = closed.entered.get(voter_class, 0)
        found = closed.returned.get(voter_class, entered)
        box = BallotFact(
            ballot=poll.ballot,
            where=poll.where,
            voter_class=voter_class,
            attempt=poll.attempt,
            issued=slips + printed,
            returned=len(own) - entered + found,
            papers=tuple(Paper(marks=p.marks, others=p.others, void=p.void) for p in own),
            void_vote=max(found, entered) > printed + exchanged,
        )
        count = count_box(ballot, box, poll.names)
        votes: dict[str, dict[str, dict[str, int]]] = {}
        for (name, item), answers in count.votes.items():
            votes.setdefault(name, {})[item] = dict(sorted(answers.items()))
        yield b.BallotCounted(
            poll=poll.id,
            voter_class=voter_class,
            issued=count.issued,
            returned=count.returned,
            valid=count.valid,
            void=count.void,
            blank=count.blank,
            void_vote=count.void_vote,
            votes=votes,
            others=dict(sorted(count.others.items())),
        )


def withdraw_paper(state: State, command: c.WithdrawPaper, context: Context) -> Decision:
    """A typed-in paper ballot is to be taken out again; the desk takes it out once this is durable."""
    poll = open_poll(state, command.poll)
    if command.voter_class not in poll.rolls:
        raise Known("ballots.classes")
    if not command.reason.strip():
        raise Known("venue.reason_missing")
    second = another_person(command.second, context)
    return facts(
        b.BallotWithdrawn(
            poll=poll.id, voter_class=command.voter_class, reason=command.reason.strip(), second=second
        )
    )


def abandon_ballot(state: State, command: c.AbandonBallot, context: Context) -> Decision:
    """Give the poll up; the venue destroys its box once this is durable."""
    poll = open_poll(state, command.poll)
    if not command.reason.strip():
        raise Known("venue.reason_missing")
    second = another_person(command.second, context)
    return facts(b.BallotAbandoned(poll=poll.id, reason=command.reason.strip(), second=second))


def _witness(state: State, name: str, context: Context) -> str:
    """Somebody other than who asks; one of the witnesses at the opening, where any were named."""
    found = another_person(name, context)
    present = [p.name for p in state.people if p.role in ("supervisor", "notary")]
    if present and found not in present:
        raise Known("ballots.not_a_witness", names="、".join(present))
    return found


def _by_class(poll: Poll, given: Mapping[str, int]) -> dict[str, int]:
    if any(number < 0 for number in given.values()):
        raise Known("ballots.number")
    if not set(given) <= set(poll.rolls):
        raise Known("ballots.classes")
    return dict(sorted(given.items()))


def _chunks(papers: Sequence[b.BallotPaper]) -> Iterator[tuple[b.BallotPaper, ...]]:
    held: list[b.BallotPaper] = []
    weight = 0
    for paper in papers:
        held.append(paper)
        weight += len(msgspec.json.encode(paper))
        if weight >= _CHUNK:
            yield tuple(held)
            held, weight = [], 0
    if held:
        yield tuple(held)
