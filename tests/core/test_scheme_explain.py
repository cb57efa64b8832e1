"""The plan in plain words, the working in plain words."""

from __future__ import annotations

import pytest

from tests.core.rules_world import entries, panel_scheme, results_of, scheme_of, sheets
from tests.core.test_rules_ballots import GRADES, SCORE
from venue_app.base.i18n import LANGUAGES
from venue_app.rules import reason_words, sentence, working
from venue_app.scheme import load_scheme, preset_ids, preset_text
from venue_app.scheme.explain import explain, plain_text

SEVEN = ("88.5", "79", "91.2", "85", "85", "90", "82.3")


def _said(scheme, lang, **rows):
    results = results_of(scheme, entries=entries("a"), **rows)
    return sentence(working(results, "a", "c"), lang)


def test_a_panels_mark_as_it_is_read_aloud():
    scheme = panel_scheme()
    rows = sheets("a", *SEVEN)
    assert _said(scheme, "zh-CN", sheets=rows) == (
        "成绩：7位评委的评分，去掉一个最高分91.2，去掉一个最低分79，其余5位合计430.8，平均86.16分。"
    )
    assert _said(scheme, "zh-TW", sheets=rows) == (
        "成绩：7位評委的評分，去掉一個最高分91.2，去掉一個最低分79，其餘5位合計430.8，平均86.16分。"
    )
    assert _said(scheme, "en", sheets=rows) == (
        "成绩: marks of 7 judges, one highest dropped (91.2), one lowest dropped (79), the other 5 add up to 430.8, mean 86.16."
    )


def test_a_recusal_is_said():
    out = [{"entry": "a", "group": "panel", "seat": 3, "state": "recused"}]
    rows = [row for row in sheets("a", *SEVEN) if row["seat"] != 3]
    said = _said(panel_scheme(), "zh-CN", sheets=rows, out_seats=out)
    assert said == (
        "成绩：6位评委的评分，3号席位不评分（共1席），去掉一个最高分90，去掉一个最低分79，其余4位合计340.8，平均85.20分。"
    )


def test_what_is_missing_is_said_as_missing():
    said = _said(panel_scheme(), "zh-CN", sheets=sheets("a", *SEVEN[:6]))
    assert said == "成绩：尚无结果（还差1份评分表）。"


def test_a_ballots_points():
    scheme = scheme_of(GRADES + SCORE)
    papers = [{"marks": {"a": m}} for m in ("good", "good", "fair", "poor")]
    rows = [{"ballot": "b", "issued": 5, "papers": papers}]
    assert _said(scheme, "zh-CN", ballots=rows) == (
        "测评：发出5张，收回4张，有效4张，无效0张；好2票，较好1票，差1票，得80；测评得分80。"
    )
    assert _said(scheme, "en", ballots=rows) == (
        "测评: 5 papers issued, 4 returned, 4 valid, 0 void; 好 2, 较好 1, 差 1, gives 80; ballot points 80."
    )


def test_rounding_is_said_where_it_happened():
    body = "".join(f'[[components]]\nid = "{n}"\nkind = "imported"\ntitle = "{n}"\n' for n in "xy")
    body += '[[components]]\nid = "c"\nkind = "sum"\ntitle = "综合"\nterms = [{ of = "x", weight = 0.3 }, { of = "y", weight = 0.7 }]\n'
    values = [{"entry": "a", "component": n, "value": v} for n, v in (("x", "82.35"), ("y", "77.77"))]
    said = _said(scheme_of(body), "zh-CN", values=values)
    assert (
        said == "综合：x82.35乘0.3得24.705，加y77.77乘0.7得54.439，合计79.144，四舍五入保留2位小数，为79.14。"
    )


def test_a_schemes_own_code_is_said_by_its_title():
    scheme = load_scheme(preset_text("s2-2-bureau-staff-vote"), "s")
    votes = {"a": {"for": 3, "against": 3}}
    rows = [
        {"ballot": "staff", "where": "p", "issued": 6, "members": 6, "counted": {"valid": 6, "votes": votes}}
    ]
    results = results_of(scheme, entries=entries("a"), ballots=rows)
    outcome = results.entries["a"].outcome
    assert outcome.code == "no_majority"
    assert reason_words(outcome, "zh-CN", scheme) == "没有得到多数群众认可：50.00，要求> 50"


@pytest.mark.parametrize("preset", preset_ids())
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_preset_is_explained(preset, lang):
    scheme = load_scheme(preset_text(preset), preset)
    text = plain_text(scheme, lang)
    assert scheme.title.say(lang) in text
    for component in scheme.components:
        assert component.title.say(lang) in text
    for rule in scheme.rounds:
        assert rule.title.say(lang) in text
    assert "{" not in text and "scheme.explain" not in text and "None" not in text


def test_defaults_are_marked_as_defaults():
    lines = [line for paragraph in explain(panel_scheme(), "en") for line in paragraph.lines]
    dropped = next(line for line in lines if line.text.startswith("1 highest"))
    assert dropped.default and dropped.keys == ("groups[1].trim",)
    stated = [
        line for p in explain(panel_scheme(7, "trim = { high = 1, low = 1 }"), "en") for line in p.lines
    ]
    assert not next(line for line in stated if line.text.startswith("1 highest")).default


def test_the_draws_in_plain_words():
    text = preset_text("s0-county-self-nomination")
    plan = 'held = ["sessions", "seats"]\nparties = ["notary"]\nposts = "adjacent"\nlate = "last"\nhalf_days = ["am", "pm"]'
    scheme = load_scheme(f"{text}\n[draw]\n{plan}\n", "x")
    (said,) = [part for part in explain(scheme, "en") if part.title == "Draws"]
    assert [(line.text, line.default) for line in said.lines] == [
        ("Drawn by lot, in this order: candidates to half-days, judges to seats", False),
        ("Beside the program and the hall, these contribute to the draw: notary", False),
        ("candidates of one post follow one another", False),
        ("whoever is not there at the draw keeps the lot that falls to them", True),
        ("whoever comes after the draw has the last lot", False),
        ("half-days: am, pm", False),
        ("judges of one unit never sit in one room", True),
    ]
