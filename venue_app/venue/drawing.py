"""Decisions on the draws: freeze, commit, public part, reveal, draw. What comes after is in `drawn`. Pure."""

from __future__ import annotations

import re

from venue_app.base.errors import Known
from venue_app.domain import draw_commands as dc
from venue_app.domain import draw_entries as d
from venue_app.domain.nouns import Purpose
from venue_app.domain.roles import Role
from venue_app.rules.draw import public_text
from venue_app.rules.drawing import (
    METHOD,
    PROGRAM,
    Contribution,
    commit,
    explain,
    hold,
    join_seed,
    nonce_text,
    plan_digest,
    plan_text,
)
from venue_app.scheme.drawing import LOTS
from venue_app.state import Draw, State
from venue_app.state.draw_plans import plan_for
from venue_app.state.draw_words import conflict_fault
from venue_app.state.judges import heard, judges_of
from venue_app.state.room import missing_marks
from venue_app.venue.context import Context, Decision, facts
from venue_app.venue.room import another_person

_DIGEST = re.compile(r"[0-9a-f]{64}")


def list_judges(state: State, command: dc.ListJudges, _: Context) -> Decision:
    """Take the judges down, once each, in groups and for posts there are, before any of them is drawn."""
    if {"seats", "pool"} & state.draws.keys():
        raise Known("draw.judges_drawn")
    groups, seen = {group.id for group in state.scheme.groups}, set()
    for judge in command.judges:
        if judge.id in seen:
            raise Known("draw.twice", id=judge.id)
        seen.add(judge.id)
        known = judge.group in groups and set(judge.recuses) <= state.posts.keys()
        if not known or not judge.name.strip() or (judge.seat and judge.seat not in state.seats):
            raise Known("draw.judge_unknown", id=judge.id)
    if not command.judges:
        raise Known("draw.list_empty")
    return facts(d.JudgesListed(judges=command.judges))


def freeze_draw(state: State, command: dc.FreezeDraw, context: Context) -> Decision:
    """Freeze the list of the plan's next draw and commit to the program's nonce, which is kept before it is told."""
    purpose = command.purpose
    _may_freeze(state, purpose)
    plan = plan_for(state, purpose, command.missing)
    ids = {item.id for item in plan_for(state, purpose).items}
    for name in command.missing:
        if name not in ids or purpose not in LOTS:
            raise Known("draw.change_unknown", id=name)
    conflict = explain(plan)
    if conflict is not None:
        raise conflict_fault(state, conflict)
    found: list[d.JudgesListed | d.DrawFrozen | d.DrawCommitted] = []
    if purpose in ("seats", "pool") and not state.judges:
        found.append(d.JudgesListed(judges=judges_of(state)))
    nonce = context.nonce()
    key = _kept_as(purpose, state.size + len(found))
    found.append(
        d.DrawFrozen(
            purpose=purpose,
            list=plan_text(plan),
            list_digest=plan_digest(plan),
            parties=state.scheme.draw.parties,
            missing=tuple(sorted(set(command.missing))),
        )
    )
    found.append(d.DrawCommitted(purpose=purpose, party=PROGRAM, commitment=commit(PROGRAM, nonce)))
    return Decision(facts=tuple(found), keep={key: nonce})


def _kept_as(purpose: Purpose, seq: int) -> str:
    """The name under which the program's nonce is kept: of its own for every list that is ever frozen."""
    return f"nonce:{purpose}:{seq}"


def _may_freeze(state: State, purpose: Purpose) -> None:
    if state.opened_at is None:
        raise Known("venue.not_open")
    held = state.scheme.draw.held
    if purpose not in held:
        raise Known("draw.not_in_plan")
    for earlier in held[: held.index(purpose)]:
        if earlier not in state.draws or state.draws[earlier].held_at is None:
            raise Known("draw.earlier_first")
    draw = state.draws.get(purpose)
    if draw is None:
        return
    begun = any(heard(a) for a in state.appearances.values())
    # Judges are drawn again for the next half-day; whoever has a post half heard keeps the seat.
    if purpose != "seats" or draw.held_at is None or not begun or state.floor:
        raise Known("draw.already_prepared")
    no_sheet_owed(state, purpose)


def no_sheet_owed(state: State, purpose: Purpose) -> None:
    """Refuse new chairs while a seat still has to mark somebody whom another judge would then never have heard."""
    for one in state.appearances.values() if purpose == "seats" else ():
        if one.status == "done" and missing_marks(state, one):
            raise Known("draw.sheets_owed", room=state.rooms[one.room].title, lot=one.lot)


def open_draw(state: State, purpose: Purpose) -> Draw:
    """The draw that is under way; refused when its list is not frozen, or when it is over."""
    draw = state.draws.get(purpose)
    if draw is None:
        raise Known("draw.not_prepared")
    if draw.held_at is not None:
        raise Known("draw.already_held")
    return draw


def commit_draw(state: State, command: dc.CommitDraw, _: Context) -> Decision:
    """Take a party's commitment: one each, before the public part."""
    draw = open_draw(state, command.purpose)
    if draw.public:
        raise Known("draw.commit_too_late")
    _party(draw, command.party)
    if command.party in draw.promises:
        raise Known("draw.party_twice", party=command.party)
    shown = "".join(command.commitment.split()).lower()
    if not _DIGEST.fullmatch(shown):
        raise Known("draw.not_a_commitment")
    if shown in {promise.commitment for promise in draw.promises.values()}:
        raise Known("draw.commitment_copied")
    return facts(d.DrawCommitted(purpose=command.purpose, party=command.party, commitment=shown))


def _party(draw: Draw, party: str) -> None:
    if party not in draw.parties:
        raise Known("draw.not_a_party", party=party[:40], parties=", ".join(draw.parties) or "-")


def give_public(state: State, command: dc.GivePublic, _: Context) -> Decision:
    """Take the public part, once, after all commitments."""
    return facts(_public_part(open_draw(state, command.purpose), command.public))


def _public_part(draw: Draw, typed: str) -> d.DrawPublic:
    if draw.step == "commit":
        raise Known("draw.await_commitments", parties=", ".join(draw.waits_for))
    if draw.public:
        raise Known("draw.public_given")
    return d.DrawPublic(purpose=draw.purpose, public=public_text(typed))


def reveal_draw(state: State, command: dc.RevealDraw, context: Context) -> Decision:
    """Compare what came to light with the commitment. A refusal is answered by the envelope, never by a new draw."""
    draw = open_draw(state, command.purpose)
    if draw.step == "commit":
        raise Known("draw.await_commitments", parties=", ".join(draw.waits_for))
    if not draw.public:
        raise Known("draw.await_public")
    if command.party == PROGRAM:
        _only_void(draw, command, context)
    else:
        _party(draw, command.party)
    if command.party in draw.revealed:
        raise Known("draw.party_twice", party=command.party)
    second = ""
    if command.opened != "revealed":
        if context.actor.role is not Role.PROCTOR:
            raise Known("draw.not_your_part")
        second = another_person(command.second, context)
    nonce = "" if command.opened == "void" else nonce_text(command.nonce)
    if nonce and commit(command.party, nonce) != draw.promises[command.party].commitment:
        raise Known("draw.commitment_broken", party=command.party)
    return facts(
        d.DrawRevealed(
            purpose=command.purpose, party=command.party, nonce=nonce, opened=command.opened, second=second
        )
    )


def _only_void(draw: Draw, command: dc.RevealDraw, context: Context) -> None:
    """The program reveals by itself when it draws; only a number that is lost can be declared void, by hand."""
    if command.opened != "void" or _own_nonce(draw, context):
        raise Known("draw.program_reveals")


def _own_nonce(draw: Draw, context: Context) -> str:
    """The program's nonce, `""` when this laptop does not have the one it promised."""
    nonce = context.kept.get(_kept_as(draw.purpose, draw.frozen_seq), "")
    return nonce if commit(PROGRAM, nonce) == draw.commitment else ""


def hold_draw(state: State, command: dc.HoldDraw, context: Context) -> Decision:
    """Reveal the program's contribution last, and draw."""
    draw = open_draw(state, command.purpose)
    no_sheet_owed(state, command.purpose)
    given = [_public_part(draw, command.public)] if command.public or draw.step == "commit" else []
    public = given[0].public if given else draw.public
    if not public:
        raise Known("draw.await_public")
    waiting = [party for party in draw.parties if party not in draw.revealed]
    if waiting:
        raise Known("draw.await_reveals", parties=", ".join(waiting))
    own: list[d.DrawRevealed] = []
    parts = dict(draw.revealed)
    if PROGRAM not in parts:
        nonce = _own_nonce(draw, context)
        if not nonce:
            raise Known("draw.nonce_lost")
        own.append(
            d.DrawRevealed(purpose=draw.purpose, party=PROGRAM, nonce=nonce, opened="revealed", second="")
        )
        parts[PROGRAM] = Contribution(PROGRAM, draw.commitment, nonce)
    seed = join_seed(state.event.event, draw.list_digest, public, parts.values())
    outcome = hold(draw.plan, seed)
    drawn = d.DrawDrawn(
        purpose=draw.purpose, seed=seed, method=METHOD, result=outcome.places, reserve=outcome.reserve
    )
    return facts(*given, *own, drawn)
