"""A small event whose plan holds whatever draws a test names, and the steps of a draw as a hall takes them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec.structs import replace

from tests import world
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain.nouns import Purpose
from venue_app.scheme import preset_text
from venue_app.venue import Venue

PRESET = preset_text("s0-county-self-nomination")


def nonce_of(party: str) -> str:
    """A party's number in these tests."""
    return hashlib.sha256(party.encode()).hexdigest()[:40]


def promise_of(party: str) -> str:
    """What the party shows, spelt as docs/formats/draw.md says it."""
    return hashlib.sha256(f"venue-draw-commit-1,{party},{nonce_of(party)}".encode()).hexdigest()


def opened(path: Path, plan: str, roster: c.ImportRoster | None = None) -> Venue:
    """An event that is open, under the county preset with `plan` as its `[draw]`."""
    scheme = f"{PRESET}\n[draw]\n{plan}\n"
    venue = Venue.create(path, replace(world.created(), scheme=scheme))
    venue.ask(roster or world.roster(), world.PROCTOR)
    venue.ask(c.OpenRun(people=world.PEOPLE), world.PROCTOR)
    return venue


def steps(venue: Venue, purpose: Purpose, public: str = "31415926") -> list[c.Command]:
    """Every command of one draw, from the list to the result."""
    parties = venue.state.scheme.draw.parties
    return [
        dc.FreezeDraw(purpose=purpose),
        *(dc.CommitDraw(purpose=purpose, party=p, commitment=promise_of(p)) for p in parties),
        dc.GivePublic(purpose=purpose, public=public),
        *(dc.RevealDraw(purpose=purpose, party=p, nonce=nonce_of(p)) for p in parties),
        dc.HoldDraw(purpose=purpose),
    ]


def hold(venue: Venue, *purposes: Purpose, public: str = "31415926") -> None:
    """Hold these draws one after the other."""
    for purpose in purposes:
        for command in steps(venue, purpose, public):
            venue.ask(command, world.PROCTOR)


def by_ticket(seed: str, names: object) -> tuple[str, ...]:
    """Names by SHA-256(seed + "," + name), worked here and nowhere else."""
    assert isinstance(names, list | tuple | set | dict)
    return tuple(sorted(names, key=lambda name: hashlib.sha256(f"{seed},{name}".encode()).hexdigest()))
