"""The one owner of an event's state: commands in, journal entries out, everyone told."""

from venue_app.venue.core import Change, Venue
from venue_app.venue.inbox import Reply

__all__ = ["Change", "Reply", "Venue"]
