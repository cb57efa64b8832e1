"""A small made-up event with ballots of all five kinds, for tests: three people, one post, a few slips."""

from __future__ import annotations

from pathlib import Path

from venue_app.base.clock import Clock
from venue_app.base.ids import random_code
from venue_app.domain import ballot_commands as c
from venue_app.domain import commands
from venue_app.domain.ballot_entries import BallotPaper
from venue_app.domain.entries import EventCreated
from venue_app.domain.nouns import Candidate, Entry, Person, Post, Room
from venue_app.domain.roles import Actor, Role
from venue_app.venue import Venue
from venue_app.venue.ballots import slip_digest

EVENT = "e" * 32
PROCTOR = Actor(role=Role.PROCTOR, name="考务")
WITNESS = "监督员甲"
PEOPLE = (Person(role="supervisor", name=WITNESS), Person(role="notary", name="公证员乙"))
NAMES = ("C1", "C2", "C3")

SCHEME = """
format = 1
id = "ballots-test"
title = "测评测试"
composite = "points"
[[ballots]]
id = "appraisal"
kind = "grades"
title = "民主测评"
per = "person"
grades = [
  { id = "优秀", title = "优秀", points = 100 },
  { id = "称职", title = "称职", points = 80 },
  { id = "基本称职", title = "基本称职", points = 60 },
  { id = "不称职", title = "不称职", points = 40 },
]
items = [{ id = "德", title = "德" }, { id = "能", title = "能" }]
classes = [{ id = "leaders", title = "领导", weight = 0.6 }, { id = "staff", title = "职工", weight = 0.4 }]
[[ballots]]
id = "decide"
kind = "decide"
title = "票决"
per = "person"
[[ballots]]
id = "choose"
kind = "choose"
title = "推荐"
per = "person"
choose_at_most = 2
write_in = true
[[ballots]]
id = "rank"
kind = "rank"
title = "排名"
per = "person"
[[ballots]]
id = "marks"
kind = "points"
title = "打分"
per = "person"
maximum = 10
[[components]]
id = "points"
kind = "ballot"
title = "测评得分"
ballot = "appraisal"
denominator = "marked"
[[components]]
id = "approval"
kind = "ballot"
title = "赞成率"
ballot = "decide"
measure = "share"
answers = ["for"]
"""


def opened(path: Path, clock: Clock | None = None, scheme: str = SCHEME, title: str = "测评会") -> Venue:
    """An event with three people and one post, open."""
    first = EventCreated(
        event=EVENT, title=title, mode="rehearsal", place="礼堂", scheme=scheme, keys={}, software="test"
    )
    venue = Venue.create(path, first, clock)
    begin(venue)
    return venue


def begin(venue: Venue) -> None:
    """Take the roster into a fresh event and open its run."""
    names = ("王甲", "李乙", "张丙")
    venue.ask(
        commands.ImportRoster(
            candidates=tuple(
                Candidate(id=id, identity=f"99000019800101000{n}", name=name)
                for n, (id, name) in enumerate(zip(NAMES, names, strict=True))
            ),
            posts=(Post(id="P1", title="办公室主任", room="R1"),),
            entries=tuple(Entry(id=f"E{n}", candidate=f"C{n}", post="P1") for n in (1, 2, 3)),
            rooms=(Room(id="R1", title="礼堂"),),
            seats=(),
            values={},
            sources=(),
        ),
        PROCTOR,
    )
    venue.ask(commands.OpenRun(people=PEOPLE), PROCTOR)


def open_poll(venue: Venue, ballot: str = "appraisal", names: tuple[str, ...] = NAMES, **more: object) -> str:
    """Open a poll; its id."""
    rolls = {name: c.Roll() for name in venue.state.scheme.ballot(ballot).class_ids()}
    command = c.OpenBallot(ballot=ballot, names=names, **{"rolls": rolls, **more})  # type: ignore[arg-type]
    return venue.ask(command, PROCTOR).records[0].data.poll  # type: ignore[union-attr]


def slips(venue: Venue, poll: str, count: int, voter_class: str = "staff", papers: int = 0) -> list[str]:
    """Codes of fresh slips."""
    codes = [random_code(12) for _ in range(count)]
    digests = tuple(slip_digest(venue.state.event.event, code) for code in codes)
    venue.ask(c.IssueSlips(poll=poll, voter_class=voter_class, digests=digests, papers=papers), PROCTOR)
    return codes


def paper(
    marks: dict[str, dict[str, tuple[str, ...]]], voter_class: str = "staff", code: str = "", **more: object
) -> BallotPaper:
    """A paper under a random code of its own."""
    return BallotPaper(code=code or random_code(12), voter_class=voter_class, marks=marks, **more)  # type: ignore[arg-type]


def grades(*answers: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Marks for the appraisal: two answers (德, 能) for each name in turn; '' leaves a blank, 'a|b' marks two."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    pairs = [(name, item) for name in NAMES for item in ("德", "能")]
    for (name, item), answer in zip(pairs, answers, strict=False):
        if answer:
            found.setdefault(name, {})[item] = tuple(answer.split("|"))
    return found


def close(venue: Venue, poll: str, **more: object) -> None:
    """Close the poll before the witness."""
    venue.ask(c.CloseBallot(poll=poll, witness=WITNESS, **more), PROCTOR)  # type: ignore[arg-type]
