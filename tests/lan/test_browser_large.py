"""The browsers' pages for somebody who has set the type of the browser to twice its size, and on the narrowest phone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from tests import world
from tests.ballots_world import open_poll, opened, slips
from tests.lan.conftest import Laptop
from tests.lan.test_ballots_browser import Hall
from tests.lan.test_browser import CHROMIUM, FLAGS, PHONE, TABLET, Tablet, started
from tests.waits import WAIT_MS
from venue_app.domain import commands as c
from venue_app.seal.certificates import TlsIdentity
from venue_app.venue import Venue

#: Twice the 16 px that browsers start from.
LARGE = "--blink-settings=defaultFontSize=32"
NARROW = (320, 640)
TITLE = "青川县领导班子和领导干部年度考核民主测评大会"

#: What is wider than the page, and words that stand outside their button.
FAULTS = """() => {
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push("sideways");
  for (const leaf of document.querySelectorAll("#app *, .overlay *")) {
    if (leaf.children.length || !leaf.textContent.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(leaf);
    const words = range.getBoundingClientRect();
    if (!words.width || leaf.tagName === "OPTION") continue;
    const button = leaf.closest("button");
    const inside = button ? button.getBoundingClientRect() : { left: 0, right: innerWidth };
    if (words.right > inside.right + 1 || words.left < inside.left - 1) found.push(leaf.textContent);
  }
  return found;
}"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def large() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, LARGE])
        yield found
        await found.close()


async def fits(page: Page) -> None:
    assert await page.evaluate(FAULTS) == []


async def at_seat(browser: Browser, laptop: Laptop, size: tuple[int, int], seat: str, tongue: str) -> Tablet:
    """A station on the page where codes are typed, in the language of this button."""
    context = await browser.new_context(
        ignore_https_errors=True, viewport={"width": size[0], "height": size[1]}, has_touch=True
    )
    context.set_default_timeout(WAIT_MS)
    tablet = Tablet(await context.new_page())
    page = tablet.page
    await page.goto(laptop.url)
    await page.locator(".join-head button").click()
    await page.locator(".overlay button", has_text=tongue).click()
    await fits(page)
    await page.locator(".overlay .primary").click()
    await page.locator("#code").fill(laptop.server.issue_code(seat).code)
    return tablet


@pytest.mark.parametrize(("size", "tongue"), [(PHONE, "English"), (TABLET, "繁體中文"), (NARROW, "简体中文")])
async def test_nothing_of_the_station_is_cut_in_type_of_twice_the_size(
    large: Browser, laptop: Laptop, venue: Venue, size: tuple[int, int], tongue: str
) -> None:
    tablet = await at_seat(large, laptop, size, "R1-1", tongue)
    page = tablet.page
    assert await page.evaluate("getComputedStyle(document.documentElement).fontSize") == "36px"
    await fits(page)
    await page.locator("button[type=submit]").click()
    await expect(page.locator(".wait")).to_be_visible()
    await fits(page)
    await started(venue)
    await expect(page.locator(".criterion")).to_have_count(5)
    await fits(page)
    await tablet.mark_all()
    await fits(page)
    await page.locator("footer .primary").click()
    await expect(page.locator(".review table")).to_be_visible()
    await fits(page)
    await tablet.hold()
    await expect(page.locator(".receipt")).to_be_visible()
    await fits(page)
    assert tablet.faults == []
    await page.context.close()


@pytest.mark.parametrize("size", [PHONE, NARROW])
async def test_a_witness_reads_the_head_and_the_journal_in_type_of_twice_the_size(
    large: Browser, laptop: Laptop, venue: Venue, size: tuple[int, int]
) -> None:
    tablet = await at_seat(large, laptop, size, "witness-supervisor", "English")
    page = tablet.page
    await page.locator("button[type=submit]").click()
    await started(venue)
    await expect(page.locator(".told li").first).to_contain_text("Speech")
    await expect(page.locator(".head div").first).to_be_visible()
    await fits(page)
    await page.context.close()


async def test_waiting_to_be_let_in_the_button_keeps_its_words_in_one_line(
    large: Browser, laptop: Laptop
) -> None:
    laptop.server.approval = "replacements"
    await laptop.seat("R1-1")
    tablet = await at_seat(large, laptop, TABLET, "R1-1", "简体中文")
    submit = tablet.page.locator("button[type=submit]")
    await submit.click()
    await expect(tablet.page.locator(".reason")).to_contain_text("本席现由")
    lines = "button => { const r = document.createRange(); r.selectNodeContents(button); return r.getClientRects().length; }"
    assert await submit.evaluate(lines) == 1
    await tablet.page.context.close()


async def test_who_has_no_seat_any_more_sees_no_clock(large: Browser, laptop: Laptop, venue: Venue) -> None:
    tablet = await at_seat(large, laptop, TABLET, "R1-1", "简体中文")
    page = tablet.page
    await page.locator("button[type=submit]").click()
    await expect(page.locator(".wait")).to_be_visible()
    await started(venue)
    await expect(page.locator(".clock-time")).to_be_visible()
    release = c.ReleaseStation(seat="R1-1", reason="换人")
    await asyncio.to_thread(venue.ask, release, world.PROCTOR)
    await expect(page.locator("h1")).to_contain_text("席位已收回")
    await expect(page.locator(".band")).to_be_visible()
    for gone in (".clock-time", ".lot-number", ".call", ".link"):
        await expect(page.locator(gone)).to_be_hidden()
    await page.context.close()


@pytest_asyncio.fixture(loop_scope="module")
async def hall(tmp_path: Path, identity: TlsIdentity, large: Browser) -> AsyncIterator[Hall]:
    found = Hall(opened(tmp_path / "event.venue", title=TITLE), identity, large)
    await found.start()
    yield found
    await found.close()
    assert found.faults == []


@pytest.mark.parametrize(("size", "locale"), [(PHONE, "en"), (NARROW, "zh-TW")])
async def test_nothing_of_the_ballot_is_cut_in_type_of_twice_the_size(
    hall: Hall, size: tuple[int, int], locale: str
) -> None:
    polls = [open_poll(hall.venue, kind) for kind in ("appraisal", "choose", "rank", "marks")]
    codes = [slips(hall.venue, p, 1, "staff" if n == 0 else "")[0] for n, p in enumerate(polls)]
    for slip in codes:
        page = await hall.scan(slip, size=size, locale=locale)
        await expect(page.locator(".vote-foot")).to_be_visible()
        await fits(page)
        event: Any = await page.locator(".vote-event").bounding_box()
        assert event["width"] > 150, "the event's title is not squeezed into a column"
        if slip == codes[0]:
            await page.locator(".vote-modes button").nth(1).click()
            await fits(page)
        await page.locator("#go-review").click()
        await fits(page)
        await page.locator("#send").click()
        if slip == codes[0]:
            await expect(page.locator("#own-code")).to_be_visible()
            await fits(page)
