"""Readiness: what facts mean, real probes of this machine, and the form read back from its file."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from msgspec import structs

from tests.world import FakeClock, created, roster
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES
from venue_app.cli.main import cli
from venue_app.domain.record import decode
from venue_app.domain.roles import Actor, Role
from venue_app.host.history import entries_of
from venue_app.host.proving import report_checks
from venue_app.host.readiness import Anchor, Printer, check, gather, in_words, worst, write_report
from venue_app.host.readiness.checks import MIB, size, zone
from venue_app.host.readiness.facts import (
    ClockFacts,
    CopyFacts,
    DiskFacts,
    Facts,
    FontFacts,
    NetworkFacts,
    PowerFacts,
    ProgramFacts,
    SeatFacts,
    TlsFacts,
)
from venue_app.host.readiness.machine import (
    _mac_sleep,
    _windows_sleep,
    disk_of,
    printers,
    sleeps_after,
    writable,
)
from venue_app.host.readiness.network import firewall, named_addresses, self_reached
from venue_app.host.readiness.points import CHECKS
from venue_app.host.readiness.probing import fonts
from venue_app.host.session import EventHost
from venue_app.lan.battery import on_mains
from venue_app.scheme import preset_text
from venue_app.seal.pages import codes_on_pages
from venue_app.state import replay
from venue_app.venue import Venue

PROCTOR = Actor(role=Role.PROCTOR, name="考务")
NOON = 1_777_600_000_000
GOOD = Facts(
    at_ms=NOON,
    official=True,
    copy_wanted="warn",
    printers=(Printer("HP", default=True),),
    copy=CopyFacts("/media/stick", writable=True, same_disk=False, free=4000 * MIB),
    disk=DiskFacts("folder", free=20_000 * MIB, writable=True),
    clock=ClockFacts(NOON, 480, NOON - 86_400_000, NOON - 60_000, slipped_ms=3, watched_ms=60_000),
    fonts=FontFacts(),
    network=NetworkFacts(
        (("192.168.1.5", "eth0"),), 8443, ours=True, free=False, reached=("192.168.1.5",), others=2
    ),
    tls=TlsFacts("OpenSSL 3", modern=True, own_key=True),
    power=PowerFacts(mains=True, battery=98, sleeps_s=0),
    program=ProgramFacts("0.1.0", "venue-app 0.1.0", "3.11", "3.45", "Linux"),
    seats=(
        SeatFacts("第1组 1", joined=True, connected=True, client="venue-app 0.1.0", error=12, battery=80),
    ),
)


def found(facts: Facts) -> dict[str, str]:
    """Sentence keys that are not ok, with their level."""
    return {
        point.key.removeprefix("readiness."): point.level for point in check(facts) if point.level != "ok"
    }


def test_a_laptop_that_lacks_nothing_is_ok_in_every_point_and_language() -> None:
    points = check(GOOD)
    assert {point.check for point in points} == set(CHECKS)
    assert [point.level for point in points] == ["ok"] * len(points)
    assert worst(points) == "ok"
    for lang in LANGUAGES:
        assert all(
            "{" not in in_words(point, lang) and "readiness." not in in_words(point, lang) for point in points
        )


CASES = {
    "no printer": (replace(GOOD, printers=()), {"printer.none": "fault"}),
    "printers unseen": (replace(GOOD, printers=None), {"printer.unknown": "attention"}),
    "paper jam": (
        replace(GOOD, printers=(Printer("HP", accepting=False, default=True, why="out of paper"),)),
        {"printer.stopped": "fault"},
    ),
    "default jams, another works": (
        replace(GOOD, printers=(Printer("HP", accepting=False, default=True), Printer("Canon"))),
        {"printer.default_stopped": "attention"},
    ),
    "official without copy": (replace(GOOD, copy=None), {"copy.none": "fault"}),
    "rehearsal without copy": (replace(GOOD, copy=None, official=False), {"copy.none": "attention"}),
    "copy not wanted": (replace(GOOD, copy=None, copy_wanted="off"), {}),
    "stick pulled": (
        replace(GOOD, copy=CopyFacts("/m", writable=False, same_disk=False)),
        {"copy.unwritable": "fault"},
    ),
    "copy on the same disk": (
        replace(GOOD, copy=CopyFacts("/m", writable=True, same_disk=True, free=4000 * MIB)),
        {"copy.same_disk": "attention"},
    ),
    "copy stale": (
        replace(
            GOOD, copy=CopyFacts("/m", writable=True, same_disk=False, free=4000 * MIB, behind_ms=10_001)
        ),
        {"copy.stale": "fault"},
    ),
    "copy of another event": (
        replace(
            GOOD,
            copy=CopyFacts(
                "/m", writable=True, same_disk=False, free=1, fault=Known("copy.other", file="a.copy")
            ),
        ),
        {"copy.fault": "fault"},
    ),
    "stick nearly full": (
        replace(GOOD, copy=CopyFacts("/m", writable=True, same_disk=False, free=49 * MIB)),
        {"copy.full": "fault"},
    ),
    "disk low": (replace(GOOD, disk=DiskFacts("/h", 2047 * MIB, True)), {"disk.low": "attention"}),
    "disk full": (replace(GOOD, disk=DiskFacts("/h", 299 * MIB, True)), {"disk.low": "fault"}),
    "disk read-only": (replace(GOOD, disk=DiskFacts("/h", 0, False)), {"disk.unwritable": "fault"}),
    "clock behind journal": (
        replace(GOOD, clock=replace(GOOD.clock, now_ms=NOON - 60_001)),
        {"clock.behind_journal": "fault"},
    ),
    "clock of 2001": (
        replace(GOOD, clock=replace(GOOD.clock, now_ms=1_000_000_000_000, journal_ms=0)),
        {"clock.behind_files": "fault"},
    ),
    "clock moved": (
        replace(GOOD, clock=replace(GOOD.clock, slipped_ms=-501)),
        {"clock.slipped": "attention"},
    ),
    "clock of London": (replace(GOOD, clock=replace(GOOD.clock, zone=0)), {"clock.zone": "attention"}),
    "a rare name": (
        replace(GOOD, fonts=FontFacts(missing=(("\ue000", "王\ue000"),))),
        {"fonts.missing": "fault"},
    ),
    "a broken face": (replace(GOOD, fonts=FontFacts(broken="a.ttf")), {"fonts.broken": "fault"}),
    "no network": (replace(GOOD, network=replace(GOOD.network, addresses=())), {"network.none": "fault"}),
    "port taken": (
        replace(GOOD, network=replace(GOOD.network, ours=False)),
        {"network.port_taken": "fault"},
    ),
    "does not reach itself": (
        replace(GOOD, network=replace(GOOD.network, reached=())),
        {"network.silent": "fault"},
    ),
    "two networks": (
        replace(
            GOOD,
            network=replace(
                GOOD.network,
                addresses=(("192.168.1.5", "eth0"), ("10.0.0.2", "wlan0")),
                reached=("192.168.1.5", "10.0.0.2"),
            ),
        ),
        {"network.several": "attention"},
    ),
    "firewall on, nobody came through": (
        replace(GOOD, network=replace(GOOD.network, others=0, firewall="ufw")),
        {"network.firewall": "attention"},
    ),
    "nobody came through": (
        replace(GOOD, network=replace(GOOD.network, others=0)),
        {"network.untried": "attention"},
    ),
    "another key answers": (
        replace(GOOD, tls=replace(GOOD.tls, own_key=False)),
        {"tls.other_key": "fault"},
    ),
    "old library": (replace(GOOD, tls=replace(GOOD.tls, modern=False)), {"tls.old": "fault"}),
    "no seats": (replace(GOOD, seats=()), {"stations.no_seats": "attention"}),
    "a seat away": (
        replace(GOOD, seats=(*GOOD.seats, SeatFacts("第1组 2", joined=True))),
        {"stations.missing": "attention"},
    ),
    "a slow clock, an empty battery, an old program": (
        replace(GOOD, seats=(SeatFacts("第1组 1", True, True, "venue-app 0.0.9", 101, 29),)),
        {"stations.clock": "attention", "stations.battery": "attention", "stations.version": "attention"},
    ),
    "a tablet's browser": (replace(GOOD, seats=(SeatFacts("第1组 1", True, True, "Firefox", 100, 30),)), {}),
    "unplugged": (replace(GOOD, power=PowerFacts(False, 30, 0)), {"power.battery": "attention"}),
    "nearly empty": (replace(GOOD, power=PowerFacts(False, 29, 0)), {"power.battery": "fault"}),
    "a desktop machine": (replace(GOOD, power=PowerFacts(True, None, 0)), {"power.no_battery": "attention"}),
    "power unseen": (
        replace(GOOD, power=PowerFacts(None, None, None)),
        {"power.unknown": "attention", "sleep.unknown": "attention"},
    ),
    "sleeps soon": (replace(GOOD, power=PowerFacts(True, 90, 900)), {"sleep.after": "attention"}),
    "sleeps at night": (replace(GOOD, power=PowerFacts(True, 90, 5 * 3600)), {}),
    "made by another version": (
        replace(GOOD, program=replace(GOOD.program, made_by="venue-app 0.0.9")),
        {"program.other": "attention"},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_wrong_is_said_with_a_step(case: str) -> None:
    facts, wanted = CASES[case]
    assert found(facts) == wanted
    for point in check(facts):
        for lang in LANGUAGES:
            words = in_words(point, lang)
            assert "{" not in words and "readiness." not in words and "copy.other" not in words


def test_the_sentence_names_the_character_and_whose_it_is() -> None:
    facts = replace(GOOD, fonts=FontFacts(missing=(("\ue000", "王\ue000"),)))
    [point] = [p for p in check(facts) if p.check == "fonts"]
    assert "王\ue000: \ue000 (U+E000)" in in_words(point, "zh-CN")


def test_sizes_and_zones() -> None:
    assert (size(312 * MIB), size(1024 * MIB), size(18_842 * MIB)) == ("312 MB", "1.0 GB", "18.4 GB")
    assert (zone(480), zone(0), zone(-210)) == ("UTC+8", "UTC+0", "UTC-3:30")


# ---- probes ----


def lpstat(**said: str | None):
    return lambda _program, option: said.get(option.strip("-"))


def test_printers_as_cups_tells_them() -> None:
    ask = lpstat(
        p=(
            "printer HP is idle.  enabled since Mon 02 Nov 2026\n"
            "printer Old disabled since Mon 02 Nov 2026 -\n\treason unknown\n"
            "printer Full is idle.  enabled since Mon 02 Nov 2026\n"
        ),
        d="system default destination: HP\n",
        a="HP accepting requests since Mon\nFull not accepting requests since Mon -\n",
    )
    known = printers(ask)
    assert known is not None
    assert [(p.name, p.accepting, p.default) for p in known] == [
        ("HP", True, True),
        ("Old", False, False),
        ("Full", False, False),
    ]
    assert printers(lpstat()) is None
    assert printers(lpstat(r="scheduler is running\n")) == ()


def test_sleep_settings_of_three_systems(monkeypatch) -> None:
    windows = "当前交流电源设置索引: 0x00000708\n    当前直流电源设置索引: 0x00000384\n"
    assert (_windows_sleep(windows), _windows_sleep(None)) == (1800, None)
    mac = "Battery Power:\n sleep 1\nAC Power:\n displaysleep 10\n sleep 20\n"
    assert (_mac_sleep(mac), _mac_sleep("")) == (1200, None)
    monkeypatch.setattr("sys.platform", "linux")
    kind = {"sleep-inactive-ac-type": "'suspend'\n", "sleep-inactive-ac-timeout": "3600\n"}
    assert sleeps_after(lambda *command: kind[command[-1]]) == 3600
    kind["sleep-inactive-ac-type"] = "'nothing'\n"
    assert sleeps_after(lambda *command: kind[command[-1]]) == 0
    assert sleeps_after(lambda *_command: None) is None


def test_the_mains_as_the_kernel_lists_them(tmp_path: Path) -> None:
    assert on_mains(tmp_path / "none") is None
    for name, kind, online in (("BAT0", "Battery", ""), ("AC", "Mains", "0"), ("usb", "USB", "1")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "type").write_text(f"{kind}\n")
        if online:
            (tmp_path / name / "online").write_text(f"{online}\n")
    assert on_mains(tmp_path) is True
    (tmp_path / "usb" / "online").write_text("0\n")
    assert on_mains(tmp_path) is False


def test_a_folder_is_written_to_and_left_clean(tmp_path: Path) -> None:
    assert writable(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert not writable(tmp_path / "gone")
    assert disk_of(tmp_path) == disk_of(tmp_path.parent)
    assert disk_of(tmp_path) != disk_of(Path("/proc"))


def test_a_port_that_another_program_has_is_no_port() -> None:
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        assert self_reached(other.getsockname()[1], ["127.0.0.1"]) is None
    assert self_reached(0, ["127.0.0.1"]) == ("127.0.0.1",)
    assert all(not address.startswith("127.") for address, _ in named_addresses())


def test_a_firewall_that_is_switched_on_is_named(tmp_path: Path) -> None:
    settings = tmp_path / "ufw.conf"
    settings.write_text("ENABLED=yes\n")
    assert firewall(settings) == "ufw"


def test_a_clock_that_is_set_meanwhile_is_seen_and_sleep_is_not_taken_for_it() -> None:
    clock = FakeClock()
    anchor = Anchor.take(clock)
    clock.pass_ms(60_000)
    assert anchor.passed(clock) == (0, 60_000)
    clock.sleep_ms(5000, counted=False)
    assert anchor.passed(clock) == (0, 65_000)
    clock.wall -= 3000
    assert anchor.passed(clock) == (-3000, 65_000)


# ---- a real event ----


@pytest.fixture
def host(tmp_path: Path):
    made = EventHost.create(
        tmp_path / "a.venue",
        title="某县竞聘",
        mode="official",
        scheme=preset_text("s0-county-self-nomination"),
    )
    yield made
    made.close()


def test_characters_without_a_glyph_are_found_with_the_name(tmp_path: Path) -> None:
    venue = Venue.create(tmp_path / "b.venue", created())
    try:
        assert fonts(venue.state) == FontFacts()
        taken = roster()
        first = structs.replace(taken.candidates[0], name="王\U00020000\ue000")
        command = structs.replace(taken, candidates=(first, *taken.candidates[1:]))
        venue.ask(command, PROCTOR)
        [(char, text)] = [m for m in fonts(venue.state).missing if m[0] == "\ue000"]
        assert (char, text) == ("\ue000", "王\U00020000\ue000")
    finally:
        venue.close()


def test_everything_is_looked_at_with_stations_let_in(host: EventHost, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    host.copy_to(stick)
    host.start_lan("0.0.0.0", 0)
    facts = gather(host, Anchor.take(host.venue.clock), printers=())
    assert facts.printers == ()
    assert facts.copy is not None
    assert (facts.copy.writable, facts.copy.same_disk, facts.copy.folder) == (True, True, str(stick))
    assert facts.network.ours
    assert facts.network.reached == tuple(address for address, _ in facts.network.addresses)
    assert facts.tls.own_key is (True if facts.network.addresses else None)
    assert facts.clock.journal_ms <= facts.clock.now_ms
    assert {point.check for point in check(facts)} == set(CHECKS)


def test_the_form_is_signed_recorded_and_found_again(host: EventHost, tmp_path: Path) -> None:
    points = check(GOOD)
    made = write_report(host.venue, host.keys, points, GOOD.at_ms, tmp_path / "out")
    again = write_report(host.venue, host.keys, points, GOOD.at_ms, tmp_path / "out")
    assert (made.form, made.serial, again.serial, made.path.name) == ("readiness", 1, 2, "readiness.pdf")
    assert made.path != again.path
    mark = host.venue.state.reports[0]
    assert (mark.form, mark.sha256, mark.printing) == ("readiness", made.sha256, None)
    data = made.path.read_bytes()
    document = pypdfium2.PdfDocument(data)
    text = document[0].get_textpage().get_text_bounded()
    assert "就绪检查表" in text and "192.168.1.5" in text
    entries = entries_of(host.venue)
    codes = codes_on_pages(data)
    checks = {c.code: c.ok for c in report_checks(codes, data, entries)}
    assert checks == {"audit.report_known": True, "audit.report_file": True}
    without = {c.code: c.ok for c in report_checks(codes, data + b" ", entries)}
    assert without == {"audit.report_known": None}
    assert len(replay(map(decode, entries)).reports) == 2


def test_the_command_line_says_it_and_makes_the_form(host: EventHost, tmp_path: Path, monkeypatch) -> None:
    path = host.venue.path
    host.close()
    monkeypatch.setattr("venue_app.host.readiness.machine.printers", lambda: ())
    out = tmp_path / "papers" / "r.pdf"
    said = CliRunner().invoke(cli, ["--language", "en", "readiness", str(path), "--json", "--out", str(out)])
    assert said.exit_code == 1  # an official event without printer and second copy
    assert '"check": "printer"' in said.output and '"level": "fault"' in said.output
    assert out.read_bytes().startswith(b"%PDF")
    assert [p.name for p in out.parent.iterdir()] == ["r.pdf"]
