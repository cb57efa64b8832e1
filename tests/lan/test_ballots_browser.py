"""The voter's page in a real headless Chromium: fill in, reload, send through a broken network, find it again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.ballots_world import close, open_poll, opened, slips
from tests.lan.test_browser import CHROMIUM, FLAGS, PHONE, TABLET
from tests.ports import free_port
from tests.waits import WAIT_MS
from venue_app.lan.link import base_url
from venue_app.lan.server import LanServer
from venue_app.lan.tls import server_context
from venue_app.seal.certificates import TlsIdentity
from venue_app.venue import Venue

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        await found.close()


class Hall:
    """A voting hall: the laptop, and phones."""

    def __init__(self, venue: Venue, identity: TlsIdentity, browser: Browser) -> None:
        self.venue, self._identity, self._browser = venue, identity, browser
        self.port = free_port()
        self.faults: list[str] = []
        self._contexts: list[Any] = []

    async def start(self) -> None:
        context = server_context(self._identity.chain, self._identity.key)
        self.server = LanServer(self.venue, context, key=self._identity.key_sha256, polls=self.venue.polls)
        self.port = await self.server.start("127.0.0.1", self.port)

    async def phone(self, size: tuple[int, int] = PHONE, locale: str = "zh-CN") -> Page:
        context = await self._browser.new_context(
            ignore_https_errors=True,
            viewport={"width": size[0], "height": size[1]},
            has_touch=True,
            locale=locale,
        )
        context.set_default_timeout(WAIT_MS)
        self._contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on(
            "console", lambda line: self.faults.append(line.text) if "Content Security" in line.text else None
        )
        return page

    async def scan(self, slip: str, **how: Any) -> Page:
        page = await self.phone(**how)
        await page.goto(f"{base_url('127.0.0.1', self.port)}/b#{slip}")
        return page

    async def close(self) -> None:
        for context in self._contexts:
            await context.close()
        await self.server.stop()
        self.venue.close()


@pytest_asyncio.fixture(loop_scope="module")
async def hall(tmp_path: Path, identity: TlsIdentity, browser: Browser) -> AsyncIterator[Hall]:
    found = Hall(opened(tmp_path / "event.venue"), identity, browser)
    await found.start()
    yield found
    await found.close()
    assert found.faults == []


async def mark(page: Page, row: int, grade: str) -> None:
    await page.locator(".vote-row:not(.vote-all)").nth(row).get_by_text(grade, exact=True).click()


async def own_code(page: Page) -> str:
    await expect(page.locator("#own-code")).to_be_visible()
    return (await page.locator("#own-code").inner_text()).replace("-", "")


async def test_a_voter_fills_in_reloads_sends_and_finds_the_paper(hall: Hall) -> None:
    poll = open_poll(hall.venue)
    slip, _ = slips(hall.venue, poll, 2)
    page = await hall.scan(slip)
    await expect(page.locator("h2")).to_have_text("王甲")
    assert slip not in page.url, "the code does not stay in the address"
    await mark(page, 0, "优秀")
    await mark(page, 1, "不称职")
    await page.locator("#go-next").click()
    await page.locator(".vote-all").get_by_text("称职", exact=True).click()
    await page.reload()  # a dead battery, a closed page: the draft is on the device
    await page.locator("#slip").fill(slip.lower())
    await page.keyboard.press("Enter")
    await expect(page.locator("h2")).to_have_text("李乙")
    await page.locator("#go-next").click()
    await mark(page, 0, "基本称职")
    await page.locator("#go-review").click()
    await expect(page.locator(".vote-review")).to_contain_text("有 1 处未填")
    assert hall.venue.polls.turnout(poll)["staff"].cast == 0
    await page.locator("#send").click()
    code = await own_code(page)
    held = await page.evaluate("JSON.stringify(localStorage)")
    assert code in held and slip not in held and "基本称职" not in held, "only the own code stays"

    second = await hall.scan(slip)
    await expect(second.locator("h1")).to_have_text("这张凭条的票都已投完。")
    await asyncio.to_thread(close, hall.venue, poll)
    (paper,) = hall.venue.state.polls[poll].papers
    assert paper.code == code and paper.marks == {
        "C1": {"德": ("优秀",), "能": ("不称职",)},
        "C2": {"德": ("称职",), "能": ("称职",)},
        "C3": {"德": ("基本称职",)},
    }
    await page.locator("#leave").click()
    await page.locator(".vote-link").click()
    await page.locator("#own").fill(code)
    await page.keyboard.press("Enter")
    await expect(page.locator(".vote-review")).to_contain_text("德 优秀 · 能 不称职")


async def test_a_paper_sent_into_a_broken_network_is_counted_once(hall: Hall) -> None:
    poll = open_poll(hall.venue)
    (slip,) = slips(hall.venue, poll, 1)
    page = await hall.scan(slip, locale="en")
    await page.locator(".vote-modes button").nth(1).click()
    await page.locator(".vote-cell").first.click()
    await page.locator("#go-review").click()
    # the laptop takes the paper, and the answer is lost on the way
    lost: list[int] = []

    async def lose(route: Any) -> None:
        if lost:
            await route.continue_()
            return
        lost.append((await route.fetch()).status)
        await route.abort()

    await page.route("**/b/send", lose)
    await page.locator("#send").click()
    await expect(page.locator("[role=status]")).to_contain_text("trying again")
    assert lost == [200]
    await own_code(page)
    await expect(page.locator(".vote-counted")).to_contain_text("only once")
    await asyncio.to_thread(close, hall.venue, poll)
    assert [p.marks for p in hall.venue.state.polls[poll].papers] == [{"C1": {"德": ("优秀",)}}]


async def test_two_devices_with_one_slip(hall: Hall) -> None:
    poll = open_poll(hall.venue, "decide")
    (slip,) = slips(hall.venue, poll, 1, "")
    first, second = [await hall.scan(slip) for _ in range(2)]
    for page, word in ((first, "赞成"), (second, "反对")):
        await page.locator(".vote-modes button").nth(1).click()
        for row in range(3):
            await mark(page, row, word)
        await page.locator("#go-review").click()
        await page.locator("#send").click()
        if page is first:
            await own_code(page)
    await expect(second.locator(".vote-fault")).to_contain_text("已经投过票")
    await expect(second.locator(".vote-fault")).to_contain_text("没有计入")
    await second.locator("#leave").click()
    await expect(second.locator("#slip")).to_have_value("")
    await asyncio.to_thread(close, hall.venue, poll)
    assert hall.venue.state.polls[poll].tallies[""].votes["C1"] == {"": {"for": 1}}


async def test_a_shared_tablet_forgets_everything(hall: Hall) -> None:
    poll = open_poll(hall.venue, "choose")
    one, _ = slips(hall.venue, poll, 2, "")
    page = await hall.phone(size=TABLET)
    await page.goto(f"{base_url('127.0.0.1', hall.port)}/b#shared")
    await page.locator("#slip").fill(one)
    await page.keyboard.press("Enter")
    for name in ("王甲", "李乙", "张丙"):
        await page.get_by_text(name).click()
    await page.locator("#go-review").click()
    await page.locator("#send").click()
    await expect(page.locator(".vote-fault")).to_contain_text("这张票会作废")
    await page.get_by_role("button", name="返回修改").click()
    await page.get_by_text("张丙").click()
    await page.locator("#w-0").fill("丁某")
    await page.get_by_text("王甲").click()
    await page.locator("#go-review").click()
    await page.locator("#send").click()
    code = await own_code(page)
    await page.get_by_text("下一张凭条").click()
    await expect(page.locator("#slip")).to_have_value("")
    await page.locator("#slip").fill(one)  # by mistake the same slip once more
    await page.keyboard.press("Enter")
    await expect(page.locator("h1")).to_have_text("这张凭条的票都已投完。")
    await expect(page.locator(".vote-fault")).to_contain_text("不能再投")
    await expect(page.locator(".vote-spent")).not_to_contain_text("没有计入")
    await page.get_by_text("下一张凭条").click()
    await expect(page.locator("#slip")).to_have_value("")
    held = await page.evaluate("JSON.stringify(localStorage) + document.body.innerText")
    assert code not in held.replace("-", "") and one not in held and "丁某" not in held
    await asyncio.to_thread(close, hall.venue, poll)
    tally = hall.venue.state.polls[poll].tallies[""]
    assert tally.others == {"丁某": 1} and tally.votes["C2"] == {"": {"for": 1}}


async def test_ranks_are_tapped_in_order_and_points_typed(hall: Hall) -> None:
    rank, marks = open_poll(hall.venue, "rank"), open_poll(hall.venue, "marks")
    (first,), (second,) = slips(hall.venue, rank, 1, ""), slips(hall.venue, marks, 1, "")
    page = await hall.scan(first)
    for name in ("张丙", "李乙", "王甲", "张丙", "张丙"):  # the last two: taken back, put at the end
        await page.get_by_text(name).click()
    await page.locator("#go-review").click()
    await page.locator("#send").click()
    await own_code(page)
    page = await hall.scan(second)
    await page.locator("#p-C1-").fill("9")
    await page.locator("#p-C3-").fill("7")
    await page.locator("#go-review").click()
    await page.locator("#send").click()
    await own_code(page)
    for poll in (rank, marks):
        await asyncio.to_thread(close, hall.venue, poll)
    assert hall.venue.state.polls[rank].papers[0].marks == {
        "C1": {"": ("2",)},
        "C2": {"": ("1",)},
        "C3": {"": ("3",)},
    }
    assert hall.venue.state.polls[marks].papers[0].marks == {"C1": {"": ("9",)}, "C3": {"": ("7",)}}


async def test_the_hall_sees_turnout_and_nothing_else(hall: Hall) -> None:
    poll = open_poll(hall.venue, "decide")
    slip, _ = slips(hall.venue, poll, 2, "")
    page = await hall.phone(size=TABLET)
    await page.goto(f"{base_url('127.0.0.1', hall.port)}/b#hall")
    await expect(page.locator(".vote-turnout")).to_have_text("已投 0 / 2")
    voter = await hall.scan(slip)
    await mark(voter, 0, "赞成")
    await voter.locator("#go-next").click()
    await voter.locator("#go-next").click()
    await voter.locator("#go-review").click()
    await voter.locator("#send").click()
    await own_code(voter)
    await expect(page.locator(".vote-turnout")).to_have_text("已投 1 / 2")
    assert "赞成" not in await page.locator("body").inner_text()


async def test_of_a_rehearsal_every_page_says_so(hall: Hall) -> None:
    poll = open_poll(hall.venue, "decide")
    (slip,) = slips(hall.venue, poll, 1, "")
    for typed in ("", "#hall", f"#{slip}"):
        page = await hall.phone()
        await page.goto(f"{base_url('127.0.0.1', hall.port)}/b{typed}")
        await expect(page.locator(".vote-rehearsal")).to_have_text("演练，不作数")
    assert hall.faults == []


async def test_a_mistyped_code_stays_to_be_compared_with_the_slip(hall: Hall) -> None:
    page = await hall.phone()
    await page.goto(f"{base_url('127.0.0.1', hall.port)}/b")
    await page.locator("#slip").fill("abcd-efgh-jkmn")
    await page.keyboard.press("Enter")
    await expect(page.locator(".vote-fault")).to_contain_text("没有这个凭条码，或这场投票已经结束")
    await expect(page.locator("#slip")).to_have_value("ABCD-EFGH-JKMN")


async def test_a_paper_that_comes_after_the_end_is_said_not_to_count(hall: Hall) -> None:
    poll = open_poll(hall.venue)
    (slip,) = slips(hall.venue, poll, 1)
    page = await hall.scan(slip)
    await mark(page, 0, "优秀")
    await page.locator(".vote-modes button").nth(1).click()
    await asyncio.to_thread(close, hall.venue, poll)
    await page.locator("#go-review").click()
    await page.locator("#send").click()
    await expect(page.locator("h1")).to_have_text("这场投票已经停止收票。")
    await expect(page.locator(".vote-fault")).to_contain_text("刚才填写的这张票没有计入")
    assert slip not in await page.evaluate("JSON.stringify(localStorage)"), "its draft is gone"
    await page.locator("#leave").click()
    await expect(page.locator("#slip")).to_have_value("")


async def test_a_number_that_would_not_count_is_said_before_it_is_sent(hall: Hall) -> None:
    poll = open_poll(hall.venue, "marks")
    (slip,) = slips(hall.venue, poll, 1, "")
    page = await hall.scan(slip)
    for row, (typed, words) in enumerate((("11", "最高 10"), ("8.5", "每档 1，不能是 8.5"), ("7", ""))):
        await page.locator(".vote-points input").nth(row).fill(typed)
        await expect(page.locator(".vote-points .alarm-text").nth(row)).to_have_text(words)
    await page.locator("#go-review").click()
    await expect(page.locator(".vote-fault")).to_contain_text("有 2 处分数不合要求")
    await expect(page.locator("#send")).not_to_have_class("primary")
    await page.locator("li button").first.click()
    await page.locator("#p-C1-").fill("10")
    await page.locator("#p-C2-").fill("8")
    await page.locator("#go-review").click()
    await expect(page.locator(".vote-fault")).to_have_count(0)
    await page.locator("#send").click()
    await own_code(page)


async def test_by_keyboard_alone_the_place_on_the_paper_is_kept(hall: Hall) -> None:
    poll = open_poll(hall.venue)
    (slip,) = slips(hall.venue, poll, 1)
    page = await hall.scan(slip)
    focused = "document.activeElement.innerText"
    await page.locator("#g-C1-德-优秀").focus()
    await page.keyboard.press("Space")
    await expect(page.locator("#g-C1-德-优秀")).to_have_attribute("aria-pressed", "true")
    assert await page.evaluate(focused) == "优秀"
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("#g-C1-德-称职")).to_have_attribute("aria-pressed", "true")
    assert await page.evaluate(focused) == "称职"
    await page.locator("#mode-grid").focus()
    await page.keyboard.press("Enter")
    assert await page.evaluate(focused) == "一览填写"


async def test_the_heads_of_a_long_grid_stay_in_sight(hall: Hall) -> None:
    poll = open_poll(hall.venue)
    (slip,) = slips(hall.venue, poll, 1)
    page = await hall.phone(size=(390, 420))
    await page.goto(f"{base_url('127.0.0.1', hall.port)}/b#{slip}")
    await page.locator("#mode-grid").click()
    await page.evaluate(
        "document.querySelector('.vote-grid tbody tr').style.height = '900px'; scrollTo(0, 700)"
    )
    assert await page.evaluate("scrollY") == 700
    over = """[...document.querySelectorAll('.vote-grid thead th')].slice(1).map((head) => {
        const box = head.getBoundingClientRect();
        return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === head;
    })"""
    assert await page.evaluate(over) == [True, True]
