"""Whether marks and observers' papers fit an imported roster: every person, every seat, nobody else."""

from __future__ import annotations

from collections.abc import Iterator

from venue_app.roster.decide import ImportedPerson, ImportedRoster
from venue_app.roster.desk import at
from venue_app.roster.findings import Finding
from venue_app.roster.people import same_name
from venue_app.roster.rows import Import, MarkRow, ObserverRow


def check_marks(roster: ImportedRoster, marks: Import[MarkRow]) -> tuple[Finding, ...]:
    """People without marks, marks without a person, seats that the person's room does not have or has not used."""
    people = {person.identity: person for person in roster.drawing}
    found = list(_people(people, marks))
    room_of = {post: room for room in roster.rooms for post in room.posts}
    by_person: dict[str, list[MarkRow]] = {}
    for row in marks.rows:
        by_person.setdefault(row.identity, []).append(row)
    for identity, rows in by_person.items():
        room = room_of.get(people[identity].post) if identity in people else None
        if room is None or not room.judges:
            continue
        seats = {judge.seat for judge in room.judges}
        used = {row.seat for row in rows if row.seat is not None}
        for row in rows:
            if row.seat is not None and row.seat not in seats:
                found.append(
                    at("mark_seat_unknown", row.where, "seat", str(row.seat), room=room.name, seat=row.seat)
                )
        missing = "、".join(str(seat) for seat in sorted(seats - used))
        if missing:
            name = people[identity].name
            found.append(
                at("mark_seat_missing", rows[0].where, "identity", identity, name=name, seats=missing)
            )
    return tuple(found)


def check_observers(roster: ImportedRoster, observers: Import[ObserverRow]) -> tuple[Finding, ...]:
    """People without papers, papers without a person."""
    return tuple(_people({person.identity: person for person in roster.drawing}, observers))


def _people(
    people: dict[str, ImportedPerson], read: Import[MarkRow] | Import[ObserverRow]
) -> Iterator[Finding]:
    told = set()
    strangers: set[str] = set()
    for row in read.rows:
        person = people.get(row.identity)
        told.add(row.identity)
        if person is None:
            if row.identity and row.identity not in strangers:
                yield at("marks_without_person", row.where, "identity", row.identity, name=row.name)
            strangers.add(row.identity)
        elif row.name and not same_name(row.name, person.name):
            yield at("marks_name_differs", row.where, "name", row.name, name=row.name, known=person.name)
    for person in people.values():
        if person.identity not in told:
            yield at("person_without_marks", name=person.name, kind=read.kind)
