"""Sentences follow the language while the windows stand."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QWidget
from shiboken6 import isValid

from ui import words
from ui.words import Say, bind, bind_name, bind_text, follow, known_text
from venue_app.base.errors import Known


def test_a_label_follows(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    bind_text(label, Say("ui.mark.done"))
    assert label.text() == "完成"
    words.switch("en")
    assert label.text() == "Done"
    words.switch("zh-TW")
    assert label.text() == "完成"


def test_parameters_may_be_sentences():
    inner = Say("ui.lot.number", number=17)
    assert str(Say("ui.gate.go_to", what=inner)) == "前往：签号 17"
    words.switch("en")
    assert str(Say("ui.gate.go_to", what=inner)) == "Go to: Lot 17"


def test_the_last_binding_counts(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    bind_text(label, Say("ui.mark.done"))
    bind_text(label, "王红")
    words.switch("en")
    assert label.text() == "王红"


def test_several_properties_of_one_widget(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    bind_name(label, Say("ui.close"))
    bind(label, "setToolTip", Say("ui.cancel"))
    words.switch("en")
    assert (label.accessibleName(), label.toolTip()) == ("Close", "Cancel")


class _Counter(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.calls = 0
        follow(self, self.retranslate)

    def retranslate(self) -> None:
        self.calls += 1


def test_follow_calls_now_and_at_each_switch(qtbot):
    widget = _Counter()
    qtbot.addWidget(widget)
    assert widget.calls == 1
    words.switch("en")
    assert widget.calls == 2


def test_a_widget_that_is_gone_is_not_called(qtbot):
    widget = _Counter()
    widget.deleteLater()
    qtbot.waitUntil(lambda: not isValid(widget))
    words.switch("en")
    assert widget.calls == 1


@pytest.mark.parametrize(("language", "cancel"), [("zh-CN", "取消"), ("zh-TW", "取消"), ("en", "Cancel")])
def test_qts_own_buttons_speak_the_language(qtbot, language, cancel):
    words.switch(language)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    shown = box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "")
    assert shown == cancel


def test_a_known_fault_is_a_sentence_of_its_area():
    fault = known_text(Known("start.no_such", name="a"))
    assert (fault.key, fault.params) == ("start.error.no_such", {"name": "a"})


def test_equal_sayings_are_equal():
    assert Say("ui.close") == Say("ui.close")
    assert Say("ui.lot.number", number=1) != Say("ui.lot.number", number=2)
    assert hash(Say("ui.lot.number", number=1)) == hash(Say("ui.lot.number", number=1))
