"""Photographs for the identity check: matched by file names, beside the event file, in the journal by digest only."""

from __future__ import annotations

import errno
import hashlib
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.world import PROCTOR, prepared, roster
from venue_app.base.errors import Known
from venue_app.domain import floor_commands as f
from venue_app.host.history import entries_of
from venue_app.host.photos import folder_of, photo_of, take_photos


@pytest.fixture
def venue(tmp_path):
    made = prepared(tmp_path / "a.venue")
    yield made
    made.close()


class Pictures:
    """A folder of papers with the photographs in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        self._inside = folder / "照片"
        self._inside.mkdir(parents=True)

    def __call__(self, name, data):
        (self._inside / name).write_bytes(data)


@pytest.fixture
def pictures(tmp_path):
    return Pictures(tmp_path / "材料")


def test_each_is_found_by_number_or_by_name(venue, pictures):
    people = {p.id: p for p in roster().candidates}
    pictures(f"{people['C001'].identity}.JPG", b"one")
    pictures(f"{people['C002'].name}.png", b"two")
    pictures(f"003_{people['C003'].name}_{people['C003'].identity}.jpeg", b"three")
    pictures("合影.jpg", b"everybody")
    pictures(f"{people['C004'].name}和{people['C005'].name}.jpg", b"both")
    pictures(f"{people['C004'].name}-{people['C005'].name}.jpg", b"both again")
    pictures("名单.xlsx", b"no picture")
    taken = take_photos(venue, [pictures.folder], PROCTOR)
    assert taken.count == 3
    assert sorted(taken.strangers) == sorted(["合影.jpg", "张某4和张某5.jpg", "张某4-张某5.jpg"])
    for candidate, data in (("C001", b"one"), ("C002", b"two"), ("C003", b"three")):
        assert venue.state.photos[candidate] == hashlib.sha256(data).hexdigest()
        assert photo_of(venue.path, venue.state, candidate).data == data
    assert photo_of(venue.path, venue.state, "C004").state == "none"


def test_a_name_of_two_people_names_neither(tmp_path, pictures):
    command = roster()
    same = tuple(replace(p, name="李明") if p.id in ("C001", "C002") else p for p in command.candidates)
    venue = prepared(tmp_path / "b.venue", taken=replace(command, candidates=same))
    pictures("李明.jpg", b"who")
    with pytest.raises(Known) as caught:
        take_photos(venue, [pictures.folder], PROCTOR)
    assert caught.value.code == "venue.photos_none" and venue.state.photos == {}
    venue.close()


def test_a_picture_changed_or_taken_away_is_nobodys(venue, pictures):
    pictures("张某1.jpg", b"one")
    pictures("张某2.jpg", b"two")
    take_photos(venue, [pictures.folder], PROCTOR)
    first, second = (folder_of(venue.path) / venue.state.photos[c] for c in ("C001", "C002"))
    first.write_bytes(b"another face")
    second.unlink()
    assert photo_of(venue.path, venue.state, "C001").state == "lost"
    assert photo_of(venue.path, venue.state, "C002").state == "lost"


def test_the_journal_holds_digests_and_no_picture(venue, pictures):
    data = b"\xff\xd8 a face \xff\xd9" * 40
    pictures("张某1.jpg", data)
    take_photos(venue, [pictures.folder], PROCTOR)
    whole = b"".join(entries_of(venue))
    assert hashlib.sha256(data).hexdigest().encode() in whole
    assert b"a face" not in whole and "张某1.jpg".encode() not in whole


def test_only_who_is_on_the_roster(venue):
    for photos, code in (
        ({}, "venue.photos_none"),
        ({"C999": "0" * 64}, "venue.photo_unknown"),
        ({"C001": "0" * 63}, "venue.photo_unknown"),
    ):
        with pytest.raises(Known) as caught:
            venue.ask(f.AddPhotos(photos=photos), PROCTOR)
        assert caught.value.code == code


def test_two_faces_for_one_person_are_nobodys(venue, pictures):
    pictures("张某1.jpg", b"one face")
    pictures("001 张某1.jpg", b"another face")
    pictures("张某2.jpg", b"two")
    pictures("002 张某2.jpg", b"two")  # the same picture twice is one
    taken = take_photos(venue, [pictures.folder], PROCTOR)
    assert (taken.count, sorted(taken.strangers)) == (1, ["001 张某1.jpg", "张某1.jpg"])
    assert photo_of(venue.path, venue.state, "C001").state == "none"
    assert photo_of(venue.path, venue.state, "C002").data == b"two"


def test_a_column_of_the_roster_says_which_file_shows_whom(venue, pictures):
    people = {p.id: p for p in roster().candidates}
    pictures("0001.jpg", b"one")
    pictures("0002.JPG", b"two")
    pictures("0003.png", b"of two people")
    pictures(f"{people['C005'].name}.jpg", b"named after another")
    pictures(f"{people['C006'].name}.jpg", b"six")
    rows = [
        "公开自荐报名登记表",
        "序号,姓名,身份证号,报考职位,照片",
        f"1,{people['C001'].name},{people['C001'].identity},文化局副局长,照片\\0001.jpg",
        f"2,{people['C002'].name},{people['C002'].identity},水利局副局长,0002",
        f"3,{people['C003'].name},{people['C003'].identity},文化局副局长,0003.png",
        f"4,{people['C004'].name},{people['C004'].identity},水利局副局长,0003.PNG",
        f"5,{people['C005'].name},{people['C005'].identity},文化局副局长,",
        f"6,{people['C006'].name},{people['C006'].identity},水利局副局长,{people['C005'].name}.jpg",
    ]
    sheet = pictures.folder / "报名登记表.csv"
    sheet.write_text("\n".join(rows), encoding="utf-8")
    (pictures.folder / "坏了.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    taken = take_photos(venue, [sheet], PROCTOR)
    shown = {who: photo_of(venue.path, venue.state, who).data for who in venue.state.photos}
    assert shown == {"C001": b"one", "C002": b"two"}
    assert set(taken.strangers) == {"0003.png", "张某5.jpg", "张某6.jpg"}, (
        "two files for one face are nobody's"
    )
    (pictures.folder / "照片" / "张某6.jpg").unlink()
    assert take_photos(venue, [pictures.folder], PROCTOR).count == 3
    assert photo_of(venue.path, venue.state, "C006").data == b"named after another"


def test_a_folder_that_is_gone_is_named_and_its_neighbours_are_left_alone(venue, pictures, tmp_path):
    (tmp_path / "张某1.jpg").write_bytes(b"beside the folder")
    with pytest.raises(Known) as caught:
        take_photos(venue, [tmp_path / "gone"], PROCTOR)
    assert caught.value.code == "host.photos_folder"
    assert caught.value.params["folder"] == str(tmp_path / "gone") and caught.value.params["reason"]
    assert venue.state.photos == {}


def test_a_picture_that_cannot_be_read_is_named_and_none_is_taken(venue, pictures, monkeypatch):
    pictures("张某1.jpg", b"one")
    pictures("张某2.jpg", b"two")
    whole = Path.read_bytes

    def torn(path):
        if path.name == "张某2.jpg":
            raise OSError(errno.EIO, "Input/output error")
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", torn)
    with pytest.raises(Known) as caught:
        take_photos(venue, [pictures.folder], PROCTOR)
    assert caught.value.code == "host.photo_file"
    assert caught.value.params == {"file": "张某2.jpg", "reason": "Input/output error"}
    assert venue.state.photos == {}
