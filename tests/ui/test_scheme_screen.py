"""The window of the plan, by mouse and by keyboard, with a real event behind it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui import events
from tests.ui.walk import nameless, tab_stops, too_small
from ui import sample, theme, words
from ui.bridge import Bridge
from ui.screens.prepare.screen import PrepareScreen
from ui.screens.scheme.dialog import SchemeDialog
from ui.screens.scheme.editors import ChainEditor, ChoiceEditor, LineEditor, RoundingEditor
from ui.screens.scheme.files import write_scheme
from ui.screens.scheme.plan_view import PlanView
from ui.screens.scheme.port import EventOffice, NewOffice
from ui.shortcuts import clashes
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain.floor_commands import ChangeScheme
from venue_app.scheme import load_scheme, preset_ids, preset_text
from venue_app.venue import Venue

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
S0, S4 = preset_text("s0-county-self-nomination"), preset_text("s4-town-mid-level")


def shown(dialog: SchemeDialog, qtbot) -> SchemeDialog:
    qtbot.addWidget(dialog)
    dialog.resize(1366, 768)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


@pytest.fixture
def new(qtbot) -> SchemeDialog:
    """A new event's plan, not chosen yet."""
    return shown(SchemeDialog(NewOffice()), qtbot)


@pytest.fixture
def s0(new: SchemeDialog, qtbot) -> SchemeDialog:
    """A new event's plan, on S0."""
    new.desk.take_preset("s0-county-self-nomination")
    assert new.pages.currentWidget() is new.page
    return new


@pytest.fixture
def office(bridge: Bridge, qtbot) -> SchemeDialog:
    """An event's own plan."""
    return shown(SchemeDialog(EventOffice(bridge)), qtbot)


def write(dialog: SchemeDialog, key: str, text: str) -> None:
    """Type into a field as a person does."""
    editor = dialog.page.form.views[key].editor
    assert isinstance(editor, LineEditor)
    editor.setFocus()
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    for sign in text:
        if sign.isascii():
            QTest.keyClicks(editor, sign)
        else:  # as an input method hands it over
            given = QInputMethodEvent()
            given.setCommitString(sign)
            QApplication.sendEvent(editor, given)


def choose(dialog: SchemeDialog, key: str, value: str) -> None:
    editor = dialog.page.form.views[key].editor
    assert isinstance(editor, ChoiceEditor)
    at = editor.findData(value)
    while editor.currentIndex() != at:
        QTest.keyClick(editor, Qt.Key.Key_Down if editor.currentIndex() < at else Qt.Key.Key_Up)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def plan_text(dialog: SchemeDialog) -> str:
    return dialog.page.plan.toPlainText()


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def adopt_button(dialog: SchemeDialog):
    return dialog.page.bar.action.button


# ---- choosing ----


def test_a_preset_is_chosen_changed_and_adopted_by_keyboard_alone(new: SchemeDialog, qtbot) -> None:
    qtbot.waitUntil(lambda: len(new.chooser.cards) == len(preset_ids()))

    def the_first_has_the_focus() -> None:
        new.activateWindow()  # a window of an earlier test that goes away late takes the activation with it
        assert new.chooser.cards[0].hasFocus(), (QApplication.focusWidget(), QApplication.activeWindow())

    qtbot.waitUntil(the_first_has_the_focus)
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert new.pages.currentWidget() is new.page
    first = new.page.form.views["title"].editor
    assert first.hasFocus()
    for _ in range(200):
        if QApplication.focusWidget() is new.page.form.views["groups[1].seats"].editor:
            break
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClicks(focused(), "9")  # Tab has chosen the number: it is typed over
    qtbot.waitUntil(lambda: "评委组：每个考场9名" in plan_text(new))
    with qtbot.waitSignal(new.adopted) as heard:
        QTest.keyClick(focused(), Qt.Key.Key_Return, CTRL)
    assert heard.args == [S0.replace("seats = 7", "seats = 9")]
    assert not new.isVisible()


def test_everything_can_be_reached_and_has_a_name(s0: SchemeDialog) -> None:
    stops = tab_stops(s0.page)
    assert len(stops) > 100
    assert nameless(s0) == []
    assert too_small(s0, 40) == []
    assert clashes(s0.keys) == []
    seen: list[QWidget] = []
    s0.page.form.views["title"].setFocus()
    while (here := focused()) not in seen and len(seen) < 300:
        seen.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    lost = [stop for stop in stops if stop not in seen and not isinstance(stop, PlanView)]
    assert lost == []
    assert s0.page.plan in seen and adopt_button(s0) in seen


def test_keys_are_told(s0: SchemeDialog) -> None:
    told = s0.show_keys()
    assert told.isVisible()
    told.close()
    s0._to_plan()
    assert s0.page.plan.hasFocus()


def test_what_was_typed_into_a_preset_is_still_there_when_it_is_chosen_again(s0: SchemeDialog, qtbot) -> None:
    write(s0, "groups[1].seats", "九")
    qtbot.mouseClick(s0.page.other, LEFT)
    assert s0.pages.currentWidget() is s0.chooser
    qtbot.waitUntil(lambda: bool(s0.chooser.cards))
    s0.chooser.chosen.emit("s4-town-mid-level")
    assert "乡镇中层干部竞聘方案" in plan_text(s0)
    assert not s0.desk.changed
    s0.chooser.chosen.emit("s0-county-self-nomination")
    editor = s0.page.form.views["groups[1].seats"].editor
    assert isinstance(editor, LineEditor) and editor.text() == "九"
    assert not adopt_button(s0).isEnabled()
    write(s0, "groups[1].seats", "7")
    qtbot.waitUntil(adopt_button(s0).isEnabled)
    assert not s0.desk.changed


# ---- typing ----


def test_the_plan_and_its_digest_follow_while_typing(s0: SchemeDialog, qtbot) -> None:
    assert s0.page.digest._digest == digest(S0)
    assert "有人退出的，不递补   默认" in plan_text(s0).replace("\xa0", " ")
    write(s0, "stages[1].limit_s", "6:30")
    qtbot.waitUntil(lambda: "演讲6分30秒以内" in plan_text(s0))
    assert "已改" in plan_text(s0)
    assert s0.page.digest._digest == digest(S0.replace("limit_s = 480", "limit_s = 390"))
    spoken = s0.page.digest.accessibleName()
    assert s0.page.digest._digest[:4] + " " + s0.page.digest._digest[4:8] in spoken


def test_choices_by_keyboard(s0: SchemeDialog, qtbot) -> None:
    choose(s0, "rounds[1].gates[1].at_least.included", "false")
    choose(s0, "rounds[1].ties_at_cut", "decide")
    qtbot.waitUntil(lambda: "三项综合成绩须高于70（不含）" in plan_text(s0))
    assert "末位同分的等待决定" in plan_text(s0)


def test_a_rounding_is_two_things_in_one(s0: SchemeDialog, qtbot) -> None:
    editor = s0.page.form.views["components[5].rounding"].editor
    assert isinstance(editor, RoundingEditor)
    tag = s0.page.form.views["components[5].rounding"].tag
    assert tag.isVisibleTo(s0.page)
    editor.places.setFocus()
    editor.places.selectAll()
    QTest.keyClicks(editor.places, "3")
    qtbot.waitUntil(lambda: "四舍五入保留3位小数" in plan_text(s0))
    assert not tag.isVisibleTo(s0.page)
    QTest.keyClick(editor.mode, Qt.Key.Key_End)
    assert not editor.places.isEnabled()
    qtbot.waitUntil(lambda: "加观众测评，四舍五入" not in plan_text(s0))
    assert s0.desk.settled() is not None


def test_ties_are_broken_one_after_the_other(s0: SchemeDialog, qtbot) -> None:
    chain = s0.page.form.views["rounds[1].ties"].editor
    assert isinstance(chain, ChainEditor)
    qtbot.mouseClick(chain.add_button, LEFT)
    qtbot.mouseClick(chain.add_button, LEFT)
    second = chain.links[1].choice
    assert second.hasFocus()
    second.setCurrentIndex(second.findData('{"lot": true}'))
    second.activated.emit(second.currentIndex())
    qtbot.waitUntil(lambda: "同分的，依次看：演讲稿高的优先，再相同的抽签" in plan_text(s0))
    assert second.isVisible() and second.hasFocus()
    qtbot.mouseClick(chain.links[0].out, LEFT)
    qtbot.waitUntil(lambda: "同分的，依次看：抽签" in plan_text(s0))
    qtbot.mouseClick(chain.links[0].out, LEFT)
    qtbot.waitUntil(lambda: "依次看" not in plan_text(s0))
    assert s0.desk.found is not None and s0.desk.found.text == S0


def test_the_wheel_scrolls_and_changes_nothing(s0: SchemeDialog) -> None:
    editor = s0.page.form.views["language"].editor
    assert isinstance(editor, ChoiceEditor)
    before = editor.currentData()
    middle = QPointF(editor.rect().center())
    turn = QWheelEvent(
        middle,
        QPointF(editor.mapToGlobal(middle.toPoint())),
        QPoint(0, -240),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor, turn)
    assert editor.currentData() == before
    assert not s0.desk.changed


def test_a_change_out_of_sight_is_brought_into_sight(s0: SchemeDialog, qtbot) -> None:
    bar = s0.page.plan.verticalScrollBar()
    assert bar.value() == 0 < bar.maximum()
    write(s0, "rounds[1].gates[1].at_least", "71")
    qtbot.waitUntil(lambda: "须不低于71" in plan_text(s0))
    assert bar.value() > 0


# ---- what is wrong ----


def test_while_something_is_wrong_it_cannot_be_adopted_and_the_reason_is_said(
    s0: SchemeDialog, qtbot
) -> None:
    write(s0, "groups[1].minimum", "9")
    qtbot.waitUntil(lambda: not adopt_button(s0).isEnabled())
    why = s0.page.bar.action.reason.text()
    assert why.startswith("还有1处要改正。") and "1 … 7" in why
    view = s0.page.form.views["groups[1].minimum"]
    assert view.editor.property("fault") == "true"
    assert "1 … 7" in view.editor.accessibleDescription()
    assert "评委组：每个考场7名" in plan_text(s0)  # the last plan that could be used
    assert s0.page.stale.isVisible()
    assert not s0.page.save.isEnabled()
    assert s0.save() is None
    heard: list[str] = []
    s0.adopted.connect(heard.append)
    s0.desk.adopt()
    assert heard == []
    write(s0, "groups[1].minimum", "6")
    qtbot.waitUntil(adopt_button(s0).isEnabled)
    assert view.editor.property("fault") == "false"
    assert not s0.page.stale.isVisible()
    assert "有效评分少于6份时" in plan_text(s0)


def test_each_thing_to_put_right_can_be_gone_to(s0: SchemeDialog, qtbot) -> None:
    write(s0, "stages[2].limit_s", "五分")
    write(s0, "intake.minimum_entries", "五人")
    qtbot.waitUntil(lambda: s0.desk.found is not None and s0.desk.found.errors == 2)
    s0.page.plan.setFocus()
    QTest.keyClick(s0.page.plan, Qt.Key.Key_J, CTRL)
    assert s0.page.form.views["intake.minimum_entries"].editor.hasFocus()
    qtbot.mouseClick(s0.page.jump, LEFT)
    editor = s0.page.form.views["stages[2].limit_s"].editor
    assert editor.hasFocus()
    top = editor.mapTo(s0.page.form, QPoint(0, 0)).y()
    assert 0 <= top <= s0.page.form.height() - editor.height()
    qtbot.mouseClick(s0.page.jump, LEFT)
    assert s0.page.form.views["intake.minimum_entries"].editor.hasFocus()


def test_the_last_key_counts_even_when_adopting_at_once(s0: SchemeDialog, qtbot) -> None:
    heard: list[str] = []
    s0.adopted.connect(heard.append)
    write(s0, "groups[1].minimum", "6")
    QTest.keyClick(s0, Qt.Key.Key_Return, CTRL)
    assert heard == [S0.replace("minimum = 5\nchief", "minimum = 6\nchief")]


def test_a_wrong_last_key_is_not_adopted(s0: SchemeDialog) -> None:
    heard: list[str] = []
    s0.adopted.connect(heard.append)
    write(s0, "groups[1].minimum", "8")
    QTest.keyClick(s0, Qt.Key.Key_Return, CTRL)
    assert heard == []
    assert not adopt_button(s0).isEnabled()


# ---- files ----


def test_a_file_is_opened_mended_and_read_again(new: SchemeDialog, tmp_path: Path, qtbot) -> None:
    file = tmp_path / "本县.toml"
    file.write_text(S0.replace("seats = 7", "seat = 7"), encoding="utf-8")
    new.take_file(file)
    assert not new.page.form.isVisible()
    said = [line.text() for line in new.page.file_problems.lines if line.isVisible()]
    line = 1 + S0[: S0.index("seats = 7")].count("\n")
    assert said[0].startswith(f"本县.toml 第{line}行：") and "seats" in said[0]
    assert adopt_button(new).text() == "重新读入"
    file.write_bytes(b"\xef\xbb\xbf" + S0.replace("seats = 7", "seats = 5").encode())
    qtbot.mouseClick(adopt_button(new), LEFT)
    assert new.page.form.isVisible()
    assert "评委组：每个考场5名" in plan_text(new)
    assert adopt_button(new).text() == "采用本方案" and adopt_button(new).isEnabled()


def test_what_is_no_scheme_is_said(new: SchemeDialog, tmp_path: Path) -> None:
    wrong = tmp_path / "a.toml"
    wrong.write_bytes("方案".encode("gb18030"))
    new.take_file(wrong)
    assert "不是 UTF-8 文本" in new.chooser.banner.sentence.text()
    assert new.pages.currentWidget() is new.chooser
    new.take_file(tmp_path / "gone.toml")
    assert "gone.toml" in new.chooser.banner.sentence.text()
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * 1_000_001)
    new.take_file(large)
    assert "太大" in new.chooser.banner.sentence.text()
    new.desk.take_preset("s4-town-mid-level")
    new.take_file(wrong)
    assert new.page.banner.isVisible()
    assert "乡镇中层干部竞聘方案" in plan_text(new)


def test_a_plan_is_kept_as_a_file_and_no_file_is_lost_unasked(
    s0: SchemeDialog, tmp_path: Path, qtbot
) -> None:
    write(s0, "groups[1].seats", "9")
    asked = s0.save()
    assert asked is not None
    target = tmp_path / "本县.toml"
    asked.fileSelected.emit(str(target))
    asked.close()
    wanted = S0.replace("seats = 7", "seats = 9")
    assert target.read_bytes() == wanted.encode("utf-8")
    assert digest(wanted) == s0.page.digest._digest == load_scheme(wanted, "x").digest
    assert s0.page.note.sentence.text() == "已保存：本县.toml"
    target.write_text("别人的文件", encoding="utf-8")
    s0.keeping.keep(target, wanted)
    assert target.read_text(encoding="utf-8") == "别人的文件"
    assert "已经存在" in s0.page.note.sentence.text()
    qtbot.mouseClick(s0.page.note.close_button, LEFT)
    s0.page.note.acted.emit()
    assert target.read_text(encoding="utf-8") == "别人的文件"
    s0.keeping.keep(target, wanted)
    qtbot.mouseClick(s0.page.note.action, LEFT)
    assert target.read_text(encoding="utf-8") == wanted
    assert list(tmp_path.iterdir()) == [target]
    s0.keeping.keep(tmp_path / "no" / "x.toml", wanted)
    assert "不能保存到" in s0.page.note.sentence.text()


def test_a_kept_file_gives_the_same_plan_again(s0: SchemeDialog, tmp_path: Path) -> None:
    write(s0, "title", "某县公开自荐方案")
    kept = s0.desk.settled()
    assert kept is not None
    s0.keeping.keep(tmp_path / "kept.toml", kept.text)
    s0.take_file(tmp_path / "kept.toml")
    again = s0.desk.settled()
    assert again is not None and again.digest == kept.digest
    assert s0.page.title.text() == "某县公开自荐方案"


# ---- leaving ----


def test_changes_are_not_lost_without_a_question(s0: SchemeDialog, qtbot) -> None:
    write(s0, "groups[1].seats", "9")
    QTest.keyClick(s0, Qt.Key.Key_Escape)
    assert s0.isVisible() and s0.page.leaving.isVisible()
    write(s0, "groups[1].seats", "8")
    assert not s0.page.leaving.isVisible()
    qtbot.mouseClick(s0.page.cancel, LEFT)
    qtbot.mouseClick(s0.page.leaving.action, LEFT)
    assert not s0.isVisible()


def test_nothing_changed_nothing_asked(s0: SchemeDialog) -> None:
    QTest.keyClick(s0, Qt.Key.Key_Escape)
    assert not s0.isVisible()


# ---- an event's own plan ----


def test_the_plan_of_an_event_is_changed_before_the_run_opens(
    office: SchemeDialog, venue: Venue, qtbot
) -> None:
    assert not adopt_button(office).isEnabled()
    assert "完全相同" in office.page.bar.action.reason.text()
    write(office, "stages[1].limit_s", "6")
    qtbot.waitUntil(adopt_button(office).isEnabled)
    qtbot.mouseClick(adopt_button(office), LEFT)
    qtbot.waitUntil(lambda: not office.isVisible())
    assert venue.state.scheme.text == S0.replace("limit_s = 480", "limit_s = 360")


def test_a_roster_that_does_not_fit_goes_only_when_that_is_agreed_to(
    bridge: Bridge, venue: Venue, qtbot
) -> None:
    venue.ask(events.roster(), sample.PROCTOR)
    dialog = shown(SchemeDialog(EventOffice(bridge)), qtbot)
    write(dialog, "groups[2].seats", "30")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(dialog.page.roster.isVisible)
    assert dialog.page.bar.hold.isVisible() and not dialog.page.bar.action.isVisible()
    assert len(venue.state.entries) == 10
    qtbot.mouseClick(dialog.page.roster.close_button, LEFT)  # not agreed
    assert dialog.page.bar.action.isVisible() and len(venue.state.entries) == 10
    qtbot.mouseClick(adopt_button(dialog), LEFT)
    qtbot.waitUntil(dialog.page.bar.hold.isVisible)
    qtbot.mouseClick(dialog.page.bar.hold, LEFT)  # let go at once: nothing
    assert len(venue.state.entries) == 10
    dialog.page.bar.hold.held.emit()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert venue.state.entries == {}
    assert venue.state.scheme.group("observers").seats == 30


def test_a_roster_that_fits_stays(bridge: Bridge, venue: Venue, qtbot) -> None:
    venue.ask(events.roster(), sample.PROCTOR)
    dialog = shown(SchemeDialog(EventOffice(bridge)), qtbot)
    write(dialog, "rounds[1].gates[1].at_least", "60")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert len(venue.state.entries) == 10
    assert venue.state.scheme.rounds[0].gates[0].at_least == 60


def test_once_the_run_is_open_there_is_only_reading(
    office: SchemeDialog, bridge: Bridge, venue: Venue, qtbot
) -> None:
    write(office, "groups[1].seats", "9")
    venue.ask(events.roster(), sample.PROCTOR)
    venue.ask(c.OpenRun(people=sample.PEOPLE), sample.PROCTOR)
    qtbot.waitUntil(lambda: office.pages.currentWidget() is office.frozen)
    told = office.frozen.said.text()
    assert "方案不能再改" in told
    assert office.frozen.digest._digest == digest(S0) == venue.state.opened_scheme
    assert "一致" in office.frozen.same.accessibleName()
    assert "评委组：每个考场7名" in office.frozen.plan.toPlainText()
    assert office.ask_file() is None
    asked = office.save()
    assert asked is not None
    asked.close()
    office.desk.adopt()
    QTest.keyClick(office, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not bridge._waiting)
    assert venue.state.scheme.text == S0
    QTest.keyClick(office, Qt.Key.Key_Escape)
    assert not office.isVisible()


def test_the_venue_refuses_a_plan_that_comes_too_late(venue: Venue, bridge: Bridge, qtbot) -> None:
    office = EventOffice(bridge)
    venue.ask(events.roster(), sample.PROCTOR)
    venue.ask(c.OpenRun(people=sample.PEOPLE), sample.PROCTOR)
    refused: list[Known] = []
    office.adopt(S4, drop_roster=True, done=lambda: pytest.fail("taken"), refused=refused.append)
    qtbot.waitUntil(lambda: bool(refused))
    assert refused[0].code == "venue.scheme_frozen"


# ---- with the prepare screen ----


def test_prepare_asks_for_the_window_and_shows_the_new_plan(venue: Venue, bridge: Bridge, qtbot) -> None:
    screen = PrepareScreen(bridge)
    qtbot.addWidget(screen.widget)
    screen.widget.show()
    screen.widget.go("scheme")
    with qtbot.waitSignal(screen.scheme_wanted):
        qtbot.mouseClick(screen.widget.scheme.change_button, LEFT)
    assert screen.widget.scheme.change_button.text() == "更换或修改方案…"
    venue.ask(ChangeScheme(scheme=S4), sample.PROCTOR)
    qtbot.waitUntil(lambda: str(screen.model.scheme.title) == "乡镇中层干部竞聘方案")
    assert screen.model.scheme.digest == digest(S4)
    qtbot.waitUntil(lambda: screen.widget.scheme._shown[0] == digest(S4))


# ---- languages and looks ----


def test_another_language_while_it_is_open(s0: SchemeDialog, qtbot) -> None:
    write(s0, "groups[1].seats", "9")
    words.switch("en")
    assert "Panel: 9 in each room" in plan_text(s0)
    editor = s0.page.form.views["groups[1].criteria[1].title"].editor
    seats = s0.page.form.views["groups[1].seats"].editor
    assert isinstance(editor, LineEditor) and editor.text() == "Content of the speech"
    assert isinstance(seats, LineEditor) and seats.text() == "9"
    write(s0, "groups[1].seats", "7")
    assert not s0.desk.changed
    assert s0.desk.settled() is not None and s0.desk.found is not None and s0.desk.found.text == S0


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("preset", ["s0-county-self-nomination", "s2-4-city-one-post"])
def test_the_form_fits_its_side(qtbot, language, large, preset) -> None:
    words.switch(language)
    theme.use(theme.Theme(large=large))
    dialog = shown(SchemeDialog(NewOffice()), qtbot)
    dialog.desk.take_preset(preset)
    QApplication.processEvents()
    assert dialog.page.form.area.horizontalScrollBar().maximum() == 0
    assert dialog.size().width() == 1366 and dialog.size().height() == 768


def test_the_dark_plan_is_drawn_anew(s0: SchemeDialog) -> None:
    light = s0.page.plan.grab().toImage()
    theme.use(theme.Theme("dark"))
    dark = s0.page.plan.grab().toImage()
    middle = light.rect().center()
    assert light.pixelColor(middle.x(), 3) != dark.pixelColor(middle.x(), 3)
    heading = [dark.pixelColor(x, y).lightness() for y in range(10, 60) for x in range(200)]
    assert max(heading) > 180  # words are light on dark


def test_a_file_that_cannot_be_replaced_stays_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "kept.toml"
    folder.mkdir()
    (folder / "inside").write_text("x", encoding="utf-8")
    with pytest.raises(Known) as fault:
        write_scheme(folder, S0, replace=True)
    assert fault.value.code == "scheme_screen.unwritable"
    assert list(tmp_path.iterdir()) == [folder]
    other = tmp_path / "other.toml"
    other.write_text("old", encoding="utf-8")
    other.chmod(0o640)
    mode = other.stat().st_mode
    assert not write_scheme(other, S0, replace=False)
    assert write_scheme(other, S0, replace=True)
    assert other.read_bytes() == S0.encode("utf-8") and other.stat().st_mode == mode
