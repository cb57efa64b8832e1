"""A screen that cannot be reached is said in a sentence; a file handed over by the desktop is opened."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QUrl
from PySide6.QtGui import QFileOpenEvent

from tests.ui.lanworld import here
from ui import platform
from ui.opened import OpenedFiles
from ui.program.program import Program
from venue_app.base.i18n import LANGUAGES, say, set_language
from venue_app.base.libraries import debian_package, missing
from venue_app.host.session import EventHost
from venue_app.scheme import preset_text

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lacks these libraries")
PLUGINS = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"


@pytest.mark.parametrize(
    ("library", "package"),
    [  # names as Debian 12 has them
        ("libGL.so.1", "libgl1"),
        ("libEGL.so.1", "libegl1"),
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libfontconfig.so.1", "libfontconfig1"),
        ("libX11.so.6", "libx11-6"),
    ],
)
def test_the_package_that_holds_a_library(library, package):
    assert debian_package(library) == package


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_loaders_complaint_becomes_a_sentence_with_a_next_step(language):
    fault = missing("libEGL.so.1: cannot open shared object file: No such file or directory")
    assert fault is not None
    set_language(language)
    try:
        assert "libEGL.so.1" in say(fault)
        assert "apt install libegl1" in say(fault)
    finally:
        set_language("zh-CN")
    assert missing("No module named 'PySide6'") is None


@pytest.mark.parametrize(
    ("told", "ways"),
    [
        ({}, []),
        ({"DISPLAY": ":0"}, ["xcb"]),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, ["wayland", "xcb"]),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "wayland;offscreen:fontdb"}, ["wayland", "offscreen"]),
    ],
)
def test_the_ways_to_the_screen(monkeypatch, told, ways):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    assert platform.wanted() == ways


@linux
def test_a_way_that_lacks_a_library_is_named_unless_another_way_is_open(monkeypatch, tmp_path):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert platform.fault() is None
    whole = (PLUGINS / "libqoffscreen.so").read_bytes()
    lame = whole.replace(b"libQt6Gui.so.6\0", b"libQt6Gux.so.6\0")  # asks the loader for what nobody has
    assert lame != whole
    (tmp_path / "libqlame.so").write_bytes(lame)
    monkeypatch.setenv("QT_QPA_PLATFORM", "lame")
    fault = platform.fault(tmp_path)
    assert fault is not None
    assert fault.params["library"] == "libQt6Gux.so.6"
    (tmp_path / "libqoffscreen.so").symlink_to(PLUGINS / "libqoffscreen.so")
    monkeypatch.setenv("QT_QPA_PLATFORM", "lame;offscreen")
    assert platform.fault(tmp_path) is None


def test_a_file_handed_over_by_the_desktop_is_opened_once(qtbot, qapp, tmp_path):
    first, second = tmp_path / "first.venue", tmp_path / "second.venue"
    for path in (first, second):
        EventHost.create(
            path, title=path.stem, mode="rehearsal", scheme=preset_text("s1-open-nomination")
        ).close()
    program = Program(here)
    qtbot.addWidget(program.window)
    opened = OpenedFiles(program)
    opened.asked.connect(program.open_handed)
    qapp.installEventFilter(opened)
    try:
        for path in (
            first,
            second,
            first,
        ):  # a double click, and another file while the first is being opened
            QCoreApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(path))))
        qtbot.waitUntil(lambda: program.open_event is not None)
        window = program.open_event
        assert window is not None
        QCoreApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(second))))
        assert program.open_event is window
        assert [Path(r.path).name for r in program.kept.recents] == ["first.venue"]
        with qtbot.waitSignal(window.closed):
            window.finish()
    finally:
        qapp.removeEventFilter(opened)
