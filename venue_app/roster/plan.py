"""What the files say together: posts, people, rooms, panels, and every question left to people.

A plan is a pure function of the files, the minimum and the decisions taken so
far; after each answer it is made anew, because one answer may raise or settle others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from venue_app.base.i18n import language, tr_in
from venue_app.roster.findings import DECIDABLE, Finding
from venue_app.roster.rows import ComponentRow, EntryRow, Import, JudgeRow, RoomRow


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer. `id` is what a decision names; the sentence is `roster.choice.<code>`."""

    id: str
    code: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Something the files leave open. `proposed` is taken when nobody decides otherwise; None must be answered.

    The sentence is `roster.question.<code>`; `finding` leads to the cell it is about.
    """

    id: str
    code: str
    choices: tuple[Choice, ...]
    proposed: str | None = None
    answer: str | None = None
    finding: Finding | None = None
    params: tuple[tuple[str, str], ...] = ()

    @property
    def open(self) -> bool:
        """Neither answered nor proposed."""
        return self.answer is None and self.proposed is None


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """One person as things stand. `qualified` None: not decided. `entered_post` is where they entered, `post`
    where they stand; `standing` is draws, unqualified, withdrawn, or open while a question about them is open."""

    row: EntryRow
    qualified: bool | None
    entered_post: str
    post: str
    standing: str
    more: tuple[str, ...] = ()
    """Further posts they stand for, the most wanted first."""

    @property
    def moved(self) -> bool:
        """Whether they left the post they entered for."""
        return self.post != self.entered_post


@dataclass(frozen=True, slots=True)
class PostPlan:
    """One post: `entries` as sent, `qualified` of them, `draws` after moves in; `room` None when unknown."""

    name: str
    entries: int
    qualified: int
    cancelled: bool
    room: str | None
    draws: int


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """One room with the posts that are not cancelled and its panel by seat."""

    name: str
    posts: tuple[str, ...]
    judges: tuple[JudgeRow, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A person of a cancelled post and where they go; `to` None when it is undecided, empty when they withdraw."""

    identity: str
    name: str
    post: str
    to: str | None


@dataclass(frozen=True, slots=True)
class ValuePlan:
    """One person's points in one component; None when the file says absent (缺考)."""

    identity: str
    title: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a plan is made of. A file that was not given is None and is not checked against."""

    entries: Import[EntryRow]
    rooms: Import[RoomRow] | None
    panel: Import[JudgeRow] | None
    component: Import[ComponentRow] | None
    minimum: int
    seats: int | None
    most: int = 1
    """For how many posts one person may stand."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The state of preparation: nothing is imported from it before `errors` and `open_questions` are empty."""

    people: tuple[PersonPlan, ...]
    posts: tuple[PostPlan, ...]
    moves: tuple[Move, ...]
    rooms: tuple[RoomPlan, ...]
    values: tuple[ValuePlan, ...]
    questions: tuple[Question, ...]
    findings: tuple[Finding, ...]
    """What only the files together show; `all_findings` has those of each file too."""
    inputs: Inputs = field(repr=False)
    decisions: Mapping[str, str] = field(default_factory=dict)
    several: frozenset[str] = frozenset()
    """Who stands on a line for each of several posts."""

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Findings of every file, then those of the files together."""
        given = (self.inputs.entries, self.inputs.rooms, self.inputs.panel, self.inputs.component)
        told = (item for read in given if read for item in read.findings)
        return tuple(item for item in told if not self._allowed_twice(item)) + self.findings

    def _allowed_twice(self, found: Finding) -> bool:
        """A person on two lines is no fault where one may stand for two posts."""
        return found.code == "identity_twice" and found.original in self.several

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What no decision settles: the file must be put right and read again."""
        return tuple(f for f in self.all_findings if f.severity == "error" and f.code not in DECIDABLE)

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """Questions with neither an answer nor a proposal."""
        return tuple(question for question in self.questions if question.open)

    @property
    def ready(self) -> bool:
        """Whether `decide` will import."""
        return not self.errors and not self.open_questions

    @property
    def drawing(self) -> int:
        """How many people will draw lots."""
        return sum(1 for person in self.people if person.standing == "draws")

    @property
    def unqualified(self) -> int:
        """How many were found unqualified."""
        return sum(1 for person in self.people if person.standing == "unqualified")


def question_sentence(question: Question, lang: str | None = None) -> str:
    """The question in words."""
    return tr_in(lang or language(), f"roster.question.{question.code}", **dict(question.params))


def choice_sentence(choice: Choice, lang: str | None = None) -> str:
    """The answer in words, as it stands on its button."""
    return tr_in(lang or language(), f"roster.choice.{choice.code}", **dict(choice.params))
