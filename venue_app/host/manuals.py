"""A manual written to a file."""

from __future__ import annotations

from pathlib import Path

from venue_app.journal.faults import known
from venue_app.reports.manual import manual_pdf


def save_manual(name: str, language: str, file: Path) -> None:
    """Write the manual as PDF. Raises `Known`: manual.*, journal.* when it cannot be written."""
    made = manual_pdf(name, language)
    with known(file):
        file.write_bytes(made)
