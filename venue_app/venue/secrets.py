"""The program's own secrets (a draw's number between commitment and reveal), kept beside the journal, not in it."""

from __future__ import annotations

from collections.abc import Mapping

from venue_app.journal import Journal

_KEEP = "keep:"


def keep(journal: Journal, secrets: Mapping[str, str]) -> None:
    """Keep these by name, durably. Raises `Known` (journal.*)."""
    journal.beat_all({_KEEP + name: value.encode() for name, value in secrets.items()})


def kept(journal: Journal) -> dict[str, str]:
    """All that is kept, by name."""
    return {k[len(_KEEP) :]: v.decode() for k, v in journal.beats().items() if k.startswith(_KEEP)}
