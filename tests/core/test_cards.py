"""Cards printed before the day: right at one and at a hundred and fifty, with the longest and rarest names; codes scan back."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from itertools import pairwise

import pdfplumber
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from tests.core import reports_samples as samples
from tests.core.test_report_proving import said
from tests.core.test_reports_pages import texts
from tests.faults.hall import lay_out
from tests.world import PROCTOR, FakeClock
from venue_app.base.clock import SystemClock
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES
from venue_app.domain.commands import JoinStation
from venue_app.domain.roles import PROGRAM
from venue_app.host.cards import produce_cards
from venue_app.host.checking import check_beside
from venue_app.host.photos import take_photos
from venue_app.host.reporting import produce
from venue_app.host.session import EventHost
from venue_app.lan.link import read_link
from venue_app.reports.cards import Cards, cards_pdf
from venue_app.reports.cards import models as m
from venue_app.reports.fill.cards import CARDS, entry_passes, masked
from venue_app.reports.fill.common import Source
from venue_app.scheme import preset_text
from venue_app.seal.pages import codes_on_pages

HALL = m.Occasion(event="县公开自荐副科级领导干部演讲及测试", place="县委党校综合楼", rehearsal=False)
PRACTICE = m.Occasion(event="县公开自荐", place="", rehearsal=True)
LINK = "https://192.168.100.153:8443/#K7F2Q9-" + samples.sha("key")
KEY = "8254 C329 A928 50F6 D539 DD37 6F48 16EE"


def seat_cards(count: int, occasion: m.Occasion = HALL) -> m.SeatCards:
    return m.SeatCards(
        occasion=occasion,
        url="https://192.168.100.153:8443",
        key=KEY,
        cards=tuple(
            m.SeatCard(
                room="第一考场", group="评委组", seat=f"{n}号", code="K7F-2Q9", link=f"{LINK[:-4]}{n:04x}"
            )
            for n in range(1, count + 1)
        ),
    )


def every(count: int, occasion: m.Occasion = HALL) -> dict[str, Cards]:
    return {
        "seat": seat_cards(count, occasion),
        "boards": m.NameBoards(
            occasion=occasion,
            boards=tuple(m.NameBoard(over="监督员", word=samples.name(n)) for n in range(count)),
        ),
        "doors": m.DoorNotes(
            occasion=occasion,
            notes=(
                m.DoorNote(
                    room="第一考场（综合楼三楼大会议室）",
                    posts=tuple((samples.post(n), n + 1) for n in range(min(count, 16))),
                    sessions=(("am", count),),
                    people=count,
                ),
            ),
        ),
        "signs": m.Signposts(occasion=occasion, places=("候考室", "第一考场（综合楼三楼大会议室）")),
        "slips": m.LotSlips(occasion=occasion, places=(("第一考场", count),)),
    }


@pytest.mark.parametrize("count", [1, 150])
def test_nothing_of_a_card_leaves_the_paper(count: int) -> None:
    for name, form in every(count).items():
        with pdfplumber.open(io.BytesIO(cards_pdf(form, "zh-CN"))) as pdf:
            for page in (*pdf.pages[:6], pdf.pages[-1]):
                white = 4 / 25.4 * 72
                assert all(white < c["x0"] and c["x1"] < page.width - white for c in page.chars), name
                assert all(white < c["top"] and c["bottom"] < page.height - white for c in page.chars), name


def test_texts_of_a_seat_card_do_not_run_into_each_other() -> None:
    with pdfplumber.open(io.BytesIO(cards_pdf(seat_cards(4), "en"))) as pdf:
        page = pdf.pages[0]
        quarter = page.crop((0, 0, page.width / 2, page.height / 2))
        tops = sorted({round(c["top"]): c["bottom"] for c in quarter.chars}.items())
        assert len(tops) > 8
        assert all(low <= top + 3 for (_, low), (top, _) in pairwise(tops))
        assert "card works once" in " ".join((quarter.extract_text() or "").split())
        assert KEY in (quarter.extract_text() or "")


def test_four_seat_cards_a_page_and_each_code_scans_back() -> None:
    document = pypdfium2.PdfDocument(cards_pdf(seat_cards(21), "zh-CN"))
    assert len(document) == 6
    read = []
    for page in document:
        picture = page.render(scale=150 / 72, grayscale=True).to_pil()
        read += [code.text for code in zxingcpp.read_barcodes(picture)]
    assert sorted(read) == sorted(card.link for card in seat_cards(21).cards)


def test_a_board_reads_the_same_from_both_sides() -> None:
    document = pypdfium2.PdfDocument(cards_pdf(every(1)["boards"], "zh-CN"))
    page = document[0].render(scale=0.5, grayscale=True).to_pil().convert("L")
    wide, high = page.size
    lower = page.crop((0, high // 2 + 4, wide, high))
    upper = page.crop((0, 0, wide, high - (high // 2 + 4))).rotate(180)
    differing = sum(abs(a - b) > 96 for a, b in zip(lower.tobytes(), upper.tobytes(), strict=True))
    inked = sum(level < 128 for level in lower.tobytes())
    assert inked > 500
    assert differing < inked * 0.1


def test_slips_hold_every_number_once_and_places_stay_apart() -> None:
    form = m.LotSlips(occasion=PRACTICE, places=(("第一考场", 150), ("第二考场", 25)))
    numbers: dict[str, list[int]] = {"第一考场": [], "第二考场": []}
    with pdfplumber.open(io.BytesIO(cards_pdf(form, "zh-CN"))) as pdf:
        assert len(pdf.pages) == 7 + 2
        for page in pdf.pages:
            words = page.extract_words()
            [room] = {w["text"] for w in words if w["text"] in numbers}
            numbers[room] += [int(w["text"]) for w in words if w["text"].isdigit()]
    assert sorted(numbers["第一考场"]) == list(range(1, 151))
    assert sorted(numbers["第二考场"]) == list(range(1, 26))


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_of_a_rehearsal_say_so(language: str) -> None:
    word = {"zh-CN": "演练", "zh-TW": "演練", "en": "REHEARSAL"}[language]
    for name, form in every(2, PRACTICE).items():
        page = texts(cards_pdf(form, language))[0]
        assert word in page.upper(), name
        assert "cards." not in page and "reports." not in page


def test_a_rare_name_stands_on_its_board_and_an_unknown_sign_is_refused() -> None:
    form = m.NameBoards(occasion=HALL, boards=(m.NameBoard(over="公证员", word="张𠮷"),))
    assert texts(cards_pdf(form, "zh-CN"))[0].count("𠮷") == 2
    with pytest.raises(Known) as caught:
        cards_pdf(m.NameBoards(occasion=HALL, boards=(m.NameBoard(over="", word="\U0002ebf0"),)), "zh-CN")
    assert caught.value.code == "reports.no_glyph"


@pytest.mark.parametrize("word", ["主评委 1号", "评委 12号", "王五", "阿卜杜拉·买买提江·吐尔逊"])
def test_the_large_word_of_a_board_covers_neither_the_line_above_nor_the_one_below(word: str) -> None:
    form = m.NameBoards(occasion=HALL, boards=(m.NameBoard(over="第1组 · 评委组", word=word),))
    with pdfplumber.open(io.BytesIO(cards_pdf(form, "zh-CN"))) as pdf:
        page = pdf.pages[0]
        side = sorted((c["top"], c["bottom"], c["size"]) for c in page.chars if c["top"] > page.height / 2)
    tops = [top for top, _, size in side if size > 28.5]
    bottoms = [bottom for _, bottom, size in side if size > 28.5]
    above = [bottom for _, bottom, size in side if size == 28]
    below = [top for top, _, size in side if size == 11]
    assert len(tops) >= len(word.replace(" ", ""))
    assert above and below and max(above) <= min(tops) and max(bottoms) <= min(below)
    assert max(bottoms) < page.height, "on the paper"


# ---- from an event ----


@pytest.fixture
def host(tmp_path):
    made = EventHost.open(lay_out(tmp_path / "e.venue", people=6, observers=4), clock=FakeClock())
    yield made
    made.close()


def source(host: EventHost) -> Source:
    return Source(host.venue.state, 480)


def test_boards_have_numbers_for_judges_and_names_for_witnesses_only(host):
    boards = CARDS["name-boards"](source(host))
    assert isinstance(boards, m.NameBoards)
    seats = [s for s in host.venue.state.seats.values() if s.room]
    words = [board.word for board in boards.boards]
    assert len(words) == len(seats) + len(host.venue.state.people)
    assert not {s.name for s in seats} & set(words)
    assert words[0] == "主评委 1号" and words[1] == "评委 2号"
    assert [w.name for w in host.venue.state.people] == words[len(seats) :]


def test_door_notes_count_and_slips_match_the_draw(host):
    notes = CARDS["door-notes"](source(host))
    slips = CARDS["lot-slips"](source(host))
    assert isinstance(notes, m.DoorNotes) and isinstance(slips, m.LotSlips)
    assert [(n.room, n.posts, n.people) for n in notes.notes] == [
        ("第1组", (("文化局副局长", 3),), 3),
        ("第2组", (("水利局副局长", 3),), 3),
    ]
    assert slips.places == (("第1组", 3), ("第2组", 3))
    assert not [n for n in host.venue.state.candidates.values() if n.name in repr((notes, slips))]


def test_passes_hide_the_middle_of_a_number_and_tell_no_lot(host):
    passes = entry_passes(source(host), "R1").passes
    assert [one.number for one in passes] == ["E001", "E003", "E005"]
    assert passes[0].identity == "990000********0010"
    assert passes[0].posts == (("文化局副局长", "第1组"),)
    assert any("8分钟" in rule.replace(" ", "") for rule in entry_passes(source(host), "R1").rules)
    assert "lot" not in passes[0].__slots__


@pytest.mark.parametrize(
    ("whole", "shown"),
    [("123", "123"), ("12345678", "1*****78"), ("99000019800101001X", "990000********001X")],
)
def test_a_number_too_short_to_hide_stays_whole(whole: str, shown: str) -> None:
    assert masked(whole) == shown


def picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (600, 500), colour).save(out, "PNG")
    return out.getvalue()


def test_a_pass_shows_the_photograph_and_is_recomputed_without_it(host, tmp_path):
    folder = tmp_path / "照片"
    folder.mkdir()
    (folder / "张某1.png").write_bytes(picture("#C02020"))
    (folder / "张某3.jpg").write_bytes(b"no picture at all")
    assert take_photos(host.venue, [folder], PROCTOR).count == 2
    made = produce(host.venue, host.keys, ("entry-passes",), tmp_path / "out")
    assert [one.part for one in made] == ["R1", "R2"]
    path = made[0].path
    document = pypdfium2.PdfDocument(path.read_bytes())
    red = [_reddest(page) for page in document]
    assert red == [True, False, False]
    assert [len(page.texts) for page in codes_on_pages(path.read_bytes())] == [1, 1, 1]
    drawn = document[0].render(scale=200 / 72, grayscale=True).to_pil()
    assert "C001" in {code.text for code in zxingcpp.read_barcodes(drawn)}, "what the draw asks to scan"
    for lost in (False, True):
        if lost:
            [photo] = [p for p in host.venue.path.with_suffix(".photos").iterdir() if p.stat().st_size > 100]
            photo.unlink()
        found = said(check_beside(host.venue, path))
        assert found["audit.report_facts"] is found["audit.report_file"] is True
    whole = path.read_bytes()
    path.write_bytes(whole + b"\n")
    assert said(check_beside(host.venue, path))["audit.report_other_bytes"] is False


def _reddest(page: pypdfium2.PdfPage) -> bool:
    """Whether a large part of the page is red: the photograph's colour."""
    shown = page.render(scale=0.5).to_pil().convert("RGB")
    pixels = zip(*(channel.tobytes() for channel in shown.split()), strict=True)
    return bool(sum(r > 150 and g < 80 and b < 80 for r, g, b in pixels) > 1500)


def test_a_seat_card_opens_its_seat_also_after_a_restart(tmp_path):
    path = lay_out(tmp_path / "e.venue", people=2, observers=2)
    first = EventHost.open(path, clock=SystemClock())
    first.start_lan("127.0.0.1", 0)
    first.venue.ask(JoinStation(seat="R1-1", device="d" * 64, device_name="平板", public_key=""), PROGRAM)
    made = produce_cards(first, "seat-cards", tmp_path / "out")
    assert first.identity is not None
    pin = first.identity.key_sha256
    words = first.key_words()
    size = first.venue.state.size
    first.close()
    document = pypdfium2.PdfDocument(made.path.read_bytes())
    links = []
    for page in document:
        drawn = page.render(scale=150 / 72, grayscale=True).to_pil()
        links += [read_link(code.text) for code in zxingcpp.read_barcodes(drawn)]
    free = {seat for seat in first.venue.state.seats if seat != "R1-1"}
    assert len(links) == len(free)
    assert {link.pin for link in links} == {pin}
    assert words in texts(made.path.read_bytes())[0]
    assert made.sha256 == hashlib.sha256(made.path.read_bytes()).hexdigest()
    again = EventHost.open(path, clock=SystemClock())
    try:
        server = again.start_lan("127.0.0.1", 0)
        assert set(server.cards()) == free
        assert again.venue.state.size == size, "cards are in no journal"
        taken = {server._hub.door.desk.redeem(link.code, "192.0.2.7").seat for link in links}
        assert taken == free
    finally:
        again.close()


def test_cards_of_an_event_without_people_say_what_to_do_first(tmp_path):
    host = EventHost.create(
        tmp_path / "new.venue",
        title="新活动",
        mode="rehearsal",
        scheme=preset_text("s0-county-self-nomination"),
    )
    try:
        for name in ("name-boards", "door-notes", "signposts", "lot-slips"):
            with pytest.raises(Known) as caught:
                produce_cards(host, name, tmp_path / "out")
            assert caught.value.code.startswith("cards.")
        with pytest.raises(Known) as caught:
            produce(host.venue, host.keys, ("entry-passes",), tmp_path / "out")
        assert caught.value.code == "cards.nobody"
        assert not list(tmp_path.rglob("*.pdf*"))
    finally:
        host.close()


def test_a_pass_holds_the_day_it_was_printed(host, tmp_path):
    made = produce(host.venue, host.keys, ("entry-passes",), tmp_path / "out")[0]
    printing = host.venue.state.reports[-1].printing
    assert printing is not None and date.fromisoformat(printing.date)
    again = produce(host.venue, host.keys, ("entry-passes",), tmp_path / "out")[0]
    assert again.serial == made.serial and again.path.name == "entry-passes-R1-r1.pdf"


def test_cards_that_cannot_be_written_leave_nothing_and_spoil_no_earlier_code(tmp_path, monkeypatch):
    host = EventHost.open(lay_out(tmp_path / "e.venue", people=2, observers=2), clock=SystemClock())
    try:
        server = host.start_lan("127.0.0.1", 0)
        asked: list[int] = []
        monkeypatch.setattr(server, "issue_cards", lambda: asked.append(1))
        for name in ("seat-cards", "signposts"):
            (tmp_path / "out" / f"{name}.pdf.part").mkdir(parents=True)
            with pytest.raises(Known) as fault:
                produce_cards(host, name, tmp_path / "out")
            assert fault.value.code == "journal.disk_fault"
            (tmp_path / "out" / f"{name}.pdf.part").rmdir()
        assert asked == []
        (tmp_path / "out" / "signposts.pdf").mkdir()
        with pytest.raises(Known):
            produce_cards(host, "signposts", tmp_path / "out")
        assert [path.name for path in (tmp_path / "out").iterdir()] == ["signposts.pdf"]
    finally:
        host.close()
