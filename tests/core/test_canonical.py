"""Canonical bytes against Python's own JSON writer, and what has no place in them."""

from __future__ import annotations

import json
from decimal import Decimal
from enum import Enum, StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from venue_app.base.canonical import canonical

_TEXT = st.text(st.characters(codec="utf-8"))
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | _TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(_TEXT, inner),
)


@given(_VALUES)
def test_the_bytes_are_those_of_pythons_own_writer(value):
    said = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert canonical(value) == said


def test_keys_are_sorted_by_code_point_at_every_depth():
    assert canonical({"𠮷": 1, "\uffff": {"b": 1, "a": 2}, "a": [{"d": 1, "c": 2}]}) == (
        '{"a":[{"c":2,"d":1}],"\uffff":{"a":2,"b":1},"𠮷":1}'.encode()
    )


def test_decimals_are_plain_text_and_keys_are_text():
    assert canonical({1: Decimal("87.50"), 2: (Decimal("1E+2"),)}) == b'{"1":"87.50","2":["100"]}'


def test_a_word_of_an_enumeration_is_its_text():
    class Word(StrEnum):
        JUDGE = "judge"

    assert canonical({"role": Word.JUDGE, "all": [Word.JUDGE]}) == b'{"all":["judge"],"role":"judge"}'


class Plain(Enum):
    ONE = 1


@pytest.mark.parametrize("value", [1.5, float("nan"), b"raw", {"a"}, Plain.ONE, object()])
def test_what_has_no_place_is_refused(value):
    for inside in (value, [value], {"a": {"b": value}}):
        with pytest.raises(TypeError):
            canonical(inside)
