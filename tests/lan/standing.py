"""A standby that is named without its program: what the host writes when one was let in."""

from __future__ import annotations

from tests import world
from tests.verifier.test_takeover import STANDING_BY
from venue_app.domain import commands as c
from venue_app.domain.hosts import NameStandby, named_text
from venue_app.host.session import EventHost
from venue_app.seal.keys import VenueKeys
from venue_app.state.places import STANDBY


def name_standby(host: EventHost, standby: VenueKeys, port: int, *, hosts: tuple[str, ...] = ()) -> None:
    """The laptop with these keys may take over from `host`, and will answer on this port of this machine."""
    host.venue.ask(c.JoinStation(seat=STANDBY, device="d" * 64, device_name="备用"), world.PROCTOR)
    event, announced = host.venue.state.event.event, standby.announced()
    host.venue.ask(
        NameStandby(
            epoch=2,
            keys=announced,
            urls=(f"https://127.0.0.1:{port}",),
            hosts=hosts,
            signature=host.keys.sign_bytes(b"", named_text(event, 2, announced)).hex(),
        ),
        STANDING_BY,
    )
