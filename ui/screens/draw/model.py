"""What the draw screen shows, as plain data from the state. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ui.widgets.state import Mark
from ui.words import Say, Text, known_text
from venue_app.base.clock import local_hms
from venue_app.base.errors import Known
from venue_app.rules import draw
from venue_app.state import Draw, State
from venue_app.state.sections import rows

Stage = Literal["no_roster", "not_open", "ready", "committed", "held"]


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody on the list or in the order; `lot` is 0 before the draw."""

    entry: str
    name: str
    post: str
    lot: int = 0


@dataclass(frozen=True, slots=True)
class RoomPart:
    """A room with its people: in order of their identifiers before the draw, of their lots after it."""

    id: str
    title: str
    people: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Three lines for any SHA-256 tool, with what each must print, worked for one person."""

    who: Text
    commit: str
    commit_gives: str
    seed: str
    ticket: str
    ticket_gives: str

    @property
    def text(self) -> str:
        """Everything to be copied, as a shell takes it."""
        return f"{self.commit}\n# {self.commit_gives}\n{self.seed}\n{self.ticket}\n# {self.ticket_gives}\n"


@dataclass(frozen=True, slots=True)
class DrawModel:
    """The screen at one moment. `refusal` says why the next step cannot be taken now; `by_hand` how a draw
    without a seed was held, which has no recipe.
    """

    stage: Stage
    total: int
    rooms: tuple[RoomPart, ...]
    program: tuple[Mark, Text]
    hall: tuple[Mark, Text]
    listed: tuple[Mark, Text]
    ordered: tuple[Mark, Text]
    commitment: str = ""
    nonce: str = ""
    public: str = ""
    list_digest: str = ""
    held_at: str = ""
    refusal: Text = ""
    by_hand: Text = ""
    recipe: Recipe | None = None


def draw_model(state: State, typed: str = "", chosen: str = "") -> DrawModel:
    """`typed` is what stands in the field for the public contribution, `chosen` the entry the recipe is for."""
    stage = stage_of(state)
    public, refusal = _public(state, stage, typed)
    held = state.draw if stage == "held" else None
    by_hand = held is not None and not held.seed
    rooms = _rooms(state)
    return DrawModel(
        stage=stage,
        total=sum(len(room.people) for room in rooms),
        rooms=rooms,
        program=_program_mark(stage, by_hand),
        hall=_hall_mark(stage, bool(public), by_hand),
        listed=_list_mark(stage),
        ordered=(Mark.DONE, Say("draw_screen.order.done"))
        if held
        else (Mark.NOT_YET, Say("ui.mark.not_yet")),
        commitment=state.draw.commitment if state.draw else "",
        nonce=held.nonce if held else "",
        public=public,
        list_digest=state.draw.list_digest if state.draw else "",
        held_at=local_hms(held.held_at) if held and held.held_at else "",
        refusal=refusal,
        by_hand=_by_hand(held) if held is not None and by_hand else "",
        recipe=recipe(state, held, chosen) if held is not None and not by_hand else None,
    )


def stage_of(state: State) -> Stage:
    """How far the draw has come."""
    if not state.entries:
        return "no_roster"
    if state.opened_at is None:
        return "not_open"
    if state.draw is None:
        return "ready"
    return "committed" if state.draw.held_at is None else "held"


def _public(state: State, stage: Stage, typed: str) -> tuple[str, Text]:
    """The public contribution as it enters the seed, and why the next step must wait."""
    if stage == "no_roster":
        return "", Say("draw_screen.why.no_roster")
    if stage == "not_open":
        return "", Say("draw_screen.why.not_open")
    if stage == "held":
        assert state.draw is not None
        return state.draw.public, ""
    if stage == "ready":
        return "", ""
    try:
        return draw.public_text(typed), ""
    except Known as fault:
        return "", known_text(fault)


def _by_hand(held: Draw) -> Text:
    """How a draw with slips or balls was held, and before whom."""
    return Say("draw_screen.hall.by_hand_how", means=held.means, witnesses="、".join(held.witnesses))


def _program_mark(stage: Stage, by_hand: bool) -> tuple[Mark, Text]:
    if by_hand:
        return Mark.NOT_YET, Say("draw_screen.program.not_used")
    if stage == "held":
        return Mark.DONE, Say("draw_screen.program.revealed")
    if stage == "committed":
        return Mark.IN_PROGRESS, Say("draw_screen.program.committed")
    return Mark.NOT_YET, Say("draw_screen.program.not_yet")


def _hall_mark(stage: Stage, typed: bool, by_hand: bool) -> tuple[Mark, Text]:
    if by_hand:
        return Mark.DONE, Say("draw_screen.hall.by_hand")
    if stage == "held":
        return Mark.DONE, Say("draw_screen.hall.revealed")
    if stage != "committed":
        return Mark.NOT_YET, Say("draw_screen.hall.later")
    return (
        (Mark.READY, Say("draw_screen.hall.typed")) if typed else (Mark.WAIT, Say("draw_screen.hall.awaited"))
    )


def _list_mark(stage: Stage) -> tuple[Mark, Text]:
    if stage in ("committed", "held"):
        return Mark.DONE, Say("draw_screen.list.frozen")
    return Mark.NOT_YET, Say("draw_screen.list.open")


def _rooms(state: State) -> tuple[RoomPart, ...]:
    return tuple(
        RoomPart(room.id, room.title, tuple(_listed(state, room.id))) for room in state.rooms.values()
    )


def _listed(state: State, room: str) -> list[Listed]:
    drawn = state.draw is not None and state.draw.held_at is not None
    if state.draw is not None:
        listed = {**state.draw.listed, **rows(state, state.draw.result)} if drawn else state.draw.listed
        names = listed.get(room, ())
    else:
        names = tuple(
            sorted(
                entry.id
                for entry in state.entries.values()
                if state.posts[entry.post].room == room and state.candidates[entry.candidate].qualified
            )
        )
    return [
        Listed(name, state.candidate_of(name).name, state.post_of(name).title, lot if drawn else 0)
        for lot, name in enumerate(names, 1)
    ]


def recipe(state: State, held: Draw, chosen: str) -> Recipe:
    """The three lines for `chosen`, or for lot 1 of the first room."""
    entry = chosen if chosen in state.lots else next(iter(held.result.values()))[0]
    lot = state.lots[entry]
    return Recipe(
        who=Say("draw_screen.recipe.who", room=state.rooms[lot.room].title, lot=lot.number, entry=entry),
        commit=f"printf '%s' '{draw.COMMIT_TAG},program,{held.nonce}' | sha256sum",
        commit_gives=held.commitment,
        seed=f"seed='{held.seed}'",
        ticket=f"printf '%s,%s' \"$seed\" {entry} | sha256sum",
        ticket_gives=draw.ticket(held.seed, entry),
    )
