"""Paper ballots from a spreadsheet: one row a paper and name, or one row a paper. Nothing doubtful is guessed.

Which paper and whom a row means is said by its columns; an answer is an answer of the ballot, in any language, or
several of them (an over-mark), or a blank. Every cell that is none of these is told by its address, and then nothing is
taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, tr_in
from venue_app.base.ids import normal_code, short_code
from venue_app.roster.book import open_book
from venue_app.roster.grid import Cell, Grid
from venue_app.roster.source import Source, SourceLike
from venue_app.roster.words import normal_title, squeezed
from venue_app.scheme.ballots import ABSTAIN, AGAINST, FOR, Ballot
from venue_app.scheme.numbers import written

Marks = dict[str, dict[str, tuple[str, ...]]]

_PAPER = frozenset(
    {"票号", "票號", "选票号", "選票號", "票", "选票", "選票", "paper", "ballot", "papernumber"}
)
_NAME = frozenset(
    {"编号", "編號", "姓名", "考生", "候选人", "候選人", "人选", "人選", "name", "candidate", "no", "number"}
)
_ANSWER = frozenset(
    {
        "等次",
        "意见",
        "意見",
        "结果",
        "結果",
        "评价",
        "評價",
        "得分",
        "分数",
        "分數",
        "名次",
        "answer",
        "grade",
        "vote",
    }
)
_VOID = frozenset({"作废", "作廢", "无效", "無效", "废票", "廢票", "void"})
_OTHERS = frozenset({"另选", "另選", "另选他人", "另選他人", "另填", "others", "writein"})
_YES = frozenset({"1", "√", "✓", "✔", "○", "是", "x", "v", "y", "yes", "true"})
_BETWEEN = re.compile(r"[、,，/;；+|&和\s]+")
_MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cell that cannot be read as what it should be; `reason` answer | name | paper | twice | title | void."""

    address: str
    text: str
    reason: str


@dataclass(slots=True)
class TypedPaper:
    """A paper as it was typed: its number written on it, what is marked, names written in, the tellers' verdict."""

    number: str
    marks: Marks = field(default_factory=dict)
    others: tuple[str, ...] = ()
    void: bool = False


@dataclass(frozen=True, slots=True)
class PapersRead:
    """A spreadsheet of paper ballots. With `doubts` nothing of it may be taken."""

    file: str
    sha256: str
    papers: tuple[TypedPaper, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two people typed a paper differently; `name` and `item` are empty for what concerns the whole paper."""

    number: str
    name: str
    item: str
    first: str
    second: str


def own_code(event: str, poll: str, sha256: str, number: str) -> str:
    """The code a paper of a spreadsheet is published under: the same sheet read twice gives the same papers."""
    return normal_code(short_code(f"venue-paper-1\n{event}\n{poll}\n{sha256}\n{number}".encode(), 12))


def answers_of(ballot: Ballot) -> dict[str, str]:
    """Words as people write them, squeezed, to the ballot's answers."""
    words: dict[str, str] = {}
    if ballot.kind == "decide":
        told = {FOR: "station.vote.for", AGAINST: "station.vote.against", ABSTAIN: "station.vote.abstain"}
        for answer, key in told.items():
            words |= {squeezed(tr_in(lang, key)).lower(): answer for lang in LANGUAGES} | {answer: answer}
        return words | {"同意": FOR, "不同意": AGAINST, "反對": AGAINST, "棄權": ABSTAIN}
    for grade in ballot.grades:
        titles = (grade.id, *(grade.title.say(lang) for lang in LANGUAGES))
        words |= {squeezed(title).lower(): grade.id for title in titles}
    return words


def parse_answers(ballot: Ballot, text: str) -> tuple[str, ...] | None:
    """The answers in a cell: none is blank, two are an over-mark; None when it is not an answer of this ballot."""
    plain = squeezed(text).lower()
    if not plain:
        return ()
    if ballot.kind == "choose":
        return (FOR,) if plain in _YES or plain in ("for", "赞成", "同意") else None
    if ballot.kind in ("points", "rank"):
        parts = [part for part in _BETWEEN.split(unicodedata.normalize("NFKC", text).strip()) if part]
        return tuple(parts) if parts and all(written(part) is not None for part in parts) else None
    words = answers_of(ballot)
    if plain in words:
        return (words[plain],)
    parts = [squeezed(part).lower() for part in _BETWEEN.split(text.strip()) if part]
    if len(parts) > 1 and all(part in words for part in parts):
        return tuple(dict.fromkeys(words[part] for part in parts))
    return _run_together(words, plain)


def _run_together(words: Mapping[str, str], plain: str) -> tuple[str, ...] | None:
    """Words written without anything between them, if there is exactly one way to read them."""
    ways: list[list[tuple[str, ...]]] = [[()], *([] for _ in plain)]
    for end in range(1, len(plain) + 1):
        for word, answer in words.items():
            if plain[:end].endswith(word):
                ways[end] += [(*before, answer) for before in ways[end - len(word)]][:2]
    found = {tuple(dict.fromkeys(way)) for way in ways[-1]}
    return found.pop() if len(found) == 1 else None


def read_papers(given: SourceLike, ballot: Ballot, names: Sequence[tuple[str, str]]) -> PapersRead:
    """Read paper ballots; `names` are (id, name) in the order of the paper: a number in the sheet is a place in it.

    Raises `Known`: roster.* for a file that cannot be opened, `ballots.no_columns` when no sheet has the columns.
    """
    source = Source.of(given)
    for grid in open_book(source).grids:
        sheet = _Sheet.find(grid, ballot, names)
        if sheet is not None:
            papers = sheet.read()
            return PapersRead(source.name, source.sha256, papers, tuple(sheet.doubts))
    raise Known("ballots.no_columns", file=source.name)


@dataclass(slots=True)
class _Sheet:
    """A sheet with its title row found. `columns` are (column, name or '', item) that hold answers."""

    grid: Grid
    ballot: Ballot
    names: Sequence[tuple[str, str]]
    head: int
    paper: int
    name: int
    void: int
    others: int
    columns: list[tuple[int, str, str]]
    doubts: list[Doubt] = field(default_factory=list)
    known: dict[str, tuple[str, ...] | None] = field(default_factory=dict)

    @classmethod
    def find(cls, grid: Grid, ballot: Ballot, names: Sequence[tuple[str, str]]) -> _Sheet | None:
        for row in range(1, min(len(grid.rows), 15) + 1):
            titles = {cell.column: squeezed(cell.text).lower() for cell in grid.line(row) if not cell.blank}
            paper = _column(titles, _PAPER)
            if paper:
                name = _column(titles, _NAME)
                columns = list(_answer_columns(ballot, names, titles, by_row=bool(name)))
                if columns:
                    void, others = _column(titles, _VOID), _column(titles, _OTHERS)
                    return cls(grid, ballot, names, row, paper, name, void, others, columns)
        return None

    def read(self) -> tuple[TypedPaper, ...]:
        found: dict[str, TypedPaper] = {}
        seen: set[tuple[str, str, str]] = set()
        for row in range(self.head + 1, len(self.grid.rows) + 1):
            line = self.grid.line(row)
            if all(cell.blank for cell in line):
                continue
            number = normal_title(self.grid.cell(row, self.paper).text)
            if not number:
                self._doubt(self.grid.cell(row, self.paper), "paper")
                continue
            paper = found.setdefault(number, TypedPaper(number))
            self._row(row, paper, seen)
        return tuple(found.values())

    def _row(self, row: int, paper: TypedPaper, seen: set[tuple[str, str, str]]) -> None:
        own = self._who(self.grid.cell(row, self.name)) if self.name else ""
        if own is None:
            return
        for column, name, item in self.columns:
            cell = self.grid.cell(row, column)
            key = (paper.number, name or own, item)
            if key in seen:
                self._doubt(cell, "twice")
                continue
            seen.add(key)
            answers = self._parsed(cell)
            if answers is None:
                self._doubt(cell, "answer")
            elif answers:
                paper.marks.setdefault(name or own, {})[item] = answers
        if self.void:
            cell = self.grid.cell(row, self.void)
            word = squeezed(cell.text).lower()
            void = word in _YES or word in _VOID
            if word and not void and word not in ("0", "否", "no", "false"):
                self._doubt(cell, "void")
            paper.void = paper.void or void
        if self.others and not self.grid.cell(row, self.others).blank:
            names = _BETWEEN.split(self.grid.cell(row, self.others).text.strip())
            paper.others = (*paper.others, *(one for one in names if one))

    def _parsed(self, cell: Cell) -> tuple[str, ...] | None:
        if cell.kind in ("formula", "fault"):
            return None
        if cell.text not in self.known:
            self.known[cell.text] = parse_answers(self.ballot, cell.text)
        return self.known[cell.text]

    def _who(self, cell: Cell) -> str | None:
        text = normal_title(cell.text)
        found = _who(text, self.names)
        if found is None:
            self._doubt(cell, "name")
        return found

    def _doubt(self, cell: Cell, reason: str) -> None:
        if len(self.doubts) < _MOST_SHOWN:
            self.doubts.append(Doubt(cell.address, cell.text.strip(), reason))


def _column(titles: Mapping[int, str], words: frozenset[str]) -> int:
    return next((column for column, title in titles.items() if title in words), 0)


def _answer_columns(
    ballot: Ballot, names: Sequence[tuple[str, str]], titles: Mapping[int, str], *, by_row: bool
) -> Iterator[tuple[int, str, str]]:
    items = {
        squeezed(word).lower(): item.id
        for item in ballot.items
        for word in (item.id, *(item.title.say(lang) for lang in LANGUAGES))
    }
    for column, title in titles.items():
        if by_row:
            if title in items:
                yield column, "", items[title]
            elif not items and title in _ANSWER:
                yield column, "", ""
        elif not items:
            name = _who(title, names)
            if name is not None:
                yield column, name, ""
        else:
            for word, item in items.items():
                name = _who(title[: -len(word)], names) if title.endswith(word) else None
                if name is not None:
                    yield column, name, item
                    break


def _who(text: str, names: Sequence[tuple[str, str]]) -> str | None:
    """Whom a cell or a title means: an id, a name that only one has, or a place on the paper.

    Where people are known by numbers of the office (7, 112), a number is that and never a place.
    """
    plain = squeezed(text).lower()
    if any(plain == id.lower() for id, _ in names):
        return next(id for id, _ in names if plain == id.lower())
    alike = [id for id, name in names if squeezed(name).lower() == plain]
    if len(alike) == 1:
        return alike[0]
    number = int(plain) if plain.isascii() and plain.isdigit() else 0
    codes = {int(id): id for id, _ in names if id.isascii() and id.isdigit() and len(id) < 10}
    if codes:
        return codes.get(number)
    return names[number - 1][0] if 1 <= number <= len(names) else None


def differences(
    first: Sequence[TypedPaper], second: Sequence[TypedPaper], names: Sequence[str], items: Sequence[str]
) -> tuple[Difference, ...]:
    """What two people typed differently, paper by paper; a paper only one of them has differs as a whole."""
    ours, theirs = ({paper.number: paper for paper in papers} for papers in (first, second))
    found: list[Difference] = []
    for number in dict.fromkeys((*ours, *theirs)):
        one, two = ours.get(number), theirs.get(number)
        if one is None or two is None:
            found.append(Difference(number, "", "", "" if one is None else "✓", "" if two is None else "✓"))
            continue
        whole = [(_said(one), _said(two), "", "")]
        cells = (
            (_answers(one, name, item), _answers(two, name, item), name, item)
            for name in names
            for item in items
        )
        found += [Difference(number, name, item, a, b) for a, b, name, item in (*whole, *cells) if a != b]
    return tuple(found)


def _answers(paper: TypedPaper, name: str, item: str) -> str:
    return "、".join(sorted(paper.marks.get(name, {}).get(item, ())))


def _said(paper: TypedPaper) -> str:
    return "、".join((*(("✗",) if paper.void else ()), *sorted(paper.others)))
