"""What `build.spec` makes on the way: icons that read back in every size, licences of what was collected."""

from __future__ import annotations

import importlib
from types import ModuleType

import pytest
from PIL import Image

from tests.arch.code import ROOT

RED = (0xA8, 0x20, 0x1A, 255)  # the ground of resources/web/icon.svg


@pytest.fixture
def maker(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "resources/program"))

    def load(name: str) -> ModuleType:
        return importlib.import_module(name)

    return load


@pytest.mark.parametrize(("kind", "largest"), [("ico", 256), ("icns", 1024), ("png", 256)])
def test_the_icon_reads_back_as_drawn(maker, tmp_path, kind, largest):
    with Image.open(maker("make_icons").write_icon(tmp_path, kind)) as icon:
        assert icon.size == (largest, largest)
        picture = icon.convert("RGBA")
    assert picture.getpixel((largest // 2, largest // 4)) == RED
    assert picture.getpixel((1, 1)) == (0, 0, 0, 0)


def test_the_icon_of_windows_has_the_small_sizes_too(maker, tmp_path):
    with Image.open(maker("make_icons").write_icon(tmp_path, "ico")) as icon:
        assert {(16, 16), (32, 32), (48, 48)} <= icon.info["sizes"]


def test_licences_of_what_was_collected_and_of_nothing_else(maker, tmp_path):
    pure = [("aiohttp.web", "", "PYMODULE"), ("venue_app.cli", "", "PYMODULE")]
    binaries = [("PySide6/QtCore.abi3.so", "QtCore.abi3.so", "EXTENSION")]
    parts = maker("make_licences").write_licences(tmp_path / "licences", "venue-app", pure, binaries)
    names = {part.name for part in parts}
    assert {"Python", "aiohttp", "PySide6_Essentials", "shiboken6"} <= names
    assert not names & {"reportlab", "venue-app", "pytest"}
    said = (tmp_path / "licences/README.txt").read_text(encoding="utf-8")
    assert all(f"{part.name} {part.version}" in said for part in parts)
    assert "LESSER GENERAL PUBLIC" in (tmp_path / "licences/PySide6_Essentials.txt").read_text("utf-8")
    assert "Apache License" in (tmp_path / "licences/aiohttp.txt").read_text("utf-8")
