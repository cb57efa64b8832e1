"""Whoever means harm on the hall's LAN: strangers, and judges' devices that lie. In a process of its own.

    python -m venue_app.bench.faults.attack

One line of input says where, which seats are its own and how much; one line of output what came of it.
"""

from __future__ import annotations

import asyncio
import secrets
import ssl
from collections import Counter
from contextlib import suppress
from time import process_time_ns
from typing import Any

import aiohttp
from msgspec.structs import replace

from venue_app.base.ids import new_id, random_code
from venue_app.bench import child
from venue_app.bench.figures import seconds
from venue_app.bench.hall import MARKS, device_key, seat_id, token
from venue_app.lan import messages as m
from venue_app.lan.client import http_session
from venue_app.lan.tls import KeyPin

_HOST = "127.0.0.1"
_IDLE_S, _SLOW = 7.0, 20
_VOLLEY, _VOLLEY_S, _IMPATIENCE_S = 20, 0.1, 1.0
_PATHS = (
    "/../pyproject.toml", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/web/main.js",
    "/main.js/../../schemes", "/main.js%00.html", "/api", "/ws/../ws",
)  # fmt: skip
_FOREIGN = (
    {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": f"http://{_HOST}"}, {"Host": "evil.example"},
    {"Host": f"{_HOST}.evil.example"}, {"Host": "[::1"},
)  # fmt: skip


class _Line:
    """One connection of a lying device, and what the laptop says to it."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse, found: Counter[str]) -> None:
        self._ws, self._found = ws, found
        self.over = False
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for raw in self._ws:
            message = m.read_from_server(raw.data)
            if isinstance(message, m.Refused):
                self._found["refused"] += 1
            elif isinstance(message, m.Receipt):
                self._found["taken"] += 1
            elif isinstance(message, m.Pong | m.Recusal):
                self._found["harmless"] += 1  # a turned bit can leave a message that is none of a sheet's
        self.over = True
        self._found["hung_up"] += 1

    async def send(self, frame: str | bytes) -> None:
        """Offer a frame; a connection that takes no more is left for a new one."""
        try:
            async with asyncio.timeout(_IMPATIENCE_S):
                await (self._ws.send_bytes(frame) if isinstance(frame, bytes) else self._ws.send_str(frame))
        except (ConnectionError, aiohttp.ClientError):
            self.over = True
        except TimeoutError:
            self.over = True
            await self.close()

    async def close(self) -> None:
        """Hear what is still said for a while, then go."""
        await asyncio.wait([self._reading], timeout=_IMPATIENCE_S)
        self._reading.cancel()
        await self._ws.close()


class Attack:
    """Everything that is tried; `found` counts what came of it."""

    def __init__(self, told: dict[str, Any], http: aiohttp.ClientSession) -> None:
        self.told, self.http = told, http
        self.url = f"https://{_HOST}:{told['port']}"
        self.pin = KeyPin(bytes.fromhex(told["pin"]))
        self.found: Counter[str] = Counter()
        self.codes: list[str] = []

    # ---- frames ----

    def _sheet(self, seat: int) -> m.Sheet:
        made = m.Sheet(
            id=new_id(), event=self.told["event"], seat=seat_id(seat), room="R1", lot=1, marks=dict(MARKS)
        )
        return m.signed(made, device_key(seat))

    def _lies(self, seat: int) -> tuple[m.Sheet, ...]:
        """Sheets that are well written and must not be taken."""
        own, victim = self._sheet(seat), self.told["victim"]
        other = replace(own, seat=seat_id(victim))
        return (
            self._sheet(victim),
            other,
            m.signed(other, device_key(seat)),
            replace(own, signature=secrets.token_hex(64)),
            replace(own, signature=""),
            replace(own, marks={**MARKS, "content": "30.0"}),
            replace(own, id=new_id()),
            replace(own, room="R2"),
            m.signed(replace(own, event=new_id()), device_key(seat)),
            m.signed(replace(own, room="../../etc", lot=999_999), device_key(seat)),
            m.signed(replace(own, marks={"content": "1e9999", "manner": "NaN"}), device_key(seat)),
            m.signed(replace(own, marks={"__proto__": "1"}), device_key(seat)),
        )

    def _noise(self, seat: int) -> str | bytes:
        """A frame of no protocol: bits turned, cut short, too deep, too long, bytes of chance."""
        forged = replace(self._sheet(seat), signature=secrets.token_hex(64))  # bits turned back leave a lie
        raw = bytearray(m.encode(forged))
        match secrets.randbelow(8):
            case 0:
                return secrets.token_bytes(1 + secrets.randbelow(400))
            case 1:
                return "[" * (1 + secrets.randbelow(8000))
            case 2:
                return "x" * (m.MAX_FRAME + 1 + secrets.randbelow(4000))
            case 3:
                return '{"type":"ping","t":' + "9" * (1 + secrets.randbelow(5000)) + "}"
            case 4:
                return bytes(raw[: secrets.randbelow(len(raw))]).decode()
            case 5:
                return '{"type":"' + secrets.token_urlsafe(8) + '"}'
        for _ in range(1 + secrets.randbelow(8)):
            raw[secrets.randbelow(len(raw))] = secrets.randbelow(128)
        return bytes(raw).decode()

    async def frames(self, seat: int, count: int) -> None:
        """So many frames from one lying device, most of them lies, the others noise; no answer is waited for long."""
        line: _Line | None = None
        lies = self._lies(seat)
        for number in range(count):
            if line is None or line.over:
                line = await self._connect(seat)
            frame = self._noise(seat) if number % 4 == 3 else m.encode(lies[number % len(lies)]).decode()
            self.found["frames"] += 1
            await line.send(frame)
            if number % _VOLLEY == _VOLLEY - 1:
                await asyncio.sleep(_VOLLEY_S)
        if line is not None:
            await line.close()

    async def _connect(self, seat: int) -> _Line:
        while True:
            self.found["lines"] += 1
            try:
                ws = await self.http.ws_connect(f"{self.url}/ws", ssl=self.pin)
                await ws.send_str(m.encode(m.Hello(token=token(seat), version=m.VERSION)).decode())
            except (aiohttp.ClientError, ConnectionError):
                self.found["hung_up"] += 1
            else:
                return _Line(ws, self.found)

    async def old_sessions(self, numbers: list[int]) -> None:
        """Tokens that were good once, and sheets signed with the keys that went with them, of then and of now."""
        self.found["old_let_in"] = 0
        for number in numbers:
            made = m.Sheet(
                id=new_id(), event=new_id(), seat=seat_id(number), room="R1", lot=1, marks=dict(MARKS)
            )
            for sheet in (made, replace(made, id=new_id(), event=self.told["event"])):
                ws = await self.http.ws_connect(f"{self.url}/ws", ssl=self.pin)
                await ws.send_str(m.encode(m.Hello(token=token(number), version=m.VERSION)).decode())
                with suppress(ConnectionError, aiohttp.ClientError):
                    await ws.send_str(m.encode(m.signed(sheet, device_key(number))).decode())
                heard = [m.read_from_server(raw.data) async for raw in ws]
                self.found["old_sessions"] += 1
                self.found["old_let_in"] += any(not isinstance(one, m.Refused) for one in heard)

    # ---- requests ----

    async def requests(self, count: int) -> None:
        """Guessed codes, foreign pages, paths that lead out."""
        for _ in range(count):
            self.codes.append(random_code())
            body = {"code": self.codes[-1], "token": secrets.token_hex(32), "device_name": "x", "version": 1}
            async with self.http.post(f"{self.url}/api/join", json=body, ssl=self.pin) as answer:
                self.found["requests"] += 1
                self.found["let_in"] += answer.status < 400
        for headers in _FOREIGN:
            async with self.http.get(f"{self.url}/", ssl=self.pin, headers=headers) as answer:
                self.found["requests"] += 1
                self.found["let_in"] += answer.status < 400
        for path in _PATHS:
            said = await self._raw(
                f"GET {path} HTTP/1.1\r\nHost: {_HOST}\r\nConnection: close\r\n\r\n".encode()
            )
            self.found["requests"] += 1
            self.found["let_in"] += said.startswith(b"HTTP/1.1 2")

    async def _raw(self, request: bytes, slow: bool = False) -> bytes:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        reader, writer = await asyncio.open_connection(_HOST, self.told["port"], ssl=context)
        said = b""
        try:
            for at in range(len(request)) if slow else ():
                writer.write(request[at : at + 1])
                await asyncio.sleep(0.5)
                if reader.at_eof():
                    break
            if not slow:
                writer.write(request)
            said = await reader.read(4096)
        except ConnectionError:
            pass
        writer.close()
        return said

    # ---- those who only sit there ----

    async def idle(self, count: int) -> None:
        """Sockets that say nothing: all are hung up on in time, and no more than the bound are held."""
        writers, lost = [], 0
        for _ in range(count):
            try:
                writers.append(await asyncio.open_connection(_HOST, self.told["port"]))
            except OSError:
                lost += 1
        await asyncio.sleep(_IDLE_S)
        self.found["idle"] = count
        self.found["idle_still_held"] = sum(not reader.at_eof() for reader, _ in writers)
        for _, writer in writers:
            writer.close()

    async def slow(self) -> None:
        """Headers, a byte every half second."""
        request = f"GET / HTTP/1.1\r\nHost: {_HOST}\r\nX-Slow: {'y' * 40}\r\n\r\n".encode()
        said = await asyncio.gather(*(self._raw(request, slow=True) for _ in range(_SLOW)))
        self.found["slow"] = len(said)
        self.found["slow_served"] = sum(answer.startswith(b"HTTP/1.1 2") for answer in said)


async def run() -> None:
    """All of it at once."""
    told = await child.listen()
    assert told is not None
    async with http_session() as http:
        attack = Attack(told, http)
        each = told["frames"] // len(told["seats"])
        await asyncio.gather(
            *(attack.frames(seat, each) for seat in told["seats"]),
            attack.requests(told["guesses"]),
            attack.old_sessions(told["old"]),
            attack.idle(told["idle"]),
            attack.slow(),
        )
    child.say({**attack.found, "codes": attack.codes, "attackers_cpu_s": seconds(process_time_ns())})


if __name__ == "__main__":
    asyncio.run(run())
