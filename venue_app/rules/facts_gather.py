"""Rows of a facts file put together, against what the scheme and the other rows know."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from venue_app.base.errors import Known
from venue_app.base.i18n import say
from venue_app.rules.facts import (
    Accepted,
    Barred,
    Declared,
    EntryFact,
    Facts,
    Marks,
    PersonFact,
    PostFact,
    SeatState,
)
from venue_app.rules.facts_ballots import ballot_facts
from venue_app.rules.facts_rows import FactsFile, SheetRow
from venue_app.rules.panel import seats_of
from venue_app.rules.sheets import sheet_marks
from venue_app.scheme.components import Attribute, Entered, Imported
from venue_app.scheme.judging import Per
from venue_app.scheme.lines import Path
from venue_app.scheme.model import Scheme
from venue_app.scheme.numbers import number_text
from venue_app.scheme.read import Fault, shown

Row = TypeVar("Row")


class Gathered:
    """Rows gathered by key, against what the scheme and the other rows know."""

    def __init__(self, scheme: Scheme, rows: FactsFile) -> None:
        self.scheme = scheme
        self.rows = rows
        self.faults: list[Fault] = []
        self.entries = {row.id for row in rows.entries}
        self.people = {row.candidate or row.id for row in rows.entries}
        self.posts = {row.id for row in rows.posts}
        self.groups = {g.id for g in scheme.groups}
        self.rounds = {r.id for r in scheme.rounds}

    def fault(self, code: str, path: Path, found: object = "", accepted: str = "") -> None:
        """Note one thing wrong."""
        self.faults.append(Fault(code, path, shown(found), accepted))

    def names(self, per: Per) -> set[str]:
        """The names under which facts of an entry's, or of a person's, stand."""
        return self.people if per == "person" else self.entries

    def want(self, name: str, known: set[str] | Sequence[str], path: Path) -> bool:
        """Whether a name is known; a fault when it is not."""
        if name in known:
            return True
        some = sorted(known)[:12]
        self.fault("unknown_reference", path, name, " | ".join(some) or "—")
        return False

    def entry_of(self, facts: Facts, name: str, per: Per) -> EntryFact:
        """The entry of that name, or the person's most wanted one."""
        if per == "entry":
            return facts.entries[name]
        mine = [e for e in facts.entries.values() if e.candidate == name]
        return min(mine, key=lambda e: (e.preference, e.id))

    def by_key(self, name: str, rows: Sequence[Row], key: Callable[[Row], Any]) -> dict[Any, tuple[int, Row]]:
        """Rows by key with their place; the same key twice is a fault."""
        found: dict[Any, tuple[int, Row]] = {}
        for index, row in enumerate(rows):
            if key(row) in found:
                self.fault("twice", (name, index), _key_text(key(row)))
            else:
                found[key(row)] = (index, row)
        return found


def _key_text(key: Any) -> str:
    return " / ".join(str(part) for part in key) if isinstance(key, tuple) else str(key)


def _people(g: Gathered) -> tuple[dict[str, PostFact], dict[str, PersonFact], dict[str, EntryFact]]:
    outcomes = [o.id for o in g.scheme.post_outcomes]
    posts = {}
    for name, (index, post) in g.by_key("posts", g.rows.posts, lambda r: r.id).items():
        if post.outcome:
            g.want(post.outcome, outcomes, ("posts", index, "outcome"))
        posts[name] = PostFact(
            id=name, title=post.title, places=post.places, cancelled=post.cancelled, outcome=post.outcome,
            attributes=post.attributes,
        )  # fmt: skip
    people = {
        name: PersonFact(id=name, attributes=row.attributes)
        for name, (_index, row) in g.by_key("candidates", g.rows.candidates, lambda r: r.id).items()
    }
    entries = {}
    for name, (index, row) in g.by_key("entries", g.rows.entries, lambda r: r.id).items():
        g.want(row.post, g.posts, ("entries", index, "post"))
        if row.moved_from:
            g.want(row.moved_from, g.posts, ("entries", index, "moved_from"))
        entries[name] = EntryFact(
            id=name, candidate=row.candidate or name, post=row.post, room=row.room, session=row.session,
            preference=row.preference, moved_from=row.moved_from, unqualified=row.unqualified,
            attributes=row.attributes,
        )  # fmt: skip
    return posts, people, entries


def _values(g: Gathered) -> dict[tuple[str, str], Decimal]:
    brought = {c.id: c for c in g.scheme.components if isinstance(c, Imported | Entered)}
    found = {}
    for (entry, name), (index, row) in g.by_key(
        "values", g.rows.values, lambda r: (r.entry, r.component)
    ).items():
        path: Path = ("values", index)
        if not g.want(name, set(brought), (*path, "component")):
            continue
        rule = brought[name]
        g.want(entry, g.names(rule.per), (*path, "entry"))
        if not rule.minimum <= row.value <= rule.maximum:
            limits = f"{number_text(rule.minimum)} … {number_text(rule.maximum)}"
            g.fault("out_of_range", (*path, "value"), row.value, limits)
        found[(entry, name)] = row.value
    return found


def _panels(g: Gathered) -> dict[tuple[str, str], tuple[int, ...]]:
    found = {}
    for key, (index, row) in g.by_key("panels", g.rows.panels, lambda r: (r.group, r.where)).items():
        path: Path = ("panels", index)
        if not g.want(row.group, g.groups, (*path, "group")):
            continue
        if not row.seats or len(set(row.seats)) != len(row.seats) or min(row.seats) < 1:
            g.fault("seats", (*path, "seats"), list(row.seats))
        found[key] = tuple(sorted(set(row.seats)))
    return found


def _sheet(g: Gathered, facts: Facts, row: SheetRow, path: Path) -> Marks | None:
    """One sheet's marks, if everything about it may stand."""
    if not g.want(row.group, g.groups, (*path, "group")):
        return None
    group = g.scheme.group(row.group)
    if not g.want(row.entry, g.names(group.per), (*path, "entry")):
        return None
    seats = seats_of(facts, group, g.entry_of(facts, row.entry, group.per))
    if row.seat not in seats:
        g.fault("seat_unknown", (*path, "seat"), row.seat, ", ".join(str(seat) for seat in seats))
        return None
    try:
        return sheet_marks(group, row.marks)
    except Known as error:
        g.fault("mark", (*path, "marks"), say(error))
        return None


def _sheets(
    g: Gathered, facts: Facts
) -> tuple[dict[tuple[str, str], dict[int, Marks]], dict[tuple[str, str], dict[int, SeatState]]]:
    sheets: dict[tuple[str, str], dict[int, Marks]] = {}
    out: dict[tuple[str, str], dict[int, SeatState]] = {}
    for key, (index, row) in g.by_key("sheets", g.rows.sheets, lambda r: (r.entry, r.group, r.seat)).items():
        marks = _sheet(g, facts, row, ("sheets", index))
        if marks is not None:
            sheets.setdefault(key[:2], {})[row.seat] = marks
    for key, (index, one) in g.by_key(
        "out_seats", g.rows.out_seats, lambda r: (r.entry, r.group, r.seat)
    ).items():
        path: Path = ("out_seats", index)
        if not g.want(one.group, g.groups, (*path, "group")):
            continue
        group = g.scheme.group(one.group)
        if not g.want(one.entry, g.names(group.per), (*path, "entry")):
            continue
        seats = seats_of(facts, group, g.entry_of(facts, one.entry, group.per))
        if one.seat not in seats:
            g.fault("seat_unknown", (*path, "seat"), one.seat, ", ".join(str(seat) for seat in seats))
        elif one.seat in sheets.get(key[:2], {}):
            g.fault("sheet_and_out", path, _key_text(key))
        out.setdefault(key[:2], {})[one.seat] = one.state
    return sheets, out


def _absent(g: Gathered, values: Mapping[tuple[str, str], Decimal]) -> frozenset[tuple[str, str]]:
    components = {c.id for c in g.scheme.components if not c.made_of() and not isinstance(c, Attribute)}
    rows = g.by_key("absent", g.rows.absent, lambda r: (r.entry, r.component))
    for (entry, component), (index, _row) in rows.items():
        g.want(entry, g.entries | g.people, ("absent", index, "entry"))
        if component:
            g.want(component, components, ("absent", index, "component"))
        if (entry, component) in values:
            g.fault("absent_and_value", ("absent", index), f"{entry} / {component}")
    return frozenset(rows)


def _rest(g: Gathered, facts: Facts, values: Mapping[tuple[str, str], Decimal]) -> dict[str, Any]:
    barred = {}
    for name, (index, row) in g.by_key("barred", g.rows.barred, lambda r: r.entry).items():
        g.want(name, g.entries, ("barred", index, "entry"))
        if row.after:
            g.want(row.after, g.rounds, ("barred", index, "after"))
        barred[name] = Barred(code=row.code, after=row.after, note=row.note)
    accepted = g.by_key("accepted", g.rows.accepted, lambda r: (r.entry, r.group))
    for (entry, group), (index, _row) in accepted.items():
        g.want(entry, g.entries | g.people, ("accepted", index, "entry"))
        g.want(group, g.groups, ("accepted", index, "group"))
    overruns = g.by_key("overruns", g.rows.overruns, lambda r: (r.entry, r.stage))
    for (entry, stage), (index, _over) in overruns.items():
        g.want(entry, g.entries | g.people, ("overruns", index, "entry"))
        g.want(stage, {s.id for s in g.scheme.stages}, ("overruns", index, "stage"))
    lots = g.by_key("lots", g.rows.lots, lambda r: (r.round, r.entry))
    for (round_, entry), (index, _lot) in lots.items():
        g.want(round_, g.rounds, ("lots", index, "round"))
        g.want(entry, g.entries, ("lots", index, "entry"))
    decided = g.by_key("decided", g.rows.decided, lambda r: (r.round, r.where))
    for (round_, _where), (index, chosen) in decided.items():
        g.want(round_, g.rounds, ("decided", index, "round"))
        for place, entry in enumerate(chosen.entries):
            g.want(entry, g.entries, ("decided", index, "entries", place))
    return {
        "barred": barred,
        "accepted": {key: Accepted(by=row.by, reason=row.reason) for key, (_i, row) in accepted.items()},
        "overruns": {key: row.seconds for key, (_index, row) in overruns.items()},
        "lots": {key: row.number for key, (_index, row) in lots.items()},
        "decided": {key: row.entries for key, (_index, row) in decided.items()},
        "declared": tuple(Declared(what=r.what, count=r.count, post=r.post) for r in g.rows.declared),
        "absent": _absent(g, values),
        "ballots": ballot_facts(g.scheme, g.rows, facts, g.faults),
    }


def gather(scheme: Scheme, rows: FactsFile) -> tuple[Facts | None, list[Fault]]:
    """The facts of a file's rows, if nothing contradicts the scheme; else everything that does."""
    g = Gathered(scheme, rows)
    posts, people, entries = _people(g)
    facts = Facts(posts=posts, candidates=people, entries=entries, panels=_panels(g))
    values = _values(g)
    sheets, out = _sheets(g, facts)
    rest = _rest(g, facts, values)
    if g.faults:
        return None, g.faults
    return replace(facts, values=values, sheets=sheets, out_seats=out, **rest), []
