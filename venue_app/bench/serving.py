"""The measured server: a real event with its stations, or a bare echo of the same stack.

    python -m venue_app.bench.serving FOLDER STATIONS
    python -m venue_app.bench.serving FOLDER echo

Says where it listens; answers `{"do": "spent"}` with the processor's time it has used, and closes at `{"do": "close"}`.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import process_time_ns
from typing import Any, Protocol

from aiohttp import web

from venue_app.bench import child
from venue_app.bench.hall import open_hall
from venue_app.domain.entries import SheetReceived
from venue_app.lan.limits import Limits
from venue_app.lan.server import LanServer
from venue_app.lan.thread import LoopThread
from venue_app.lan.tls import server_context, small_buffers
from venue_app.seal.keys import load_or_create
from venue_app.venue import Change

HOST = "127.0.0.1"


class Served(Protocol):
    """A server under measurement."""

    def about(self) -> dict[str, Any]:
        """Where it listens, its pinned key, and the event's id."""

    def close(self) -> dict[str, Any]:
        """Stop; the ids of the sheets that are kept, and in how many commits, by room."""


class Serving:
    """The real server of an event with so many stations. All of them come from one address, so the bounds are wider."""

    def __init__(self, folder: Path, stations: int) -> None:
        self._host = open_hall(folder / "bench.venue", stations)
        self._commits: Counter[str] = Counter()
        self._kept: list[str] = []
        self._host.venue.listen(self._count)
        many = stations + 100
        identity = self._host.keys.tls([HOST])
        self._pin = identity.key_sha256.hex()
        self._server = LanServer(
            self._host.venue,
            server_context(identity.chain, identity.key),
            limits=Limits(
                connections=many,
                per_address=many,
                strangers=many,
                silent=many,
                handshake_burst=2.0 * many,
                silence_s=300.0,
            ),
        )
        self._loop = LoopThread("lan")
        self._loop.run(self._server.start(HOST, 0))

    def _count(self, change: Change) -> None:
        sheets = [(r.sub or "", r.data.room) for r in change.records if isinstance(r.data, SheetReceived)]
        self._kept += [sub for sub, _ in sheets]
        self._commits.update({room for _, room in sheets})

    def about(self) -> dict[str, Any]:
        """Where it listens."""
        event = self._host.venue.state.event.event
        return {"port": self._server.port, "pin": self._pin, "event": event}

    def close(self) -> dict[str, Any]:
        """Stop, open the file again and say what is in it."""
        self._loop.run(self._server.stop())
        self._loop.stop()
        path = self._host.venue.path
        self._host.close()
        from venue_app.journal import Journal

        journal = Journal.open(path, readonly=True)
        kept = set(journal.submissions())
        journal.close()
        return {"kept": [sub for sub in self._kept if sub in kept], "commits": dict(self._commits)}


class Echo:
    """The same stack with nothing behind it: each frame comes back as it is."""

    def __init__(self) -> None:
        small_buffers()
        identity = load_or_create().tls([HOST])
        self._pin = identity.key_sha256.hex()
        self._context = server_context(identity.chain, identity.key)
        self._loop = LoopThread("echo")
        self._port = self._loop.run(self._start())

    async def _start(self) -> int:
        application = web.Application()
        application.router.add_get("/ws", _echo)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        assert self._runner.server is not None
        loop = asyncio.get_running_loop()
        server = await loop.create_server(self._runner.server, HOST, 0, ssl=self._context, backlog=1024)
        return int(server.sockets[0].getsockname()[1])

    def about(self) -> dict[str, Any]:
        """Where it listens."""
        return {"port": self._port, "pin": self._pin, "event": ""}

    def close(self) -> dict[str, Any]:
        """Stop."""
        self._loop.run(self._runner.cleanup())
        self._loop.stop()
        return {}


async def _echo(request: web.Request) -> web.WebSocketResponse:
    ws = web.WebSocketResponse(compress=False)
    await ws.prepare(request)
    async for message in ws:
        await ws.send_str(message.data)
    return ws


def serve(folder: Path, what: str) -> Served:
    """`echo`, or a real event with so many stations."""
    return Echo() if what == "echo" else Serving(folder, int(what))


def converse(served: Served, more: Callable[[str], dict[str, Any]]) -> None:
    """Say where it listens and answer until told to close; `more` adds to each answer."""
    child.say(served.about())
    while (word := json.loads(sys.stdin.readline())["do"]) == "spent":
        child.say({"cpu_ns": process_time_ns(), **more(word)})
    child.say(served.close() | more(word))


def main(folder: str, what: str) -> None:
    """Serve without a window."""
    converse(serve(Path(folder), what), lambda _word: {})


if __name__ == "__main__":
    main(*sys.argv[1:])
