"""What the results screen shows, as plain data from the state and its computed results. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ui.phrases import Phrase, spoken
from ui.words import Say, Text
from venue_app.domain.nouns import Lot
from venue_app.rules import EntryResult, Results, reason_words, rounds_of
from venue_app.rules.number import text
from venue_app.scheme import Entered, Gate, Scheme
from venue_app.state import State
from venue_app.state.appearing import lots_heard, post_titles

Tone = Literal["ink", "quiet", "done", "wait"]
#: Outcomes that mean: nothing is known yet.
_OPEN = ("not_yet", "tie_undecided", "undecided")


@dataclass(frozen=True, slots=True)
class ScoreColumn:
    """One component of the table; `weight` is empty where its value is added as it is."""

    id: str
    title: Text
    weight: str = ""
    later: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A number as printed, with its weighted points where there is a weight."""

    raw: str = ""
    points: str = ""


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One entry. `rank` is empty where none is given; `values` stand in the order of the columns."""

    entry: str
    rank: str
    lot: str
    name: str
    values: tuple[Value, ...]
    composite: str
    outcome: Text
    tone: Tone = "ink"
    passed: bool = False
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class PostPart:
    """One post with its entries in order of rank."""

    id: str
    title: str
    summary: Text
    lines: tuple[ResultLine, ...]


@dataclass(frozen=True, slots=True)
class ResultsModel:
    """The screen at one moment. `provisional` says what may still change and why, `later` what follows the venue."""

    columns: tuple[ScoreColumn, ...]
    composite: Text
    posts: tuple[PostPart, ...]
    rule: Text
    provisional: tuple[Text, ...] = ()
    later: tuple[Text, ...] = ()
    passed: int = 0
    waiting: int = 0
    shown: int = 0

    def line(self, entry: str) -> ResultLine | None:
        """The line of an entry."""
        return next((line for post in self.posts for line in post.lines if line.entry == entry), None)


def results_model(state: State, results: Results) -> ResultsModel:
    """The whole table."""
    columns, lots = _columns(state.scheme), lots_heard(state)
    by_post: dict[str, list[EntryResult]] = {}
    for result in results.entries.values():
        by_post.setdefault(result.post, []).append(result)
    posts = tuple(
        _post(state, results, post, by_post.get(post, []), columns, lots)
        for post in sorted(state.posts)
        if by_post.get(post)
    )
    lines = [line for post in posts for line in post.lines]
    return ResultsModel(
        columns=columns,
        composite=Phrase(state.scheme.component(state.scheme.composite).title),
        posts=posts,
        rule=rule_words(state.scheme),
        provisional=tuple(_provisional(state, results)),
        later=tuple(_later(state, results)),
        passed=sum(line.passed for line in lines),
        waiting=sum(line.provisional for line in lines),
        shown=len(lines),
    )


def found(model: ResultsModel, typed: str) -> ResultsModel:
    """Only the lines whose name, lot or post holds what was typed; everything when nothing was."""
    wanted = typed.casefold().strip()
    if not wanted:
        return model
    posts = []
    for post in model.posts:
        inside = wanted in post.title.casefold()
        lines = tuple(
            line
            for line in post.lines
            if inside or wanted in line.name.casefold() or wanted in line.lot.casefold()
        )
        if lines:
            posts.append(replace(post, lines=lines))
    return replace(model, posts=tuple(posts), shown=sum(len(post.lines) for post in posts))


def _columns(scheme: Scheme) -> tuple[ScoreColumn, ...]:
    """The composite's terms first, then what comes later; the composite itself stands between them."""
    terms = getattr(scheme.component(scheme.composite), "terms", ())
    first = [
        ScoreColumn(
            term.of, Phrase(scheme.component(term.of).title), "" if term.weight == 1 else _number(term.weight)
        )
        for term in terms
    ]
    named = {column.id for column in first}
    later = [
        ScoreColumn(component.id, Phrase(component.title), later=True)
        for component in scheme.components
        if component.later and component.id not in named
    ]
    return (*first, *later)


def _number(value: object) -> str:
    return text(value) if isinstance(value, Decimal | Fraction) else str(value)


def _post(
    state: State,
    results: Results,
    post: str,
    entries: list[EntryResult],
    columns: tuple[ScoreColumn, ...],
    lots: Mapping[str, Lot],
) -> PostPart:
    noun = state.posts[post]
    drawing = [e for e in entries if state.candidates[e.candidate].qualified]
    ordered = sorted(entries, key=_order)
    of_post = results.posts[post]
    said: dict[str, object] = {"title": noun.title, "places": noun.places, "count": len(drawing)}
    if of_post.waiting:
        summary = Say("results.post_open", waiting=len(of_post.waiting), **said)
    else:
        summary = Say("results.post", passed=len(of_post.passed), **said)
    return PostPart(
        id=post,
        title=noun.title,
        summary=summary,
        lines=tuple(_line(state, entry, columns, lots) for entry in ordered),
    )


def _order(result: EntryResult) -> tuple[bool, int, bool, Fraction, str]:
    number = result.composite
    return (
        result.rank is None,
        result.rank or 0,
        number is None,
        -Fraction(number) if number is not None else Fraction(0),
        result.entry,
    )


def _line(
    state: State, result: EntryResult, columns: tuple[ScoreColumn, ...], lots: Mapping[str, Lot]
) -> ResultLine:
    terms = {term.component: term for term in result.terms}
    values = []
    for column in columns:
        term = terms.get(column.id)
        raw = result.values.get(column.id)
        points = term.points if term is not None and column.weight else None
        values.append(Value("" if raw is None else text(raw), "" if points is None else text(points)))
    lot = lots.get(result.entry)
    outcome, tone = _outcome(state, result)
    return ResultLine(
        entry=result.entry,
        rank="" if result.rank is None else str(result.rank),
        lot="" if lot is None else f"{lot.room.removeprefix('R')}-{lot.number}",
        name=state.candidates[result.candidate].name,
        values=tuple(values),
        composite="" if result.composite is None else text(result.composite),
        outcome=outcome,
        tone=tone,
        passed=any(standing.passed for standing in result.rounds.values()),
        provisional=result.outcome.code in _OPEN,
    )


def _outcome(state: State, result: EntryResult) -> tuple[Text, Tone]:
    reason, scheme = result.outcome, state.scheme
    words = spoken(lambda lang: reason_words(reason, lang, scheme, post_titles(state)))
    if reason.code == "passed" and result.rank is not None:
        rule = rule_words(scheme, short=True)
        return Say("results.passed", words=words, rank=result.rank, rule=rule), "done"
    if reason.code in _OPEN:
        return words, "wait"
    return words, "quiet"


def rule_words(scheme: Scheme, *, short: bool = False) -> Text:
    """The first round's rule: thresholds, ratio and, unless `short`, what happens to ties at the cut."""
    rule = rounds_of(scheme)[0]
    parts: list[Text] = [part for gate in rule.gates for part in _gate(scheme, gate, short)]
    if rule.ratio is not None:
        parts.append(
            Say("results.rule.ratio" if not short else "results.rule.ratio_short", ratio=_number(rule.ratio))
        )
    if not short:
        parts.append(Say(_TIES[rule.ties_at_cut]))
    return Joined(tuple(parts))


_TIES = {
    "all": "results.rule.ties_all",
    "none": "results.rule.ties_none",
    "decide": "results.rule.ties_decide",
}


def _gate(scheme: Scheme, gate: Gate, short: bool) -> Iterable[Text]:
    title = Phrase(scheme.component(gate.of).title)
    limits = (
        (gate.at_least, "results.rule.at_least"),
        (gate.above, "results.rule.above"),
        (gate.at_most, "results.rule.at_most"),
        (gate.below, "results.rule.below"),
    )
    for limit, key in limits:
        if limit is None:
            continue
        number = Phrase(scheme.component(limit).title) if isinstance(limit, str) else _number(limit)
        if short and key == "results.rule.at_least":
            yield Say("results.rule.at_least_short", limit=number)
        else:
            yield Say(key, title=title, limit=number)


class Joined(Say):
    """Several texts in one line, parted as the language parts them."""

    __slots__ = ()

    def __init__(self, parts: tuple[Text, ...]) -> None:
        super().__init__("results.join", parts=parts)

    def __str__(self) -> str:
        parts = self.params["parts"]
        assert isinstance(parts, tuple)
        return str(Say("results.join")).join(str(part) for part in parts)


def _provisional(state: State, results: Results) -> Iterable[Text]:
    """What may still change: entries without a number and why, and ties to be decided."""
    missing: Counter[tuple[str, str]] = Counter()
    for result in results.entries.values():
        if result.outcome.code in _OPEN and result.composite is None:
            for component, why in result.why.items():
                if component != state.scheme.composite and not state.scheme.component(component).later:
                    missing[component, why.code] += 1
    for (component, code), count in sorted(missing.items()):
        title = Phrase(state.scheme.component(component).title)
        yield Say(_WHY.get(code, "results.why.other"), title=title, count=count)
    ties = sum(result.outcome.code == "tie_undecided" for result in results.entries.values())
    if ties:
        yield Say("results.why.tie", count=ties)


_WHY = {
    "sheets_missing": "results.why.sheets",
    "below_minimum": "results.why.below_minimum",
    "value_missing": "results.why.value",
}


def _later(state: State, results: Results) -> Iterable[Text]:
    """Components entered after the venue, for those who go on."""
    passed = [e.entry for e in results.entries.values() if any(s.passed for s in e.rounds.values())]
    for component in entered(state.scheme):
        have = sum(entry in state.values.get(component.id, {}) for entry in passed)
        if passed and have < len(passed):
            yield Say("results.why.later", title=Phrase(component.title), count=len(passed), have=have)


def entered(scheme: Scheme) -> tuple[Entered, ...]:
    """The components that are typed in by an office-holder."""
    return tuple(component for component in scheme.components if isinstance(component, Entered))
