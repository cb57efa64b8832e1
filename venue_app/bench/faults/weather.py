"""Bad weather between two network interfaces: IP packets are lost, late, doubled, out of order, or none gets through.

Two TUN devices are held here; each lies in a network namespace of its own, with the laptop behind one and the
stations behind the other. So TCP itself has to cope, on any kernel, without its own emulator of bad networks.
"""

from __future__ import annotations

import fcntl
import heapq
import os
import secrets
import select
import struct
from dataclasses import dataclass
from threading import Thread
from time import monotonic

_TUNSETIFF = 0x400454CA
_IFF_TUN, _IFF_NO_PI = 0x0001, 0x1000
_PACKET = 65536


@dataclass(frozen=True, slots=True)
class Weather:
    """Per cent of packets lost and doubled, delay and its spread in ms one way; `cut`: nothing gets through."""

    lost: int = 0
    doubled: int = 0
    delay_ms: int = 0
    spread_ms: int = 0
    cut: bool = False


def tun(name: str) -> int:
    """Make a TUN device in this network namespace; its handle. Raises `OSError`."""
    handle = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(handle, _TUNSETIFF, struct.pack("16sH", name.encode(), _IFF_TUN | _IFF_NO_PI))
    return handle


class Sky:
    """Carries packets between two handles in a thread; `weather` may be changed at any time."""

    def __init__(self, one: int, other: int) -> None:
        self.weather = Weather()
        self.carried = self.dropped = self.doubled = 0
        self._way = {one: other, other: one}
        self._late: list[tuple[float, int, int, bytes]] = []
        self._over = False
        self._thread = Thread(target=self._carry, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Nothing more is carried."""
        self._over = True
        self._thread.join()

    def _carry(self) -> None:
        while not self._over:
            wait = self._late[0][0] - monotonic() if self._late else 0.05
            ready, _, _ = select.select(list(self._way), [], [], min(max(wait, 0), 0.05))
            for handle in ready:
                self._take(self._way[handle], os.read(handle, _PACKET))
            while self._late and self._late[0][0] <= monotonic():
                _, _, handle, packet = heapq.heappop(self._late)
                self._put(handle, packet)

    def _take(self, to: int, packet: bytes) -> None:
        now = self.weather
        if now.cut or secrets.randbelow(100) < now.lost:
            self.dropped += 1
            return
        twice = secrets.randbelow(100) < now.doubled
        self.doubled += twice
        for _ in range(1 + twice):
            late = now.delay_ms + secrets.randbelow(now.spread_ms + 1)
            self.carried += 1
            heapq.heappush(self._late, (monotonic() + late / 1000, self.carried, to, packet))

    def _put(self, handle: int, packet: bytes) -> None:
        try:
            os.write(handle, packet)
        except OSError:
            self.dropped += 1  # the interface is down for now: as on any network
