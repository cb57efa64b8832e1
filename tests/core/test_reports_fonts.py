"""Faces on paper: every name prints, and what is printed can be searched and copied."""

from __future__ import annotations

import io

import pdfplumber
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, say
from venue_app.reports.fonts import BOLD, FALLBACK, REGULAR, runs, width
from venue_app.reports.text import SMALLEST, fit, wrap

NAMES = "张𠮷 李𬭎 陈䶮 王㛃 阿依古丽·买买提 Lý Thị Hoa Nguyễn"
# Beyond the basic plane and in the national standard list of 8,105 characters.
STANDARD = "𬭎𫖯𬬻𫍽𬴊𬸦𪨰𠙶𫄨𬺈"


def _printed(text: str, bold: bool = False) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1)
    x = 40.0
    for font, part in runs(text, bold):
        canvas.setFont(font, 14)
        canvas.drawString(x, 700, part)
        x += width(part, 14, bold)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("bold", [False, True])
def test_rare_names_can_be_copied_out_of_the_file_by_two_readers(bold: bool) -> None:
    data = _printed(NAMES, bold)
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        assert "".join(char["text"] for char in pdf.pages[0].chars) == NAMES
    page = pypdfium2.PdfDocument(data)[0]
    assert page.get_textpage().get_text_range().strip() == NAMES


def test_a_character_beyond_the_basic_plane_can_be_searched() -> None:
    with pdfplumber.open(io.BytesIO(_printed("前𠮷后"))) as pdf:
        (found,) = pdf.pages[0].search("𠮷")
        assert found["x0"] == pytest.approx(54, abs=0.1)


def test_each_run_comes_from_the_first_face_that_holds_it() -> None:
    assert runs("张𠮷") == ((REGULAR, "张"), (FALLBACK, "𠮷"))
    # U+4E21 is neither in GB 2312, Big5 nor the standard list, so the cut-down bold face lacks it.
    assert runs("张両", True) == ((BOLD, "张"), (REGULAR, "両"))


def test_the_standard_list_needs_no_fallback_in_either_weight() -> None:
    assert runs(STANDARD) == ((REGULAR, STANDARD),)
    assert runs(STANDARD, True) == ((BOLD, STANDARD),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_character_no_face_has_is_said_and_never_a_blank(language: str) -> None:
    with pytest.raises(Known) as caught:
        runs("王\U00031350")
    assert caught.value.code == "reports.no_glyph"
    assert caught.value.params == {"char": "\U00031350", "point": "U+31350"}
    assert "U+31350" in say(caught.value, language)


def test_marks_are_composed_but_compatibility_ideographs_stay_themselves() -> None:
    assert runs("Thi\u0323") == ((REGULAR, "Thị"),)
    # U+F9D1 is canonically U+516D: composing whole names would replace it.
    assert "".join(part for _, part in runs("\uf9d1")) == "\uf9d1"
    assert runs("葛\U000e0100") == ((REGULAR, "葛"),)


def test_lines_neither_begin_nor_end_with_forbidden_signs() -> None:
    text = "去掉一个最高分，去掉一个最低分，其余合计（三项），平均。" * 3
    for room in range(40, 200, 7):
        lines = wrap(text, float(room), 10)
        assert "".join(lines) == text
        assert all(width(line, 10) <= room for line in lines)
        assert not any(line[0] in "，。）" for line in lines)
        assert not any(line[-1] == "（" for line in lines)


def test_words_break_at_blanks_and_digests_anywhere() -> None:
    assert wrap("one two three", width("one two", 10) + 1, 10) == ("one two", "three")
    digest = "0123456789abcdef" * 4
    assert "".join(wrap(digest, 100, 10)) == digest


def test_text_shrinks_before_it_wraps_and_nothing_is_lost() -> None:
    name = "阿卜杜热合曼·努尔买买提·吐尔逊江·艾山江·玉素甫·买合木提"
    assert fit("何雪", 60, 10) == (10, ("何雪",))
    size, lines = fit("阿依古丽·买买提", width("阿依古丽·买买提", 9.3), 10)
    assert len(lines) == 1
    assert 8.5 <= size < 10
    size, lines = fit(name, 80, 10, lines=3)
    assert "".join(lines) == name
    assert size >= SMALLEST
