"""Voters' open pages go over to the laptop that took over, each with its paper, and nothing is counted twice."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from shutil import copyfile

import pytest
from playwright.async_api import Error, Page, Route, async_playwright, expect

from tests import world
from tests.ballots_world import SCHEME, begin, close, open_poll, slips
from tests.lan.standing import name_standby
from tests.lan.test_browser import CHROMIUM, FLAGS, PHONE
from tests.ports import free_port
from tests.waits import WAIT_MS
from venue_app.host.following import promote
from venue_app.host.session import EventHost
from venue_app.journal.box import box_files
from venue_app.lan.link import base_url
from venue_app.seal.keys import load_or_create

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


async def answer(page: Page, word: str) -> None:
    await page.locator(".vote-row:not(.vote-all)").first.get_by_text(word, exact=True).click()


async def review(page: Page) -> None:
    await page.locator("#go-review").click()
    await expect(page.locator("#send")).to_be_visible()


async def test_open_pages_go_over_with_their_papers(tmp_path: Path) -> None:
    first, second = load_or_create(tmp_path / "keys-1"), load_or_create(tmp_path / "keys-2")
    old = EventHost.create(
        tmp_path / "old.venue", title="测评会", mode="rehearsal", scheme=SCHEME, keys=first
    )
    begin(old.venue)
    poll = open_poll(old.venue, "decide", ("C1",))
    codes = slips(old.venue, poll, 3, "")
    server = old.start_lan("127.0.0.1", 0)
    here, port = base_url("127.0.0.1", server.port), free_port()
    name_standby(old, second, port, hosts=(here,))
    there = base_url("127.0.0.1", port)
    faults: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)

        async def opened(where: str) -> Page:
            context = await browser.new_context(
                ignore_https_errors=True,
                viewport={"width": PHONE[0], "height": PHONE[1]},
                has_touch=True,
                locale="zh-CN",
            )
            context.set_default_timeout(WAIT_MS)
            page = await context.new_page()
            page.on("pageerror", lambda error: faults.append(str(error)))
            await page.goto(f"{here}/b{where}")
            return page

        sent, filled, unheard, idle, hall = [
            await opened(where) for where in (*(f"#{code}" for code in codes), "#shared", "#hall")
        ]
        await expect(hall.locator(".vote-turnout")).to_be_visible()
        for page, word in ((sent, "赞成"), (filled, "反对"), (unheard, "弃权")):
            await answer(page, word)
        await review(unheard)

        async def lost(route: Route) -> None:
            with suppress(Error):  # later nobody is there any more
                await route.fetch()
            await route.abort()

        await unheard.route(f"{here}/b/send", lost)
        await unheard.locator("#send").click()
        await expect(unheard.locator(".vote-review [role=status]")).to_contain_text("网络不通")
        assert old.venue.polls.turnout(poll)[""].cast == 1, "counted, and the voter has not heard it"
        await review(sent)

        world.copied(old.venue, tmp_path / "new.venue")
        for ours, theirs in zip(
            box_files(tmp_path / "old.venue", poll), box_files(tmp_path / "new.venue", poll), strict=True
        ):
            copyfile(ours, theirs)
        await asyncio.to_thread(old.close)
        await sent.locator("#send").click()
        link = sent.locator(".vote-elsewhere a")
        await expect(link).to_have_text(f"127.0.0.1:{port}")
        assert (await link.get_attribute("href") or "").startswith(f"{there}/b#move="), "nothing before the #"

        new = await asyncio.to_thread(
            promote, tmp_path / "new.venue", second, reason="断电", names=("监督员甲", "公证员乙")
        )
        await asyncio.to_thread(new.start_lan, "127.0.0.1", port)
        await expect(sent.locator("#own-code")).to_be_visible()
        await expect(unheard.locator("#own-code")).to_be_visible()
        await expect(unheard.locator("main")).to_contain_text("先前已经计入")
        await review(filled)
        await filled.locator("#send").click()
        await expect(filled.locator("#own-code")).to_be_visible()
        await expect(hall.locator(".vote-turnout")).to_contain_text("3")
        await idle.locator("#slip").fill(codes[1])
        await idle.keyboard.press("Enter")
        await expect(idle.locator(".vote-spent")).to_be_visible()
        for page in (sent, filled, unheard, idle, hall):
            assert page.url in (f"{there}/b", f"{there}/b#shared", f"{there}/b#hall"), "no slip, no paper"
        assert idle.url.endswith("#shared")
        own = {
            (await page.locator("#own-code").inner_text()).replace("-", "")
            for page in (sent, filled, unheard)
        }
        await browser.close()
    await asyncio.to_thread(close, new.venue, poll)
    found = new.venue.state.polls[poll]
    assert {paper.code for paper in found.papers} == own and len(own) == 3
    assert found.tallies[""].votes["C1"][""] == {"for": 1, "against": 1, "abstain": 1}
    assert faults == []
    await asyncio.to_thread(new.close)
