"""The voters' door: look at a slip, hand a paper in, find it after the close, turnout for the hall.

Nothing here is logged but that an address sent wrong codes; a slip, a paper and an address meet only in the memory of
the request they came with.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from functools import partial
from typing import Protocol, TypeVar

import msgspec
from aiohttp import web

from venue_app.base.errors import Known
from venue_app.base.i18n import DEFAULT, LANGUAGES, say
from venue_app.base.ids import normal_code
from venue_app.domain.ballot_entries import BallotPaper
from venue_app.lan import ballot_messages as m
from venue_app.lan.ballot_views import form_of, hall_of
from venue_app.lan.pages import pages
from venue_app.lan.ports import BoxPort, VenuePort
from venue_app.rules.casting import paper_of, would_be_void
from venue_app.state.voting import published_csv

log = logging.getLogger(__name__)

#: A paper of a hundred people by five aspects takes about 20 KB.
_BODY = 256 * 1024
_CODE = 12
_WINDOW_S = 300.0
_PER_ADDRESS = 100
_IN_ALL = 1000

T = TypeVar("T")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class SlipSeen(Protocol):
    """What a slip is good for in one poll."""

    @property
    def poll(self) -> str:
        """The poll."""

    @property
    def voter_class(self) -> str:
        """The class it is for."""

    @property
    def state(self) -> int:
        """0 unused, 1 used, 2 exchanged for a paper ballot."""


class ClassTurnout(Protocol):
    """How far one class is."""

    @property
    def cast(self) -> int:
        """Papers cast with slips."""

    @property
    def entered(self) -> int:
        """Paper ballots typed in."""


class PollPort(BoxPort, Protocol):
    """Where papers are handed in. `venue_app.venue.polls.PollDesk` fits; nothing here imports it."""

    def look(self, code: str) -> tuple[SlipSeen, ...]:
        """What a slip is good for; `Known` ballots.slip_unknown."""

    def cast(self, poll: str, code: str, paper: BallotPaper) -> Future[bool]:
        """Hand a paper in; the future says, once durable, whether it was in already."""

    def turnout(self, poll: str) -> Mapping[str, ClassTurnout]:
        """How many have voted, by class."""


class WrongCodes:
    """Who sent codes that do not exist, for five minutes; then nobody remembers."""

    def __init__(self) -> None:
        self._by_address: dict[str, deque[float]] = {}
        self._all: deque[float] = deque()

    def admit(self, address: str, now: float) -> None:
        """Raises `ballots.too_many_guesses` for whoever guesses, or for all while very many do."""
        while self._all and now - self._all[0] > _WINDOW_S:
            self._all.popleft()
        mine = self._by_address.get(address, deque())
        while mine and now - mine[0] > _WINDOW_S:
            mine.popleft()
        if not mine:
            self._by_address.pop(address, None)
        if len(mine) >= _PER_ADDRESS or len(self._all) >= _IN_ALL:
            raise Known("ballots.too_many_guesses")

    def wrong(self, address: str, now: float) -> None:
        """A code that does not exist."""
        mine = self._by_address.setdefault(address, deque())
        mine.append(now)
        self._all.append(now)
        if len(mine) == _PER_ADDRESS:
            log.warning("many wrong slip codes: address=%s", address)


async def _at_once() -> None:
    """Where there is no standby."""


class BallotRoutes:
    """The routes under /b."""

    def __init__(
        self,
        port: VenuePort,
        polls: PollPort,
        superseded: Callable[[], bool] = lambda: False,
        safe: Callable[[], Awaitable[None]] = _at_once,
    ) -> None:
        """`superseded` says whether another laptop is the host: then nothing is counted here any more. `safe` waits until
        the standby has what is in the boxes, where one keeps up: nobody hears «counted» before."""
        self._port = port
        self._safe = safe
        self._superseded = superseded
        self._polls = polls
        self._wrong = WrongCodes()
        self._tables: dict[str, bytes] = {}

    def add_to(self, application: web.Application) -> None:
        """Add the routes; the pages' scripts and styles are among the other pages."""
        page = pages()["/ballot.html"]

        async def front(_request: web.Request) -> web.Response:
            return web.Response(
                body=page.body, headers={"Content-Type": page.media, "Cache-Control": "no-cache"}
            )

        application.router.add_get("/b", front)
        application.router.add_get("/b/turnout", self._turnout)
        application.router.add_get(r"/b/papers/{poll:V\d+}.csv", self._papers)
        application.router.add_post("/b/open", self._answering(m.ShowSlip, self._open))
        application.router.add_post("/b/send", self._answering(m.SendPaper, self._send))
        application.router.add_post("/b/find", self._answering(m.FindPaper, self._find))

    def _answering(self, kind: type[T], act: Callable[[T, str], Awaitable[object]]) -> Handler:
        """Read a body of this kind, act, answer in JSON; a refusal in the voter's language."""

        async def handle(request: web.Request) -> web.StreamResponse:
            language = DEFAULT
            try:
                if request.content_type != "application/json":
                    raise Known("ballots.bad_paper")
                body = await request.clone(client_max_size=_BODY).read()
                asked = msgspec.json.decode(body, type=kind)
                wanted = getattr(asked, "language", "")
                language = wanted if wanted in LANGUAGES else DEFAULT
                return _json(await act(asked, request.remote or ""))
            except (msgspec.MsgspecError, RecursionError, UnicodeError):
                known = Known("ballots.bad_paper")
            except Known as refusal:
                known = refusal
            status = 429 if known.code == "ballots.too_many_guesses" else 409
            return _json(m.Refusal(code=known.code, text=say(known, language)), status)

        return handle

    def _seen(self, code: str, address: str) -> tuple[SlipSeen, ...]:
        if self._superseded():
            raise Known("standby.superseded")
        now = asyncio.get_running_loop().time()
        self._wrong.admit(address, now)
        try:
            return self._polls.look(_slip(code))
        except Known as known:
            if known.code == "ballots.slip_unknown":
                self._wrong.wrong(address, now)
            raise

    async def _open(self, asked: m.ShowSlip, address: str) -> m.Forms:
        state = self._port.state
        seen = self._seen(asked.slip, address)
        if any(slip.state for slip in seen):
            await self._settled()
        make = partial(form_of, state, lang=asked.language if asked.language in LANGUAGES else DEFAULT)
        forms = tuple(make(state.polls[s.poll], s.voter_class, s.state) for s in seen)
        return m.Forms(
            event=state.event.event,
            title=state.event.title,
            rehearsal="rehearsal" if state.rehearsal else "",
            forms=forms,
        )

    async def _send(self, asked: m.SendPaper, address: str) -> m.Counted | m.WouldBeVoid:
        state = self._port.state
        poll = state.polls.get(asked.poll)
        if poll is None or poll.status != "open":
            raise Known("ballots.not_open", poll=asked.poll)
        slip = next((s for s in self._seen(asked.slip, address) if s.poll == poll.id), None)
        if slip is None:
            raise Known("ballots.slip_unknown")
        code = normal_code(asked.code)
        if len(code) != _CODE or not code.isalnum() or not code.isascii():
            raise Known("ballots.bad_paper")
        ballot = state.scheme.ballot(poll.ballot)
        paper = paper_of(ballot, poll.names, asked.marks, asked.others)
        if not asked.void and slip.state == 0 and would_be_void(ballot, paper, poll.names):
            return m.WouldBeVoid()
        marks = {name: dict(items) for name, items in paper.marks.items()}
        handed = BallotPaper(code=code, voter_class=slip.voter_class, marks=marks, others=paper.others)
        repeated = await asyncio.wrap_future(self._polls.cast(poll.id, _slip(asked.slip), handed))
        await self._settled()
        return m.Counted(counted=code, repeated=repeated)

    async def _settled(self) -> None:
        """What was counted may be told: the standby has it, and did not take over meanwhile."""
        await self._safe()
        if self._superseded():
            raise Known("standby.superseded")

    async def _find(self, asked: m.FindPaper, _address: str) -> m.Published:
        state = self._port.state
        code = normal_code(asked.code)
        language = asked.language if asked.language in LANGUAGES else DEFAULT
        for poll in state.polls.values():
            for paper in poll.papers:
                if paper.code == code and poll.status == "closed":
                    form = form_of(state, poll, paper.voter_class, 1, language)
                    return m.Published(form=form, marks=paper.marks, others=paper.others)
        raise Known("ballots.paper_unknown" if _any_closed(self._port) else "ballots.not_published")

    async def _turnout(self, request: web.Request) -> web.Response:
        state = self._port.state
        language = request.query.get("language", DEFAULT)
        voted = {
            poll: sum(t.cast + t.entered for t in self._polls.turnout(poll).values()) for poll in state.polls
        }
        return _json(hall_of(state, voted, language if language in LANGUAGES else DEFAULT))

    async def _papers(self, request: web.Request) -> web.Response:
        state = self._port.state
        poll = state.polls.get(request.match_info["poll"])
        if poll is None or poll.status != "closed":
            return web.Response(status=404)
        if poll.id not in self._tables:
            # long work for thousands of papers: once, and not where the stations wait for their turn
            self._tables[poll.id] = await asyncio.to_thread(published_csv, state, poll)
        return web.Response(
            body=self._tables[poll.id],
            headers={"Content-Type": "text/csv; charset=utf-8", "Cache-Control": "no-store"},
        )


def _any_closed(port: VenuePort) -> bool:
    return any(poll.status == "closed" for poll in port.state.polls.values())


def _slip(code: str) -> str:
    return normal_code(code[:40])


def _json(value: object, status: int = 200) -> web.Response:
    return web.Response(
        body=msgspec.json.encode(value),
        status=status,
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )
