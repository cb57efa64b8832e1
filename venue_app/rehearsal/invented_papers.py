"""Ballots for a rehearsal that has no sheet of papers: simulated voters, the same papers for the same people."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from venue_app.base.canonical import decimal_text
from venue_app.roster.ballot_papers import TypedPaper
from venue_app.scheme.ballots import AGAINST, FOR, Ballot

#: Simulated voters of each class.
VOTERS = 20
#: Of a hundred marks so many fall to the best grade, and to the best two; the rest to the third.
_BEST, _GOOD = 20, 75


def invented_papers(ballot: Ballot, where: str, voter_class: str, names: Sequence[str]) -> list[TypedPaper]:
    """A paper of every simulated voter, with a mark for everybody. Nothing here is a draw."""
    key = f"{ballot.id},{where},{voter_class}"
    return [
        TypedPaper(f"{voter_class}-{number}", marks=_marks(ballot, f"{key},{number}", names))
        for number in range(1, VOTERS + 1)
    ]


def _stir(key: str) -> int:
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:6])


def _marks(ballot: Ballot, key: str, names: Sequence[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    marks: dict[str, dict[str, tuple[str, ...]]] = {}
    for item in ballot.item_ids():
        order = sorted(names, key=lambda name: _stir(f"{key},{item},{name}"))
        for place, name in enumerate(order):
            answer = _answer(ballot, place, len(order), _stir(f"{key},{item},{name},mark"))
            if answer:
                marks.setdefault(name, {})[item] = (answer,)
    return marks


def _answer(ballot: Ballot, place: int, count: int, chance: int) -> str:
    """What stands for whoever comes at this place (0 is best) among `count`."""
    if ballot.kind == "rank":
        return str(place + 1)
    if ballot.kind == "choose":
        most = ballot.choose_exactly or ballot.choose_at_most or (count + 1) // 2
        return FOR if place < most else ""
    if ballot.kind == "decide":
        return AGAINST if chance % 10 == 0 else FOR
    if ballot.kind == "points":
        steps = int((ballot.maximum - ballot.minimum) / ballot.step)
        low = steps * 6 // 10
        return decimal_text(ballot.minimum + ballot.step * (low + chance % (steps - low + 1)))
    # By place where the paper must spread its grades, so that no voter breaks the rule; else as it comes.
    share = place * 100 // count if ballot.spreads else chance % 100
    grade = 0 if share < _BEST else 1 if share < _GOOD else 2
    return ballot.grades[min(grade, len(ballot.grades) - 1)].id
