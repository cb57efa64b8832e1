"""Sealing files among several, and opening them together on the spot; both stand in the journal, the secret nowhere."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from venue_app.base.clock import zone_minutes
from venue_app.base.errors import Known
from venue_app.domain.floor_commands import OpenPackage, SealPackage
from venue_app.domain.roles import PROGRAM
from venue_app.host.drawing_again import modules
from venue_app.host.reporting import SOFTWARE
from venue_app.journal.faults import known, sync
from venue_app.reports import render
from venue_app.reports.fill.common import local
from venue_app.reports.models import PageFrame
from venue_app.reports.papers import Envelope, Envelopes
from venue_app.seal import envelopes
from venue_app.seal.keys import VenueKeys
from venue_app.seal.pages import codes_on_pages
from venue_app.seal.statement import PageStatement
from venue_app.venue import Venue


@dataclass(frozen=True, slots=True)
class SealedFiles:
    """What was made: the package, and the envelopes to print once and then delete."""

    package: Path
    envelopes: Path
    sha256: str


def seal_files(
    venue: Venue,
    keys: VenueKeys,
    files: Sequence[Path],
    holders: Sequence[str],
    threshold: int,
    label: str,
    folder: Path,
) -> SealedFiles:
    """Seal files into `folder/LABEL.age`, with a signature beside it and a page for each holder's envelope.

    Raises `Known`: envelopes.*, venue.*, journal.disk_full and the like.
    """
    names = [holder.strip() for holder in holders]
    if not all(names) or len(set(names)) != len(names) or not label.strip():
        raise Known("envelopes.holders")
    if not files:
        raise Known("envelopes.nothing")
    if len({path.name for path in files}) != len(files):  # of two files of one name only one would be sealed
        raise Known("envelopes.names")
    package, papers = folder / f"{label}.age", folder / f"{label}-envelopes.pdf"
    for path in (package, papers):
        if path.exists():  # what was sealed before may be the only one there is
            raise Known("envelopes.exists", file=str(path))
    made = envelopes.seal({path.name: path.read_bytes() for path in files}, threshold, len(names))
    digest = hashlib.sha256(made.data).hexdigest()
    printed = _printed(venue, keys, made, names, threshold, label, digest)
    command = SealPackage(label=label, sha256=digest, threshold=threshold, holders=tuple(names))
    with known(package):
        folder.mkdir(parents=True, exist_ok=True)
        for path, data in (
            (package, made.data),
            (package.with_name(package.name + ".sig"), _signature(keys, made.data)),
            (papers, printed),
        ):
            path.write_bytes(data)
            sync(path)
    venue.ask(command, PROGRAM)
    return SealedFiles(package, papers, digest)


def _signature(keys: VenueKeys, data: bytes) -> bytes:
    return (
        keys.sign_bytes(envelopes.DOMAIN, hashlib.sha256(data).hexdigest().encode() + b"\n").hex() + "\n"
    ).encode()


def _printed(
    venue: Venue,
    keys: VenueKeys,
    made: envelopes.Package,
    names: Sequence[str],
    threshold: int,
    label: str,
    digest: str,
) -> bytes:
    state, root, at = venue.state, venue.now.root, venue.clock.wall_ms()
    frame = PageFrame(
        event=state.event.title,
        mode=state.event.mode,
        place=state.event.place,
        date=f"{local(at, zone_minutes(at)):%Y-%m-%d}",
        language=state.scheme.language,
        serial=0,
        reprint=0,
        journal_size=state.size,
        journal_head=root.hex(),
        software=SOFTWARE,
        key=state.speaking.get("ed25519", ""),
    )

    def statement(page: int, pages: int, facts: bytes) -> str:
        return keys.sign_page(
            PageStatement(
                event=state.event.event,
                form="envelopes",
                serial="0",
                page=page,
                pages=pages,
                digest=facts,
                numbers=(),
                size=state.size,
                root=root,
                at=at,
                mode=state.event.mode,
            )
        )

    form = Envelopes(
        label=label,
        threshold=threshold,
        digest=digest,
        envelopes=tuple(
            Envelope(
                number=share.number,
                holder=name,
                words=share.words,
                code=tuple(map(tuple, modules(share.text))),
            )
            for share, name in zip(made.shares, names, strict=True)
        ),
    )
    return render(form, frame=frame, statement=statement, qr=modules)


def open_package(venue: Venue, package: Path, shares: Sequence[str], folder: Path) -> list[Path]:
    """Open a package with its holders' shares into `folder`; who opened it stands in the journal before a file does.

    Raises `Known`: envelopes.unknown for a package that this journal did not seal or that was changed since, and
    what `venue_app.seal.envelopes.unseal` raises.
    """
    with known(package):
        data = package.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    sealed = next((one for one in venue.state.packages if one.sha256 == digest), None)
    if sealed is None:
        raise Known("envelopes.unknown", file=package.name)
    files = envelopes.unseal(data, shares)
    numbers = envelopes.holders_of(shares)
    names = tuple(sealed.holders[number - 1] for number in numbers)
    venue.ask(OpenPackage(sha256=digest, by=names), PROGRAM)
    written = []
    with known(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            path = folder / name
            if path.exists():
                raise Known("envelopes.exists", file=str(path))
            path.write_bytes(content)
            sync(path)
            written.append(path)
    return written


def destroy_envelopes(file: Path) -> None:
    """Remove the printed envelopes' file, which alone opens the package. Raises `Known` journal.*"""
    with known(file):
        file.unlink(missing_ok=True)


def share_text(given: str) -> str:
    """A share as typed or scanned; the name of a picture or PDF of its page is read with its code.

    Raises `Known` envelopes.no_code when the picture holds none.
    """
    path = Path(given)
    if len(given) > 240 or not path.is_file():
        return given
    try:
        pages = codes_on_pages(path.read_bytes(), prefix=envelopes.PREFIX)
    except ValueError as error:
        raise Known("envelopes.no_code", file=path.name) from error
    texts = [text for page in pages for text in page.texts]
    if len(texts) != 1:
        raise Known("envelopes.no_code", file=path.name)
    return texts[0]
