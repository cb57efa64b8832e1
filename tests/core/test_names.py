"""Two names of one person are one, however they are typed."""

from __future__ import annotations

import pytest

from venue_app.base.names import as_read, different


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("张三", "张 三"),
        ("张三", "　张三\n"),
        ("张三", "张\u200b三"),
        ("Ann Lee", "Ann  Lee"),
        ("ＡＢ", "AB"),
    ],
)
def test_read_alike(one, other):
    assert as_read(one) == as_read(other)
    assert not different((one, other))


@pytest.mark.parametrize("names", [("张三", "张三丰"), ("张三", "李四", "王五"), ("Ann", "Anne")])
def test_people_of_their_own(names):
    assert different(names)


@pytest.mark.parametrize("names", [("张三", ""), ("张三", " "), ("张三", "\u200b")])
def test_nobody_is_not_a_second_person(names):
    assert not different(names)
