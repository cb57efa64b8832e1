"""Sheets kept on the device survive whatever ends the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from venue_app.base.errors import Known
from venue_app.lan import messages as m
from venue_app.lan.hold import Pairing, load_pairing, save_pairing
from venue_app.lan.offset import ClockOffset
from venue_app.lan.outbox import FileOutbox


def sheet(n: int) -> m.Sheet:
    return m.Sheet(id=f"{n:032x}", event="e", seat="R1-1", room="R1", lot=n, marks={"content": "24.0"})


def test_sheets_are_there_again_in_order_after_the_program_died(tmp_path: Path) -> None:
    box = FileOutbox(tmp_path / "box")
    for n in (30, 2, 11):
        box.add(sheet(n))
    box.remove(sheet(2).id)
    again = FileOutbox(tmp_path / "box")
    assert again.pending() == [sheet(30), sheet(11)]
    again.add(sheet(1))
    assert FileOutbox(tmp_path / "box").pending() == [sheet(30), sheet(11), sheet(1)]


def test_half_a_file_was_never_promised_and_a_spoiled_one_is_kept_aside(tmp_path: Path) -> None:
    box = FileOutbox(tmp_path)
    box.add(sheet(1))
    (tmp_path / "00000001-x.part").write_bytes(b'{"type":"she')
    (tmp_path / "00000002-y.json").write_bytes(b'{"type":"she')
    again = FileOutbox(tmp_path)
    assert again.pending() == [sheet(1)]
    assert not list(tmp_path.glob("*.part"))
    assert [p.name for p in tmp_path.glob("*.bad")] == ["00000002-y.bad"]


def test_a_folder_that_cannot_be_used_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "box").write_text("a file is in the way")
    with pytest.raises(Known) as error:
        FileOutbox(tmp_path / "box")
    assert error.value.code == "lan.outbox_unwritable"


def test_a_sheet_that_could_not_be_written_is_not_pending(tmp_path: Path) -> None:
    folder = tmp_path / "box"
    box = FileOutbox(folder)
    folder.rmdir()
    with pytest.raises(Known) as error:
        box.add(sheet(1))
    assert error.value.code == "lan.outbox_unwritable"
    assert box.pending() == []


def test_the_hold_on_a_seat_is_kept_for_this_user_alone(tmp_path: Path) -> None:
    path = tmp_path / "station" / "pairing.json"
    assert load_pairing(path) is None
    mine = Pairing(
        url="https://10.0.0.5:8443",
        pin="0a" * 32,
        token="0b" * 32,
        event="e",
        title="t",
        seat="R1-1",
        number=1,
    )
    save_pairing(path, mine)
    assert load_pairing(path) == mine
    assert path.stat().st_mode & 0o077 == 0
    assert mine.token not in repr(mine)
    path.write_text("{}")
    assert load_pairing(path) is None


def test_the_clock_offset_is_that_of_the_quickest_ping() -> None:
    offset = ClockOffset()
    assert offset.server(500) == 500
    offset.reset(10_000, 100)
    assert offset.server(100) == 10_000
    assert offset.add(sent=1_000, server=11_200, back=1_800) == 800  # 11,200 was at about 1,400: 9,800 ahead
    assert offset.server(2_000) == 11_800
    offset.add(sent=2_000, server=11_905, back=2_010)  # 11,905 was at 2,005: 9,900 ahead
    assert offset.server(3_000) == 12_900
    assert offset.error == 5
    offset.add(sent=3_000, server=13_300, back=3_500)  # 13,300 was at 3,250 or so: slower, and true of both
    assert offset.server(3_000) == 12_900
    assert offset.error == 5


def test_a_clock_that_jumped_is_measured_anew_at_once() -> None:
    offset = ClockOffset()
    offset.reset(10_000, 0)
    assert offset.error is None
    for at in range(1_000, 9_000, 1_000):
        offset.add(sent=at, server=at + 10_005, back=at + 10)
    assert [offset.server(9_000), offset.error] == [19_000, 5]
    # The laptop slept five minutes by our clock, and its own stood still: the next answer is 300 s behind.
    offset.add(sent=309_000, server=19_020, back=309_040)
    assert [offset.server(309_040), offset.error] == [19_040, 20]
    # The best of before, of 10 ms, is not believed any more.
    offset.add(sent=312_000, server=22_025, back=312_050)
    assert offset.server(312_050) == 22_050


@pytest.mark.parametrize("there", [0, 3, 40, 180])
def test_the_error_told_bounds_the_true_one(there: int) -> None:
    """A way of `there` ms out and 5 ms back, the laptop 250 s ahead: never wronger than it says."""
    offset = ClockOffset()
    offset.reset(1, 1)
    for sent in range(0, 30_000, 3_000):
        offset.add(sent=sent, server=sent + there + 250_000, back=sent + there + 5)
    assert offset.error is not None
    assert abs(offset.server(40_000) - 290_000) <= offset.error
