"""The column 照片 of a roster: which file shows whom, for pictures that are named by a number of their own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PureWindowsPath

from venue_app.base.errors import Known
from venue_app.roster.book import open_book
from venue_app.roster.forms import titles_of
from venue_app.roster.grid import Grid
from venue_app.roster.table import HEADER_WITHIN
from venue_app.roster.words import normal_title

_SHEETS = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt")
_TITLES = frozenset(
    map(
        normal_title,
        (
            "照片",
            "相片",
            "照片文件",
            "照片文件名",
            "照片名",
            "相片檔名",
            "照片檔名",
            "照片檔案",
            "photo",
            "photo file",
        ),
    )
)


def listed(places: Iterable[Path], owners: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """A picture's name without its ending → the candidates whose rows name it, by the sheets among these places.

    `owners` maps plain identity numbers and names to candidates; what it lacks is passed over, and so is a file
    that cannot be read: that is said where it is imported.
    """
    found: dict[str, frozenset[str]] = {}
    for path in _sheets(places):
        with suppress(Known):
            for grid in open_book(path).grids:
                for name, whose in _of_grid(grid, owners):
                    found[name] = found.get(name, frozenset()) | {whose}
    return found


def _sheets(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        inside = [place]
        with suppress(OSError):
            inside = sorted(place.iterdir()) if place.is_dir() else inside
        yield from (p for p in inside if p.suffix.lower() in _SHEETS and not p.name.startswith(("~$", ".")))


def _of_grid(grid: Grid, owners: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for row in range(1, min(HEADER_WITHIN, len(grid.rows)) + 1):
        titles = titles_of(grid.line(row))
        photo = next((column for column, title in titles.others if normal_title(title) in _TITLES), 0)
        who = titles.columns.get("identity") or titles.columns.get("name")
        if photo and who:
            yield from _rows(grid, row, photo, who, owners)
            return


def _rows(
    grid: Grid, header: int, photo: int, who: int, owners: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for row in range(header + 1, len(grid.rows) + 1):
        said = {cell.column: cell.text for cell in grid.line(row) if cell.kind in ("text", "number")}
        whose = owners.get(plain(said.get(who, "")))
        name = plain_name(said.get(photo, ""))
        if whose and name:
            yield name, whose


def plain(text: str) -> str:
    """A name or number as it is compared: full-width signs and letter case do not matter."""
    return unicodedata.normalize("NFKC", text).strip().upper()


def plain_name(text: str) -> str:
    """A file's name without folders and ending; both kinds of slashes part folders."""
    return plain(PureWindowsPath(text.strip()).stem)
