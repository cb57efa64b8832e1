"""The list of venues that are to come: a text file, a venue a line, with the key of its laptop where it is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from venue_app.base.errors import Known
from venue_app.consolidation.part import Part
from venue_app.journal.faults import known
from venue_app.roster.textfile import decode

_LEAST_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Expected:
    """A venue by its name; `key` is the beginning of its Ed25519 key in hex, '' where nobody noted it."""

    venue: str
    key: str = ""


def read_expected(path: Path) -> tuple[Expected, ...]:
    """Lines `NAME` or `NAME,KEY`; blanks in KEY do not count, empty lines and lines after # are passed over.

    In UTF-8, UTF-16 or what a Chinese Windows writes. Raises `Known`: consolidate.list_line for a key that is none or
    a name given twice, journal.missing and the like, roster.encoding_unknown.
    """
    with known(path):
        text, _encoding = decode(path.read_bytes(), path.name)
    found: dict[str, Expected] = {}
    for number, line in enumerate(text.splitlines(), 1):
        name, _, digits = line.partition("#")[0].replace("，", ",").partition(",")
        name, key = name.strip(), re.sub(r"\s", "", digits).lower()
        if not name and not key:
            continue
        if name in found or not name or not re.fullmatch(f"|[0-9a-f]{{{_LEAST_DIGITS},64}}", key):
            raise Known("consolidate.list_line", file=path.name, line=number)
        found[name] = Expected(name, key)
    return tuple(found.values())


def compared(parts: Sequence[Part], expected: Sequence[Expected]) -> Iterator[Known]:
    """Venues that are missing, that nobody expects, or whose laptop is another one. A venue may send several bundles."""
    by_name = {one.venue: one for one in expected}
    come = {part.venue for part in parts}
    for one in expected:
        if one.venue not in come:
            yield Known("consolidate.venue_missing", venue=one.venue)
    for part in parts:
        awaited = by_name.get(part.venue)
        if awaited is None:
            yield Known("consolidate.venue_unknown", venue=part.venue, file=part.file)
        elif not part.key.startswith(awaited.key):
            yield Known(
                "consolidate.key_other", venue=part.venue, file=part.file, key=part.key[:_LEAST_DIGITS]
            )
