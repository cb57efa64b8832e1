"""The form of any plan, what is typed into it, and the plan in plain words: without a window."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest

from ui import words
from ui.screens.scheme.cards import presets
from ui.screens.scheme.draft import Draft, Edit, Examined, examined, remarks
from ui.screens.scheme.fields import Field, Form, belongs
from ui.screens.scheme.form import scheme_form
from ui.screens.scheme.plan import plan_parts
from ui.screens.scheme.scalars import MODES
from ui.screens.scheme.typed import NotRead, ends, many_seconds, number, put, seconds
from venue_app.base.i18n import LANGUAGES, catalogue
from venue_app.scheme import Problem, load_scheme, preset_ids, preset_text
from venue_app.scheme.components import KINDS, Component
from venue_app.scheme.explain import plain_text
from venue_app.scheme.model import Plan
from venue_app.scheme.read import KIND_MODULES, keys

S0 = preset_text("s0-county-self-nomination")


def form_of(text: str) -> Form:
    return scheme_form(load_scheme(text, "plan"))


def draft(text: str = S0) -> Draft:
    return Draft("preset", "plan", text)


def typed(start: Draft, **changes: str) -> Draft:
    """Type into fields; `__` stands for a dot, `_1_` for `[1]`."""
    places = form_of(start.base).by_key()
    for key, text in changes.items():
        field = places[key]
        start = start.typed(key, Edit(field.kind, text, field.optional), field.shown)
    return start


def after(**changes: str) -> Examined:
    return examined(typed(draft(), **changes))


# ---- every preset ----


@pytest.mark.parametrize("preset", preset_ids())
def test_a_form_has_each_value_once_and_says_what_the_file_says(preset):
    form = form_of(preset_text(preset))
    found = [field.key for field in form.fields()]
    assert len(found) == len(set(found)) > 30
    scheme = load_scheme(preset_text(preset), "plan")
    for field in form.fields():
        if field.kind in ("number", "choice", "flag", "words") and field.key in scheme.stated:
            assert not field.default, field.key
    assert any(field.default for field in form.fields())


@pytest.mark.parametrize("preset", preset_ids())
def test_writing_out_what_every_field_shows_changes_no_word_of_the_plan(preset):
    """Defaults included: what the form calls the default is what the rules take."""
    text = preset_text(preset)
    before = plain_text(load_scheme(text, "plan"), "zh-CN").replace("〔默认〕", "")
    stated = text
    for field in form_of(text).fields():
        if field.kind not in ("inclusive", "words"):
            stated = put(stated, field.key, field.kind, field.shown, optional=field.optional)
    assert stated != text
    plan = load_scheme(stated, "plan")
    assert plain_text(plan, "zh-CN").replace("〔默认〕", "") == before
    left = [field for field in scheme_form(plan).fields() if field.default and field.shown not in ("", "[]")]
    assert left == []


def scalars(model: Any, seen: set[Any]) -> Iterator[tuple[str, Any]]:
    """Every key of the scheme language that the form may show, with its hint."""
    if model in seen or model.__name__ in ("Condition", "Formula", "Rounding", "Tie", "Text"):
        return
    seen.add(model)
    for name, (_spec, hint) in keys(model).items():
        for part in parts(hint):
            if part is Component:
                for kind in KINDS.values():
                    yield from scalars(kind, seen)
            elif dataclasses.is_dataclass(part):
                yield from scalars(part, seen)
        yield f"{model.__name__.lower()} {name}", hint


def parts(hint: Any) -> list[Any]:
    if get_origin(hint) is Annotated:
        return parts(get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType, tuple):
        return [p for h in get_args(hint) if h not in (types.NoneType, Ellipsis) for p in parts(h)]
    return [hint]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_scheme_language_can_be_shown(language):
    assert KIND_MODULES
    known = catalogue(language)
    structural = {"id", "format", "kind", "composite", "note", "code", "passed", "formula", "when", "cases"}
    lacking = []
    for name, hint in scalars(Plan, set()):
        owner, key = name.split()
        plain = [p for p in parts(hint) if p is not str]
        if not plain or key in structural or key in ("components", "groups", "stages", "ballots", "rounds"):
            continue
        if key in ("intake", "choices", "terms", "prefer", "any_of"):
            continue
        if f"scheme_screen.key.{owner}_{key}" not in known and f"scheme_screen.key.{key}" not in known:
            lacking.append(name)
        for part in plain:
            if get_origin(part) is Literal:
                lacking += [
                    f"{name} {value}"
                    for value in get_args(part)
                    if f"scheme_screen.value.{key}.{value}" not in known
                ]
    lacking += [kind for kind in KINDS if f"scheme_screen.kind.{kind}" not in known]
    lacking += [mode for mode in MODES if f"scheme_screen.value.mode.{mode}" not in known]
    assert lacking == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_say_what_each_preset_is(language):
    words.switch(language)
    cards = presets()
    assert [card.id for card in cards] == list(preset_ids())
    for card in cards:
        assert str(card.title) and str(card.summary) and "scheme_screen" not in str(card.summary)
    s0 = next(card for card in cards if card.id.startswith("s0"))
    sizes = {"zh-CN": "评委组 7 席", "zh-TW": "評委組 7 席", "en": "Panel: 7 seats"}
    assert sizes[language] in str(s0.sizes) and "2:1" in str(s0.sizes)


# ---- what is typed ----


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("8:00", 480),
        ("8", 480),
        ("８：30", 510),
        ("8分30秒", 510),
        ("30秒", 30),
        ("90s", 90),
        ("0:30", 30),
        ("10分钟", 600),
    ],
)
def test_times_as_people_write_them(text, whole):
    assert seconds(text) == whole


@pytest.mark.parametrize("text", ["", "八分", "8:60", "-1", "1.5", "1:2:3"])
def test_times_that_mean_nothing_are_refused(text):
    with pytest.raises(NotRead):
        seconds(text)


def test_several_times():
    assert many_seconds("3:00、1:00，30秒") == [180, 60, 30]
    assert many_seconds(" ") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("７", 7),
        ("0。15", Decimal("0.15")),
        (" 2 ", 2),
        ("2/3", "2/3"),
        ("五", "五"),
        ("1e3", "1e3"),
        ("", ""),
    ],
)
def test_numbers_stay_what_they_are(text, value):
    assert number(text) == value and type(number(text)) is type(value)


def test_ends_of_a_band():
    assert ends("24–30") == ends("24-30") == ends("24 至 30") == ends("２４～３０") == (24, 30)
    assert ends("0–14.9") == (0, Decimal("14.9"))
    with pytest.raises(NotRead):
        ends("24")


# ---- a draft ----


def test_only_the_line_that_was_changed_differs_and_comments_stay():
    found = after(**{"groups[1].seats": "9"})
    assert found.text == S0.replace("seats = 7", "seats = 9")
    assert "# 因报名人数不足5人取消开考" in found.text
    assert found.digest == hashlib.sha256(found.text.encode()).hexdigest()
    assert found.good is not None and found.good.groups[0].seats == 9


def test_typed_back_is_the_same_file_again():
    changed = typed(draft(), **{"title": "别的名称", "groups[1].criteria[1].title": "内容"})
    assert examined(changed).text != S0
    back = typed(
        changed, **{"title": "公开自荐副科级领导干部方案", "groups[1].criteria[1].title": "演讲内容"}
    )
    assert back.edits == {}
    assert examined(back).text == S0  # with its names in three languages


def test_a_new_name_holds_in_every_language():
    scheme = after(**{"groups[1].criteria[1].title": "专业知识"}).good
    assert scheme is not None
    assert {scheme.groups[0].criteria[0].title.say(lang) for lang in LANGUAGES} == {"专业知识"}


def test_the_common_numbers_of_a_county():
    scheme = after(
        **{
            "stages[1].limit_s": "6:30",
            "stages[1].warnings_s": "3:00, 0:30",
            "groups[1].trim.high": "2",
            "groups[1].trim.on": "criteria",
            "groups[1].rounding": "truncate/3",
            "groups[1].criteria[1].bands[2]": "12.5–23.9",
            "groups[1].criteria[1].bands[3]": "0–12.4",
            "intake.minimum_entries": "3",
            "intake.most_posts": "2",
            "components[5].terms[1].weight": "0.25",
            "components[5].terms[2].weight": "0.55",
            "rounds[1].ratio": "1.5",
            "rounds[1].gates[1].at_least": "72.5",
            "rounds[1].gates[1].at_least.included": "false",
            "rounds[1].gates[1].out_of": "100",
            "rounds[1].ties": json.dumps([{"by": "live"}, {"lot": True}]),
        }
    ).good
    assert scheme is not None
    stage, group, rule = scheme.stages[0], scheme.groups[0], scheme.rounds[0]
    assert (stage.limit_s, stage.warnings_s) == (390, (180, 30))
    assert (group.trim[0].high, group.trim[0].low, group.trim[0].on) == (2, 1, "criteria")
    assert group.rounding is not None and (group.rounding.mode, group.rounding.places) == ("truncate", 3)
    band = group.criteria[0].bands[1]
    assert (band.low, band.high) == (Decimal("12.5"), Decimal("23.9"))
    assert (scheme.intake.minimum_entries, scheme.intake.most_posts) == (3, 2)
    gate = rule.gates[0]
    assert (gate.at_least, gate.above, gate.out_of) == (None, Decimal("72.5"), Decimal(100))
    assert rule.ratio == Decimal("1.5")
    assert [(tie.by, tie.lot) for tie in rule.ties] == [("live", False), ("", True)]


def test_an_optional_number_goes_when_it_is_emptied():
    found = after(**{"rounds[1].ratio": ""})
    assert found.good is not None and found.good.rounds[0].ratio is None
    assert found.text == S0.replace("ratio = 2\n", "")


def test_a_weight_tells_what_it_comes_to():
    form = after(**{"components[5].terms[1].weight": "0.20", "components[5].terms[2].weight": "0.6"}).form
    assert form is not None
    section = next(s for s in form.sections if s.key == "components")
    said = [str(part) for block in section.blocks for line in getattr(block, "lines", ()) for part in line]
    assert "满分 100，计入 20 分" in said and "满分 100，计入 60 分" in said


# ---- what is wrong ----


@pytest.mark.parametrize(
    ("key", "text", "beside", "words_"),
    [
        ("groups[1].minimum", "9", "groups[1].minimum", "1 … 7"),
        ("groups[1].seats", "七", "groups[1].seats", "应是整数"),
        ("groups[1].trim.high", "7", "groups[1].trim.high", "评委组 · 去掉最高分和最低分"),
        ("groups[1].criteria[1].maximum", "25", "groups[1].criteria[1].bands[1]", "24 … 30"),
        ("groups[1].criteria[1].step", "0.7", "groups[1].criteria[1].step", "0.7"),
        ("stages[1].limit_s", "0:50", "stages[1].warnings_s", "60"),
        ("stages[1].limit_s", "八分", "stages[1].limit_s", "8:00"),
        ("stages[1].at_end", "penalty", "stages[1].title", "演讲 · 超时扣分"),
        ("components[5].terms[1].weight", "0.2", "components[5].maximum", "95"),
        ("rounds[1].gates[1].at_least", "95", "rounds[1].gates[1].at_least", "≤ 90"),
        ("rounds[1].count", "3", "rounds[1].count", "ratio"),
        ("id", "a b", "id", "a b"),
    ],
)
def test_a_problem_stands_beside_its_field(key, text, beside, words_):
    found = after(**{key: text})
    assert found.good is None
    said, rest = remarks(found, form_of(S0))
    assert rest == []
    assert beside in said
    assert words_ in str(said[beside][0].text)
    assert said[beside][0].error


def test_the_sentence_calls_the_field_as_the_form_does():
    said, _rest = remarks(after(**{"groups[1].minimum": "9"}), form_of(S0))
    sentence = str(said["groups[1].minimum"][0].text)
    assert "评委组 · 至少有效评分份数" in sentence and "groups[1]" not in sentence


def test_a_doubt_is_said_and_stops_nothing():
    text = S0.replace("maximum = 90\n", "").replace("maximum = 100\nlater = true\n", "later = true\n")
    found = examined(draft(text))
    assert found.good is not None and found.errors == 0
    said, _rest = remarks(found, form_of(text))
    assert [r.error for r in said["components[5].title"]] == [False]


@pytest.mark.parametrize(
    ("about", "keys_", "wanted"),
    [
        ("a[1].b", ["a[1].b.c", "a[1].b"], "a[1].b"),
        ("a[1].b", ["a[1].bb", "a[1].b.c"], "a[1].b.c"),
        ("a[1].b[2].c", ["a[1].x", "a[2].b[2].c"], "a[1].x"),
        ("a[1].b[2]", ["c"], ""),
        ("", ["c"], ""),
    ],
)
def test_the_nearest_field(about, keys_, wanted):
    assert belongs(Problem("x", "f", 1, about, "", ""), keys_) == wanted


def test_what_the_form_cannot_write_is_said_beside_the_field():
    text = S0.replace('[rounding]\nplaces = 2\nmode = "half-up"\n', "").replace(
        'trim = { high = 1, low = 1, on = "totals" }', "trim.high = 1\ntrim.low = 1"
    )
    found = examined(typed(draft(text), **{"groups[1].trim.on": "criteria"}))
    assert found.good is None
    said, _rest = remarks(found, form_of(text))
    assert "请先在文件里写上它" in str(said["groups[1].trim.on"][0].text)
    assert found.text == text


# ---- plain words ----


def test_the_plan_marks_defaults_and_what_has_changed():
    before = load_scheme(S0, "plan")
    now = after(**{"groups[1].trim.high": "2", "rounds[1].replacement": "next"}).good
    assert now is not None
    lines = [line for part in plan_parts(now, before, "zh-CN") for line in part.lines]
    assert [line.text for line in lines if line.changed] == [
        "去掉2个最高分和1个最低分",
        "有人退出的，依次递补",
    ]
    first = [line for part in plan_parts(before, None, "zh-CN") for line in part.lines]
    assert [line.text for line in first if line.default] == [
        "依次抽签：考生出场顺序",
        "抽签时不在场的，剩下的签归其所有",
        "抽签后才到的，不得参加",
        "有人退出的，不递补",
    ]
    assert "有人退出的，依次递补" not in [line.text for line in lines if line.default]
    assert sum(line.default for line in lines) == 3


def test_the_same_sentence_twice_is_changed_only_where_it_is_new():
    before = load_scheme(S0, "plan")
    now = after(**{"stages[2].limit_s": "8:00", "stages[2].title": "演讲"}).good
    assert now is not None
    times = next(part for part in plan_parts(now, before, "zh-CN") if part.title == "时间")
    assert [line.changed for line in times.lines] == [False, True]


def test_what_was_typed_stands_in_the_form_again():
    form = form_of(S0).with_typed({"title": "甲"})
    titles = [field for field in form.fields() if field.key == "title"]
    assert titles == [dataclasses.replace(titles[0], shown="甲", default=False)]
    assert isinstance(titles[0], Field)
