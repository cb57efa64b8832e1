"""What is asked before the event goes on here: why, and who decided."""

from __future__ import annotations

from ui.widgets.ask import Field
from ui.words import Say, Text

REASON, FIRST, SECOND = "reason", "first", "second"


def takeover_fields() -> tuple[Field, ...]:
    """A reason and two people."""
    return (
        Field(REASON, Say("standby_window.ask.reason")),
        Field(FIRST, Say("standby_window.ask.first")),
        Field(SECOND, Say("standby_window.ask.second")),
    )


def takeover_about(alive: bool, under_way: str = "") -> Text:
    """What it means; a host that still answers is named as such, and what is `under_way` and may lack something here."""
    about = Say("standby_window.ask.alive") if alive else Say("standby_window.ask.about")
    return Say("standby_window.ask.behind", about=about, open=under_way) if under_way else about
