"""What a rehearsal needs from a folder: the roster to import, and what every seat will mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import msgspec

from venue_app.base.canonical import decimal_text
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, language, say, tr
from venue_app.domain.commands import ImportRoster
from venue_app.domain.nouns import Seat
from venue_app.host.importing import ReadFiles, import_command, plan_of, read_files
from venue_app.rehearsal.invented import Marks, invented_marks
from venue_app.rehearsal.voting import Papers, lacking, read_ballots
from venue_app.roster.decide import decide
from venue_app.roster.findings import Finding
from venue_app.roster.findings import sentence as finding_sentence
from venue_app.roster.forms import Kind
from venue_app.roster.plan import Plan, choice_sentence, question_sentence
from venue_app.roster.rows import Import, MarkRow, ObserverRow, Where
from venue_app.roster.scores import read_marks, read_observers
from venue_app.roster.source import Source
from venue_app.rules.sheets import sheet_marks
from venue_app.scheme import Criterion, Group, Imported, Scheme


@dataclass(frozen=True, slots=True)
class Script:
    """What the folder says: the import, what each seat gives each identity number, the papers of its ballots,
    and what was noticed.

    `marks[identity][(group, seat number)]` are decimal texts by criterion. `voters`: simulated ones vote where there
    are no papers.
    """

    command: ImportRoster
    marks: Mapping[str, Mapping[tuple[str, int], Marks]]
    papers: Papers
    notes: tuple[str, ...]
    voters: bool = False


def read_script(folder: Path, scheme: Scheme) -> Script:
    """Read the folder for `scheme`. Proposed answers to open points are taken, and noted.

    Raises `Known`: roster.*, rehearsal.file_missing, rehearsal.data_wrong with every cell that is wrong.
    """
    if not folder.is_dir():
        raise Known("rehearsal.no_folder", folder=str(folder))
    read = read_files(folder, scheme)
    if read.folder.unreadable:
        # Never without it: an event that lacks a sheet looks like one that never had it.
        points = "\n".join(say(fault) for _, fault in read.folder.unreadable)
        raise Known("rehearsal.data_wrong", points=points)
    plan = _decided(read, scheme)
    command = import_command(decide(plan), scheme)
    command, marks, invented = _marks(read.folder.files, scheme, command)
    papers, others = read_ballots([folder / name for name in read.folder.others], scheme, command)
    notes = (
        *_notes(plan),
        *_lacking(read, scheme),
        *lacking(scheme, papers),
        *(tr("rehearsal.note.unknown_file", file=name) for name in others),
        *([tr("rehearsal.note.invented")] if invented else []),
    )
    return Script(command, marks, papers, notes)


def _marks(
    files: Mapping[Kind, tuple[Source, ...]], scheme: Scheme, command: ImportRoster
) -> tuple[ImportRoster, Mapping[str, Mapping[tuple[str, int], Marks]], bool]:
    """What every seat will mark: from the sheets, or made up where there is no sheet of judges' marks at all."""
    marks: dict[str, dict[tuple[str, int], Marks]] = {}
    room_group = next((g for g in scheme.groups if g.scope != "event"), None)
    event_group = next((g for g in scheme.groups if g.scope == "event"), None)
    if "marks" not in files and "observers" not in files:
        return command, invented_marks(scheme, command), bool(scheme.groups)
    if room_group is not None:
        judged = _judged(_need(files, "marks"), room_group)
        _refuse(judged)
        _judges(judged, room_group, marks)
    if event_group is not None and "observers" in files:
        watched = read_observers(files["observers"], maximum=event_group.criteria[0].maximum)
        _refuse(watched)
        _observers(watched, event_group, marks)
        command = _seat_observers(command, event_group, watched)
    _all_seated(command, marks)
    return command, marks, False


def _lacking(read: ReadFiles, scheme: Scheme) -> Iterator[str]:
    """What the plan counts and the folder has no sheet of."""
    if read.component is None:
        for component in scheme.components:
            if isinstance(component, Imported):
                yield tr("rehearsal.note.no_component", title=component.title.say(language()))
    observed = any(g.scope == "event" for g in scheme.groups)
    if observed and "marks" in read.folder.files and "observers" not in read.folder.files:
        yield tr("rehearsal.note.no_observers", kind=tr("roster.kind.observers"))


def _need(files: Mapping[Kind, tuple[Source, ...]], kind: Kind) -> tuple[Source, ...]:
    found = files.get(kind)
    if not found:
        raise Known("rehearsal.file_missing", kind=tr(f"roster.kind.{kind}"))
    return found


def _decided(read: ReadFiles, scheme: Scheme) -> Plan:
    """The plan of the files with every proposal taken. Raises `Known` where something is wrong or open."""
    _need(read.folder.files, "entries")
    plan = plan_of(read, scheme)
    if plan.errors:
        raise Known("rehearsal.data_wrong", points=_lines(plan.errors))
    if plan.open_questions:
        raise Known(
            "rehearsal.data_open", points="\n".join(question_sentence(q) for q in plan.open_questions)
        )
    return plan


def _notes(plan: Plan) -> Iterator[str]:
    for question in plan.questions:
        taken = next(c for c in question.choices if c.id == (question.answer or question.proposed))
        yield f"{question_sentence(question)} → {choice_sentence(taken)}"


def _lines(findings: tuple[Finding, ...]) -> str:
    shown = [f"{f.file}: {finding_sentence(f)}" for f in findings[:20]]
    return "\n".join(shown) + (f"\n… +{len(findings) - 20}" if len(findings) > 20 else "")


def _refuse(read: Import[MarkRow] | Import[ObserverRow]) -> None:
    if read.errors:
        raise Known("rehearsal.data_wrong", points=_lines(read.errors))


def _titles(criterion: Criterion) -> tuple[str, ...]:
    return tuple(words for _, words in criterion.title.by)


def _judged(files: tuple[Source, ...], group: Group) -> Import[MarkRow]:
    """The judges' marks, read with the criteria's titles in the language the file is written in."""
    maxima = {title: c.maximum for c in group.criteria for title in _titles(c)}
    reads: list[Import[MarkRow]] = []
    for lang in LANGUAGES:
        titles = [c.title.say(lang) for c in group.criteria]
        read = read_marks(files, criteria=titles, maxima=maxima)
        if not read.errors:
            return read
        reads.append(read)
    return max(
        reads, key=lambda read: len(read.rows)
    )  # of those that are wrong, the one that understood the head


def _judges(read: Import[MarkRow], group: Group, marks: dict[str, dict[tuple[str, int], Marks]]) -> None:
    for row in read.rows:
        given = [value for _, value in row.marks]
        if row.seat is not None and not any(value is None for value in given):
            texts = {c.id: _text(v) for c, v in zip(group.criteria, given, strict=True)}
            _stand(group, texts, row.where)
            marks.setdefault(row.identity, {})[(group.id, row.seat)] = texts


def _observers(
    read: Import[ObserverRow], group: Group, marks: dict[str, dict[tuple[str, int], Marks]]
) -> None:
    criterion = group.criteria[0].id
    for row in read.rows:
        for number, vote in enumerate(row.votes, 1):
            if vote is not None:
                texts = {criterion: _text(vote)}
                _stand(group, texts, row.where)
                marks.setdefault(row.identity, {})[(group.id, number)] = texts


def _stand(group: Group, marks: Marks, where: Where) -> None:
    """Refuse, with its line, a mark that no station could send (off the step, say)."""
    try:
        sheet_marks(group, {name: Decimal(mark) for name, mark in marks.items()})
    except Known as fault:
        raise Known("rehearsal.data_wrong", points=f"{where.file} {where.row}: {say(fault)}") from fault


def _all_seated(command: ImportRoster, marks: Mapping[str, Mapping[tuple[str, int], Marks]]) -> None:
    """Refuse marks of a seat that nobody sits in: to leave them out would change results in silence."""
    seated = {(seat.group, seat.number) for seat in command.seats}
    strange = {key for given in marks.values() for key in given} - seated
    if strange:
        numbers = ", ".join(str(number) for _, number in sorted(strange))
        raise Known("rehearsal.unknown_seats", seats=numbers)


def _text(value: Decimal | None) -> str:
    assert value is not None
    return decimal_text(value)


def _seat_observers(command: ImportRoster, group: Group, read: Import[ObserverRow]) -> ImportRoster:
    """As many seats as the sheet has papers, whatever number the scheme foresees."""
    count = max((len(row.votes) for row in read.rows), default=group.seats)
    if count == sum(s.group == group.id for s in command.seats):
        return command
    others = tuple(s for s in command.seats if s.group != group.id)
    prefix = next((s.id.rpartition("-")[0] for s in command.seats if s.group == group.id), "OBS")
    seats = tuple(Seat(id=f"{prefix}-{n:02d}", group=group.id, number=n) for n in range(1, count + 1))
    return msgspec.structs.replace(command, seats=others + seats)
