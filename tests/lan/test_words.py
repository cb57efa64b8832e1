"""Every sentence the page and the LAN use exists in every language, with the same placeholders."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from venue_app.base.i18n import LANGUAGES, catalogue
from venue_app.base.paths import resources

ROOT = Path(__file__).parents[2]
SCRIPTS = {f.name: f.read_text(encoding="utf-8") for f in sorted((resources() / "web").glob("*.js"))}
#: Keys that are put together from a part that varies.
VARIED = {
    "mode.${welcome.mode}": ["mode.official", "mode.rehearsal"],
    "mode.${welcome.mode}_note": ["mode.official_note", "mode.rehearsal_note"],
    "link.${link}": ["link.online", "link.connecting", "link.offline"],
    "over.${why}": ["over.released", "over.replaced", "over.version"],
    "over.${why}_text": ["over.released_text", "over.replaced_text", "over.version_text"],
}


def used() -> set[str]:
    found: set[str] = set()
    for text in SCRIPTS.values():
        for call in re.findall(r"\btr\(([^()]*)", text):
            found.update(re.findall(r"[\"']([a-z_]+(?:\.[a-z_]+)*)[\"']", call.split("{")[0]))
            found.update(x for t in re.findall(r"`([^`]+)`", call) for x in VARIED[t])
        found.update(re.findall(r'key: "([a-z.]+)"', text))
    return found


def test_the_page_says_only_what_the_catalogues_have() -> None:
    keys = {f"station.{key}" for key in used()}
    assert len(keys) > 70
    for language in LANGUAGES:
        assert sorted(keys - catalogue(language).keys()) == []


@pytest.mark.parametrize("area", ["lan", "station"])
def test_all_languages_hold_the_same_keys_and_placeholders(area: str) -> None:
    holders = [
        {
            k: set(re.findall(r"{(\w+)}", v))
            for k, v in catalogue(language).items()
            if k.startswith(f"{area}.")
        }
        for language in LANGUAGES
    ]
    assert len(holders[0]) > 15
    assert holders[0] == holders[1] == holders[2]


def test_every_fault_of_the_lan_has_its_sentence_and_every_sentence_its_fault() -> None:
    source = "".join(f.read_text(encoding="utf-8") for f in (ROOT / "venue_app/lan").glob("*.py"))
    raised = set(re.findall(r'Known\(\s*"(lan\.[a-z_]+)"', source))
    said = {k.replace(".error", "") for k in catalogue("zh-CN") if k.startswith("lan.error.")}
    assert raised == said


def test_the_page_has_no_words_of_its_own() -> None:
    """Chinese stands in the catalogues; a script may hold only the names of the languages."""
    names = {"简体中文", "繁體中文"}
    for name, text in SCRIPTS.items():
        code = re.sub(r"//.*", "", text)
        assert set(re.findall(r"[一-鿿]+", code)) <= names, name
