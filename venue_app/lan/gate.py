"""Before TLS: who is let on to a handshake, and when. What costs nothing is done first, what costs much takes turns.

A handshake is the dearest thing that a stranger can ask for. So a socket gets one only after it has said something, one
in each turn of the loop, the addresses in turn, and no address faster than its pace. Sockets that say nothing
cost a few hundred bytes and give way to newer ones. Whoever is through is not touched by any of this: judges who are
connected never wait here, and nobody who shares an address with a pest is shut out, only paced.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from asyncio.sslproto import SSLProtocol
from collections import OrderedDict, deque
from collections.abc import Callable

from venue_app.lan.limits import Bucket, Limits

#: So many are taken from the system in one turn of the loop, so that frames come between them.
_AT_ONCE = 16
_WAITING = 1024
#: Addresses that are remembered.
_ADDRESSES = 4096
_AGAIN_S = 0.02
#: The longest that an address waits for what it did.
_LONGEST_S = 10.0
_SHUTDOWN_S = 2.0


class _Waiting(asyncio.Protocol):
    """A socket that has no TLS yet."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._patience: asyncio.TimerHandle
        self.address = ""
        self.first = b""
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.address = str((transport.get_extra_info("peername") or ("",))[0])
        patience = self._gate.limits.handshake_s
        self._patience = asyncio.get_running_loop().call_later(patience, transport.abort)
        self._gate.came(self)

    def data_received(self, data: bytes) -> None:
        self.first += data
        self.transport.pause_reading()
        self._gate.spoke(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._patience.cancel()
        self._gate.gone(self)

    def leave(self) -> None:
        """Its turn has come: another protocol takes over."""
        self._patience.cancel()


class Gate:
    """Listens, and hands each connection over to `inside` once it is its turn. Lives in one loop.

    `through` counts the connections that are inside.
    """

    def __init__(
        self,
        tls: ssl.SSLContext,
        limits: Limits,
        inside: Callable[[], asyncio.Protocol],
        through: Callable[[], int],
    ) -> None:
        self.limits = limits
        self._tls, self._inside, self._through = tls, inside, through
        self._silent: OrderedDict[_Waiting, None] = OrderedDict()
        self._by_address: dict[str, OrderedDict[_Waiting, None]] = {}
        self._ready: OrderedDict[str, deque[_Waiting]] = OrderedDict()
        self._paces: OrderedDict[str, Bucket] = OrderedDict()
        self._securing: set[asyncio.Future[None]] = set()
        self._turning: asyncio.Handle | None = None
        self._listening: asyncio.Server

    async def open(self, host: str, port: int) -> int:
        """Listen; the port. Raises `OSError`."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family, backlog=_WAITING)
        loop = asyncio.get_running_loop()
        try:
            self._listening = await loop.create_server(
                lambda: _Waiting(self), sock=listener, backlog=_AT_ONCE
            )
        except BaseException:
            listener.close()
            raise
        listener.listen(_WAITING)  # asyncio has set it to what it takes at once
        return int(listener.getsockname()[1])

    def close(self) -> None:
        """Listen no more; whoever still waits is hung up on."""
        self._listening.close()
        if self._turning is not None:
            self._turning.cancel()
        for waiting in [*self._silent, *(w for row in self._ready.values() for w in row)]:
            waiting.transport.abort()

    def blame(self, address: str) -> None:
        """A connection from there had to be refused: the next ones wait longer, for some seconds at most."""
        self._pace(address).delay(self._now(), self.limits.blame)

    # ---- called by those who wait ----

    def came(self, waiting: _Waiting) -> None:
        """A new one; where there are too many the oldest that has said nothing goes, else the new one."""
        mine = self._by_address.setdefault(waiting.address, OrderedDict())
        held = len(self._silent) + sum(map(len, self._ready.values()))
        held += len(self._securing) + self._through()
        oldest = None
        if len(mine) >= self.limits.silent:
            oldest = next(iter(mine))
        elif held >= self.limits.sockets:
            oldest = next(iter(self._silent), waiting)
        mine[waiting] = self._silent[waiting] = None
        if oldest is not None:
            self.gone(oldest)
            oldest.transport.abort()

    def spoke(self, waiting: _Waiting) -> None:
        """It has said something: it takes its turn."""
        if waiting.transport.is_closing():
            return
        self.gone(waiting)
        self._ready.setdefault(waiting.address, deque()).append(waiting)
        if self._turning is None:
            self._turning = asyncio.get_running_loop().call_soon(self._turn)

    def gone(self, waiting: _Waiting) -> None:
        """It waits no longer in silence."""
        self._silent.pop(waiting, None)
        mine = self._by_address.get(waiting.address)
        if mine is not None:
            mine.pop(waiting, None)
            if not mine:
                del self._by_address[waiting.address]

    # ---- turns ----

    def _turn(self) -> None:
        self._turning = None
        loop = asyncio.get_running_loop()
        for address in list(self._ready):
            self._ready.move_to_end(address)
            if self._pace(address).covered(self._now()):
                row = self._ready[address]
                waiting = row.popleft()
                if not row:
                    del self._ready[address]
                if not waiting.transport.is_closing():
                    self._pace(address).delay(self._now())
                    self._secure(waiting)
                if self._ready:
                    self._turning = loop.call_soon(self._turn)
                return
        if self._ready:
            self._turning = loop.call_later(_AGAIN_S, self._turn)

    def _secure(self, waiting: _Waiting) -> None:
        """Begin the handshake with what was said already, as the loop's own servers would have."""
        waiting.leave()
        transport, loop = waiting.transport, asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        self._securing.add(done)
        done.add_done_callback(self._secured)
        secure = SSLProtocol(
            loop,
            self._inside(),
            self._tls,
            done,
            server_side=True,
            ssl_handshake_timeout=self.limits.handshake_s,  # type: ignore[arg-type] # as create_server takes it
            ssl_shutdown_timeout=_SHUTDOWN_S,
        )
        transport.set_protocol(secure)
        secure.connection_made(transport)
        for at in range(0, len(waiting.first), secure.max_size):
            part = waiting.first[at : at + secure.max_size]
            secure.get_buffer(len(part))[: len(part)] = part
            secure.buffer_updated(len(part))
        transport.resume_reading()

    def _secured(self, done: asyncio.Future[None]) -> None:
        """The handshake is over, well or not; whoever is through is counted inside from now on."""
        self._securing.discard(done)
        if not done.cancelled():
            done.exception()  # seen: the socket is closed, nobody else waits for it

    def _pace(self, address: str) -> Bucket:
        found = self._paces.get(address)
        if found is None:
            limits = self.limits
            found = Bucket(limits.handshakes, limits.handshake_burst, self._now(), _LONGEST_S)
            self._paces[address] = found
            if len(self._paces) > _ADDRESSES:
                self._paces.popitem(last=False)
        self._paces.move_to_end(address)
        return found

    def _now(self) -> float:
        return asyncio.get_running_loop().time()
