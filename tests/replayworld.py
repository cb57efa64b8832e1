"""A day whose every moment is known, for looking back at: seconds are counted from the first entry."""

from __future__ import annotations

from pathlib import Path

from tests.world import PEOPLE, PROCTOR, FakeClock, on_floor, roster, send, stages_over
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.host.bundling import write_bundle
from venue_app.host.session import EventHost
from venue_app.scheme import preset_text
from venue_app.seal.keys import load_or_create
from venue_app.state import State

CALLED, PAUSED, RESUMED, SAID, MARKED, CHECKED, RELEASED, LEFT, SECOND = (
    60, 260, 290, 390, 400, 405, 425, 455, 495,
)  # fmt: skip
WALL = 1_777_600_000_000


def day(folder: Path) -> tuple[Path, Path, State]:
    """The event file, its bundle, and the state the event ended in.

    Lot 1 of room 1 speaks for 200 s, stands for 30, speaks for 100; every mark is 80; the second lot is called.
    """
    clock = FakeClock(WALL)
    host = EventHost.create(
        folder / "day.venue",
        title="回看的活动",
        mode="rehearsal",
        scheme=preset_text("s0-county-self-nomination"),
        keys=load_or_create(folder / "keys"),
        clock=clock,
    )
    venue = host.venue
    venue.ask(roster(), PROCTOR)
    venue.ask(c.OpenRun(people=PEOPLE), PROCTOR)
    venue.ask(dc.FreezeDraw(), PROCTOR)
    venue.ask(dc.HoldDraw(public="31415926535"), PROCTOR)

    def until(second: int) -> None:
        clock.pass_ms(WALL + second * 1000 - clock.wall)

    until(CALLED)
    on_floor(venue)
    until(PAUSED)
    venue.ask(c.PauseStage(room="R1", reason="灯光"), PROCTOR)
    until(RESUMED)
    venue.ask(c.ResumeStage(room="R1"), PROCTOR)
    until(SAID)
    stages_over(venue)
    until(MARKED)
    for seat in (*(f"R1-{n}" for n in range(1, 8)), *(f"OBS-{n:02d}" for n in range(1, 21))):
        send(venue, seat)
    until(CHECKED)
    venue.ask(c.CheckResult(room="R1", lot=1, checker="闵建中"), PROCTOR)
    until(RELEASED)
    venue.ask(c.ReleaseResult(room="R1", lot=1), PROCTOR)
    until(LEFT)
    venue.ask(c.CloseAppearance(room="R1", lot=1), PROCTOR)
    until(SECOND)
    venue.ask(c.CallCandidate(room="R1", lot=2), PROCTOR)
    write_bundle(venue, host.keys, folder / "day.bundle", [])
    state = venue.state
    host.close()
    return folder / "day.venue", folder / "day.bundle", state
