"""The manuals: every button they name exists, every figure is drawn, and they print on as many pages as promised."""

from __future__ import annotations

import io
import re
from functools import cache

import pdfplumber
import pypdfium2
import pytest
from click.testing import CliRunner

from tests.arch.code import ROOT
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, catalogue
from venue_app.cli.main import cli
from venue_app.host.manuals import save_manual
from venue_app.reports.manual import MANUALS, manual_pdf
from venue_app.reports.manual.text import Block, read_manual

FOLDER = ROOT / "resources/manuals"
EVERY = [(name, language) for name in MANUALS for language in LANGUAGES]
#: A manual's most pages.
MOST = {"proctor": 6, "judge": 2, "witness": 2}


def source(name: str, language: str) -> str:
    return (FOLDER / language / f"{name}.md").read_text(encoding="utf-8")


def quoted(text: str, language: str) -> list[str]:
    return re.findall("“([^”]+)”" if language == "en" else "「([^」]+)」", text)


@cache
def labels(language: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """What stands on the screens: sentences as they are, and those with places as patterns."""
    all_words = frozenset(catalogue(language).values())
    patterns = []
    for words in all_words:
        said = re.sub(r"\{\w+\}", "", words)
        if "{" in words and len(re.sub(r"[\W\d_]", "", said)) >= 2:
            patterns.append(re.compile(re.sub(r"\\\{\w+\\\}", ".+?", re.escape(words))))
    return all_words, tuple(patterns)


def unknown(text: str, language: str) -> list[str]:
    words, patterns = labels(language)
    found = quoted(text, language)
    return [q for q in found if q not in words and not any(p.fullmatch(q) for p in patterns)]


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_every_button_a_manual_names_exists(name: str, language: str) -> None:
    text = source(name, language)
    assert len(quoted(text, language)) >= 5
    assert unknown(text, language) == []


def test_a_button_that_does_not_exist_is_seen() -> None:
    assert unknown("按「一键改分」，再按「叫下一位：签号 7」。", "zh-CN") == ["一键改分"]
    assert unknown("Press “Change all marks” or “Lot 7 leaves”.", "en") == ["Change all marks"]


@pytest.mark.parametrize("name", MANUALS)
def test_all_languages_say_the_same_in_the_same_places(name: str) -> None:
    shapes = {}
    for language in LANGUAGES:
        blocks = list(read_manual(source(name, language)))
        shapes[language] = [(b.kind, len(b.rows), b.text if b.kind == "figure" else "") for b in blocks]
    assert shapes["zh-TW"] == shapes["zh-CN"]
    assert [s for s in shapes["en"] if s[0] != "paragraph"] == [
        s for s in shapes["zh-CN"] if s[0] != "paragraph"
    ]


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_pages_are_few_full_and_within_their_margins(name: str, language: str) -> None:
    made = manual_pdf(name, language)
    assert made == manual_pdf(name, language)
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        assert 1 <= len(pdf.pages) <= MOST[name]
        for page in pdf.pages:
            assert all(c["x0"] >= 14 and c["x1"] <= page.width - 14 for c in page.chars)
            assert all(c["top"] >= 28 and c["bottom"] <= page.height - 14 for c in page.chars)
            body = [c for c in page.chars if c["bottom"] < page.height - 45]
            assert body, "an empty page"


def test_a_manual_for_somebody_of_sixty_is_set_large() -> None:
    with pdfplumber.open(io.BytesIO(manual_pdf("judge", "zh-CN"))) as pdf:
        sizes = [c["size"] for page in pdf.pages for c in page.chars]
    assert sum(size >= 13.5 for size in sizes) > len(sizes) * 0.6


def test_nothing_of_the_text_is_lost_on_paper() -> None:
    page_text = "".join(
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(manual_pdf("witness", "zh-CN"))
    )
    printed = re.sub(r"\s", "", page_text)
    for block in read_manual(source("witness", "zh-CN")):
        if block.kind != "figure":
            assert re.sub(r"\s", "", block.text) in printed


def test_the_reader_knows_its_pieces() -> None:
    text = "# 甲\n\n## 乙\n\n1. 一行\n  续行\n2. 二\n\n- 点\n\n> 注\n> 续\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![](station)\n\nOne\ntwo"
    assert list(read_manual(text)) == [
        Block("title", "甲"),
        Block("heading", "乙"),
        Block("step", "1. 一行续行"),
        Block("step", "2. 二"),
        Block("point", "点"),
        Block("note", "注续"),
        Block("table", rows=(("a", "b"), ("1", "2"))),
        Block("figure", "station"),
        Block("paragraph", "One two"),
    ]


def test_the_command_writes_the_file_and_knows_what_there_is(tmp_path) -> None:
    out = tmp_path / "judge.pdf"
    done = CliRunner().invoke(cli, ["manual", "judge", "--language", "en", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert out.read_bytes() == manual_pdf("judge", "en")
    with pytest.raises(Known) as caught:
        manual_pdf("cook", "en")
    assert caught.value.code == "manual.unknown"
    with pytest.raises(Known) as caught:
        manual_pdf("judge", "fr")
    assert caught.value.code == "manual.language"


def test_a_manual_that_cannot_be_put_there_leaves_nothing(tmp_path):
    (tmp_path / "judge.pdf").mkdir()
    with pytest.raises(Known):
        save_manual("judge", "en", tmp_path / "judge.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["judge.pdf"]
    save_manual("judge", "en", tmp_path / "papers" / "judge.pdf")
    assert [path.name for path in (tmp_path / "papers").iterdir()] == ["judge.pdf"]
