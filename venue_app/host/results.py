"""`results.json`: every candidate's numbers as exact decimals, canonical, keyed by the identity number as imported."""

from __future__ import annotations

from collections import Counter
from typing import Any

from venue_app.base.canonical import canonical
from venue_app.rules import EntryResult, Results, compute
from venue_app.rules.number import text
from venue_app.state import State
from venue_app.state.appearing import Together
from venue_app.state.facts import facts_of
from venue_app.state.polls import Poll
from venue_app.state.voting import name_of, place_title

FORMAT = 1


def results_bytes(state: State) -> bytes:
    """The canonical bytes of `results.json` (docs/formats/results.md)."""
    return canonical(results_plain(state, compute(state.scheme, facts_of(state)))) + b"\n"


def results_plain(state: State, results: Results) -> dict[str, Any]:
    """The same as plain data. Whoever did not draw a lot stands under `left_out`, with the reason."""
    drawing = [r for r in results.entries.values() if state.candidates[r.candidate].qualified]
    held = Counter(r.candidate for r in drawing)
    together = Together(state)
    return {
        "format": FORMAT,
        "event": state.event.event,
        "title": state.event.title,
        "mode": state.event.mode,
        "scheme": {"id": state.scheme.id, "digest": state.scheme.digest},
        "candidates": {_key(state, r, held): _candidate(state, r, together) for r in drawing},
        "left_out": {
            c.identity: {"name": c.name, "reason": c.reason}
            for c in state.candidates.values()
            if not c.qualified
        },
        "ballots": {p.id: _poll(state, p) for p in state.polls.values() if p.status == "closed"},
        "posts": {
            state.posts[p.post].title: {
                "outcome": p.outcome.code,
                "passed": [state.candidate_of(e).identity for e in p.passed],
                "waiting": [state.candidate_of(e).identity for e in p.waiting],
            }
            for p in results.posts.values()
        },
    }


def _poll(state: State, poll: Poll) -> dict[str, Any]:
    """A closed poll: what was asked, how many papers by class, and the digest of those published."""
    return {
        "ballot": poll.ballot,
        "where": place_title(state, poll.where),
        "attempt": poll.attempt,
        "digest": poll.digest,
        "names": {who: name_of(state, who) for who in poll.names},
        "classes": {
            name: {
                "issued": tally.issued,
                "returned": tally.returned,
                "valid": tally.valid,
                "void": tally.void,
                "blank": tally.blank,
                "void_vote": tally.void_vote,
                "votes": dict(tally.votes),
                "others": dict(tally.others),
            }
            for name, tally in poll.tallies.items()
        },
    }


def _key(state: State, result: EntryResult, held: Counter[str]) -> str:
    """The identity number; with the post behind it for a person who competes for several."""
    identity = state.candidates[result.candidate].identity
    return identity if held[result.candidate] == 1 else f"{identity}/{state.posts[result.post].title}"


def _candidate(state: State, result: EntryResult, together: Together) -> dict[str, Any]:
    drawn = (state.lots[entry] for entry in together.entries_of(result.entry) if entry in state.lots)
    lot = next(drawn, None)
    return {
        "name": state.candidates[result.candidate].name,
        "post": state.posts[result.post].title,
        "room": None if lot is None else state.rooms[lot.room].title,
        "lot": None if lot is None else lot.number,
        "components": {c: None if v is None else text(v) for c, v in result.values.items()},
        "points": {t.component: None if t.points is None else text(t.points) for t in result.terms},
        "composite": None if result.composite is None else text(result.composite),
        "rank": result.rank,
        "outcome": result.outcome.code,
        "reason": result.outcome.params,
    }
