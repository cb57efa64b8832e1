"""Lots for a public hall, method `sha256-ticket-2`: pure, and recomputable from a list and a transcript.

The list (docs/formats/draw.md)
    `Plan(purpose, places, items, rules)` of `Place(id, seats, of, chiefs)`, `Item(id, stratum, chief, bars, keep,
    traits)` and `Rules(adjacent, apart, distinct, reserve, absent, late)`. `checked(plan)`, `plan_text(plan)`,
    `plan_digest(plan)`, `read_plan(text)`. `explain(plan)` gives the `Conflict` that makes it impossible, or None.

The seed
    `commit(party, nonce)`, `nonce_text(typed)`, `Contribution(party, commitment, nonce, opened)`,
    `join_seed(event, digest, public, parts)`. `dice_for(arrangements(plan))`: how many dice the hall should throw.

The draw and after
    `hold(plan, seed) -> Outcome`; `standing(plan, outcome, changes) -> Standing` with `Change(kind, id, place)`;
    `typed_outcome(plan, result, reserve)` for one held with slips or balls;
    `transcript(plan, event, public, parts, changes)` and `recompute(plan, said)` for what is published.
"""

from venue_app.rules.drawing.changes import Change, Standing, standing
from venue_app.rules.drawing.conflict import Conflict, explain
from venue_app.rules.drawing.listing import plan_digest, plan_text, read_plan
from venue_app.rules.drawing.outcome import METHOD, Outcome, arrangements, dice_for, hold
from venue_app.rules.drawing.plan import Item, Place, Plan, Rules, checked
from venue_app.rules.drawing.seed import PROGRAM, Contribution, commit, join_seed, nonce_text, party_name
from venue_app.rules.drawing.transcript import recompute, transcript
from venue_app.rules.drawing.typed import typed_outcome

__all__ = [
    "METHOD",
    "PROGRAM",
    "Change",
    "Conflict",
    "Contribution",
    "Item",
    "Outcome",
    "Place",
    "Plan",
    "Rules",
    "Standing",
    "arrangements",
    "checked",
    "commit",
    "dice_for",
    "explain",
    "hold",
    "join_seed",
    "nonce_text",
    "party_name",
    "plan_digest",
    "plan_text",
    "read_plan",
    "recompute",
    "standing",
    "transcript",
    "typed_outcome",
]
