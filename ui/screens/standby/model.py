"""What the standby's page shows of how it stands. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ui.widgets.state import Mark
from ui.words import Say, Text, known_text
from venue_app.base.clock import local_hms
from venue_app.base.errors import Known
from venue_app.host.following import Following
from venue_app.lan.line import FINAL, Link


@dataclass(frozen=True, slots=True)
class StandbyModel:
    """One moment. `why` says why it cannot take over now, '' when it can; `alive`: the host answers, or may do so;
    `stuck`: the disk here takes nothing, and may be tried again; `open`: what is under way and may lack something here."""

    title: str
    mark: Mark
    word: Text
    sentence: Text
    have: Text
    heard: Text
    why: Text
    alive: bool
    stuck: bool = False
    open: str = ""


def standby_model(status: Following) -> StandbyModel:
    """How it stands, in words."""
    mark, word, sentence = _standing(status)
    if not status.have:
        why: Text = Say("standby_window.why.nothing")
    elif not status.named:
        why = Say("standby_window.why.not_named")
    else:
        why = ""
    return StandbyModel(
        title=status.title,
        mark=mark,
        word=word,
        sentence=sentence,
        have=Say("standby_window.have", count=status.have, newest=status.newest),
        heard=Say("standby_window.heard", at=local_hms(status.heard) if status.heard else "—"),
        why=why,
        alive=status.link is Link.ONLINE or status.stuck,
        stuck=status.stuck,
        open="" if status.in_step else status.under_way,
    )


def _standing(status: Following) -> tuple[Mark, Text, Text]:
    if status.fault is not None and status.stuck:
        why = known_text(status.fault)
        return (
            Mark.ALARM,
            Say("standby_window.word.stuck"),
            Say("standby_window.stuck", why=why, open=status.under_way),
        )
    if status.fault is not None:
        return Mark.ALARM, Say("standby_window.word.stopped"), known_text(status.fault)
    if status.link in FINAL:
        return Mark.ALARM, Say("standby_window.word.stopped"), known_text(Known("lan.unknown_station"))
    if status.link is not Link.ONLINE and not status.heard:
        return Mark.WAIT, Say("standby_window.word.connecting"), Say("standby_window.connecting")
    if status.link is not Link.ONLINE:
        at = local_hms(status.heard)
        if status.in_step:
            return Mark.WAIT, Say("standby_window.word.lost"), Say("standby_window.lost_in_step", at=at)
        behind = Say("standby_window.lost_behind", at=at, open=status.under_way)
        return Mark.ALARM, Say("standby_window.word.lost"), behind
    if not status.named or not status.in_step:
        return (
            Mark.IN_PROGRESS,
            Say("standby_window.word.catching_up"),
            Say("standby_window.catching_up", count=status.behind),
        )
    return Mark.DONE, Say("standby_window.word.in_step"), Say("standby_window.in_step")
