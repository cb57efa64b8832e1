"""Reading schemes: every fault with its file, line and key; what is found and what is accepted."""

from __future__ import annotations

import hashlib
import tomllib
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.core.rules_world import HEAD, refused, scheme_of
from venue_app.base.i18n import LANGUAGES, catalogue, say
from venue_app.base.paths import resources
from venue_app.scheme import Sum, examine, load_scheme, preset_ids, preset_text
from venue_app.scheme.edit import common_keys, get_value, parse_key, set_value
from venue_app.scheme.formula import FormulaError, parse
from venue_app.scheme.jsonschema import json_schema
from venue_app.scheme.lines import dotted, locate

BODY = """composite = "c"

[[groups]]
id = "panel"                      # seven of them
title = { zh-CN = "评委组", en = "Panel" }
seats = 7
trim = { high = 1, low = 1 }

[[groups.criteria]]
id = "x"
title = "要素"
maximum = 60
step = 0.5
bands = [
  { title = "好", low = 40, high = 60 },
  { title = "差", low = 0, high = 39.5 },
]

[[groups.criteria]]
id = "y"
title = "风度"
maximum = 40

[[stages]]
id = "speech"
title = "演讲"
limit_s = 300
warnings_s = [60, 30]

[[ballots]]
id = "b"
kind = "grades"
title = "测评"
grades = [{ id = "good", title = "好", points = 100 }]

[[components]]
id = "w"
kind = "imported"
title = "笔试"

[[components]]
id = "i"
kind = "panel"
title = "面试"
group = "panel"

[[components]]
id = "c"
kind = "sum"
title = "综合成绩"
terms = [
  { of = "w", weight = 0.4 },
  { of = "i", weight = "3/5" },
]

[[rounds]]
id = "r"
title = "入围"
by = "c"
ratio = 1.5
[[rounds.gates]]
of = "c"
at_least = 60
"""
TEXT = HEAD + BODY


def _line(words, text=TEXT):
    """The line on which words first stand."""
    return text[: text.index(words)].count("\n") + 1


def test_a_good_scheme():
    scheme = load_scheme(TEXT, "plan.toml")
    assert scheme.digest == hashlib.sha256(TEXT.encode()).hexdigest()
    assert scheme.group("panel").maximum == 100
    assert scheme.group("panel").places == 1
    assert scheme.group("panel").title.say("zh-TW") == "评委组"
    assert scheme.group("panel").title.say("en") == "Panel"
    assert scheme.maximum("c") == 100
    composite = scheme.component("c")
    assert isinstance(composite, Sum) and composite.terms[1].weight == Fraction(3, 5)
    assert scheme.rounds[0].ratio == Decimal("1.5")
    assert "groups[1].trim" in scheme.stated and "groups[1].minimum" not in scheme.stated


# what to replace, with what; the code, the key, words on the faulty line, what is accepted
FAULTS = [
    ("seats = 7", "sets = 7", "unknown_key", "groups[1].sets", "sets = 7", "seats"),
    ("seats = 7", 'seats = "7"', "integer", "groups[1].seats", 'seats = "7"', ""),
    ("seats = 7", "seats = 0", "out_of_range", "groups[1].seats", "seats = 0", "≥ 1"),
    ("seats = 7\n", "", "missing_key", "groups[1].seats", "[[groups]]", "≥ 1"),
    ("seats = 7", "seats = 2", "trim_too_large", "groups[1].trim", "trim =", "≤ 1"),
    ("high = 1,", "hihg = 1,", "unknown_key", "groups[1].trim.hihg", "trim =", "high"),
    ("step = 0.5", "step = 0", "out_of_range", "groups[1].criteria[1].step", "step = 0", "> 0"),
    ("step = 0.5", "step = 0.7", "step_misses", "groups[1].criteria[1].step", "step = 0.7", "60"),
    (
        "maximum = 60\nstep = 0.5",
        f"maximum = 9{'0' * 28}.5\nstep = 1",
        "step_misses",
        "groups[1].criteria[1].step",
        "step = 1",
        "9",
    ),
    (
        "step = 0.5",
        "step = 0.5\nminimum = -5",
        "out_of_range",
        "groups[1].criteria[1].minimum",
        "minimum =",
        "≥ 0",
    ),
    (
        "ratio = 1.5",
        'ratio = 1.5\nclose = { count = 9, margin = 1 }\nquotas = [{ each = "u", at_most = 1 }]',
        "not_with",
        "rounds[1].quotas",
        "quotas =",
        "quotas | close",
    ),
    (
        "ratio = 1.5",
        'ratio = 1.5\ntake = "decided"\nquotas = [{ each = "u", at_most = 1 }]',
        "not_with",
        "rounds[1].quotas",
        "quotas =",
        'take = "best"',
    ),
    (
        "ratio = 1.5",
        'ratio = 1.5\ntake = "decided"\nclose = { count = 9, margin = 1 }',
        "not_with",
        "rounds[1].close",
        "close =",
        'take = "best"',
    ),
    (
        "ratio = 1.5",
        "ratio = 1.5\nreplace_at_most = 1",
        "not_with",
        "rounds[1].replace_at_most",
        "replace_at_most",
        'replacement = "next"',
    ),
    ("step = 0.5", "step = nan", "number", "groups[1].criteria[1].step", "step = nan", ""),
    ("high = 39.5", "high = 40", "band_overlaps", "groups[1].criteria[1].bands[2]", '"差"', "40 … 60"),
    (
        "low = 40, high = 60",
        "low = 40, high = 61",
        "band_outside",
        "groups[1].criteria[1].bands[1]",
        '"好", low',
        "0 … 60",
    ),
    ('en = "Panel"', 'fr = "Jury"', "unknown_key", "groups[1].title.fr", "评委组", "zh-CN | zh-TW | en"),
    ('id = "y"', 'id = "x"', "twice", "groups[1].criteria[2].id", 'title = "风度"', ""),
    (
        "warnings_s = [60, 30]",
        "warnings_s = [60, 300]",
        "out_of_range",
        "stages[1].warnings_s[2]",
        "warnings_s",
        "1 … 299",
    ),
    ('kind = "grades"', 'kind = "grade"', "choice", "ballots[1].kind", 'kind = "grade"', '"grades"'),
    ('kind = "imported"', 'kind = "importd"', "choice", "components[1].kind", '"importd"', "imported"),
    ('kind = "imported"\n', "", "missing_key", "components[1].kind", 'id = "w"', "imported"),
    ('id = "w"', 'id = "2w"', "bad_id", "components[1].id", '"2w"', ""),
    ('group = "panel"', 'group = "panle"', "unknown_reference", "components[2].group", '"panle"', "panel"),
    ('of = "w"', 'of = "v"', "unknown_reference", "components[3].terms[1].of", 'of = "v"', "w | i | c"),
    ('of = "w"', 'of = "c"', "cycle", "components[3]", 'id = "c"\nkind', ""),
    ('weight = "3/5"', 'weight = "3/0"', "number", "components[3].terms[2].weight", '"3/0"', ""),
    ("ratio = 1.5", "ratio = 0", "out_of_range", "rounds[1].ratio", "ratio = 0", "> 0"),
    ("ratio = 1.5", "ratio = 1\ncount = 2", "not_with", "rounds[1].count", "count = 2", "ratio | count"),
    (
        "at_least = 60",
        "at_least = 101",
        "out_of_reach",
        "rounds[1].gates[1].at_least",
        "at_least = 101",
        "≤ 100",
    ),
    ("at_least = 60", "above = 100", "out_of_reach", "rounds[1].gates[1].above", "above = 100", "< 100"),
    (
        "at_least = 60",
        'at_least = "z"',
        "unknown_reference",
        "rounds[1].gates[1].at_least",
        '"z"',
        "w | i | c",
    ),
    (
        "at_least = 60",
        "",
        "some_of",
        "rounds[1].gates[1]",
        "[[rounds.gates]]",
        "at_least | above | at_most | below",
    ),
    ('composite = "c"', 'composite = "d"', "unknown_reference", "composite", 'composite = "d"', "w | i | c"),
    ("format = 1", "format = 2", "choice", "format", "format = 2", "1"),
    (
        'title = "综合成绩"',
        'title = "综合成绩"\nmaximum = 110',
        "full_marks_differ",
        "components[3].maximum",
        "maximum = 110",
        "100",
    ),
]


@pytest.mark.parametrize(("old", "new", "code", "key", "there", "accepted"), FAULTS)
def test_faults(old, new, code, key, there, accepted):
    assert old in TEXT
    text = TEXT.replace(old, new, 1)
    scheme, problems = examine(text, "plan.toml")
    assert scheme is None
    found = next(p for p in problems if p.error)
    assert (found.code, found.key) == (code, key)
    assert accepted in found.accepted
    near = text[: text.index(there)].count("\n") + 1
    assert abs(found.line - near) <= 1, (found.line, near)
    assert refused(lambda: load_scheme(text, "plan.toml")).code == f"scheme.{code}"
    for lang in LANGUAGES:
        words = say(found.known(), lang)
        assert "plan.toml" in words and str(found.line) in words and key in words
        assert f"scheme.error.{code}" in catalogue(lang)


def test_the_line_is_exact():
    text = TEXT.replace('weight = "3/5"', "wieght = 1")
    found = examine(text, "plan.toml")[1][0]
    assert found.line == _line("wieght", text)
    assert found.accepted == "weight"


def test_broken_toml_names_its_line():
    fault = refused(lambda: load_scheme('format = 1\nid = "x\n', "plan.toml"))
    assert (fault.code, fault.params["line"]) == ("scheme.syntax", 2)


def test_doubts_do_not_stop_a_scheme():
    scheme, problems = examine(TEXT.replace("weight = 0.4", "weight = 0.3"), "plan.toml")
    assert scheme is not None
    assert [(p.code, p.found, p.error) for p in problems] == [("weights_do_not_add", "0.9", False)]
    scheme, problems = examine(TEXT.replace("weight = 0.4", "weight = 1"), "plan.toml")
    assert [(p.code, p.found) for p in problems] == [("full_marks_unusual", "160")]


def test_presets_are_all_usable_without_a_doubt():
    assert len(preset_ids()) >= 11
    for preset in preset_ids():
        scheme, problems = examine(preset_text(preset), preset)
        assert scheme is not None and scheme.id == preset
        assert problems == ()
        assert scheme.choices, "a preset names the readings it takes"
        for text in (scheme.title, *scheme.choices, *(c.title for c in scheme.components)):
            assert [lang for lang, words in text.by if words] == list(LANGUAGES)
    assert refused(lambda: preset_text("nothing")).code == "scheme.no_preset"


PLACES = """a = 1
[b]
"c d" = 'x'   # note [not a table]
e.f = [ 1, # one
  { g = "}", h = [2, 3] },
]
[[i]]
j = \"\"\"two
lines\"\"\"
[[i]]
[i.k]
l = 1979-05-27
[[i.m]]
n = true
"""


def test_places_of_keys():
    places = locate(PLACES)
    assert tomllib.loads(PLACES)["i"][1]["m"][0]["n"] is True
    lines = {dotted(path): place.line for path, place in places.items()}
    expected = {
        "a": 1,
        "b": 2,
        "b.c d": 3,
        "b.e": 4,
        "b.e.f": 4,
        "b.e.f[1]": 4,
        "b.e.f[2]": 5,
        "b.e.f[2].g": 5,
    }
    expected |= {
        "b.e.f[2].h": 5,
        "b.e.f[2].h[1]": 5,
        "b.e.f[2].h[2]": 5,
        "i": 7,
        "i[1]": 7,
        "i[1].j": 8,
        "i[2]": 10,
    }
    expected |= {"i[2].k": 11, "i[2].k.l": 12, "i[2].m": 13, "i[2].m[1]": 13, "i[2].m[1].n": 14}
    assert lines == expected
    spans = {dotted(path): PLACES[place.start : place.end] for path, place in places.items()}
    assert (
        spans["i[1].j"] == '"""two\nlines"""'
        and spans["b.e.f[2].g"] == '"}"'
        and spans["i[2].k.l"] == "1979-05-27"
    )


def test_one_value_changes_and_nothing_else():
    changed = set_value(TEXT, "groups[1].seats", 9)
    assert changed == TEXT.replace("seats = 7", "seats = 9")
    assert set_value(TEXT, "groups[1].trim.high", 2) == TEXT.replace("high = 1", "high = 2", 1)
    assert get_value(TEXT, "components[3].terms[1].weight") == Decimal("0.4")
    assert get_value(TEXT, "components[3].terms[9].weight") is None
    assert parse_key("rounds[1].gates[2].at_least") == ("rounds", 0, "gates", 1, "at_least")


def test_a_key_that_was_not_there_is_added_to_its_table():
    added = load_scheme(set_value(TEXT, "rounds[1].rank_style", "1223"), "x")
    assert added.rounds[0].rank_style == "1223"
    added = load_scheme(set_value(TEXT, "groups[1].trim.when_more_than", 5), "x")
    assert added.groups[0].trim[0].when_more_than == 5
    added = load_scheme(set_value(TEXT, "intake.minimum_entries", 3), "x")
    assert added.intake.minimum_entries == 3
    added = load_scheme(set_value(TEXT, "language", "en"), "x")
    assert added.language == "en"
    assert refused(lambda: set_value(TEXT, "rounds[4].count", 1)).code == "scheme.no_such_place"


def test_the_common_numbers_of_every_preset_can_be_set():
    for preset in preset_ids():
        text = preset_text(preset)
        keys = common_keys(text)
        assert len(keys) >= 2
        for key in keys:
            value = get_value(text, key)
            assert value is not None and set_value(text, key, value) == text


@pytest.mark.parametrize(
    ("text", "at"),
    [("1 +", 3), ("x y", 2), ("(x", 2), ("foo(x)", 0), ("round(x)", 7), ("x ? y", 2), ("", 0), ("2..5", 1)],
)
def test_formulas_that_cannot_be_read(text, at):
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert caught.value.at == at


def test_formulas_name_their_components_once():
    assert parse("笔试 * 0.4 + max(面试, 笔试)").names == ("笔试", "面试")


def test_the_published_schema_is_the_models():
    published = (resources() / "schemes" / "scheme.schema.json").read_text(encoding="utf-8")
    assert published.rstrip("\n") == json_schema(), "write it again: venue-app scheme schema"


def test_full_marks_that_do_not_end_are_none():
    """100/3 + 0.15 × 100 = 48.333…: divided to 28 digits it would look as if it ended."""
    scheme = scheme_of(
        """
[[components]]
id = "a"
kind = "imported"
title = "a"
[[components]]
id = "c"
kind = "sum"
title = "c"
terms = [{ of = "a", weight = "1/3" }, { of = "a", weight = 0.15 }]
[[components]]
id = "d"
kind = "sum"
title = "d"
terms = [{ of = "a", weight = "3/8" }]
"""
    )
    assert scheme.maximum("c") is None
    assert str(scheme.maximum("d")) == "37.5"


@pytest.mark.parametrize(
    ("draw", "key"),
    [
        ('held = ["seats"]', "draw.held"),  # nothing gives candidates their lots
        ('held = ["order", "sessions"]\nhalf_days = ["am"]', "draw.held"),
        ('held = ["order", "seats", "pool"]', "draw.held"),
        ('held = ["order", "order"]', "draw.held"),
        ('held = ["sessions"]', "draw.half_days"),
        ('half_days = ["上午"]', "draw.half_days"),
        (
            'held = ["order", "questions"]\nhalf_days = ["am", "pm"]\nquestion_sets = ["A"]',
            "draw.question_sets",
        ),
        ('parties = ["notary", "notary"]', "draw.parties"),
    ],
)
def test_draws_that_cannot_be_held_are_named(draw, key):
    scheme, problems = examine(f"{preset_text('s0-county-self-nomination')}\n[draw]\n{draw}\n", "x")
    assert scheme is None
    assert [(p.code, p.key) for p in problems] == [("draw", key)]


def test_a_party_there_is_none_of_is_refused():
    scheme, problems = examine(
        f"{preset_text('s0-county-self-nomination')}\n[draw]\nparties = ['mayor']\n", "x"
    )
    assert scheme is None and [p.code for p in problems] == ["choice"]
