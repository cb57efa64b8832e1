"""From a command to a decision: roles first, then the one function that knows this command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from venue_app.base.errors import Known
from venue_app.domain import ballot_commands as ballot
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain import floor_commands as floor
from venue_app.domain import hosts
from venue_app.domain import showing as shown
from venue_app.state import State
from venue_app.venue import (
    accepting,
    ballots,
    closing,
    corrections,
    drawing,
    drawn,
    preparing,
    room,
    sheets,
    showing,
    standing_by,
)
from venue_app.venue.context import Context, Decision
from venue_app.venue.permissions import check

_DECIDERS: dict[type[c.Command], Callable[[State, Any, Context], Decision]] = {
    c.ImportRoster: preparing.import_roster,
    c.OpenRun: preparing.open_run,
    c.JoinStation: preparing.join_station,
    c.ReleaseStation: preparing.release_station,
    c.CallCandidate: room.call,
    c.MarkAbsent: room.absent,
    c.StartStage: room.start_stage,
    c.PauseStage: room.pause_stage,
    c.ResumeStage: room.resume_stage,
    c.EndStage: room.end_stage,
    c.SubmitSheet: sheets.submit_sheet,
    c.ExcuseSeat: room.excuse_seat,
    c.CheckResult: room.check_result,
    c.ReleaseResult: room.release_result,
    c.CloseAppearance: room.close_appearance,
    c.EnterValue: preparing.enter_value,
    c.IssueReport: preparing.issue_report,
    c.CloseRun: preparing.close_run,
    floor.ChangeScheme: preparing.change_scheme,
    floor.RecallCandidate: room.recall,
    floor.ConfirmIdentity: room.confirm_identity,
    floor.WaiveEntry: room.waive,
    floor.ExtendStage: room.extend_stage,
    floor.ReopenSheet: corrections.reopen_sheet,
    floor.AcceptPanel: accepting.accept_panel,
    floor.EnterPaperSheet: corrections.enter_paper_sheet,
    floor.NoteIncident: corrections.note_incident,
    floor.RecordSignature: corrections.record_signature,
    floor.CoSign: corrections.co_sign,
    floor.RecuseFromPost: room.recuse_from_post,
    floor.ChooseAnnouncing: room.choose_announcing,
    floor.NoteClocks: corrections.note_clocks,
    floor.AddPhotos: corrections.add_photos,
    floor.UndoStep: corrections.undo_step,
    floor.ReopenRun: closing.reopen_run,
    floor.SealPackage: closing.seal_package,
    floor.OpenPackage: closing.open_package,
    dc.ListJudges: drawing.list_judges,
    dc.FreezeDraw: drawing.freeze_draw,
    dc.CommitDraw: drawing.commit_draw,
    dc.GivePublic: drawing.give_public,
    dc.RevealDraw: drawing.reveal_draw,
    dc.HoldDraw: drawing.hold_draw,
    dc.TypeDraw: drawn.type_draw,
    dc.ChangeDraw: drawn.change_draw,
    dc.DiscardDraw: drawn.discard_draw,
    shown.ChooseShowing: showing.choose_showing,
    shown.ShowLot: showing.show_lot,
    shown.PassTurn: showing.pass_turn,
    shown.ShowRest: showing.show_rest,
    ballot.OpenBallot: ballots.open_ballot,
    ballot.IssueSlips: ballots.issue_slips,
    ballot.CloseBallot: ballots.close_ballot,
    ballot.WithdrawPaper: ballots.withdraw_paper,
    ballot.AbandonBallot: ballots.abandon_ballot,
    hosts.NameStandby: standing_by.name_standby,
}


def decide(state: State, command: c.Command, context: Context) -> Decision:
    """What becomes of a command; raises `Known` with the reason when it is refused."""
    check(context.actor, command)
    after = (
        c.IssueReport,
        c.ReleaseStation,
        floor.CoSign,
        floor.ReopenRun,
        floor.SealPackage,
        floor.OpenPackage,
    )
    if state.closed_at is not None and not isinstance(command, after):
        raise Known("venue.closed")
    return _DECIDERS[type(command)](state, command, context)
