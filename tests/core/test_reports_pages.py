"""What stands around every page, and that pages, digests and seals belong together."""

from __future__ import annotations

import hashlib
import io
import json
from functools import cache

import pdfplumber
import pypdfium2
import pytest
import qrcode
import zxingcpp
from qrcode.util import MODE_ALPHA_NUM, QRData

from tests.core import reports_samples as samples
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES
from venue_app.reports import page_facts, render
from venue_app.reports.models import CandidateSheet, Form, PageFrame

MM = 72 / 25.4


def statement(page: int, pages: int, digest: bytes) -> str:
    """As long as a real sealed statement: 370 characters, version 14-Q."""
    return f"VENUE:{page}:{pages}:{digest.hex().upper()}:".ljust(370, "7")


def qr(text: str) -> list[list[bool]]:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_Q, border=0, mask_pattern=3)
    code.add_data(QRData(text.encode(), MODE_ALPHA_NUM))
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


@cache
def pattern(_: str = "") -> list[list[bool]]:
    """One pattern for tests that do not read it."""
    return qr("VENUE")


def plain(form: Form, frame: PageFrame | None = None) -> bytes:
    return render(form, frame=frame or samples.frame(), statement=statement, qr=lambda _: pattern())


def texts(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in document]


@pytest.mark.parametrize("dpi", [150, 200])
def test_the_seal_of_every_page_scans_back_from_paper(dpi: int) -> None:
    form = samples.draw_record(20)
    frame = samples.frame(mode="rehearsal")
    data = render(form, frame=frame, statement=statement, qr=qr)
    facts = page_facts(form, frame=frame)
    document = pypdfium2.PdfDocument(data)
    assert len(document) == len(facts) >= 2
    for page, fact in zip(document, facts, strict=True):
        image = page.render(scale=dpi / 72, grayscale=True).to_pil()
        (found,) = zxingcpp.read_barcodes(image)
        assert found.text == statement(fact.page, fact.pages, fact.digest)
        side = (found.position.top_right.x - found.position.top_left.x) / dpi * 25.4
        assert side >= 35


def test_the_seal_has_four_modules_of_quiet_on_each_side() -> None:
    modules = qr("V" * 370)
    frame = samples.frame(mode="rehearsal")
    data = render(samples.sheet(1), frame=frame, statement=statement, qr=lambda _: modules)
    dpi = 300
    image = pypdfium2.PdfDocument(data)[0].render(scale=dpi / 72, grayscale=True).to_pil()
    (found,) = zxingcpp.read_barcodes(image)
    at = found.position
    module = (at.top_right.x - at.top_left.x) / len(modules)
    quiet = int(3.8 * module)
    box = (at.top_left.x, at.top_left.y, at.bottom_right.x, at.bottom_right.y)
    margin = 2
    left, top, right, bottom = box
    strips = (
        (left - quiet, top - quiet, left - margin, bottom + quiet),
        (right + margin, top - quiet, right + quiet, bottom + quiet),
        (left - quiet, top - quiet, right + quiet, top - margin),
        (left - quiet, bottom + margin, right + quiet, bottom + quiet),
    )
    for strip in strips:
        assert image.crop(strip).getextrema() == (255, 255)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_form_gives_the_same_bytes(language: str) -> None:
    for form in samples.every(3).values():
        frame = samples.frame(language)
        assert plain(form, frame) == plain(form, frame)


def test_the_digest_is_the_one_in_the_documentation() -> None:
    """Worked by hand in docs/formats/reports.md and hashed with sha256sum."""
    form = CandidateSheet(room="一室", lot=9, name="何雪", post="副镇长", absent=True)
    frame = PageFrame(
        event="公开自荐",
        mode="official",
        place="党校",
        date="2026-05-01",
        language="zh-CN",
        serial=3,
        reprint=0,
        journal_size=7,
        journal_head="0" * 64,
        software="venue-app 0.1.0",
        key="00",
    )
    (fact,) = page_facts(form, frame=frame)
    assert fact.digest.hex() == "9a5ada9218006c7121bf3ce1652d634d638fd4643af455f015f6b7d54fdee5f0"


def test_facts_follow_the_paper_and_not_the_circumstances_of_printing() -> None:
    form = samples.sheet(1)
    (first,) = page_facts(form, frame=samples.frame())
    (again,) = page_facts(form, frame=samples.frame("en", reprint=2))
    (other,) = page_facts(form, frame=samples.frame(mode="rehearsal"))
    assert first.facts == again.facts
    assert first.digest != other.digest
    assert first.digest == hashlib.sha256(first.facts).digest()


def test_each_lots_fact_stands_on_the_page_that_prints_it() -> None:
    form = samples.draw_record(60, rooms=2)
    facts = page_facts(form, frame=samples.frame())
    with pdfplumber.open(io.BytesIO(plain(form))) as pdf:
        seen = [page.extract_tables() for page in pdf.pages]
    for fact, tables in zip(facts, seen, strict=True):
        stated = [one[1] for one in json.loads(fact.facts)["facts"] if one[0] == "lot"]
        printed = [int(row[0]) for table in tables for row in table if row[0] and row[0].isdigit()]
        assert stated == printed
    rooms = [json.loads(fact.facts)["facts"][0] for fact in facts[:-1]]
    assert rooms == [["room", "第1测试室", 30]] * 2 + [["room", "第2测试室", 30]] * 2


def test_what_stands_around_a_page() -> None:
    frame = samples.frame(reprint=2)
    form = samples.room_summary(50)
    facts = page_facts(form, frame=frame)
    pages = texts(plain(form, frame))
    assert len(pages) == 3
    for number, page in enumerate(pages, 1):
        assert f"第 {number} 页 共 3 页" in page
        assert "正式" in page
        assert "编号 第 0012 号 · 第 2 次补打" in page
        assert "县委党校综合楼" in page
        assert "2026年5月1日" in page
        head = frame.journal_head
        assert " ".join(head[at : at + 4] for at in range(0, 64, 4)) in page.replace("\r\n", " ")
        digest = facts[number - 1].digest.hex()
        assert " ".join(digest[at : at + 4] for at in range(0, 64, 4)) in page.replace("\r\n", " ")
    assert "成绩汇总表（续） · 第1测试室" in pages[1]


@pytest.mark.parametrize(("language", "word"), [("zh-CN", "演练"), ("zh-TW", "演練"), ("en", "REHEARSAL")])
def test_a_rehearsal_says_so_twice_on_every_page_and_an_official_page_never(language: str, word: str) -> None:
    form = samples.composite(40)
    rehearsal = texts(plain(form, samples.frame(language, "rehearsal")))
    assert len(rehearsal) > 1
    assert all(page.count(word) >= 2 for page in rehearsal)
    assert not any(word in page for page in texts(plain(form, samples.frame(language))))


def test_a_corrected_sheet_names_its_successor() -> None:
    frame = samples.frame()
    later = PageFrame(**{name: getattr(frame, name) for name in PageFrame.__slots__} | {"superseded_by": 13})
    assert "已更正，以第 0013 号为准" in texts(plain(samples.sheet(1), later))[0]
    assert "已更正" not in texts(plain(samples.sheet(1), frame))[0]


def test_every_glyph_comes_from_an_embedded_subset() -> None:
    data = plain(samples.sheets(3))
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        fonts = {char["fontname"] for page in pdf.pages for char in page.chars}
    assert fonts
    assert all(name[6] == "+" for name in fonts)
    assert len(data) < 400_000


def test_nothing_is_printed_outside_the_margins() -> None:
    for form in (*samples.every(10).values(), samples.room_summary(20, 30), samples.sheet(1, 30)):
        for page in pypdfium2.PdfDocument(plain(form)):
            image = page.render(scale=1, grayscale=True).to_pil()
            wide, high = image.size
            left, right, edge = int(17 * MM), int(wide - 13 * MM), int(7 * MM)
            strips = (
                (0, 0, left, high),
                (right, 0, wide, high),
                (0, 0, wide, edge),
                (0, high - edge, wide, high),
            )
            assert [image.crop(strip).getextrema() for strip in strips] == [(255, 255)] * 4
            assert image.getextrema()[0] < 50


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"language": "fr"}, "reports.language"),
        ({"date": "1. Mai"}, "reports.bad_date"),
        ({"journal_head": "abc"}, "reports.journal_head"),
    ],
)
def test_an_impossible_frame_is_refused(change: dict[str, str], code: str) -> None:
    frame = samples.frame()
    wrong = PageFrame(**{name: getattr(frame, name) for name in PageFrame.__slots__} | change)
    with pytest.raises(Known) as caught:
        plain(samples.sheet(1), wrong)
    assert caught.value.code == code


def test_a_seal_that_is_no_square_is_refused() -> None:
    with pytest.raises(Known) as caught:
        render(samples.sheet(1), frame=samples.frame(), statement=statement, qr=lambda _: [[True, False]])
    assert caught.value.code == "reports.seal"
