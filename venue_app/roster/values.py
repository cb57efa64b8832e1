"""Component points against the people: whose are they, who has none, and marks that fit nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from venue_app.roster.desk import Desk, at, choice
from venue_app.roster.identity import masked
from venue_app.roster.people import Standing, same_name
from venue_app.roster.plan import Choice, PersonPlan, ValuePlan
from venue_app.roster.rows import ComponentRow


def match_values(rows: Sequence[ComponentRow], standing: Standing, desk: Desk) -> tuple[ValuePlan, ...]:
    """One value a person and component. People taken out by an answer are marked in `standing`."""
    values: list[ValuePlan] = []
    for title in dict.fromkeys(row.title for row in rows):
        values += _match_title(title, [row for row in rows if row.title == title], standing, desk)
    return tuple(values)


def _match_title(title: str, rows: Sequence[ComponentRow], standing: Standing, desk: Desk) -> list[ValuePlan]:
    people = {person.row.identity: person for person in standing.people() if person.row.identity}
    drawing = {
        identity: person for identity, person in people.items() if person.standing in ("draws", "open")
    }
    told = {row.identity for row in rows}
    if drawing and len(drawing.keys() & told) * 2 < len(drawing):
        desk.note(at("scores_do_not_fit", rows[0].where, "identity", title=title,
                     found=len(drawing.keys() & told), people=len(drawing)))  # fmt: skip
        return []
    lacking = {identity: person for identity, person in drawing.items() if identity not in told}
    taken: dict[str, ComponentRow] = {}
    for row in rows:
        owner = _owner(row, people, lacking, desk)
        if owner is None:
            continue
        if owner not in drawing:
            desk.note(
                at("score_not_needed", row.where, "identity", row.identity, name=people[owner].row.name)
            )
            continue
        taken.setdefault(owner, row)
    absent: set[str] = set()
    for identity, person in drawing.items():
        found = taken.get(identity)
        if found is not None and not found.absent:
            continue
        if _ask_missing(title, identity, person, found, standing, desk) == "absent":
            absent.add(identity)
    told_values = ((identity, taken[identity].value) for identity in drawing if identity in taken)
    return [ValuePlan(i, title, value) for i, value in told_values if value is not None or i in absent]


def _owner(
    row: ComponentRow, people: Mapping[str, PersonPlan], lacking: Mapping[str, PersonPlan], desk: Desk
) -> str | None:
    """The identity number the points belong to, None when they are set aside."""
    if not row.identity:
        return None
    person = people.get(row.identity)
    if person is None:
        return _ask_stranger(row, lacking, desk)
    if not row.name or same_name(row.name, person.row.name):
        return row.identity
    found = desk.note(
        at("score_name_differs", row.where, "name", row.name, name=row.name, known=person.row.name,
           entry=person.row.where.cell("name"))
    )  # fmt: skip
    answer = desk.ask(
        f"name:{row.title}:{row.identity}",
        "score_name_differs",
        [choice("keep", "score_by_identity", name=person.row.name), choice("ignore", "score_ignored")],
        found,
        name=row.name,
        known=person.row.name,
        identity=masked(row.identity),
        cell=row.where.cell("name"),
    )
    return row.identity if answer == "keep" else None


def _ask_stranger(row: ComponentRow, lacking: Mapping[str, PersonPlan], desk: Desk) -> str | None:
    found = desk.note(at("score_without_person", row.where, "identity", row.identity, name=row.name))
    choices: list[Choice] = [
        choice(
            f"to:{identity}", "score_to", name=person.row.name, identity=masked(identity), post=person.post
        )
        for identity, person in lacking.items()
        if row.name and same_name(row.name, person.row.name)
    ]
    answer = desk.ask(
        f"stranger:{row.title}:{row.identity}",
        "score_without_person",
        [*choices, choice("ignore", "score_ignored")],
        found,
        name=row.name,
        identity=masked(row.identity),
        cell=row.where.cell("identity"),
    )
    return answer.removeprefix("to:") if answer and answer.startswith("to:") else None


def _ask_missing(
    title: str, identity: str, person: PersonPlan, row: ComponentRow | None, standing: Standing, desk: Desk
) -> str | None:
    """The answer in force; a sheet that says absent (缺考) is believed until somebody decides otherwise."""
    said = row is not None and row.absent
    where, key = (person.row.where, "name") if row is None else (row.where, "identity")
    found = desk.note(
        at("person_without_score", where, key, person.row.name, name=person.row.name, title=title)
    )
    answer = desk.ask(
        f"missing:{title}:{identity}",
        "person_without_score",
        [
            *([choice("absent", "score_absent", title=title)] if said else []),
            choice("later", "score_later"),
            choice("withdraw", "withdraw"),
        ],
        found,
        proposed="absent" if said else None,
        name=person.row.name,
        title=title,
        post=person.post,
    )
    if answer == "withdraw":
        standing.withdrawn.add(next(i for i, entry in enumerate(standing.rows) if entry.identity == identity))
    return answer
