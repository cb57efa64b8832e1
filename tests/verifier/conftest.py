"""The independent verifier as people use it: the one file, opened from the disk in a real browser."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.arch.code import ROOT
from tests.verifier.small_event import hold
from tests.waits import WAIT_MS
from venue_app.seal.keys import VenueKeys

expect.set_options(timeout=WAIT_MS)

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


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, VenueKeys]:
    """The bundle of a small event, and the keys that signed it."""
    return hold(tmp_path_factory.mktemp("small"))


@dataclass(frozen=True)
class Said:
    """What the page says of a bundle: its outcome, every check, and the sentence of each."""

    outcome: str
    checks: list[dict[str, Any]]

    def wrong(self) -> dict[str, dict[str, Any]]:
        """The checks that failed, by code."""
        return {check["code"]: check for check in self.checks if check["ok"] is False}


class Verifier:
    """The page's own functions, called in the page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def verify(self, data: bytes, noted: str = "", lang: str = "zh-CN") -> Said:
        found = self.page.evaluate(
            """async ([text, noted, lang]) => {
                const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
                Verifier.speak(lang);
                const { outcome, checks, state } = await Verifier.verify(bytes, { noted });
                return { outcome, checks: checks.map((check) => ({
                    code: check.code, ok: check.ok, params: check.params,
                    seq: check.entry ? check.entry.seq : null, sentence: Verifier.sentence(check, state) })) };
            }""",
            [base64.b64encode(data).decode(), noted, lang],
        )
        return Said(found["outcome"], found["checks"])

    def compute(self, scheme: str, facts: str) -> str:
        """Canonical results."""
        return str(self.page.evaluate("([s, f]) => Verifier.compute(s, f)", [scheme, facts]))


@pytest.fixture(scope="module")
def verifier(page: Page) -> Verifier:
    return Verifier(page)
