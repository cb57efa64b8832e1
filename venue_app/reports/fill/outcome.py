"""Composite and shortlist."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from operator import attrgetter

from venue_app.reports import models as m
from venue_app.reports.fill.common import PlanWords, Source
from venue_app.reports.fill.few import decided_of
from venue_app.rules import EntryResult, TermValue, reason_words, rounds_of
from venue_app.rules.number import decimal, text
from venue_app.scheme import Gate, Sum, Term
from venue_app.state.appearing import post_titles


def composite(source: Source) -> m.Composite:
    """综合成绩表 of every post that is competed for."""
    columns = source.scheme.component(source.scheme.composite)
    terms = columns.terms if isinstance(columns, Sum) else (Term(of=columns.id, weight=Decimal(1)),)
    components = tuple(
        m.Component(
            title=source.scheme.component(t.of).title.say(source.lang),
            weight=_full_points(source, t.of, Fraction(t.weight)),
            raw=t.weight != 1,
        )
        for t in terms
    )
    posts = tuple(
        _post(source, post.id)
        for post in sorted(source.state.posts.values(), key=attrgetter("id"))
        if not post.cancelled
    )
    waiting = sum(len(p.waiting) for p in source.results.posts.values())
    return m.Composite(
        components=components,
        posts=tuple(p for p in posts if p.lines),
        provisional=source.say("waiting", count=waiting) if waiting else "",
    )


def _full_points(source: Source, component: str, weight: Fraction) -> str:
    full = source.scheme.maximum(component)
    if full is None:
        return text(decimal(weight))
    return source.say("points", points=text(decimal(Fraction(full) * weight)))


def _post(source: Source, post: str) -> m.CompositePost:
    found = [r for r in source.results.entries.values() if r.post == post and _competes(source, r)]
    found.sort(key=lambda r: (r.rank is None, r.rank or 0, r.entry))
    return m.CompositePost(
        title=source.state.posts[post].title,
        places=source.state.posts[post].places,
        lines=tuple(_line(source, r) for r in found),
    )


def _competes(source: Source, result: EntryResult) -> bool:
    return source.state.candidates[result.candidate].qualified


def _line(source: Source, result: EntryResult) -> m.CompositeLine:
    lot = source.lots.get(result.entry)
    number = (
        "" if lot is None else source.say("lot_of_room", room=source.room_title(lot.room), lot=lot.number)
    )
    return m.CompositeLine(
        rank=result.rank,
        number=number,
        name=source.person(result.entry),
        parts=tuple(_part(t) for t in result.terms) or _whole(result),
        composite="" if result.composite is None else text(result.composite),
        remark=reason_words(result.outcome, source.lang, source.scheme, post_titles(source.state)),
        few=tuple(decided_of(source, result.entry)),
    )


def _whole(result: EntryResult) -> tuple[m.Part, ...]:
    """The one column of a composite that is not a sum: the composite itself."""
    value = "" if result.composite is None else text(result.composite)
    return (m.Part(raw=value, weighted=value),)


def _part(term: TermValue) -> m.Part:
    raw = "" if term.value is None else text(term.value)
    if term.weight == 1:
        return m.Part(raw=raw, weighted=raw)  # keeps the places it was rounded to: 7.60
    return m.Part(raw=raw, weighted="" if term.points is None else text(term.points))


def shortlist(source: Source) -> m.Shortlist:
    """入围考察名单: those who pass the first round, by post and rank."""
    first = rounds_of(source.scheme)[0]
    lines: list[m.ShortlistLine] = []
    for post in sorted(source.state.posts.values(), key=attrgetter("id")):
        standing = source.results.post_standings[first.id].get(post.id)
        for entry in standing.passed if standing else ():
            lines.append(_chosen(source, source.results.entries[entry], post.title))
    return m.Shortlist(rule=shortlist_rule(source.words), lines=tuple(lines))


def shortlist_rule(source: PlanWords) -> str:
    """The rule of the first round in words: its gates, its ratio, what becomes of ties at the cut."""
    first = rounds_of(source.scheme)[0]
    rule = [_gate_words(source, g) for g in first.gates]
    if first.ratio is not None:
        rule.append(source.say("rule_ratio", ratio=text(first.ratio)))
    rule.append(source.say(f"rule_ties_{first.ties_at_cut}"))
    return source.say("rule_join").join(rule)


def _gate_words(source: PlanWords, gate: Gate) -> str:
    """The gate's own words where the plan gives them, else its limits."""
    said = gate.title.say(source.lang)
    if said:
        return said
    title = source.scheme.component(gate.of).title.say(source.lang)
    limits = (
        ("rule_at_least", gate.at_least),
        ("rule_above", gate.above),
        ("rule_at_most", gate.at_most),
        ("rule_below", gate.below),
    )
    words = [
        source.say(key, title=title, limit=_limit(source, limit))
        for key, limit in limits
        if limit is not None
    ]
    return source.say("rule_join").join(words)


def _limit(source: PlanWords, limit: Decimal | Fraction | str) -> str:
    """A number, or the name of the component that is the limit."""
    return source.scheme.component(limit).title.say(source.lang) if isinstance(limit, str) else text(limit)


def _chosen(source: Source, result: EntryResult, post: str) -> m.ShortlistLine:
    rank = result.rounds[rounds_of(source.scheme)[0].id].rank or 0
    return m.ShortlistLine(
        post=post,
        name=source.person(result.entry),
        composite="" if result.composite is None else text(result.composite),
        rank=rank,
        basis=source.say("basis", rank=rank),
    )
