"""What was noticed while reading: each with its cell, its sentence, and the group it is shown in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from venue_app.base.i18n import language, tr_in
from venue_app.roster.grid import Cell, Grid

Severity: TypeAlias = Literal["error", "doubt", "mended", "skipped", "info"]
ORDER: tuple[Severity, ...] = ("error", "doubt", "mended", "skipped", "info")

CODES: Mapping[str, Severity] = {
    # the sheet
    "no_header": "error",
    "columns_missing": "error",
    "second_header": "error",
    "column_twice": "doubt",
    "scores_several": "error",
    "scores_missing": "error",
    "criteria_missing": "error",
    "votes_missing": "error",
    "header_again": "skipped",
    "title_row": "skipped",
    "blank_row": "skipped",
    "note_row": "skipped",
    "total_row": "skipped",
    "total_differs": "doubt",
    "no_rows": "error",
    "sheet_without_table": "skipped",
    "hidden_sheet": "skipped",
    "hidden_row": "doubt",
    "columns_unread": "info",
    "known_by_code": "info",
    "macros": "skipped",
    "named_otherwise": "doubt",
    "merged_fill": "mended",
    # cells
    "cell_missing": "error",
    "formula_without_result": "error",
    "cell_fault": "error",
    "text_mended": "mended",
    "name_spaces": "mended",
    "name_form": "mended",
    "name_dot": "mended",
    "name_old_character": "mended",
    "name_space_or_dot": "doubt",
    "name_odd": "doubt",
    "unreadable_character": "doubt",
    "identity_fullwidth": "mended",
    "identity_spaces": "mended",
    "identity_x": "mended",
    "identity_form": "doubt",
    "identity_birth": "doubt",
    "identity_check_digit": "doubt",
    "identity_as_number": "doubt",
    "identity_digits_lost": "error",
    "identity_twice": "error",
    "sex_unknown": "doubt",
    "sex_differs": "doubt",
    "birth_differs": "doubt",
    "qualified_unknown": "doubt",
    "no_qualified_column": "doubt",
    "namesakes": "info",
    "choices_above": "doubt",
    "move_several": "doubt",
    "number_mended": "mended",
    "number_unreadable": "error",
    "number_negative": "error",
    "number_above": "error",
    "number_missing": "error",
    "sum_differs": "doubt",
    "absent": "doubt",
    "seat_unreadable": "error",
    "seat_twice": "error",
    "judge_group_unknown": "error",
    "judge_post_unknown": "error",
    "judge_twice": "error",
    "judge_namesakes": "doubt",
    "post_in_two_rooms": "error",
    "row_repeated": "doubt",
    "score_twice": "error",
    "mark_twice": "error",
    "vote_row_twice": "error",
    # the files together
    "post_under_minimum": "doubt",
    "minimum_straddled": "doubt",
    "move_without_target": "doubt",
    "move_target_cancelled": "doubt",
    "move_target_unknown": "doubt",
    "post_without_room": "error",
    "post_without_entries": "doubt",
    "room_without_panel": "error",
    "panel_without_room": "doubt",
    "seat_missing": "error",
    "seat_gap": "doubt",
    "panel_sizes_differ": "doubt",
    "chief_twice": "error",
    "chief_missing": "doubt",
    "judge_in_two_rooms": "doubt",
    "judges_share_unit": "doubt",
    "judge_shares_unit": "doubt",
    "judge_is_candidate": "doubt",
    "person_without_score": "error",
    "scores_do_not_fit": "error",
    "score_without_person": "error",
    "score_name_differs": "error",
    "score_not_needed": "info",
    "person_without_marks": "error",
    "marks_without_person": "error",
    "marks_name_differs": "error",
    "mark_seat_unknown": "error",
    "mark_seat_missing": "error",
}
"""Every code with its severity; the sentences are `roster.finding.<code>` and `roster.group.<code>`."""

DECIDABLE = frozenset(
    {
        "identity_twice",
        "post_without_room",
        "person_without_score",
        "score_without_person",
        "score_name_differs",
    }
)
"""Errors that a decision settles: they come with a question and block nothing once it is answered."""

_SPOKEN = ("columns", "kind")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed. `cell` is an address such as B17, empty when it is about more than one cell;
    `row` counts from 1, 0 when it is about the whole sheet; `mended` is None when nothing was changed."""

    severity: Severity
    code: str
    file: str = ""
    sheet: str = ""
    cell: str = ""
    row: int = 0
    original: str = ""
    mended: str | None = None
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """All findings of one code, in the order of the sheet."""

    severity: Severity
    code: str
    findings: tuple[Finding, ...]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.findings)


def finding(code: str, grid: Grid | None = None, cell: Cell | None = None, **extra: object) -> Finding:
    """A finding about a cell of a sheet. `mended` and `row` in `extra` are its own fields, the rest params."""
    mended = extra.pop("mended", None)
    row = extra.pop("row", cell.row if cell else 0)
    return Finding(
        CODES[code],
        code,
        grid.file if grid else "",
        grid.sheet if grid else "",
        cell.address if cell else "",
        int(str(row)),
        cell.text if cell else "",
        None if mended is None else str(mended),
        tuple((name, str(value)) for name, value in extra.items()),
    )


class Notes:
    """Collects findings while one sheet is read."""

    def __init__(self) -> None:
        self._found: list[Finding] = []

    def add(self, code: str, grid: Grid | None = None, cell: Cell | None = None, **extra: object) -> None:
        """Note one finding; see `finding`."""
        self._found.append(finding(code, grid, cell, **extra))

    def take(self, found: Iterable[Finding]) -> None:
        """Note findings made elsewhere."""
        self._found.extend(found)

    def all(self) -> tuple[Finding, ...]:
        """Everything noted so far, in order."""
        return tuple(self._found)


def sentence(found: Finding, lang: str | None = None) -> str:
    """The finding in words, in the language in force or the one given."""
    chosen = lang or language()
    params: dict[str, object] = {
        "file": found.file,
        "sheet": found.sheet,
        "cell": found.cell,
        "row": found.row,
        "original": " ".join(found.original.split()),
        "mended": found.mended or "",
    }
    for name, value in found.params:
        params[name] = _spoken(name, value, chosen) if name in _SPOKEN else value
    return tr_in(chosen, f"roster.finding.{found.code}", **params)


def _spoken(name: str, value: str, lang: str) -> str:
    area = "column" if name == "columns" else name
    return tr_in(lang, "roster.list_comma").join(
        tr_in(lang, f"roster.{area}.{part}") for part in value.split(",")
    )


def grouped(found: Iterable[Finding]) -> tuple[Group, ...]:
    """By code, the gravest first, then in the order they were met."""
    by_code: dict[str, list[Finding]] = {}
    for item in found:
        by_code.setdefault(item.code, []).append(item)
    groups = [Group(items[0].severity, code, tuple(items)) for code, items in by_code.items()]
    return tuple(sorted(groups, key=lambda group: ORDER.index(group.severity)))


def group_sentence(group: Group, lang: str | None = None) -> str:
    """The group in words with its count."""
    return tr_in(lang or language(), f"roster.group.{group.code}", count=group.count)
