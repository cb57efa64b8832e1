"""The list of judges a draw is held over (评委库): who may be drawn, before anybody has a seat.

Wider than a panel's list: no room and no seat are asked for. One row a judge; a column of groups is needed only where
the plan has several, posts a judge stands back from are parted by commas.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from venue_app.domain.nouns import Judge, Post
from venue_app.roster.findings import Finding, Notes
from venue_app.roster.reading import Line, read_kind, with_findings
from venue_app.roster.repeated import repeated
from venue_app.roster.rows import Import, Where, label_key, name_key
from venue_app.roster.source import QUIET, SourceLike, Watch
from venue_app.roster.table import Table
from venue_app.roster.words import CHIEF, MAY_CHIEF, squeezed
from venue_app.scheme import Scheme

_BETWEEN = re.compile(r"[、,，;；/\n]+")
Chief = Literal["", "yes", "only"]


@dataclass(frozen=True, slots=True)
class ListedJudge:
    """One row: identifiers of the group and of the posts they are; `where` it stands."""

    name: str
    unit: str
    group: str
    chief: Chief
    recuses: tuple[str, ...]
    where: Where


def read_judges(
    given: SourceLike | Iterable[SourceLike],
    scheme: Scheme,
    posts: Mapping[str, Post],
    *,
    watch: Watch = QUIET,
    encoding: str | None = None,
) -> Import[ListedJudge]:
    """Read the list; with errors nothing of it may be taken. Raises `Known` when the file cannot be opened."""
    known = _Known(scheme, posts)

    def rows(table: Table, lines: Iterable[int], notes: Notes) -> list[ListedJudge]:
        return [known.judge(Line(table, line, notes)) for line in lines]

    read = read_kind("judges", given, rows, encoding=encoding, watch=watch)
    return with_findings(read, _twice(read.rows))


def judges_listed(rows: Iterable[ListedJudge]) -> tuple[Judge, ...]:
    """The rows as a draw's list takes them: J01, J02 … in the order of the file."""
    listed = tuple(rows)
    width = max(2, len(str(len(listed))))
    return tuple(
        Judge(
            id=f"J{number:0{width}d}",
            name=row.name,
            group=row.group,
            unit=row.unit,
            chief=row.chief,
            recuses=row.recuses,
        )
        for number, row in enumerate(listed, 1)
    )


def counted(rows: Iterable[ListedJudge]) -> Mapping[str, int]:
    """Group → how many of it are listed."""
    return Counter(row.group for row in rows)


class _Known:
    """What a list may name: groups of judges and posts, by every way of writing them."""

    def __init__(self, scheme: Scheme, posts: Mapping[str, Post]) -> None:
        self._groups = {label_key(group.id): group.id for group in scheme.groups}
        for group in scheme.groups:
            self._groups |= {label_key(words): group.id for _, words in group.title.by}
        panels = [group.id for group in scheme.groups if group.scope != "event"]  # observers are not meant
        self._only = panels[0] if len(panels) == 1 else ""
        self._titles = "、".join(group.title.say(scheme.language) for group in scheme.groups)
        self._posts = {label_key(post.id): (post.id,) for post in posts.values()}
        for post in posts.values():  # a title that several posts share means all of them
            self._posts[label_key(post.title)] = (*self._posts.get(label_key(post.title), ()), post.id)

    def judge(self, line: Line) -> ListedJudge:
        """One row, everything that is wrong with it noted at its cell."""
        role = line.text("role")
        return ListedJudge(
            name=line.name(),
            unit=line.text("unit"),
            group=self._group(line, role),
            chief=_chief(role),
            recuses=self._recuses(line),
            where=line.where(),
        )

    def _group(self, line: Line, role: str) -> str:
        """The group's own column, else a role or room that is a group's title, else the only group that sits in rooms."""
        said = line.text("judge_group")
        for words in (said, role, "" if said else line.text("room")):
            if label_key(words) in self._groups:
                return self._groups[label_key(words)]
        if self._only and not said:
            return self._only
        cell = line.table.get(line.row, "judge_group")
        where = cell if cell is not None else line.table.get(line.row, "name")
        if where is not None:
            line.note("judge_group_unknown", where, groups=self._titles)
        return ""

    def _recuses(self, line: Line) -> tuple[str, ...]:
        cell = line.table.get(line.row, "recuses")
        whole = line.text("recuses")
        if label_key(whole) in self._posts:  # a title may have a sign in it that parts posts elsewhere
            return tuple(dict.fromkeys(self._posts[label_key(whole)]))
        found: list[str] = []
        for words in filter(None, (part.strip() for part in _BETWEEN.split(whole))):
            known = self._posts.get(label_key(words))
            if known is not None:
                found += known
            elif cell is not None and squeezed(words) not in _NOBODY:
                line.note("judge_post_unknown", cell, post=words)
        return tuple(dict.fromkeys(found))


_NOBODY = frozenset({"无", "無", "-", "—", "none"})


def _chief(role: str) -> Chief:
    if MAY_CHIEF.match(squeezed(role)):
        return "yes"
    return "only" if CHIEF.match(squeezed(role)) else ""


def _twice(rows: tuple[ListedJudge, ...]) -> Iterator[Finding]:
    """One chance each: the same name of the same unit twice is a mistake, of another unit worth a look."""
    first: dict[tuple[str, str], ListedJudge] = {}
    names: dict[str, ListedJudge] = {}
    for row in rows:
        if not row.name:
            continue
        same = first.setdefault((name_key(row.name), label_key(row.unit)), row)
        alike = names.setdefault(name_key(row.name), row)
        if same is not row:
            yield repeated("judge_twice", row.where, "name", same.where, row.name, name=row.name)
        elif alike is not row:
            yield repeated("judge_namesakes", row.where, "name", alike.where, row.name, name=row.name)
