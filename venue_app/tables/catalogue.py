"""Every table of an event, and the files they go to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Literal, get_args

from venue_app.base.errors import Known
from venue_app.journal.faults import known
from venue_app.tables import csvfile, parquet, xlsx
from venue_app.tables.ballots import ballot_tables
from venue_app.tables.contents import Contents
from venue_app.tables.draws import draw_tables
from venue_app.tables.floor import floor_tables
from venue_app.tables.model import Table
from venue_app.tables.outcome import outcome_tables
from venue_app.tables.people import people_tables
from venue_app.tables.record import record_tables

Format = Literal["xlsx", "csv", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
Progress = Callable[[int, int], None]

_CONCERNS = (people_tables, draw_tables, floor_tables, ballot_tables, outcome_tables, record_tables)


def tables_of(contents: Contents) -> list[Table]:
    """All tables, in the order of the day."""
    return [table for concern in _CONCERNS for table in concern(contents)]


def _quiet(_done: int, _of: int) -> None:
    return None


def write_tables(
    tables: Sequence[Table], form: Format, folder: Path, name: str, language: str, progress: Progress = _quiet
) -> list[Path]:
    """The tables as `NAME.xlsx`, or as a file each in the folder `NAME.csv` or `NAME.parquet` of `folder`.

    What is there is replaced only by what is whole. `progress(done, of)` may raise to stop. Raises `Known`:
    tables.too_many_rows, tables.folder, journal.disk_full and the like.
    """
    target = folder / f"{name}.{form}"
    with known(target):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if form != "xlsx":
                target.mkdir(exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            raise Known("tables.folder", folder=str(target)) from error
    if form == "xlsx":
        return [_whole(target, lambda path: xlsx.write(tables, path, language))]
    made = []
    for done, table in enumerate(tables):
        progress(done, len(tables))
        write = csvfile.write if form == "csv" else parquet.write
        made.append(_whole(target / f"{table.name}.{form}", partial(write, table)))
    return made


def _whole(target: Path, make: Callable[[Path], None]) -> Path:
    """A file that has its name only once it is complete."""
    part = target.with_name(target.name + ".part")
    with known(target):
        try:
            make(part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    return target
