"""Ballots in plain words."""

from __future__ import annotations

from venue_app.scheme.ballots import Ballot, BallotScore, Spread
from venue_app.scheme.model import Scheme
from venue_app.scheme.numbers import number_text
from venue_app.scheme.words import join, limits_words, rounding_words, say, within_words

Said = tuple[str, tuple[str, ...]]


def ballot_lines(scheme: Scheme, index: int, lang: str) -> list[Said]:
    """One ballot: what the paper asks, who votes, when it is void."""
    ballot = scheme.ballots[index]
    key = f"ballots[{index + 1}]"
    lines: list[Said] = [(join(lang, [_what(ballot, lang), _asked(ballot, lang)]), ())]
    if ballot.per == "person":
        lines.append((say(lang, "per_person"), ()))
    if ballot.items:
        items = [_weighed(i.title.say(lang), number_text(i.weight), lang) for i in ballot.items]
        lines.append((say(lang, "ballot_items", items=join(lang, items, "list_comma")), ()))
    if ballot.classes:
        classes = [_weighed(c.title.say(lang), number_text(c.weight), lang) for c in ballot.classes]
        lines.append((say(lang, "ballot_classes", classes=join(lang, classes, "list_comma")), ()))
    if ballot.kind != "choose":
        lines.append((say(lang, f"over_mark_{ballot.over_mark}"), (f"{key}.over_mark",)))
        lines.append((say(lang, f"blank_{ballot.blank}"), (f"{key}.blank",)))
    lines.append((say(lang, f"blank_paper_{ballot.blank_paper}"), (f"{key}.blank_paper",)))
    if ballot.all_equal == "void":
        lines.append((say(lang, "all_equal_void"), ()))
    for spread in ballot.spreads:
        lines.append((_spread(scheme, ballot, spread, lang), ()))
    if ballot.note:
        lines.append((ballot.note.say(lang), ()))
    for rule in ballot.quorum:
        share = rule.at_least if rule.at_least is not None else rule.above
        sign = "at_least" if rule.at_least is not None else "above"
        limit = say(lang, sign, limit="" if share is None else number_text(share))
        of, over = say(lang, f"papers_{rule.of}"), say(lang, f"papers_{rule.over}")
        lines.append((say(lang, "quorum", of=of, over=over, limit=limit), ()))
    return lines


def _weighed(title: str, weight: str, lang: str) -> str:
    return title if weight == "1" else say(lang, "weighed", title=title, weight=weight)


def _what(ballot: Ballot, lang: str) -> str:
    return say(
        lang, f"ballot_{ballot.kind}", title=ballot.title.say(lang), within=within_words(ballot.within, lang)
    )


def _asked(ballot: Ballot, lang: str) -> str:
    if ballot.kind == "points":
        low, high = number_text(ballot.minimum), number_text(ballot.maximum)
        return say(lang, "ballot_range", low=low, high=high, step=number_text(ballot.step))
    if ballot.kind == "choose":
        parts = [
            say(lang, key, count=count)
            for key in ("choose_exactly", "choose_at_most", "choose_at_least")
            if (count := getattr(ballot, key)) is not None
        ]
        return join(lang, [*parts, say(lang, "write_in") if ballot.write_in else ""])
    grades = [
        say(lang, "grade", title=g.title.say(lang), points=number_text(g.points)) for g in ballot.grades
    ]
    return join(lang, grades, "list_comma")


def _spread(scheme: Scheme, ballot: Ballot, spread: Spread, lang: str) -> str:
    titles = {g.id: g.title.say(lang) for g in ballot.grades}
    what = titles.get(spread.grade, "") or limits_words(scheme, spread, lang)
    parts = []
    for key in ("count_at_most", "count_at_least", "share_at_most", "share_at_least"):
        limit = getattr(spread, key)
        if limit is not None:
            parts.append(say(lang, key, limit=limit if isinstance(limit, int) else number_text(limit)))
    return say(lang, "spread", what=what, how=join(lang, parts))


def score_words(scheme: Scheme, component: BallotScore, lang: str) -> str:
    """How a ballot becomes a number."""
    ballot = scheme.ballot(component.ballot)
    titles = {g.id: g.title.say(lang) for g in ballot.grades}
    chosen = component.answers or (ballot.answers()[:1] if ballot.kind in {"decide", "choose"} else ())
    answers = [titles.get(a) or say(lang, f"answer_{a}") for a in chosen]
    parts = [
        say(
            lang,
            f"measure_{component.measure}",
            title=ballot.title.say(lang),
            answers=join(lang, answers, "list_comma"),
            over=say(lang, f"over_{component.denominator}"),
            points=number_text(component.points),
        )
    ]
    if component.of_classes:
        classes = [c.title.say(lang) for c in ballot.classes if c.id in component.of_classes]
        parts.append(say(lang, "of_classes", classes=join(lang, classes, "list_comma")))
    if len(component.of_classes or ballot.classes) > 1:
        parts.append(say(lang, f"classes_{component.classes}"))
    if component.trim.cut(10**6) != (0, 0):
        parts.append(say(lang, "trim_totals", high=component.trim.high, low=component.trim.low))
    for key in ("item_rounding", "class_rounding"):
        how = rounding_words(getattr(component, key), lang)
        if how:
            parts.append(say(lang, key, how=how))
    return join(lang, parts)
