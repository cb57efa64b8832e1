"""The draws that were held or begun, those set aside included, and the lots they gave."""

from __future__ import annotations

from collections.abc import Iterator

from venue_app.state import Draw
from venue_app.tables.contents import Contents
from venue_app.tables.model import Row, Table, table

_DRAWS = "draw:integer purpose method frozen_at:time held_at:time listed:integer list_digest public seed means set_aside"


def draw_tables(contents: Contents) -> Iterator[Table]:
    """The tables of this module; a draw's number counts them in the order of their lists."""
    state = contents.state
    held = sorted((*state.past_draws, *state.draws.values()), key=lambda one: one.frozen_seq)
    numbered = list(enumerate(held, 1))
    yield table("draws", _DRAWS, (_draw(number, one) for number, one in numbered))
    yield table(
        "draw_parties",
        "draw:integer party commitment contribution opened_by",
        (row for number, one in numbered for row in _parties(number, one)),
    )
    yield table(
        "draw_places",
        "draw:integer draw_place position:integer drawn",
        (row for number, one in numbered for row in _places(number, one)),
    )
    yield table(
        "lots", "entry room lot:integer", ((entry, lot.room, lot.number) for entry, lot in state.lots.items())
    )


def _draw(number: int, one: Draw) -> Row:
    return (
        number, one.purpose, one.method, one.frozen_at, one.held_at, len(one.plan.items), one.list_digest,
        one.public, one.seed, one.means, one.set_aside,
    )  # fmt: skip


def _parties(number: int, one: Draw) -> Iterator[Row]:
    for party, promise in sorted(one.promises.items()):
        revealed = one.revealed.get(party)
        yield (
            number,
            party,
            promise.commitment,
            None if revealed is None else revealed.nonce,
            None if revealed is None else revealed.opened,
        )


def _places(number: int, one: Draw) -> Iterator[Row]:
    """What stands after every change; a lot that stands empty has nobody."""
    if one.held_at is None:
        return
    for place, names in one.standing.places.items():
        for position, name in enumerate(names, 1):
            yield number, place, position, name
