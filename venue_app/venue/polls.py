"""The desk where papers are handed in: open polls with their boxes, and one thread that writes to them.

Nothing here is logged, and nothing that is kept says which slip belongs to which paper (docs/ballots.md).
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from venue_app.base.errors import Known
from venue_app.domain.ballot_entries import BallotPaper
from venue_app.journal.box import EXCHANGED, GROUP, Box, Put
from venue_app.journal.box_change import BoxChange
from venue_app.scheme import Scheme
from venue_app.state import State
from venue_app.state.polls import Poll
from venue_app.venue.ballots import slip_digest
from venue_app.venue.context import BoxContent
from venue_app.venue.poll_faults import PollFaults
from venue_app.venue.poll_live import (
    Cast,
    Live,
    Slip,
    Turnout,
    admit,
    fresh_box,
    put_of,
    refuse_spent,
    slip_number,
)
from venue_app.venue.poll_news import BoxNews, TurnoutNews
from venue_app.venue.shutting import ShuttingQueue

log = logging.getLogger(__name__)

T = TypeVar("T")


class PollDesk:
    """Open polls of one event. Any thread may ask; one thread of its own answers and writes."""

    def __init__(self, event: Path, event_id: str) -> None:
        self._event = event
        self._event_id = event_id
        self._queue: ShuttingQueue[Cast | Callable[[], None]] = ShuttingQueue()
        self._live: dict[str, Live] = {}
        self._turnout = TurnoutNews()
        self._faults = PollFaults()
        self._news = BoxNews()
        self._trying = False
        self._scheme: Scheme | None = None
        self._thread = threading.Thread(target=self._run, name="polls", daemon=True)
        self._thread.start()

    # ---- from any thread ----

    def recover(self, state: State) -> None:
        """Open the boxes of open polls, remove those of polls that are over.

        A box that cannot be read does not keep the event shut: its poll can still be given up.
        """
        for poll in state.polls.values():
            try:
                if poll.status != "open":
                    Box.destroy(self._event, poll.id)
                elif Box.exists(self._event, poll.id):
                    self._ask(partial(self._open, poll)).result()
            except Known as fault:
                log.exception("the box of a poll cannot be opened")
                self._faults.stand(poll, fault, again=False)

    def follow(self, before: State, state: State) -> None:
        """What a commit changed: new polls get a box, new slips are known, boxes of polls that are over go. Waits.

        A fault of the disk stays in `faults` until the disk takes what it has to: whoever votes meanwhile hears that
        nothing was counted.
        """
        if before.polls is state.polls:
            return
        self._scheme = state.scheme
        for poll in state.polls.values():
            if before.polls.get(poll.id) is not poll:
                fresh = poll.id not in before.polls
                self._ask(partial(self._catch_up, poll, fresh)).result()

    def settle(self) -> None:
        """Polls that were shut and did not close after all take papers again."""
        if any(live.shut for live in list(self._live.values())):
            self._ask(self._reopen)

    def look(self, code: str) -> tuple[Slip, ...]:
        """What a slip is good for, poll by poll. Raises `ballots.slip_unknown`, and `ballots.not_counted` for one whose
        box the disk did not take; tells nobody that it was asked."""
        digest = slip_digest(self._event_id, code)
        found = tuple(
            Slip(live.poll.id, live.classes[number], live.box.state(number))
            for live in list(self._live.values())
            if (number := live.slips.get(digest)) is not None
        )
        if self._faults.waits(digest):
            if not self._trying:
                self._trying = True
                self._ask(self._try_again)
            if not found:
                raise Known("ballots.not_counted")
        if not found:
            raise Known("ballots.slip_unknown")
        return found

    def cast(self, poll: str, code: str, paper: BallotPaper) -> Future[bool]:
        """Hand a paper in with the slip's code; the future says, once it is durable, whether it was in already.

        Raises through the future `Known`: ballots.slip_unknown, slip_used, slip_on_paper, code_taken, not_open,
        not_counted when the disk does not take it.
        """
        future: Future[bool] = Future()
        self._put(Cast(poll, slip_digest(self._event_id, code), paper, future), future)
        return future

    def exchange(self, poll: str, code: str) -> str:
        """Take a slip back for a paper ballot: it can no longer be used. Returns its class. Waits.

        Raises `Known`: ballots.slip_unknown, slip_used, slip_on_paper, not_open.
        """
        digest = slip_digest(self._event_id, code)
        return self._ask(lambda: self._exchange(poll, digest)).result()

    def enter(self, poll: str, papers: Sequence[BallotPaper]) -> int:
        """Put paper ballots in that were typed in; those whose code is in already are left out. Waits.

        Returns how many were new. Raises `Known`: ballots.not_open.
        """
        return self._ask(lambda: self._enter(poll, papers)).result()

    def typed(self, poll: str) -> tuple[tuple[str, str], ...]:
        """Typed-in papers of an open poll: code and class, ascending by code; never what they say. Waits."""
        return self._ask(lambda: self._open_poll(poll).typed()).result()

    def withdraw(self, poll: str, code: str) -> bool:
        """Take a typed-in paper ballot out again by its code (a mistake found); never one cast with a slip. Waits."""
        return self._ask(lambda: self._withdraw(poll, code)).result()

    def shut(self, poll: str) -> BoxContent:
        """Take no more papers, and say what is in the box. Waits for those on their way."""
        return self._ask(lambda: self._shut(poll)).result()

    def turnout(self, poll: str) -> Mapping[str, Turnout]:
        """How many have voted, by class; never how."""
        return self._turnout.now.get(poll, {})

    def lost(self, state: State) -> tuple[str, ...]:
        """Open polls whose box is not here: they can only be given up."""
        return tuple(p.id for p in state.polls.values() if p.status == "open" and p.id not in self._live)

    def faults(self) -> Mapping[str, Known]:
        """Open polls in which nothing can be counted at the moment, and why; for the proctor."""
        return self._faults.snapshot()

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Hear that turnout changed, in the desk's thread; returns how to stop."""
        return self._turnout.listen(listener)

    def watch(self, listener: Callable[[BoxChange], None]) -> Callable[[], None]:
        """Hear every change of an open poll's box once it is durable, in the desk's thread, before who caused it does;
        returns how to stop."""
        return self._news.watch(listener)

    def tell_whole(self) -> None:
        """Let whoever watches hear all that is in the boxes; without waiting."""
        self._ask(lambda: self._news.all_of((live.poll.id, live.box) for live in self._live.values()))

    def close(self) -> None:
        """Finish what waits, close the boxes. A second call does nothing."""
        if self._queue.shut():
            self._thread.join()

    def _put(self, item: Cast | Callable[[], None], future: Future[T]) -> None:
        if not self._queue.put(item):
            future.set_exception(Known("venue.program_closing"))

    # ---- the desk's own thread from here on ----

    def _ask(self, work: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()

        def run() -> None:
            try:
                future.set_result(work())
            except Exception as fault:  # noqa: BLE001 whoever asked hears it
                future.set_exception(fault)

        self._put(run, future)
        return future

    def _run(self) -> None:
        while True:
            casts: list[Cast] = []
            item = self._queue.get()
            while isinstance(item, Cast):
                casts.append(item)
                if len(casts) == GROUP:
                    item = _nothing
                    break
                try:
                    item = self._queue.get_nowait()
                except queue.Empty:
                    item = _nothing
            self._cast_all(casts)
            if item is None:
                break
            item()
            self._turnout.tell({live.poll.id: live.turnout() for live in self._live.values()})
        for live in self._live.values():
            live.box.close()

    def _catch_up(self, poll: Poll, fresh: bool) -> None:
        """Do what a commit asks of a poll's box; what the disk refuses is tried again when somebody comes to vote."""
        unmade = any(p.id == poll.id for p in self._faults.unmade()) and poll.id not in self._live
        try:
            self._follow(poll, fresh or unmade)
        except Known as fault:
            log.warning("the box of a poll does not follow: poll=%s code=%s", poll.id, fault.code)
            if poll.status == "open":
                self._faults.stand(poll, fault, again=True)
                return
        if poll.id in self._live or poll.status != "open":
            self._faults.over(poll.id)

    def _try_again(self) -> None:
        self._trying = False
        for poll in self._faults.unmade():
            self._catch_up(poll, fresh=False)

    def _cast_all(self, casts: Sequence[Cast]) -> None:
        by_poll: dict[str, list[Cast]] = {}
        for cast in casts:
            if cast.future.set_running_or_notify_cancel():
                by_poll.setdefault(cast.poll, []).append(cast)
        for poll, group in by_poll.items():
            self._cast_group(poll, group)

    def _cast_group(self, poll: str, group: list[Cast]) -> None:
        puts: list[tuple[Cast, Put]] = []
        again: list[Cast] = []
        slips: set[int] = set()
        codes: set[str] = set()
        for cast in group:
            try:
                live = self._open_poll(poll)
                number, repeated = admit(live, cast.digest, cast.paper, slips, codes)
                put = put_of(live, cast.paper, number)
            except Exception as refusal:  # noqa: BLE001 the fault of one paper is its own answer
                cast.future.set_exception(refusal)
                continue
            if repeated:
                again.append(cast)
                continue
            slips.add(number)
            codes.add(cast.paper.code)
            puts.append((cast, put))
        if puts:
            self._write(live, [put for _, put in puts], codes, [cast.future for cast, _ in puts])
        for cast in again:
            if cast.paper.code in live.codes:
                cast.future.set_result(True)
            else:  # what it repeats could not be written
                cast.future.set_exception(Known("ballots.try_again"))

    def _write(self, live: Live, puts: list[Put], codes: set[str], futures: list[Future[bool]]) -> None:
        def durable() -> None:
            self._faults.taken(live.poll.id)
            live.codes |= codes
            self._news.put(live.poll.id, live.box, puts)
            for future in futures:
                future.set_result(False)

        try:
            live.box.put(puts, durable)
        except Exception as fault:  # noqa: BLE001 nothing was written and everyone waiting must hear why
            self._blame(live, fault)
            for future in futures:
                if not future.done():
                    future.set_exception(Known("ballots.not_counted") if isinstance(fault, Known) else fault)
            self._mend(live)

    def _blame(self, live: Live, fault: Exception) -> None:
        """What the proctor is to hear of a box that did not take a paper."""
        if isinstance(fault, Known):
            log.warning("the box of a poll takes no paper: poll=%s code=%s", live.poll.id, fault.code)
            self._faults.stopped(live.poll.id, fault)
        else:
            log.error("the box of a poll takes no paper: poll=%s", live.poll.id, exc_info=fault)

    def _mend(self, live: Live) -> None:
        """After a fault of the disk: look at the box anew, as after a crash."""
        live.box.close()
        try:
            live.box = Box(self._event, live.poll.id)
        except Known as fault:
            del self._live[live.poll.id]
            self._faults.stand(live.poll, fault, again=False)
            return
        with suppress(Known):  # that it has no room for more is known already
            live.know()
        with suppress(Known):
            self._news.whole(live.poll.id, live.box)

    def _open_poll(self, poll: str) -> Live:
        live = self._live.get(poll)
        if live is None or live.shut:
            raise Known("ballots.not_open", poll=poll)
        return live

    def _exchange(self, poll: str, digest: str) -> str:
        live = self._open_poll(poll)
        number = slip_number(live, digest)
        refuse_spent(live, number)
        live.box.set_state(number, EXCHANGED)
        self._news.exchanged(poll, live.box, number)
        return live.classes[number]

    def _enter(self, poll: str, papers: Sequence[BallotPaper]) -> int:
        live = self._open_poll(poll)
        fresh = [p for p in {p.code: p for p in papers}.values() if p.code not in live.codes]
        puts = [put_of(live, paper) for paper in fresh]
        try:
            for at in range(0, len(fresh), GROUP):
                part = fresh[at : at + GROUP]
                live.box.put(puts[at : at + GROUP])
                self._news.put(poll, live.box, puts[at : at + GROUP])
                live.codes |= {paper.code for paper in part}
                live.entered.update(paper.voter_class for paper in part)
        except Exception as fault:
            self._blame(live, fault)
            self._mend(live)  # what is half in must not be written a second time
            raise
        self._faults.taken(poll)
        return len(fresh)

    def _withdraw(self, poll: str, code: str) -> bool:
        live = self._open_poll(poll)
        kept = next((one for one in live.kept() if one.code == code and one.entered), None)
        if kept is None:
            return False
        body = msgspec.json.encode(kept)
        live.box.remove(body)
        self._news.removed(poll, live.box, body)
        live.codes.discard(code)
        live.entered[kept.voter_class] -= 1
        return True

    def _shut(self, poll: str) -> BoxContent:
        live = self._live.get(poll)
        if live is None:
            raise Known("ballots.box_missing", poll=poll)
        live.shut = True
        return live.content()

    def _reopen(self) -> None:
        for live in self._live.values():
            live.shut = False

    def _follow(self, poll: Poll, fresh: bool) -> None:
        if poll.status != "open":
            live = self._live.pop(poll.id, None)
            if live is not None:
                live.box.close()
            Box.destroy(self._event, poll.id)
        elif fresh:
            assert self._scheme is not None
            Box.destroy(self._event, poll.id)  # of an earlier event of the same name
            fresh_box(self._event, poll.id, self._scheme, poll).close()
            self._open(poll)
            self._news.whole(poll.id, self._live[poll.id].box)
        elif poll.id in self._live:
            self._live[poll.id].poll = poll
            self._live[poll.id].know()

    def _open(self, poll: Poll) -> None:
        live = Live(poll, Box(self._event, poll.id))
        live.know()
        self._live[poll.id] = live


def _nothing() -> None:
    return None
