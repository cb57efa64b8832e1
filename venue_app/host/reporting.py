"""Producing reports: filled from the state, sealed page by page, signed, recorded, then put in their place."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from venue_app import __version__
from venue_app.base.errors import Known
from venue_app.domain.commands import IssueReport
from venue_app.domain.roles import PROGRAM
from venue_app.reports import render
from venue_app.reports.fill import Filled, fill
from venue_app.reports.fill.common import local
from venue_app.reports.models import PageFrame
from venue_app.seal import qr
from venue_app.seal.keys import VenueKeys
from venue_app.seal.pdfsign import sign_pdf
from venue_app.seal.statement import PageStatement
from venue_app.venue import Change, Venue

Progress = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Produced:
    """A report file: its form, what tells it from its siblings, where it is, and its serial, pages and SHA-256."""

    form: str
    part: str
    path: Path
    serial: int
    pages: int
    sha256: str


def _quiet(_done: int, _name: str) -> None:
    return None


def produce(
    venue: Venue, keys: VenueKeys, forms: tuple[str, ...], folder: Path, progress: Progress = _quiet
) -> list[Produced]:
    """Make the files of the named forms in `folder`, each recorded in the journal.

    All speak of the same moment. `progress(done, name)` is called before each file and may raise to
    stop: files already made stay, nothing half-made does. Raises `Known`: fill.*, reports.*,
    venue.*, `reporting.folder`.
    """
    moment = venue.now
    made: list[Produced] = []
    for filled in fill(moment.state, forms):
        progress(len(made), file_stem(filled))
        made.append(_one(venue, keys, moment, filled, folder))
    return made


def file_stem(filled: Filled) -> str:
    """`room-summary-R1`."""
    return f"{filled.form}-{filled.part}" if filled.part else filled.form


def _one(venue: Venue, keys: VenueKeys, moment: Change, filled: Filled, folder: Path) -> Produced:
    name = file_stem(filled)
    issued = venue.state.reports
    serial = max((r.serial for r in issued), default=0) + 1
    reprint = sum(r.form == name for r in issued)
    at = venue.clock.wall_ms()
    pdf, pages = _drawn(keys, moment, filled, serial, reprint, at)
    signed = sign_pdf(pdf, keys, at)
    digest = hashlib.sha256(signed).hexdigest()
    target = folder / (f"{name}-r{reprint}.pdf" if reprint else f"{name}.pdf")
    part = target.with_name(target.name + ".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_durably(part, signed)
        venue.ask(IssueReport(form=name, serial=serial, pages=pages, sha256=digest), PROGRAM)
        part.replace(target)
    except OSError as error:
        raise Known("reporting.folder", folder=str(folder), reason=error.strerror or str(error)) from error
    finally:
        with suppress(OSError):  # where nothing could be written there is nothing to take away
            part.unlink()
    return Produced(filled.form, filled.part, target, serial, pages, digest)


def _drawn(
    keys: VenueKeys, moment: Change, filled: Filled, serial: int, reprint: int, at: int
) -> tuple[bytes, int]:
    """The unsigned file and its number of pages."""
    state = moment.state
    counted = 0

    def statement(page: int, pages: int, digest: bytes) -> str:
        nonlocal counted
        counted = pages
        return keys.sign_page(
            PageStatement(
                event=state.event.event,
                form=filled.form,
                serial=str(serial),
                page=page,
                pages=pages,
                digest=digest,
                numbers=(),
                size=state.size,
                root=moment.root,
                at=at,
                mode=state.event.mode,
            )
        )

    frame = PageFrame(
        event=state.event.title,
        mode=state.event.mode,
        place=state.event.place,
        date=f"{local(at):%Y-%m-%d}",
        language=state.scheme.language,
        serial=serial,
        reprint=reprint,
        journal_size=state.size,
        journal_head=moment.root.hex(),
        software=f"venue-app {__version__}",
        key=keys.announced()["ed25519"],
    )
    pdf = render(filled.model, frame=frame, statement=statement, qr=_modules)
    return pdf, counted


def _modules(text: str) -> list[list[bool]]:
    return [list(row) for row in qr.matrix(text)]


def _write_durably(path: Path, data: bytes) -> None:
    with path.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
