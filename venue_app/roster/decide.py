"""From files to a roster: `check_together` makes the plan, `decide` takes the answers and imports all or nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import msgspec

from venue_app.base.canonical import canonical
from venue_app.base.errors import Known
from venue_app.roster.desk import Desk
from venue_app.roster.people import Standing, stand
from venue_app.roster.plan import Inputs, Plan, PostPlan
from venue_app.roster.rows import ComponentRow, EntryRow, Import, JudgeRow, RoomRow, label_key
from venue_app.roster.seating import room_of_posts, seat_rooms
from venue_app.roster.source import Digest
from venue_app.roster.values import match_values


def check_together(
    entries: Import[EntryRow],
    rooms: Import[RoomRow] | None,
    panel: Import[JudgeRow] | None,
    component: Import[ComponentRow] | None = None,
    minimum: int = 5,
    *,
    seats: int | None = None,
    most: int = 1,
    decisions: Mapping[str, str] | None = None,
) -> Plan:
    """What the files mean together.

    `minimum` is the smallest number of people a post is held with; `seats` the panel's size where the
    scheme fixes it, `most` for how many posts one person may stand. `decisions` are answers by question id; answers to questions that no longer
    arise are left aside.
    """
    return _plan(Inputs(entries, rooms, panel, component, minimum, seats, most), dict(decisions or {}))


def replan(plan: Plan, decisions: Mapping[str, str]) -> Plan:
    """The same files with further answers; an answer given again replaces the older one."""
    return _plan(plan.inputs, {**plan.decisions, **decisions})


def _plan(inputs: Inputs, decisions: dict[str, str]) -> Plan:
    desk = Desk(decisions)
    standing = stand(inputs, desk)
    of_post = room_of_posts(standing, inputs, desk)
    values = match_values(inputs.component.rows if inputs.component else (), standing, desk)
    rooms = seat_rooms(standing, of_post, inputs, desk)
    people = standing.people()
    drawing = {person.row.identity for person in people if person.standing == "draws"}
    return Plan(
        people=people,
        posts=_posts(standing, of_post),
        moves=tuple(standing.moves),
        rooms=rooms,
        values=tuple(value for value in values if value.identity in drawing),
        questions=tuple(desk.questions),
        findings=tuple(desk.findings),
        inputs=inputs,
        decisions=decisions,
        several=standing.several,
    )


def _posts(standing: Standing, of_post: Mapping[str, str]) -> tuple[PostPlan, ...]:
    draws = Counter(
        label_key(post)
        for person in standing.people()
        if person.standing == "draws"
        for post in (person.post, *person.more)
    )
    return tuple(
        PostPlan(name, *standing.counts(key), key in standing.cancelled, of_post.get(key), draws[key])
        for key, name in standing.names.items()
        if name
    )


@dataclass(frozen=True, slots=True)
class ImportedPerson:
    """A person as imported. `post` is where they stand, `entered_post` where they entered.

    `standing`: draws, unqualified or withdrawn; `reason` is the sheet's remark for the unqualified.
    """

    identity: str
    name: str
    sex: str
    birth: str
    ethnicity: str
    education: str
    politics: str
    unit: str
    post: str
    entered_post: str
    standing: str
    reason: str
    remarks: str
    more: tuple[str, ...] = ()
    """Further posts they stand for, the most wanted first."""

    @property
    def draws(self) -> bool:
        """Whether this person draws a lot."""
        return self.standing == "draws"


@dataclass(frozen=True, slots=True)
class ImportedJudge:
    """A judge on a seat counted from 1."""

    room: str
    seat: int
    name: str
    unit: str
    role: str
    chief: bool


@dataclass(frozen=True, slots=True)
class ImportedRoom:
    """A room, the posts it tests, its panel by seat."""

    name: str
    posts: tuple[str, ...]
    judges: tuple[ImportedJudge, ...]


@dataclass(frozen=True, slots=True)
class ImportedPost:
    """A post; `room` is empty when it is cancelled or rooms come later; `places`: how many are to be appointed."""

    name: str
    room: str
    cancelled: bool
    entries: int
    qualified: int
    draws: int
    places: int = 1


@dataclass(frozen=True, slots=True)
class ImportedValue:
    """One person's points in one component, as in the file, unweighted; None: absent from it."""

    identity: str
    title: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class ImportedRoster:
    """Everything that enters the event, all at once; `decisions` holds every answer in force by question id,
    proposals included, `sources` the SHA-256 of every file."""

    people: tuple[ImportedPerson, ...]
    posts: tuple[ImportedPost, ...]
    rooms: tuple[ImportedRoom, ...]
    values: tuple[ImportedValue, ...]
    minimum: int
    decisions: tuple[tuple[str, str], ...]
    sources: tuple[Digest, ...]

    @property
    def drawing(self) -> tuple[ImportedPerson, ...]:
        """The people who draw lots, in the order of the list."""
        return tuple(person for person in self.people if person.draws)

    def digest(self) -> str:
        """SHA-256 of the canonical bytes, lower-case hex."""
        return hashlib.sha256(canonical(msgspec.to_builtins(self))).hexdigest()


def decide(plan: Plan, decisions: Mapping[str, str] | None = None) -> ImportedRoster:
    """The roster with the answers given; questions with a proposal may stay unanswered.

    Raises `Known`: roster.errors_remain, roster.questions_open, roster.nobody.
    """
    final = replan(plan, decisions or {})
    if final.errors:
        raise Known("roster.errors_remain", count=len(final.errors))
    if final.open_questions:
        raise Known("roster.questions_open", count=len(final.open_questions))
    if final.drawing == 0:
        raise Known("roster.nobody")
    inputs = final.inputs
    read = (inputs.entries, inputs.rooms, inputs.panel, inputs.component)
    answers = ((question.id, question.answer or question.proposed or "") for question in final.questions)
    return ImportedRoster(
        people=_people(final),
        posts=_imported_posts(final),
        rooms=_rooms(final),
        values=tuple(ImportedValue(value.identity, value.title, value.value) for value in final.values),
        minimum=inputs.minimum,
        decisions=tuple(sorted(answers)),
        sources=tuple(digest for part in read if part is not None for digest in part.digests),
    )


def _imported_posts(plan: Plan) -> tuple[ImportedPost, ...]:
    rooms = plan.inputs.rooms.rows if plan.inputs.rooms else ()
    places = {label_key(row.post): row.places for row in reversed(rooms)}
    return tuple(
        ImportedPost(
            p.name,
            p.room or "",
            p.cancelled,
            p.entries,
            p.qualified,
            p.draws,
            places.get(label_key(p.name), 1),
        )
        for p in plan.posts
    )


def _people(plan: Plan) -> tuple[ImportedPerson, ...]:
    return tuple(
        ImportedPerson(
            identity=row.identity,
            name=row.name,
            sex=row.sex,
            birth=row.birth,
            ethnicity=row.ethnicity,
            education=row.education,
            politics=row.politics,
            unit=row.unit,
            post=person.post,
            entered_post=person.entered_post,
            standing=person.standing,
            reason=row.remarks if person.standing == "unqualified" else "",
            remarks=row.remarks,
            more=person.more,
        )
        for person in plan.people
        for row in [person.row]
    )


def _rooms(plan: Plan) -> tuple[ImportedRoom, ...]:
    return tuple(
        ImportedRoom(
            room.name,
            room.posts,
            tuple(
                ImportedJudge(room.name, judge.seat, judge.name, judge.unit, judge.role, judge.chief)
                for judge in room.judges
                if judge.seat is not None
            ),
        )
        for room in plan.rooms
    )
