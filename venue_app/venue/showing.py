"""Decisions about turning lots over before the hall. Pure."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.domain import showing as s
from venue_app.state import State
from venue_app.venue.context import Context, Decision, facts


def choose_showing(state: State, command: s.ChooseShowing, _: Context) -> Decision:
    """One by one or all at once, from the next draw on; what is being turned over is finished first."""
    if state.showing.hidden:
        raise Known("showing.under_way", count=len(state.showing.hidden))
    if command.one_by_one == state.showing.one_by_one:
        return Decision(facts=())
    return facts(s.ShowingChosen(one_by_one=command.one_by_one))


def show_lot(state: State, command: s.ShowLot, _: Context) -> Decision:
    """Turn over one lot."""
    _hidden(state, command.entry)
    return facts(_shown(state, command.entry, command.how))


def pass_turn(state: State, command: s.PassTurn, _: Context) -> Decision:
    """Somebody is not there now; whoever is the only one left cannot be passed over."""
    _hidden(state, command.entry)
    if len(state.showing.hidden) == 1:
        raise Known("showing.only_one_left", entry=command.entry)
    return facts(s.TurnPassed(entry=command.entry))


def show_rest(state: State, _command: s.ShowRest, _: Context) -> Decision:
    """Turn over all that is left, in the order of turns."""
    if not state.showing.hidden:
        raise Known("showing.nothing_hidden")
    return facts(*(_shown(state, entry, "rest") for entry in state.showing.hidden))


def _hidden(state: State, entry: str) -> None:
    if entry in state.showing.hidden:
        return
    lot = state.lots.get(entry)
    if lot is None:
        raise Known("showing.no_lot", entry=entry)
    raise Known("showing.shown_already", entry=entry, lot=lot.number)


def _shown(state: State, entry: str, how: s.How) -> s.LotShown:
    lot = state.lots[entry]
    return s.LotShown(room=lot.room, lot=lot.number, entry=entry, how=how)
