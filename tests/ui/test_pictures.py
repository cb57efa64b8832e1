"""Every page that can be shot: named for those who cannot see it, large enough, and the same each time."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtWidgets import QPushButton

from tests.ui.walk import everything, nameless, said, shown, too_small
from ui import shots, theme, words
from ui.gallery import pages
from ui.shots import makers, settle, shoot
from ui.theme import Theme

_NAMES = sorted(makers())


@pytest.mark.parametrize("name", _NAMES)
def test_every_page_can_be_used_without_eyes_with_fingers_and_in_any_language(qtbot, name):
    """Switched while it stands, a page says what it would have said from the start: nothing is left behind."""
    stood = shown(qtbot, name)
    assert nameless(stood) == [] and too_small(stood, 40) == []
    for language in ("zh-TW", "en"):
        words.switch(language)
        settle()
        assert nameless(stood) == [] and too_small(stood, 40) == []
    fresh = shown(qtbot, name)
    left, lacking = Counter(said(stood)), Counter(said(fresh))
    assert (left - lacking, lacking - left) == (Counter(), Counter())


@pytest.mark.parametrize("name", _NAMES)
def test_no_key_of_the_catalogue_is_shown_raw(qtbot, name):
    from PySide6.QtWidgets import QLabel

    page = makers([name])[name]()
    qtbot.addWidget(page)
    told = [w.text() for w in everything(page) if isinstance(w, QLabel | QPushButton)]
    raw = [
        text
        for text in told
        if text.count(".") >= 1
        and text.replace(".", "").replace("_", "").isascii()
        and text.replace(".", "").replace("_", "").isalpha()
        and text.islower()
    ]
    assert raw == []


@pytest.mark.parametrize("name", ["actions", "room"])
def test_the_same_picture_twice(tmp_path, qtbot, name):
    files = []
    for folder in ("one", "two"):
        page = pages()[name]()
        qtbot.addWidget(page)
        files.append(shoot(page, name, (1366, 768), "zh-CN", Theme(), tmp_path / folder))
    assert files[0].read_bytes() == files[1].read_bytes()
    assert files[0].name == f"{name}-zh-CN-light.png"


def test_pictures_from_the_command_line(tmp_path, capsys):
    shots.main([str(tmp_path), "gallery-empty", "--langs", "en", "--themes", "dark", "--size", "800x600"])
    assert [f.name for f in tmp_path.iterdir()] == ["gallery-empty-en-dark.png"]
    assert "gallery-empty-en-dark.png" in capsys.readouterr().out
    theme.use(Theme())


@pytest.mark.parametrize("look", [Theme("dark"), Theme("light", large=True), Theme("hall")])
def test_the_gallery_in_every_dress(qtbot, look):
    theme.use(look)
    for make in pages().values():
        page = make()
        qtbot.addWidget(page)
        page.resize(1366, 768)
        page.show()
        assert not page.grab().isNull()
        assert too_small(page, 40) == []
        page.close()
