"""What the draw screen shows, as plain data from the state. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ui.draws import PARTIES, PURPOSES
from ui.screens.draw.filling import PlacePart, awaited, before, filled, set_aside
from ui.screens.draw.steps import (
    Action,
    Stage,
    Turn,
    action,
    mark_of,
    now_of,
    public_fault,
    stage_of,
    turn_of,
)
from ui.widgets.state import Mark
from ui.words import Say, Text
from venue_app.domain.nouns import Purpose
from venue_app.rules import draw
from venue_app.rules.drawing import METHOD, PROGRAM, arrangements, dice_for
from venue_app.scheme.drawing import LOTS
from venue_app.state import Draw, State

#: Draws over the list of judges.
JUDGES: frozenset[Purpose] = frozenset({"seats", "pool"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One draw of the day, how far it is, in the plan's order."""

    purpose: Purpose
    title: Text
    mark: Mark


@dataclass(frozen=True, slots=True)
class Party:
    """One who contributes. `awaits` says what is to be typed for it now."""

    id: str
    title: Text
    mark: Mark
    word: Text
    commitment: str = ""
    nonce: str = ""
    awaits: Literal["", "commit", "reveal"] = ""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Three lines for any SHA-256 tool, with what each must print, worked for one person."""

    who: Text
    commit: str
    commit_gives: str
    seed: str
    ticket: str
    ticket_gives: str
    ruled: bool = False

    @property
    def text(self) -> str:
        """Everything to be copied, as a shell takes it."""
        given = "".join(f"# {line}\n" for line in self.commit_gives.split("\n"))
        return f"{self.commit}\n{given}{self.seed}\n{self.ticket}\n# {self.ticket_gives}\n"


@dataclass(frozen=True, slots=True)
class DrawModel:
    """The screen at one moment. `by_hand` says how a draw without a seed was held, which has no recipe."""

    choices: tuple[Choice, ...]
    purpose: Purpose
    stage: Stage
    total: int
    parties: tuple[Party, ...]
    hall: tuple[Mark, Text]
    listed: tuple[Mark, Text]
    ordered: tuple[Mark, Text]
    action: Action
    list: tuple[PlacePart, ...]
    order: tuple[PlacePart, ...]
    public: str = ""
    asks_public: bool = False
    dice: int = 0
    list_digest: str = ""
    by_hand: Text = ""
    recipe: Recipe | None = None
    turn: Turn | None = None
    absent_out: bool = False
    lots: bool = False
    one_by_one: bool = False
    can_type: bool = False
    can_discard: bool = False
    can_change: bool = False
    can_miss: bool = False
    can_open: bool = False
    can_list: bool = False

    @property
    def awaited(self) -> Party | None:
        """The party something is to be typed for."""
        return next((party for party in self.parties if party.awaits), None)


def draw_model(
    state: State,
    purpose: Purpose | None = None,
    typed: str = "",
    chosen: str = "",
    missing: frozenset[str] = frozenset(),
) -> DrawModel:
    """`typed` is what stands in the field that is open, `chosen` the identifier the recipe is for."""
    what = purpose or now_of(state)
    held = state.draws.get(what)
    stage, plan, fault = stage_of(state, what, missing)
    done = held is not None and stage == "held"
    seeded = held is not None and done and bool(held.seed)
    order = filled(state, held) if held is not None else awaited(state, what, plan)
    return DrawModel(
        choices=tuple(Choice(p, PURPOSES[p], mark_of(state, p)) for p in state.scheme.draw.held),
        purpose=what,
        stage=stage,
        total=len(plan.items) if plan is not None else 0,
        parties=_parties(state, held),
        hall=_hall_mark(held, typed),
        listed=(Mark.DONE, Say("draw_screen.list.frozen"))
        if held
        else (Mark.NOT_YET, Say("draw_screen.list.open")),
        ordered=_ordered(state, held),
        action=action(state, stage, held, plan, fault, typed),
        list=before(state, what, held.plan if held is not None else plan, missing),
        order=(*order, *set_aside(state, what)),
        public=_public(held, stage, typed),
        asks_public=stage == "public" or (stage == "commit" and not _waiting(held)),
        dice=dice_for(arrangements(plan))
        if plan is not None and stage in ("ready", "commit", "public")
        else 0,
        list_digest=held.list_digest if held else "",
        by_hand=_by_hand(held) if held is not None and done and not seeded else "",
        recipe=recipe(state, held, chosen) if held is not None and seeded else None,
        turn=turn_of(state) if what == state.scheme.draw.lots else None,
        absent_out=state.scheme.draw.absent == "out",
        lots=what == state.scheme.draw.lots,
        one_by_one=state.showing.one_by_one,
        can_type=held is not None and not done and not held.public,
        can_discard=held is not None and (done or not held.public),
        can_change=done,
        can_miss=held is None and what in LOTS and stage in ("ready", "impossible"),
        can_open=stage in ("reveal", "draw"),
        can_list=what in JUDGES and not JUDGES & state.draws.keys(),
    )


# ---- who contributes ----


def _parties(state: State, held: Draw | None) -> tuple[Party, ...]:
    ids = (PROGRAM, *(held.parties if held is not None else state.scheme.draw.parties))
    waiting = held.waits_for[0] if held is not None and held.waits_for else ""
    return tuple(_party(held, one, waiting) for one in ids)


def _party(held: Draw | None, one: str, waiting: str) -> Party:
    title = PARTIES[one]
    if held is None:
        return Party(one, title, Mark.NOT_YET, Say("draw_screen.program.not_yet"))
    promise = held.promises.get(one)
    commitment = promise.commitment if promise is not None else ""
    shown = held.revealed.get(one)
    if held.held_at is not None and not held.seed:
        return Party(one, title, Mark.NOT_YET, Say("draw_screen.program.not_used"), commitment)
    if shown is not None:
        words = {
            "revealed": Say("draw_screen.program.revealed"),
            "envelope": Say("draw_screen.program.envelope"),
            "void": Say("draw_screen.program.void"),
        }
        return Party(one, title, Mark.DONE, words[shown.opened], commitment, shown.nonce)
    if promise is None:
        awaits: Literal["", "commit"] = "commit" if one == waiting else ""
        return Party(one, title, Mark.WAIT, Say("draw_screen.program.not_yet"), awaits=awaits)
    return Party(
        one,
        title,
        Mark.IN_PROGRESS,
        Say("draw_screen.program.committed"),
        commitment,
        awaits="reveal" if held.public and one == waiting else "",
    )


def _waiting(held: Draw | None) -> bool:
    return held is not None and held.step == "commit"


def _hall_mark(held: Draw | None, typed: str) -> tuple[Mark, Text]:
    if held is None:
        return Mark.NOT_YET, Say("draw_screen.hall.later")
    if held.public:
        return Mark.DONE, Say("draw_screen.hall.revealed")
    if held.held_at is not None:
        return Mark.DONE, Say("draw_screen.hall.by_hand")
    if held.step == "commit":
        return Mark.NOT_YET, Say("draw_screen.hall.after_parties")
    if public_fault(typed) is None:
        return Mark.READY, Say("draw_screen.hall.typed")
    return Mark.WAIT, Say("draw_screen.hall.awaited")


def _public(held: Draw | None, stage: Stage, typed: str) -> str:
    """The public contribution as it enters the seed."""
    if held is not None and held.public:
        return held.public
    return draw.public_text(typed) if stage == "public" and public_fault(typed) is None else ""


def _by_hand(held: Draw) -> Text:
    """How a draw with slips or balls was held, and before whom."""
    return Say("draw_screen.hall.by_hand_how", means=held.means, witnesses="、".join(held.witnesses))


def _ordered(state: State, held: Draw | None) -> tuple[Mark, Text]:
    if held is None or held.held_at is None:
        return Mark.NOT_YET, Say("ui.mark.not_yet")
    hidden = len(state.showing.hidden) if held.purpose == state.scheme.draw.lots else 0
    if hidden:
        shown = len(state.showing.listed) - hidden
        return Mark.IN_PROGRESS, Say("draw_screen.order.shown", shown=shown, total=len(state.showing.listed))
    return Mark.DONE, Say("draw_screen.order.done")


# ---- after it ----


def recipe(state: State, held: Draw, chosen: str) -> Recipe:
    """The three lines for `chosen`, or for the first of the first place."""
    places: Mapping[str, tuple[str, ...]] = held.result
    first = next((names[0] for names in places.values() if names), "")
    listed = {item.id for item in held.plan.items}
    hidden = state.showing.hidden if held.purpose == state.scheme.draw.lots else ()
    entry = chosen if chosen in listed and chosen not in hidden else first
    parts = [part for _, part in sorted(held.revealed.items()) if part.nonce]
    rules = held.plan.rules
    return Recipe(
        who=Say("draw_screen.recipe.who_any", entry=entry),
        commit="\n".join(f"printf '%s' '{draw.COMMIT_TAG},{p.party},{p.nonce}' | sha256sum" for p in parts),
        commit_gives="\n".join(part.commitment for part in parts),
        seed=f"seed='{held.seed}'",
        ticket=f"printf '%s,%s' \"$seed\" {entry} | sha256sum",
        ticket_gives=draw.ticket(held.seed, entry),
        ruled=held.method == METHOD
        and (bool(rules.adjacent or rules.apart or rules.distinct) or held.purpose in JUDGES),
    )
