"""The whole rehearsal: from a folder of spreadsheets to reports, bundle and results."""

from __future__ import annotations

import asyncio
import glob
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from venue_app.base.errors import Known
from venue_app.base.i18n import say, tr, tr_in
from venue_app.domain import commands as c
from venue_app.domain.floor_commands import CoSign
from venue_app.domain.nouns import Person
from venue_app.domain.roles import Actor, Role
from venue_app.host.bundling import write_bundle
from venue_app.host.reporting import Produced, produce, produce_applying
from venue_app.host.results import results_bytes
from venue_app.host.session import EventHost
from venue_app.lan.client import http_session
from venue_app.rehearsal.conductor import CHECKER, PROCTOR, Conductor
from venue_app.rehearsal.data import Script, read_script
from venue_app.rehearsal.draws import hold_draws
from venue_app.rehearsal.invented import invented_value
from venue_app.rehearsal.own import OwnEvent, own_script
from venue_app.rehearsal.robots import Robot, Tally
from venue_app.rehearsal.voting import hold_polls
from venue_app.reports.fill import day_forms
from venue_app.scheme import Entered, load_scheme
from venue_app.seal.keys import VenueKeys
from venue_app.state.appearing import appearing
from venue_app.venue import Venue

ROLES = ("proctor", "supervisor", "notary")

#: What is going on (a key of the catalogue `rehearsal.stage`), how far, of how many.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a rehearsal left behind."""

    event: Path
    bundle: Path
    results: Path
    reports: tuple[Produced, ...]
    candidates: int
    stations: int
    sheets: int
    papers: int
    notes: tuple[str, ...]


def rehearse(
    scheme_text: str, folder: Path, out: Path, *, title: str, speed: float | None, progress: Progress
) -> Summary:
    """Run the event of `folder` by robots and leave everything in `out`.

    An earlier rehearsal's event file, bundle and reports are kept; the results are of this one.
    Raises `Known`: roster.*, rehearsal.*, scheme.*, journal.*.
    """
    progress("reading", 0, 0)
    script = read_script(folder, load_scheme(scheme_text, "preset"))
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Known("reporting.folder", folder=str(out), reason=error.strerror or str(error)) from error
    host = EventHost.create(free_name(out, "rehearsal"), title=title, mode="rehearsal", scheme=scheme_text)
    try:
        return _run(host, script, out, speed, progress)
    finally:
        host.close()


def rehearse_event(
    own: OwnEvent,
    file: Path,
    out: Path,
    *,
    speed: float | None,
    progress: Progress,
    keys: VenueKeys | None = None,
) -> Summary:
    """Run an event's own plan and roster by robots in a separate file, a rehearsal for good; papers go to `out`.

    Simulated judges mark and simulated voters vote. When it does not come to its end nothing is left of it; papers
    made in an `out` that was there before stay.
    Raises `Known` rehearsal.*, journal.exists, journal.disk_full, and what `progress` raises to stop it.
    """
    progress("reading", 0, 0)
    script = own_script(own)
    fresh = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Known("reporting.folder", folder=str(out), reason=error.strerror or str(error)) from error
    host = EventHost.create(
        file, title=own.title, mode="rehearsal", scheme=own.scheme, place=own.place, keys=keys
    )
    ended = False
    try:
        summary = _run(host, script, out, speed, progress)
        ended = True
        return summary
    finally:
        host.close()
        if not ended:
            for left in file.parent.glob(f"{glob.escape(file.stem)}.*"):
                left.unlink()
            if fresh:
                shutil.rmtree(out, ignore_errors=True)


def free_name(folder: Path, stem: str) -> Path:
    """A name no event has yet: `stem`.venue, `stem`-2.venue …"""
    number = 1
    while (path := folder / (f"{stem}.venue" if number == 1 else f"{stem}-{number}.venue")).exists():
        number += 1
    return path


def _free_folder(folder: Path, stem: str) -> Path:
    """A folder with nothing in it yet: `stem`, `stem`-2 …"""
    number = 1
    while (path := folder / (stem if number == 1 else f"{stem}-{number}")).exists() and any(path.iterdir()):
        number += 1
    return path


def _run(host: EventHost, script: Script, out: Path, speed: float | None, progress: Progress) -> Summary:
    venue = host.venue
    name = tr_in(venue.state.scheme.language, "rehearsal.person")
    people = tuple(Person(role=role, name=name) for role in ROLES)
    venue.ask(script.command, PROCTOR)
    venue.ask(c.OpenRun(people=people), PROCTOR)
    if venue.state.scheme.attendance.supervisor:
        venue.ask(CoSign(milestone="opening"), Actor(role=Role.SUPERVISOR, name=name))
    hold_draws(venue, PROCTOR)
    papers = hold_polls(venue, script.papers, PROCTOR, name, invent=script.voters)
    host.start_lan("127.0.0.1", 0)  # before the loop of the robots: it may run one of its own
    tally = asyncio.run(_rooms(host, script, speed, progress))
    if script.voters:
        _enter_values(venue)
    venue.ask(c.CloseRun(people=people), PROCTOR)
    host.stop_lan()
    made, lacking = _papers(host, script, _free_folder(out, "reports"), progress)
    progress("sealing", 0, 0)
    results = out / "results.json"
    results.write_bytes(results_bytes(venue.state))
    bundle = venue.path.with_suffix(".bundle")
    write_bundle(venue, host.keys, bundle, [item.path for item in made])
    return Summary(
        event=venue.path,
        bundle=bundle,
        results=results,
        reports=made,
        candidates=len(venue.state.appearances),
        stations=len(venue.state.stations),
        sheets=len(tally.receipts),
        papers=papers,
        notes=(*script.notes, *lacking),
    )


def _papers(
    host: EventHost, script: Script, folder: Path, progress: Progress
) -> tuple[tuple[Produced, ...], tuple[str, ...]]:
    """The forms of the day. Of an own plan a form that does not belong to it is named and left out."""
    forms = day_forms()
    if not script.voters:
        made = produce(
            host.venue, host.keys, forms, folder, lambda done, _: progress("reports", done, len(forms))
        )
        return tuple(made), ()
    counted = iter(range(len(forms)))
    done = produce_applying(
        host.venue, host.keys, forms, folder, lambda *_: progress("reports", next(counted), len(forms))
    )
    notes = (tr("rehearsal.note.no_form", form=form, why=say(fault)) for form, fault in done.left_out)
    return done.made, tuple(notes)


def _enter_values(venue: Venue) -> None:
    """What is typed in on the day (考察), made up for everybody."""
    state = venue.state
    for component in state.scheme.components:
        if isinstance(component, Entered):
            for entry in appearing(state):
                key = f"{state.candidate_of(entry.id).identity},{component.id}"
                value = invented_value(key, component.minimum, component.maximum)
                venue.ask(
                    c.EnterValue(component=component.id, entry=entry.id, value=value, second=CHECKER), PROCTOR
                )


async def _rooms(host: EventHost, script: Script, speed: float | None, progress: Progress) -> Tally:
    """Seat the robots, run the rooms, and see that every receipt shown is in the journal."""
    tally = Tally({}, [], [])
    server = host.server
    assert server is not None
    robots: list[Robot] = []
    conductor = Conductor(host.venue, script.marks, speed, lambda done, of: progress("rooms", done, of))
    async with http_session() as http:
        tasks = []
        codes = server.issue_codes()
        for number, code in enumerate(codes):
            progress("joining", number, len(codes))
            robot = Robot(code.seat, conductor.answer, tally)
            tasks.append(await robot.sit_down(host.joining_link(code, "127.0.0.1"), http))
            robots.append(robot)
        run = asyncio.create_task(conductor.run())
        done, _ = await asyncio.wait([run, *tasks], return_when=asyncio.FIRST_COMPLETED)
        if run not in done:
            run.cancel()
            raise Known("rehearsal.station_lost", seats=", ".join(tally.lost_link))
        await run
        await _receipts(host, tally)
        for robot in robots:
            assert robot.client is not None
            await robot.client.close()
        await asyncio.gather(*tasks)
    if tally.refused:
        raise Known("rehearsal.refused", points="\n".join(tally.refused[:20]))
    return tally


async def _receipts(host: EventHost, tally: Tally) -> None:
    """Wait for the last receipts on their way, then compare each with the journal's own."""
    wanted = {
        (seat, a.room, a.lot): sheet.receipt
        for a in host.venue.state.appearances.values()
        for seat, sheet in a.sheets.items()
    }
    for _ in range(100):
        if tally.receipts.keys() >= wanted.keys():
            break
        await asyncio.sleep(0.05)
    if tally.receipts != wanted:
        raise Known("rehearsal.receipts", shown=len(tally.receipts), kept=len(wanted))
