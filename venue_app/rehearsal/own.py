"""A rehearsal of an event's own plan and roster: what it takes of the event's journal, and nothing more.

Names of people present, draws, marks and results of the event itself stay where they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import asdict, replace

from venue_app.base.clock import iso, zone_minutes
from venue_app.base.errors import Known
from venue_app.base.i18n import language, tr, tr_in
from venue_app.domain.commands import ImportRoster
from venue_app.domain.entries import EventCreated, RosterImported
from venue_app.domain.floor_entries import SchemeChanged
from venue_app.domain.record import decode
from venue_app.journal.raw import read_raw
from venue_app.rehearsal.data import Script
from venue_app.rehearsal.invented import invented_marks, invented_value
from venue_app.scheme import Imported, Scheme, load_scheme


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """An event's title (said to be a rehearsal), place, plan and roster."""

    title: str
    place: str
    scheme: str
    roster: RosterImported


def own_event(entries: Iterable[bytes]) -> OwnEvent:
    """What a rehearsal takes from the entries of an event's journal: plan and roster as they stand now.

    Raises `Known` rehearsal.no_roster.
    """
    created: EventCreated | None = None
    scheme, roster = "", None
    for raw in entries:
        fact = decode(raw).data
        if isinstance(fact, EventCreated):
            created, scheme = fact, fact.scheme
        elif isinstance(fact, SchemeChanged):
            scheme, roster = fact.scheme, roster if fact.roster_kept else None
        elif isinstance(fact, RosterImported):
            roster = fact
    if created is None or roster is None:
        raise Known("rehearsal.no_roster")
    words = load_scheme(scheme, "event").language
    return OwnEvent(_title(created.title, words), created.place, scheme, roster)


def _title(title: str, lang: str) -> str:
    """The event's title, said once to be a rehearsal."""
    said = tr_in(lang, "rehearsal.summary.title", title=title)
    return title if title.endswith(said.removeprefix(title)) else said


def read_own(file: Path) -> OwnEvent:
    """The same of an event file, which is only read. Raises `Known`: journal.*, rehearsal.no_roster."""
    return own_event(read_raw(file).entries)


def rehearsal_stem(event: Path, at_ms: int) -> str:
    """The name of a rehearsal beside its event: `NAME 演练 20260501-0914`."""
    moment = iso(at_ms + zone_minutes(at_ms) * 60_000)
    when = f"{moment[:10].replace('-', '')}-{moment[11:16].replace(':', '')}"
    return f"{event.stem} {tr('rehearsal.file')} {when}"


def rehearsals_of(event: Path) -> tuple[Path, ...]:
    """The rehearsals beside an event that came to their end (their bundle is there), the oldest first.

    In whatever language they were named.
    """
    words = {tr_in(lang, "rehearsal.file") for lang in ("zh-CN", "zh-TW", "en")}
    found = [
        path
        for path in event.parent.glob("*.venue")
        if any(path.stem.startswith(f"{event.stem} {word} ") for word in words)
        and path.with_suffix(".bundle").is_file()
    ]
    return tuple(sorted(found, key=lambda path: path.stat().st_mtime))


def own_script(own: OwnEvent) -> Script:
    """What the robots do: the roster comes in as it stood, simulated judges mark, simulated voters vote.

    Values that the roster does not bring yet are made up, so that every result is computed.
    """
    scheme = load_scheme(own.scheme, "event")
    command = ImportRoster(**{name: value for name, value in asdict(own.roster).items() if name in _FIELDS})
    filled, made_up = _filled(command, scheme)
    notes = (tr("rehearsal.note.simulated"), *made_up)
    return Script(filled, invented_marks(scheme, filled), {}, notes, voters=True)


_FIELDS = frozenset(ImportRoster.__struct_fields__)


def _filled(command: ImportRoster, scheme: Scheme) -> tuple[ImportRoster, tuple[str, ...]]:
    """The command with a made-up value wherever an imported component has none and nobody was absent."""
    fit = {c.id: c.identity for c in command.candidates if c.qualified}
    values = {component: dict(column) for component, column in command.values.items()}
    notes: list[str] = []
    for component in _imported(scheme):
        column = values.setdefault(component.id, {})
        absent = command.absences.get(component.id, ())
        lacking = [
            e for e in command.entries if e.candidate in fit and e.id not in column and e.id not in absent
        ]
        if component.per == "person":
            had = {e.candidate for e in command.entries if e.id in column or e.id in absent}
            lacking = [e for e in lacking if e.preference == 1 and e.candidate not in had]
        for entry in lacking:
            key = f"{fit[entry.candidate]},{component.id}"
            column[entry.id] = invented_value(key, component.minimum, component.maximum)
        if lacking:
            title = component.title.say(language())
            notes.append(tr("rehearsal.note.made_up", title=title, count=len(lacking)))
    return replace(command, values={k: v for k, v in values.items() if v}), tuple(notes)


def _imported(scheme: Scheme) -> Iterator[Imported]:
    return (component for component in scheme.components if isinstance(component, Imported))
