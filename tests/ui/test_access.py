"""Every page for those who use no mouse or tell no colours apart."""

from __future__ import annotations

from itertools import combinations
from typing import get_args

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from tests.ui.walk import everything, shown, tab_stops
from ui import words
from ui.shots import makers
from ui.widgets.actionbar import ActionBar
from ui.widgets.buttons import Button, PrimaryAction
from ui.widgets.held import HeldButton
from ui.widgets.state import SHAPES, TONES, WORDS, ConnectionWord, Mark
from ui.widgets.tiles import LotState, LotView, SeatState, SeatView, lot_look, seat_look
from venue_app.base.i18n import LANGUAGES

_NAMES = sorted(makers())
_LINKS = [("online", 0), ("online", 2), ("connecting", 0), ("offline", 0), ("offline", 2)]


@pytest.mark.parametrize("name", _NAMES)
def test_the_next_step_is_reached_by_the_keyboard(qtbot, name):
    page = shown(qtbot, name)
    stops = set(tab_stops(page))
    acts = [
        one
        for one in everything(page)
        if isinstance(one, Button | HeldButton) and one.isEnabled() and not _beside_the_chosen(one)
    ]
    acts += [
        one.button for one in everything(page) if isinstance(one, PrimaryAction) and one.button.isEnabled()
    ]
    assert [one.text() or one.accessibleName() for one in acts if one not in stops] == []
    assert _walked(page) >= {one for one in acts if one.isVisibleTo(page)}


def _beside_the_chosen(button: QAbstractButton) -> bool:
    """One of several of which one is chosen: Tab stops at that one, the arrows go from there."""
    group = button.group()
    return group is not None and group.exclusive() and group.checkedButton() not in (None, button)


def _walked(page: QWidget) -> set[QWidget]:
    """What Tab goes through, from the page around to the page."""
    found: set[QWidget] = set()
    now = page.nextInFocusChain()
    while now is not None and now is not page and now not in found:
        found.add(now)
        now = now.nextInFocusChain()
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_state_of_a_tile_is_told_by_its_colour_alone(qtbot, language):
    words.switch(language)
    seats = [(str(SeatView(1, one).word), *seat_look(one)) for one in get_args(SeatState)]
    lots = [(str(LotView(1, one).word), *lot_look(one)) for one in get_args(LotState)]
    marks = [(str(WORDS[one]), SHAPES[one], TONES[one]) for one in Mark]
    for states in (seats, lots, marks):
        assert all(word and shape for word, shape, _ in states)
        assert len({word for word, *_ in states}) == len(states)
        for (_, shape, tone), (_, other, another) in combinations(states, 2):
            assert shape != other or tone == another  # what differs in colour differs in shape


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_state_of_a_line_is_a_word_of_its_own(qtbot, language):
    words.switch(language)
    told = set()
    for link, pending in _LINKS:
        word = ConnectionWord()
        qtbot.addWidget(word)
        word.show_link(link, pending)  # type: ignore[arg-type]
        told.add(word.accessibleName())
    assert len(told) == len(_LINKS) and "" not in told


@pytest.mark.parametrize("name", ("draw-commit", "results-all", "seal"))
def test_tab_comes_to_the_next_step_after_all_that_leads_there(qtbot, name):
    """Whichever part of a page was made first."""
    page = shown(qtbot, next(one for one in makers() if one.startswith(name)))
    bars = [bar for bar in page.findChildren(ActionBar) if bar.isVisible()]
    assert len(bars) == 1
    order: list[QWidget] = []
    at = page.nextInFocusChain()
    while at is not None and at is not page:
        if at.isVisible() and at.focusPolicy() & Qt.FocusPolicy.TabFocus and page.isAncestorOf(at):
            order.append(at)
        at = at.nextInFocusChain()
    within = [bars[0].isAncestorOf(stop) for stop in order]
    assert within == sorted(within) and not within[0]
