"""What each form prints, as plain frozen values: no state, no journal, no rules.

Numbers that were computed are decimal text, exactly as they are to be printed. Labels of people's
offices, rooms, posts and criteria come in the language of the form; everything else is worded here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from venue_app.domain.nouns import Mode
from venue_app.reports.ballots import BallotPaperForm, TallyReport
from venue_app.reports.consolidated import ConsolidatedList
from venue_app.reports.papers import (
    Appointment,
    Closing,
    EntryPasses,
    Envelopes,
    Notice,
    ScoreSheets,
    SealingLabels,
    SealingList,
    SiteRecord,
)
from venue_app.reports.papers import Attendant as Attendant
from venue_app.reports.readying import Readiness

Dropped = Literal["", "high", "low"]
Excuse = Literal["", "recused", "excused", "missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFrame:
    """What stands around every page of a report.

    `date` is the local date as YYYY-MM-DD. `serial` counts reports from 1; `reprint` is 0 for the
    first print, then 1, 2, …. `superseded_by` is the serial of the report that corrects this one, if any;
    `reopened` how often the record had been opened again after a close.
    `journal_head` (64 digits) and `key` (fingerprint of the signing key) are hex. A report that rests on several
    journals says how many in `sources`; `journal_size` counts the entries of all, `journal_head` is a digest over all heads.
    """

    event: str
    mode: Mode
    place: str
    date: str
    language: str
    serial: int
    reprint: int
    journal_size: int
    journal_head: str
    software: str
    key: str
    superseded_by: int = 0
    reopened: int = 0
    sources: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockReading:
    """How far a machine's clock stood from the laptop's, as printed (`+0.12 s`)."""

    name: str
    offset: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StationLine:
    """A station at the opening: its room, its seat, the device's name and its short code."""

    room: str
    seat: str
    device: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningReport:
    """开场确认单. `opened` is a local time as printed; `counts` are (label, number) pairs such as 考生 150."""

    opened: str
    scheme: str
    scheme_digest: str
    roster_digest: str
    counts: tuple[tuple[str, str], ...]
    people: tuple[Attendant, ...]
    clocks: tuple[ClockReading, ...] = ()
    stations: tuple[StationLine, ...] = ()


#: What a draw is about, which decides how its record looks.
DrawKind = Literal["candidates", "judges", "questions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One party's part in the draw: what it committed to and what it revealed or threw in public.

    `opened` says in words how it came to light when the party did not reveal it.
    """

    party: str
    commitment: str
    revealed: str
    opened: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """Everything from which anyone can recompute the draw; `by_hand` says how one without a seed was held."""

    method: str
    list_digest: str
    seed: str
    contributions: tuple[Contribution, ...]
    by_hand: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawLine:
    """One lot: its number from 1, who has it, the post (of a judge the unit), and the identifier in the drawn list."""

    lot: int
    name: str
    post: str
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRoom:
    """The lots of one room (or place of the draw), ascending."""

    title: str
    lines: tuple[DrawLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRecord:
    """抽签结果表: candidates by room, each from a fresh page, or all seats, or question sets; and the transcript.

    `draw` is what was drawn, in words. `notes` are sentences about what happened besides: a draw set aside,
    somebody late.
    """

    rooms: tuple[DrawRoom, ...]
    transcript: Transcript
    kind: DrawKind = "candidates"
    draw: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawPlace:
    """What a draw gave to one place: identifiers in order of seats; `id` as in the list."""

    id: str
    title: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawCheck:
    """抽签复核说明: how to recompute a draw by hand. `list` is the frozen list's text, `worked` an identifier in it."""

    draw: str
    transcript: Transcript
    list: str
    places: tuple[DrawPlace, ...]
    reserve: tuple[str, ...]
    worked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A column of the score sheet and the most it can give."""

    title: str
    maximum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatMarks:
    """What one seat gave. `dropped` says that its total was left out as the highest or lowest,
    `struck` names criteria (by position from 0) whose mark was left out; with an `excuse` there are no marks.
    """

    seat: str
    marks: tuple[str, ...] = ()
    total: str = ""
    dropped: Dropped = ""
    struck: tuple[int, ...] = ()
    excuse: Excuse = ""
    receipt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateSheet:
    """考生成绩单 of one candidate. `kept` is how many totals the mean is taken over; an absent
    candidate has no seats and no numbers. `also` are further results of theirs as (label, value). `few` says of
    each result made of fewer sheets than the plan asks for how many they were and who decided so.
    """

    room: str
    lot: int
    name: str
    post: str
    criteria: tuple[Criterion, ...] = ()
    seats: tuple[SeatMarks, ...] = ()
    sum: str = ""
    kept: int = 0
    mean: str = ""
    working: str = ""
    also: tuple[tuple[str, str], ...] = ()
    few: tuple[str, ...] = ()
    absent: bool = False
    waived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateSheets:
    """Many candidates' sheets in one file, each from a fresh page."""

    sheets: tuple[CandidateSheet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLine:
    """One lot in the room's summary: a total a seat (empty where the seat did not mark), what was
    dropped, and the final. `struck` names seats by position from 0. An absent lot has `absent` set, one that
    gave up `waived`. `few` says that the sheets were fewer than the plan asks for, and who decided that they count.
    """

    lot: int
    totals: tuple[str, ...] = ()
    struck: tuple[int, ...] = ()
    highest: str = ""
    lowest: str = ""
    final: str = ""
    few: str = ""
    absent: bool = False
    waived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSummary:
    """成绩汇总表 of one room under one chief judge."""

    room: str
    chief: str
    seats: tuple[str, ...]
    lines: tuple[RoomLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A part of the composite and its weight as printed (`65 分`, `60%`); `raw` when raw marks are shown too."""

    title: str
    weight: str
    raw: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a candidate has in one component; both empty where there is nothing yet."""

    raw: str = ""
    weighted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositeLine:
    """One candidate. `rank` is None where none is given (absent, below a threshold); `few` as on the sheet."""

    rank: int | None
    number: str
    name: str
    parts: tuple[Part, ...]
    composite: str
    remark: str = ""
    few: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositePost:
    """One post's candidates in order of rank."""

    title: str
    places: int
    lines: tuple[CompositeLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composite:
    """综合成绩表. `provisional` says what is still missing, in words; empty when the result is final."""

    components: tuple[Component, ...]
    posts: tuple[CompositePost, ...]
    provisional: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortlistLine:
    """One person who goes on, and on what basis."""

    post: str
    name: str
    composite: str
    rank: int
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """入围考察名单. `rule` is the scheme's rule in words; `lines` may be empty: nobody reached it."""

    rule: str
    lines: tuple[ShortlistLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One incident: local time as printed, what happened, how it was handled."""

    time: str
    what: str
    handling: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLog:
    """考场记录 of one room and session; `absent`, `waived` and `late` are lots. `lines` may be empty: nothing happened."""

    room: str
    session: str
    people: tuple[Attendant, ...]
    expected: int
    present: int
    absent: tuple[int, ...] = ()
    waived: tuple[int, ...] = ()
    late: tuple[int, ...] = ()
    lines: tuple[LogLine, ...] = ()


Form = (
    OpeningReport
    | DrawRecord
    | DrawCheck
    | CandidateSheets
    | CandidateSheet
    | RoomSummary
    | Composite
    | Shortlist
    | RoomLog
    | ScoreSheets
    | Notice
    | Appointment
    | SiteRecord
    | Closing
    | SealingList
    | SealingLabels
    | BallotPaperForm
    | TallyReport
    | Envelopes
    | Readiness
    | EntryPasses
    | ConsolidatedList
)
