"""The page as an official meets it: a file dropped, an answer in words, other languages, paper, and browsers that lack things."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.verifier.conftest import PAGE, Verifier
from tests.verifier.small_event import REPORT, Forgery
from tests.verifier.test_forged import _mark, head_of
from venue_app.journal.merkle import leaf_hash, root_of
from venue_app.seal.keys import VenueKeys, load_or_create
from venue_app.seal.statement import PageStatement, make


@pytest.fixture(scope="module")
def forger(small: tuple[bytes, VenueKeys]) -> Forgery:
    return Forgery.of(*small)


@pytest.fixture
def files(tmp_path: Path, forger: Forgery, small: tuple[bytes, VenueKeys]) -> dict[str, Path]:
    """The bundle, a forged one, its report, and another."""
    forged = forger.changed(forger.find("sheet.received", 3), _mark).packed()
    made = {
        "small.bundle": small[0],
        "forged.bundle": forged,
        "report.pdf": REPORT,
        "other.pdf": b"%PDF-1.7 other",
    }
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    return {name: tmp_path / name for name in made}


def give(page: Page, file: Path) -> None:
    page.set_input_files("#file", file)


def test_what_is_proved_and_what_is_not(page: Page, files: dict[str, Path], forger: Forgery):
    page.goto(PAGE.as_uri())
    give(page, files["small.bundle"])
    expect(page.locator(".verdict h2")).to_have_text("没有不符")
    expect(page.locator("li.is-false")).to_have_count(0)
    expect(page.locator("#answer")).to_contain_text("20 份评分表都有该席位设备自己的有效签名")
    expect(page.locator("#answer")).to_contain_text("不能证明坐在评委设备前的是谁")
    expect(page.locator("#answer")).to_contain_text("还没有与文件之外记下的摘要比对")
    page.fill("#noted", head_of(forger))
    page.get_by_role("button", name="比对摘要").click()
    expect(page.locator("#answer")).to_contain_text("属于本日志的历史")
    page.fill("#noted", "80/0000 0000")
    page.keyboard.press("Enter")
    expect(page.locator(".first")).to_contain_text("不在本日志的历史中")
    page.get_by_text("由本页重新计算的成绩").click()
    expect(page.locator("table")).to_have_count(2)
    expect(page.locator("table").first).to_contain_text("张某1")


@pytest.mark.parametrize(
    ("lang", "words", "place"),
    [
        ("简体中文", "有不符之处", "席位 R1-4"),
        ("繁體中文", "有不符之處", "席位 R1-4"),
        ("English", "Something does not fit", "seat R1-4"),
    ],
)
def test_the_first_thing_that_does_not_fit(
    page: Page, files: dict[str, Path], lang: str, words: str, place: str
):
    page.goto(PAGE.as_uri())
    give(page, files["forged.bundle"])
    page.get_by_role("button", name=lang).click()
    expect(page.locator(".verdict h2")).to_have_text(words)
    expect(page.locator(".first")).to_be_visible()
    expect(page.locator("#answer")).to_contain_text(place)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_report_files(page: Page, files: dict[str, Path]):
    page.goto(PAGE.as_uri())
    give(page, files["report.pdf"])
    expect(page.locator(".verdict h2")).to_have_text("没有不符")
    expect(page.locator("#answer")).to_contain_text("没有打开存证包")
    give(page, files["small.bundle"])
    expect(page.locator("#answer")).to_contain_text("1 份报表文件都是日志中记下的那一份")
    give(page, files["report.pdf"])
    expect(page.locator(".verdict h2")).to_have_text("全部相符")
    give(page, files["other.pdf"])
    expect(page.locator(".first")).to_contain_text("日志中没有这个报表文件")
    page.get_by_role("button", name="回到存证包").click()
    expect(page.locator("#answer")).to_contain_text("small.bundle")


def _code(forger: Forgery, keys: VenueKeys, **change: object) -> str:
    lines = forger.members["journal.jsonl"].splitlines()[:60]
    said = {
        "event": "e" * 32,
        "form": "composite",
        "serial": "1",
        "page": 2,
        "pages": 2,
        "digest": b"\x11" * 32,
        "numbers": (("成绩", "87.53"),),
        "size": 60,
        "root": root_of(leaf_hash(line) for line in lines),
        "at": 1_777_600_000_000,
        "mode": "official",
    } | change
    return make(PageStatement(**said), keys._journal_key)  # type: ignore[arg-type]


def test_a_scanned_code(page: Page, files: dict[str, Path], forger: Forgery, tmp_path: Path):
    page.goto(PAGE.as_uri())
    give(page, files["small.bundle"])
    expect(page.locator(".verdict")).to_be_visible()
    code = _code(forger, forger.keys)
    other = load_or_create(tmp_path / "keys")
    for text, words in (
        (code + "\n", "校验码由本活动的公钥签名"),
        (code[:-1], "这不是页面二维码里的文字"),
        (code.replace("VA1:", "va1:"), "这不是页面二维码里的文字"),
        (_code(forger, other), "校验码的签名无效"),
        (_code(forger, forger.keys, event="f" * 32), "这一页不属于本活动"),
        (_code(forger, forger.keys, mode="rehearsal"), "这一页不属于本活动"),
        (_code(forger, forger.keys, root=b"\x22" * 32), "不在本日志的历史中"),
        (_code(forger, forger.keys, serial="7"), "日志中没有编号 7"),
    ):
        page.fill("#code", text)
        page.get_by_role("button", name="核验校验码").click()
        expect(page.locator("#answer")).to_contain_text(words)
    page.fill("#code", code)
    page.get_by_role("button", name="核验校验码").click()
    expect(page.locator(".verdict h2")).to_have_text("全部相符")
    expect(page.locator("#answer")).to_contain_text("87.53")
    expect(page.locator("#answer")).to_contain_text("复印件上的校验码同样有效")


def test_a_flipped_sign_in_a_code(page: Page, forger: Forgery):
    code = _code(forger, forger.keys)
    key = forger.keys.public.hex()
    found = page.evaluate(
        """async ([code, key]) => {
            const first = Uint8Array.from(key.match(/../g), (two) => parseInt(two, 16));
            const open = { key: first, hosts: { at: () => first }, info: {}, tree: null, state: null };
            const wrong = [];
            for (let at = 4; at < code.length; at += 7) {
                const other = code.slice(0, at) + (code[at] === "A" ? "B" : "A") + code.slice(at + 1);
                const { checks } = await Verifier.page(other, open);
                wrong.push(checks.some((one) => ["code", "code_signature"].includes(one.code) && one.ok === false));
            }
            return wrong;
        }""",
        [code, key],
    )
    assert len(found) > 40 and all(found)


def test_files_it_does_not_know(page: Page, tmp_path: Path):
    page.goto(PAGE.as_uri())
    (tmp_path / "letter.docx.txt").write_bytes(b"hello")
    give(page, tmp_path / "letter.docx.txt")
    expect(page.locator(".first")).to_contain_text("既不是存证包")


def test_a_browser_without_these_signatures(
    verifier: Verifier, small: tuple[bytes, VenueKeys], forger: Forgery
):
    """The page's own Ed25519 and P-256 say what the browser's say."""
    forged = forger.changed(forger.find("sheet.received", 3), _mark).signed()
    with_browser = [verifier.verify(small[0]), verifier.verify(forged)]
    verifier.page.evaluate("Verifier.alone(true)")
    try:
        alone = [verifier.verify(small[0]), verifier.verify(forged)]
    finally:
        verifier.page.evaluate("Verifier.alone(false)")
    assert alone == with_browser
    assert "signatures" in alone[1].wrong()


def test_it_prints_on_paper(page: Page, files: dict[str, Path]):
    page.goto(PAGE.as_uri())
    give(page, files["forged.bundle"])
    expect(page.locator(".first")).to_be_visible()
    page.emulate_media(media="print")
    try:
        expect(page.locator(".drop")).to_be_hidden()
        expect(page.locator("#code")).to_be_hidden()
        expect(page.locator(".first")).to_be_visible()
    finally:
        page.emulate_media(media="screen")
