"""The journal on its way to one reader: from where the reader is to the newest entry, then entry by entry.

Everything is handed over by the venue's thread in the order of the commits, so that catching up and
going on meet without a gap. A slow reader is waited for and in the end let go; it comes back with
the size it has.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from venue_app.base.clock import local_hms
from venue_app.base.errors import Known
from venue_app.domain.record import Record, decode, encode
from venue_app.journal import Journal
from venue_app.lan import role_messages as r
from venue_app.lan.ports import News, VenuePort
from venue_app.state import State
from venue_app.state.telling import tell

#: About as many bytes of entries go into one message.
CHUNK = 96 * 1024
_MOST = 200


@dataclass(frozen=True, slots=True)
class Chunk:
    """Entries that follow each other, and the root once they are in."""

    first: int
    entries: tuple[bytes, ...]
    root: bytes

    @property
    def end(self) -> int:
        """The journal's size after them."""
        return self.first + len(self.entries)


class Feed:
    """One reader's. Used in the server's loop; `words` is the language sentences are wanted in, or None."""

    def __init__(
        self, port: VenuePort, send: Callable[[r.Entries], Awaitable[None]], words: str | None
    ) -> None:
        self._port, self._send, self._words = port, send, words
        self._ready: deque[Chunk] = deque()
        self._more = asyncio.Event()
        self._at: int | None = None
        self._fault: Known | None = None

    def begin(self, size: int, root: bytes) -> None:
        """Go on after the first `size` entries, which the reader has with this `root`."""
        loop = asyncio.get_running_loop()

        def found(chunks: list[Chunk] | None) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._caught_up, size, chunks)

        self._port.with_journal(lambda journal: found(since(journal, size, root)))

    def hear(self, news: News) -> None:
        """A commit; what came before the reader has caught up is among what it catches up on."""
        first = news.state.size - len(news.records)
        if self._at is None or news.state.size <= self._at or not news.records:
            return
        assert first == self._at, "a commit was missed"
        self._put(Chunk(first, tuple(encode(record) for record in news.records), news.root))

    async def run(self) -> None:
        """Send until the connection ends. Raises `Known` (lan.other_history) when the reader's past is not ours."""
        while True:
            await self._more.wait()
            if self._fault is not None:
                raise self._fault
            chunk = self._ready.popleft()
            if not self._ready:
                self._more.clear()
            await self._send(self._message(chunk))
            await asyncio.sleep(0)

    def _caught_up(self, size: int, chunks: list[Chunk] | None) -> None:
        if chunks is None:
            self._fault = Known("lan.other_history", size=size)
            self._more.set()
            return
        self._at = size
        for chunk in chunks:
            self._put(chunk)

    def _put(self, chunk: Chunk) -> None:
        self._ready.append(chunk)
        self._at = chunk.end
        self._more.set()

    def _message(self, chunk: Chunk) -> r.Entries:
        told: tuple[r.Told, ...] = ()
        if self._words is not None:
            told = tuple(sentence(self._port.state, decode(raw), self._words) for raw in chunk.entries)
        texts = tuple(raw.decode() for raw in chunk.entries)
        return r.Entries(first=chunk.first, entries=texts, root=chunk.root.hex(), told=told)


def sentence(state: State, record: Record, lang: str) -> r.Told:
    """An entry in words, with the time of day."""
    telling = tell(state, record, lang)
    return r.Told(clock=local_hms(record.at), text=telling.text, weight=telling.weight)


def since(journal: Journal, size: int, root: bytes) -> list[Chunk] | None:
    """Everything from entry `size` on; None when the first `size` entries do not have that root. Venue's thread."""
    if size > journal.size or (size and journal.root_at(size) != root):
        return None
    return list(_chunks(journal, size, journal.entries(size)))


def _chunks(journal: Journal, at: int, entries: Iterable[tuple[int, bytes]]) -> Iterable[Chunk]:
    held: list[bytes] = []
    weight = 0
    for _, raw in entries:
        held.append(raw)
        weight += len(raw)
        if weight >= CHUNK or len(held) >= _MOST:
            yield Chunk(at, tuple(held), journal.root_at(at + len(held)))
            at, held, weight = at + len(held), [], 0
    if held:
        yield Chunk(at, tuple(held), journal.root_at(at + len(held)))
