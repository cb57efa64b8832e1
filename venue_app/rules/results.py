"""Results by entry and by post, and as canonical JSON."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from venue_app.rules.compute import EntryResult, PostResult, Results, TermValue
from venue_app.rules.number import Reason, cut, decimal, text
from venue_app.rules.rounds import Standing
from venue_app.scheme.components import Sum


def _terms(results: Results, entry: str) -> tuple[TermValue, ...]:
    composite = results.scheme.component(results.scheme.composite)
    if not isinstance(composite, Sum):
        return ()
    found = []
    for term in composite.terms:
        value = results.value(entry, term.of) if entry in results.position else None
        points: Decimal | Fraction | None = None
        if value is not None:
            number, den = cut(Fraction(value) * Fraction(term.weight), 1, term.rounding)
            points = decimal(number, den)
        found.append(TermValue(component=term.of, value=value, weight=term.weight, points=points))
    return tuple(found)


def _standing(results: Results, entry: str) -> Standing:
    """Where an entry stands after the furthest round it took part in."""
    fact = results.facts.entries[entry]
    if fact.post in results.closed:
        return Standing(rank=None, outcome=results.closed[fact.post], passed=False)
    if fact.unqualified:
        return Standing(rank=None, outcome=Reason("unqualified", {"note": fact.unqualified}), passed=False)
    furthest: Standing | None = None
    for of_round in results.standings.values():
        standing = of_round.get(entry)
        if standing is None or (furthest is not None and standing.outcome.code == "not_yet"):
            break
        furthest = standing
    assert furthest is not None
    return furthest


def entry_result(results: Results, entry: str) -> EntryResult:
    """The result of one entry."""
    fact = results.facts.entries[entry]
    known = entry in results.position
    values = {c: results.value(entry, c) if known else None for c in results.columns}
    index = results.position.get(entry, -1)
    why = {c: col.why[index] for c, col in results.columns.items() if known and index in col.why}
    standing = _standing(results, entry)
    return EntryResult(
        entry=entry,
        candidate=fact.candidate,
        post=fact.post,
        values=values,
        why=why,
        terms=_terms(results, entry),
        composite=values[results.scheme.composite],
        rank=standing.rank,
        outcome=standing.outcome,
        provisional=standing.provisional,
        rounds={r: table[entry] for r, table in results.standings.items() if entry in table},
    )


def post_result(results: Results, post: str) -> PostResult:
    """The result of one post."""
    entries = [e.id for e in results.facts.entries.values() if e.post == post]
    rounds = {r: table[post] for r, table in results.post_standings.items() if post in table}
    if post in results.closed:
        return PostResult(
            post=post, outcome=results.closed[post], entries=len(entries), passed=(), waiting=(), rounds={}
        )
    last = None
    for standing in rounds.values():
        if last is not None and standing.outcome.code == "not_yet":
            break
        last = standing
    if last is None:
        return PostResult(
            post=post, outcome=Reason("no_entries"), entries=0, passed=(), waiting=(), rounds={}
        )
    return PostResult(
        post=post,
        outcome=last.outcome,
        entries=len(entries),
        passed=last.passed,
        waiting=last.waiting,
        rounds=rounds,
    )


def _reason(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, **({"params": reason.params} if reason.params else {})}


def _shown(value: Decimal | Fraction | None) -> str | None:
    return None if value is None else text(value)


def results_json(results: Results) -> dict[str, Any]:
    """Results as plain data for canonical JSON: decimals as text, lists in order of id or rank."""
    entries = {}
    for name, item in results.entries.items():
        entries[name] = {
            "candidate": item.candidate,
            "post": item.post,
            "values": {c: _shown(v) for c, v in item.values.items()},
            "why": {c: _reason(r) for c, r in item.why.items()},
            "terms": [
                {
                    "component": t.component,
                    "value": _shown(t.value),
                    "weight": text(t.weight),
                    "points": _shown(t.points),
                }
                for t in item.terms
            ],
            "composite": _shown(item.composite),
            "rank": item.rank,
            "outcome": _reason(item.outcome),
            "provisional": item.provisional,
            "rounds": {
                r: {
                    "rank": s.rank,
                    "outcome": _reason(s.outcome),
                    "passed": s.passed,
                    "provisional": s.provisional,
                }
                for r, s in item.rounds.items()
            },
        }
    posts = {
        name: {
            "outcome": _reason(item.outcome),
            "entries": item.entries,
            "passed": list(item.passed),
            "waiting": list(item.waiting),
            "rounds": {
                r: {
                    "outcome": _reason(s.outcome),
                    "passed": list(s.passed),
                    "waiting": list(s.waiting),
                    "limit": s.limit,
                }
                for r, s in item.rounds.items()
            },
        }
        for name, item in results.posts.items()
    }
    return {
        "format": 1,
        "scheme": {"id": results.scheme.id, "digest": results.scheme.digest},
        "entries": entries,
        "posts": posts,
        "warnings": [_reason(w) for w in results.warnings],
    }
