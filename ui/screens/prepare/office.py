"""What preparing has done beside the window: readiness looked at, its form made, the rehearsal run. No widget here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from ui.tasks import Progress
from venue_app.base.clock import SystemClock
from venue_app.host.history import entries_of
from venue_app.host.readiness import Anchor, Point, Printer, check, gather, write_report
from venue_app.host.second_copy import CopyStatus
from venue_app.host.session import EventHost
from venue_app.rehearsal.own import own_event, rehearsal_stem, rehearsals_of

_STANDS = (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted)
Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found at a moment (wall ms)."""

    at_ms: int
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A rehearsal that came to its end: its file, how many people and sheets, and what was noticed."""

    file: Path
    people: int
    sheets: int
    notes: tuple[str, ...]


class Office(Protocol):
    """What the screen needs done; tests bring their own. All but the properties wait: not in the window's thread."""

    @property
    def copy_status(self) -> CopyStatus | None:
        """How the second copy stands; None when no folder was chosen."""

    @property
    def rehearsals(self) -> tuple[Path, ...]:
        """Rehearsals that lie beside the event, the oldest first."""

    def look(self) -> Looked:
        """Look at everything the day needs."""

    def form(self, looked: Looked) -> Path:
        """What was found as a signed form. Raises `Known`."""

    def copy_to(self, folder: Path) -> None:
        """Copy the journal to this folder from now on."""

    def rehearse(self, told: Told) -> Rehearsed:
        """Run the event's own plan and roster by robots in a file beside it. Raises `Known`, and what `told` raises."""


def printers() -> tuple[Printer, ...]:
    """The system's printers as Qt sees them."""
    default = QPrinterInfo.defaultPrinterName()
    found = []
    for info in QPrinterInfo.availablePrinters():
        name = info.printerName()
        found.append(Printer(name, info.state() not in _STANDS, name == default))
    return tuple(found)


class HostOffice:
    """The office of an open event. Made when the window is, so that its clock is watched for long."""

    def __init__(self, host: EventHost) -> None:
        self._host = host
        self._anchor = Anchor.take(host.venue.clock)

    @property
    def copy_status(self) -> CopyStatus | None:
        """See `Office`."""
        return self._host.copy_status

    @property
    def rehearsals(self) -> tuple[Path, ...]:
        """See `Office`."""
        return rehearsals_of(self._host.venue.path)

    def look(self) -> Looked:
        """See `Office`."""
        facts = gather(self._host, self._anchor, printers=printers())
        return Looked(facts.at_ms, check(facts))

    def form(self, looked: Looked) -> Path:
        """See `Office`."""
        event = self._host.venue.path
        folder = event.with_name(f"{event.stem}-reports")
        return write_report(self._host.venue, self._host.keys, looked.points, looked.at_ms, folder).path

    def copy_to(self, folder: Path) -> None:
        """See `Office`."""
        self._host.copy_to(folder)

    def rehearse(self, told: Told) -> Rehearsed:
        """See `Office`."""
        from venue_app.rehearsal.run import (  # robots and forms: half a second to load
            free_name,
            rehearse_event,
        )

        event = self._host.venue.path
        own = own_event(entries_of(self._host.venue))
        file = free_name(event.parent, rehearsal_stem(event, SystemClock().wall_ms()))
        summary = rehearse_event(
            own, file, file.with_suffix(""), speed=None, progress=told, keys=self._host.keys
        )
        return Rehearsed(summary.event, summary.candidates, summary.sheets, summary.notes)


def rehearse(office: Office, progress: Progress) -> Rehearsed:
    """The rehearsal with the window's progress: the people heard, of all; other stages only move it on."""

    def told(stage: str, done: int, total: int) -> None:
        if stage == "rooms":
            progress.report(done, total)
        else:
            progress.report(0, 0)

    return office.rehearse(told)
