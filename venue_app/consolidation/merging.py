"""One ranking of several bundles, by the same rules that ranked each, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from venue_app import __version__
from venue_app.base.canonical import canonical
from venue_app.base.errors import Known
from venue_app.base.i18n import tr_in
from venue_app.consolidation.fitting import Difference, Fit
from venue_app.consolidation.part import Part, Who
from venue_app.domain.nouns import Mode
from venue_app.rules import EntryResult, Results, compute
from venue_app.rules.joining import across, heard_apart, joined
from venue_app.rules.number import text
from venue_app.scheme import Scheme

KIND, FORMAT = "venue-app.consolidated", 1


@dataclass(frozen=True, slots=True)
class Consolidated:
    """The ranking of a whole selection: `results` of all `people`, resting on `parts`, in order of venue and event.

    `listed` is whether the venues and their keys were compared with a list of those expected; `apart` are posts heard in
    several venues, with those, where the plan does not say how marks of different panels compare.
    """

    title: str
    scheme: Scheme
    mode: Mode
    parts: tuple[Part, ...]
    people: dict[str, Who]
    results: Results
    differences: tuple[Difference, ...]
    listed: bool
    apart: Mapping[str, tuple[str, ...]]

    @property
    def basis(self) -> str:
        """SHA-256 (hex) over the digests of all bundles and the heads of their journals."""
        return sha256(canonical([[p.sha256, p.size, p.root] for p in self.parts])).hexdigest()


def merge(parts: Sequence[Part], fit: Fit, *, title: str = "", listed: bool = False) -> Consolidated:
    """All facts recomputed in one go. `fit` must be without fault. Raises `Known`: joining.*."""
    assert not fit.faults
    whole = tuple(sorted(parts, key=lambda p: (p.venue, p.title, p.event)))
    try:
        facts = joined(part.facts for part in whole)
    except Known as fault:
        raise _in_words(fault, fit.scheme) from fault
    return Consolidated(
        title=title or fit.scheme.title.say(fit.scheme.language),
        scheme=fit.scheme,
        mode=whole[0].mode,
        parts=whole,
        people={name: who for part in whole for name, who in part.people.items()},
        results=compute(across(fit.scheme), facts),
        differences=fit.differences,
        listed=listed,
        apart=heard_apart(fit.scheme, facts),
    )


def _in_words(fault: Known, scheme: Scheme) -> Known:
    ballot = fault.params.get("ballot")
    if isinstance(ballot, str):
        return Known(
            fault.code, **{**fault.params, "ballot": scheme.ballot(ballot).title.say(scheme.language)}
        )
    return fault


def apart_note(whole: Consolidated, lang: str) -> str:
    """What has to be said of posts heard in several venues under a plan that is silent on it; '' where there are none."""
    if not whole.apart:
        return ""
    post, venues = max(whole.apart.items(), key=lambda one: len(one[1]))
    return tr_in(lang, "consolidate.note.apart", count=len(whole.apart), post=post, venues=len(venues))


def plain(whole: Consolidated) -> dict[str, Any]:
    """The consolidated results as plain data (docs/formats/consolidated.md)."""
    results = whole.results
    return {
        "format": FORMAT,
        "kind": KIND,
        "software": f"venue-app {__version__}",
        "title": whole.title,
        "mode": whole.mode,
        "scheme": {"id": whole.scheme.id, "digest": whole.scheme.digest},
        "basis": whole.basis,
        "listed": whole.listed,
        "sources": [_source(part) for part in whole.parts],
        "differences": [
            {"files": list(d.files), "digest": d.digest, "parts": list(d.parts)} for d in whole.differences
        ],
        "apart": {post: list(venues) for post, venues in whole.apart.items()},
        "entries": {name: _entry(whole, item) for name, item in results.entries.items()},
        "posts": {
            name: {
                "outcome": item.outcome.code,
                "places": item.places,
                "entries": item.entries,
                "passed": list(item.passed),
                "waiting": list(item.waiting),
            }
            for name, item in results.posts.items()
        },
        "warnings": [{"code": w.code, "params": w.params} for w in results.warnings],
    }


def _source(part: Part) -> dict[str, Any]:
    return {
        "file": part.file,
        "sha256": part.sha256,
        "event": part.event,
        "title": part.title,
        "place": part.place,
        "journal": {"size": part.size, "root": part.root},
        "key": part.key,
        "closed_at": part.closed_at,
        "reopened": part.reopened,
        "rooms": list(part.rooms),
        "entries": len(part.people),
        "open": list(part.open_points),
    }


def _entry(whole: Consolidated, item: EntryResult) -> dict[str, Any]:
    who = whole.people[item.entry]
    return {
        "identity": who.identity,
        "name": who.name,
        "post": who.post,
        "venue": who.venue,
        "room": who.room,
        "lot": who.lot or None,
        "components": {c: None if v is None else text(v) for c, v in item.values.items()},
        "points": {t.component: None if t.points is None else text(t.points) for t in item.terms},
        "composite": None if item.composite is None else text(item.composite),
        "rank": item.rank,
        "outcome": item.outcome.code,
        "reason": item.outcome.params,
        "provisional": item.provisional,
    }
