"""Who is proposed for a ballot's paper: in a chain over bodies, those who came through the round before."""

from __future__ import annotations

from venue_app.rules import compute, rounds_of
from venue_app.rules.belong import holder
from venue_app.scheme.ballots import BallotScore
from venue_app.scheme.components import parents
from venue_app.scheme.model import Scheme
from venue_app.scheme.rounds import Round
from venue_app.state.facts import facts_of
from venue_app.state.model import State


def going_on(state: State, ballot: str) -> frozenset[str] | None:
    """The names that came through the round before the first one that looks at `ballot`.

    None where the ballot comes first, or nobody has come through yet: then everybody who stands is proposed.
    """
    before = _round_before(state.scheme, ballot)
    if before is None:
        return None
    results = compute(state.scheme, facts_of(state))
    per = state.scheme.ballot(ballot).per
    entries = results.facts.entries
    through = frozenset(
        holder(entries[name], per)
        for name, found in results.entries.items()
        if (standing := found.rounds.get(before)) is not None and standing.passed
    )
    return through or None


def _round_before(scheme: Scheme, ballot: str) -> str | None:
    rounds = rounds_of(scheme)
    for at, rule in enumerate(rounds):
        if any(_rests_on(scheme, name, ballot, set()) for name in _looks_at(rule)):
            if rule.field:
                return None if rule.field == "all" else rule.field
            return rounds[at - 1].id if at else None
    return None


def _looks_at(rule: Round) -> tuple[str, ...]:
    gates = tuple(gate.of for gate in rule.gates)
    ties = tuple(link.by for link in rule.ties if link.by)
    return (rule.by, *gates, *ties)


def _rests_on(scheme: Scheme, component: str, ballot: str, seen: set[str]) -> bool:
    if component in seen:
        return False
    seen.add(component)
    found = scheme.component(component)
    if isinstance(found, BallotScore):
        return found.ballot == ballot
    return any(_rests_on(scheme, name, ballot, seen) for name in parents(found))
