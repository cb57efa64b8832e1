"""The routes: the joining page, its files, joining itself, the time, and the door to the stations' connections."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import msgspec
from aiohttp import web

from venue_app.base.errors import Known
from venue_app.base.i18n import DEFAULT, LANGUAGES, say
from venue_app.lan import messages as m
from venue_app.lan import proof
from venue_app.lan.ballot_routes import BallotRoutes
from venue_app.lan.hub import Hub
from venue_app.lan.limits import Bucket
from venue_app.lan.pages import Page, pages
from venue_app.lan.role_session import RoleSession
from venue_app.lan.session import Session
from venue_app.lan.standby_session import StandbySession

log = logging.getLogger(__name__)

_BODY = 4096
#: Pages on which somebody votes: they open no WebSocket.
_VOTERS = frozenset({"/b", "/ballot.html"})
_SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Frame-Options": "DENY",
}
_STATUS = {"lan.too_many_guesses": 429, "lan.busy": 503, "lan.internal": 500, "lan.bad_request": 400}

Door = type[Session] | type[RoleSession] | type[StandbySession]

#: Where devices connect: seats by the first, other places by the second, the standby laptop by the third.
DOORS: dict[str, Door] = {"/ws": Session, "/ws/place": RoleSession, "/ws/standby": StandbySession}

#: What a page of an earlier host may ask here: to come over, and whether this is the host now.
_FROM_EARLIER = frozenset({*DOORS, "/api/host"})

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def policy(host: str, follows: bool = True, standby: tuple[str, ...] = ()) -> str:
    """The content security policy: nothing but our own files, and connections to hosts of the event.

    Where the standby will answer is not known when the page is loaded, so that a WebSocket of a page that `follows` may
    go anywhere; no script runs but our own, and it goes only where `hosts` says. A voter's page stays with this host, and may
    ask the `standby` that is known by now whether it has taken over.
    """
    sockets = f" wss://{host} wss:" if follows else "".join(f" {url}" for url in standby)
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        f"connect-src 'self'{sockets}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def host_is_ours(host: str, names: frozenset[str]) -> bool:
    """Whether a Host header names this laptop: an address, or one of its names.

    A foreign page that points its own name at our address (DNS rebinding) is turned away here.
    """
    name = urlsplit(f"//{host}").hostname or ""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name in names
    return True


def origin_is_ours(origin: str | None, host: str, earlier: tuple[str, ...] = ()) -> bool:
    """Whether a request comes from our own page, from that of an earlier host, or from a program that is no browser."""
    return origin is None or origin == f"https://{host}" or origin in earlier


class Routes:
    """The HTTP side of the server."""

    def __init__(
        self, hub: Hub, names: frozenset[str], key: bytes, ballots: BallotRoutes | None = None
    ) -> None:
        self._ballots = ballots
        self._hub = hub
        self._key = key
        self._names = names
        self._addresses: Counter[str] = Counter()
        self._paces: WeakKeyDictionary[asyncio.Transport | None, Bucket] = WeakKeyDictionary()

    def application(self) -> web.Application:
        """The aiohttp application."""
        application = web.Application(client_max_size=_BODY, middlewares=[self._guard])
        application.router.add_post("/api/join", self._join)
        if self._key:
            application.router.add_post("/api/prove", self._prove)
        application.router.add_get("/api/time", self._time)
        application.router.add_get("/api/host", self._host)
        for path, door in DOORS.items():
            application.router.add_get(path, self._door(door))
        if self._ballots is not None:
            self._ballots.add_to(application)
        for path, page in pages().items():
            application.router.add_get(path, _answer(page))
        return application

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        response: web.StreamResponse
        try:
            host_fits = host_is_ours(request.host, self._names)
        except ValueError:
            host_fits = False
        earlier = self._hub.port.state.earlier if request.path in _FROM_EARLIER else ()
        if not host_fits or not origin_is_ours(request.headers.get("Origin"), request.host, earlier):
            log.warning("foreign host or origin: address=%s path=%s", request.remote, request.path[:80])
            self._hub.blame(request.remote or "")
            response = web.Response(status=403, headers=_SECURITY)
            response.force_close()
            return response
        await asyncio.sleep(self._pause(request))
        try:
            async with asyncio.timeout(None if request.path in DOORS else self._hub.limits.request_s):
                response = await handler(request)
        except web.HTTPException as refusal:
            response = web.Response(status=refusal.status)
        except TimeoutError:
            response = web.Response(status=408)
            response.force_close()
        if not response.prepared:
            response.headers.update(_SECURITY)
            standby = self._hub.port.state.standby
            response.headers["Content-Security-Policy"] = policy(
                request.host, request.path not in _VOTERS, () if standby is None else standby.urls
            )
        return response

    def _pause(self, request: web.Request) -> float:
        """How long a request has to wait because of those before it on its connection, in seconds."""
        limits, now = self._hub.limits, asyncio.get_running_loop().time()
        found = self._paces.get(request.transport)
        if found is None:
            found = self._paces[request.transport] = Bucket(limits.requests, limits.request_burst, now)
        return found.delay(now)

    async def _time(self, _request: web.Request) -> web.Response:
        clock = self._hub.port.clock
        body = msgspec.json.encode({"wall": clock.wall_ms(), "mono": clock.mono_ms()})
        return _json(body)

    async def _host(self, request: web.Request) -> web.Response:
        answer = _json(msgspec.json.encode(self._hub.host_here()))
        if "Origin" in request.headers:  # ours, or an earlier host's: else it had been turned away
            answer.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
            answer.headers["Vary"] = "Origin"
        return answer

    async def _prove(self, request: web.Request) -> web.Response:
        try:
            asked = msgspec.json.decode(await request.read(), type=proof.ProofAsked)
            code = self._hub.door.desk.named(asked.place, request.remote or "")
        except (msgspec.MsgspecError, RecursionError, UnicodeError):
            return web.Response(status=400)
        except Known as known:
            log.info("nothing proved: address=%s code=%s", request.remote, known.code)
            return web.Response(status=_STATUS.get(known.code, 403))
        made = proof.prove(code, self._key, asked)
        return web.Response(status=400) if made is None else _json(msgspec.json.encode(made))

    async def _join(self, request: web.Request) -> web.Response:
        language = DEFAULT
        try:
            if request.content_type != "application/json":
                raise Known("lan.bad_request")
            asked = msgspec.json.decode(await request.read(), type=m.JoinRequest)
            language = asked.language if asked.language in LANGUAGES else DEFAULT
            answer = await self._hub.door.join(asked, request.remote or "")
            return _json(m.encode(answer), 202 if isinstance(answer, m.JoinWaiting) else 200)
        except (msgspec.MsgspecError, RecursionError, UnicodeError):
            known = Known("lan.bad_request")
        except Known as refusal:
            known = refusal
        log.info("joining refused: address=%s code=%s", request.remote, known.code)
        fault = m.Fault(
            code=known.code,
            params={name: str(value) for name, value in known.params.items()},
            text=say(known, language),
        )
        return _json(m.encode(fault), _STATUS.get(known.code, 403))

    def _door(self, door: Door) -> Handler:
        async def connect(request: web.Request) -> web.StreamResponse:
            return await self._connect(request, door)

        return connect

    async def _connect(self, request: web.Request, door: Door) -> web.StreamResponse:
        address = request.remote or ""
        limits = self._hub.limits
        open_now = self._addresses.total()
        strangers = open_now - len(self._hub.sessions)
        crowded = open_now >= limits.connections or self._addresses[address] >= limits.per_address
        if crowded or strangers >= limits.strangers:
            log.warning("too many connections: address=%s open=%s", address, open_now)
            return web.Response(status=503)
        ws = web.WebSocketResponse(compress=False, max_msg_size=m.MAX_FRAME, timeout=2.0)
        ws.headers.update(_SECURITY)
        transport = request.transport
        if transport is None or not ws.can_prepare(request):
            return web.Response(status=400)
        self._addresses[address] += 1
        try:
            await ws.prepare(request)
            await door(self._hub, ws, address, transport).run()
        finally:
            self._addresses[address] -= 1
            if not self._addresses[address]:
                del self._addresses[address]
        return ws


def _json(body: bytes, status: int = 200) -> web.Response:
    return web.Response(
        body=body, status=status, content_type="application/json", headers={"Cache-Control": "no-store"}
    )


def _answer(page: Page) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        headers = {"ETag": page.etag, "Cache-Control": "no-cache"}
        if request.headers.get("If-None-Match") == page.etag:
            return web.Response(status=304, headers=headers)
        return web.Response(body=page.body, headers={**headers, "Content-Type": page.media})

    return answer
