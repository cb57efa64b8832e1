"""Colours that can be read, sizes from one place, a dress that can be changed at run time."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui.theme import Theme, Type, current, dress, mark, of, set_type, use
from ui.theme.colours import MEANINGS, SETS, blend, contrast
from ui.theme.fonts import families

_UI = Path(__file__).parents[2] / "ui"
_SIZED = {
    "setFixedSize",
    "setFixedWidth",
    "setFixedHeight",
    "setMinimumWidth",
    "setMinimumHeight",
    "setMinimumSize",
    "setMaximumWidth",
    "setMaximumHeight",
    "setContentsMargins",
    "setSpacing",
    "setHorizontalSpacing",
    "setVerticalSpacing",
    "addSpacing",
    "setPixelSize",
    "setPointSize",
    "setIndent",
    "setColumnWidth",
}


def test_contrast_as_published():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(
        4.48, abs=0.005
    )  # the well-known grey that just fails
    assert contrast("#FFFFFF", "#FFFFFF") == 1


def test_blend_by_hand():
    assert blend("#000000", "#FFFFFF", 50) == "#808080"  # 127.5 rounds up
    assert blend("#102030", "#FFFFFF", 0) == "#102030"
    assert blend("#102030", "#A0B0C0", 100) == "#A0B0C0"


@pytest.mark.parametrize("name", SETS)
def test_every_text_can_be_read(name):
    p = SETS[name]
    pairs = [(text, ground) for text in (p.ink, p.quiet) for ground in (p.paper, p.surface, p.sunken)]
    for meaning in MEANINGS:
        tone, soft = getattr(p, meaning), getattr(p, f"{meaning}_soft")
        pairs += [(tone, p.paper), (tone, p.surface), (tone, soft), (p.ink, soft), (p.quiet, soft)]
        pairs.append((p.on_fill, tone))
    weak = [(a, b, round(contrast(a, b), 2)) for a, b in pairs if contrast(a, b) < 4.5]
    assert weak == []


@pytest.mark.parametrize("name", SETS)
def test_outlines_can_be_seen(name):
    p = SETS[name]
    assert contrast(p.edge, p.paper) >= 3
    assert contrast(p.edge, p.surface) >= 3


def _sources():
    return [f for f in sorted(_UI.rglob("*.py")) if "theme" not in f.relative_to(_UI).parts]


def test_no_colour_is_written_outside_the_palette():
    found = [
        f"{file.relative_to(_UI)}: {hit}"
        for file in sorted(_UI.rglob("*.py"))
        for hit in re.findall(r"[\"']#[0-9A-Fa-f]{3,8}[\"']", file.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_pixels_are_written_outside_the_scale():
    found = []
    for file in _sources():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr not in _SIZED:
                continue
            found += [
                f"{file.relative_to(_UI)}:{node.lineno} {node.func.attr}({a.value})"
                for a in node.args
                if isinstance(a, ast.Constant) and isinstance(a.value, int) and a.value not in (0, 1)
            ]
    assert found == []


def test_no_style_sheet_is_written_outside_the_theme():
    found = [str(f.relative_to(_UI)) for f in _sources() if "setStyleSheet" in f.read_text(encoding="utf-8")]
    assert found == []


def test_the_program_brings_its_own_typeface(qtbot):
    label = QLabel("签号 17")
    qtbot.addWidget(label)
    label.ensurePolished()
    assert families()[0] == "Noto Sans SC"
    assert QFontInfo(label.font()).family() == "Noto Sans SC"


def test_rare_characters_come_from_the_fallback(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    label.ensurePolished()
    metrics = label.fontMetrics()
    assert metrics.horizontalAdvance("𠮷") == metrics.horizontalAdvance("吉")


def test_figures_are_of_one_width(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    set_type(label, Type.HERO, strong=True)
    label.ensurePolished()
    assert len({label.fontMetrics().horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_type_follows_the_set_at_run_time(qtbot):
    label = QLabel("签号")
    qtbot.addWidget(label)
    set_type(label, Type.DISPLAY)
    label.ensurePolished()
    assert label.font().pixelSize() == 32
    use(Theme(large=True))
    label.ensurePolished()
    assert label.font().pixelSize() == 40
    assert current().large


def test_colours_follow_the_set_at_run_time(qtbot):
    label = QLabel("签号")
    qtbot.addWidget(label)
    use(Theme("dark"))
    label.ensurePolished()
    assert label.palette().color(QPalette.ColorRole.WindowText).name().upper() == SETS["dark"].ink


def test_one_window_may_be_dressed_apart(qtbot):
    hall, inside = QWidget(), QLabel("8:00")
    qtbot.addWidget(hall)
    QVBoxLayout(hall).addWidget(inside)
    dress(hall, Theme("hall"))
    other = QLabel()
    qtbot.addWidget(other)
    assert of(inside).name == "hall"
    assert of(other).name == "light"
    set_type(inside, Type.HERO)
    inside.ensurePolished()
    assert inside.font().pixelSize() == 144


def test_a_property_restyles_at_once(qtbot):
    label = QLabel("x")
    qtbot.addWidget(label)
    label.ensurePolished()
    mark(label, tone="alarm")
    assert label.palette().color(QPalette.ColorRole.WindowText).name().upper() == SETS["light"].alarm
    mark(label, tone="done")
    assert label.palette().color(QPalette.ColorRole.WindowText).name().upper() == SETS["light"].done


@pytest.mark.parametrize(("touch", "least"), [(False, 40), (True, 56)])
def test_standard_buttons_are_large_enough(qtbot, touch, least):
    window, button = QWidget(), QPushButton("OK")
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(button)
    dress(window, Theme(touch=touch))
    window.show()
    assert button.height() >= least
    assert button.width() >= least
