"""A laptop with a real venue, real keys and real TLS sockets on the loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests import world
from tests.ports import free_port
from tests.waits import BRISK, WAIT_MS, WAIT_S
from venue_app.lan import messages as m
from venue_app.lan.client import StationClient, StationEvents, http_session, join
from venue_app.lan.limits import GuessLimits, Limits
from venue_app.lan.link import JoiningLink, base_url
from venue_app.lan.outbox import Outbox
from venue_app.lan.ports import VenuePort
from venue_app.lan.server import LanServer
from venue_app.lan.tls import KeyPin, server_context
from venue_app.seal.certificates import TlsIdentity
from venue_app.seal.keys import load_or_create
from venue_app.venue import Venue

expect.set_options(timeout=WAIT_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One loop a file, so that one browser serves all tests of a file."""
    for item in items:
        if Path(__file__).parent in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="module"), append=False)


@pytest.fixture(scope="session")
def identity(tmp_path_factory: pytest.TempPathFactory) -> TlsIdentity:
    return load_or_create(tmp_path_factory.mktemp("keys")).tls(["127.0.0.1"])


@pytest.fixture
def venue(tmp_path: Path) -> Iterator[Venue]:
    found = world.prepared(tmp_path / "event.venue")
    yield found
    found.close()


class Recorder(StationEvents):
    """Everything a station hears, in order."""

    def __init__(self) -> None:
        self.links: list[str] = []
        self.receipts: list[m.Receipt] = []
        self.refusals: list[tuple[m.Sheet, m.Refused]] = []
        self.calls: list[bool] = []

    def on_link(self, link: object) -> None:
        self.links.append(str(link))

    def on_receipt(self, receipt: m.Receipt) -> None:
        self.receipts.append(receipt)

    def on_refused(self, sheet: m.Sheet, refused: m.Refused) -> None:
        self.refusals.append((sheet, refused))

    def on_called(self, on: bool) -> None:
        self.calls.append(on)


class Laptop:
    """A server that can be stopped and started again on the same port, and stations for it."""

    def __init__(self, venue: VenuePort, identity: TlsIdentity, stack: AsyncExitStack) -> None:
        self.venue = venue
        self.identity = identity
        self.server: LanServer = self._server()
        self.port = free_port()
        self._stack = stack
        self.http: aiohttp.ClientSession

    def _server(self, limits: Limits | None = None, guesses: GuessLimits | None = None) -> LanServer:
        context = server_context(self.identity.chain, self.identity.key)
        return LanServer(self.venue, context, limits=limits, guesses=guesses, key=self.identity.key_sha256)

    async def start(self, limits: Limits | None = None, guesses: GuessLimits | None = None) -> None:
        self.server = self._server(limits, guesses)
        self.port = await self.server.start("127.0.0.1", self.port)

    @property
    def url(self) -> str:
        return base_url("127.0.0.1", self.port)

    @property
    def pin(self) -> KeyPin:
        return KeyPin(self.identity.key_sha256)

    def link(self, code: str) -> JoiningLink:
        return JoiningLink(self.url, code, self.identity.key_sha256)

    async def seat(
        self, seat: str, events: StationEvents | None = None, outbox: Outbox | None = None
    ) -> StationClient:
        """A station in this seat, connected, with its first view."""
        link = self.link(self.server.issue_code(seat).code)
        pairing = await join(link, f"tablet {seat}", http=self.http, key=world.KEY)
        client = StationClient(pairing, http=self.http, events=events, outbox=outbox, pace=BRISK)
        self.run(client)
        await client.until(lambda view: True)
        return client

    def run(self, client: StationClient) -> asyncio.Task[Any]:
        task = asyncio.create_task(client.run())
        self._stack.push_async_callback(_ended, task)
        self._stack.push_async_callback(client.close)
        return task

    def on_end(self, work: Callable[[], Any]) -> None:
        """Wait for `work()` when the test is over."""
        self._stack.push_async_callback(work)

    async def raw(self, token: str | None = None, **headers: str) -> aiohttp.ClientWebSocketResponse:
        """A bare connection, for saying what no honest station says."""
        ws = await self.http.ws_connect(f"{self.url}/ws", ssl=self.pin, headers=headers)
        self._stack.push_async_callback(ws.close)
        if token is not None:
            await ws.send_str(m.encode(m.Hello(token=token, version=m.VERSION)).decode())
        return ws

    async def post_join(self, body: bytes, **headers: str) -> tuple[int, bytes]:
        sent = {"Content-Type": "application/json", **headers}
        async with self.http.post(f"{self.url}/api/join", data=body, headers=sent, ssl=self.pin) as answer:
            return answer.status, await answer.read()


async def _ended(task: asyncio.Task[Any]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest_asyncio.fixture(loop_scope="module")
async def laptop(venue: Venue, identity: TlsIdentity) -> AsyncIterator[Laptop]:
    async with AsyncExitStack() as stack, http_session() as http:
        found = Laptop(venue, identity, stack)
        found.http = http
        await found.start()
        yield found
        await stack.aclose()
        await found.server.stop()


async def heard(ws: aiohttp.ClientWebSocketResponse, kind: type[Any]) -> Any:
    """The next message of this kind; AssertionError when the connection ends first."""
    async with asyncio.timeout(WAIT_S):
        while True:
            raw = await ws.receive()
            assert raw.type is aiohttp.WSMsgType.TEXT, f"closed with {ws.close_code} before {kind.__name__}"
            message = m.read_from_server(raw.data)
            if isinstance(message, kind):
                return message


async def soon(wanted: Callable[[], bool]) -> None:
    """Wait for something another task brings about."""
    async with asyncio.timeout(WAIT_S):
        while not wanted():
            await asyncio.sleep(0.01)
