"""Which columns make which file, and how a file is recognised by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from venue_app.roster.grid import Cell
from venue_app.roster.words import column_key, score_title, vote_number

Kind: TypeAlias = Literal["entries", "rooms", "panel", "judges", "component", "marks", "observers"]
KINDS: tuple[Kind, ...] = ("entries", "rooms", "panel", "judges", "component", "marks", "observers")


@dataclass(frozen=True, slots=True)
class Form:
    """`required` columns must be there; `core` ones tell a row of data from a note."""

    kind: Kind
    required: tuple[str, ...]
    core: tuple[str, ...]


FORMS: Mapping[Kind, Form] = {
    "entries": Form("entries", ("name", "identity", "post"), ("identity", "name", "post")),
    "rooms": Form("rooms", ("post", "room"), ("post", "room")),
    "panel": Form("panel", ("room", "seat", "name"), ("room", "seat", "name")),
    "judges": Form("judges", ("name",), ("name", "unit")),
    "component": Form("component", ("identity",), ("identity", "name")),
    "marks": Form("marks", ("identity", "seat"), ("identity", "seat")),
    "observers": Form("observers", ("identity",), ("identity",)),
}

_PERSONAL = frozenset({"sex", "unit", "qualified", "politics", "education", "ethnicity", "birth", "second"})


@dataclass(frozen=True, slots=True)
class Titles:
    """A row of cells understood as column names: `columns` by meaning (the first of a name counts),
    `twice` the further ones of the same meaning, `others` the names not known."""

    columns: Mapping[str, int]
    twice: tuple[tuple[str, int], ...]
    others: tuple[tuple[int, str], ...]

    @property
    def coded(self) -> bool:
        """Whether people are known by the office's own number, there being no column of identity numbers."""
        return "identity" in self.columns and self.columns["identity"] == self.columns.get("code")

    @property
    def votes(self) -> tuple[tuple[int, int], ...]:
        """(number, column) of the observers' columns, by number."""
        found = ((vote_number(title), column) for column, title in self.others)
        return tuple(sorted((number, column) for number, column in found if number is not None))

    @property
    def scores(self) -> tuple[tuple[int, str], ...]:
        """(column, title) of the columns that speak of points."""
        return tuple((column, title) for column, title in self.others if score_title(title))


def titles_of(cells: tuple[Cell, ...]) -> Titles:
    """Reads a row as if it were the header.

    Without identity numbers the office's own number (编号, 准考证号) says who somebody is; a line's number does not.
    """
    columns: dict[str, int] = {}
    twice: list[tuple[str, int]] = []
    others: list[tuple[int, str]] = []
    for cell in cells:
        if cell.blank or cell.kind not in ("text", "number"):
            continue
        key = column_key(cell.text)
        if key is None:
            others.append((cell.column, cell.text))
        elif key in columns:
            twice.append((key, cell.column))
        else:
            columns[key] = cell.column
    if "identity" not in columns and "code" in columns:
        columns["identity"] = columns["code"]
    return Titles(columns, tuple(twice), tuple(others))


def kind_of(titles: Titles) -> Kind | None:
    """The kind of file this header belongs to, None when it belongs to none."""
    keys = set(titles.columns)
    seated = {"room", "seat", "name"} <= keys
    listed = titles.coded and seated  # a list of judges with a number in front
    if {"identity", "seat"} <= keys and titles.others and not listed and not keys & {"role", "unit"}:
        return "marks"
    if seated:
        return "panel"
    if {"name", "unit"} <= keys and keys & {"judge_group", "recuses"} and not keys & {"identity", "post"}:
        return "judges"
    if {"name", "identity", "post"} <= keys and (keys & _PERSONAL or not titles.scores):
        return "entries"
    if "identity" in keys and len(titles.votes) >= 2:
        return "observers"
    if "identity" in keys and titles.scores:
        return "component"
    if {"post", "room"} <= keys and ("identity" not in keys or titles.coded):
        return "rooms"
    return None
