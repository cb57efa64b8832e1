"""From files to a plan, and from a decided roster to the one command that takes it in: ids, rooms, seats, values.

The same roster under the same scheme always gives the same command. Identifiers are plain ASCII
because the draw hashes them: C001 a person, E001 an entry, P01 a post, R1 a room, R1-1 a seat of the
room's panel, OBS-01 a seat of a group that marks in every room.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from venue_app.base.canonical import decimal_text
from venue_app.base.errors import Known
from venue_app.base.i18n import tr_in
from venue_app.domain.commands import ImportRoster
from venue_app.domain.nouns import Candidate, Entry, Post, Room, Seat, Source
from venue_app.roster.decide import ImportedPerson, ImportedRoom, ImportedRoster, check_together
from venue_app.roster.entries import read_entries
from venue_app.roster.folder import Folder, sort_files
from venue_app.roster.panels import read_panel, read_rooms
from venue_app.roster.plan import Plan
from venue_app.roster.rows import ComponentRow, EntryRow, Import, JudgeRow, RoomRow, label_key
from venue_app.roster.scores import read_component
from venue_app.roster.source import QUIET, SourceLike, Watch
from venue_app.scheme import Group, Imported, Scheme


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """What was read of the files given; a kind that was not there, or that the scheme has no use for, is None."""

    folder: Folder
    entries: Import[EntryRow] | None = None
    rooms: Import[RoomRow] | None = None
    panel: Import[JudgeRow] | None = None
    component: Import[ComponentRow] | None = None

    @property
    def parts(
        self,
    ) -> tuple[Import[EntryRow] | Import[RoomRow] | Import[JudgeRow] | Import[ComponentRow], ...]:
        """Everything that was read, in the order it is shown."""
        found = (self.entries, self.rooms, self.panel, self.component)
        return tuple(part for part in found if part is not None)


def read_files(given: Iterable[SourceLike] | Path, scheme: Scheme, watch: Watch = QUIET) -> ReadFiles:
    """Sort files by their content and read those a roster is made of. Raises `Known` roster.stopped."""
    folder = sort_files(given, watch)
    files = folder.files
    imported = [c for c in scheme.components if isinstance(c, Imported)]
    best = max((c.maximum for c in imported), default=Decimal(0))
    return ReadFiles(
        folder,
        entries=read_entries(files["entries"], watch=watch) if "entries" in files else None,
        rooms=read_rooms(files["rooms"], watch=watch) if "rooms" in files else None,
        panel=read_panel(files["panel"], watch=watch) if "panel" in files else None,
        component=read_component(files["component"], maximum=best, watch=watch)
        if imported and "component" in files
        else None,
    )


def plan_of(read: ReadFiles, scheme: Scheme, decisions: Mapping[str, str] | None = None) -> Plan:
    """What the files mean together under the scheme.

    Raises `Known`: importing.entries_missing, roster.choice_unknown.
    """
    if read.entries is None:
        raise Known("importing.entries_missing")
    intake = scheme.intake
    minimum = intake.minimum_entries if intake.below == "cancel" else 0
    return check_together(
        read.entries,
        read.rooms,
        read.panel,
        read.component,
        minimum=minimum,
        most=intake.most_posts or 1,
        decisions=decisions,
    )


def import_command(roster: ImportedRoster, scheme: Scheme) -> ImportRoster:
    """The command for a decided roster.

    Raises `Known`: importing.rooms_needed, importing.value_unmatched, importing.value_above.
    """
    rooms = _rooms(roster, scheme)
    room_ids = {room.title: room.id for room in rooms}
    posts = _posts(roster, room_ids)
    post_ids = {label_key(post.title): post.id for post in posts}
    candidates = tuple(_candidate(number, person, scheme) for number, person in enumerate(roster.people, 1))
    entries = tuple(e for n, person in enumerate(roster.people, 1) for e in _entries(n, person, post_ids))
    entry_of = {person.identity: f"E{number:03d}" for number, person in enumerate(roster.people, 1)}
    return ImportRoster(
        candidates=candidates,
        posts=posts,
        entries=entries,
        rooms=rooms,
        seats=tuple(_seats(roster, scheme, rooms)),
        values=_values(roster, scheme, entry_of),
        absences=_absences(roster, scheme, entry_of),
        sources=tuple(Source(name=s.name, kind=s.kind, sha256=s.sha256) for s in roster.sources),
        cancelled=tuple(post.id for post in posts if post.cancelled),
        decisions=tuple(f"{question}={answer}" for question, answer in roster.decisions),
    )


def _rooms(roster: ImportedRoster, scheme: Scheme) -> tuple[Room, ...]:
    """The rooms of the list; without a list everything is heard in one room."""
    if any(post.room for post in roster.posts):
        titles = [room.name for room in roster.rooms]
    elif len(roster.rooms) > 1:
        raise Known("importing.rooms_needed", rooms="、".join(room.name for room in roster.rooms))
    else:
        only = roster.rooms[0].name if roster.rooms else ""
        titles = [only or tr_in(scheme.language, "importing.only_room")]
    return tuple(Room(id=f"R{number}", title=title) for number, title in enumerate(titles, start=1))


def _posts(roster: ImportedRoster, room_ids: Mapping[str, str]) -> tuple[Post, ...]:
    alone = next(iter(room_ids.values())) if len(room_ids) == 1 else None
    return tuple(
        Post(
            id=f"P{number:02d}",
            title=post.name,
            room=None if post.cancelled else room_ids.get(post.room, alone),
            cancelled=post.cancelled,
        )
        for number, post in enumerate(roster.posts, start=1)
    )


def _candidate(number: int, person: ImportedPerson, scheme: Scheme) -> Candidate:
    withdrew = person.standing == "withdrawn"
    return Candidate(
        id=f"C{number:03d}",
        identity=person.identity,
        name=person.name,
        sex=person.sex,
        ethnicity=person.ethnicity,
        education=person.education,
        politics=person.politics,
        unit=person.unit,
        remarks=person.remarks,
        qualified=person.draws,
        reason=tr_in(scheme.language, "importing.withdrew") if withdrew else person.reason,
    )


def _entry(number: int, person: ImportedPerson, post_ids: Mapping[str, str]) -> Entry:
    """Everybody's entry; whoever is not qualified or withdrew has one too, and draws no lot."""
    post = post_ids[label_key(person.post)]
    # A post spelt otherwise than in the list of rooms is not known by its spelling: that is no move.
    entered = post_ids.get(label_key(person.entered_post), post)
    return Entry(
        id=f"E{number:03d}",
        candidate=f"C{number:03d}",
        post=post,
        moved_from=None if entered == post else entered,
    )


def _entries(number: int, person: ImportedPerson, post_ids: Mapping[str, str]) -> Iterator[Entry]:
    """The entry for the post wanted most, then one for each further post: E001, E001-2, E001-3."""
    first = _entry(number, person, post_ids)
    yield first
    for preference, post in enumerate(person.more, start=2):
        yield Entry(
            id=f"{first.id}-{preference}",
            candidate=first.candidate,
            post=post_ids[label_key(post)],
            preference=preference,
        )


def _seats(roster: ImportedRoster, scheme: Scheme, rooms: tuple[Room, ...]) -> Iterator[Seat]:
    """Seats by room and number, then those that mark everywhere; a judge named in no list has no name yet."""
    in_rooms = [group for group in scheme.groups if group.scope != "event"]
    listed = {room.name: room for room in roster.rooms}
    for room in rooms:
        for group in in_rooms:
            judges = listed.get(room.title) if group is in_rooms[0] else None
            infix = "" if group is in_rooms[0] else f"{_short(group)}-"
            yield from _panel(group, room, judges, f"{room.id}-{infix}")
    for group in scheme.groups:
        if group.scope == "event":
            for number in range(1, group.seats + 1):
                yield Seat(id=f"{_short(group)}-{number:02d}", group=group.id, number=number)


def _panel(group: Group, room: Room, listed: ImportedRoom | None, prefix: str) -> Iterator[Seat]:
    judges = listed.judges if listed is not None else ()
    for judge in judges:
        yield Seat(
            id=f"{prefix}{judge.seat}",
            group=group.id,
            number=judge.seat,
            room=room.id,
            name=judge.name,
            unit=judge.unit,
            chief=judge.chief,
        )
    if not judges:
        for number in range(1, group.seats + 1):
            yield Seat(id=f"{prefix}{number}", group=group.id, number=number, room=room.id)


def _short(group: Group) -> str:
    return group.id[:3].upper()


def _values(roster: ImportedRoster, scheme: Scheme, entry_of: Mapping[str, str]) -> dict[str, dict[str, str]]:
    values: dict[str, dict[str, str]] = {}
    for found in roster.values:
        if found.value is None:
            continue
        component = component_of(scheme, found.title)
        if found.value > component.maximum:
            raise Known(
                "importing.value_above",
                title=found.title,
                value=decimal_text(found.value),
                maximum=decimal_text(component.maximum),
            )
        values.setdefault(component.id, {})[entry_of[found.identity]] = decimal_text(found.value)
    return values


def _absences(
    roster: ImportedRoster, scheme: Scheme, entry_of: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for value in roster.values:
        if value.value is None:
            component = component_of(scheme, value.title).id
            found[component] = (*found.get(component, ()), entry_of[value.identity])
    return found


def component_of(scheme: Scheme, title: str) -> Imported:
    """The imported component a column speaks of: the only one, else the one whose title is part of the column's.

    Raises `Known` importing.value_unmatched.
    """
    known = [component for component in scheme.components if isinstance(component, Imported)]
    if len(known) == 1:
        return known[0]
    key = label_key(title)
    meant = [c for c in known if any(label_key(words) in key for _, words in c.title.by)]
    if len(meant) != 1:
        raise Known("importing.value_unmatched", title=title)
    return meant[0]
