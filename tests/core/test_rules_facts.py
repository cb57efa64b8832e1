"""Facts that contradict the scheme are named with their place; nothing is mended."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from tests.core.rules_world import entries, panel_scheme, refused, scheme_of
from venue_app.base.i18n import LANGUAGES, say
from venue_app.rules import compute
from venue_app.rules.facts_read import examine_facts, load_facts

SCHEME = scheme_of(
    """
[[groups]]
id = "panel"
title = "评委组"
seats = 3
[[groups.criteria]]
id = "total"
title = "总分"
maximum = 100
step = 0.5
[[ballots]]
id = "b"
kind = "grades"
title = "测评"
classes = [{ id = "up", title = "上级" }]
grades = [{ id = "good", title = "好", points = 100 }]
items = [{ id = "x", title = "德" }]
[[ballots]]
id = "pick"
kind = "choose"
title = "推荐"
[[stages]]
id = "s"
title = "演讲"
limit_s = 60
warnings_s = []
[[components]]
id = "w"
kind = "imported"
title = "笔试"
maximum = 30
[[components]]
id = "i"
kind = "panel"
title = "面试"
group = "panel"
[[components]]
id = "c"
kind = "sum"
title = "综合"
terms = [{ of = "w" }, { of = "i", weight = 0.7 }]
[[rounds]]
id = "r"
title = "入围"
by = "c"
[[post_outcomes]]
id = "done"
title = "已任用"
"""
)
GOOD: dict[str, Any] = {
    "format": 1,
    "posts": [{"id": "p"}],
    "entries": [{"id": "a", "post": "p"}, {"id": "b", "post": "p"}],
    "values": [{"entry": "a", "component": "w", "value": "25.5"}],
    "sheets": [{"entry": "a", "group": "panel", "seat": 1, "marks": {"total": "88.5"}}],
}
SHEET = {"entry": "a", "group": "panel", "seat": 2, "marks": {"total": "88.5"}}
BOX = {"ballot": "b", "class": "up", "issued": 3}


def _with(**rows):
    return {**GOOD, **rows}


def test_good_facts_are_read():
    facts = load_facts(SCHEME, json.dumps(GOOD), "f.json")
    assert facts.values == {("a", "w"): Decimal("25.5")}
    assert facts.sheets == {("a", "panel"): {1: (885,)}}


def test_numbers_may_stand_without_quotes_and_never_become_floats():
    text = json.dumps(GOOD).replace('"25.5"', "25.1").replace('"88.5"', "88.5")
    facts = load_facts(SCHEME, text, "f.json")
    assert facts.values[("a", "w")] == Decimal("25.1")


BAD = [
    ({"sheets": [{**SHEET, "marks": {"total": "100.5"}}]}, "mark", "sheets[1].marks"),
    ({"sheets": [{**SHEET, "marks": {"total": "88.3"}}]}, "mark", "sheets[1].marks"),
    ({"sheets": [{**SHEET, "marks": {}}]}, "mark", "sheets[1].marks"),
    ({"sheets": [{**SHEET, "marks": {"tone": "8"}}]}, "mark", "sheets[1].marks"),
    ({"sheets": [{**SHEET, "marks": {"total": "abc"}}]}, "number", "sheets[1].marks.total"),
    ({"sheets": [{**SHEET, "marks": {"total": "88.5" + "0" * 27 + "1"}}]}, "mark", "sheets[1].marks"),
    ({"sheets": [{**SHEET, "marks": {"total": "8_8"}}]}, "number", "sheets[1].marks.total"),
    ({"values": [{"entry": "a", "component": "w", "value": "２５"}]}, "number", "values[1].value"),
    ({"sheets": [{**SHEET, "seat": 4}]}, "seat_unknown", "sheets[1].seat"),
    ({"sheets": [{**SHEET, "entry": "z"}]}, "unknown_reference", "sheets[1].entry"),
    ({"sheets": [{**SHEET, "group": "z"}]}, "unknown_reference", "sheets[1].group"),
    ({"sheets": [SHEET, SHEET]}, "twice", "sheets[2]"),
    (
        {"out_seats": [{"entry": "a", "group": "panel", "seat": 1, "state": "recused"}]},
        "sheet_and_out",
        "out_seats[1]",
    ),
    (
        {"out_seats": [{"entry": "a", "group": "panel", "seat": 9, "state": "recused"}]},
        "seat_unknown",
        "out_seats[1].seat",
    ),
    (
        {"out_seats": [{"entry": "a", "group": "panel", "seat": 2, "state": "ill"}]},
        "choice",
        "out_seats[1].state",
    ),
    ({"values": [{"entry": "a", "component": "w", "value": "31"}]}, "out_of_range", "values[1].value"),
    (
        {"values": [{"entry": "a", "component": "i", "value": "30"}]},
        "unknown_reference",
        "values[1].component",
    ),
    ({"values": [*GOOD["values"], *GOOD["values"]]}, "twice", "values[2]"),
    ({"absent": [{"entry": "a", "component": "w"}]}, "absent_and_value", "absent[1]"),
    ({"entries": [{"id": "a", "post": "q"}]}, "unknown_reference", "entries[1].post"),
    ({"entries": [*GOOD["entries"], {"id": "a", "post": "p"}]}, "twice", "entries[3]"),
    ({"entries": [{"id": " ", "post": "p"}]}, "bad_id", "entries[1].id"),
    ({"entries": [{"id": "a"}]}, "missing_key", "entries[1].post"),
    ({"entries": [{"id": "a", "post": "p", "mark": 3}]}, "unknown_key", "entries[1].mark"),
    ({"posts": [{"id": "p", "places": "two"}]}, "integer", "posts[1].places"),
    ({"posts": [{"id": "p", "places": -1}]}, "out_of_range", "posts[1].places"),
    ({"posts": [{"id": "p", "outcome": "gone"}]}, "unknown_reference", "posts[1].outcome"),
    ({"posts": {"id": "p"}, "sheets": {}}, "missing_key", "sheets.entry"),
    ({"panels": [{"group": "panel", "seats": [1, 1]}]}, "seats", "panels[1].seats"),
    ({"barred": [{"entry": "a", "code": "waived", "after": "zz"}]}, "unknown_reference", "barred[1].after"),
    ({"overruns": [{"entry": "a", "stage": "zz", "seconds": 3}]}, "unknown_reference", "overruns[1].stage"),
    ({"lots": [{"round": "zz", "entry": "a", "number": 1}]}, "unknown_reference", "lots[1].round"),
    ({"decided": [{"round": "r", "entries": ["zz"]}]}, "unknown_reference", "decided[1].entries[1]"),
    ({"ballots": [{**BOX, "ballot": "zz"}]}, "unknown_reference", "ballots[1].ballot"),
    ({"ballots": [{**BOX, "class": "down"}]}, "choice", "ballots[1].class"),
    ({"ballots": [{**BOX, "where": "moon"}]}, "nobody_there", "ballots[1].where"),
    (
        {"ballots": [{**BOX, "papers": [{"marks": {"a": {"x": "优"}}}]}]},
        "choice",
        "ballots[1].papers[1].marks.a.x",
    ),
    (
        {"ballots": [{**BOX, "papers": [{"marks": {"a": {"y": "good"}}}]}]},
        "unknown_reference",
        "ballots[1].papers[1].marks.a.y",
    ),
    (
        {"ballots": [{**BOX, "papers": [{"marks": {"z": {"x": "good"}}}]}]},
        "unknown_reference",
        "ballots[1].papers[1].marks.z",
    ),
    ({"ballots": [{**BOX, "papers": [{"marks": {"a": "good"}}]}]}, "table", "ballots[1].papers[1].marks.a"),
    ({"ballots": [{**BOX, "papers": [{"choices": ["a"]}]}]}, "not_with", "ballots[1].papers[1].choices"),
    (
        {"ballots": [{"ballot": "pick", "issued": 1, "papers": [{"others": ["王"]}]}]},
        "not_with",
        "ballots[1].papers[1].others",
    ),
    (
        {"ballots": [{**BOX, "counted": {"valid": 3, "votes": {"a": {"x": {"good": -1}}}}}]},
        "integer",
        "ballots[1].counted.votes.a.x.good",
    ),
    ({"format": 2}, "choice", "format"),
]


@pytest.mark.parametrize(("rows", "code", "key"), BAD)
def test_contradictions(rows, code, key):
    facts, problems = examine_facts(SCHEME, json.dumps(_with(**rows)), "f.json")
    assert facts is None
    assert (problems[0].code, problems[0].key) == (code, key)
    for lang in LANGUAGES:
        words = say(problems[0].known(), lang)
        assert "f.json" in words and key in words and "{" not in words.replace("{ … }", "")


def test_every_fault_is_listed_at_once():
    rows = _with(
        values=[{"entry": "z", "component": "w", "value": "99"}],
        lots=[{"round": "q", "entry": "z", "number": 1}],
    )
    _facts, problems = examine_facts(SCHEME, json.dumps(rows), "f.json")
    assert [p.key for p in problems] == [
        "values[1].entry",
        "values[1].value",
        "lots[1].round",
        "lots[1].entry",
    ]


def test_broken_json_names_the_line():
    fault = refused(lambda: load_facts(SCHEME, '{"format": 1,\n "posts": [}', "f.json"))
    assert (fault.code, fault.params["key"]) == ("rules.facts_syntax", "2:12")


def test_missing_parts_are_not_yet_never_zero():
    results = compute(
        panel_scheme(),
        load_facts(
            panel_scheme(), json.dumps({"format": 1, "posts": [{"id": "p"}], "entries": entries("a")}), "f"
        ),
    )
    item = results.entries["a"]
    assert (item.composite, item.rank, item.outcome.code) == (None, None, "not_yet")


def test_marks_of_a_person_count_for_all_their_posts():
    scheme = panel_scheme(3, 'per = "person"')
    rows: dict[str, Any] = {
        "format": 1,
        "posts": [{"id": "p"}, {"id": "q"}],
        "entries": [
            {"id": "1", "candidate": "a", "post": "p", "preference": 1},
            {"id": "2", "candidate": "a", "post": "q", "preference": 2},
        ],
        "sheets": [
            {"entry": "a", "group": "panel", "seat": s, "marks": {"total": m}}
            for s, m in ((1, 80), (2, 85), (3, 90))
        ],
    }
    results = compute(scheme, load_facts(scheme, json.dumps(rows), "f.json"))
    assert [results.value(n, "c") for n in "12"] == [Decimal("85.00")] * 2
    rows["sheets"][0]["entry"] = "1"
    assert refused(lambda: load_facts(scheme, json.dumps(rows), "f.json")).params["key"] == "sheets[1].entry"
