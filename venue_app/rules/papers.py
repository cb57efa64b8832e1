"""Ballot papers as facts: what stood on them, nothing about who filled them in or in what order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PaperMarks = Mapping[str, Mapping[str, tuple[str, ...]]]
"""By entry, by item (''), the answers marked: none is blank, two are an over-mark. Numbers are words too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper. `others` are names written in that are nobody's entry; `void` when the tellers said so."""

    marks: PaperMarks = field(default_factory=dict)
    others: tuple[str, ...] = ()
    void: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Votes counted by hand, without papers: by entry, item and answer."""

    valid: int
    void: int = 0
    votes: Mapping[str, Mapping[str, Mapping[str, int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotFact:
    """One box: the papers of one ballot, of one class of voters, among those who stand together (`where`).

    Boxes of the same ballot, class and `where` add up; a later `attempt` (a vote held again) takes the place
    of earlier ones. `returned` not given is the number of papers. `members` and `present` are the body's.
    `void_vote`: it was found that more papers came back than were handed out.
    """

    ballot: str
    where: str = ""
    voter_class: str = ""
    attempt: int = 1
    issued: int = 0
    returned: int | None = None
    members: int | None = None
    present: int | None = None
    papers: tuple[Paper, ...] = ()
    counted: Counted | None = None
    void_vote: bool = False
