"""The joining page of a standby laptop."""

from __future__ import annotations

from ui.widgets.joining import JoinForm, JoinWords
from ui.words import Say


def standby_join() -> JoinForm:
    """Address, code, and what this laptop is called."""
    return JoinForm(
        JoinWords(
            Say("standby_window.join.title"),
            Say("standby_window.join.lead"),
            Say("standby_window.join.go"),
            Say("standby_window.join.device"),
            Say("standby_window.join.device_hint"),
            name_missing=Say("standby_window.join.device_hint"),
            code=Say("console.join.code"),
        )
    )
