"""The pages for browsers: every text colour can be read on what may lie under it, by light and in the dark."""

from __future__ import annotations

import re
from itertools import product

import pytest

from tests.arch.code import ROOT
from ui.theme.colours import contrast
from venue_app.lan.pages import pages

WEB = ROOT / "resources/web"
SHEETS = [*sorted(WEB.glob("*.css")), ROOT / "resources/verifier/src/style.css"]
GROUNDS = ("paper", "surface")
TONES = ("primary", "done", "wait", "alarm", "seal")


def _sets() -> dict[str, dict[str, str]]:
    """The colours of each light by name, as the browser gets them."""
    light, dark = pages()["/palette.css"].body.decode().splitlines()
    return {"light": _named(light), "dark": _named(dark)}


def _named(text: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9A-Fa-f]{6})", text))


def _rules(sheet: str) -> list[tuple[str, dict[str, str]]]:
    """Selector and declarations of each rule, those inside @media too."""
    bare = re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)
    found = re.findall(r"([^{}]+)\{([^{}]*)\}", bare)
    return [
        (
            where.strip(),
            dict(part.split(":", 1) for part in (p.strip() for p in body.split(";")) if ":" in part),
        )
        for where, body in found
    ]


def _used(rule: dict[str, str], name: str) -> str:
    """The colour's name in `color: var(--ink)`, or a written one as #RRGGBB; empty when there is none."""
    value = rule.get(name, "").strip()
    written = re.fullmatch(r"#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})", value)
    if written:
        digits = written[1] if len(written[1]) == 6 else "".join(2 * one for one in written[1])
        return f"#{digits}"
    named = re.fullmatch(r"var\(--([a-z-]+)\)", value)
    return named[1] if named else ""


def _pairs(rule: dict[str, str]) -> list[tuple[str, str]]:
    """Text and ground as a rule puts them together; what it leaves open is the page's."""
    text, ground = _used(rule, "color"), _used(rule, "background")
    if text == "on-fill" and not ground:
        return [(text, tone) for tone in TONES]
    if ground in TONES:
        return [(text or "on-fill", ground)]
    if ground.endswith("-soft") or ground == "line":
        return [(text or "ink", ground)]
    return list(product([text] if text else [], [ground] if ground else GROUNDS))


@pytest.mark.parametrize("file", SHEETS, ids=lambda file: file.parent.name + "/" + file.name)
@pytest.mark.parametrize("light", ["light", "dark"])
def test_every_text_of_a_page_can_be_read(file, light):
    sheet = file.read_text(encoding="utf-8")
    own = _named(sheet)
    if own and light == "dark":
        pytest.skip("this page is light alone")
    colours = {"on-fill": "#FFFFFF", **own} if own else _sets()[light]
    checked, weak = 0, []
    for where, rule in _rules(sheet):
        for text, ground in _pairs(rule):
            a, b = (colours.get(one, one) for one in (text, ground))
            checked += 1
            if contrast(a, b) < 4.5:
                weak.append((where, text, ground, round(contrast(a, b), 2)))
    assert weak == [] and checked >= 9


@pytest.mark.parametrize("file", SHEETS, ids=lambda file: file.parent.name + "/" + file.name)
def test_no_text_is_half_seen_through(file):
    """Opacity takes contrast away from whatever colour was chosen: it is all or nothing."""
    seen = [
        (where, rule["opacity"].strip())
        for where, rule in _rules(file.read_text("utf-8"))
        if "opacity" in rule
    ]
    assert [one for one in seen if one[1] not in ("0", "1")] == []


def test_a_weak_pair_would_be_found():
    rule = {"color": " var(--line)", "background": " var(--surface)"}
    assert _pairs(rule) == [("line", "surface")]
    light = _sets()["light"]
    assert contrast(light["line"], light["surface"]) < 4.5
    assert _pairs({"color": "var(--quiet)"}) == [("quiet", "paper"), ("quiet", "surface")]
    assert _pairs({"color": "var(--on-fill)", "background": "var(--wait)"}) == [("on-fill", "wait")]
