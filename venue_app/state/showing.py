"""Questions about lots being turned over: whose turn, and whose code was read. Pure."""

from __future__ import annotations

import unicodedata

from venue_app.base.errors import Known
from venue_app.state.model import State


def turn(state: State) -> str:
    """The entry whose turn it is, '' when nothing is hidden."""
    hidden = state.showing.hidden
    return hidden[0] if hidden else ""


def coded(state: State, typed: str) -> str:
    """The entry a typed or scanned code means: its own identifier, or its candidate's or identity number.

    Full-width forms and letter case do not matter; of a candidate's several entries the first still hidden counts.
    Raises `Known` showing.code_unknown.
    """
    wanted = _plain(typed)
    found = [
        entry.id
        for entry in state.entries.values()
        if entry.id in state.lots
        and wanted
        in {
            _plain(entry.id),
            _plain(entry.candidate),
            _plain(state.candidates[entry.candidate].identity),
        }
    ]
    if not wanted or not found:
        raise Known("showing.code_unknown", typed=typed.strip()[:40])
    hidden = [entry for entry in state.showing.hidden if entry in found]
    return (hidden or found)[0]


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
