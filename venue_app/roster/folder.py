"""Telling files apart by what is in them, so that a whole folder can be dropped on the window."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from venue_app.base.errors import Known
from venue_app.roster.book import Book, open_book
from venue_app.roster.forms import FORMS, Kind, kind_of, titles_of
from venue_app.roster.grid import Grid
from venue_app.roster.source import QUIET, Source, SourceLike, Watch
from venue_app.roster.table import HEADER_WITHIN, find_table


def recognise(given: SourceLike, encoding: str | None = None) -> Kind | None:
    """The kind of file by its column names; None when it is a sheet of some other kind.

    Raises `Known` when the file cannot be opened.
    """
    return _kind_of_book(open_book(given, encoding))


def _kind_of_book(book: Book) -> Kind | None:
    for grid in book.grids:
        found = _kind_of_grid(grid)
        if found is not None:
            return found
    return None


def _kind_of_grid(grid: Grid) -> Kind | None:
    for row in range(1, min(HEADER_WITHIN, len(grid.rows)) + 1):
        found = kind_of(titles_of(grid.line(row)))
        if found is not None:
            return found
    # A header over two rows: ask each kind, the richest first.
    for kind in ("entries", "panel"):
        if find_table(grid, FORMS[kind], lambda titles: True) is not None:
            return kind
    return None


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder sorted by kind. `others` are sheets of no known kind, `unreadable` files with their fault."""

    files: dict[Kind, tuple[Source, ...]] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    unreadable: tuple[tuple[str, Known], ...] = ()


_ENDINGS = (".xlsx", ".xlsm", ".xls", ".csv", ".txt", ".tsv", ".et")


def sort_files(given: Iterable[SourceLike] | Path, watch: Watch = QUIET) -> Folder:
    """Recognises each file; a path to a folder stands for the spreadsheets in it. Raises `Known` roster.stopped."""
    items = list(_listed(given))
    files: dict[Kind, tuple[Source, ...]] = {}
    others: list[str] = []
    unreadable: list[tuple[str, Known]] = []
    for done, item in enumerate(items):
        watch.tick(done, len(items))
        try:
            source = Source.of(item)
            kind = recognise(source)
        except Known as fault:
            unreadable.append((Path(item).name if isinstance(item, str | Path) else "-", fault))
            continue
        if kind is None:
            others.append(source.name)
        else:
            files[kind] = (*files.get(kind, ()), source)
    return Folder(files, tuple(others), tuple(unreadable))


def _listed(given: Iterable[SourceLike] | Path) -> list[SourceLike]:
    listed: list[SourceLike] = []
    for item in [given] if isinstance(given, Path) else given:
        if isinstance(item, str | Path) and Path(item).is_dir():
            inside = sorted(Path(item).iterdir())
            # ~$ marks the lock file of a workbook that is open in Excel.
            listed += [
                path
                for path in inside
                if path.suffix.lower() in _ENDINGS and not path.name.startswith(("~$", "."))
            ]
        else:
            listed.append(item)
    return listed
