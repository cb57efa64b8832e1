"""Big screen and witness's page in a real headless Chromium, against a real server with the venue's certificate."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, WebSocketRoute, async_playwright, expect

from tests import world
from tests.lan.conftest import Laptop, soon
from tests.lan.test_browser import CHROMIUM, FLAGS
from tests.waits import WAIT_MS
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain import floor_commands as floor
from venue_app.domain import showing
from venue_app.venue import Venue

SIZES = ((1920, 1080), (3840, 2160))

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        await found.close()


class Screen:
    """A page, and all that it said and was sent."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self.frames: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on(
            "console", lambda line: self.faults.append(line.text) if "Content Security" in line.text else None
        )
        page.on("websocket", lambda ws: ws.on("framereceived", lambda data: self.frames.append(str(data))))

    async def hold(self) -> None:
        """Until it counts."""
        button = await self.page.locator(".held").element_handle()
        await button.hover()
        await self.page.mouse.down()
        await self.page.wait_for_function("button => button.disabled || !button.isConnected", arg=button)
        await self.page.mouse.up()

    async def outside(self) -> list[str]:
        """What is drawn beyond the picture's edges."""
        found: list[str] = await self.page.evaluate(
            """() => [...document.querySelectorAll("#app *")].filter((el) => {
                const box = el.getBoundingClientRect();
                const drawn = box.width > 0 && box.height > 0 && el.textContent.trim();
                return drawn && (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1 || box.top < -1);
            }).map((el) => el.className + ": " + el.textContent.slice(0, 40))"""
        )
        return found


@pytest_asyncio.fixture(loop_scope="module")
async def opened(browser: Browser, laptop: Laptop) -> AsyncIterator[Any]:
    """Opens a place: `await opened("hall-1")`."""
    contexts = []

    async def open_at(place: str, size: tuple[int, int] = SIZES[0], tamper: Any = None) -> Screen:
        context = await browser.new_context(
            ignore_https_errors=True, viewport={"width": size[0], "height": size[1]}
        )
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        if tamper is not None:
            await context.route_web_socket(re.compile(r"/ws/place$"), tamper)
        screen = Screen(await context.new_page())
        await screen.page.goto(f"{laptop.url}/#{laptop.server.issue_code(place).code}")
        await screen.page.locator("button[type=submit]").click()
        return screen

    yield open_at
    for context in contexts:
        await context.close()


def do(venue: Venue, *commands: Any) -> Any:
    """Commands of the proctor, one after the other, beside the loop."""

    def work() -> None:
        for command in commands:
            venue.ask(command, world.PROCTOR)

    return asyncio.to_thread(work)


def marked(venue: Venue, room: str, lot: int = 1, most: int = 7) -> Any:
    def work() -> None:
        for number in range(1, most + 1):
            world.send(venue, f"{room}-{number}", lot, room, content=f"2{number}.5")

    return asyncio.to_thread(work)


# ---- the big screen ----


async def test_a_television_follows_the_day_from_the_draw_to_a_result(
    opened: Any, laptop: Laptop, venue: Venue
) -> None:
    screen: Screen = await opened("hall-1")
    page = screen.page
    await expect(page.locator(".order-column")).to_have_count(2)
    assert page.url.endswith("/hall.html")
    await expect(page.locator(".mode")).to_contain_text("演练")
    await do(venue, c.CallCandidate(room="R1", lot=1), c.StartStage(room="R1", stage="speech"))
    await expect(page.locator(".room-time").first).to_contain_text(re.compile(r"^[78]:\d\d$"))
    await expect(page.locator(".room-seat.given")).to_have_count(0)
    await marked(venue, "R1", most=3)
    await expect(page.locator(".room-seat.given")).to_have_count(3)
    await marked_rest(venue)
    await asyncio.to_thread(world.stages_over, venue)
    await do(venue, c.CheckResult(room="R1", lot=1, checker="核"))
    await expect(page.locator(".room-word").first).to_have_text("成绩复核中")
    assert "80.5" not in "".join(screen.frames)  # nothing to be read off the wire before it is told
    await do(venue, c.ReleaseResult(room="R1", lot=1))
    await expect(page.locator(".room-mark")).to_have_count(7)
    assert await page.locator(".room-mark .struck").all_inner_texts() == ["77.5", "83.5"]
    value = page.locator(".room-value").first
    assert await value.inner_text() == ""  # stillness first
    await expect(value).to_have_text("80.50")
    names = [x for p in venue.state.candidates.values() for x in (p.name, p.identity)]
    assert screen.frames
    assert not [n for n in names for frame in [*screen.frames, await page.content()] if n in frame]
    assert screen.faults == []


async def test_lots_turned_over_one_by_one_are_seen_by_post_and_fill_the_board(
    opened: Any, laptop: Laptop, venue: Venue
) -> None:
    screen: Screen = await opened("hall-1")
    page = screen.page
    await expect(page.locator(".order-column")).to_have_count(2)
    await do(
        venue,
        dc.DiscardDraw(reason="改为逐一揭开", second="监督员甲"),
        showing.ChooseShowing(one_by_one=True),
        dc.FreezeDraw(),
        dc.HoldDraw(public="271828"),
    )
    await expect(page.locator(".lots-head")).to_have_text("请抽签")
    await expect(page.locator(".lots-post")).to_have_text("文化局副局长")
    assert set(await page.locator(".order-post").all_inner_texts()) == {""}
    assert await screen.outside() == []
    await do(venue, showing.ShowLot(entry="E001"))
    lot = venue.state.lots["E001"].number
    await page.wait_for_function(  # both at one look: the next turn comes by itself
        "(lot) => document.querySelector('.lots-lot')?.innerText === lot"
        " && document.querySelector('.lots-head')?.innerText === '第1组'",
        arg=f"签号 {lot}",
        timeout=WAIT_MS,
    )
    filled = [text for text in await page.locator(".order-post").all_inner_texts() if text]
    assert filled == ["文化局副局长"]
    await expect(page.locator(".lots-head")).to_have_text("请抽签")  # after a while the next turn
    await do(venue, showing.ShowRest())
    await expect(page.locator(".lots-foot")).to_contain_text("已揭开 6 / 6")
    await page.wait_for_timeout(3_200)
    assert (await page.locator(".lots-lot").inner_text()).startswith("签号")
    assert await screen.outside() == []
    numbers = list(venue.state.entries)
    assert not [n for n in numbers for frame in [*screen.frames, await page.content()] if n in frame]
    await do(venue, c.CallCandidate(room="R1", lot=1))
    await page.wait_for_selector(".room-lot")
    assert screen.faults == []


async def marked_rest(venue: Venue) -> None:
    def work() -> None:
        for number in range(4, 8):
            world.send(venue, f"R1-{number}", 1, "R1", content=f"2{number}.5")

    await asyncio.to_thread(work)


@pytest.mark.parametrize("size", SIZES, ids=["1080p", "4K"])
async def test_every_page_stands_within_the_picture_and_can_be_read_from_afar(
    opened: Any, laptop: Laptop, venue: Venue, size: tuple[int, int]
) -> None:
    screen: Screen = await opened("hall-1", size)
    page = screen.page
    # 55 inches are 68 cm high; a sign of 35 mm is read from 20 m: a twentieth of the height for what matters.
    least = size[1] / 20
    await page.wait_for_selector(".order-number")
    assert await screen.outside() == []
    await do(
        venue,
        *(
            command
            for room in ("R1", "R2")
            for command in (c.CallCandidate(room=room, lot=1), c.StartStage(room=room, stage="speech"))
        ),
    )
    await page.wait_for_selector(".rooms-2 .room-time")
    assert await screen.outside() == []
    for sign in (".room-lot", ".room-time"):
        assert await high(page, sign) >= least
    laptop.server.steer_hall("auto", "R1")
    await page.wait_for_selector(".rooms-1 .room-time")
    assert await screen.outside() == []
    assert await high(page, ".room-time") >= 6 * least
    for choice in ("welcome", "order"):
        laptop.server.steer_hall(choice)
        await page.wait_for_selector(f".{choice}")
        assert await screen.outside() == []


async def high(page: Page, selector: str) -> float:
    """The size of the type, in pixels."""
    size: str = await page.locator(selector).first.evaluate("el => getComputedStyle(el).fontSize")
    return float(size.removesuffix("px"))


async def test_the_slate_names_time_lot_and_head(opened: Any, laptop: Laptop, venue: Venue) -> None:
    screen: Screen = await opened("hall-1")
    slate = screen.page.locator(".slate-now")
    await do(venue, c.CallCandidate(room="R2", lot=1))
    digits = venue.now.root.hex()[:8].upper()
    await expect(slate).to_contain_text(f"{venue.state.size} · {digits[:4]} {digits[4:]}")
    await expect(slate).to_contain_text("第2组 1")
    await expect(slate.locator(".slate-time")).to_have_text(re.compile(r"^\d\d:\d\d:\d\d$"))


async def test_a_line_that_is_down_is_said_and_comes_back(opened: Any, laptop: Laptop, venue: Venue) -> None:
    screen: Screen = await opened("hall-1")
    page = screen.page
    await page.wait_for_selector(".order-number")
    await laptop.server.stop()
    await expect(page.locator(".slate-line")).to_have_text("与考务电脑的连接已断开")
    await do(venue, c.CallCandidate(room="R1", lot=2))
    await laptop.start()
    await expect(page.locator(".room-lot").first).to_have_text("签号 2")
    await expect(page.locator(".slate-line")).to_be_empty()


async def test_one_television_for_one_room_in_its_own_language(
    opened: Any, laptop: Laptop, venue: Venue
) -> None:
    screen: Screen = await opened("hall-1")
    page = screen.page
    await page.wait_for_selector(".order-number")
    await page.mouse.click(600, 300)
    await page.get_by_role("button", name="第2组").click()
    await expect(page.locator(".order-column")).to_have_count(1)
    await page.mouse.click(600, 300)
    await page.get_by_role("button", name="English").click()
    await do(venue, c.CallCandidate(room="R2", lot=1))
    await expect(page.locator(".room-lot")).to_have_text("Lot 1")
    await expect(page.locator(".room-title")).to_have_text("第2组")
    await expect(page.locator(".room-word")).to_have_text("Soon: Speech")


# ---- the witness ----


async def test_a_witness_gives_a_name_reads_and_signs(opened: Any, laptop: Laptop, tmp_path: Any) -> None:
    venue = Venue.create(tmp_path / "unnamed.venue", world.created())
    await do(venue, world.roster())
    await laptop.server.stop()
    laptop.venue = venue
    await laptop.start()
    screen: Screen = await opened("witness-notary", (1366, 768))
    page = screen.page
    await expect(page.locator("#person")).to_be_focused()  # nobody was named yet: the page asks
    await expect(page.locator(".form-note")).to_contain_text("姓名")
    await page.locator("#person").fill("尤思远")
    await page.locator("button[type=submit]").click()
    await expect(page.locator(".who")).to_contain_text("尤思远")
    await expect(page.locator(".told li").last).to_contain_text("活动“测试活动”建立（演练）")
    await expect(page.get_by_text("目前没有等待签名的事项")).to_be_visible()
    await do(venue, c.OpenRun(people=world.PEOPLE))
    await expect(page.locator(".told li").first).to_contain_text("开场，在场人员：监督员甲、公证员乙")
    await expect(page.locator(".due button")).to_have_text(["开场"])
    await page.locator(".held").click()  # a press is not enough
    await expect(page.locator(".held-note")).to_have_text("松开太早，请按住直到填满")
    assert not venue.state.witnessed
    await screen.hold()
    await soon(lambda: len(venue.state.witnessed) == 1)
    signed = venue.state.witnessed[0]
    assert (signed.role, signed.name, signed.milestone) == ("notary", "尤思远", "opening")
    await expect(page.locator(".told li").first).to_contain_text("公证员尤思远为开场签名")
    await expect(page.locator(".due button")).to_have_count(0)
    assert screen.faults == []
    await laptop.server.stop()
    await asyncio.to_thread(venue.close)


async def test_the_head_is_reckoned_on_the_page(opened: Any, laptop: Laptop, venue: Venue) -> None:
    screen: Screen = await opened("witness-supervisor", (1366, 768))
    page = screen.page
    for lot in (1, 2, 3):
        await do(venue, c.CallCandidate(room="R1", lot=lot), c.MarkAbsent(room="R1", lot=lot))
        await expect(page.locator(".length")).to_have_text(f"存证 {venue.state.size} 条")
        groups = await page.locator(".head span").all_inner_texts()
        assert "".join(groups) == venue.now.root.hex()
        assert {len(group) for group in groups} == {4}
    await expect(page.locator(".check")).to_have_text("本机逐条核对，与存证头一致")
    assert await screen.outside() == []


async def test_an_altered_entry_is_seen(opened: Any, laptop: Laptop, venue: Venue) -> None:
    """Somebody between the laptop and the page changes one sign of one entry, or the root itself."""

    def altered(route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        def passed(message: str | bytes) -> None:
            told = json.loads(message)
            if told["type"] == "entries" and told["first"] > 0:
                told["entries"][0] = told["entries"][0].replace('"lot":2', '"lot":3')
            route.send(json.dumps(told))

        server.on_message(passed)

    screen: Screen = await opened("witness-supervisor", (1366, 768), altered)
    page = screen.page
    await expect(page.locator(".check")).to_be_visible()  # the words stand there before anything is checked
    await expect(page.locator(".check")).to_have_text("本机逐条核对，与存证头一致")
    await do(venue, c.CallCandidate(room="R1", lot=2))
    await expect(page.locator(".check")).to_contain_text("收到的存证与存证头不符")
    await expect(page.locator(".watch-line")).to_contain_text("请立即告知考务和监督员")
    await expect(page.locator(".held")).to_be_disabled()


async def test_another_history_is_seen_after_a_reload(
    opened: Any, laptop: Laptop, venue: Venue, tmp_path: Any
) -> None:
    """The laptop comes back with the same event and fewer or other entries: what this page has seen says so."""
    screen: Screen = await opened("witness-supervisor", (1366, 768))
    page = screen.page
    await do(venue, c.CallCandidate(room="R1", lot=2))
    await expect(page.locator(".length")).to_have_text(f"存证 {venue.state.size} 条")
    device = venue.state.stations["witness-supervisor"].device
    await laptop.server.stop()
    other = world.prepared(tmp_path / "other.venue")
    await do(other, c.JoinStation(seat="witness-supervisor", device=device, device_name="x"))
    await do(other, c.CallCandidate(room="R1", lot=3))
    laptop.venue = other
    await laptop.start()
    await expect(page.locator(".watch-line")).to_contain_text("与考务电脑的不一致")
    await page.reload()
    await expect(page.locator(".check")).to_contain_text("收到的存证与存证头不符")
    await laptop.server.stop()
    await asyncio.to_thread(other.close)


async def test_a_console_is_not_for_browsers(opened: Any, laptop: Laptop, venue: Venue) -> None:
    screen: Screen = await opened("console-R1", (1024, 768))
    await expect(screen.page.locator(".form-note")).to_contain_text("venue-app console")
    assert "console-R1" not in venue.state.stations
    assert [code.seat for code in laptop.server.codes()] == ["console-R1"]


async def test_pages_of_places_lead_to_the_joining_page_without_one(browser: Browser, laptop: Laptop) -> None:
    context = await browser.new_context(ignore_https_errors=True)
    page = await context.new_page()
    for name in ("hall.html", "witness.html"):
        await page.goto(f"{laptop.url}/{name}")
        await expect(page.locator("#code")).to_be_visible()
    await context.close()


async def test_a_released_witness_is_led_to_the_joining_page(
    opened: Any, laptop: Laptop, venue: Venue
) -> None:
    screen: Screen = await opened("witness-notary", (1024, 768))
    await screen.page.wait_for_selector(".told li")
    await do(venue, c.ReleaseStation(seat="witness-notary", reason="换机"))
    await expect(screen.page.locator("#code")).to_be_visible()
    with pytest.raises(Known):
        await do(venue, floor.CoSign(milestone="draw"))
