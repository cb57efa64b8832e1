"""The laptop says on the network where it is, and stations look for it. Convenience only: nothing is trusted for it.

What is found is an address to try; who answers there is proved by the seat card's key or the code. Networks that
keep devices apart let none of this through: a typed address and the card always work.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from venue_app.lan.link import base_url

log = logging.getLogger(__name__)

SERVICE = "_venue-app._tcp.local."
_LOOK_MS = 1500
_TITLE = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A laptop that says it is there. `title` is what it says of itself; nobody has checked it."""

    title: str
    url: str


def _library() -> Any:
    """The modules zeroconf and zeroconf.asyncio, loaded when first wanted: no window waits for them."""
    import zeroconf.asyncio

    return zeroconf


class Announcement:
    """This laptop, told to the network until `stop`. Faults of the network are logged and change nothing."""

    def __init__(self, title: str, port: int, addresses: Sequence[str]) -> None:
        self._title, self._port, self._addresses = title, port, list(addresses)
        self._zero: Any = None

    async def start(self) -> None:
        """Say so; nothing happens without an address."""
        if not self._addresses:
            return
        library = await asyncio.to_thread(_library)
        try:
            v4 = library.IPVersion.V4Only
            self._zero = library.asyncio.AsyncZeroconf(interfaces=self._addresses, ip_version=v4)
            await self._zero.async_register_service(self._info(library), allow_name_change=True)
        except Exception as fault:  # noqa: BLE001 whatever it is, people can still type the address
            log.info("not announced on the network: %s", type(fault).__name__)
            await self.stop()

    def _info(self, library: Any) -> Any:
        name = f"venue-{self._addresses[0].replace('.', '-')}-{self._port}"
        return library.asyncio.AsyncServiceInfo(
            SERVICE,
            f"{name}.{SERVICE}",
            port=self._port,
            addresses=[ipaddress.ip_address(a).packed for a in self._addresses],
            properties={"v": "1", "title": self._title.encode()[:_TITLE].decode(errors="ignore")},
            server=f"{name}.local.",
        )

    async def stop(self) -> None:
        """Take it back. A second call does nothing."""
        zero, self._zero = self._zero, None
        if zero is not None:
            await zero.async_close()


async def discover(seconds: float = 2.0, interfaces: Sequence[str] | None = None) -> list[Found]:
    """The laptops that answer within `seconds`; [] when none does or when the network cannot be asked."""
    library = await asyncio.to_thread(_library)
    names: set[str] = set()

    def heard(zeroconf: Any, service_type: str, name: str, state_change: Any) -> None:
        if state_change is not library.ServiceStateChange.Removed:
            names.add(name)

    try:
        where = list(interfaces) if interfaces else library.InterfaceChoice.All
        zero = library.asyncio.AsyncZeroconf(interfaces=where, ip_version=library.IPVersion.V4Only)
    except OSError as fault:
        log.info("cannot look on the network: %s", type(fault).__name__)
        return []
    try:
        browser = library.asyncio.AsyncServiceBrowser(zero.zeroconf, [SERVICE], handlers=[heard])
        await asyncio.sleep(seconds)
        infos = [library.asyncio.AsyncServiceInfo(SERVICE, name) for name in sorted(names)]
        answered = await asyncio.gather(*(i.async_request(zero.zeroconf, _LOOK_MS) for i in infos))
        await browser.async_cancel()
    finally:
        await zero.async_close()
    return [f for info, there in zip(infos, answered, strict=True) if there for f in _found(info)]


def _found(info: Any) -> list[Found]:
    title = (info.properties.get(b"title") or b"").decode(errors="replace")
    return [Found(title, base_url(str(address), info.port)) for address in info.parsed_addresses()]
