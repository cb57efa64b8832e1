"""Cards printed before the day, beside the reports: they carry no seal and stand in no journal.

Seat cards hold joining codes, so they are made where the network's key is; nothing but the paper keeps a code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from venue_app.base.clock import zone_minutes
from venue_app.host.reporting import Produced
from venue_app.host.session import EventHost
from venue_app.journal.faults import known
from venue_app.reports.cards import Cards, cards_pdf
from venue_app.reports.cards.models import SeatCard, SeatCards
from venue_app.reports.fill.cards import CARDS, SEAT_CARDS, occasion
from venue_app.reports.fill.common import Source


def produce_cards(host: EventHost, name: str, folder: Path) -> Produced:
    """Make one kind of cards in `folder`, in place of those made there before.

    Seat cards let stations in first, if nobody did yet, and make the codes of earlier seat cards worthless. Raises
    `Known`: cards.*, reports.no_glyph, lan.port_taken, lan.no_network, journal.* when nothing can be written.
    """
    path = folder / f"{name}.pdf"
    with known(path):
        folder.mkdir(parents=True, exist_ok=True)
    data = save_seat_cards(host, path) if name == SEAT_CARDS else _save(path, CARDS[name], _source(host))
    pages = len(pypdfium2.PdfDocument(data))
    return Produced(name, "", path, 0, pages, hashlib.sha256(data).hexdigest())


def save_seat_cards(host: EventHost, file: Path) -> bytes:
    """Write seat cards to this file; where nothing can be written no earlier card becomes worthless. See `produce_cards`."""
    return _save(file, lambda source: seat_cards(host, source), _source(host))


def _save(file: Path, fill: Callable[[Source], Cards], source: Source) -> bytes:
    """Fill only once there is somewhere to write; a file is whole or not there."""
    part = file.with_name(f"{file.name}.part")
    with known(file):
        part.write_bytes(b"")
    try:
        data = cards_pdf(fill(source), source.lang)
        with known(file):
            part.write_bytes(data)
            part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return data


def _source(host: EventHost) -> Source:
    return Source(host.venue.state, zone_minutes(host.venue.clock.wall_ms()))


def seat_cards(host: EventHost, source: Source) -> SeatCards:
    """席卡 with a fresh code for every seat no device holds, good for days and after a restart."""
    server = host.start_lan()
    state = source.state
    cards = []
    for code in sorted(server.issue_cards(), key=lambda one: _order(source, one.seat)):
        seat = state.seats[code.seat]
        cards.append(
            SeatCard(
                room=source.room_title(seat.room) if seat.room else "",
                group=source.scheme.group(seat.group).title.say(source.lang),
                seat=source.seat_word(seat.number),
                code=code.shown,
                link=str(host.joining_link(code)),
            )
        )
    return SeatCards(occasion=occasion(source), url=host.url(), key=host.key_words(), cards=tuple(cards))


def _order(source: Source, seat: str) -> tuple[bool, str, str, int]:
    """Rooms one after the other, whoever marks in all of them last."""
    found = source.state.seats[seat]
    return found.room is None, found.room or "", found.group, found.number
