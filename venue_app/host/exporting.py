"""An event's tables written to files: of an open event, an event file, or a bundle."""

from __future__ import annotations

from pathlib import Path

from venue_app.base.errors import Known
from venue_app.base.i18n import language
from venue_app.host.history import entries_of
from venue_app.journal.faults import known
from venue_app.journal.raw import read_raw
from venue_app.seal import bundle
from venue_app.tables.catalogue import Format, Progress, tables_of, write_tables
from venue_app.tables.contents import Contents
from venue_app.venue import Venue


def _quiet(_done: int, _of: int) -> None:
    return None


def export_file(
    path: Path, form: Format, folder: Path, *, lang: str | None = None, progress: Progress = _quiet
) -> list[Path]:
    """Every table of an event file or a bundle, named after it, in `folder` (docs/formats/tables.md).

    The file is only read. Raises `Known`: seal.*, journal.*, entry.*, tables.*.
    """
    with known(path), path.open("rb") as handle:
        start = handle.read(16)
    if start.startswith(b"PK"):
        entries = bundle.read(path).entries
    elif start.startswith(b"SQLite format 3\x00"):
        entries = read_raw(path).entries
    else:
        raise Known("tables.unknown_file", file=path.name)
    return _written(entries, form, folder, path.stem, lang, progress)


def export_venue(
    venue: Venue,
    form: Format,
    folder: Path,
    *,
    name: str = "",
    lang: str | None = None,
    progress: Progress = _quiet,
) -> list[Path]:
    """The same of the event that is open, as it stands. Waits for its thread: call it from one that may wait."""
    return _written(entries_of(venue), form, folder, name or venue.path.stem, lang, progress)


def _written(
    entries: list[bytes], form: Format, folder: Path, name: str, lang: str | None, progress: Progress
) -> list[Path]:
    return write_tables(tables_of(Contents(entries)), form, folder, name, lang or language(), progress)
