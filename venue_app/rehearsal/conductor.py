"""In the proctor's place: takes the one next step of each room, all rooms at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress

from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.domain.roles import Actor, Role
from venue_app.rehearsal.invented import Marks
from venue_app.state import Appearance, State
from venue_app.state.room import Step, everywhere, missing_everywhere, next_step, panel
from venue_app.venue import Change, Venue

PROCTOR = Actor(role=Role.PROCTOR, name="rehearsal")
CHECKER = "rehearsal-checker"
#: How much of its limit a simulated stage uses.
SHARE = 0.9

Given = Mapping[str, Mapping[tuple[str, int], Marks]]
Progress = Callable[[int, int], None]


class Conductor:
    """Runs every room to its end. `speed` is how many times faster than life; None means without waiting."""

    def __init__(
        self,
        venue: Venue,
        marks: Given,
        speed: float | None,
        progress: Progress,
    ) -> None:
        self._venue = venue
        self._marks = marks
        self._speed = speed
        self._progress = progress
        self._changed = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def answer(self, seat: str, room: str, lot: int) -> Marks | None:
        """What a seat gives a lot: from the folder, by the identity behind the lot."""
        state = self._venue.state
        appearance = state.appearances[(room, lot)]
        return self._given(state, appearance).get((state.seats[seat].group, state.seats[seat].number))

    async def run(self) -> None:
        """All rooms to the end, and every mark in."""
        stop = self._venue.listen(self._hear)
        try:
            async with asyncio.TaskGroup() as rooms:
                for room in self._venue.state.rooms:
                    rooms.create_task(self._room(room))
            await self._until(lambda state: not self._owed(state))
        except ExceptionGroup as group:  # the first room's fault, as its own sentence
            raise group.exceptions[0] from None
        finally:
            stop()

    def _hear(self, _change: Change) -> None:
        with suppress(
            RuntimeError
        ):  # told while the last room ended and its loop closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._changed.set)

    async def _until(self, reached: Callable[[State], bool]) -> None:
        while not reached(self._venue.state):
            self._changed.clear()
            if reached(self._venue.state):
                return
            try:
                await asyncio.wait_for(self._changed.wait(), 60)
            except TimeoutError:
                raise Known("rehearsal.stuck") from None

    @staticmethod
    def _owed(state: State) -> bool:
        held = (a for a in state.appearances.values() if a.status in ("floor", "done"))
        return any(missing_everywhere(state, a) for a in held)

    async def _ask(self, command: c.Command) -> None:
        await asyncio.wrap_future(self._venue.submit(command, PROCTOR))

    async def _pace(self, seconds: float) -> None:
        if self._speed is not None:
            await asyncio.sleep(seconds / self._speed)

    async def _room(self, room: str) -> None:
        while True:
            step = next_step(self._venue.state, room)
            if step.kind == "finished":
                return
            await self._step(room, step)

    async def _step(self, room: str, step: Step) -> None:
        lot = step.lot
        assert lot is not None
        if step.kind == "call":
            await self._call(room, lot)
        elif step.kind == "start-stage":
            await self._ask(c.StartStage(room=room, stage=step.stage or ""))
            await self._excuse(room, lot)
        elif step.kind == "end-stage":
            await self._pace(self._venue.state.scheme.stage(step.stage or "").limit_s * SHARE)
            await self._ask(c.EndStage(room=room))
        elif step.kind == "wait-marks":
            await self._until(lambda state: next_step(state, room).kind != "wait-marks")
        elif step.kind == "check":
            await self._ask(c.CheckResult(room=room, lot=lot, checker=CHECKER))
        elif step.kind == "release":
            await self._ask(c.ReleaseResult(room=room, lot=lot))
        else:
            await self._ask(c.CloseAppearance(room=room, lot=lot))
            self._tell()

    async def _call(self, room: str, lot: int) -> None:
        await self._ask(c.CallCandidate(room=room, lot=lot))
        if not self._comes(self._venue.state, self._venue.state.appearances[(room, lot)]):
            await self._ask(c.MarkAbsent(room=room, lot=lot))
            self._tell()

    def _comes(self, state: State, appearance: Appearance) -> bool:
        """Whoever the marks know comes; where nobody marks, that is everybody."""
        return state.candidate_of(appearance.entry).identity in self._marks

    def _given(self, state: State, appearance: Appearance) -> Mapping[tuple[str, int], Marks]:
        return self._marks.get(state.candidate_of(appearance.entry).identity, {})

    async def _excuse(self, room: str, lot: int) -> None:
        """Seats for which the folder holds no mark leave the arithmetic, as they would in life."""
        state = self._venue.state
        appearance = state.appearances[(room, lot)]
        given = self._given(state, appearance)
        for seat in (*panel(state, room), *everywhere(state)):
            if (seat.group, seat.number) in given or seat.id in appearance.excused:
                continue
            reason = "no mark in the data"
            await self._ask(c.ExcuseSeat(room=room, lot=lot, seat=seat.id, kind="excused", reason=reason))

    def _tell(self) -> None:
        over = [a.status in ("done", "absent") for a in self._venue.state.appearances.values()]
        self._progress(sum(over), len(over))
