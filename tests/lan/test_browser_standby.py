"""The browser's station goes over to the standby that took over, from the page it has open; an earlier host it leaves."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec
import pytest
from playwright.async_api import async_playwright, expect

from tests import world
from tests.lan.standing import name_standby
from tests.lan.test_browser import CHROMIUM, FLAGS, Tablet
from tests.ports import free_port
from venue_app.host.following import promote
from venue_app.host.session import EventHost
from venue_app.seal.keys import load_or_create

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


async def test_an_open_page_follows_to_the_standby_and_scores_there(tmp_path: Path):
    first, second = load_or_create(tmp_path / "keys-1"), load_or_create(tmp_path / "keys-2")
    created = msgspec.structs.replace(world.created(), keys=first.announced())
    old = EventHost(world.prepared(tmp_path / "old.venue", event=created), first)
    server = old.start_lan("127.0.0.1", 0)
    port = free_port()
    name_standby(old, second, port, hosts=(f"https://127.0.0.1:{server.port}",))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = await browser.new_context(ignore_https_errors=True, locale="zh-CN")
        tablet = Tablet(await context.new_page())
        await tablet.page.goto(str(old.joining_link(server.issue_code("R1-1"), "127.0.0.1")))
        await tablet.page.locator("button.primary").first.click()
        await expect(tablet.page.locator(".link.online")).to_be_visible()
        world.copied(old.venue, tmp_path / "new.venue")
        await asyncio.to_thread(old.close)
        await expect(tablet.page.locator(".link a")).to_have_attribute("href", f"https://127.0.0.1:{port}/")

        new = await asyncio.to_thread(
            promote, tmp_path / "new.venue", second, reason="断电", names=("监督员甲", "公证员乙")
        )
        await asyncio.to_thread(new.start_lan, "127.0.0.1", port)
        await expect(tablet.page.locator(".link.online")).to_be_visible()
        await asyncio.to_thread(world.on_floor, new.venue)
        await tablet.mark_all()
        await tablet.submit()
        await expect(tablet.page.locator("text=80.0").first).to_be_visible()
        assert "R1-1" in new.venue.state.appearances["R1", 1].sheets
        assert tablet.faults == []
        await browser.close()
    await asyncio.to_thread(new.close)
