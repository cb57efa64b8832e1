"""Changing a scheme's text in place: what is asked for changes, every other byte stays."""

from __future__ import annotations

import difflib

import pytest

from venue_app.base.errors import Known
from venue_app.scheme import load_scheme, preset_ids, preset_text
from venue_app.scheme.edit import get_value, remove_value, rename_key, set_value, written

S0 = preset_text("s0-county-self-nomination")
S4 = preset_text("s4-town-mid-level")


def changes(before: str, after: str) -> list[str]:
    """Lines taken out and put in, without those that stayed."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[:2] not in ("--", "++", "@@")]


@pytest.mark.parametrize(
    ("value", "toml"),
    [
        ([60, 30], "[60, 30]"),
        ([], "[]"),
        ([{"by": "live"}, {"lot": True}], '[{ by = "live" }, { lot = true }]'),
        ({"places": 2, "mode": "half-up"}, '{ places = 2, mode = "half-up" }'),
        ({}, "{}"),
        ('a"b\\c', '"a\\"b\\\\c"'),
    ],
)
def test_lists_and_tables_are_written_on_one_line(value, toml):
    assert written(value) == toml


def test_a_list_is_replaced_whole():
    after = set_value(S0, "stages[1].warnings_s", [180, 30])
    assert changes(S0, after) == ["-warnings_s = [60]", "+warnings_s = [180, 30]"]
    assert load_scheme(after, "x").stages[0].warnings_s == (180, 30)


def test_a_table_that_is_not_there_is_made_with_its_first_key():
    after = set_value(S4, "groups[1].trim.high", 2)
    assert changes(S4, after) == ["+trim = { high = 2 }"]
    trim = load_scheme(after, "x").groups[0].trim[0]
    assert (trim.high, trim.low) == (2, 1)  # the other keeps its default


def test_a_sentence_of_a_list_is_replaced_alone():
    after = set_value(S0, "choices[2]", "每个职位最多三人。")
    assert len(changes(S0, after)) == 2
    plan = load_scheme(after, "x")
    assert plan.choices[1].say("en") == "每个职位最多三人。"
    assert [c.say("zh-CN") for c in plan.choices[2:]] == [
        c.say("zh-CN") for c in load_scheme(S0, "x").choices[2:]
    ]


@pytest.mark.parametrize(
    ("key", "taken", "left"),
    [
        ("rounds[1].ratio", ["-ratio = 2"], []),
        ("intake.minimum_entries", ["-minimum_entries = 5"], []),
        (
            "groups[1].trim.high",
            ['-trim = { high = 1, low = 1, on = "totals" }'],
            ['+trim = { low = 1, on = "totals" }'],
        ),
        (
            "groups[1].trim.on",
            ['-trim = { high = 1, low = 1, on = "totals" }'],
            ["+trim = { high = 1, low = 1 }"],
        ),
        (
            "components[5].terms[2].of",
            ['-  { of = "live", weight = 0.65 },'],
            ["+  { weight = 0.65 },"],
        ),
        ("rounds[1].ties", [], []),
    ],
)
def test_a_key_is_taken_out_and_nothing_else(key, taken, left):
    after = remove_value(S0, key)
    assert changes(S0, after) == [*taken, *left]
    assert get_value(after, key) is None


def test_a_line_goes_with_its_own_comment_only():
    text = "a = 1 # about a\n# about b\nb = [\n  1, # one\n]\nc = 3"
    assert remove_value(text, "a") == "# about b\nb = [\n  1, # one\n]\nc = 3"
    assert remove_value(text, "b") == "a = 1 # about a\n# about b\nc = 3"
    assert remove_value(text, "c") == "a = 1 # about a\n# about b\nb = [\n  1, # one\n]\n"


def test_a_key_is_renamed_and_keeps_its_value():
    after = rename_key(S0, "rounds[1].gates[1].at_least", "above")
    assert changes(S0, after) == ["-at_least = 70", "+above = 70"]
    text = 'gates = [{ of = "x", "at_least" = 5 }]'
    assert rename_key(text, "gates[1].at_least", "above") == 'gates = [{ of = "x", above = 5 }]'


@pytest.mark.parametrize(
    "change",
    [
        lambda: set_value(S0, "rounding", 1),  # [rounding] stands apart
        lambda: set_value(S0, "groups[1].criteria", []),
        lambda: set_value(S0, "groups[9].seats", 1),
        lambda: set_value("a.b = 1\nc = 2\n", "a.x", 1),  # dotted keys: no table to add to
        lambda: remove_value(S0, "rounding"),
        lambda: remove_value(S0, "choices[1]"),
        lambda: rename_key(S0, "rounds[1].gates[1].at_most", "below"),
    ],
)
def test_what_cannot_be_written_in_place_is_refused(change):
    with pytest.raises(Known) as fault:
        change()
    assert fault.value.code == "scheme.no_such_place"


@pytest.mark.parametrize("preset", preset_ids())
def test_taking_out_what_was_just_put_in_gives_the_same_bytes(preset):
    text = preset_text(preset)
    for key in ("language", "rounds[1].order"):
        if get_value(text, key) is None:
            added = set_value(text, key, "zh-TW" if key == "language" else "ascending")
            assert added != text
            assert remove_value(added, key) == text
    assert get_value(remove_value(text, "language"), "language") is None
