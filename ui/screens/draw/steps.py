"""How far a draw has come and the one step that is next, with the reason when it cannot be taken. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.draws import PARTIES, PURPOSES
from ui.widgets.state import Mark
from ui.words import Say, Text, known_text
from venue_app.base.clock import local_hms
from venue_app.base.errors import Known
from venue_app.domain.nouns import Purpose
from venue_app.rules import draw
from venue_app.rules.drawing import Plan, explain, nonce_text
from venue_app.state import Draw, State
from venue_app.state.draw_plans import plan_for

Stage = Literal[
    "no_roster", "not_open", "earlier", "impossible", "ready", "commit", "public", "reveal", "draw", "held"
]
_COMMITMENT = 64


@dataclass(frozen=True, slots=True)
class Action:
    """The one next step. `why` says why it cannot be taken now; `held` that it takes a held press."""

    act: Literal["", "freeze", "commit", "public", "reveal", "hold", "turn"]
    text: Text
    why: Text = ""
    held: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose lot is turned over next, by name for the person who calls them."""

    entry: str
    name: str
    post: str
    left: int
    passed: int


def now_of(state: State) -> Purpose:
    """The first draw of the plan that is not over, else the one that gives the lots."""
    for purpose in state.scheme.draw.held:
        if purpose not in state.draws or state.draws[purpose].held_at is None:
            return purpose
    return state.scheme.draw.lots


def stage_of(
    state: State, purpose: Purpose, missing: frozenset[str] = frozenset()
) -> tuple[Stage, Plan | None, Text]:
    """How far the draw has come, the list it is about, and why it cannot be held."""
    held = state.draws.get(purpose)
    if held is not None:
        return ("held" if held.step == "done" else held.step), held.plan, ""
    if not state.entries:
        return "no_roster", None, Say("draw_screen.why.no_roster")
    try:
        plan = plan_for(state, purpose, tuple(missing))
        conflict = explain(plan)
        fault = conflict.fault() if conflict is not None else None
    except Known as known:
        plan, fault = None, known
    earlier = _earlier(state, purpose)
    if state.opened_at is None:
        return "not_open", plan, Say("draw_screen.why.not_open")
    if earlier is not None:
        return "earlier", plan, Say("draw_screen.why.earlier", draw=PURPOSES[earlier])
    if fault is not None:
        return "impossible", plan, known_text(fault)
    return "ready", plan, ""


def _earlier(state: State, purpose: Purpose) -> Purpose | None:
    held = state.scheme.draw.held
    return next(
        (p for p in held[: held.index(purpose)] if p not in state.draws or state.draws[p].held_at is None),
        None,
    )


def mark_of(state: State, purpose: Purpose) -> Mark:
    """How far a draw is, as a shape."""
    held = state.draws.get(purpose)
    if held is None:
        stage, _, _ = stage_of(state, purpose)
        return {"ready": Mark.READY, "impossible": Mark.ALARM}.get(stage, Mark.NOT_YET)
    if held.held_at is None or (purpose == state.scheme.draw.lots and state.showing.hidden):
        return Mark.IN_PROGRESS
    return Mark.DONE


def public_fault(typed: str) -> Known | None:
    try:
        draw.public_text(typed)
    except Known as fault:
        return fault
    return None


def action(
    state: State, stage: Stage, held: Draw | None, plan: Plan | None, fault: Text, typed: str
) -> Action:
    if held is None:
        if fault:
            return Action("freeze", Say("draw_screen.action.prepare_any"), fault)
        return Action(
            "freeze", Say("draw_screen.action.prepare", count=len(plan.items) if plan is not None else 0)
        )
    if stage == "held":
        return _after(state, held)
    party = PARTIES[held.waits_for[0]] if held.waits_for else ""
    if stage == "commit":
        text = Say("draw_screen.action.commit", party=party)
        plain = "".join(typed.split())
        why = "" if len(plain) == _COMMITMENT else Say("draw_screen.why.commitment", party=party)
        return Action("commit", text, why)
    if stage == "public":
        known = public_fault(typed)
        why_not = known_text(known) if known is not None else ""
        if not held.parties:
            return Action("hold", Say("draw_screen.action.reveal"), why_not, held=True)
        return Action("public", Say("draw_screen.action.public"), why_not)
    if stage == "reveal":
        return Action("reveal", Say("draw_screen.action.reveal_party", party=party), _nonce_why(typed, party))
    return Action("hold", Say("draw_screen.action.reveal"), held=True)


def _nonce_why(typed: str, party: Text) -> Text:
    if not typed.strip():
        return Say("draw_screen.why.nonce", party=party)
    try:
        nonce_text(typed)
    except Known as fault:
        return known_text(fault)
    return ""


def _after(state: State, held: Draw) -> Action:
    turn = turn_of(state) if held.purpose == state.scheme.draw.lots else None
    if turn is not None:
        return Action("turn", Say("draw_screen.action.turn", entry=turn.entry, name=turn.name))
    at = local_hms(held.held_at or 0)
    return Action("", Say("draw_screen.action.done", count=len(held.plan.items), at=at))


def turn_of(state: State) -> Turn | None:
    showing = state.showing
    if not showing.hidden:
        return None
    entry = showing.hidden[0]
    person, post = state.candidate_of(entry).name, state.post_of(entry).title
    return Turn(entry, person, post, len(showing.hidden), len(showing.passed))
