"""Ports of this machine that a test may leave and take again.

No system gives ports below 32768 to outgoing lines. One that it does give (as for «any port») can be taken by any client's
line while a server is away from it, even by the line of the client that looks for that very server.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator

_FIRST, _LAST = 20_000, 32_000


def _numbers() -> Iterator[int]:
    """Each process of a test run begins elsewhere."""
    at = os.getpid() * 97
    while True:
        yield _FIRST + at % (_LAST - _FIRST)
        at += 1


_next = _numbers()


def free_port() -> int:
    """A port nobody listens on; the same is not given twice."""
    for port in _next:
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
    raise AssertionError
