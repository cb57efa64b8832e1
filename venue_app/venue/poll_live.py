"""What the desk holds of one open poll while people vote: its box, and what follows from it."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from venue_app.base.errors import Known
from venue_app.domain.ballot_entries import BallotPaper
from venue_app.journal.box import EXCHANGED, GROUP, UNUSED, USED, Box, Put, slot_size
from venue_app.rules.casting import longest_paper
from venue_app.scheme import Scheme
from venue_app.state.polls import Poll
from venue_app.venue.context import BoxContent

_FIRST_ROOM = 256


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A paper as the box holds it; `code` comes first, so that papers sort by it. `entered`: typed in from paper."""

    code: str
    voter_class: str
    marks: dict[str, dict[str, tuple[str, ...]]]
    others: tuple[str, ...] = ()
    void: bool = False
    entered: bool = False


@dataclass(frozen=True, slots=True)
class Turnout:
    """How far one class is: papers cast with slips, slips exchanged for paper ballots, paper ballots typed in."""

    cast: int = 0
    exchanged: int = 0
    entered: int = 0


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip that was shown: the poll, the class it is for, and whether it may still be used."""

    poll: str
    voter_class: str
    state: int


@dataclass(slots=True)
class Cast:
    """A paper on its way; nothing of it is kept once it is answered."""

    poll: str
    digest: str
    paper: BallotPaper
    future: Future[bool]


@dataclass(slots=True)
class Live:
    """An open poll: its box and what follows from it. `slips` gives a digest its number."""

    poll: Poll
    box: Box
    slips: dict[str, int] = field(default_factory=dict)
    classes: list[str] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    entered: Counter[str] = field(default_factory=Counter)
    shut: bool = False

    def turnout(self) -> dict[str, Turnout]:
        used: Counter[str] = Counter()
        exchanged: Counter[str] = Counter()
        for number, voter_class in enumerate(self.classes):
            state = self.box.state(number)
            used[voter_class] += state == USED
            exchanged[voter_class] += state == EXCHANGED
        return {c: Turnout(used[c], exchanged[c], self.entered[c]) for c in self.poll.rolls}

    def know(self) -> None:
        """Take in what the journal says of slips, and what the box says of papers; make room for those who may come."""
        slips = self.poll.slips
        self.box.add_slips(max(0, len(slips) - self.box.slips))
        # before the slips, by which other threads look it up
        self.classes = [voter_class for _, voter_class in slips]
        self.slips = {digest: number for number, (digest, _) in enumerate(slips)}
        kept = self.kept()
        self.codes = {one.code for one in kept}
        self.entered = Counter(one.voter_class for one in kept if one.entered)
        # last: where the disk has no more room, papers go into what there is
        unused = sum(self.box.state(number) == UNUSED for number in range(self.box.slips))
        wanted = unused + sum(self.poll.printed.values()) + GROUP
        if self.box.room < wanted:
            self.box.grow(wanted)

    def kept(self) -> list[Kept]:
        """All papers in the box, ascending by code."""
        return [msgspec.json.decode(body, type=Kept) for body in self.box.papers()]

    def typed(self) -> tuple[tuple[str, str], ...]:
        """The code and the class of each paper that was typed in, ascending by code."""
        return tuple((one.code, one.voter_class) for one in self.kept() if one.entered)

    def content(self) -> BoxContent:
        """Everything that is published when the poll closes."""
        kept = self.kept()
        return BoxContent(
            cast=tuple(paper_of(one) for one in kept if not one.entered),
            entered=tuple(paper_of(one) for one in kept if one.entered),
            used=self._slips_that_are(USED),
            exchanged=self._slips_that_are(EXCHANGED),
        )

    def _slips_that_are(self, state: int) -> tuple[str, ...]:
        return tuple(sorted(d for d, number in self.slips.items() if self.box.state(number) == state))


def fresh_box(event: Path, name: str, scheme: Scheme, poll: Poll) -> Box:
    """A new box under `name` beside the event, its slots large enough for every paper of the poll."""
    longest = longest_paper(scheme.ballot(poll.ballot), poll.names)
    return Box.create(event, name, slot_size(longest), _FIRST_ROOM)


def admit(live: Live, digest: str, paper: BallotPaper, slips: set[int], codes: set[str]) -> tuple[int, bool]:
    """The number of the slip, and whether this very paper is in, or on its way, already."""
    number = slip_number(live, digest)
    known = paper.code in live.codes or paper.code in codes
    if number in slips or live.box.state(number) == USED:
        if known:
            return number, True
        raise Known("ballots.slip_used")
    refuse_spent(live, number)
    if known:
        raise Known("ballots.code_taken")
    if paper.voter_class != live.classes[number]:
        raise Known("ballots.bad_paper")
    return number, False


def slip_number(live: Live, digest: str) -> int:
    number = live.slips.get(digest)
    if number is None:
        raise Known("ballots.slip_unknown")
    return number


def refuse_spent(live: Live, number: int) -> None:
    state = live.box.state(number)
    if state == USED:
        raise Known("ballots.slip_used")
    if state == EXCHANGED:
        raise Known("ballots.slip_on_paper")


def put_of(live: Live, paper: BallotPaper, slip: int | None = None) -> Put:
    """The paper as the box takes it, typed in where it has no slip. Raises `ballots.bad_paper` for one too long."""
    body = body_of(paper, entered=slip is None)
    if len(body) > live.box.longest:
        raise Known("ballots.bad_paper")
    return Put(body, slip)


def body_of(paper: BallotPaper, *, entered: bool = False) -> bytes:
    return msgspec.json.encode(
        Kept(
            code=paper.code,
            voter_class=paper.voter_class,
            marks=paper.marks,
            others=paper.others,
            void=paper.void,
            entered=entered,
        )
    )


def paper_of(kept: Kept) -> BallotPaper:
    return BallotPaper(
        code=kept.code, voter_class=kept.voter_class, marks=kept.marks, others=kept.others, void=kept.void
    )
