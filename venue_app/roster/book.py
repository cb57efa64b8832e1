"""Opening whatever was dropped on the window: the content decides, never the file's name."""

from __future__ import annotations

from dataclasses import dataclass

from venue_app.base.errors import Known
from venue_app.roster.findings import Finding, finding
from venue_app.roster.grid import Grid
from venue_app.roster.source import QUIET, Source, SourceLike, Watch
from venue_app.roster.textfile import read_text
from venue_app.roster.xlsx import read_xlsx

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP = b"PK\x03\x04"
_EXCEL_NAMES = (".xlsx", ".xlsm", ".xltx", ".xls", ".et")


@dataclass(frozen=True, slots=True)
class Book:
    """A file with all its visible sheets, and what was noticed about the file itself."""

    source: Source
    grids: tuple[Grid, ...]
    findings: tuple[Finding, ...] = ()


def open_book(given: SourceLike, encoding: str | None = None, watch: Watch = QUIET) -> Book:
    """Reads .xlsx and delimited text. `encoding` overrides the guess for text files.

    Raises `Known`: roster.old_xls, encrypted, not_a_sheet, damaged, and those of `Source.of` and the readers.
    """
    source = Source.of(given)
    named_excel = source.name.lower().endswith(_EXCEL_NAMES)
    if source.data.startswith(_OLE):
        # A password turns an .xlsx into the old container with this stream inside.
        sealed = "EncryptedPackage".encode("utf-16-le") in source.data
        raise Known("roster.encrypted" if sealed else "roster.old_xls", file=source.name)
    if source.data.startswith(_ZIP):
        grids, notes = read_xlsx(source, watch)
        renamed = "." in source.name and not named_excel
    else:
        if (
            named_excel
            and b"\0" in source.data[:4096]
            and not source.data.startswith((b"\xff\xfe", b"\xfe\xff"))
        ):
            raise Known("roster.damaged", file=source.name)
        grids, notes = (read_text(source, encoding, watch),), ()
        renamed = named_excel
    if renamed:
        notes = (*notes, finding("named_otherwise", grids[0]))
    return Book(source, grids, notes)
