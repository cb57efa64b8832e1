"""All draws of a plan, held as in a hall: every party commits, dice are thrown, all is revealed."""

from __future__ import annotations

import secrets

from venue_app.domain import draw_commands as dc
from venue_app.domain.roles import Actor
from venue_app.rules.drawing import arrangements, commit, dice_for
from venue_app.state.sections import due
from venue_app.venue import Venue


def hold_draws(venue: Venue, actor: Actor) -> None:
    """Hold every draw of the plan that is still to come, with as many dice as its outcomes need."""
    while (purpose := due(venue.state)) is not None:
        venue.ask(dc.FreezeDraw(purpose=purpose), actor)
        draw = venue.state.draws[purpose]
        nonces = {party: secrets.token_hex(16) for party in draw.parties}
        for party, nonce in nonces.items():
            venue.ask(dc.CommitDraw(purpose=purpose, party=party, commitment=commit(party, nonce)), actor)
        thrown = "".join(
            str(secrets.randbelow(10)) for _ in range(max(20, dice_for(arrangements(draw.plan))))
        )
        venue.ask(dc.GivePublic(purpose=purpose, public=thrown), actor)
        for party, nonce in nonces.items():
            venue.ask(dc.RevealDraw(purpose=purpose, party=party, nonce=nonce), actor)
        venue.ask(dc.HoldDraw(purpose=purpose), actor)
