"""The steps of preparation and what each page shows, as plain data from the state. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ui.phrases import Phrase, spoken
from ui.screens.prepare.guide import (
    NOTHING_KNOWN,
    Outside,
    SeatPart,
    Step,
    StepId,
    outside_steps,
    seat_parts,
    witnesses,
)
from ui.widgets.state import Mark
from ui.words import Say, Text
from venue_app.base.clock import local_hms
from venue_app.base.i18n import DEFAULT, LANGUAGES
from venue_app.domain.nouns import Person, Seat
from venue_app.scheme import Imported, Scheme
from venue_app.scheme.explain import explain
from venue_app.state import State
from venue_app.state.places import NOTARY, SUPERVISOR


@dataclass(frozen=True, slots=True)
class SchemeLine:
    """One sentence of the plan; `default` when the file leaves it to the documented default."""

    text: Text
    default: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the plan in plain words, and its sentences."""

    title: Text
    lines: tuple[SchemeLine, ...]


@dataclass(frozen=True, slots=True)
class SchemePage:
    """The plan as a person reads it; `digest` is SHA-256 of its file."""

    title: Text
    digest: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One seat; `name` is empty when the list named nobody."""

    number: int
    name: str
    unit: str
    chief: bool


@dataclass(frozen=True, slots=True)
class RoomPart:
    """One room with its posts, how many people it hears, and its panel."""

    title: str
    posts: tuple[str, ...]
    people: int
    seats: tuple[SeatLine, ...]
    expected: int


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One imported component: how many have it, and the names of those who lack it."""

    title: Text
    have: int
    total: int
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InEvent:
    """What is in the event already: counts, and where they came from."""

    people: int = 0
    unqualified: int = 0
    posts: int = 0
    cancelled: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    can_replace: bool = True


@dataclass(frozen=True, slots=True)
class PrepareModel:
    """The whole screen apart from the import under way."""

    steps: tuple[Step, ...]
    scheme: SchemePage
    roster: InEvent
    rooms: tuple[RoomPart, ...]
    everywhere: tuple[Text, ...]
    scores: tuple[ScorePart, ...]
    people: tuple[Person, ...]
    opened_at: str = ""
    why_not_open: Text = ""
    official: bool = False
    seats: tuple[SeatPart, ...] = ()
    witnesses: tuple[tuple[Text, bool], ...] = ()
    outside: Outside = NOTHING_KNOWN

    def step(self, wanted: StepId) -> Step:
        """The step of that id."""
        return next(step for step in self.steps if step.id == wanted)

    @property
    def next(self) -> StepId:
        """What is to be done now: the first step that is neither done nor settled, else the last."""
        return next((step.id for step in self.steps if not step.done), "people")

    @property
    def over(self) -> int:
        """How many steps need nothing more."""
        return sum(step.done for step in self.steps)


def prepare_model(
    state: State, scheme: SchemePage | None = None, outside: Outside = NOTHING_KNOWN
) -> PrepareModel:
    """Everything the screen shows of the state, and of what was found `outside` it. `scheme` is the plan's page,
    where it was made already."""
    rooms = _rooms(state)
    scores = _scores(state)
    opened = state.opened_at is not None
    return PrepareModel(
        steps=(
            Step("scheme", Say("prepare.step.scheme"), Phrase(state.scheme.title), Mark.DONE),
            _roster_step(state),
            _rooms_step(state, rooms),
            _scores_step(state, scores),
            *outside_steps(state, outside),
            _people_step(state),
        ),
        scheme=scheme or scheme_page(state.scheme),
        roster=_imported(state),
        rooms=rooms,
        everywhere=_everywhere(state),
        scores=scores,
        people=state.people,
        opened_at=local_hms(state.opened_at) if opened and state.opened_at else "",
        why_not_open="" if state.entries else Say("prepare.open.no_roster"),
        official=not state.rehearsal,
        seats=seat_parts(state),
        witnesses=tuple((_WITNESSES[place], place in witnesses(state)) for place in _WITNESSES),
        outside=outside,
    )


_WITNESSES: dict[str, Text] = {
    SUPERVISOR: Say("prepare.witnesses.supervisor"),
    NOTARY: Say("prepare.witnesses.notary"),
}


# ---- steps ----


def _roster_step(state: State) -> Step:
    title = Say("prepare.step.roster")
    if not state.entries:
        return Step("roster", title, Say("prepare.roster.none"), Mark.READY, 1)
    return Step("roster", title, Say("prepare.roster.have", count=_drawing(state)), Mark.DONE)


def _rooms_step(state: State, rooms: tuple[RoomPart, ...]) -> Step:
    title = Say("prepare.step.rooms")
    if not rooms:
        return Step("rooms", title, Say("prepare.rooms.none"), Mark.NOT_YET)
    short = sum(max(0, room.expected - len(room.seats)) for room in rooms)
    unnamed = sum(not seat.name for room in rooms for seat in room.seats)
    if short or unnamed:
        return Step(
            "rooms", title, Say("prepare.rooms.lack", count=short + unnamed), Mark.WAIT, short + unnamed
        )
    seats = sum(len(room.seats) for room in rooms)
    return Step("rooms", title, Say("prepare.rooms.have", rooms=len(rooms), seats=seats), Mark.DONE)


def _scores_step(state: State, scores: tuple[ScorePart, ...]) -> Step:
    title = Say("prepare.step.scores")
    if not scores:
        return Step("scores", title, Say("prepare.scores.not_needed"), Mark.DONE)
    if not state.entries:
        return Step("scores", title, Say("prepare.scores.none"), Mark.NOT_YET)
    lacking = sum(score.total - score.have for score in scores)
    if lacking:
        return Step("scores", title, Say("prepare.scores.lack", count=lacking), Mark.WAIT, lacking)
    have = sum(score.have for score in scores)
    return Step("scores", title, Say("prepare.scores.have", count=have), Mark.DONE)


def _people_step(state: State) -> Step:
    title = Say("prepare.step.people")
    if state.opened_at is not None:
        at = local_hms(state.opened_at)
        return Step("people", title, Say("prepare.people.opened", at=at, count=len(state.people)), Mark.DONE)
    if not state.entries:
        return Step("people", title, Say("prepare.people.after_roster"), Mark.NOT_YET)
    return Step("people", title, Say("prepare.people.to_open"), Mark.READY, 1)


# ---- pages ----


def _drawing(state: State) -> int:
    return sum(state.candidates[entry.candidate].qualified for entry in state.entries.values())


def _imported(state: State) -> InEvent:
    titles = {post.id: post.title for post in state.posts.values()}
    return InEvent(
        people=_drawing(state),
        unqualified=len(state.entries) - _drawing(state),
        posts=sum(not post.cancelled for post in state.posts.values()),
        cancelled=tuple(post.title for post in state.posts.values() if post.cancelled),
        moved=tuple(
            f"{state.candidates[entry.candidate].name} → {titles[entry.post]}"
            for entry in state.entries.values()
            if entry.moved_from
        ),
        sources=tuple((source.name, source.sha256) for source in state.sources),
        can_replace=state.draw is None and state.closed_at is None,
    )


def _rooms(state: State) -> tuple[RoomPart, ...]:
    groups = [group for group in state.scheme.groups if group.scope != "event"]
    expected = sum(group.seats for group in groups)
    found = []
    for room in state.rooms.values():
        posts = [post for post in state.posts.values() if post.room == room.id and not post.cancelled]
        ids = {post.id for post in posts}
        people = sum(
            entry.post in ids and state.candidates[entry.candidate].qualified
            for entry in state.entries.values()
        )
        seats = sorted((s for s in state.seats.values() if s.room == room.id), key=_seat_order)
        found.append(
            RoomPart(
                title=room.title,
                posts=tuple(post.title for post in posts),
                people=people,
                seats=tuple(SeatLine(s.number, s.name, s.unit, s.chief) for s in seats),
                expected=expected,
            )
        )
    return tuple(found)


def _seat_order(seat: Seat) -> tuple[str, int]:
    return seat.group, seat.number


def _everywhere(state: State) -> tuple[Text, ...]:
    """Groups that mark in every room."""
    return tuple(
        Say("prepare.rooms.everywhere", title=Phrase(group.title), count=count)
        for group in state.scheme.groups
        if group.scope == "event" and (count := sum(seat.group == group.id for seat in state.seats.values()))
    )


def _scores(state: State) -> tuple[ScorePart, ...]:
    drawing = [e for e in state.entries.values() if state.candidates[e.candidate].qualified]
    found = []
    for component in state.scheme.components:
        if isinstance(component, Imported):
            column = state.values.get(component.id, {})
            lacking = [e for e in drawing if e.id not in column]
            names = tuple(state.candidates[e.candidate].name for e in lacking)
            have = len(drawing) - len(lacking)
            found.append(ScorePart(Phrase(component.title), have, len(drawing), names))
    return tuple(found)


def scheme_page(scheme: Scheme) -> SchemePage:
    """The plan in plain words; what the file leaves to a documented default is marked as that."""
    said = {lang: explain(scheme, lang) for lang in LANGUAGES}
    sections = tuple(
        Section(
            spoken(lambda lang, at=at: said[lang][at].title),  # type: ignore[misc]
            tuple(
                SchemeLine(spoken(lambda lang, at=at, n=n: said[lang][at].lines[n].text), line.default)  # type: ignore[misc]
                for n, line in enumerate(paragraph.lines)
            ),
        )
        for at, paragraph in enumerate(said[DEFAULT])
    )
    return SchemePage(Phrase(scheme.title), scheme.digest, sections)
