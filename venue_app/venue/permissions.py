"""Which role may send which command. Checked for every command, wherever it comes from."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.domain import ballot_commands as ballot
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain import floor_commands as floor
from venue_app.domain import hosts, showing
from venue_app.domain.roles import Actor, Role

_PROCTOR = frozenset({Role.PROCTOR})
_WITNESSES = frozenset({Role.SUPERVISOR, Role.NOTARY})
_MARKERS = frozenset({Role.JUDGE, Role.OBSERVER})

ALLOWED: dict[type[c.Command], frozenset[Role]] = {
    c.ImportRoster: _PROCTOR,
    c.OpenRun: _PROCTOR,
    c.JoinStation: _PROCTOR,
    c.ReleaseStation: _PROCTOR,
    c.CallCandidate: _PROCTOR,
    c.MarkAbsent: _PROCTOR,
    c.StartStage: _PROCTOR,
    c.PauseStage: _PROCTOR,
    c.ResumeStage: _PROCTOR,
    c.EndStage: _PROCTOR,
    c.SubmitSheet: _MARKERS,
    c.ExcuseSeat: _PROCTOR,
    c.CheckResult: frozenset({Role.PROCTOR, Role.CHECKER}),
    c.ReleaseResult: _PROCTOR,
    c.CloseAppearance: _PROCTOR,
    c.EnterValue: _PROCTOR,
    c.IssueReport: _PROCTOR,
    c.CloseRun: _PROCTOR,
    floor.ChangeScheme: _PROCTOR,
    floor.RecallCandidate: _PROCTOR,
    floor.ConfirmIdentity: _PROCTOR,
    floor.WaiveEntry: _PROCTOR,
    floor.ExtendStage: _PROCTOR,
    floor.ReopenSheet: _PROCTOR,
    floor.AcceptPanel: _PROCTOR,
    floor.EnterPaperSheet: _PROCTOR,
    floor.NoteIncident: _PROCTOR,
    floor.RecordSignature: _PROCTOR,
    floor.CoSign: _WITNESSES,
    floor.RecuseFromPost: _PROCTOR,
    floor.ChooseAnnouncing: _PROCTOR,
    floor.NoteClocks: _PROCTOR,
    floor.AddPhotos: _PROCTOR,
    floor.UndoStep: _PROCTOR,
    floor.ReopenRun: _PROCTOR,
    floor.SealPackage: _PROCTOR,
    floor.OpenPackage: _PROCTOR,
    dc.ListJudges: _PROCTOR,
    dc.FreezeDraw: _PROCTOR,
    dc.CommitDraw: _PROCTOR | _WITNESSES,
    dc.GivePublic: _PROCTOR,
    dc.RevealDraw: _PROCTOR | _WITNESSES,
    dc.HoldDraw: _PROCTOR,
    dc.TypeDraw: _PROCTOR,
    dc.ChangeDraw: _PROCTOR,
    dc.DiscardDraw: _PROCTOR,
    showing.ChooseShowing: _PROCTOR,
    showing.ShowLot: _PROCTOR,
    showing.PassTurn: _PROCTOR,
    showing.ShowRest: _PROCTOR,
    ballot.OpenBallot: _PROCTOR,
    ballot.IssueSlips: _PROCTOR,
    ballot.CloseBallot: _PROCTOR,
    ballot.WithdrawPaper: _PROCTOR,
    ballot.AbandonBallot: _PROCTOR,
    hosts.NameStandby: frozenset({Role.STANDBY}),
}


def check(actor: Actor, command: c.Command) -> None:
    """Refuse a command the actor's role, seat or room does not cover.

    A proctor bound to a room (its console) may do what is done in that room, and nothing that concerns the event.
    """
    if actor.role not in ALLOWED[type(command)]:
        raise Known("venue.not_allowed", role=actor.role.value)
    if isinstance(command, c.SubmitSheet) and command.seat != actor.seat:
        raise Known("venue.not_your_seat", seat=command.seat)
    own = not isinstance(command, dc.CommitDraw | dc.RevealDraw) or command.party == actor.role.value
    if actor.role in _WITNESSES and not own:
        raise Known("draw.not_your_part")
    room = getattr(command, "room", None)
    of_event = room is None and actor.role is Role.PROCTOR
    if actor.room is not None and (of_event or room not in (None, actor.room)):
        raise Known("venue.not_your_room", room=actor.room)
