"""An earlier host that comes back: it asks the standby it had named, believes only what that one signed, and stops.

What it learned is kept in the event file, so that it stays so without a network.
"""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.domain.hosts import HostProof, named_text, proves, read_proof
from venue_app.journal import Journal
from venue_app.lan.elsewhere import proofs_at
from venue_app.lan.hosting import told_hosts
from venue_app.seal.keys import VenueKeys
from venue_app.state import State

_META = "host.superseded"
#: How often a host asks at its standby's addresses while the standby does not follow, in seconds.
ASK_S = 5.0
#: How long a standby may take to catch up before the proctor is told, in ms.
BEHIND_MS = 10_000


def believed(state: State, text: str) -> HostProof | None:
    """The proof, when the standby named in this very journal signed it for the next epoch."""
    proof, standby = read_proof(text), state.standby
    if proof is None or standby is None or proof.epoch != standby.epoch:
        return None
    return proof if proves(proof, state.event.event, standby.keys.get("ed25519", "")) else None


async def proof_elsewhere(state: State) -> str:
    """The proof of a standby that has taken over and can be reached; '' when there is none. At most two seconds."""
    places = told_hosts(state).standby
    found = await proofs_at(places) if places else []
    return next((text for text in found if believed(state, text) is not None), "")


def remembered(journal: Journal) -> str:
    """What was learned at an earlier start."""
    return journal.meta().get(_META, b"").decode()


def remember(journal: Journal, proof: str) -> None:
    """Keep it."""
    journal.set_meta(_META, proof.encode())


def sign_offer(state: State, keys: VenueKeys, standby: dict[str, str]) -> tuple[int, str]:
    """The epoch the standby would begin, and the host's signature for it."""
    epoch = state.epoch + 1
    return epoch, keys.sign_bytes(b"", named_text(state.event.event, epoch, standby)).hex()


def gone(state: State) -> Known:
    """The sentence of an earlier host."""
    where = state.standby.urls if state.standby is not None else ()
    return Known("standby.superseded_at", where=", ".join(where))
