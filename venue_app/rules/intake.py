"""Before the first round: which posts are competed for, and for how many places."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from venue_app.rules.facts import Facts
from venue_app.rules.number import Reason
from venue_app.scheme.model import Scheme
from venue_app.scheme.numbers import Number


@dataclass(frozen=True, slots=True)
class Opening:
    """Posts closed and why, the places of every post, and what is worth a warning."""

    closed: dict[str, Reason] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    warnings: tuple[Reason, ...] = ()


def reduced(ratio: Number, count: int, places: int) -> int:
    """The most places, up to `places`, that `count` people are enough for."""
    while places and Fraction(ratio) * places > count:
        places -= 1
    return places


def _counts(scheme: Scheme, facts: Facts) -> dict[str, int]:
    """Entries by the post they were made for; those who moved away still count where they entered."""
    found: dict[str, int] = {}
    for entry in facts.entries.values():
        if scheme.intake.counts == "qualified" and entry.unqualified:
            continue
        post = entry.moved_from or entry.post
        found[post] = found.get(post, 0) + 1
    return found


def _too_many(scheme: Scheme, facts: Facts) -> list[Reason]:
    most = scheme.intake.most_posts
    if most is None:
        return []
    posts: dict[str, set[str]] = {}
    for entry in facts.entries.values():
        posts.setdefault(entry.candidate, set()).add(entry.post)
    return [
        Reason("too_many_posts", {"candidate": who, "found": str(len(posts[who])), "limit": str(most)})
        for who in sorted(posts)
        if len(posts[who]) > most
    ]


def opening(scheme: Scheme, facts: Facts) -> Opening:
    """Posts cancelled by decision, or by too few entries; places reduced where the scheme reduces them."""
    rule = scheme.intake
    counts = _counts(scheme, facts)
    closed: dict[str, Reason] = {}
    places: dict[str, int] = {}
    warnings = _too_many(scheme, facts)
    for post in sorted(facts.posts.values(), key=lambda p: p.id):
        count = counts.get(post.id, 0)
        places[post.id] = post.places
        if post.cancelled:
            closed[post.id] = Reason("post_cancelled", {"note": post.cancelled})
            continue
        ratio = rule.minimum_ratio if rule.minimum_ratio is not None else 0
        wanted = max(Fraction(rule.minimum_entries), Fraction(ratio) * post.places)
        params = {
            "post": post.id,
            "count": str(count),
            "minimum": str(-(-wanted.numerator // wanted.denominator)),
        }
        if count >= wanted or rule.below == "keep" or post.kept:
            continue
        if rule.below == "reduce" and count >= rule.minimum_entries and rule.minimum_ratio is not None:
            places[post.id] = reduced(rule.minimum_ratio, count, post.places)
            if places[post.id]:
                warnings.append(Reason("places_reduced", {**params, "places": str(places[post.id])}))
                continue
        closed[post.id] = Reason("post_below_minimum", params)
    return Opening(closed, places, tuple(warnings))
