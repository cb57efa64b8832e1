"""Voters' open pages go over to the laptop that took over, each with its paper, and nothing is counted twice."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from pathlib import Path
from shutil import copyfile
from urllib.parse import quote, unquote

import pytest
from playwright.async_api import Browser, BrowserContext, Error, Page, Route, async_playwright, expect

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


async def opened(browser: Browser, url: str, faults: list[str]) -> Page:
    context = await browser.new_context(
        ignore_https_errors=True,
        viewport={"width": PHONE[0], "height": PHONE[1]},
        has_touch=True,
        locale="zh-CN",
    )
    context.set_default_timeout(WAIT_MS)
    page = await context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    await page.goto(url)
    return page


async def kept(context: BrowserContext, origin: str) -> set[str]:
    """What the browser keeps for an address, by its names."""
    found = (await context.storage_state())["origins"]
    return {item["name"] for one in found if one["origin"] == origin for item in one["localStorage"]}


def along(url: str) -> dict[str, object]:
    """What a link takes along."""
    told: dict[str, object] = json.loads(unquote(url.partition("#move=")[2]))
    return told


async def test_open_pages_go_over_with_their_papers(tmp_path: Path) -> None:
    first, second = load_or_create(tmp_path / "keys-1"), load_or_create(tmp_path / "keys-2")
    old = EventHost.create(
        tmp_path / "old.venue", title="测评会", mode="rehearsal", scheme=SCHEME, keys=first
    )
    begin(old.venue)
    poll = open_poll(old.venue, "decide", ("C1",))
    codes = slips(old.venue, poll, 4, "")
    server = old.start_lan("127.0.0.1", 0)
    here, port = base_url("127.0.0.1", server.port), free_port()
    name_standby(old, second, port, hosts=(here,))
    there = base_url("127.0.0.1", port)
    faults: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)

        sent, filled, unheard, idle, hall = [
            await opened(browser, f"{here}/b{where}", faults)
            for where in (*(f"#{code}" for code in codes[:3]), "#shared", "#hall")
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
        mine = json.dumps([{"code": "3" * 12, "title": "一"}])
        await sent.evaluate("codes => localStorage.setItem('vote-codes', codes)", mine)
        tablet = await opened(browser, f"{here}/b#shared", faults)
        await tablet.locator("#slip").fill(codes[3])
        await tablet.keyboard.press("Enter")
        await answer(tablet, "反对")
        await review(tablet)

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
        there_told = along(await link.get_attribute("href") or "")
        assert there_told["slip"] == codes[0] and there_told["sending"] is True
        assert there_told["codes"] == [], "whoever answers there is not known yet: papers of before stay here"
        await tablet.locator("#send").click()
        told = along(await tablet.locator(".vote-elsewhere a").get_attribute("href") or "")
        assert set(told) == {"language", "shared", "slip", "codes"} and told["codes"] == [], (
            "browsers list the pages they were on: no paper is to be found in a shared tablet's list"
        )

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
        await expect(
            tablet.locator(".vote-row").first
        ).to_be_visible()  # the slip is open here, the paper is new
        await answer(tablet, "赞成")
        await review(tablet)
        await tablet.locator("#send").click()
        await expect(tablet.locator("#own-code")).to_be_visible()
        for page in (sent, filled, unheard, tablet):
            names = await kept(page.context, here) | await kept(page.context, there)
            assert not {name for name in names if name.startswith("vote-draft:")}, (
                "counted: no draft is left at either address"
            )
        assert "vote-codes" in await kept(sent.context, there), (
            "the certificate was in order: its codes came along"
        )
        for page in (sent, filled, unheard, tablet, idle, hall):
            assert page.url in (f"{there}/b", f"{there}/b#shared", f"{there}/b#hall"), "no slip, no paper"
        assert idle.url.endswith("#shared")
        own = {
            (await page.locator("#own-code").inner_text()).replace("-", "")
            for page in (sent, filled, unheard, tablet)
        }
        await browser.close()
    await asyncio.to_thread(close, new.venue, poll)
    found = new.venue.state.polls[poll]
    assert {paper.code for paper in found.papers} == own and len(own) == 4
    assert found.tallies[""].votes["C1"][""] == {"for": 2, "against": 1, "abstain": 1}
    assert faults == []
    await asyncio.to_thread(new.close)


async def test_a_link_made_by_somebody_else_plants_no_code_and_breaks_no_page(tmp_path: Path) -> None:
    """Whoever hands slips out could print such a link instead: a paper with a code they know would be a paper they can find."""
    first, second = load_or_create(tmp_path / "keys-1"), load_or_create(tmp_path / "keys-2")
    old = EventHost.create(
        tmp_path / "old.venue", title="测评会", mode="rehearsal", scheme=SCHEME, keys=first
    )
    begin(old.venue)
    poll = open_poll(old.venue, "decide", ("C1",))
    [slip] = slips(old.venue, poll, 1, "")
    server = old.start_lan("127.0.0.1", 0)
    here, port = base_url("127.0.0.1", server.port), free_port()
    name_standby(old, second, port, hosts=(here,))
    there, known = base_url("127.0.0.1", port), "0" * 12
    planted: dict[str, object] = {"code": known, "marks": {}, "others": [], "mode": "one", "at": 0}
    link: dict[str, object] = {
        "slip": slip,
        "poll": poll,
        "paper": planted,
        "codes": [{"code": known, "title": "不是你的"}],
    }
    crooked: tuple[object, ...] = (
        None,
        5,
        {"codes": 5, "slip": 7, "paper": {}},
        {**link, "codes": [None, {"code": "<b>"}], "paper": {**planted, "marks": {"C1": 1}}, "slip": "1"},
        {**link, "codes": [], "poll": "V9", "sending": True},
    )
    faults: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)

        def way(url: str, told: object) -> str:
            return f"{url}/b#move={quote(json.dumps(told))}"

        nobody_took_over = await opened(browser, way(here, {**link, "sending": True}), faults)
        await expect(nobody_took_over.locator("#slip")).to_be_visible()
        assert nobody_took_over.url == f"{here}/b"
        world.copied(old.venue, tmp_path / "new.venue")
        for ours, theirs in zip(
            box_files(tmp_path / "old.venue", poll), box_files(tmp_path / "new.venue", poll), strict=True
        ):
            copyfile(ours, theirs)
        new = await asyncio.to_thread(
            promote, tmp_path / "new.venue", second, reason="断电", names=("监督员甲", "公证员乙")
        )
        await asyncio.to_thread(new.start_lan, "127.0.0.1", port)
        for told in crooked:
            page = await opened(browser, way(there, told), faults)
            await expect(page.locator("main")).to_be_visible()
            assert page.url == f"{there}/b"
            names = await kept(page.context, there)
            assert not {name for name in names if name == "vote-codes" or name.endswith(":V9")}
            await page.context.close()
        page = await opened(browser, way(there, link), faults)
        await answer(page, "赞成")
        await review(page)
        await page.locator("#send").click()
        own = (await page.locator("#own-code").inner_text()).replace("-", "")
        assert own != known
        names = await kept(nobody_took_over.context, here)
        assert not names, "before a takeover such a link is nothing at all"
        await browser.close()
    assert faults == []
    assert old.venue.polls.turnout(poll)[""].cast == 0 and new.venue.polls.turnout(poll)[""].cast == 1
    await asyncio.to_thread(new.close)
    await asyncio.to_thread(old.close)
