"""Drawing lots by SHA-256 tickets: anybody can recompute the order with a pocket tool.

The list is frozen first and its digest shown. The program commits to a nonce
by `commitment`. Words or dice digits are contributed in public. Everything is
then revealed and joined into one seed string; each identifier's ticket is
SHA-256(seed + "," + identifier) in lower-case hex, and ascending tickets are
the order. No modulus, so no bias; no shuffle, so a withdrawal leaves everyone
else's relative order alone. The method is Rivest's consistent sampling.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from venue_app.base.errors import Known

METHOD = "sha256-ticket-1"
COMMIT_TAG = "venue-draw-commit-1"
SEED_TAG = "venue-draw-1"


def list_text(strata: Mapping[str, Iterable[str]]) -> str:
    """The frozen list as text: a line `stratum,identifier` each, sorted, every line ended by a newline."""
    lines = sorted(f"{stratum},{name}" for stratum, names in strata.items() for name in names)
    return "".join(f"{line}\n" for line in lines)


def list_digest(strata: Mapping[str, Iterable[str]]) -> str:
    """SHA-256 (hex) of the frozen list's text in UTF-8."""
    return hashlib.sha256(list_text(strata).encode()).hexdigest()


def commitment(nonce: str) -> str:
    """What is shown before the public contribution: SHA-256 (hex) of `venue-draw-commit-1,program,NONCE`."""
    return hashlib.sha256(f"{COMMIT_TAG},program,{nonce}".encode()).hexdigest()


def public_text(typed: str) -> str:
    """The public contribution as it enters the seed: full-width forms made plain, all blanks removed.

    Raises `Known` when nothing is left, or when it holds a comma, which separates the seed's parts.
    """
    plain = "".join(unicodedata.normalize("NFKC", typed).split())
    if not plain:
        raise Known("draw.public_empty")
    if "," in plain or not plain.isprintable():
        raise Known("draw.public_comma")
    return plain


def seed_text(event: str, digest: str, public: str, nonce: str) -> str:
    """The seed: tag, event, list digest, public contribution and nonce, joined by commas."""
    return ",".join((SEED_TAG, event, digest, public, nonce))


def ticket(seed: str, name: str) -> str:
    """The ticket of one identifier: what `printf '%s,%s' "$seed" "$id" | sha256sum` prints."""
    return hashlib.sha256(f"{seed},{name}".encode()).hexdigest()


def order(seed: str, names: Iterable[str]) -> tuple[str, ...]:
    """Identifiers in the order drawn: ascending tickets, equal tickets by identifier."""
    return tuple(sorted(names, key=lambda name: (ticket(seed, name), name)))


def order_all(seed: str, strata: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The order within each stratum (room)."""
    return {stratum: order(seed, names) for stratum, names in sorted(strata.items())}
