"""Decisions about a draw held by hand, changed afterwards, or set aside. Pure."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.base.names import as_read
from venue_app.domain import draw_commands as dc
from venue_app.domain import draw_entries as d
from venue_app.domain.nouns import Purpose
from venue_app.rules.drawing import Change, Outcome, standing, typed_outcome
from venue_app.scheme.drawing import LOTS
from venue_app.state import Draw, State
from venue_app.state.appearing import appearing
from venue_app.state.sections import place_room, place_title
from venue_app.venue.context import Context, Decision, facts
from venue_app.venue.drawing import no_sheet_owed, open_draw
from venue_app.venue.room import another_person

#: Draws whose lists rest on the result of another.
_RESTS_ON: dict[Purpose, tuple[Purpose, ...]] = {
    "places": ("sessions", "order"),
    "sessions": ("order",),
    "pool": ("seats",),
}


def type_draw(state: State, command: dc.TypeDraw, _: Context) -> Decision:
    """Take the result of a draw held by hand: typed twice alike, complete, within the rules, before two witnesses."""
    draw = open_draw(state, command.purpose)
    no_sheet_owed(state, command.purpose)
    if draw.public:
        raise Known("draw.finish_first")
    witnesses = tuple(dict.fromkeys(w.strip() for w in command.witnesses if w.strip()))
    if len({as_read(name) for name in witnesses}) < 2:
        raise Known("draw.two_witnesses")
    typists = tuple(name.strip() for name in command.typists)
    if typists and (len(typists) != 2 or not all(typists) or typists[0] == typists[1]):
        raise Known("draw.two_typists")
    for place in sorted(command.result.keys() | command.again.keys()):
        if command.again.get(place, ()) != command.result.get(place, ()):
            raise Known("draw.typed_differently", place=place_title(state, place))
    outcome = typed_outcome(draw.plan, command.result, command.reserve)
    return facts(
        d.DrawTyped(
            purpose=draw.purpose,
            result=outcome.places,
            reserve=outcome.reserve,
            witnesses=witnesses,
            means=command.means.strip(),
            typists=typists,
        )
    )


def change_draw(state: State, command: dc.ChangeDraw, context: Context) -> Decision:
    """Write down a withdrawal, an absence, somebody late, or a replacement, as the list's own rules allow it."""
    draw = state.draws.get(command.purpose)
    if draw is None or draw.held_at is None:
        raise Known("draw.not_held")
    _not_rested_upon(state, draw)
    if not command.reason.strip():
        raise Known("venue.reason_missing")
    change = Change(command.change, command.id, command.place)
    standing(draw.plan, Outcome(dict(draw.result), draw.reserve), (*draw.changes, change))
    if draw.purpose in LOTS:
        _candidates(state, change)
    return facts(
        d.DrawChanged(
            purpose=draw.purpose,
            change=command.change,
            id=command.id,
            place=command.place,
            reason=command.reason.strip(),
            second=another_person(command.second, context),
        )
    )


def _candidates(state: State, change: Change) -> None:
    """What the list cannot know: who may come late and where, and that nobody leaves who has been called."""
    if change.kind == "late":
        entry = state.entries.get(change.id)
        if entry is None or entry not in appearing(state):
            raise Known("draw.change_unknown", id=change.id)
        if change.id in state.lots:  # came late once and left again: an entry never has two lots
            raise Known("draw.twice", id=change.id)
        room = state.posts[entry.post].room
        if "places" not in state.scheme.draw.held and room != place_room(state, change.place):
            raise Known("draw.unknown_place", id=change.id, place=change.place)
        return
    lot = state.lots.get(change.id)
    if lot is not None and state.appearances[(lot.room, lot.number)].status != "waiting":
        raise Known("venue.lot_not_waiting", lot=lot.number)


def _not_rested_upon(state: State, draw: Draw) -> None:
    if any(later in state.draws for later in _RESTS_ON.get(draw.purpose, ())):
        raise Known("draw.rested_upon")


def discard_draw(state: State, command: dc.DiscardDraw, context: Context) -> Decision:
    """Set a draw aside with a reason and a second person: before anything random is known, or before anybody was called.

    Between the public part and the result it is refused: whoever could count the outcome by then must not stop it.
    """
    draw = state.draws.get(command.purpose)
    if draw is None:
        raise Known("draw.not_prepared")
    if draw.public and draw.held_at is None and not draw.dead:
        raise Known("draw.finish_first")
    _not_rested_upon(state, draw)
    left = {change.id for change in draw.changes}
    begun = any(a.status != "waiting" and a.entry not in left for a in state.appearances.values())
    if draw.held_at is not None and begun:
        raise Known("draw.too_late_to_redo")
    if not command.reason.strip():
        raise Known("venue.reason_missing")
    second = another_person(command.second, context)
    return facts(d.DrawDiscarded(purpose=draw.purpose, reason=command.reason.strip(), second=second))
