"""Counting papers: which are valid, and how many votes each answer has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from venue_app.rules.belong import holder, where
from venue_app.rules.facts import Facts
from venue_app.rules.papers import BallotFact, Counted, Paper
from venue_app.scheme.ballots import ABSTAIN, Ballot, Spread
from venue_app.scheme.model import Scheme
from venue_app.scheme.numbers import on_step, written

Votes = dict[tuple[str, str], dict[str, int]]
"""By (entry, item): answer → votes."""


@dataclass(frozen=True, slots=True)
class Count:
    """A box counted. `void_vote` when more papers came back than were issued: then nothing counts.

    `short` when papers stated as returned are not all there. `others` counts written-in names.
    """

    issued: int = 0
    returned: int = 0
    valid: int = 0
    void: int = 0
    blank: int = 0
    members: int | None = None
    present: int | None = None
    votes: Votes = field(default_factory=dict)
    others: dict[str, int] = field(default_factory=dict)
    void_vote: bool = False
    short: bool = False


def add(counts_: Iterable[Count]) -> Count:
    """Boxes put together."""
    whole = Count()
    for one in counts_:
        votes = {key: dict(answers) for key, answers in whole.votes.items()}
        for key, answers in one.votes.items():
            into = votes.setdefault(key, {})
            for answer, number in answers.items():
                into[answer] = into.get(answer, 0) + number
        others = dict(whole.others)
        for name, number in one.others.items():
            others[name] = others.get(name, 0) + number
        whole = Count(
            whole.issued + one.issued,
            whole.returned + one.returned,
            whole.valid + one.valid,
            whole.void + one.void,
            whole.blank + one.blank,
            _plus(whole.members, one.members),
            _plus(whole.present, one.present),
            votes,
            others,
            whole.void_vote or one.void_vote,
            whole.short or one.short,
        )
    return whole


def times(count: Count, factor: int) -> Count:
    """A box as if each of its papers were there `factor` times."""
    return Count(
        count.issued * factor,
        count.returned * factor,
        count.valid * factor,
        count.void * factor,
        count.blank * factor,
        None if count.members is None else count.members * factor,
        None if count.present is None else count.present * factor,
        {key: {answer: n * factor for answer, n in answers.items()} for key, answers in count.votes.items()},
        dict(count.others),
        count.void_vote,
        count.short,
    )


def _plus(a: int | None, b: int | None) -> int | None:
    return b if a is None else a if b is None else a + b


def counts(scheme: Scheme, facts: Facts, ids: tuple[str, ...]) -> dict[tuple[str, str, str], Count]:
    """All boxes by (ballot, where, class); of votes held again only the last attempt."""
    boxes: dict[tuple[str, str, str], list[BallotFact]] = {}
    for box in facts.ballots:
        boxes.setdefault((box.ballot, box.where, box.voter_class), []).append(box)
    found = {}
    for key, group in boxes.items():
        ballot = scheme.ballot(key[0])
        last = max(box.attempt for box in group)
        entries = [facts.entries[n] for n in ids]
        running = (holder(e, ballot.per) for e in entries if where(facts, e, ballot.within) == key[1])
        printed = _on_paper(
            ballot, [box for one, many in boxes.items() if one[:2] == key[:2] for box in many]
        )
        standing = dict.fromkeys(name for name in running if printed is None or name in printed)
        found[key] = add(count_box(ballot, box, tuple(standing)) for box in group if box.attempt == last)
    return found


def _on_paper(ballot: Ballot, boxes: list[BallotFact]) -> set[str] | None:
    """Who stands on the papers: those whom at least one of them marks. None where names are chosen freely."""
    if ballot.kind == "choose":
        return None
    return {name for box in boxes for paper in box.papers for name in paper.marks}


def count_box(ballot: Ballot, box: BallotFact, standing: tuple[str, ...]) -> Count:
    """One box; `standing` are the entries (or persons) on its papers."""
    if box.counted is not None:
        count = _by_hand(box.counted)
        returned = box.returned if box.returned is not None else count.valid + count.void
        short = count.valid + count.void != returned
    else:
        count = _papers(ballot, box.papers, standing)
        returned = box.returned if box.returned is not None else len(box.papers)
        short = len(box.papers) != returned
    return replace(
        count,
        issued=box.issued,
        returned=returned,
        members=box.members,
        present=box.present,
        void_vote=box.void_vote or returned > box.issued,
        short=short,
    )


def _by_hand(counted: Counted) -> Count:
    votes: Votes = {}
    for entry, items in counted.votes.items():
        for item, answers in items.items():
            votes[(entry, item)] = dict(answers)
    return Count(valid=counted.valid, void=counted.void, votes=votes)


def _papers(ballot: Ballot, papers: tuple[Paper, ...], standing: tuple[str, ...]) -> Count:
    votes: Votes = {(entry, item): {} for entry in standing for item in ballot.item_ids()}
    others: dict[str, int] = {}
    valid = void = blank = 0
    for paper in papers:
        marks, spoilt = clean(ballot, paper, standing)
        empty = not marks and not paper.others
        blank += empty
        if spoilt or (empty and ballot.blank_paper == "void"):
            void += 1
            continue
        valid += 1
        for name in paper.others:
            others[name] = others.get(name, 0) + 1
        for key, answers in votes.items():
            answer = marks.get(key)
            if answer is None and ballot.kind == "decide":
                answer = ABSTAIN
            if answer is not None:
                answers[answer] = answers.get(answer, 0) + 1
    return Count(valid=valid, void=void, blank=blank, votes=votes, others=others)


def clean(ballot: Ballot, paper: Paper, standing: tuple[str, ...]) -> tuple[dict[tuple[str, str], str], bool]:
    """The marks of a paper that count, and whether the paper as a whole is void."""
    marks: dict[tuple[str, str], str] = {}
    spoilt = paper.void
    for entry in standing:
        items = paper.marks.get(entry, {})
        for item in ballot.item_ids():
            answers = items.get(item, ())
            if len(answers) == 1 and _may_stand(ballot, answers[0], len(standing)):
                marks[(entry, item)] = answers[0]
            elif answers:
                spoilt = spoilt or ballot.over_mark == "paper"
            elif ballot.blank == "paper":
                spoilt = True
    return marks, spoilt or not _fits(ballot, marks, len(paper.others))


def _may_stand(ballot: Ballot, answer: str, standing: int) -> bool:
    if ballot.kind not in {"points", "rank"}:
        return answer in ballot.answers()
    number = written(answer)
    if number is None:
        return False
    if ballot.kind == "rank":
        return number == number.to_integral_value() and 1 <= number <= standing
    return ballot.minimum <= number <= ballot.maximum and on_step(number, ballot.minimum, ballot.step)


def _fits(ballot: Ballot, marks: Mapping[tuple[str, str], str], others: int) -> bool:
    """Whether a paper as a whole keeps the ballot's rules."""
    if ballot.kind == "choose":
        chosen = len(marks) + others
        exact, most, least = ballot.choose_exactly, ballot.choose_at_most, ballot.choose_at_least
        if chosen and (
            (exact is not None and chosen != exact)
            or (most is not None and chosen > most)
            or (least is not None and chosen < least)
        ):
            return False
    given = list(marks.values())
    if ballot.kind == "rank" and len({written(answer) for answer in given}) != len(given):
        return False
    if ballot.all_equal == "void" and len(given) > 1 and len({written(a) or a for a in given}) == 1:
        return False
    return not given or all(_spread_holds(ballot, spread, marks) for spread in ballot.spreads)


def _spread_holds(ballot: Ballot, spread: Spread, marks: Mapping[tuple[str, str], str]) -> bool:
    for item in [spread.item] if spread.item else ballot.item_ids():
        given = [answer for (_entry, of), answer in marks.items() if of == item]
        hits = sum(_hit(spread, answer) for answer in given)
        if spread.count_at_most is not None and hits > spread.count_at_most:
            return False
        if spread.count_at_least is not None and hits < spread.count_at_least:
            return False
        if spread.share_at_most is not None and hits > Fraction(spread.share_at_most) * len(given):
            return False
        if spread.share_at_least is not None and hits < Fraction(spread.share_at_least) * len(given):
            return False
    return True


def _hit(spread: Spread, answer: str) -> bool:
    if spread.grade:
        return answer == spread.grade
    number = written(answer)
    return number is not None and not (
        (spread.at_least is not None and number < spread.at_least)
        or (spread.above is not None and number <= spread.above)
        or (spread.at_most is not None and number > spread.at_most)
        or (spread.below is not None and number >= spread.below)
    )
