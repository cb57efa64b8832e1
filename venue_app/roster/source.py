"""The bytes of a file somebody gave us, with their digest, read within limits."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from venue_app.base.errors import Known

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes. A roster of a thousand people takes less than one megabyte."""
MOST_ROWS = 20_000
MOST_COLUMNS = 256
LONGEST_CELL = 4_000
"""Characters in one cell."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file's bytes and name. Make it with `Source.of`, which keeps the limits."""

    name: str
    data: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """Lower-case hex."""
        return hashlib.sha256(self.data).hexdigest()

    @staticmethod
    def of(given: SourceLike) -> Source:
        """Reads a path, or takes bytes as they are.

        Raises `Known`: roster.file_missing, file_unreadable, file_too_large, file_empty.
        """
        if isinstance(given, Source):
            source = given
        elif isinstance(given, bytes):
            source = Source("-", given)
        else:
            source = _read(Path(given))
        if len(source.data) > LARGEST_FILE:
            raise Known("roster.file_too_large", file=source.name, limit=LARGEST_FILE // 1024 // 1024)
        if not source.data:
            raise Known("roster.file_empty", file=source.name)
        return source


SourceLike: TypeAlias = Source | Path | str | bytes


def _read(path: Path) -> Source:
    try:
        if path.is_dir():
            raise Known("roster.file_unreadable", file=path.name)
        with path.open("rb") as handle:
            # One byte more than allowed tells "too large" without reading the rest.
            return Source(path.name, handle.read(LARGEST_FILE + 1))
    except FileNotFoundError:
        raise Known("roster.file_missing", file=path.name) from None
    except (OSError, ValueError):
        raise Known("roster.file_unreadable", file=path.name) from None


def sources_of(given: SourceLike | Iterable[SourceLike]) -> tuple[Source, ...]:
    """One source or several, in the order given."""
    if isinstance(given, Source | Path | str | bytes):
        return (Source.of(given),)
    return tuple(Source.of(item) for item in given)


@dataclass(frozen=True, slots=True)
class Digest:
    """Proof of which file was read: `sha256` in lower-case hex, `size` in bytes, `kind` as recognised."""

    name: str
    kind: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Watch:
    """How a long reading tells of itself and is stopped; both parts may be missing.

    `progress(done, total)` counts rows; `should_stop()` is asked every few rows.
    """

    progress: Callable[[int, int], None] | None = None
    should_stop: Callable[[], bool] | None = None

    def tick(self, done: int, total: int) -> None:
        """Raises `Known` roster.stopped when the user has cancelled."""
        if self.should_stop is not None and self.should_stop():
            raise Known("roster.stopped")
        if self.progress is not None:
            self.progress(done, total)


QUIET = Watch()
