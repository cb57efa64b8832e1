"""The same work with nothing around it, on this machine in this run: what the program's figures are held against.

Milliseconds, the best of a few runs.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import sqlite3
import ssl
from collections.abc import Callable
from pathlib import Path
from time import perf_counter_ns

_TIMES = 3
_DRAWS_HASHED = 11
"""What one draw of ten people hashes: the seed once, each name once."""


def best_ms(work: Callable[[], object], times: int = _TIMES) -> float:
    """The fastest of a few runs."""
    taken = []
    for _ in range(times):
        start = perf_counter_ns()
        work()
        taken.append(perf_counter_ns() - start)
    return round(min(taken) / 1_000_000, 3)


def sums_ms(candidates: int, judges: int, criteria: int) -> float:
    """As many marks added up as whole numbers, and the sums put in order."""
    sheets = [[(c * 7 + j) % 100 for j in range(judges * criteria)] for c in range(candidates)]
    return best_ms(lambda: sorted(sum(marks) for marks in sheets))


def hashes_ms(draws: int) -> float:
    """As many SHA-256 as so many draws of ten people take."""
    block = b"venue-draw-2,bench,0,E001"

    def work() -> None:
        for _ in range(draws * _DRAWS_HASHED):
            hashlib.sha256(block).digest()

    return best_ms(work, 1)


def read_and_hash_ms(path: Path) -> float:
    """An event file's entries read from SQLite, each hashed twice: as a leaf and into the tree."""

    def work() -> None:
        base = sqlite3.connect(path)
        for (raw,) in base.execute("select entry from entries order by seq"):
            hashlib.sha256(hashlib.sha256(raw).digest()).digest()
        base.close()

    return best_ms(work)


def pages_ms(pages: int, lines: int, font: Path) -> float:
    """So many pages of plain text in the same typeface, without seal, code or signature."""
    from io import BytesIO

    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    def work() -> None:
        registerFont(TTFont("bare", font))
        canvas = Canvas(BytesIO())
        for page in range(pages):
            canvas.setFont("bare", 10)
            for line in range(lines):
                canvas.drawString(40, 800 - line * 9, f"第{page}页 第{line}行 24.5 8.0 71.32")
            canvas.showPage()
        canvas.save()

    return best_ms(work, 2)


def sync_ms(folder: Path, writes: int) -> float:
    """So many small writes to the disk, each waited for."""
    path = folder / "bare.sync"

    def work() -> None:
        with path.open("wb", buffering=0) as file:
            for _ in range(writes):
                file.write(b"\0" * 512)
                os.fsync(file.fileno())

    taken = best_ms(work)
    path.unlink()
    return taken


def handshake_ms(port: int) -> float:
    """One TLS connection to this laptop, made and closed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE

    async def once() -> None:
        _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context)
        writer.close()

    return best_ms(lambda: asyncio.run(once()), 5)
