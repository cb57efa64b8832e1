"""What the small forms of a draw ask for, and the command each makes. Pure but for `Field`, which is plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from ui.draws import PARTIES
from ui.screens.draw.names import names_of, place_title
from ui.widgets.ask import Field
from ui.words import Say, Text
from venue_app.domain.draw_commands import ChangeDraw, DiscardDraw, RevealDraw
from venue_app.domain.nouns import ChangeKind, Opened, Purpose
from venue_app.rules.drawing import PROGRAM
from venue_app.scheme.drawing import LOTS
from venue_app.state import Draw, State

_KINDS: dict[str, Say] = {
    "withdrawn": Say("draw_screen.change.withdrawn"),
    "absent": Say("draw_screen.change.absent"),
    "late": Say("draw_screen.change.late"),
    "replace": Say("draw_screen.change.replace"),
}


def _reason() -> Field:
    return Field("reason", Say("draw_screen.ask.reason"))


def _second() -> Field:
    return Field("second", Say("draw_screen.ask.second"), hint=Say("draw_screen.ask.second_hint"))


def discard_fields() -> tuple[Field, ...]:
    """Setting a draw aside."""
    return (_reason(), _second())


def discard(purpose: Purpose, given: Mapping[str, str]) -> DiscardDraw:
    """The command."""
    return DiscardDraw(purpose=purpose, reason=given["reason"], second=given["second"])


def kinds_of(held: Draw) -> tuple[str, ...]:
    """What the list's own rules allow after the draw."""
    rules = held.plan.rules
    late = ("late",) if rules.late == "last" and held.purpose in LOTS else ()
    absent = ("absent",) if rules.absent == "out" else ()
    replace = ("replace",) if held.standing.reserve and held.purpose not in LOTS else ()
    return ("withdrawn", *absent, *late, *replace)


def change_fields(state: State, held: Draw, chosen: str) -> tuple[Field, ...]:
    """Somebody withdraws, stays away, comes late, or is replaced."""
    names = names_of(state, held.purpose)
    now = held.standing
    there = [x for people in now.places.values() for x in people if x is not None]
    people = tuple((x, f"{x}  {names.get(x, ('', ''))[0]}") for x in sorted({*there, *now.reserve}))
    kinds = kinds_of(held)
    fields = [
        Field("change", Say("draw_screen.change.kind"), tuple((k, _KINDS[k]) for k in kinds)),
        Field(
            "id",
            Say("draw_screen.change.who"),
            people,
            value=chosen,
            when=("change", tuple(k for k in kinds if k != "late")),
        ),
    ]
    if "late" in kinds:
        outside = tuple(
            (x, f"{x}  {names[x][0]}") for x in sorted(names) if x not in there and x not in held.result
        )
        places = tuple((p, place_title(state, held.purpose, p)) for p in sorted(now.places))
        fields.append(Field("late", Say("draw_screen.change.who"), outside, when=("change", ("late",))))
        fields.append(Field("place", Say("draw_screen.change.place"), places, when=("change", ("late",))))
    return (*fields, _reason(), _second())


def change(purpose: Purpose, given: Mapping[str, str]) -> ChangeDraw:
    """The command."""
    return ChangeDraw(
        purpose=purpose,
        change=cast(ChangeKind, given["change"]),
        id=given["id"] or given.get("late", ""),
        place=given.get("place", ""),
        reason=given["reason"],
        second=given["second"],
    )


def envelope_fields(held: Draw) -> tuple[Field, ...]:
    """A party that does not reveal: its envelope, or nothing that fits."""
    waiting = held.waits_for or (PROGRAM,)
    parties: tuple[tuple[str, Text], ...] = tuple((one, PARTIES[one]) for one in waiting)
    how = (("envelope", Say("draw_screen.envelope.envelope")), ("void", Say("draw_screen.envelope.void")))
    return (
        Field("party", Say("draw_screen.envelope.party"), parties),
        Field("opened", Say("draw_screen.envelope.how"), how if held.waits_for else how[1:]),
        Field("nonce", Say("draw_screen.envelope.nonce"), when=("opened", ("envelope",))),
        _second(),
    )


def envelope(purpose: Purpose, given: Mapping[str, str]) -> RevealDraw:
    """The command."""
    return RevealDraw(
        purpose=purpose,
        party=given["party"],
        nonce=given["nonce"],
        opened=cast(Opened, given["opened"]),
        second=given["second"],
    )
