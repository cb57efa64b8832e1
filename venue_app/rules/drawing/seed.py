"""Several contribute to one seed: each commits first, the hall adds its digits in the open, then all is revealed.

Whoever reveals last could walk away from a result. Therefore every contribution also lies with the notary in
an envelope; a refusal is written down and the envelope opened. Nothing is ever drawn again for it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from venue_app.base.errors import Known
from venue_app.domain.nouns import Opened
from venue_app.rules.draw import commitment
from venue_app.rules.drawing.plan import NAME

SEED_TAG = "venue-draw-2"
PROGRAM = "program"
#: What enters the seed for a party whose envelope did not hold what it had committed to.
VOID = "void"
_PARTY = re.compile(r"[a-z][a-z0-9-]{0,31}")
_NONCE = re.compile(r"[0-9a-f]{32,64}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Contribution:
    """One party's part. `opened` says how it came to light: by the party, or from its envelope.

    `void`: even the envelope did not fit the commitment, or was empty; `nonce` is then empty.
    """

    party: str
    commitment: str
    nonce: str
    opened: Opened = "revealed"


def party_name(typed: str) -> str:
    """A party as it enters commitment and seed: a short lower-case ASCII word. Raises `Known` draw.party."""
    if not _PARTY.fullmatch(typed):
        raise Known("draw.party", party=typed[:40])
    return typed


def nonce_text(typed: str) -> str:
    """A contribution as typed or scanned, made plain: 32 to 64 hex digits, at least 128 bits when random.

    Full-width digits become plain, blanks and hyphens go, letters become small; leading zeros stay, because
    "0" and "00" are different texts. Raises `Known` draw.nonce.
    """
    plain = "".join(unicodedata.normalize("NFKC", typed).split()).replace("-", "").lower()
    if not _NONCE.fullmatch(plain):
        raise Known("draw.nonce")
    return plain


def commit(party: str, nonce: str) -> str:
    """What a party shows before: SHA-256 (hex) of `venue-draw-commit-1,PARTY,NONCE`."""
    return commitment(nonce, party)


def fits(part: Contribution) -> bool:
    """Whether the part is what its commitment promised; a void one promises nothing but must hold nothing."""
    if part.opened == "void":
        return part.nonce == "" and bool(_DIGEST.fullmatch(part.commitment))
    return bool(_NONCE.fullmatch(part.nonce)) and commit(part.party, part.nonce) == part.commitment


def join_seed(event: str, digest: str, public: str, parts: Iterable[Contribution]) -> str:
    """The seed: tag, event, list digest, public part, then `party=nonce` sorted by code point, joined by commas.

    Raises `Known`: an event or a party that is no name, a party that comes twice or does not fit its commitment; nobody's part opened.
    """
    if not NAME.fullmatch(event):
        raise Known("draw.name", text=event[:60])
    given = sorted(parts, key=lambda part: part.party)
    for before, part in zip([None, *given], given, strict=False):
        party_name(part.party)
        if before is not None and before.party == part.party:
            raise Known("draw.party_twice", party=part.party)
        if not fits(part):
            raise Known("draw.commitment_broken", party=part.party)
    if all(part.opened == "void" for part in given):
        raise Known("draw.no_contribution")
    texts = sorted(f"{part.party}={part.nonce or VOID}" for part in given)
    return ",".join((SEED_TAG, event, digest, public, *texts))
