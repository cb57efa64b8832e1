"""Producing reports: filled from the state, sealed page by page, signed, recorded, then put in their place."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from venue_app import __version__
from venue_app.base.clock import zone_minutes
from venue_app.base.errors import Known
from venue_app.domain.commands import IssueReport
from venue_app.domain.nouns import Printing
from venue_app.domain.roles import PROGRAM
from venue_app.host.drawing_again import frame_of, lay_again, modules, state_at
from venue_app.host.history import asked, entries_of
from venue_app.host.photos import prints
from venue_app.reports import Layout, draw, lay
from venue_app.reports.fill import Filled, fill
from venue_app.reports.fill.common import local
from venue_app.reports.models import Form
from venue_app.seal.keys import VenueKeys
from venue_app.seal.pdfsign import sign_pdf
from venue_app.seal.statement import PageStatement
from venue_app.state import ReportMark, State
from venue_app.state.issued import last_print, newest_of, superseded_by
from venue_app.venue import Change, Venue

Progress = Callable[[int, str], None]
SOFTWARE = f"venue-app {__version__}"


@dataclass(frozen=True, slots=True)
class Produced:
    """A report file: its form, what tells it from its siblings, where it is, and its serial, pages and SHA-256."""

    form: str
    part: str
    path: Path
    serial: int
    pages: int
    sha256: str


@dataclass(frozen=True, slots=True)
class _Print:
    """One print to be: what it says, of which state with which root, and under which number."""

    form: str
    part: str
    layout: Layout
    state: State
    root: bytes
    serial: int
    printing: Printing

    @property
    def name(self) -> str:
        return f"{self.form}-{self.part}" if self.part else self.form


def _quiet(_done: int, _name: str) -> None:
    return None


def produce(
    venue: Venue, keys: VenueKeys, forms: tuple[str, ...], folder: Path, progress: Progress = _quiet
) -> list[Produced]:
    """Make the files of the named forms in `folder`, each recorded in the journal.

    All speak of the same moment. A file that says what the last of its form said is a reprint of it and keeps
    its number; one that says something else gets a new number and corrects it. `progress(done, name)` is
    called before each file and may raise to stop: files already made stay, nothing half-made does. Raises
    `Known`: fill.*, reports.*, venue.*, `reporting.folder`, `reporting.taken` where another event's file would be lost.
    """
    moment = venue.now
    at = venue.clock.wall_ms()
    made: list[Produced] = []
    for filled in fill(moment.state, forms, zone_minutes(at)):
        progress(len(made), filled.name)
        made.append(_issue(venue, keys, _planned(venue, moment, filled, at), folder))
    return made


@dataclass(frozen=True, slots=True)
class Applying:
    """The files made, and for each form that could not be filled its name and why."""

    made: tuple[Produced, ...]
    left_out: tuple[tuple[str, Known], ...]


def produce_applying(
    venue: Venue, keys: VenueKeys, forms: tuple[str, ...], folder: Path, progress: Progress = _quiet
) -> Applying:
    """Make whichever of the named forms the event has something to say on; the others are left out, with why.

    Otherwise like `produce`. What keeps a file from being written still raises: venue.*, `reporting.folder`,
    `reporting.taken`.
    """
    moment, at = venue.now, venue.clock.wall_ms()
    made: list[Produced] = []
    left_out: list[tuple[str, Known]] = []
    for form in forms:
        progress(len(made), form)
        try:
            filled = tuple(fill(moment.state, (form,), zone_minutes(at)))
        except Known as fault:
            left_out.append((form, fault))
            continue
        for one in filled:
            try:
                planned = _planned(venue, moment, one, at)
            except Known as fault:
                left_out.append((one.name, fault))
                continue
            made.append(_issue(venue, keys, planned, folder))
    return Applying(tuple(made), tuple(left_out))


def produce_once(venue: Venue, keys: VenueKeys, name: str, form: Form, folder: Path) -> Produced:
    """Make one file of a form that says more than the journal holds, and so cannot be made again from it.

    It is recorded by its SHA-256 alone. Raises what `produce` raises.
    """
    moment, at = venue.now, venue.clock.wall_ms()
    layout = lay(form, moment.state.scheme.language)
    one = _first_print(venue, moment, Filled(name, "", form), layout, at)
    return _issue(venue, keys, one, folder, again=False)


def reprint(venue: Venue, keys: VenueKeys, serial: int, folder: Path) -> Produced:
    """Print the report with this number once more, as it was, made again from the journal.

    Where another report corrects it, every page says which. Raises `Known`: `reporting.no_such_report`,
    `reporting.not_recorded` for one made by an older program, and what `produce` raises.
    """
    issued = venue.state
    mark = last_print(issued, serial)
    if mark is None:
        raise Known("reporting.no_such_report", serial=serial)
    if mark.printing is None:
        raise Known("reporting.not_recorded", serial=serial)
    printing = replace(
        mark.printing,
        reprint=mark.printing.reprint + 1,
        superseded_by=superseded_by(issued.reports, mark),
        reopened=len(issued.reopened),
    )
    state = state_at(entries_of(venue), printing.size)
    root = asked(venue, lambda journal: journal.root_at(printing.size))
    layout = lay_again(state, mark.form, printing)
    if layout.content.hex() != printing.content:
        raise Known("reporting.other_program", serial=serial, software=printing.software)
    return _issue(
        venue,
        keys,
        _Print(mark.form, "", layout, state, root, serial, replace(printing, software=SOFTWARE)),
        folder,
    )


def _planned(venue: Venue, moment: Change, filled: Filled, at: int) -> _Print:
    """A reprint where nothing has changed since the last of its form, else a new report."""
    state = moment.state
    layout = lay(filled.model, state.scheme.language)
    content = layout.content.hex()
    last = newest_of(venue.state, filled.name)
    if last is not None and last.printing is not None and _same(last.printing, content, state):
        opened = len(state.reopened)
        again = replace(last.printing, reprint=last.printing.reprint + 1, reopened=opened)
        root = asked(venue, lambda journal: journal.root_at(again.size))
        return _Print(filled.form, filled.part, layout, state, root, last.serial, again)
    return _first_print(venue, moment, filled, layout, at)


def _first_print(venue: Venue, moment: Change, filled: Filled, layout: Layout, at: int) -> _Print:
    """A new report under the next number."""
    state, zone = moment.state, zone_minutes(at)
    printing = Printing(
        size=state.size,
        date=f"{local(at, zone):%Y-%m-%d}",
        zone=zone,
        language=state.scheme.language,
        software=SOFTWARE,
        content=layout.content.hex(),
        reopened=len(state.reopened),
    )
    serial = max((r.serial for r in venue.state.reports), default=0) + 1
    return _Print(filled.form, filled.part, layout, state, moment.root, serial, printing)


def _same(last: Printing, content: str, state: State) -> bool:
    return (last.content, last.language, last.software) == (content, state.scheme.language, SOFTWARE)


def _issue(venue: Venue, keys: VenueKeys, one: _Print, folder: Path, *, again: bool = True) -> Produced:
    """`again`: what it takes to make it again is recorded with it."""
    at = venue.clock.wall_ms()
    pictures = prints(venue.path, one.layout.photos)
    signed = sign_pdf(_drawn(keys, one, at, pictures), keys, at)
    digest = hashlib.sha256(signed).hexdigest()
    pages = len(one.layout.pages)
    target = folder / f"{one.name}{_suffix(venue.state.reports, one.name)}.pdf"
    if target.exists():  # this event has not made it: another one has, or a copy of this one
        raise Known("reporting.taken", file=target.name, folder=str(folder))
    part = target.with_name(target.name + ".part")
    printing = one.printing if again else None
    command = IssueReport(form=one.name, serial=one.serial, pages=pages, sha256=digest, printing=printing)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_durably(part, signed)
        venue.ask(command, PROGRAM)
        part.replace(target)
    except OSError as error:
        raise Known("reporting.folder", folder=str(folder), reason=error.strerror or str(error)) from error
    finally:
        with suppress(OSError):  # where nothing could be written there is nothing to take away
            part.unlink()
    return Produced(one.form, one.part, target, one.serial, pages, digest)


def _suffix(issued: tuple[ReportMark, ...], name: str) -> str:
    """No print of a form takes the place of an earlier one's file."""
    count = sum(r.form == name for r in issued)
    return f"-r{count}" if count else ""


def _drawn(keys: VenueKeys, one: _Print, at: int, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The unsigned file."""
    event = one.state.event

    def statement(page: int, pages: int, digest: bytes) -> str:
        return keys.sign_page(
            PageStatement(
                event=event.event,
                form=one.name,
                serial=str(one.serial),
                page=page,
                pages=pages,
                digest=digest,
                numbers=(),
                size=one.printing.size,
                root=one.root,
                at=at,
                mode=event.mode,
            )
        )

    frame = frame_of(one.state, one.root, one.serial, one.printing)
    return draw(one.layout, frame=frame, statement=statement, qr=modules, pictures=pictures)


def _write_durably(path: Path, data: bytes) -> None:
    with path.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
