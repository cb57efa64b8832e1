"""A rehearsal of an event's own plan and roster: a separate file, a rehearsal for good, every result computed."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.world import PROCTOR
from venue_app.base.errors import Known
from venue_app.cli.main import cli
from venue_app.domain.commands import ImportRoster, OpenRun
from venue_app.domain.nouns import Person
from venue_app.domain.record import decode
from venue_app.host.history import entries_of
from venue_app.host.importing import import_command, plan_of, read_files
from venue_app.host.session import EventHost
from venue_app.journal.raw import read_raw
from venue_app.rehearsal.own import own_event, read_own, rehearsal_stem, rehearsals_of
from venue_app.rehearsal.run import free_name, rehearse_event
from venue_app.roster.decide import decide
from venue_app.roster.source import Source
from venue_app.scheme import Scheme, load_scheme, preset_text
from venue_app.seal.check import Outcome
from venue_app.seal.verify import verify_file
from venue_app.state import replay

PEOPLE = 6
PRESETS = (
    "s0-county-self-nomination",
    "s1-open-nomination",
    "s2-2-bureau-staff-vote",
    "s2-8-performance-appraisal",
    "s2-9-training-candidates",
)


def taken(scheme: Scheme) -> ImportRoster:
    """Six people for one post, in one room; nobody brought any points."""
    rows = "".join(f"演{n}号,9900001990010{n:02d}19X,测试职位,合格\n" for n in range(1, PEOPLE + 1))
    sheet = f"姓名,身份证号,报考职位,资格审查意见\n{rows}".encode()
    read = read_files([Source("名单.csv", sheet)], scheme)
    return import_command(decide(plan_of(read, scheme, {})), scheme)


def event(folder: Path, preset: str) -> Path:
    """An official event, open, under a preset."""
    path = folder / "竞聘.venue"
    text = preset_text(preset)
    host = EventHost.create(path, title="某县竞聘", mode="official", scheme=text, place="礼堂")
    try:
        host.venue.ask(taken(load_scheme(text, preset)), PROCTOR)
        host.venue.ask(OpenRun(people=(Person(role="notary", name="公证员"),)), PROCTOR)
    finally:
        host.close()
    return path


def quiet(_stage: str, _done: int, _total: int) -> None:
    return None


@pytest.mark.parametrize("preset", PRESETS)
def test_every_result_of_the_own_plan_and_roster_is_computed(tmp_path: Path, preset: str) -> None:
    path = event(tmp_path, preset)
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    file = tmp_path / "out" / "r.venue"
    summary = rehearse_event(read_own(path), file, tmp_path / "out", speed=None, progress=quiet)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    results = json.loads(summary.results.read_bytes())
    assert (results["mode"], results["title"]) == ("rehearsal", "某县竞聘（演练）")
    assert len(results["candidates"]) == PEOPLE
    assert [p["name"] for p in results["candidates"].values() if not p["composite"]] == []
    assert all(post["waiting"] == [] for post in results["posts"].values())
    state = replay(map(decode, read_raw(file).entries))
    assert state.rehearsal and state.closed_at is not None
    assert state.event.place == "礼堂"
    assert [p.name for p in state.people if p.name == "公证员"] == []
    assert verify_file(summary.bundle).outcome is not Outcome.WRONG


def test_the_newest_plan_counts_and_an_event_without_roster_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "leer.venue"
    host = EventHost.create(path, title="无名单", mode="official", scheme=preset_text(PRESETS[0]))
    host.close()
    with pytest.raises(Known) as fault:
        read_own(path)
    assert fault.value.code == "rehearsal.no_roster"


def test_a_rehearsal_of_a_rehearsal_says_so_once(tmp_path: Path) -> None:
    path = event(tmp_path, PRESETS[0])
    own = read_own(path)
    again = EventHost.create(
        tmp_path / "b.venue", title=own.title, mode="rehearsal", scheme=own.scheme, place=own.place
    )
    try:
        again.venue.ask(taken(again.venue.state.scheme), PROCTOR)
        assert own_event(entries_of(again.venue)).title == own.title == "某县竞聘（演练）"
    finally:
        again.close()


def test_a_rehearsal_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    path = event(tmp_path, PRESETS[0])

    class Stopped(Exception):
        pass

    def stop(stage: str, done: int, _total: int) -> None:
        if stage == "rooms" and done >= 2:
            raise Stopped

    out = tmp_path / "out"
    with pytest.raises(Stopped):
        rehearse_event(read_own(path), out / "r.venue", out, speed=None, progress=stop)
    assert not out.exists()
    out.mkdir()
    (out / "results.json").write_bytes(b"official")
    with pytest.raises(Stopped):
        rehearse_event(read_own(path), out / "r.venue", out, speed=None, progress=stop)
    assert [kept.name for kept in out.iterdir()] == ["results.json"]


def test_the_file_beside_the_event_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "竞聘.venue"
    stem = rehearsal_stem(path, 1_777_600_000_000)
    assert re.fullmatch(r"竞聘 演练 \d{8}-\d{4}", stem)
    first = free_name(tmp_path, stem)
    first.touch()
    path.touch()
    assert free_name(tmp_path, stem).name == f"{stem}-2.venue"
    assert rehearsals_of(path) == ()  # it has not come to its end
    first.with_suffix(".bundle").touch()
    assert rehearsals_of(path) == (first,)
    assert rehearsals_of(first) == ()


def test_the_command_line_rehearses_an_event(tmp_path: Path) -> None:
    path = event(tmp_path, PRESETS[0])
    out = tmp_path / "out"
    out.mkdir()
    (out / "results.json").write_bytes(b"official")
    said = CliRunner().invoke(cli, ["rehearse", "--event", str(path), "--out", str(out)])
    assert said.exit_code == 0, said.output
    [made] = out.glob("竞聘 演练 *.venue")
    assert (out / "results.json").read_bytes() == b"official" and not (out / "reports").exists()
    assert (made.with_suffix("") / "results.json").is_file()
    assert made.with_suffix(".bundle").is_file()
    assert "模拟评委" in said.output
    both = CliRunner().invoke(cli, ["rehearse", "county-self-nomination", "--event", str(path), "--out", "x"])
    assert both.exit_code == 2
