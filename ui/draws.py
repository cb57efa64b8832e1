"""What draws and those who take part in them are called, on every screen."""

from __future__ import annotations

from ui.words import Say
from venue_app.domain.nouns import Purpose

PURPOSES: dict[Purpose, Say] = {
    "order": Say("draw.purpose.order"),
    "sessions": Say("draw.purpose.sessions"),
    "places": Say("draw.purpose.places"),
    "seats": Say("draw.purpose.seats"),
    "questions": Say("draw.purpose.questions"),
    "pool": Say("draw.purpose.pool"),
}
PARTIES = {
    "program": Say("draw_screen.party.program"),
    "supervisor": Say("draw_screen.party.supervisor"),
    "notary": Say("draw_screen.party.notary"),
    "candidates": Say("draw_screen.party.candidates"),
}
"""As a heading."""
PARTIES_SAID = {
    "supervisor": Say("draw.party_name.supervisor"),
    "notary": Say("draw.party_name.notary"),
    "candidates": Say("draw.party_name.candidates"),
}
"""Within a sentence; the program's own promise has a sentence of its own there."""
