"""A draw committed to on the laptop that died is revealed and held on its standby."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec

from tests import world
from tests.drawworld import PRESET, nonce_of, promise_of
from tests.faults.hall import soon
from tests.ports import free_port
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.host.audit import audit
from venue_app.host.following import Follower, join_as_standby, promote
from venue_app.host.session import EventHost
from venue_app.journal import Journal
from venue_app.rules.drawing import PROGRAM, commit
from venue_app.seal.keys import load_or_create
from venue_app.state.places import STANDBY
from venue_app.venue import Venue

PLAN = 'held = ["order"]\nparties = ["supervisor"]'
PARTY = "supervisor"


async def test_a_committed_draw_is_revealed_on_the_standby(tmp_path: Path) -> None:
    first, second = load_or_create(tmp_path / "keys-1"), load_or_create(tmp_path / "keys-2")
    created = msgspec.structs.replace(
        world.created(), keys=first.announced(), scheme=f"{PRESET}\n[draw]\n{PLAN}\n"
    )
    old = EventHost(Venue.create(tmp_path / "old.venue", created), first)

    async def ask(host: EventHost, command: c.Command) -> None:
        await asyncio.to_thread(host.venue.ask, command, world.PROCTOR)

    await ask(old, world.roster())
    await ask(old, c.OpenRun(people=world.PEOPLE))
    server = await asyncio.to_thread(old.start_lan, "127.0.0.1", 0)
    link = old.joining_link(server.issue_code(STANDBY), "127.0.0.1")
    asked = asyncio.create_task(asyncio.to_thread(join_as_standby, link, "second"))
    await soon(lambda: bool(server.wishes()), "the second laptop asks to be let in")
    server.decide(server.wishes()[0].id, True)
    file = tmp_path / "followed.venue"
    url = f"https://127.0.0.1:{free_port()}"
    follower = await asyncio.to_thread(Follower, await asked, file, second, [url])
    await soon(lambda: follower.status.in_step and follower.status.named, "in step")
    await ask(old, dc.FreezeDraw())
    await ask(old, dc.DiscardDraw(reason="名单有误", second="监督员甲"))
    await ask(old, dc.FreezeDraw())
    await ask(old, dc.CommitDraw(purpose="order", party=PARTY, commitment=promise_of(PARTY)))
    await ask(old, dc.GivePublic(purpose="order", public="31415926"))
    await soon(lambda: follower.status.have == old.venue.state.size, "the standby has it all")
    promised = old.venue.state.draws["order"].commitment
    assert "考生出场顺序" in follower.status.under_way
    await asyncio.to_thread(old.stop_lan)  # it is heard of no more
    await asyncio.to_thread(follower.close)
    assert promised == commit(
        PROGRAM, next(n for n in kept_in(file).values() if commit(PROGRAM, n) == promised)
    )

    new = await asyncio.to_thread(promote, file, second, reason="断电", names=("监督员甲", "公证员乙"))
    await ask(new, dc.RevealDraw(purpose="order", party=PARTY, nonce=nonce_of(PARTY)))
    await ask(new, dc.HoldDraw(purpose="order"))
    draw = new.venue.state.draws["order"]
    assert draw.held_at is not None and draw.commitment == promised
    await asyncio.to_thread(new.close)
    await asyncio.to_thread(old.close)
    journal = Journal.open(file, readonly=True)
    checks = audit([raw for _, raw in journal.entries()])
    journal.close()
    assert [check.code for check in checks if check.ok is False] == []


def kept_in(file: Path) -> dict[str, str]:
    """What lies beside the journal under the names of secrets."""
    journal = Journal.open(file, readonly=True)
    try:
        return {k: v.decode() for k, v in journal.beats().items() if k.startswith("keep:nonce:")}
    finally:
        journal.close()
