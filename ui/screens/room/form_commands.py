"""From a filled form, or an act that needs none, to the command that is sent. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from ui.screens.room.forms import Form
from venue_app.domain import commands as c
from venue_app.domain import floor_commands as f


def command_of(form: Form, given: Mapping[str, str]) -> c.Command:
    """The command of a form. Marks are given as `marks/<criterion>` and `again/<criterion>`."""
    room, lot, seat = form.room, form.lot, given.get("seat", "")
    reason, second = given.get("reason", ""), given.get("second", "")
    match form.act:
        case "identity":
            return f.ConfirmIdentity(room=room, lot=lot, by=given["by"])
        case "waive":
            return f.WaiveEntry(room=room, lot=lot, reason=reason, second=second)
        case "recuse":
            return f.RecuseFromPost(seat=seat, post=given["post"], reason=reason)
        case "extend":
            return f.ExtendStage(room=room, add_ms=1000 * int(given["seconds"]), reason=reason)
        case "reopen":
            return f.ReopenSheet(room=room, lot=lot, seat=seat, reason=reason, second=second)
        case "paper":
            return f.EnterPaperSheet(
                room=room,
                lot=lot,
                seat=seat,
                marks=_under(given, "marks/"),
                again=_under(given, "again/"),
                first=given["first"],
                second=second,
            )
        case "accept":
            people = (given["first"], second)
            group = given["group"]
            also = form.also.get(group, ()) if given.get(f"covers/{group}") == "all" else ()
            return f.AcceptPanel(room=room, lot=lot, group=group, people=people, reason=reason, also=also)
        case "sign":
            refused = given["refused"] if given["how"] == "refused" else ""
            return f.RecordSignature(room=room, lot=lot, refused=refused)
        case "note":
            return f.NoteIncident(
                room=room,
                text=given["text"],
                decision=given["decision"],
                lot=lot or None,
                violation=given["kind"] == "violation",
            )
        case "announcing":
            return f.ChooseAnnouncing(room=room, announcing=cast(f.Announcing, given["announcing"]))
        case "check":
            return c.CheckResult(room=room, lot=lot, checker=second)
    raise ValueError(form.act)


def direct_command(room: str, act: str, lot: int) -> c.Command | None:
    """The command of an act that asks for nothing more; None for one that has a form."""
    match act:
        case "recall":
            return f.RecallCandidate(room=room, lot=lot)
        case "undo":
            return f.UndoStep(room=room)
        case "tell":
            return c.ReleaseResult(room=room, lot=lot)
    return None


def _under(given: Mapping[str, str], head: str) -> dict[str, str]:
    return {key.removeprefix(head): value for key, value in given.items() if key.startswith(head)}
