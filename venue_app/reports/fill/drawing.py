"""Draw records and draw check sheets, one of each for every draw of the plan that was held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from venue_app.base.errors import Known
from venue_app.base.i18n import tr_in
from venue_app.reports import models as m
from venue_app.reports.fill.common import Source
from venue_app.state import Draw
from venue_app.state.draw_words import item_title
from venue_app.state.sections import place_title


def held_draws(source: Source) -> tuple[str, ...]:
    """What tells the files apart: `""` for the draw that gives the lots, the purpose for every other.

    Raises `Known` fill.draw_missing when nothing was drawn.
    """
    state = source.state
    held = [p for p in state.scheme.draw.held if p in state.draws and state.draws[p].held_at is not None]
    if not held:
        raise Known("fill.draw_missing")
    return tuple("" if purpose == state.scheme.draw.lots else purpose for purpose in held)


def checkable_draws(source: Source) -> tuple[str, ...]:
    """The same without draws held by hand. Raises `Known` fill.draw_by_hand when there is no other."""
    found = tuple(part for part in held_draws(source) if _draw(source, part).seed)
    if not found:
        raise Known("fill.draw_by_hand")
    return found


def _draw(source: Source, part: str) -> Draw:
    purpose = part or source.state.scheme.draw.lots
    draw = next((d for p, d in source.state.draws.items() if p == purpose and d.held_at is not None), None)
    if draw is None:
        raise Known("fill.draw_missing")
    return draw


def _title(source: Source, draw: Draw) -> str:
    return tr_in(source.lang, f"draw.purpose.{draw.purpose}")


def _party(source: Source, party: str) -> str:
    return tr_in(source.lang, f"draw.party_name.{party}")


def _transcript(source: Source, draw: Draw) -> m.Transcript:
    by_hand = ""
    if not draw.seed:
        by_hand = source.say("draw_by_hand_how", means=draw.means, witnesses="、".join(draw.witnesses))
    public = m.Contribution(party=source.say("party_public"), commitment="", revealed=draw.public)
    return m.Transcript(
        method=draw.method,
        list_digest=draw.list_digest,
        seed=draw.seed,
        by_hand=by_hand,
        contributions=(
            *(
                m.Contribution(
                    party=_party(source, part.party),
                    commitment=part.commitment,
                    revealed=part.nonce,
                    opened="" if part.opened == "revealed" else source.say(f"opened_{part.opened}"),
                )
                for _, part in sorted(draw.revealed.items())
            ),
            public,
        ),
    )


def draw_record(source: Source, part: str) -> m.DrawRecord:
    """抽签结果表 of one draw."""
    draw = _draw(source, part)
    kinds: dict[str, m.DrawKind] = {"seats": "judges", "pool": "judges", "questions": "questions"}
    kind = kinds.get(draw.purpose, "candidates")
    made = _rooms(source, draw) if kind == "candidates" else _places(source, draw)
    return m.DrawRecord(
        rooms=made,
        transcript=_transcript(source, draw),
        kind=kind,
        draw=_title(source, draw),
        notes=tuple(_notes(source, draw)),
    )


def _rooms(source: Source, draw: Draw) -> tuple[m.DrawRoom, ...]:
    """Candidates with their lots, by room or half-day; somebody admitted late has the number after the room's last."""
    state = source.state
    lots = draw.purpose == state.scheme.draw.lots
    made = []
    for place, drawn in sorted(draw.result.items()):
        late = (c.id for c in draw.changes if c.kind == "late" and c.place == place)
        numbered = [
            (state.lots[entry].number if lots else number, entry)
            for number, entry in enumerate((*drawn, *late), 1)
        ]
        lines = tuple(
            m.DrawLine(lot=lot, name=source.person(entry), post=state.post_of(entry).title, id=entry)
            for lot, entry in numbered
        )
        made.append(m.DrawRoom(title=place_title(state, place), lines=lines))
    return tuple(made)


def _places(source: Source, draw: Draw) -> tuple[m.DrawRoom, ...]:
    """Judges or question sets as they stand, the reserve last."""
    state, now = source.state, draw.standing
    drawn: Mapping[str, Sequence[str | None]] = {
        **{place_title(state, place): names for place, names in now.places.items()},
        source.say("draw_reserve"): now.reserve,
    }
    return tuple(
        m.DrawRoom(
            title=title,
            lines=tuple(
                m.DrawLine(
                    lot=number,
                    name=item_title(state, name) if name else "—",
                    post=state.judges[name].unit if name and name in state.judges else "",
                    id=name or "",
                )
                for number, name in enumerate(names, 1)
            ),
        )
        for title, names in drawn.items()
        if names
    )


def _notes(source: Source, draw: Draw) -> list[str]:
    """What happened besides, as sentences."""
    found = [
        source.say(
            "draw_set_aside",
            time=source.minute(old.frozen_at),
            digest=old.list_digest[:16],
            reason=old.set_aside,
            second=old.second,
        )
        for old in source.state.past_draws
        if old.purpose == draw.purpose and old.set_aside
    ]
    if draw.missing:
        found.append(source.say("draw_missing_people", ids="、".join(draw.missing)))
    for change in draw.changes:
        found.append(source.say(f"draw_{change.kind}", id=item_title(source.state, change.id)))
    return found


def draw_check(source: Source, part: str) -> m.DrawCheck:
    """抽签复核说明 of one draw, worked for the first seat of the first place."""
    draw = _draw(source, part)
    places = tuple(
        m.DrawPlace(id=place, title=place_title(source.state, place), ids=ids)
        for place, ids in sorted(draw.result.items())
    )
    return m.DrawCheck(
        draw=_title(source, draw),
        transcript=_transcript(source, draw),
        list=draw.list,
        places=places,
        reserve=draw.reserve,
        worked=places[0].ids[0],
    )
