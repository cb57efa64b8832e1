"""The independent verifier as people use it: the one file, opened from the disk in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.arch.code import ROOT

PAGE = ROOT / "resources/verifier/verifier.html"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """The page, opened; at the end nothing may have gone wrong in it and nothing been asked of a network."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        found = browser.new_page(locale="zh-CN", viewport={"width": 1100, "height": 900})
        faults: list[str] = []
        found.on("pageerror", lambda error: faults.append(str(error)))
        found.on(
            "request", lambda request: faults.append(request.url) if request.url != PAGE.as_uri() else None
        )
        found.goto(PAGE.as_uri())
        yield found
        browser.close()
        assert faults == []
