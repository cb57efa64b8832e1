"""The part of a station's line that needs the network: loaded in the line's own thread, after the window stands."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from venue_app.lan import messages as m
from venue_app.lan.client import Link, StationClient, StationEvents, join
from venue_app.lan.hold import Pairing
from venue_app.lan.link import DEFAULT_PORT, JoiningLink
from venue_app.lan.outbox import Outbox
from venue_app.lan.pace import Pace
from venue_app.lan.tls import laptop_key

__all__ = ["join", "key_at", "station_client"]

Tell = Callable[[str, object], None]


class _Ears(StationEvents):
    """Hears in the client's thread and only passes on."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    def on_link(self, link: Link) -> None:
        """The line changed."""
        self._tell("link", link.value)

    def on_moved(self, pairing: Pairing) -> None:
        """Where the laptop and its standby are has changed."""
        self._tell("moved", pairing)

    def on_welcome(self, welcome: m.Welcome) -> None:
        """Whose seat this is."""
        self._tell("welcome", welcome)

    def on_view(self, view: m.View) -> None:
        """What this seat may see now."""
        self._tell("view", view)

    def on_receipt(self, receipt: m.Receipt) -> None:
        """A sheet is durable on the laptop."""
        self._tell("receipt", receipt)

    def on_refused(self, sheet: m.Sheet, refused: m.Refused) -> None:
        """A sheet will never be taken."""
        self._tell("refused", (sheet, refused))

    def on_called(self, on: bool) -> None:
        """The call stands, or was answered."""
        self._tell("called", on)


def station_client(pairing: Pairing, outbox: Outbox, pace: Pace, tell: Tell) -> StationClient:
    """A client whose news go to `tell`, in its own thread."""
    return StationClient(pairing, outbox=outbox, events=_Ears(tell), pace=pace)


async def key_at(link: JoiningLink) -> str:
    """The key (hex) of whoever answers at the link's address. Raises `Known` (lan.no_answer)."""
    parts = urlsplit(link.url)
    return (await laptop_key(parts.hostname or "", parts.port or DEFAULT_PORT)).hex()
