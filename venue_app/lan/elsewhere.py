"""Asking at the standby's addresses whether it has taken over: what an earlier host does before it serves again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import aiohttp
import msgspec

from venue_app.lan.hosting import HostHere
from venue_app.lan.joining import http_session
from venue_app.lan.messages import HostAt
from venue_app.lan.tls import KeyPin

_PATIENCE_S = 1.5


async def proofs_at(places: Iterable[HostAt]) -> list[str]:
    """What hosts at these addresses show of themselves; nobody there says nothing. At most about two seconds."""
    async with http_session() as http:
        found = await asyncio.gather(*(_ask(http, at) for at in places))
    return [proof for proof in found if proof]


async def _ask(http: aiohttp.ClientSession, at: HostAt) -> str:
    try:
        async with asyncio.timeout(_PATIENCE_S):
            async with http.get(f"{at.url}/api/host", ssl=KeyPin(bytes.fromhex(at.pin))) as answer:
                return msgspec.json.decode(await answer.read(), type=HostHere).proof
    except (aiohttp.ClientError, OSError, TimeoutError, msgspec.MsgspecError, ValueError):
        return ""
