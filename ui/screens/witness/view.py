"""What the witness's screen shows, as plain frozen data, and how it is made."""

from __future__ import annotations

from dataclasses import dataclass

from ui.phrases import Phrase, spoken
from ui.words import Say, Text
from venue_app.domain.roles import Role
from venue_app.state import State
from venue_app.state.telling import milestone
from venue_app.state.witness import Due, due
from venue_app.venue import Change

OFFICES = (Role.SUPERVISOR, Role.NOTARY)


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who may sign here."""

    role: Role
    name: str

    @property
    def title(self) -> Text:
        """Office and name."""
        notary = self.role is Role.NOTARY
        office = Say("witness.office.notary") if notary else Say("witness.office.supervisor")
        return Say("witness.screen.signer", office=office, name=self.name)


@dataclass(frozen=True, slots=True)
class DueView:
    """Something that waits for the chosen signer; `id` is stable while it waits."""

    id: str
    due: Due
    text: Text


@dataclass(frozen=True, slots=True)
class WitnessView:
    """The whole screen but for the journal's lines."""

    size: int
    head: str
    signers: tuple[Signer, ...]
    signer: Signer | None
    due: tuple[DueView, ...]
    signed: int
    own_check: bool
    """Whether the head was reckoned on this machine from the entries themselves."""


def signers(state: State) -> tuple[Signer, ...]:
    """The witnesses named at the opening, supervisors first."""
    return tuple(Signer(role, p.name) for role in OFFICES for p in state.people if p.role == role.value)


def witness_view(
    now: Change, known: tuple[Signer, ...], chosen: Signer | None, *, own_check: bool = False
) -> WitnessView:
    """The screen as things stand. The only signer there is counts as chosen."""
    state = now.state
    signer = chosen if chosen in known else known[0] if len(known) == 1 else None
    waits = () if signer is None else due(state, signer.role.value)
    return WitnessView(
        size=state.size,
        head=now.root.hex(),
        signers=known,
        signer=signer,
        due=tuple(_due(state, one) for one in waits),
        signed=sum(signer is not None and w.role == signer.role.value for w in state.witnessed),
        own_check=own_check,
    )


def _due(state: State, one: Due) -> DueView:
    ident = f"{one.milestone}/{one.room or ''}/{one.lot or ''}"
    return DueView(ident, one, due_words(state, one))


def due_words(state: State, one: Due) -> Phrase:
    """What is to be signed for, in every language."""
    return spoken(lambda lang: milestone(state, one.milestone, one.room, one.lot, lang))
