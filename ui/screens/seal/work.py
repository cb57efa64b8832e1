"""What the seal screen has done beside the window: forms made, bundles written, files checked. No widget here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ui.exporting import exporter
from ui.tasks import Progress
from venue_app.base.errors import Known
from venue_app.host.bundling import write_bundle
from venue_app.host.cards import produce_cards
from venue_app.host.checking import check_beside
from venue_app.host.envelopes import SealedFiles, destroy_envelopes, open_package, seal_files, share_text
from venue_app.host.reporting import Produced, produce
from venue_app.host.second_copy import CopyStatus
from venue_app.host.session import EventHost
from venue_app.reports.fill import card_names
from venue_app.seal.bundle import Written
from venue_app.seal.check import Verdict


class Work(Protocol):
    """What the screen needs done; tests bring their own."""

    @property
    def event(self) -> Path:
        """The open event's file."""

    def produce(self, form: str, folder: Path, told: Callable[[int, str], None]) -> Sequence[Produced]:
        """Make the files of one form. Raises `Known`."""

    def bundle(self, target: Path, reports: Iterable[Path], told: Callable[[int, int], None]) -> Written:
        """Write the bundle with these reports. Raises `Known`."""

    def verify(self, file: Path, head: str | None, told: Callable[[int, int], None]) -> Verdict:
        """Check a file, reports against the open event. Raises `Known`."""

    def seal(
        self, files: Sequence[Path], holders: Sequence[str], needed: int, label: str, folder: Path
    ) -> SealedFiles:
        """Seal files among several people. Raises `Known`."""

    def unseal(self, package: Path, shares: Sequence[str], folder: Path) -> list[Path]:
        """Open a package with shares scanned, typed, or pictures of them. Raises `Known`."""

    def destroy(self, file: Path) -> None:
        """Remove the file of the envelopes. Raises `Known`."""

    def copy_to(self, folder: Path | None) -> None:
        """Copy the journal to this folder from now on; None stops it."""

    @property
    def copy_status(self) -> CopyStatus | None:
        """How the second copy stands; None when no folder was chosen."""

    def export(self, target: Path, progress: Progress) -> list[Path]:
        """Write all tables under the name of this file. Raises `Known`."""


class HostWork:
    """The work of an open event."""

    def __init__(self, host: EventHost) -> None:
        self._host = host

    @property
    def event(self) -> Path:
        """See `Work`."""
        return self._host.venue.path

    def produce(self, form: str, folder: Path, told: Callable[[int, str], None]) -> Sequence[Produced]:
        """See `Work`."""
        if form in card_names():
            return [produce_cards(self._host, form, folder)]
        return produce(self._host.venue, self._host.keys, (form,), folder, told)

    def bundle(self, target: Path, reports: Iterable[Path], told: Callable[[int, int], None]) -> Written:
        """See `Work`."""
        return write_bundle(self._host.venue, self._host.keys, target, reports, told)

    def verify(self, file: Path, head: str | None, told: Callable[[int, int], None]) -> Verdict:
        """See `Work`."""
        return check_beside(self._host.venue, file, head, told)

    def seal(
        self, files: Sequence[Path], holders: Sequence[str], needed: int, label: str, folder: Path
    ) -> SealedFiles:
        """See `Work`."""
        return seal_files(self._host.venue, self._host.keys, files, holders, needed, label, folder)

    def unseal(self, package: Path, shares: Sequence[str], folder: Path) -> list[Path]:
        """See `Work`."""
        return open_package(self._host.venue, package, [share_text(one) for one in shares], folder)

    def destroy(self, file: Path) -> None:
        """See `Work`."""
        destroy_envelopes(file)

    def copy_to(self, folder: Path | None) -> None:
        """See `Work`."""
        self._host.copy_to(folder)

    @property
    def copy_status(self) -> CopyStatus | None:
        """See `Work`."""
        return self._host.copy_status

    def export(self, target: Path, progress: Progress) -> list[Path]:
        """See `Work`."""
        return exporter(self._host.venue)(target, progress)


@dataclass(frozen=True, slots=True)
class Made:
    """Files made, and for each form that could not be made the reason."""

    files: tuple[Produced, ...]
    faults: tuple[tuple[str, Known], ...]


def make_forms(work: Work, forms: Sequence[str], folder: Path, progress: Progress) -> Made:
    """Make several forms one after the other; a form that cannot be made does not stop the others."""
    files: list[Produced] = []
    faults: list[tuple[str, Known]] = []

    def told(_done: int, _name: str) -> None:
        progress.report(len(files), 0)

    for form in forms:
        try:
            files += work.produce(form, folder, told)
        except Known as fault:
            faults.append((form, fault))
    return Made(tuple(files), tuple(faults))


def files_in(folder: Path, forms: Sequence[str]) -> tuple[tuple[str, Path], ...]:
    """The report files of a folder by form, of each only the newest print."""
    newest: dict[str, tuple[int, Path]] = {}
    found = sorted(folder.glob("*.pdf")) if folder.is_dir() else []
    for path in found:
        stem, _, tail = path.stem.rpartition("-r")
        number = int(tail) if stem and tail.isdigit() else 0
        name = stem if number else path.stem
        if number >= newest.get(name, (-1, path))[0]:
            newest[name] = (number, path)
    placed = []
    for form in forms:
        mine = sorted(name for name in newest if name == form or name.startswith(f"{form}-"))
        placed += [(form, newest[name][1]) for name in mine]
    return tuple(placed)
