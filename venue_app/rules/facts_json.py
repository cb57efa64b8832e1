"""Facts as plain data: what `load_facts` reads, in canonical order, for files others recompute from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from venue_app.rules.facts import Facts
from venue_app.rules.number import fixed, text
from venue_app.rules.papers import BallotFact, Paper
from venue_app.scheme.model import Scheme


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row without what says nothing."""
    return {key: value for key, value in row.items() if value not in ("", None, {}, (), [])}


def _items(ballot_items: tuple[str, ...], by_item: Mapping[str, Any]) -> Any:
    return by_item[""] if ballot_items == ("",) and "" in by_item else dict(by_item)


def _paper(items: tuple[str, ...], paper: Paper) -> dict[str, Any]:
    marks = {
        entry: _items(items, {i: list(a) if len(a) != 1 else a[0] for i, a in by_item.items()})
        for entry, by_item in paper.marks.items()
    }
    return _plain({"marks": marks, "others": list(paper.others), "void": paper.void or None})


def _box(scheme: Scheme, box: BallotFact) -> dict[str, Any]:
    items = scheme.ballot(box.ballot).item_ids()
    counted = None
    if box.counted is not None:
        votes = {e: _items(items, {i: dict(v) for i, v in by.items()}) for e, by in box.counted.votes.items()}
        counted = {"valid": box.counted.valid, "void": box.counted.void, "votes": votes}
    row = {
        "ballot": box.ballot,
        "where": box.where,
        "class": box.voter_class,
        "attempt": box.attempt if box.attempt != 1 else None,
        "returned": box.returned,
        "members": box.members,
        "present": box.present,
        "counted": counted,
        "void_vote": box.void_vote or None,
    }
    papers = sorted((_paper(items, paper) for paper in box.papers), key=repr_key)
    return {**_plain(row), "issued": box.issued, **({"papers": papers} if papers else {})}


def _people(facts: Facts) -> dict[str, Any]:
    return {
        "posts": [
            {
                **_plain(
                    {
                        "title": p.title,
                        "cancelled": p.cancelled,
                        "outcome": p.outcome,
                        "attributes": dict(p.attributes),
                    }
                ),
                "id": p.id,
                "places": p.places,
            }
            for p in facts.posts.values()
        ],
        "candidates": [
            {"id": c.id, **_plain({"attributes": dict(c.attributes)})} for c in facts.candidates.values()
        ],
        "entries": [
            {
                **_plain(
                    {
                        "room": e.room,
                        "session": e.session,
                        "moved_from": e.moved_from,
                        "unqualified": e.unqualified,
                        "attributes": dict(e.attributes),
                    }
                ),
                "id": e.id,
                "candidate": e.candidate,
                "post": e.post,
                "preference": e.preference,
            }
            for e in facts.entries.values()
        ],
    }


def _sheets(scheme: Scheme, facts: Facts) -> list[dict[str, Any]]:
    rows = []
    for (entry, group), by_seat in facts.sheets.items():
        rule = scheme.group(group)
        for seat, marks in by_seat.items():
            given = {c.id: text(fixed(m, rule.places)) for c, m in zip(rule.criteria, marks, strict=True)}
            rows.append({"entry": entry, "group": group, "seat": seat, "marks": given})
    return rows


def facts_json(scheme: Scheme, facts: Facts) -> dict[str, Any]:
    """All facts as plain data; equal facts give equal canonical bytes, whatever order they are held in."""
    lists: dict[str, list[Any]] = {
        **_people(facts),
        "panels": [{"group": g, "where": w, "seats": list(s)} for (g, w), s in facts.panels.items()],
        "values": [{"entry": e, "component": c, "value": text(v)} for (e, c), v in facts.values.items()],
        "sheets": _sheets(scheme, facts),
        "out_seats": [
            {"entry": e, "group": g, "seat": seat, "state": state}
            for (e, g), seats in facts.out_seats.items()
            for seat, state in seats.items()
        ],
        "absent": [_plain({"entry": e, "component": c}) for e, c in facts.absent],
        "barred": [
            _plain({"entry": e, "code": b.code, "after": b.after, "note": b.note})
            for e, b in facts.barred.items()
        ],
        "accepted": [
            _plain({"entry": e, "group": g, "by": list(a.by), "reason": a.reason})
            for (e, g), a in facts.accepted.items()
        ],
        "overruns": [{"entry": e, "stage": s, "seconds": n} for (e, s), n in facts.overruns.items()],
        "ballots": [_box(scheme, box) for box in facts.ballots],
        "lots": [{"round": r, "entry": e, "number": n} for (r, e), n in facts.lots.items()],
        "decided": [
            {**_plain({"where": w}), "round": r, "entries": sorted(names)}
            for (r, w), names in facts.decided.items()
        ],
        "declared": [{**_plain({"post": d.post}), "what": d.what, "count": d.count} for d in facts.declared],
    }
    sorted_lists = {name: sorted(rows, key=repr_key) for name, rows in lists.items() if rows}
    return {"format": 1, **sorted_lists}


def repr_key(row: Any) -> str:
    """An order for rows that depends on nothing but what is in them."""
    if isinstance(row, dict):
        return "{" + ",".join(f"{key}={repr_key(row[key])}" for key in sorted(row)) + "}"
    return "[" + ",".join(map(repr_key, row)) + "]" if isinstance(row, list) else repr(row)
