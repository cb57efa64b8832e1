"""The box: whole groups or nothing, whatever moment the power fails; no order in the files."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from venue_app.base.errors import Known
from venue_app.journal import box as boxes
from venue_app.journal.box import EXCHANGED, UNUSED, USED, Box, Put, box_files, slot_size

SLOT = 1024


class PowerCut(Exception):
    """The moment everything stops."""


def new_box(folder: Path, papers: int = 16, slips: int = 8) -> Box:
    box = Box.create(folder / "event", "V1", SLOT, papers)
    box.add_slips(slips)
    return box


def states(box: Box) -> list[int]:
    return [box.state(n) for n in range(box.slips)]


def test_what_is_put_is_there_after_reopening(tmp_path):
    box = new_box(tmp_path)
    box.put([Put(b"second", 5), Put(b"first", 2)])
    box.put([Put(b"third")])
    box.set_state(0, EXCHANGED)
    box.close()
    again = Box(tmp_path / "event", "V1")
    assert again.papers() == [b"first", b"second", b"third"]
    assert states(again) == [EXCHANGED, UNUSED, USED, UNUSED, UNUSED, USED, UNUSED, UNUSED]
    assert again.room == 13 and again.slot == SLOT


def test_a_paper_too_long_or_a_group_too_large_is_our_mistake(tmp_path):
    box = new_box(tmp_path)
    with pytest.raises(ValueError):
        box.put([Put(b"x" * SLOT)])
    with pytest.raises(ValueError):
        box.put([Put(b"%d" % n) for n in range(boxes.GROUP + 1)])
    assert box.papers() == []


def test_slots_are_whole_kib_and_hold_what_they_promise(tmp_path):
    assert slot_size(1) == 1024 and slot_size(988) == 1024 and slot_size(989) == 2048
    box = new_box(tmp_path)
    longest = b"y" * (SLOT - 36)
    box.put([Put(longest)])
    assert box.papers() == [longest]


def test_a_full_box_grows_and_keeps_everything(tmp_path):
    box = new_box(tmp_path, papers=2)
    for number in range(6):
        box.put([Put(b"paper %d" % number, number)])
    box.close()
    again = Box(tmp_path / "event", "V1")
    assert again.papers() == [b"paper %d" % n for n in range(6)] and states(again).count(USED) == 6
    assert sorted(p.name for p in tmp_path.iterdir()) == ["event.V1.papers", "event.V1.slips"]


def test_a_paper_taken_out_leaves_nothing(tmp_path):
    box = new_box(tmp_path)
    box.put([Put(b"a mistake of the tellers")])
    assert box.remove(b"a mistake of the tellers") and not box.remove(b"never there")
    assert b"mistake" not in box_files(tmp_path / "event", "V1")[1].read_bytes()
    assert box.papers() == [] and box.room == 16


def test_destroying_leaves_no_file(tmp_path):
    box = new_box(tmp_path)
    box.put([Put(b"secret", 0)])
    box.close()
    Box.destroy(tmp_path / "event", "V1")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(Known) as caught:
        Box(tmp_path / "event", "V1")
    assert caught.value.code == "ballots.box_missing"


def _cut_at(monkeypatch: pytest.MonkeyPatch, box: Box, moment: int) -> None:
    """The `moment`-th write to a file is the last, and only half of it reaches the disk."""
    real = Box._write
    done = 0

    def write(self: Box, handle, at: int, data: bytes) -> None:
        nonlocal done
        done += 1
        if done == moment:
            real(self, handle, at, data[: len(data) // 2])
            raise PowerCut
        real(self, handle, at, data)

    monkeypatch.setattr(Box, "_write", write)


@pytest.mark.parametrize("moment", range(1, 12))
def test_a_power_cut_at_any_write_leaves_all_or_nothing(tmp_path, moment):
    box = new_box(tmp_path)
    box.put([Put(b"before", 7)])
    told: list[bool] = []
    with pytest.MonkeyPatch.context() as patched:
        _cut_at(patched, box, moment)
        with suppress(PowerCut):
            box.put([Put(b"one", 0), Put(b"two", 1), Put(b"three", 2)], lambda: told.append(True))
    box.close()
    again = Box(tmp_path / "event", "V1")
    used = [n for n, state in enumerate(states(again)) if state == USED]
    assert (again.papers(), used) in [
        ([b"before"], [7]),
        ([b"before", b"one", b"three", b"two"], [0, 1, 2, 7]),
    ]
    assert not told or len(used) == 4, "whoever was told it counted is counted"
    again.put([Put(b"after", 3)])
    assert b"after" in again.papers()


def test_a_power_cut_happens_in_the_middle(tmp_path):
    """The test above would be idle if there were fewer writes than moments that matter."""
    box = new_box(tmp_path)
    with pytest.MonkeyPatch.context() as patched:
        _cut_at(patched, box, 4)  # intent, three papers: the last paper is torn
        with pytest.raises(PowerCut):
            box.put([Put(b"one", 0), Put(b"two", 1), Put(b"three", 2)])
    box.close()
    assert Box(tmp_path / "event", "V1").papers() == []


@pytest.mark.parametrize("left", ["old", "new"])
def test_a_growth_cut_short_is_finished_or_undone(tmp_path, left):
    box = new_box(tmp_path, papers=4)
    box.put([Put(b"kept", 1)])
    box.close()
    _, papers = box_files(tmp_path / "event", "V1")
    whole = papers.read_bytes()
    if left == "old":  # stopped between the two renamings
        papers.rename(papers.with_name(papers.name + ".old"))
        papers.with_name(papers.name + ".new").write_bytes(whole)
    else:  # stopped while the new file was written
        papers.with_name(papers.name + ".new").write_bytes(whole[:SLOT])
    again = Box(tmp_path / "event", "V1")
    assert again.papers() == [b"kept"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["event.V1.papers", "event.V1.slips"]


def test_nothing_of_a_group_stays_in_the_head_of_the_slips(tmp_path):
    box = new_box(tmp_path)
    slips, _ = box_files(tmp_path / "event", "V1")
    during: list[bytes] = []
    box.put([Put(b"one", 3)], lambda: during.append(slips.read_bytes()[64:1088]))
    assert any(during[0]), "while it is written the intent stands there"
    assert not any(slips.read_bytes()[64:1088])


def test_places_say_nothing_of_the_order(tmp_path, monkeypatch):
    """The order in which papers lie in the file, over many boxes, agrees with the order of casting as often as not."""
    monkeypatch.setattr("os.fsync", lambda _: None)
    follows = 0
    for number in range(200):
        folder = tmp_path / str(number)
        folder.mkdir()
        box = new_box(folder, papers=8, slips=2)
        box.put([Put(b"early", 0)])
        box.put([Put(b"late", 1)])
        box.close()
        raw = box_files(folder / "event", "V1")[1].read_bytes()
        follows += raw.index(b"early") < raw.index(b"late")
    # 200 fair coins: outside 60..140 less than once in 10**7
    assert 60 < follows < 140


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.binary(max_size=40), max_size=5), max_size=6))
def test_any_groups_are_kept_as_a_set(tmp_path_factory, groups):
    folder = tmp_path_factory.mktemp("box")
    box = Box.create(folder / "event", "V1", SLOT, 4)
    for group in groups:
        box.put([Put(body) for body in group])
    box.close()
    again = Box(folder / "event", "V1")
    assert again.papers() == sorted(body for group in groups for body in group)
    again.close()
    assert box_files(folder / "event", "V1")[1].stat().st_size % SLOT == 0
