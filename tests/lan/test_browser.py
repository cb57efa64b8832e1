"""The browser station in a real headless Chromium, against a real server with the venue's certificate."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from tests import world
from tests.lan.conftest import Laptop, soon
from tests.waits import WAIT_MS
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain.entries import SheetReceived
from venue_app.domain.record import decode
from venue_app.domain.signing import sheet_text, signed_by
from venue_app.host.carried import import_carried
from venue_app.lan.client import Link
from venue_app.lan.server import LanServer
from venue_app.lan.tls import server_context
from venue_app.scheme import preset_text
from venue_app.seal.certificates import TlsIdentity
from venue_app.venue import Venue

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TABLET = (1024, 768)
PHONE = (390, 844)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        await found.close()


class Tablet:
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

    async def slide(self, index: int, part: float) -> None:
        slider = self.page.locator(".slider").nth(index)
        await slider.scroll_into_view_if_needed()
        box = await slider.bounding_box()
        assert box is not None
        await slider.click(position={"x": 18 + (box["width"] - 36) * part, "y": box["height"] / 2})

    async def type_mark(self, index: int, keys: str) -> None:
        await self.page.locator(".value").nth(index).click()
        for key in keys:
            await self.page.locator(".keypad-keys button", has_text=key).click()
        await self.page.locator(".keypad .primary").click()

    async def mark_all(self) -> None:
        """24, 16, 16, 16 and 8 by the keypad: 80.0 in all."""
        for index, keys in enumerate(("24", "16", "16", "16", "8")):
            await self.type_mark(index, keys)

    async def hold(self) -> None:
        """Until it counts."""
        button = await self.page.locator(".held").element_handle()
        await button.hover()
        await self.page.mouse.down()
        await self.page.wait_for_function("button => button.disabled || !button.isConnected", arg=button)
        await self.page.mouse.up()

    async def tap(self) -> None:
        """Let go at once what has to be held."""
        await self.page.locator(".held").hover()
        await self.page.mouse.down()
        await self.page.mouse.up()

    async def submit(self) -> None:
        await self.page.locator("footer .primary").click()
        await self.hold()

    async def kept(self, store: str) -> int:
        """How many rows the page holds in a store of its IndexedDB."""
        return int(
            await self.page.evaluate(
                """store => new Promise((done, failed) => {
                    const open = indexedDB.open("venue-station");
                    open.onerror = failed;
                    open.onsuccess = () => {
                        const count = open.result.transaction(store).objectStore(store).count();
                        count.onsuccess = () => { open.result.close(); done(count.result); };
                    };
                })""",
                store,
            )
        )


@pytest_asyncio.fixture(loop_scope="module")
async def desk(browser: Browser, laptop: Laptop) -> AsyncIterator[Any]:
    """Opens tablets at a seat: `await desk("R1-1")`."""
    contexts = []

    async def open_at(seat: str, size: tuple[int, int] = TABLET, code: str | None = None) -> Tablet:
        context = await browser.new_context(
            ignore_https_errors=True, viewport={"width": size[0], "height": size[1]}, has_touch=True
        )
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        tablet = Tablet(await context.new_page())
        shown = laptop.server.issue_code(seat).code if code is None else code
        await tablet.page.goto(f"{laptop.url}/#{shown}")
        await tablet.page.locator("button[type=submit]").click()
        return tablet

    yield open_at
    for context in contexts:
        await context.close()


async def started(venue: Venue, room: str = "R1", lot: int = 1) -> None:
    await asyncio.to_thread(world.on_floor, venue, room, lot)


async def test_a_judge_joins_scores_and_reads_the_receipt(desk: Any, laptop: Laptop, venue: Venue) -> None:
    tablet: Tablet = await desk("R1-1")
    page = tablet.page
    await expect(page.locator(".wait")).to_contain_text("还没有考生上场")
    assert "#" not in page.url  # the code stays in no history
    await started(venue, lot=2)
    await expect(page.locator(".lot-number")).to_have_text("2")
    await expect(page.locator(".lot-post")).to_have_text("文化局副局长")
    await expect(page.locator(".clock-word")).to_contain_text("演讲")
    review = page.locator("footer .primary")
    await expect(review).to_be_disabled()
    await expect(page.locator(".reason")).to_have_text("还有 5 项未打")
    for index, part in enumerate((0.9, 0.55, 0.3)):
        await tablet.slide(index, part)
    await tablet.type_mark(3, "17.5")
    await expect(page.locator(".reason")).to_have_text("还有 1 项未打：仪表举止")
    await tablet.type_mark(4, "8")
    await page.locator(".criterion").nth(4).locator(".step").nth(1).click()
    numbers = [Decimal(await x.inner_text()) for x in await page.locator(".value-number").all()]
    assert numbers[3:] == [Decimal("17.5"), Decimal("8.1")]
    await expect(page.locator(".sum-number")).to_have_text(str(sum(numbers)))
    await review.click()
    await expect(page.locator(".review .sum-row .number")).to_have_text(str(sum(numbers)))
    await tablet.hold()
    await expect(page.locator(".received h1")).to_contain_text("已收到，第 2 号")
    kept = venue.state.appearances[("R1", 2)].sheets["R1-1"]
    await expect(page.locator(".receipt strong")).to_have_text(kept.receipt)
    assert kept.total == str(sum(numbers))
    await expect(page.locator(".status")).to_contain_text("还在等 2、3、4、5、6、7 号席位")
    assert await tablet.kept("outbox") == 0
    names = [x for p in venue.state.candidates.values() for x in (p.name, p.identity)]
    assert tablet.frames
    assert not [n for n in names for frame in [*tablet.frames, await page.content()] if n in frame]
    assert tablet.faults == []


async def test_a_sheet_outlives_the_network_a_reload_and_the_laptop(
    desk: Any, laptop: Laptop, venue: Venue
) -> None:
    tablet: Tablet = await desk("R1-1", PHONE)
    page = tablet.page
    await started(venue)
    await tablet.mark_all()
    await laptop.server.stop()
    await expect(page.locator(".link")).to_contain_text("未连接")
    await tablet.submit()
    await expect(page.locator(".kept")).to_contain_text("本机已保存，联网后自动送达")
    assert await tablet.kept("outbox") == 1
    assert venue.state.appearances[("R1", 1)].sheets == {}
    page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.accept()))
    await laptop.start()
    await page.reload()  # before or after it was sent by itself: the sheet is the same
    await soon(lambda: "R1-1" in venue.state.appearances[("R1", 1)].sheets)
    kept = venue.state.appearances[("R1", 1)].sheets["R1-1"]
    await expect(page.locator(".receipt strong")).to_have_text(kept.receipt)
    assert kept.total == "80.0"
    assert await tablet.kept("outbox") == 0
    assert sum("R1-1" in a.sheets for a in venue.state.appearances.values()) == 1


async def test_another_event_on_the_same_laptop_takes_neither_place_nor_sheets(
    desk: Any, laptop: Laptop, venue: Venue, tmp_path: Path
) -> None:
    tablet: Tablet = await desk("R1-1")
    await started(venue)
    await tablet.mark_all()
    await laptop.server.stop()
    await expect(tablet.page.locator(".link")).to_contain_text("未连接")
    await tablet.submit()
    await expect(tablet.page.locator(".kept")).to_be_visible()
    created = msgspec.structs.replace(world.created(), event="f" * 32)
    laptop.venue = other = world.prepared(tmp_path / "other.venue", event=created)
    await laptop.start()
    await expect(tablet.page.locator("h1")).to_contain_text("另一场活动")
    assert await tablet.kept("outbox") == 1
    await laptop.server.stop()
    other.close()
    laptop.venue = venue
    await laptop.start()
    await soon(lambda: "R1-1" in venue.state.appearances[("R1", 1)].sheets)
    await expect(tablet.page.locator(".receipt strong")).to_be_visible()
    assert await tablet.kept("outbox") == 0 and tablet.faults == []


async def test_a_kept_sheet_is_sent_after_the_page_was_opened_anew(
    desk: Any, laptop: Laptop, venue: Venue
) -> None:
    """The browser dies with the sheet kept; a new page of the same browser sends it."""
    tablet: Tablet = await desk("R1-1")
    await started(venue)
    await tablet.mark_all()
    await laptop.server.stop()
    await expect(tablet.page.locator(".link")).to_contain_text("未连接")
    await tablet.submit()
    await expect(tablet.page.locator(".kept")).to_be_visible()
    context = tablet.page.context
    await tablet.page.close(run_before_unload=False)
    await laptop.start()
    assert "R1-1" not in venue.state.appearances[("R1", 1)].sheets
    again = Tablet(await context.new_page())
    await again.page.goto(laptop.url)
    await expect(again.page.locator(".received h1")).to_contain_text("已收到，第 1 号")
    assert venue.state.appearances[("R1", 1)].sheets["R1-1"].total == "80.0"


async def test_half_filled_marks_survive_a_reload(desk: Any, venue: Venue) -> None:
    tablet: Tablet = await desk("R1-1")
    await started(venue)
    await tablet.type_mark(0, "27.5")
    await tablet.page.reload()
    await expect(tablet.page.locator(".value-number").nth(0)).to_have_text("27.5")
    await expect(tablet.page.locator(".value-number").nth(1)).to_have_text("—")


async def test_the_keypad_takes_no_mark_that_cannot_stand(desk: Any, venue: Venue) -> None:
    tablet: Tablet = await desk("R1-1")
    page = tablet.page
    await started(venue)
    await page.locator(".value").nth(0).click()
    for keys, words in (("30.1", "最高 30"), ("24.05", "每档 0.1，不能是 24.05")):
        for key in keys:
            await page.keyboard.press(key)
        await expect(page.locator(".keypad-note")).to_have_text(words)
        await expect(page.locator(".keypad .primary")).to_be_disabled()
        for _ in keys:
            await page.keyboard.press("Backspace")
    await page.keyboard.press("Escape")
    await expect(page.locator(".value-number").nth(0)).to_have_text("—")


async def test_letting_go_early_sends_nothing(desk: Any, venue: Venue) -> None:
    tablet: Tablet = await desk("R1-1")
    await started(venue)
    await tablet.mark_all()
    await tablet.page.locator("footer .primary").click()
    await tablet.tap()
    await expect(tablet.page.locator(".held-note")).to_contain_text("松手太早")
    assert await tablet.kept("outbox") == 0
    assert venue.state.appearances[("R1", 1)].sheets == {}


async def test_an_observer_marks_two_rooms_by_one_touch_each(desk: Any, venue: Venue) -> None:
    tablet: Tablet = await desk("OBS-07", PHONE)
    page = tablet.page
    await started(venue, "R1")
    await started(venue, "R2")
    await expect(page.locator(".others button")).to_have_count(2)
    await page.locator(".others button", has_text="第2组").click()
    await page.locator(".grade", has_text="9").click()
    await tablet.submit()
    await expect(page.locator(".received h1")).to_contain_text("已收到")
    await page.locator(".status button").click()
    await page.locator(".grade", has_text="10").click()
    await tablet.submit()
    await expect(page.locator(".history")).to_contain_text("已交 2 份")
    assert venue.state.appearances[("R2", 1)].sheets["OBS-07"].marks == {"overall": "9"}
    assert venue.state.appearances[("R1", 1)].sheets["OBS-07"].marks == {"overall": "10"}


async def test_wrong_codes_and_taken_seats_are_explained(desk: Any, laptop: Laptop) -> None:
    wrong: Tablet = await desk("R1-1", code="ZZZZZZ")
    await expect(wrong.page.locator(".form-note")).to_contain_text("入席码不对")
    await desk("R1-1")
    await soon(lambda: "R1-1" in laptop.server.presence())
    late: Tablet = await desk("R1-1")
    await expect(late.page.locator(".form-note")).to_contain_text("已由设备“平板”占用")


async def test_a_released_tablet_says_so_and_can_join_again(desk: Any, laptop: Laptop, venue: Venue) -> None:
    tablet: Tablet = await desk("R1-1")
    page = tablet.page
    await expect(page.locator(".wait")).to_be_visible()
    release = c.ReleaseStation(seat="R1-1", reason="换人")
    await asyncio.to_thread(venue.ask, release, world.PROCTOR)
    await expect(page.locator("h1")).to_contain_text("席位已收回")
    await page.locator(".primary").click()
    await page.locator("#code").fill(laptop.server.issue_code("R1-2").shown)
    await page.locator("button[type=submit]").click()
    await expect(page.locator(".band-seat")).to_contain_text("2 号席位")


async def test_two_pages_of_one_seat_do_not_fight(desk: Any, laptop: Laptop) -> None:
    first: Tablet = await desk("R1-1")
    await expect(first.page.locator(".wait")).to_be_visible()
    second = await first.page.context.new_page()
    await second.goto(laptop.url)
    await expect(second.locator(".wait")).to_be_visible()
    await expect(first.page.locator("h1")).to_contain_text("已在另一处打开")
    await first.page.locator(".primary").click()
    await expect(first.page.locator(".link")).to_contain_text("已连接")
    await expect(second.locator("h1")).to_contain_text("已在另一处打开")


async def test_the_proctor_is_called(desk: Any, laptop: Laptop) -> None:
    tablet: Tablet = await desk("R1-1")
    await tablet.page.locator(".call").click()
    await expect(tablet.page.locator(".call")).to_have_text("已呼叫，请稍候")
    assert laptop.server.presence()["R1-1"].called is not None
    laptop.server.answer_call("R1-1")
    await expect(tablet.page.locator(".call")).to_have_text("呼叫考务")


@pytest.mark.parametrize(
    ("choice", "heading", "post_word"),
    [("English", "Nobody has been called yet", "Lot"), ("繁體中文", "還沒有考生上場", "籤號")],
)
async def test_the_page_speaks_every_language(
    desk: Any, venue: Venue, choice: str, heading: str, post_word: str
) -> None:
    tablet: Tablet = await desk("R1-1")
    page = tablet.page
    await page.locator(".menu").click()
    await page.locator(".overlay button", has_text=choice).click()
    await page.locator(".overlay .primary").click()
    await expect(page.locator(".wait h1")).to_have_text(heading)
    await started(venue)
    await expect(page.locator(".lot-word")).to_have_text(post_word)
    assert "{" not in await page.locator("#app").inner_text()


@pytest.mark.parametrize("size", [TABLET, PHONE])
@pytest.mark.parametrize("large", [False, True])
async def test_everything_pressed_is_large_and_nothing_is_cut_off(
    desk: Any, venue: Venue, size: tuple[int, int], large: bool
) -> None:
    tablet: Tablet = await desk("R1-1", size)
    page = tablet.page
    if large:
        await page.locator(".menu").click()
        await page.locator(".overlay button", has_text="大字").click()
        await page.locator(".overlay .primary").click()
    await started(venue)
    await expect(page.locator(".criterion")).to_have_count(5)
    boxes = await page.evaluate(
        "[...document.querySelectorAll('button, [role=slider], input')]"
        ".map(e => e.getBoundingClientRect()).filter(b => b.width).map(b => [b.width, b.height])"
    )
    assert len(boxes) > 15
    assert [b for b in boxes if b[0] < 56 or b[1] < 56] == []
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= size[0]
    cut = await page.evaluate(
        "[...document.querySelectorAll('button, .band-name, h2')]"
        ".filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"
    )
    assert cut == []


async def test_marks_in_the_page_are_exact(desk: Any) -> None:
    """The page's arithmetic against Python's decimals, where binary fractions would go wrong."""
    tablet: Tablet = await desk("R1-1")
    cases = [["0.1", "0.2", "0.7"], ["28.1", "19.9", "0.3"], ["29.9", "0.1", "9.9"], ["16.1", "16.1", "16.1"]]
    found = await tablet.page.evaluate(
        """async cases => {
            const { units, text, total } = await import("/marks.js");
            const one = w => ({ id: w[0], places: 1, weight: w[1] });
            return cases.map(marks => {
                const given = { a: units(marks[0], 1), b: units(marks[1], 1), c: units(marks[2], 1) };
                return [
                    total([one(["a", "1"]), one(["b", "1"]), one(["c", "1"])], given),
                    total([one(["a", "0.35"]), one(["b", "2"]), one(["c", "1.5"])], given),
                    text(given.a, 1),
                ];
            });
        }""",
        cases,
    )
    for (plain, weighted, back), marks in zip(found, cases, strict=True):
        a, b, d = map(Decimal, marks)
        assert plain == str(a + b + d)
        assert Decimal(weighted) == a * Decimal("0.35") + b * 2 + d * Decimal("1.5")
        assert back == marks[0]
    units = await tablet.page.evaluate(
        """async () => {
            const { units } = await import("/marks.js");
            return ["27.5", "27", "27.50", "27.55", "-1", "1e1", "", ".5", "２"].map(x => units(x, 1));
        }"""
    )
    assert units == [275, 270, 275, None, None, None, None, None, None]


async def test_a_browsers_sheet_is_signed_by_a_key_that_cannot_be_taken_out(
    desk: Any, laptop: Laptop, venue: Venue
) -> None:
    tablet: Tablet = await desk("R1-1")
    page = tablet.page
    await expect(page.locator(".wait")).to_be_visible()
    ask = """async how => {
        const { Store } = await import("/store.js");
        const { DeviceKey } = await import("/sign.js");
        const key = await DeviceKey.of(await Store.open());
        if (how === "public") return key.shown;
        return crypto.subtle.exportKey(how, key.pair.privateKey).then(() => "out", (fault) => fault.name);
    }"""
    shown = venue.state.stations["R1-1"].public_key
    assert await page.evaluate(ask, "public") == shown
    for how in ("pkcs8", "jwk", "raw"):
        assert await page.evaluate(ask, how) in ("InvalidAccessError", "NotSupportedError")
    await page.reload()
    await expect(page.locator(".wait")).to_be_visible()
    assert await page.evaluate(ask, "public") == shown
    await started(venue)
    await tablet.mark_all()
    await tablet.submit()
    await expect(page.locator(".received h1")).to_contain_text("已收到")
    sheet = venue.state.appearances[("R1", 1)].sheets["R1-1"]
    entries: list[bytes] = []
    venue.with_journal(lambda journal: entries.extend(raw for _, raw in journal.entries(sheet.seq)))
    await soon(lambda: bool(entries))
    fact = decode(entries[0]).data
    assert isinstance(fact, SheetReceived)
    said = sheet_text("e" * 32, "R1-1", "R1", 1, fact.marks, sheet.sub or "")
    assert signed_by([shown], said, fact.signature)


async def test_page_and_laptop_sign_the_same_text(desk: Any, laptop: Laptop) -> None:
    tablet: Tablet = await desk("R1-1")
    marks = {"z": "027.50", "a": "0.00", "中": "16", "\ue000": "1.0", "\U00020bb7": "100.10", "A": "7"}
    sheet = {"event": "e", "seat": 'R"1', "room": "第\n1", "lot": 17, "id": "s", "marks": marks}
    text = await tablet.page.evaluate('async sheet => (await import("/sign.js")).sheetText(sheet)', sheet)
    assert text.encode() == sheet_text("e", 'R"1', "第\n1", 17, marks, "s")


async def test_a_browser_waits_to_be_let_in_and_takes_over_from_another(
    desk: Any, laptop: Laptop, venue: Venue
) -> None:
    laptop.server.approval = "replacements"
    old = await laptop.seat("R1-1")
    tablet: Tablet = await desk("R1-1")
    await expect(tablet.page.locator(".reason")).to_contain_text("本席现由“tablet R1-1”使用")
    await expect(tablet.page.locator("button[type=submit]")).to_be_disabled()
    (wish,) = laptop.server.wishes()
    laptop.server.decide(wish.id, True)
    await expect(tablet.page.locator(".wait")).to_contain_text("还没有考生上场")
    await soon(lambda: old.link is Link.RELEASED)
    assert tablet.faults == []


async def test_a_judge_asks_to_be_excused_and_the_proctor_decides(
    desk: Any, laptop: Laptop, venue: Venue
) -> None:
    tablet: Tablet = await desk("R1-2")
    page = tablet.page
    await started(venue)
    await expect(page.locator(".score")).to_be_visible()
    await page.locator(".menu").click()
    await page.get_by_role("button", name="申请回避签号 1").click()
    send = page.get_by_role("button", name="请考务决定")
    await expect(send).to_be_disabled()
    await page.locator("#recuse-reason").fill("考生是我的表弟")
    await send.click()
    await expect(page.locator(".kept h1")).to_contain_text("已申请回避签号 1，等考务决定")
    asked = laptop.server.presence()["R1-2"].recusal
    assert asked is not None
    assert (asked.room, asked.lot, asked.reason) == ("R1", 1, "考生是我的表弟")
    await page.get_by_role("button", name="撤回申请").click()
    await soon(lambda: laptop.server.presence()["R1-2"].recusal is None)
    await expect(page.locator(".score")).to_be_visible()  # and marking goes on
    await page.locator(".menu").click()
    await page.get_by_role("button", name="申请回避签号 1").click()
    await page.locator("#recuse-reason").fill("亲属")
    await send.click()
    await soon(lambda: laptop.server.presence()["R1-2"].recusal is not None)
    excuse = c.ExcuseSeat(room="R1", lot=1, seat="R1-2", kind="recused", reason="亲属")
    await asyncio.to_thread(venue.ask, excuse, world.PROCTOR)
    await expect(page.locator(".status")).to_contain_text("这位考生您回避，不用打分")
    await expect(page.locator(".kept")).to_have_count(0)
    assert laptop.server.presence()["R1-2"].recusal is None
    assert tablet.faults == []


async def test_unsent_sheets_are_saved_as_a_file_the_laptop_takes(
    desk: Any, laptop: Laptop, venue: Venue, tmp_path: Path
) -> None:
    tablet: Tablet = await desk("R1-1")
    page = tablet.page
    await started(venue)
    await tablet.mark_all()
    await laptop.server.stop()
    await tablet.submit()
    async with page.expect_download() as waiting:
        await page.locator(".kept").get_by_role("button", name="把没送到的存成文件").click()
    download = await waiting.value
    assert download.suggested_filename == "R1-1-1.venue-sheets"
    await download.save_as(tmp_path / "carried")
    data = (tmp_path / "carried").read_bytes()
    (brought,) = await asyncio.to_thread(import_carried, venue, data, "考务")
    assert (brought.seat, brought.lot, brought.fault, brought.known) == ("R1-1", 1, None, False)
    assert venue.state.appearances[("R1", 1)].sheets["R1-1"].total == "80.0"
    await laptop.start()
    await expect(page.locator(".receipt strong")).to_have_text(brought.receipt)  # sent again, and the same
    assert await tablet.kept("outbox") == 0


async def test_own_earlier_marks_are_shown_where_the_plan_lets_judges_agree_a_standard(
    browser: Browser, identity: TlsIdentity, tmp_path: Path
) -> None:
    scheme = preset_text("s0-county-self-nomination").replace(
        "minimum = 5\nchief = 1", "minimum = 5\nchief = 1\ncalibrate = 2"
    )
    assert "calibrate = 2" in scheme
    event = msgspec.structs.replace(world.created(), scheme=scheme)
    venue = Venue.create(tmp_path / "calibrated.venue", event)
    for command in (
        world.roster(),
        c.OpenRun(people=world.PEOPLE),
        dc.FreezeDraw(),
        dc.HoldDraw(public="31415926535"),
    ):
        venue.ask(command, world.PROCTOR)
    server = LanServer(venue, server_context(identity.chain, identity.key))
    port = await server.start("127.0.0.1", 0)
    context = await browser.new_context(ignore_https_errors=True, viewport={"width": 1024, "height": 768})
    tablet = Tablet(await context.new_page())
    page = tablet.page
    await page.goto(f"https://127.0.0.1:{port}/#{server.issue_code('R1-1').code}")
    await page.locator("button[type=submit]").click()
    await expect(page.locator(".wait")).to_be_visible()
    await started(venue)
    await tablet.mark_all()
    await page.locator(".menu").click()
    await expect(page.locator(".overlay")).not_to_contain_text("看我打过的分")  # nothing to look back at yet
    await page.keyboard.press("Escape")
    await tablet.submit()
    await expect(page.locator(".received")).to_be_visible()
    await page.locator(".menu").click()
    await page.get_by_role("button", name="看我打过的分").click()
    cells = await page.locator(".earlier tbody tr").first.locator("th, td").all_inner_texts()
    assert cells == ["1", "24.0", "16.0", "16.0", "16.0", "8.0", "80.0"]
    await context.close()
    await server.stop()
    venue.close()
