"""Sealing: counts, forms on disk, printed pages read back, bundle and checks, and the close, with a real event."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
import zxingcpp
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from tests import ballots_world
from tests.ui import events
from tests.ui.walk import drop, unsaid
from ui import sample, words
from ui.bridge import Bridge
from ui.screens.seal.model import seal_model
from ui.screens.seal.printing import new_printer, print_files
from ui.screens.seal.screen import SealScreen
from ui.screens.seal.shots import SHOTS
from ui.screens.seal.work import HostWork, files_in, make_forms
from ui.tasks import Cancelled, Progress
from ui.widgets.layout import Words
from ui.widgets.state import Mark
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.host.session import EventHost
from venue_app.reports.fill import day_forms, form_names
from venue_app.scheme import preset_text
from venue_app.seal.keys import load_or_create
from venue_app.seal.pages import codes_on_pages

QUIET = Progress(lambda _done, _total: None)


# ---- what is shown ----


def test_counts_add_up_when_all_are_heard() -> None:
    model = seal_model(sample.judged())
    assert [count.ok for count in model.counts] == [True] * len(model.counts)
    sums = [str(count.sum) for count in model.counts]
    assert sums[0] == "154 = 参加 150 + 不参加 4"
    assert any(text == f"应收 {148 * 7} = 已收 {148 * 7} + 免交 0" for text in sums)
    assert any(text == f"应收 {148 * 20} = 已收 {148 * 20} + 免交 0" for text in sums)
    assert model.why_not_close == ""


def test_while_people_are_waiting_the_difference_stands_there() -> None:
    state = sample.under_way()
    model = seal_model(state)
    left = sum(a.status in ("waiting", "floor") for a in state.appearances.values())
    assert sum(count.off for count in model.counts) == left
    assert str(left) in str(model.why_not_close)
    assert seal_model(sample.opened()).why_not_close != ""


def test_a_missing_sheet_is_a_difference() -> None:
    one = sample.Sample()
    one.do(sample.roster_command())
    one.do(c.OpenRun(people=sample.PEOPLE))
    one.do(dc.FreezeDraw())
    one.do(dc.HoldDraw(public="1"))
    one.judge("R1", 1)
    state = one.state
    lot = state.appearances[("R1", 1)]
    fewer = {seat: sheet for seat, sheet in lot.sheets.items() if seat != "OBS-07"}
    torn = replace(state, appearances={**state.appearances, ("R1", 1): replace(lot, sheets=fewer)})
    bad = [count for count in seal_model(torn).counts if count.ok is False]
    assert [count.off for count in bad] == [1]
    assert "观众测评" in str(bad[0].title)


def test_where_there_is_only_voting_no_form_of_the_heard_is_missed(tmp_path: Path) -> None:
    venue = ballots_world.opened(tmp_path / "votes.venue")
    before = {form.id: form for form in seal_model(venue.state).forms}
    assert not before.keys() & {"draw-record", "draw-check", "candidate-sheets", "room-summary", "room-log"}
    assert before["tally"].extra and not before["composite"].extra
    missed = seal_model(venue.state).missing
    ballots_world.open_poll(venue)
    after = seal_model(venue.state)
    venue.close()
    assert not {form.id: form for form in after.forms}["tally"].extra, "what was voted on is told on paper"
    assert after.missing == missed + 1


def test_the_newest_print_of_each_file_is_taken(tmp_path: Path) -> None:
    for name in (
        "composite.pdf",
        "composite-r1.pdf",
        "composite-r10.pdf",
        "room-summary-R1.pdf",
        "other.pdf",
    ):
        (tmp_path / name).write_bytes(b"")
    found = files_in(tmp_path, form_names())
    assert [path.name for _, path in found] == ["room-summary-R1.pdf", "composite-r10.pdf"]
    assert files_in(tmp_path / "nowhere", form_names()) == ()


# ---- with a real event ----


@pytest.fixture
def host(tmp_path: Path) -> Iterator[EventHost]:
    made = EventHost.create(
        tmp_path / "event.venue",
        title="公开自荐",
        mode="rehearsal",
        scheme=preset_text(sample.SCHEME),
        keys=load_or_create(tmp_path / "keys"),
    )
    yield made
    made.close()


@pytest.fixture
def screen(host: EventHost, qtbot) -> Iterator[SealScreen]:
    bridge = Bridge(host.venue, sample.PROCTOR)
    made = SealScreen(bridge, HostWork(host))
    qtbot.addWidget(made.widget)
    made.widget.resize(1150, 620)
    made.widget.show()
    yield made
    bridge.close()


def idle(screen: SealScreen, qtbot) -> None:
    qtbot.waitUntil(lambda: screen._task is None)


def test_from_the_last_candidate_to_the_close(
    screen: SealScreen, host: EventHost, qtbot, tmp_path: Path
) -> None:
    view = screen.widget
    assert not view.bar.hold.isEnabled()
    events.judged(host.venue)
    qtbot.waitUntil(view.bar.hold.isEnabled)
    assert screen.rail_state().missing == len(day_forms())
    qtbot.mouseClick(view.forms.make_all, Qt.MouseButton.LeftButton)
    idle(screen, qtbot)
    issued = {mark.form: mark.sha256 for mark in host.venue.state.reports}
    assert len(issued) == len(day_forms())
    for name, digest in issued.items():
        assert sha256((screen.folder / f"{name}.pdf").read_bytes()).hexdigest() == digest
    assert screen.rail_state().missing == 0
    view.forms.table.choose("composite")
    assert view.forms.preview.file == screen.folder / "composite.pdf"
    assert view.forms.preview.document.pageCount() == 1

    target = tmp_path / "stick" / "event.bundle"
    target.parent.mkdir()
    screen.write_bundle(target)
    idle(screen, qtbot)
    shown = view.bundle.fingerprint.accessibleName().replace(" ", "")
    assert sha256(target.read_bytes()).hexdigest() in shown

    hold = view.bar.hold
    events.hold(qtbot, hold, lambda: host.venue.state.closed_at is not None)
    qtbot.waitUntil(lambda: screen.rail_state().mark is Mark.DONE)

    line = view.reopening
    qtbot.waitUntil(line.isVisible)
    assert not line.act.isEnabled()
    for edit, typed in zip(line.edits, ("闵建中", "闵建中", "漏录一份"), strict=True):
        edit.setText(typed)
    qtbot.mouseClick(line.act, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(view.banner.isVisible)
    assert host.venue.state.closed_at is not None, "one person alone opens nothing"
    line.edits[1].setText("尤思远")
    qtbot.mouseClick(line.act, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: host.venue.state.closed_at is None)
    qtbot.waitUntil(lambda: not line.isVisible())
    assert [one.reason for one in host.venue.state.reopened] == ["漏录一份"]


def test_checking_says_what_is_proved_and_finds_a_changed_file(
    screen: SealScreen, host: EventHost, qtbot
) -> None:
    events.drawn(host.venue)
    screen.make(["draw-record"])
    idle(screen, qtbot)
    file = screen.folder / "draw-record.pdf"
    view = screen.widget.check
    screen.check(file, "")
    idle(screen, qtbot)
    assert view.outcome.mark is Mark.WAIT
    told = [label.text() for label in view._inner.findChildren(Words)]
    assert "已证明" in told
    assert "不符" not in told
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    screen.check(file, "")
    idle(screen, qtbot)
    qtbot.waitUntil(lambda: str(view.outcome.mark) == "alarm")


def test_the_first_of_dropped_files_is_checked_and_none_is_no_file(
    screen: SealScreen, qtbot, tmp_path: Path
) -> None:
    page = screen.widget.check
    asked: list[tuple[Path, str]] = []
    page.check.disconnect()
    page.check.connect(lambda file, head: asked.append((file, head)))
    page.head.setText(" ABCD ")
    drop(page)
    drop(page, tmp_path / "a.pdf", tmp_path / "b.pdf")
    assert asked == [(tmp_path / "a.pdf", "ABCD")]


def test_a_form_that_cannot_be_made_says_why_and_stops_no_other(
    screen: SealScreen, host: EventHost, qtbot
) -> None:
    events.drawn(host.venue)
    screen.make(["draw-record", "no-such-form", "opening-report"])
    idle(screen, qtbot)
    assert sorted(path.name for path in screen.folder.iterdir()) == ["draw-record.pdf", "opening-report.pdf"]
    assert screen.widget.banner.isVisible()


def test_a_folder_that_cannot_be_written_is_said(
    screen: SealScreen, host: EventHost, qtbot, tmp_path: Path
) -> None:
    events.drawn(host.venue)
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    screen.use_folder(blocked / "forms")
    screen.make(["draw-record"])
    idle(screen, qtbot)
    assert screen.widget.banner.isVisible()
    assert str(blocked) in screen.widget.banner.sentence.text()
    assert host.venue.state.reports == ()


def test_printed_pages_are_the_forms_pages(host: EventHost, qapp, tmp_path: Path) -> None:
    events.drawn(host.venue)
    made = make_forms(HostWork(host), ["opening-report", "draw-record"], tmp_path / "forms", QUIET)
    paths = [one.path for one in made.files]
    printer = new_printer()
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    steps: list[int] = []
    printed = print_files(paths, printer, Progress(lambda done, _total: steps.append(done)))
    assert printed == sum(one.pages for one in made.files)
    paper = pypdfium2.PdfDocument(tmp_path / "paper.pdf")
    assert len(paper) == printed
    assert [round(side) for side in paper[0].get_size()] == [595, 842]
    source = pypdfium2.PdfDocument(paths[0])
    codes = [
        zxingcpp.read_barcodes(one[0].render(scale=200 / 72).to_pil())[0].text for one in (paper, source)
    ]
    assert codes[0] == codes[1] != ""
    assert steps[-1] == printed


def test_printing_stops_when_cancelled(host: EventHost, qapp, tmp_path: Path) -> None:
    events.drawn(host.venue)
    made = make_forms(HostWork(host), ["draw-record"], tmp_path / "forms", QUIET)
    printer = new_printer()
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    progress = Progress(lambda _done, _total: None)
    progress.cancel()
    with pytest.raises(Cancelled):
        print_files([made.files[0].path], printer, progress)


def test_range_and_copies_are_kept(host: EventHost, qapp, tmp_path: Path) -> None:
    events.drawn(host.venue)
    made = make_forms(HostWork(host), ["draw-record", "opening-report"], tmp_path / "forms", QUIET)
    paths = [one.path for one in made.files]
    whole = [text for path in paths for text in _texts(path)]
    assert len(whole) >= 2
    printer = new_printer()
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(len(whole) - 1, len(whole))
    printer.setCopyCount(2)
    assert print_files(paths, printer, QUIET) == 4
    assert _texts(tmp_path / "paper.pdf") == whole[-2:] * 2


def _texts(path: Path) -> list[str]:
    """The code on each page."""
    return [page.texts[0] for page in codes_on_pages(path.read_bytes())]


def test_what_is_no_pdf_is_refused_with_a_sentence(qapp, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.pdf"
    wrong.write_bytes(b"not a page")
    with pytest.raises(Known) as caught:
        print_files([wrong], new_printer(), QUIET)
    assert caught.value.code == "seal_screen.pdf_unreadable"


def test_the_printer_dialog_is_the_systems(screen: SealScreen, host: EventHost, qtbot) -> None:
    events.drawn(host.venue)
    screen.make(["draw-record"])
    idle(screen, qtbot)
    view = screen.widget.forms
    view.table.choose("draw-record")
    qtbot.mouseClick(view.print_one, Qt.MouseButton.LeftButton)
    dialog = screen.print_dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()


def test_every_moment_can_be_shown_in_traditional_chinese(qtbot) -> None:
    words.switch("zh-TW")
    assert unsaid(qtbot, SHOTS, "seal_screen") == []


def test_the_second_copy_is_chosen_and_seen(
    screen: SealScreen, host: EventHost, qtbot, tmp_path: Path
) -> None:
    page = screen.widget.bundle
    stick = tmp_path / "stick"
    stick.mkdir()
    page.copy_to.emit(stick)
    idle(screen, qtbot)

    def written() -> bool:
        status = host.copy_status
        screen.show_copy()
        return status is not None and status.size == host.venue.state.size and status.behind_since is None

    qtbot.waitUntil(written)
    assert not page.copy_stop.isHidden() and "1 条" in page.copy_mark.accessibleName()
    page.copy_to.emit(None)
    idle(screen, qtbot)
    assert host.copy_status is None and page.copy_stop.isHidden()
    assert len(list(stick.iterdir())) == 1


def test_the_tables_of_the_event_as_a_workbook(
    screen: SealScreen, host: EventHost, qtbot, tmp_path: Path
) -> None:
    events.judged(host.venue)
    target = tmp_path / "tables.xlsx"
    screen.widget.bundle.export_to.emit(target)
    idle(screen, qtbot)
    assert screen.widget.notice.isVisible() and not screen.widget.banner.isVisible()
    sheets = openpyxl.load_workbook(target, read_only=True).sheetnames
    assert sheets[:3] == ["活动", "职位", "考生"] and "存证日志" in sheets


# ---- packages several people open together ----


def test_files_are_sealed_among_three_and_opened_by_two(
    screen: SealScreen, host: EventHost, qtbot, tmp_path: Path
) -> None:
    page = screen.widget.packages
    paper, out, back = tmp_path / "试题.txt", tmp_path / "out", tmp_path / "back"
    paper.write_text("第一题", encoding="utf-8")
    sealing, opening = page.sealing, page.opening
    page.ask_files = lambda: [paper]
    page.ask_folder = lambda: str(out)
    sealing.add_files()
    sealing.label.setText("试题")
    sealing.holders.setText("甲")
    assert not sealing.action.button.isEnabled(), "one holder cannot be two"
    sealing.holders.setText("甲、乙，丙")
    sealing.action.button.click()
    idle(screen, qtbot)
    pdf = out / "试题-envelopes.pdf"
    texts = [found.texts[0] for found in codes_on_pages(pdf.read_bytes(), prefix="VS1:")]
    (sealed,) = host.venue.state.packages
    assert (sealed.holders, sealed.threshold, len(texts)) == (("甲", "乙", "丙"), 2, 3)
    sealing.gone.click()
    idle(screen, qtbot)
    assert not pdf.exists() and (out / "试题.age").exists()
    page.ask_file = lambda _title: str(out / "试题.age")
    page.ask_folder = lambda: str(back)
    opening.ask_package()
    for text in (texts[0], texts[0]):
        opening.share.setText(text)
        opening.take()
    assert not any(word in opening.list.item(0).text() for word in texts[0].split()[:3])
    opening.action.button.click()
    idle(screen, qtbot)
    assert screen.widget.banner.isVisible() and not back.exists(), "the same share twice"
    opening.anew.click()
    for text in (texts[2], texts[0]):
        opening.share.setText(text)
        opening.take()
    opening.action.button.click()
    idle(screen, qtbot)
    assert (back / "试题.txt").read_text(encoding="utf-8") == "第一题"
    assert host.venue.state.packages[0].opened == ("甲", "丙") and opening.shares == []
