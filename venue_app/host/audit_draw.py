"""The draws checked again from the entries alone: lists, order of steps, commitments, results, changes."""

from __future__ import annotations

from collections.abc import Iterator

from venue_app.base.errors import Known
from venue_app.domain import draw_entries as d
from venue_app.domain.record import Record
from venue_app.rules.drawing import PROGRAM, plan_digest, plan_text, recompute, typed_outcome
from venue_app.seal.check import Check
from venue_app.state import Draw, State
from venue_app.state.draw import TYPED
from venue_app.state.draw_plans import plan_for

Step = d.DrawCommitted | d.DrawPublic | d.DrawRevealed | d.DrawDrawn | d.DrawTyped
_STEPS = Step | d.DrawChanged | d.DrawDiscarded


def in_turn(state: State, record: Record) -> bool:
    """Whether an entry of a draw may stand where it stands: `state` is what was known just before it."""
    fact = record.data
    if isinstance(fact, d.DrawFrozen):
        plan = plan_for(state, fact.purpose, fact.missing)
        return plan_text(plan) == fact.list and plan_digest(plan) == fact.list_digest
    if not isinstance(fact, _STEPS):
        return True
    draw = state.draws[fact.purpose]
    if isinstance(fact, d.DrawChanged):
        return draw.held_at is not None
    if isinstance(fact, d.DrawDiscarded):
        return draw.held_at is not None or not draw.public or draw.dead
    return _before_result(draw, fact)


def _before_result(draw: Draw, fact: Step) -> bool:
    parties = {PROGRAM, *draw.parties}
    if draw.held_at is not None:
        return False
    if isinstance(fact, d.DrawCommitted):
        return not draw.public and fact.party in parties - draw.promises.keys()
    if isinstance(fact, d.DrawPublic):
        return not draw.public and parties == draw.promises.keys()
    if isinstance(fact, d.DrawRevealed):
        return bool(draw.public) and fact.party in parties - draw.revealed.keys()
    if isinstance(fact, d.DrawTyped):
        return not draw.public
    return parties == draw.revealed.keys()


def draw_checks(state: State) -> Iterator[Check]:
    """Every draw that was held, those set aside included."""
    for draw in (*state.past_draws, *state.draws.values()):
        if draw.held_at is None:
            continue
        if draw.method == TYPED:
            fits = _typed_fits(draw)
            yield Check("audit.typed_draw", None if fits else False, {"witnesses": "、".join(draw.witnesses)})
        else:
            yield Check("audit.draw", _fits(state, draw), {"count": len(draw.plan.items)})


def _fits(state: State, draw: Draw) -> bool:
    said = said_of(state, draw)
    try:
        return recompute(draw.plan, said)["wrong"] == []
    except Known:
        return False


def said_of(state: State, draw: Draw) -> dict[str, object]:
    """What the journal says of a draw, as the transcript that is published (docs/formats/draw.md)."""
    said: dict[str, object] = {
        "method": draw.method,
        "purpose": draw.purpose,
        "event": state.event.event,
        "list_digest": draw.list_digest,
        "public": draw.public,
        "contributions": [
            {"party": p.party, "commitment": p.commitment, "nonce": p.nonce, "opened": p.opened}
            for _, p in sorted(draw.revealed.items())
        ],
        "seed": draw.seed,
        "result": {place: list(names) for place, names in draw.result.items()},
        "reserve": list(draw.reserve),
    }
    if draw.changes:
        now = draw.standing
        said["changes"] = [{"kind": c.kind, "id": c.id, "place": c.place} for c in draw.changes]
        said["standing"] = {
            "result": {place: list(names) for place, names in now.places.items()},
            "reserve": list(now.reserve),
        }
    return said


def _typed_fits(draw: Draw) -> bool:
    try:
        typed_outcome(draw.plan, draw.result, draw.reserve)
    except Known:
        return False
    return True
