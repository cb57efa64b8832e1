"""Every sentence exists in every language, takes the same parameters, and is asked for."""

from __future__ import annotations

import ast
import re

import pytest

from tests.arch import keys
from tests.arch.code import ROOT
from venue_app.base.i18n import LANGUAGES, catalogue

WORDS = {language: catalogue(language) for language in LANGUAGES}
PLANS = {page.name: page.read_text("utf-8") for page in (ROOT / "resources/schemes").glob("*.toml")}
AREAS = {key.partition(".")[0] for key in WORDS["zh-CN"]}

#: Beginnings of keys that are put together from data, with where that is done.
COMPUTED: dict[str, str] = {}


@pytest.fixture(scope="module")
def asked() -> keys.Asked:
    return keys.asked(AREAS)


def test_one_file_an_area_in_each_language():
    folders = {p.name: p for p in (ROOT / "resources/translations").iterdir() if p.is_dir()}
    assert set(folders) == set(LANGUAGES)
    files = {name: {f.name for f in folder.iterdir()} for name, folder in folders.items()}
    assert files["zh-TW"] == files["zh-CN"] == files["en"]


@pytest.mark.parametrize("language", ["zh-TW", "en"])
def test_same_keys_with_the_same_placeholders(language):
    ours = {key: set(keys.placeholders(text)) for key, text in WORDS[language].items()}
    assert ours == {key: set(keys.placeholders(text)) for key, text in WORDS["zh-CN"].items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_empty_or_unwritten(language):
    wrong = {k: t for k, t in WORDS[language].items() if not t.strip() and not k.endswith(("comma", "join"))}
    assert wrong == {}


def test_english_is_english():
    chinese = re.compile(r"[\u4e00-\u9fff]")
    # A language names itself in itself; quoted forms and file names are what they are.
    assert [
        k for k, t in WORDS["en"].items() if chinese.search(re.sub(r"[“\"(（][^”\")）]*[”\")）]", "", t))
    ] == []


#: The character set of schools and offices there: whoever writes the other script falls out of it sooner or later.
SCRIPTS = {"zh-CN": "gb2312", "zh-TW": "big5"}
#: Characters of both scripts that one of them writes for something else.
ELSEWHERE = {"zh-TW": re.compile("后|里面|松開|干部|准備")}


def strange(text: str, language: str) -> list[str]:
    """Chinese characters of `text` that are not those of the language's script."""
    han = re.findall(r"[\u3400-\u9fff]", text)
    wrong = [sign for sign in han if not sign.encode(SCRIPTS[language], "ignore")]
    return wrong + ELSEWHERE.get(language, re.compile("(?!)")).findall(text)


@pytest.mark.parametrize("language", SCRIPTS)
def test_each_chinese_is_written_in_its_own_script(language):
    told = dict(WORDS[language])
    manuals = ROOT / "resources/manuals" / language
    told |= {page.name: page.read_text("utf-8") for page in manuals.iterdir() if page.suffix == ".md"}
    assert len(told) > len(WORDS[language])
    told |= {
        f"{name}: {said}": said
        for name, plan in PLANS.items()
        for said in re.findall(rf'"{language}"\s*=\s*"([^"]*)"', plan)
    }
    assert {key: wrong for key, text in told.items() if (wrong := strange(text, language))} == {}


def test_the_other_script_would_be_seen():
    assert strange("评分已齊", "zh-TW") == ["评"] and strange("評分已齊", "zh-CN") == ["評", "齊"]
    assert strange("以后", "zh-TW") and not strange("以後", "zh-TW")


def test_what_the_code_asks_for_is_there(asked):
    assert len(asked.must) > 400, "the search finds too little"
    missing = [f"{where}: {key}" for key, where in asked.must.items() if key not in WORDS["zh-CN"]]
    assert not missing, "\n".join(missing)


def test_what_the_code_builds_leads_somewhere(asked):
    all_keys = WORDS["zh-CN"]
    lost = [
        f"{where}: {p}"
        for p, where in asked.patterns.items()
        if not any(re.fullmatch(p, k) for k in all_keys)
    ]
    assert not lost, "\n".join(lost)


def test_every_placeholder_is_filled(asked):
    assert len(asked.given) > 400, "the search finds too little"
    wrong = []
    for key, where, names in asked.given:
        wanted = set(keys.placeholders(WORDS["zh-CN"].get(key, "")))
        if not wanted <= names:
            wrong.append(f"{where}: {key} lacks {sorted(wanted - names)}")
    assert not wrong, "\n".join(wrong)


def test_no_sentence_is_stale(asked):
    stale = [k for k in WORDS["zh-CN"] if not asked.used(k) and not k.startswith(tuple(COMPUTED))]
    assert not stale, "\n".join(stale)


def test_the_search_sees_each_way_of_asking(monkeypatch):
    code = """
tr("room.a", lot=1)
tr_in(lang, "room.b")
raise Known("room.c", why=2)
x = {"k": "room.d"}
tr(f"room.{kind}.e")
raise Known(f"room.f_{kind}")
Check("room.g", True)
Say("room.h", **params)
"""
    monkeypatch.setattr(keys, "tree", lambda _: ast.parse(code))
    found = keys.Asked()
    keys._asked_by("x.py", {"room"}, found)  # type: ignore[arg-type]
    assert set(found.must) == {"room.a", "room.b", "room.error.c", "room.h"}
    assert set(found.patterns) == {r"room\..+\.e", r"room\.error\.f_.+"}
    assert [(key, set(names)) for key, _, names in found.given] == [
        ("room.a", {"lot"}),
        ("room.b", set()),
        ("room.error.c", {"why"}),
    ]
    assert found.used("room.d") and found.used("room.x.e") and found.used("room.g.open")
    assert not found.used("room.z")


def test_the_readme_says_what_is_so():
    readme = (ROOT / "resources/translations/README.md").read_text(encoding="utf-8")
    for key in re.findall(r"is `([a-z_.]+)`", readme):
        assert key in WORDS["zh-CN"], f"the README's example {key}"
    assert re.findall(r"is `([a-z_.]+)`", readme)
