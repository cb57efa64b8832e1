"""The network of one open event: a TLS server for its stations, opened and closed with the laptop's own key."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from venue_app.base.errors import Known
from venue_app.host.clockwatch import ClockWatch
from venue_app.host.succession import Succession
from venue_app.lan.link import JoiningLink, addresses, base_url
from venue_app.lan.pairing import JoiningCode
from venue_app.lan.thread import LoopThread
from venue_app.seal.certificates import TlsIdentity
from venue_app.seal.keys import VenueKeys, grouped
from venue_app.venue import Venue

if TYPE_CHECKING:
    from venue_app.lan.server import LanServer


class Network:
    """Closed at first. `open` and `close` may be called from any thread, also while the other is at work."""

    def __init__(self, venue: Venue, keys: VenueKeys, succession: Succession) -> None:
        self._venue, self._keys, self._succession = venue, keys, succession
        self.server: LanServer | None = None
        self.identity: TlsIdentity | None = None
        self._loop: LoopThread | None = None
        self._changing = threading.Lock()
        self._shut = False
        self._deaf: tuple[Callable[[], None], ...] = ()

    def open(self, host: str, port: int) -> LanServer:
        """Let stations in, unless the standby has taken over: it is asked first.

        Raises `Known`: lan.port_taken, lan.no_network, seal.keys_unwritable, standby.superseded_at, venue.program_closing.
        """
        with self._changing:
            if self.server is None:
                if self._shut:
                    raise Known("venue.program_closing")
                self._succession.recall()
                self._open(host, port)
            assert self.server is not None
            return self.server

    def _open(self, host: str, port: int) -> None:
        from venue_app.lan.server import LanServer  # half a second to load, wanted by an open network only
        from venue_app.lan.tls import server_context

        reachable = [*addresses(), "127.0.0.1"] if host == "0.0.0.0" else [host]
        self.identity = self._keys.tls(list(dict.fromkeys(reachable)))
        server = LanServer(
            self._venue,
            server_context(self.identity.chain, self.identity.key),
            names=("localhost", *reachable),
            key=self.identity.key_sha256,
            announced=addresses() if host == "0.0.0.0" else (),
            polls=self._venue.polls,
            hosting=self._succession.hosting,
        )
        self._loop = LoopThread("lan")
        try:
            self._loop.run(self._start(server, reachable, host, port))
        except BaseException:
            self._loop.stop()
            self._loop = None
            raise
        self.server = server
        self._loop.start(self._succession.keep_looking())
        watch = ClockWatch(self._venue, server.presence)
        self._deaf = (self._venue.listen(watch.hear), server.on_presence(watch.present))

    async def _start(self, server: LanServer, reachable: Sequence[str], host: str, port: int) -> None:
        await self._succession.look()
        found = await server.start(host, port)
        # in the loop itself, before anybody is through the door: a standby that offers itself is told these addresses
        self._succession.meets_at(server, tuple(base_url(address, found) for address in reachable))

    def close(self) -> None:
        """Tell the stations and stop listening. A second call does nothing."""
        with self._changing:
            if self.server is None or self._loop is None:
                return
            for deaf in self._deaf:
                deaf()
            self._deaf = ()
            self._loop.run(self.server.stop())
            self._loop.stop()
            self.server = self._loop = None
            self._succession.meets_at(None, ())

    def until_safe(self) -> None:
        """Wait until the standby has all that is here by now, where a network is open and one is in step."""
        server = self.server
        if server is not None:
            server.until_safe()

    def shut(self) -> bool:
        """Close for good; one that is just being opened is waited for. False when that was done before."""
        with self._changing:
            if self._shut:
                return False
            self._shut = True
        self.close()
        return True

    def url(self, address: str | None = None) -> str:
        """Where stations find this laptop."""
        assert self.server is not None
        return base_url(address or addresses()[0], self.server.port)

    def key_words(self) -> str:
        """The key that answers on the LAN, in groups of four, for comparing with a seat card."""
        assert self.identity is not None
        return grouped(self.identity.key_sha256.hex()[:32])

    def joining_link(self, code: JoiningCode, address: str | None = None) -> JoiningLink:
        """What a seat card's QR holds: address, code, and the key that must answer there."""
        assert self.identity is not None
        return JoiningLink(self.url(address), code.code, self.identity.key_sha256)
