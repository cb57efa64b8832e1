"""What the import page shows of a reading, as plain data. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ui.phrases import spoken
from ui.screens.prepare.reading import Reading
from ui.widgets.grid import CellMark
from ui.widgets.state import Mark
from ui.widgets.trees import Finding as Shown
from ui.widgets.trees import FindingGroup
from ui.words import Say, Text, known_text
from venue_app.base.i18n import tr_in
from venue_app.roster.findings import ORDER, Finding, Severity, group_sentence, grouped, sentence
from venue_app.roster.grid import Grid, Merge
from venue_app.roster.plan import Plan, Question, choice_sentence, question_sentence

_TONES: Mapping[Severity, Literal["alarm", "wait", "done", "primary", "quiet"]] = {
    "error": "alarm",
    "doubt": "wait",
    "mended": "done",
    "skipped": "quiet",
    "info": "primary",
}
#: What marks a cell when several findings are about it: the gravest first.
_CELL_TONES: Mapping[Severity, Literal["alarm", "wait", "done", "primary"]] = {
    "error": "alarm",
    "doubt": "wait",
    "mended": "done",
    "skipped": "primary",
    "info": "primary",
}
_WANTED = ("entries", "rooms", "panel", "component")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a sheet; row and column from 0."""

    file: str
    sheet: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file that was given, or one that is still wanted (`name` empty)."""

    kind: Text
    name: str
    mark: Mark
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it is, with its marked cells; `merges` are row, column, rows and columns, from 0."""

    file: str
    sheet: str
    caption: Text
    rows: Sequence[Sequence[str]] = field(repr=False)
    marks: Mapping[tuple[int, int], CellMark] = field(repr=False)
    merges: tuple[tuple[int, int, int, int], ...] = ()

    @property
    def title(self) -> str:
        """File and sheet, where the file has several."""
        return f"{self.file} · {self.sheet}" if self.sheet else self.file


@dataclass(frozen=True, slots=True)
class Choice:
    """A possible answer."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to be answered or, where an answer is proposed, confirmed."""

    id: str
    text: Text
    choices: tuple[Choice, ...]
    chosen: str
    confirmed: bool
    place: Place | None


@dataclass(frozen=True, slots=True)
class AskedGroup:
    """Questions of one kind."""

    code: str
    title: Text
    questions: tuple[Asked, ...]

    @property
    def to_confirm(self) -> tuple[Asked, ...]:
        """Those that have an answer in force which nobody has confirmed."""
        return tuple(q for q in self.questions if q.chosen and not q.confirmed)

    @property
    def open(self) -> int:
        """How many nobody has answered or confirmed."""
        return sum(not q.confirmed for q in self.questions)


@dataclass(frozen=True, slots=True)
class ImportModel:
    """The import page at one moment. `refusal` says why nothing can be imported yet."""

    files: tuple[FileLine, ...]
    sheets: tuple[Sheet, ...] = ()
    groups: tuple[FindingGroup, ...] = ()
    asked: tuple[AskedGroup, ...] = ()
    findings: int = 0
    people: int = 0
    open: int = 0
    refusal: Text = ""
    summary: Text = ""
    read: bool = False

    def sheet_at(self, place: Place) -> int | None:
        """Which sheet a place is in."""
        for at, sheet in enumerate(self.sheets):
            if (sheet.file, sheet.sheet) == (place.file, place.sheet):
                return at
        return None


def nothing_read() -> ImportModel:
    """Before any file was given: what is wanted."""
    files = tuple(FileLine(_kind(kind), "", Mark.NOT_YET) for kind in _WANTED)
    return ImportModel(files, refusal=Say("prepare.import.nothing"))


def import_model(reading: Reading, *, after_draw: bool = False) -> ImportModel:
    """Everything the page shows of what was read."""
    plan = reading.plan
    findings = plan.all_findings if plan is not None else _findings(reading)
    asked = _asked(plan) if plan is not None else ()
    return ImportModel(
        files=_files(reading),
        sheets=tuple(_sheets(reading, findings)),
        groups=tuple(_groups(findings)),
        asked=asked,
        findings=len(findings),
        people=plan.drawing if plan is not None else 0,
        open=sum(group.open for group in asked),
        refusal=Say("prepare.import.after_draw") if after_draw else _refusal(reading, asked),
        summary=_summary(plan) if plan is not None else "",
        read=True,
    )


def confirmations(group: AskedGroup) -> dict[str, str]:
    """The answers that confirming a whole group gives."""
    return {question.id: question.chosen for question in group.to_confirm}


def _kind(kind: str) -> Text:
    return spoken(lambda lang: tr_in(lang, f"roster.kind.{kind}"))


def _findings(reading: Reading) -> tuple[Finding, ...]:
    return tuple(found for part in reading.read.parts for found in part.findings)


def _files(reading: Reading) -> tuple[FileLine, ...]:
    folder = reading.read.folder
    lines: list[FileLine] = []
    used = {part.kind for part in reading.read.parts}
    for kind in _WANTED:
        found = next((sources for k, sources in folder.files.items() if k == kind), ())
        if not found:
            need = kind == "entries"
            wanted = Say("prepare.import.needed") if need else Say("prepare.import.not_given")
            lines.append(FileLine(_kind(kind), "", Mark.ALARM if need else Mark.NOT_YET, wanted))
        for source in found:
            if kind in used:
                lines.append(FileLine(_kind(kind), source.name, Mark.DONE))
            else:
                lines.append(FileLine(_kind(kind), source.name, Mark.NOT_YET, Say("prepare.import.unused")))
    others = [source.name for k, sources in folder.files.items() if k not in _WANTED for source in sources]
    for name in (*others, *folder.others):
        lines.append(FileLine(_kind("unknown"), name, Mark.NOT_YET, Say("prepare.import.unused")))
    for name, fault in folder.unreadable:
        lines.append(FileLine(_kind("unknown"), name, Mark.ALARM, known_text(fault)))
    return tuple(lines)


def _sheets(reading: Reading, findings: Sequence[Finding]) -> list[Sheet]:
    marks: dict[tuple[str, str], dict[tuple[int, int], CellMark]] = {}
    for found in sorted(findings, key=lambda f: ORDER.index(f.severity)):
        place = place_of(found)
        if place is not None:
            cells = marks.setdefault((place.file, place.sheet), {})
            mark = CellMark(_CELL_TONES[found.severity], _sentence(found))
            cells.setdefault((place.row, place.column), mark)
    sheets = []
    for part in reading.read.parts:
        for book in part.books:
            for grid in book.grids:
                rows = tuple(tuple(cell.text for cell in row) for row in grid.rows)
                found_here = marks.get((grid.file, grid.sheet), {})
                if any(rows):
                    merges = tuple(_span(merge) for merge in grid.merges)
                    sheets.append(Sheet(grid.file, grid.sheet, _caption(grid), rows, found_here, merges))
    return sheets


def _span(merge: Merge) -> tuple[int, int, int, int]:
    return merge.top - 1, merge.left - 1, merge.bottom - merge.top + 1, merge.right - merge.left + 1


def _caption(grid: Grid) -> Text:
    if grid.encoding:
        return Say("prepare.import.caption_text", rows=len(grid.rows), encoding=grid.encoding)
    return Say("prepare.import.caption", rows=len(grid.rows))


def place_of(found: Finding) -> Place | None:
    """Where a finding leads; the first cell of its row when it is about the whole row."""
    if not found.file or (not found.cell and not found.row):
        return None
    letters = "".join(sign for sign in found.cell if sign.isalpha())
    column = 0
    for sign in letters:
        column = column * 26 + ord(sign.upper()) - ord("A") + 1
    digits = found.cell[len(letters) :]
    row = int(digits) if digits.isdigit() else found.row
    return Place(found.file, found.sheet, max(0, row - 1), max(0, column - 1))


def _sentence(found: Finding) -> Text:
    return spoken(lambda lang: sentence(found, lang))


def _groups(findings: Sequence[Finding]) -> list[FindingGroup]:
    groups = []
    for group in grouped(findings):
        title = spoken(lambda lang, group=group: group_sentence(group, lang))  # type: ignore[misc]
        shown = tuple(
            Shown(said := _sentence(found), ref=(place_of(found), said)) for found in group.findings
        )
        groups.append(FindingGroup(_TONES[group.severity], title, shown))
    return groups


def _asked(plan: Plan) -> tuple[AskedGroup, ...]:
    by_code: dict[str, list[Asked]] = {}
    for question in plan.questions:
        by_code.setdefault(question.code, []).append(_question(question))
    return tuple(
        AskedGroup(
            code, Say(_TITLES.get(code, "prepare.asked.other"), count=len(questions)), tuple(questions)
        )
        for code, questions in by_code.items()
    )


_TITLES = {
    "post_under_minimum": "prepare.asked.post_under_minimum",
    "minimum_straddled": "prepare.asked.minimum_straddled",
    "move": "prepare.asked.move",
    "identity_twice": "prepare.asked.identity_twice",
    "qualified_unknown": "prepare.asked.qualified_unknown",
    "post_spelling": "prepare.asked.post_spelling",
    "post_without_room": "prepare.asked.post_without_room",
}


def _question(question: Question) -> Asked:
    return Asked(
        id=question.id,
        text=spoken(lambda lang: question_sentence(question, lang)),
        choices=tuple(
            Choice(choice.id, spoken(lambda lang, choice=choice: choice_sentence(choice, lang)))  # type: ignore[misc]
            for choice in question.choices
        ),
        chosen=question.answer or question.proposed or "",
        confirmed=question.answer is not None,
        place=place_of(question.finding) if question.finding is not None else None,
    )


def _refusal(reading: Reading, asked: Sequence[AskedGroup]) -> Text:
    plan = reading.plan
    if plan is None:
        return known_text(reading.fault) if reading.fault is not None else ""
    if plan.errors:
        return Say("prepare.import.errors", count=len(plan.errors))
    open_ = sum(group.open for group in asked)
    if open_:
        return Say("prepare.import.open", count=open_)
    return known_text(reading.fault) if reading.fault is not None else ""


def _summary(plan: Plan) -> Text:
    return Say(
        "prepare.import.summary",
        people=plan.drawing,
        posts=sum(not post.cancelled for post in plan.posts),
        rooms=len(plan.rooms),
        unqualified=plan.unqualified,
    )
