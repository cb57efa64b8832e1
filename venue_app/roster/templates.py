"""Spreadsheets to fill in: for every kind of file the importer takes, with the columns it knows, in one language.

A column that holds numbers which are no amounts (identity numbers, codes) is text, so that no program rounds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from venue_app.base.errors import Known
from venue_app.base.i18n import tr_in
from venue_app.roster.forms import Kind
from venue_app.scheme import Imported, Scheme
from venue_app.scheme.ballots import Ballot

#: So many rows are prepared.
ROWS = 500
_TEXT = "@"
#: Signs that neither a sheet's title nor a file's name may have in every system.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\[\]]')
_WIDE = {
    "identity": 24,
    "unit": 30,
    "post": 24,
    "remarks": 30,
    "name": 14,
    "qualified": 16,
    "person": 14,
    "recuses": 30,
}
#: Columns with a list to choose from; the words are in the catalogue, parted by commas.
_LISTS = ("sex", "qualified", "role", "judge_role")
_PLAIN = {
    "entries": (
        *("number", "name", "sex", "identity", "birth", "ethnicity", "politics", "education", "unit", "post"),
        *("qualified", "remarks"),
    ),
    "rooms": ("post", "room", "places"),
    "panel": ("room", "seat", "name", "unit", "role"),
}


@dataclass(frozen=True, slots=True)
class Template:
    """One file: its name without ending, its columns as (what it holds, its title), and what its notes say."""

    name: str
    columns: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def templates(scheme: Scheme, lang: str) -> Iterator[Template]:
    """The files a plan can use: registration, rooms, judges, points brought along, marks, observers, ballots."""
    for kind, keys in _PLAIN.items():
        yield _template(kind, tuple((key, _title(lang, key)) for key in keys), lang)  # type: ignore[arg-type]
    if {"pool", "seats"} & set(scheme.draw.held):
        yield _judges(scheme, lang)
    known = (("identity", _title(lang, "identity")), ("name", _title(lang, "name")))
    for component in scheme.components:
        if isinstance(component, Imported):
            said = component.title.say(lang)
            points = ("points", tr_in(lang, "templates.points", title=said))
            yield _template("component", (*known, points), lang, said)
    for group in scheme.groups:
        several = sum((one.scope == "event") == (group.scope == "event") for one in scheme.groups) > 1
        whose = group.title.say(lang) if several else ""
        if group.scope == "event":
            votes = tuple(
                ("points", tr_in(lang, "templates.vote", number=n)) for n in range(1, group.seats + 1)
            )
            yield _template("observers", (*known, *votes), lang, whose)
        else:
            marks = tuple(("points", criterion.title.say(lang)) for criterion in group.criteria)
            seat = (("seat", _title(lang, "seat")),)
            yield _template("marks", (*known, *seat, *marks), lang, whose)
    for ballot in scheme.ballots:
        yield _ballot(ballot, lang)


def _judges(scheme: Scheme, lang: str) -> Template:
    """Whom the panel is drawn from; a column of groups where there are several."""
    keys = ("name", "unit", *(("judge_group",) if sum(g.scope != "event" for g in scheme.groups) > 1 else ()))
    role = ("judge_role", _title(lang, "role"))
    columns = (*((key, _title(lang, key)) for key in keys), role, ("recuses", _title(lang, "recuses")))
    return _template("judges", columns, lang)


def _title(lang: str, key: str) -> str:
    return tr_in(lang, f"templates.column.{key}")


def _template(kind: Kind, columns: tuple[tuple[str, str], ...], lang: str, of: str = "") -> Template:
    name = tr_in(lang, f"roster.kind.{kind}")
    notes = (tr_in(lang, f"templates.notes.{kind}"), tr_in(lang, "templates.notes.all"))
    return Template(f"{name}-{of}" if of else name, columns, notes)


def _ballot(ballot: Ballot, lang: str) -> Template:
    answers = tuple(("points", item.title.say(lang)) for item in ballot.items) or (
        ("points", _title(lang, "answer")),
    )
    columns = (
        ("identity", _title(lang, "paper")),
        ("name", _title(lang, "person")),
        *answers,
        ("plain", _title(lang, "void")),
    )
    notes = (tr_in(lang, "templates.notes.ballot"),)
    return Template(ballot.title.say(lang), columns, notes)


def write_templates(folder: Path, scheme: Scheme, lang: str) -> list[Path]:
    """Write every template into `folder`; files that are there already are never written over.

    Where one of them is there nothing is written. Raises `Known`: templates.exists, templates.folder.
    """
    wanted = {folder / f"{one.name}.xlsx": one for one in _told_apart(templates(scheme, lang))}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = next((path for path in wanted if path.exists()), None)
        if there is not None:
            raise Known("templates.exists", file=there.name, folder=str(folder))
        for path, template in wanted.items():
            _whole(path, template, lang)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Known("templates.folder", folder=str(folder), reason=reason) from error
    return list(wanted)


def _told_apart(all_: Iterator[Template]) -> Iterator[Template]:
    """The same with names that files can have; what is called alike is numbered."""
    taken: set[str] = set()
    for one in all_:
        name = first = _FORBIDDEN.sub(" ", one.name).strip()
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{first} {number}"
        taken.add(name.casefold())
        yield replace(one, name=name)


def _whole(path: Path, template: Template, lang: str) -> None:
    part = path.with_name(f"{path.name}.part")
    try:
        _write(part, template, lang)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _write(path: Path, template: Template, lang: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = template.name[:31].strip("'")
    for at, (key, title) in enumerate(template.columns, start=1):
        _column(sheet, at, key, title, lang)
    sheet.freeze_panes = "A2"
    _notes(book.create_sheet(tr_in(lang, "templates.notes.sheet")), template.notes)
    book.save(path)


def _column(sheet: Worksheet, at: int, key: str, title: str, lang: str) -> None:
    letter = get_column_letter(at)
    head = sheet.cell(1, at, title)
    head.data_type = "s"  # a title that begins with = is no formula
    head.font = Font(bold=True)
    head.fill = PatternFill("solid", fgColor="E6E6E0")
    head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.column_dimensions[letter].width = _WIDE.get(key, 12)
    if key in ("identity", "name", "person", "post", "room", "unit", "birth"):
        for row in range(2, ROWS + 2):
            sheet.cell(row, at).number_format = _TEXT
    if key in _LISTS:
        words = tr_in(lang, f"templates.list.{key}")
        rule = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
        sheet.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{ROWS + 1}")


def _notes(sheet: Worksheet, notes: Sequence[str]) -> None:
    sheet.column_dimensions["A"].width = 90
    lines = [line for note in notes for line in note.split("\n")]
    for row, line in enumerate(lines, start=1):
        sheet.cell(row, 1, line).alignment = Alignment(wrap_text=True, vertical="top")
