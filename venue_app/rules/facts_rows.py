"""The rows of a facts file, as they stand in JSON (docs/formats/facts.md)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any, Literal

from venue_app.scheme.bounds import Bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow:
    id: str
    title: str = ""
    places: Annotated[int, Bounds(0)] = 1
    cancelled: str = ""
    outcome: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    id: str
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    id: str
    post: str
    candidate: str = ""
    room: str = ""
    session: str = ""
    preference: Annotated[int, Bounds(1)] = 1
    moved_from: str = ""
    unqualified: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelRow:
    group: str
    seats: tuple[int, ...]
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRow:
    entry: str
    component: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    entry: str
    group: str
    seat: int
    marks: dict[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutSeatRow:
    entry: str
    group: str
    seat: int
    state: Literal["recused", "excused", "absent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsentRow:
    entry: str
    component: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarredRow:
    entry: str
    code: Literal["waived", "disqualified", "vetoed"]
    after: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedRow:
    entry: str
    group: str
    by: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrunRow:
    entry: str
    stage: str
    seconds: Annotated[int, Bounds(0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    marks: dict[str, Any] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    void: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedRow:
    valid: Annotated[int, Bounds(0)]
    votes: dict[str, Any]
    void: Annotated[int, Bounds(0)] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotRow:
    ballot: str
    issued: Annotated[int, Bounds(0)]
    where: str = ""
    class_: str = ""
    attempt: Annotated[int, Bounds(1)] = 1
    returned: Annotated[int, Bounds(0)] | None = None
    members: Annotated[int, Bounds(0)] | None = None
    present: Annotated[int, Bounds(0)] | None = None
    papers: tuple[PaperRow, ...] = ()
    counted: CountedRow | None = None
    void_vote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LotRow:
    round: str
    entry: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedRow:
    round: str
    entries: tuple[str, ...]
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredRow:
    what: str
    count: int
    post: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsFile:
    """The whole file. Every list may be left out; order means nothing."""

    format: Literal[1]
    note: str = ""
    posts: tuple[PostRow, ...] = ()
    candidates: tuple[PersonRow, ...] = ()
    entries: tuple[EntryRow, ...] = ()
    panels: tuple[PanelRow, ...] = ()
    values: tuple[ValueRow, ...] = ()
    sheets: tuple[SheetRow, ...] = ()
    out_seats: tuple[OutSeatRow, ...] = ()
    absent: tuple[AbsentRow, ...] = ()
    barred: tuple[BarredRow, ...] = ()
    accepted: tuple[AcceptedRow, ...] = ()
    overruns: tuple[OverrunRow, ...] = ()
    ballots: tuple[BallotRow, ...] = ()
    lots: tuple[LotRow, ...] = ()
    decided: tuple[DecidedRow, ...] = ()
    declared: tuple[DeclaredRow, ...] = ()
