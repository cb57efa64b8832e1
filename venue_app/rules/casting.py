"""One paper before it goes into the box: whether it can be of this ballot at all, and whether it would be void. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from venue_app.base.errors import Known
from venue_app.rules.counting import clean
from venue_app.rules.papers import Paper
from venue_app.scheme.ballots import Ballot
from venue_app.scheme.numbers import written

#: Names that may be written in on one paper, and how long one may be.
MOST_OTHERS = 20
LONGEST_OTHER = 30
_LONGEST_NUMBER = 12

Marks = dict[str, dict[str, tuple[str, ...]]]


def paper_of(
    ballot: Ballot,
    names: tuple[str, ...],
    marks: Mapping[str, Mapping[str, tuple[str, ...]]],
    others: tuple[str, ...] = (),
) -> Paper:
    """The paper in its one spelling: no empty marks, names and items in the ballot's order.

    Raises `Known` (ballots.bad_paper) for a name, item or answer that is not on this ballot: no voter writes such a
    thing. A number out of range is the voter's affair and makes the mark void.
    """
    found: Marks = {}
    if set(marks) - set(names):
        raise Known("ballots.bad_paper")
    for name in names:
        given = marks.get(name, {})
        if set(given) - set(ballot.item_ids()):
            raise Known("ballots.bad_paper")
        for item in ballot.item_ids():
            answers = tuple(given.get(item, ()))
            if not all(_may_be_written(ballot, answer) for answer in answers) or len(answers) > 10:
                raise Known("ballots.bad_paper")
            if answers:
                found.setdefault(name, {})[item] = answers
    written = tuple(" ".join(other.split()) for other in others if other.strip())
    if written and not ballot.write_in:
        raise Known("ballots.bad_paper")
    if len(written) > MOST_OTHERS or any(len(other) > LONGEST_OTHER for other in written):
        raise Known("ballots.bad_paper")
    return Paper(marks=found, others=written)


def _may_be_written(ballot: Ballot, answer: str) -> bool:
    if ballot.kind in {"points", "rank"}:
        return len(answer) <= _LONGEST_NUMBER and written(answer) is not None
    return answer in ballot.answers()


def would_be_void(ballot: Ballot, paper: Paper, names: tuple[str, ...]) -> bool:
    """Whether the ballot's rules make this paper void as a whole."""
    marks, spoilt = clean(ballot, paper, names)
    return spoilt or (not marks and not paper.others and ballot.blank_paper == "void")


def longest_paper(ballot: Ballot, names: tuple[str, ...]) -> int:
    """About how many bytes the longest paper of this ballot takes as JSON, with two answers to every item."""
    answers = [len(a.encode()) for a in ballot.answers()] or [_LONGEST_NUMBER]
    per_item = sum(len(item.encode()) + 6 + 2 * (max(answers) + 3) for item in ballot.item_ids())
    others = MOST_OTHERS * (4 * LONGEST_OTHER + 3) if ballot.write_in else 0
    return 256 + sum(len(name.encode()) + 6 + per_item for name in names) + others
