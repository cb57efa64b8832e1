"""What entries about ballots must mean together: nobody counted twice, and counts that follow from the papers."""

from __future__ import annotations

from collections import Counter

from venue_app.domain import ballot_entries as b
from venue_app.domain.entries import Fact
from venue_app.state import State
from venue_app.state.polls import Poll
from venue_app.venue.ballots import counted, papers_digest


def ballot_fits(state: State, fact: Fact) -> bool | None:
    """Whether an entry about a ballot follows from the state before it; None for any other entry."""
    match fact:
        case b.BallotIssued(poll=poll, digests=digests):
            known = {digest for digest, _ in state.polls[poll].slips}
            return list(digests) == sorted(set(digests) - known)
        case b.BallotPapers(poll=poll, papers=papers):
            found = state.polls[poll]
            codes = [p.code for p in (*found.papers, *papers)]
            classes = {p.voter_class for p in papers}
            return found.status == "open" and codes == sorted(set(codes)) and classes <= set(found.rolls)
        case b.BallotClosed(poll=poll):
            return _closed(state.polls[poll], fact)
        case b.BallotCounted(poll=poll):
            found = state.polls[poll]
            return fact in counted(state.scheme.ballot(found.ballot), found, found.papers, _as_closed(found))
    return None


def _closed(poll: Poll, fact: b.BallotClosed) -> bool:
    """As many papers of each class as slips of it were used and paper ballots typed in; every slip one that exists."""
    class_of = dict(poll.slips)
    spent = (*fact.used, *fact.exchanged)
    if len(set(spent)) != len(spent) or not set(spent) <= set(class_of):
        return False
    expected = Counter(class_of[digest] for digest in fact.used)
    expected.update(fact.entered)
    return (
        fact.papers == len(poll.papers)
        and fact.digest == papers_digest(poll.papers)
        and +expected == Counter(paper.voter_class for paper in poll.papers)
    )


def _as_closed(poll: Poll) -> b.BallotClosed:
    return b.BallotClosed(
        poll=poll.id,
        papers=len(poll.papers),
        digest=poll.digest,
        used=poll.used,
        exchanged=poll.exchanged,
        entered=dict(poll.entered),
        unissued=dict(poll.unissued),
        returned=dict(poll.returned),
        tellers=poll.tellers,
        witness=poll.witness,
    )
