"""Components in plain words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from venue_app.scheme.ballots import BallotScore
from venue_app.scheme.components import (
    Attribute,
    Bonus,
    Calculated,
    Choice,
    Component,
    Entered,
    Imported,
    Overrun,
    Panel,
    Steps,
    Sum,
)
from venue_app.scheme.derived import Balance, Best, Graded, SeatPlaces, Statistic
from venue_app.scheme.explain_ballots import score_words
from venue_app.scheme.model import Scheme
from venue_app.scheme.numbers import number_text
from venue_app.scheme.words import condition_words, join, rounding_words, say, title_of, within_words


def _brought(_scheme: Scheme, c: Any, lang: str) -> str:
    low = "" if not c.minimum else say(lang, "from_minimum", minimum=number_text(c.minimum))
    return say(lang, c.kind, maximum=number_text(c.maximum)) + low


def _panel(scheme: Scheme, c: Any, lang: str) -> str:
    return say(lang, "panel", group=scheme.group(c.group).title.say(lang))


def _sum(scheme: Scheme, c: Any, lang: str) -> str:
    terms = []
    for term in c.terms:
        title = title_of(scheme, term.of, lang)
        weighed = (
            title if term.weight == 1 else say(lang, "term", title=title, weight=number_text(term.weight))
        )
        how = rounding_words(term.rounding, lang)
        terms.append(say(lang, "term_rounded", term=weighed, how=how) if how else weighed)
    if c.plus:
        terms.append(number_text(c.plus))
    whole = say(lang, "plus").join(terms)
    if c.divide != 1:
        whole = say(lang, "divide", terms=whole, divide=number_text(c.divide))
    return join(lang, [whole, *_held(c, lang)])


def _held(c: Any, lang: str) -> list[str]:
    parts = []
    for key in ("cap", "floor"):
        limit = getattr(c, key, None)
        if limit is not None:
            parts.append(say(lang, key, limit=number_text(limit)))
    return parts


def _formula(scheme: Scheme, c: Any, lang: str) -> str:
    names = [say(lang, "named", id=name, title=title_of(scheme, name, lang)) for name in c.formula.names]
    return join(
        lang, [say(lang, "formula", formula=c.formula.text), join(lang, names, "list_comma"), *_held(c, lang)]
    )


def _case(scheme: Scheme, c: Any, lang: str) -> str:
    cases = [
        say(lang, "case", when=condition_words(scheme, case.when, lang), of=title_of(scheme, case.of, lang))
        for case in c.cases
    ]
    if c.otherwise:
        cases.append(say(lang, "otherwise", of=title_of(scheme, c.otherwise, lang)))
    return join(lang, cases, "semicolon")


def _attribute(_scheme: Scheme, c: Any, lang: str) -> str:
    return join(
        lang, [say(lang, "attribute", attribute=c.attribute, times=number_text(c.times)), *_held(c, lang)]
    )


def _bonus(scheme: Scheme, c: Any, lang: str) -> str:
    awards = [
        say(
            lang,
            "award",
            when=a.title.say(lang) or condition_words(scheme, a.when, lang),
            points=number_text(a.points),
        )
        for a in c.awards
    ]
    return join(lang, [join(lang, awards, "semicolon"), say(lang, f"bonus_{c.take}"), *_held(c, lang)])


def _steps(scheme: Scheme, c: Any, lang: str) -> str:
    steps = [
        say(
            lang,
            "stepped",
            at_least=number_text(s.at_least),
            title=s.title.say(lang),
            value=number_text(s.value),
        )
        for s in sorted(c.steps, key=lambda s: -s.at_least)
    ]
    last = say(lang, "steps_otherwise", value=number_text(c.otherwise))
    return join(
        lang, [say(lang, "steps", of=title_of(scheme, c.of, lang)), join(lang, [*steps, last], "semicolon")]
    )


def _overrun(scheme: Scheme, c: Any, lang: str) -> str:
    return say(lang, "overrun", stage=scheme.stage(c.stage).title.say(lang))


def _statistic(scheme: Scheme, c: Any, lang: str) -> str:
    drop = say(lang, "trim_totals", high=c.drop_high, low=c.drop_low) if c.drop_high or c.drop_low else ""
    what = say(lang, f"statistic_{c.take}", of=title_of(scheme, c.of, lang))
    return join(lang, [say(lang, "statistic", within=within_words(c.within, lang), what=what), drop])


def _best(scheme: Scheme, c: Any, lang: str) -> str:
    of = title_of(scheme, c.of, lang)
    return say(lang, "best", of=of, within=within_words(c.within, lang), points=number_text(c.points))


def _places(scheme: Scheme, c: Any, lang: str) -> str:
    drop = say(lang, "trim_totals", high=c.drop_high, low=c.drop_low) if c.drop_high or c.drop_low else ""
    group = scheme.group(c.group).title.say(lang)
    return join(lang, [say(lang, f"places_{c.take}", group=group, within=within_words(c.within, lang)), drop])


def _balance(scheme: Scheme, c: Any, lang: str) -> str:
    of = title_of(scheme, c.of, lang)
    parts = [
        say(
            lang,
            "balance",
            of=of,
            within=within_words(c.within, lang),
            overall=say(lang, f"overall_{c.overall.replace('-', '_')}"),
        )
    ]
    if c.drop_high or c.drop_low:
        parts.append(say(lang, "balance_drop", high=c.drop_high, low=c.drop_low))
    for key in ("means", "coefficient"):
        how = rounding_words(getattr(c, key), lang)
        if how:
            parts.append(say(lang, f"balance_{key}", how=how))
    return join(lang, parts)


def _grade(scheme: Scheme, c: Any, lang: str) -> str:
    grades = []
    for g in c.grades:
        parts = [g.title.say(lang)]
        for key in ("share", "count", "at_least", "at_least_share"):
            limit = getattr(g, key)
            if limit is not None:
                shown = limit if isinstance(limit, int) else number_text(limit)
                parts.append(say(lang, f"grade_{key}", limit=shown))
        grades.append(join(lang, parts))
    head = say(lang, "grades", of=title_of(scheme, c.of, lang), within=within_words(c.within, lang))
    return join(lang, [head, join(lang, grades, "semicolon")])


_SAY: dict[type[Component], Callable[[Scheme, Any, str], str]] = {
    Imported: _brought,
    Entered: _brought,
    Panel: _panel,
    Sum: _sum,
    Calculated: _formula,
    Choice: _case,
    Attribute: _attribute,
    Bonus: _bonus,
    Steps: _steps,
    Overrun: _overrun,
    Statistic: _statistic,
    SeatPlaces: _places,
    Best: _best,
    Balance: _balance,
    Graded: _grade,
    BallotScore: score_words,
}


def component_line(scheme: Scheme, index: int, lang: str) -> tuple[str, tuple[str, ...]]:
    """One component: what it is made of, how it is cut, what 缺考 does."""
    component = scheme.components[index]
    parts = [_SAY[type(component)](scheme, component, lang)]
    how = rounding_words(scheme.rounding_of(component), lang)
    if how:
        parts.append(how)
    if isinstance(component, Imported | Entered) and component.per == "person":
        parts.append(say(lang, "per_person"))
    if component.later:
        parts.append(say(lang, "later"))
    if not component.made_of() and component.absent != "out":
        parts.append(say(lang, f"absent_{component.absent}"))
    whole = say(lang, "component", title=component.title.say(lang), body=join(lang, parts))
    return (say(lang, "noted", line=whole, note=component.note.say(lang)) if component.note else whole), ()
