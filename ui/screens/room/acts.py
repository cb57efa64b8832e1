"""What else can be done in a room beside its next step, and with which lot. Pure; decides no rule.

Whatever is listed may still be refused: the venue decides, and says why.
"""

from __future__ import annotations

from ui.screens.room.view import ActLine
from ui.words import Say
from venue_app.state import Appearance, State
from venue_app.state.deciding import short_panels
from venue_app.state.room import missing_everywhere, missing_marks

LABELS: dict[str, Say] = {
    "recall": Say("room.act.recall"),
    "identity": Say("room.act.identity"),
    "waive": Say("room.act.waive"),
    "recuse": Say("room.act.recuse"),
    "extend": Say("room.act.extend"),
    "reopen": Say("room.act.reopen"),
    "paper": Say("room.act.paper"),
    "accept": Say("room.act.accept"),
    "sign": Say("room.act.sign"),
    "note": Say("room.act.note"),
    "announcing": Say("room.act.announcing"),
    "undo": Say("room.act.undo"),
}
KEYS = {
    "recall": "Alt+R",
    "identity": "Alt+I",
    "waive": "Alt+W",
    "recuse": "Alt+U",
    "extend": "Alt+E",
    "reopen": "Alt+T",
    "paper": "Alt+P",
    "accept": "Alt+D",
    "sign": "Alt+S",
    "note": "Alt+N",
    "announcing": "Alt+A",
    "undo": "Alt+Z",
}
GROUPS = (
    ("recall", "identity", "waive", "recuse"),
    ("extend",),
    ("reopen", "paper", "accept", "sign"),
    ("note", "announcing"),
    ("undo",),
)
"""As the menu shows them, with a line between the groups."""

_AFTERWARDS = ("reopen", "paper", "accept", "sign")
_UNDONE: dict[str, Say] = {
    "candidate.called": Say("room.undo.called"),
    "candidate.absent": Say("room.undo.absent"),
    "entry.waived": Say("room.undo.waived"),
    "stage.started": Say("room.undo.started"),
    "stage.ended": Say("room.undo.ended"),
    "result.checked": Say("room.undo.checked"),
    "appearance.closed": Say("room.undo.left"),
}


def acts_of_lot(state: State, of: Appearance) -> tuple[ActLine, ...]:
    """What can be done with one lot as it stands."""
    here, begun = of.status == "floor", of.begun
    wanted = {
        "recall": here and not begun,
        "identity": here and not of.identified,
        "waive": of.status in ("waiting", "floor") and not begun,
        "extend": of.clock is not None,
        "reopen": bool(of.sheets),
        "paper": of.judging_open
        and bool(missing_marks(state, of) or (here and missing_everywhere(state, of))),
        "accept": any(short.can_count for short in short_panels(state, of)),
        "sign": of.checker is not None and not of.signed,
        "note": of.status != "waiting",
    }
    return tuple(ActLine(act, of.lot) for act, offered in wanted.items() if offered)


def acts_of_room(state: State, room: str, now: Appearance | None, *, event_wide: bool) -> tuple[ActLine, ...]:
    """What the menu offers: for whoever is on the floor, for whoever left it last, and for the room.

    `event_wide`: whether what concerns other rooms too may be asked for from here.
    """
    here = () if now is None else acts_of_lot(state, now)
    had = {line.act for line in here}
    last = max(
        (a for a in state.queue(room) if a.status == "done"), key=lambda a: a.called_at or 0, default=None
    )
    late = () if last is None else acts_of_lot(state, last)
    found = {line.act: line for line in late if line.act in _AFTERWARDS and line.act not in had}
    found |= {line.act: line for line in here}
    found |= {"announcing": ActLine("announcing", 0)}
    found.setdefault("note", ActLine("note", 0))
    if event_wide:
        found["recuse"] = ActLine("recuse", 0)
    step = state.undoable.get(room)
    if step is not None:
        found["undo"] = ActLine("undo", step.before.lot, _UNDONE.get(step.kind, ""))
    return tuple(found[act] for group in GROUPS for act in group if act in found)
