"""The one owner of an event's state: commands in, journal entries out, everyone told."""

from venue_app.venue.core import Change, Reply, Venue

__all__ = ["Change", "Reply", "Venue"]
