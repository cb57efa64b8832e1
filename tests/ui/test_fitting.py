"""The smallest screen with large type: everything can be read to its end, and nothing lies where nobody gets."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from tests.ui.fitting import astray, cut, elisions
from ui import theme, words
from ui.frame import MainFrame
from ui.shots import makers, settle
from ui.theme import PAGE_HEIGHT, PAGE_WIDTH, Theme
from ui.widgets.buttons import Button
from ui.widgets.layout import OneLine, Words, column
from ui.widgets.roomy import Roomy
from ui.words import Say
from venue_app.base.i18n import LANGUAGES

#: Pages of the proctor's window stand inside its frame; the others have the whole screen.
_FRAMED = (
    "ballots",
    "draw",
    "hall-panel",
    "prepare",
    "results",
    "room",
    "seal",
    "settings",
    "stations",
    "witness",
)
_NAMES = sorted(makers())


@pytest.mark.parametrize("name", _NAMES)
def test_on_a_small_screen_in_large_type_nothing_is_cut_or_out_of_reach(qtbot, name):
    theme.use(Theme("light", large=True))  # the next test dresses itself
    page = makers([name])[name]()
    window = _placed(qtbot, page, framed=name.startswith(_FRAMED) and not isinstance(page, QDialog))
    size = window.size()
    for language in LANGUAGES:
        words.switch(language)
        settle()
        with elisions() as seen:
            assert (language, cut(window, seen)) == (language, [])
        assert (language, astray(window)) == (language, [])
        assert window.size() == size  # it does not grow beyond the screen
        if isinstance(window, Roomy):
            assert page.minimumSizeHint().width() <= window.viewport().width()  # nobody moves a page sideways


def _placed(qtbot, page: QWidget, *, framed: bool) -> QWidget:
    window = Roomy(page) if framed else page
    qtbot.addWidget(window)
    if framed:
        window.resize(*_inside())
    else:
        window.resize(PAGE_WIDTH, PAGE_HEIGHT)
    window.show()
    settle()
    return window


def _inside() -> tuple[int, int]:
    """What the proctor's window leaves for a page while the line below offers to undo; 260 is the rail."""
    frame = MainFrame()
    frame.tell(Say("ui.gallery.called", lot=17), 0, Say("ui.gallery.undo"))
    frame.resize(PAGE_WIDTH, PAGE_HEIGHT)
    frame.ensurePolished()
    high = frame.top.sizeHint().height() + frame.bottom.sizeHint().height()
    frame.deleteLater()
    rail = 260
    return PAGE_WIDTH - rail - theme.space(6), PAGE_HEIGHT - high - theme.space(6) - 2


def test_what_is_cut_or_astray_is_found(qtbot):
    """The measure itself: it finds what is there to be found, and no more."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 200)
    long = "第一考场第一席位的评委姓名与单位"
    label = QLabel(long, window)
    label.setGeometry(0, 0, 60, 20)
    low = Words(long, parent=window)
    low.setGeometry(0, 30, 60, 20)
    button = Button(long, parent=window)
    button.setGeometry(0, 60, 60, 40)
    line = OneLine(long)
    line.setParent(window)
    line.setGeometry(0, 110, 60, 20)
    far = QWidget(window)
    far.setGeometry(180, 180, 40, 10)
    fits = QLabel("席", window)
    fits.setGeometry(0, 140, 60, 30)
    window.show()
    settle()
    with elisions() as seen:
        assert cut(window, seen) == [f"Button: {long}", f"QLabel: {long}", f"Words: {long}"]
    assert len(astray(window)) == 1 and "(180, 180, 40, 10)" in astray(window)[0]
    for told in (label, low, button):
        told.setToolTip(long)
    with elisions() as seen:
        assert cut(window, seen) == []


def test_a_page_that_needs_more_than_the_window_scrolls_and_the_window_stays(qtbot):
    page = QWidget()
    tall = QLabel("高")
    tall.setMinimumSize(100, 900)
    page.setLayout(column(tall))
    window = Roomy(page)
    qtbot.addWidget(window)
    window.resize(400, 300)
    window.show()
    settle()
    assert window.height() == 300 and page.height() >= 900 and window.verticalScrollBar().maximum() > 0
    assert page.width() < 400 and window.horizontalScrollBar().maximum() == 0
    tall.setMinimumSize(100, 50)
    settle()
    assert page.size() == window.size() and window.verticalScrollBar().maximum() == 0
