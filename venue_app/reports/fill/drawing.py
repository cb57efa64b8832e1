"""Draw record and draw check sheet."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.reports import models as m
from venue_app.reports.fill.common import Source
from venue_app.state import Draw
from venue_app.state.sections import rows


def _held(source: Source) -> Draw:
    held = source.state.draw
    if held is None or held.held_at is None:
        raise Known("fill.draw_missing")
    return held


def _transcript(source: Source, held: Draw) -> m.Transcript:
    public = m.Contribution(party=source.say("party_public"), commitment="", revealed=held.public)
    return m.Transcript(
        method=held.method,
        list_digest=held.list_digest,
        seed=held.seed,
        contributions=(
            *(
                m.Contribution(party=part.party, commitment=part.commitment, revealed=part.nonce)
                for _, part in sorted(held.revealed.items())
            ),
            public,
        ),
    )


def draw_record(source: Source) -> m.DrawRecord:
    """抽签结果表: every room's lots."""
    held = _held(source)
    rooms = tuple(
        m.DrawRoom(
            title=source.room_title(room),
            lines=tuple(
                m.DrawLine(
                    lot=lot, name=source.person(entry), post=source.state.post_of(entry).title, id=entry
                )
                for lot, entry in enumerate(order, 1)
            ),
        )
        for room, order in sorted(rows(source.state, held.result).items())
    )
    return m.DrawRecord(rooms=rooms, transcript=_transcript(source, held))


def draw_check(source: Source) -> m.DrawCheck:
    """抽签复核说明, worked for the first lot of the first room."""
    held = _held(source)
    order = rows(source.state, held.result)
    room = min(order)
    return m.DrawCheck(
        room=source.room_title(room),
        transcript=_transcript(source, held),
        ids=order[room],
        worked=1,
    )
