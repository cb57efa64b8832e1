"""What each kind of file says, one frozen row a line, with the place it came from."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, TypeVar

from venue_app.roster.book import Book
from venue_app.roster.findings import Finding
from venue_app.roster.forms import Kind
from venue_app.roster.source import Digest
from venue_app.roster.words import squeezed


@dataclass(frozen=True, slots=True)
class Where:
    """The line a row came from; `cells` are the addresses of its values by meaning."""

    file: str
    sheet: str
    row: int
    cells: tuple[tuple[str, str], ...] = ()

    def cell(self, key: str) -> str:
        """The address that holds `key`, empty when the sheet has no such column."""
        return dict(self.cells).get(key, "")


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry. `qualified` is None when the sheet's word for it is not known (`qualified_text`)."""

    identity: str
    name: str
    sex: str
    birth: str
    ethnicity: str
    education: str
    politics: str
    unit: str
    post: str
    qualified: bool | None
    qualified_text: str
    remarks: str
    move_to: str | None
    """The post named in the remarks for the case that `post` falls away, in the remark's own words."""
    move_several: bool
    where: Where
    more: tuple[str, ...] = ()
    """Further posts the person entered for, the most wanted first."""


@dataclass(frozen=True, slots=True)
class RoomRow:
    """One post and the room that tests it. `places`: how many are to be appointed, 1 where nothing is said."""

    post: str
    room: str
    where: Where
    places: int = 1


@dataclass(frozen=True, slots=True)
class JudgeRow:
    """One judge on one seat. `seat` counts from 1; None when the cell says no number."""

    room: str
    seat: int | None
    name: str
    unit: str
    role: str
    chief: bool
    where: Where


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """One person's points in one component, named by the column's `title`; None when absent or unreadable."""

    identity: str
    name: str
    title: str
    value: Decimal | None
    absent: bool
    where: Where


@dataclass(frozen=True, slots=True)
class MarkRow:
    """What one seat gave one person, criterion by criterion in the order asked for."""

    identity: str
    name: str
    seat: int | None
    marks: tuple[tuple[str, Decimal | None], ...]
    where: Where


@dataclass(frozen=True, slots=True)
class ObserverRow:
    """What the observers gave one person; None for a paper without a mark."""

    identity: str
    name: str
    votes: tuple[Decimal | None, ...]
    where: Where


Row = TypeVar("Row", covariant=True)


@dataclass(frozen=True, slots=True)
class Import(Generic[Row]):
    """All rows of one kind with what was noticed; `books` holds the sheets as they were sent."""

    kind: Kind
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    books: tuple[Book, ...] = field(repr=False, default=())

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps the rows from being imported."""
        return tuple(found for found in self.findings if found.severity == "error")

    @property
    def digests(self) -> tuple[Digest, ...]:
        """SHA-256 of each file read."""
        return tuple(
            Digest(book.source.name, self.kind, book.source.sha256, len(book.source.data))
            for book in self.books
        )


def label_key(text: str) -> str:
    """Posts and units that differ in width, spaces or case only are the same."""
    return squeezed(text)


def name_key(text: str) -> str:
    """Names that differ in spaces, dots, width or case only are the same."""
    return squeezed(unicodedata.normalize("NFKC", text).replace("·", ""))
