"""When two names are those of one person: where two people must act, one is not enough by writing a name twice."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def as_read(name: str) -> str:
    """A name as a reader sees it: width, spaces, line breaks and signs without ink make no difference."""
    wide = unicodedata.normalize("NFKC", name)
    return "".join(
        sign for sign in wide if not sign.isspace() and unicodedata.category(sign) not in ("Cc", "Cf")
    )


def different(names: Iterable[str]) -> bool:
    """Whether these are names, and no two of them are read alike."""
    read = [as_read(name) for name in names]
    return all(read) and len(set(read)) == len(read)
