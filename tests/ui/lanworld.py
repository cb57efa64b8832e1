"""A proctor's laptop with a real event, real keys and TLS on the loopback, for windows under test."""

from __future__ import annotations

from pathlib import Path

from tests.ports import free_port
from tests.world import PROCTOR, prepared, roster
from venue_app.host.session import EventHost
from venue_app.scheme import preset_text
from venue_app.seal.keys import VenueKeys


def drawn(folder: Path, keys: VenueKeys) -> EventHost:
    """An event in which everybody has a lot."""
    return EventHost(prepared(folder / "drawn.venue"), keys)


def fresh(folder: Path, keys: VenueKeys) -> EventHost:
    """An event with its roster, before the opening."""
    made = EventHost.create(
        folder / "fresh.venue",
        title="公开自荐",
        mode="rehearsal",
        scheme=preset_text("s0-county-self-nomination"),
        keys=keys,
    )
    made.venue.ask(roster(), PROCTOR)
    return made


def here(host: EventHost):
    """Open the event's network."""
    return host.start_lan(port=free_port())
