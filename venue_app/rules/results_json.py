"""Results as plain data for canonical JSON: decimals as text, lists in order of rank or id."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from venue_app.rules.compute import Results
from venue_app.rules.node import Node
from venue_app.rules.number import Reason, text
from venue_app.rules.results import EntryResult, PostResult
from venue_app.rules.working import working


def _reason(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, **({"params": reason.params} if reason.params else {})}


def _shown(value: Decimal | Fraction | None) -> str | None:
    return None if value is None else text(value)


def _entry(item: EntryResult) -> dict[str, Any]:
    return {
        "candidate": item.candidate,
        "post": item.post,
        "values": {c: _shown(v) for c, v in item.values.items()},
        "why": {c: _reason(r) for c, r in item.why.items()},
        "labels": {c: dict(label.by) for c, label in item.labels.items()},
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


def _post(item: PostResult) -> dict[str, Any]:
    return {
        "outcome": _reason(item.outcome),
        "decided": item.decided,
        "entries": item.entries,
        "places": item.places,
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


def _sets(results: Results) -> dict[str, Any]:
    """Rounds that rank other sets than posts, by set."""
    return {
        rule.id: {
            name: {
                "outcome": _reason(s.outcome),
                "passed": list(s.passed),
                "waiting": list(s.waiting),
                "limit": s.limit,
            }
            for name, s in results.post_standings[rule.id].items()
        }
        for rule in results.scheme.rounds
        if rule.within != "post"
    }


def node_json(node: Node) -> dict[str, Any]:
    """A working tree as plain data."""
    found: dict[str, Any] = {"kind": node.kind, "title": dict(node.title.by), "value": node.value}
    if node.params:
        found["params"] = node.params
    if node.words:
        found["words"] = {name: dict(words.by) for name, words in node.words.items()}
    if node.reason is not None:
        found["reason"] = _reason(node.reason)
    if node.rounding is not None and node.rounding.mode != "exact":
        found["rounding"] = {"mode": node.rounding.mode, "places": node.rounding.places}
    if node.children:
        found["parts"] = [node_json(child) for child in node.children]
    return found


def results_json(results: Results, with_working: bool = False) -> dict[str, Any]:
    """All results; with `with_working`, each ranked entry's tree for the component of its last round."""
    entries = {name: _entry(item) for name, item in results.entries.items()}
    if with_working:
        for name in results.ids:
            entries[name]["working"] = {
                c.id: node_json(working(results, name, c.id)) for c in results.scheme.components
            }
    return {
        "format": 1,
        "scheme": {"id": results.scheme.id, "digest": results.scheme.digest},
        "entries": entries,
        "posts": {name: _post(item) for name, item in results.posts.items()},
        "sets": _sets(results),
        "people": len({e.candidate for e in results.facts.entries.values()}),
        "warnings": [_reason(w) for w in results.warnings],
    }
