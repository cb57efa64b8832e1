"""Pictures of the witness's screen, with made-up people."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from typing import Any

from PySide6.QtWidgets import QWidget

from ui import sample
from ui.screens.witness.page import WitnessPage
from ui.screens.witness.view import Signer, signers, witness_view
from venue_app.domain import entries as e
from venue_app.domain import floor_entries as f
from venue_app.domain.record import Record
from venue_app.domain.roles import PROGRAM, Actor, Role
from venue_app.state import State
from venue_app.venue import Change

_MORNING = 1_778_803_200_000
_LOT: dict[str, Any] = {"room": "R1", "lot": 9, "entry": "E009"}


@cache
def _records() -> tuple[Record, ...]:
    """A morning's entries of many kinds."""
    notary = Actor(role=Role.NOTARY, name="尤思远")
    facts: list[tuple[e.Fact, Actor]] = [
        (e.RunOpened(people=sample.PEOPLE, scheme_digest="", roster_digest=""), PROGRAM),
        (f.WitnessSigned(milestone="opening", room=None, lot=None, size=3), notary),
        (e.StationJoined(seat="console-R1", device="d", device_name="二号电脑", person="罗静宜"), PROGRAM),
    ]
    facts += [
        (e.StationJoined(seat=f"R1-{n}", device="d", device_name=f"平板 {n}"), PROGRAM) for n in range(1, 8)
    ]
    facts += [
        (e.CandidateCalled(**_LOT), PROGRAM),
        (f.IdentityConfirmed(**_LOT, by="引导员"), PROGRAM),
        (e.StageStarted(room="R1", stage="speech", limit_ms=480_000), PROGRAM),
        (e.StagePaused(room="R1", reason="话筒故障", spent_ms=92_000), PROGRAM),
        (e.StageResumed(room="R1", spent_ms=92_000), PROGRAM),
        (e.StageEnded(room="R1", stage="speech", spent_ms=461_000), PROGRAM),
        (e.SeatExcused(**_LOT, seat="R1-6", excuse="recused", reason="亲属关系"), PROGRAM),
    ]
    for n in (1, 2, 3, 4, 5, 7):
        sheet = e.SheetReceived(**_LOT, seat=f"R1-{n}", marks={}, total="82.0", receipt=f"K7F-{n}Q9")
        facts.append((sheet, PROGRAM))
    facts += [
        (e.ResultComputed(**_LOT, component="live", value="82.25"), PROGRAM),
        (e.ResultChecked(**_LOT, checker="闵建中"), PROGRAM),
        (e.ResultReleased(**_LOT), PROGRAM),
        (e.AppearanceClosed(**_LOT), PROGRAM),
    ]
    return tuple(
        Record(seq=seq, at=_MORNING + seq * 41_000, mono=0, boot="sample", actor=actor, data=fact)
        for seq, (fact, actor) in enumerate(facts, 3)
    )


def _page(state: State, chosen: Signer | None, *, own: bool = False) -> WitnessPage:
    page = WitnessPage(lambda: state)
    now = Change(state, (), hashlib.sha256(b"sample root").digest())
    known = (chosen,) if own and chosen is not None else signers(state)
    page.show_witness(witness_view(now, known, chosen, own_check=own))
    page.journal.put_past(_records() if state.opened_at is not None else ())
    return page


def _opened() -> QWidget:
    page = _page(sample.opened(), None)
    page.journal.newest()
    return page


SHOTS: dict[str, Callable[[], QWidget]] = {
    "witness-empty": lambda: _page(sample.created(), None),
    "witness-choose": _opened,
    "witness-laptop": lambda: _page(sample.under_way(), signers(sample.under_way())[0]),
    "witness-own": lambda: _page(sample.under_way(), Signer(Role.NOTARY, "尤思远"), own=True),
}
