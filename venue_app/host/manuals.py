"""A manual written to a file."""

from __future__ import annotations

from pathlib import Path

from venue_app.journal.faults import known
from venue_app.reports.manual import manual_pdf


def save_manual(name: str, language: str, file: Path) -> None:
    """Write the manual as PDF. Raises `Known`: manual.*, journal.* when it cannot be written."""
    made = manual_pdf(name, language)
    part = file.with_name(f"{file.name}.part")
    with known(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(made)
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
