"""What the papers around the room print: judges' sheets, what is posted, the notary's record, the close, the sealing.

Plain frozen values like those of `models`; `Form` there names them all.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendant:
    """Somebody present with an office. `role` is a role's code (proctor, judge, …) or a word as printed."""

    role: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One criterion on a judge's sheet: what to look for, the bands of marks in words, the mark given.

    `before` are marks that were given first and corrected since, oldest first.
    """

    title: str
    maximum: str
    look_for: str = ""
    bands: str = ""
    mark: str = ""
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSheet:
    """评分表 of one judge for one lot. `lot` 0 and no marks: to be filled in by hand."""

    room: str
    group: str
    post: str
    lot: int
    seat: str
    criteria: tuple[Asked, ...]
    maximum: str
    total: str = ""
    receipt: str = ""
    paper: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSheets:
    """Many judges' sheets in one file, each from a fresh page."""

    sheets: tuple[ScoreSheet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPass:
    """One candidate's pass: the identifiers in the drawn list, the identity number partly hidden, posts with their places.

    `code` is what a scanner reads when the candidate draws; `photo` is the SHA-256 (hex) of the photograph on record, empty where there is none.
    """

    number: str
    code: str
    name: str
    sex: str
    identity: str
    posts: tuple[tuple[str, str], ...]
    photo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPasses:
    """准考证, a page each; `rules` are what every candidate has to know."""

    passes: tuple[EntryPass, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """One candidate on the notice, by number and never by name."""

    number: str
    parts: tuple[str, ...]
    composite: str
    rank: int | None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePost:
    """One post's candidates in order of rank."""

    title: str
    places: int
    lines: tuple[NoticeLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """成绩公布单, posted in the hall. `components` are titles with their weight."""

    components: tuple[str, ...]
    posts: tuple[NoticePost, ...]
    provisional: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointee:
    """One person who is to be appointed. `born` is a year and month as printed."""

    name: str
    sex: str
    born: str
    education: str
    present: str
    intended: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """任前公示: who is to be appointed; the period and where to object are written in by hand."""

    people: tuple[Appointee, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One step of the day: local time as printed, and what happened."""

    time: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRecord:
    """现场监督记录 of the notary. `digests` and `result` are (label, value) pairs."""

    opened: str
    closed: str
    scheme: str
    people: tuple[Attendant, ...]
    digests: tuple[tuple[str, str], ...]
    equipment: tuple[tuple[str, str], ...]
    course: tuple[Course, ...]
    result: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A sum that must come out: what it is about, the numbers in words, and what is lacking (0: it comes out)."""

    title: str
    numbers: str
    off: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """封存确认单. `reopened` are the times the record was opened again after a close, with reason and people."""

    opened: str
    closed: str
    sums: tuple[Sum, ...]
    reopened: tuple[Course, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """One thing in a bag: what it is, how many sheets, and what tells it from others (serial, digest)."""

    what: str
    count: str
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bag:
    """One bag: its number from 1, what it is about, what is in it, and the digest of that (hex)."""

    number: int
    title: str
    contents: tuple[Sealed, ...]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealingList:
    """封存清单: every bag with what is in it."""

    bags: tuple[Bag, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealingLabels:
    """封存标签: a page a bag, to be stuck on it and signed across the seal."""

    bags: tuple[Bag, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One person's share of a sealed package: its words, and its code as rows of modules."""

    number: int
    holder: str
    words: tuple[str, ...]
    code: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelopes:
    """密封信封, a page a person: `threshold` of them open the package with this digest."""

    label: str
    threshold: int
    digest: str
    envelopes: tuple[Envelope, ...]
