"""Taking a seat with a code: the station's side of pairing."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable

import aiohttp
import msgspec

from venue_app.base.errors import Known
from venue_app.base.i18n import language as language_in_force
from venue_app.domain.signing import DeviceKey
from venue_app.lan import messages as m
from venue_app.lan import proof
from venue_app.lan.hold import Pairing
from venue_app.lan.link import JoiningLink
from venue_app.lan.tls import KeyPin, laptop_key, small_buffers

_AGAIN_S = 1.0
_ASKING = 600


def http_session() -> aiohttp.ClientSession:
    """A session that many stations of one process can share (robots)."""
    small_buffers()
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), cookie_jar=aiohttp.DummyCookieJar())


async def join(
    link: JoiningLink,
    device_name: str,
    pin: bytes | None = None,
    http: aiohttp.ClientSession | None = None,
    person: str = "",
    wants: tuple[str, ...] = ("",),
    key: DeviceKey | None = None,
    waiting: Callable[[m.JoinWaiting], None] = lambda _: None,
) -> Pairing:
    """Take the seat or other place that the link's code stands for; `person` is who answers for what is done there.

    `wants` are the roles of places that this program can play, '' for a seat; () takes whatever it is.
    `waiting` is called when the proctor has to let this device in first; then it goes on asking, for ten minutes.
    `key` is the device's own (`hold.device_key`); without one a fresh one is made, and kept in the pairing.
    `pin` is the SHA-256 of the laptop's public key, from the link or compared by a person with
    `tls.laptop_key`; without one the laptop has to prove that it knows the code (`proof`), where both
    sides can: else lan.pin_missing. Raises `Known`: lan.pin_missing, lan.no_answer, lan.wrong_laptop, lan.code_wrong,
    lan.code_expired, lan.too_many_guesses, lan.version, venue.seat_taken, venue.person_missing,
    lan.code_elsewhere, lan.not_let_in.
    """
    pin = link.pin or pin or await _proved(link, http)
    token = secrets.token_hex(32)
    key = key or DeviceKey()
    asked = m.JoinRequest(
        code=link.code,
        token=token,
        device_name=device_name.strip()[:64] or "?",
        version=m.VERSION,
        language=language_in_force(),
        person=person.strip()[:64],
        wants=wants,
        public_key=key.public,
    )
    own = http or http_session()
    try:
        reply = await _let_in(own, link.url, pin, asked, waiting)
    finally:
        if http is None:
            await own.close()
    return Pairing(
        url=link.url,
        pin=pin.hex(),
        token=token,
        event=reply.event,
        title=reply.title,
        seat=reply.seat,
        number=reply.number,
        role=reply.role,
        key=key.secret,
    )


async def _proved(link: JoiningLink, http: aiohttp.ClientSession | None) -> bytes:
    """The key of whoever answers, once it has shown that it knows the code."""
    if not link.code:
        raise Known("lan.pin_missing")
    key = await laptop_key(*link.address)
    asking = proof.Asking(link.code, key)
    own = http or http_session()
    try:
        async with asyncio.timeout(10):
            async with own.post(
                f"{link.url}/api/prove", data=msgspec.json.encode(asking.asked), ssl=KeyPin(key)
            ) as answer:
                if answer.status != 200:  # it cannot, or will not for this code: a person has to compare
                    raise Known("lan.pin_missing")
                found = msgspec.json.decode(await answer.read(), type=proof.Proof)
    except (aiohttp.ClientError, OSError, TimeoutError, msgspec.MsgspecError) as error:
        raise Known("lan.no_answer_url", url=link.url) from error
    finally:
        if http is None:
            await own.close()
    if not asking.holds(found):
        raise Known("lan.wrong_laptop", url=link.url)
    return key


async def _let_in(
    http: aiohttp.ClientSession,
    url: str,
    pin: bytes,
    asked: m.JoinRequest,
    waiting: Callable[[m.JoinWaiting], None],
) -> m.JoinReply:
    for _ in range(_ASKING):
        reply = await _post_join(http, url, pin, asked)
        if isinstance(reply, m.JoinReply):
            return reply
        waiting(reply)
        await asyncio.sleep(_AGAIN_S)
    raise Known("lan.not_let_in")


async def _post_join(
    http: aiohttp.ClientSession, url: str, pin: bytes, asked: m.JoinRequest
) -> m.JoinReply | m.JoinWaiting:
    for attempt in range(3):  # the token stays the same, so asking again is harmless
        try:
            async with asyncio.timeout(10):
                async with http.post(
                    f"{url}/api/join",
                    data=m.encode(asked),
                    headers={"Content-Type": "application/json"},
                    ssl=KeyPin(pin),
                ) as answer:
                    body = await answer.read()
                    if answer.status == 200:
                        return msgspec.json.decode(body, type=m.JoinReply)
                    if answer.status == 202:
                        return msgspec.json.decode(body, type=m.JoinWaiting)
                    fault = msgspec.json.decode(body, type=m.Fault)
            raise Known(fault.code, **fault.params)
        except aiohttp.ServerFingerprintMismatch as error:
            raise Known("lan.wrong_laptop", url=url) from error
        except (aiohttp.ClientError, OSError, TimeoutError, msgspec.MsgspecError) as error:
            if attempt == 2:
                raise Known("lan.no_answer_url", url=url) from error
            await asyncio.sleep(0.3)
    raise AssertionError("unreachable")
