"""Checking a file beside the open event: reports are compared with its journal as it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from venue_app.host.audit import audit
from venue_app.host.history import entries_of
from venue_app.host.proving import report_checks
from venue_app.seal.check import Verdict
from venue_app.seal.verify import verify_file
from venue_app.venue import Venue


def check_beside(
    venue: Venue, file: Path, head: str | None = None, progress: Callable[[int, int], None] | None = None
) -> Verdict:
    """All checks of a PDF, a bundle or an event file; see `venue_app.seal.verify.verify_file`."""
    return verify_file(
        file, event=entries_of(venue), head=head, extra=audit, report=report_checks, progress=progress
    )
