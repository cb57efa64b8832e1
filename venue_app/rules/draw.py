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
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from venue_app.base.errors import Known

METHOD = "sha256-ticket-1"
COMMIT_TAG = "venue-draw-commit-1"
SEED_TAG = "venue-draw-1"
#: Printable by Python's word, yet without a picture: joiners, fillers, variation selectors.
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def list_text(strata: Mapping[str, Iterable[str]]) -> str:
    """The frozen list as text: a line `stratum,identifier` each, sorted, every line ended by a newline."""
    lines = sorted(f"{stratum},{name}" for stratum, names in strata.items() for name in names)
    return "".join(f"{line}\n" for line in lines)


def list_digest(strata: Mapping[str, Iterable[str]]) -> str:
    """SHA-256 (hex) of the frozen list's text in UTF-8."""
    return hashlib.sha256(list_text(strata).encode()).hexdigest()


def commitment(nonce: str, party: str = "program") -> str:
    """What is shown before the public contribution: SHA-256 (hex) of `venue-draw-commit-1,PARTY,NONCE`."""
    return hashlib.sha256(f"{COMMIT_TAG},{party},{nonce}".encode()).hexdigest()


def public_text(typed: str) -> str:
    """The public contribution as it enters the seed: full-width forms made plain, all blanks removed.

    What comes out goes in unchanged again. Raises `Known` when nothing is left, or when it holds a comma, which
    separates the seed's parts, or a sign that nobody would see.
    """
    plain = unicodedata.normalize("NFKC", typed)
    # Taking a blank away can bring a letter and its accent together: once more, or two would read it differently.
    plain = unicodedata.normalize("NFKC", "".join(plain.split()))
    if not plain:
        raise Known("draw.public_empty")
    if "," in plain or not plain.isprintable() or _UNSEEN.search(plain):
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
