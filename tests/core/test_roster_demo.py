"""The demonstration county: the same on every machine, as messy as a real one, and complete."""

from __future__ import annotations

import importlib.util
from collections import Counter
from decimal import Decimal
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from venue_app.base.paths import resources
from venue_app.roster import (
    check_marks,
    check_observers,
    check_together,
    decide,
    identity,
    open_book,
    read_component,
    read_entries,
    read_marks,
    read_observers,
    read_panel,
    read_rooms,
    sort_files,
)

FOLDER = resources() / "demo" / "county"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_demo", resources() / "demo" / "make_demo.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["make_demo"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def batch() -> SimpleNamespace:
    """Everything the folder holds, read."""
    folder = sort_files(FOLDER)
    files = folder.files
    return SimpleNamespace(
        folder=folder,
        entries=read_entries(files["entries"]),
        rooms=read_rooms(files["rooms"]),
        panel=read_panel(files["panel"]),
        component=read_component(files["component"], maximum=Decimal(100)),
        marks=read_marks(files["marks"]),
        observers=read_observers(files["observers"]),
    )


def test_the_script_makes_the_same_rows_again(maker: ModuleType, tmp_path: Path) -> None:
    maker.main(tmp_path)
    names = sorted(path.name for path in FOLDER.iterdir())
    assert sorted(path.name for path in tmp_path.iterdir()) == names and len(names) == 6
    for name in names:
        again, kept = open_book(tmp_path / name), open_book(FOLDER / name)
        assert [grid.rows for grid in again.grids] == [grid.rows for grid in kept.grids]
        if name.endswith(".csv"):
            assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()


def test_the_workbook_carries_no_moment_of_saving(maker: ModuleType) -> None:
    assert maker.files()["报名登记表.xlsx"] == maker.files()["报名登记表.xlsx"]


def test_a_whole_folder_becomes_a_roster(batch: SimpleNamespace) -> None:
    assert batch.folder.others == () and batch.folder.unreadable == ()
    assert (
        batch.entries and batch.rooms and batch.panel and batch.component and batch.marks and batch.observers
    )
    plan = check_together(batch.entries, batch.rooms, batch.panel, batch.component, 5, seats=7)
    assert plan.ready
    assert (len(plan.people), plan.unqualified, plan.drawing, len(plan.moves)) == (154, 4, 150, 4)
    roster = decide(plan)
    assert len(roster.drawing) == len({person.identity for person in roster.drawing}) == 150
    assert [post.name for post in roster.posts if post.cancelled] == ["档案馆副馆长"]
    assert len(roster.posts) == 16 and sum(post.draws for post in roster.posts) == 150
    assert [(len(room.posts), [judge.seat for judge in room.judges]) for room in roster.rooms] == [
        (5, [1, 2, 3, 4, 5, 6, 7])
    ] * 3
    assert len(roster.values) == 150
    assert check_marks(roster, batch.marks) == () and check_observers(roster, batch.observers) == ()


def test_it_is_as_messy_as_life(batch: SimpleNamespace) -> None:
    assert batch.entries and batch.rooms and batch.panel
    codes = Counter(found.code for found in batch.entries.findings)
    assert {"identity_fullwidth", "name_spaces", "name_dot", "identity_x", "title_row", "blank_row", "total_row",
            "note_row", "namesakes", "sheet_without_table", "text_mended"} <= codes.keys()  # fmt: skip
    assert "total_differs" not in codes
    names = "".join(row.name for row in batch.entries.rows)
    assert {"䶮", "㛃", "𠮷", "𬭎", "·"} <= set(names) and "Nguyễn Thị Hà" in names
    assert {row.qualified_text for row in batch.entries.rows} >= {"合格", "符合", "√", "不合格", "×"}
    assert batch.rooms.books[0].grids[0].encoding == "gb18030"
    assert batch.panel.books[0].grids[0].encoding == "utf-8-sig"


def test_every_identity_number_is_right_and_of_no_place(batch: SimpleNamespace) -> None:
    assert batch.entries
    for row in batch.entries.rows:
        assert identity.doubts(row.identity) == frozenset()
        assert row.identity.startswith("990000") and identity.sex(row.identity) == row.sex


def test_marks_keep_to_the_scheme(batch: SimpleNamespace, maker: ModuleType) -> None:
    assert batch.marks and batch.observers
    assert len(batch.marks.rows) == 1050
    limits = dict(maker.CRITERIA)
    for row in batch.marks.rows:
        assert [title for title, _ in row.marks] == list(limits)
        for title, mark in row.marks:
            assert mark is not None and 0 < mark <= limits[title]
            assert mark * 10 == int(mark * 10)
    assert all(len(row.votes) == 20 for row in batch.observers.rows)
