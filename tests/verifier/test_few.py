"""A panel below its minimum, decided on: the verifier follows the decision, and finds one that does not hold."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.test_accepting import accept, few
from tests.verifier.conftest import Verifier
from tests.verifier.small_event import Forgery
from tests.verifier.test_other_days import bundled, proved
from tests.world import PROCTOR, prepared, send
from venue_app.base.canonical import canonical
from venue_app.domain import commands as c
from venue_app.domain import floor_commands as f
from venue_app.host.audit import audit


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Forgery:
    """Two lots decided on; of the first a sheet was given back after, and it was decided on anew."""
    tmp_path = tmp_path_factory.mktemp("few")
    venue = prepared(tmp_path / "few.venue")
    few(venue)
    venue.ask(accept(), PROCTOR)
    again = f.ReopenSheet(room="R1", lot=1, seat="R1-4", reason="笔误", second="监督员甲")
    venue.ask(again, PROCTOR)
    send(venue, "R1-4", content="30")
    venue.ask(accept(reason="重新决定"), PROCTOR)
    for command in (
        c.CheckResult(room="R1", lot=1, checker="核分员"),
        c.ReleaseResult(room="R1", lot=1),
        c.CloseAppearance(room="R1", lot=1),
    ):
        venue.ask(command, PROCTOR)
    few(venue, lot=2)
    venue.ask(accept(lot=2), PROCTOR)
    return bundled(venue, tmp_path)


def test_the_verifier_follows_the_decisions(verifier: Verifier, day: Forgery):
    said = verifier.verify(day.signed())
    assert said.wrong().keys() == {"keys"}  # the event's first entry names none
    assert {"accepted", "panels", "results", "meaning"} <= proved(said)
    assert next(check for check in said.checks if check["code"] == "accepted")["params"]["count"] == 3


@pytest.mark.parametrize(
    "change",
    [
        {"count": 5},
        {"minimum": 3},
        {"people": ["甲", "甲"]},
        {"people": ["甲"]},
        {"reason": ""},
        {"group": "observers"},
    ],
)
def test_a_decision_that_does_not_hold(verifier: Verifier, day: Forgery, change: dict[str, Any]):
    seq = day.find("panel.accepted")
    wrong = verifier.verify(day.changed(seq, lambda entry: entry["data"].update(change)).signed()).wrong()
    assert wrong["accepted"]["seq"] == seq


def test_without_the_decision_the_result_does_not_follow(verifier: Verifier, day: Forgery):
    entries = day.entries
    seq = day.find("panel.accepted", 2)
    entries[seq] = {**entries[seq], "kind": "incident.noted"}
    entries[seq]["data"] = {"room": "R1", "text": "-", "decision": "", "lot": 2, "violation": False}
    wrong = verifier.verify(day.with_entries(entries).signed()).wrong()
    assert wrong["panels"]["seq"] == seq + 1


def test_a_decision_before_the_last_stage_is_over_holds_nowhere(verifier: Verifier, day: Forgery):
    """The auditor here and the verifier say the same of it."""
    entries = day.entries
    at = day.find("panel.accepted", 2)
    decided = entries[at]["data"]
    ended = max(n for n, entry in enumerate(entries[:at]) if entry["kind"] == "stage.ended")
    order = [*range(ended), at, *range(ended, at), *range(at + 1, len(entries))]
    moved = [{**entries[old], "seq": new, "at": entries[new]["at"]} for new, old in enumerate(order)]
    assert moved[ended]["data"] == decided
    wrong = verifier.verify(day.with_entries(moved).signed()).wrong()
    assert wrong["accepted"]["seq"] == ended
    raw = [canonical(entry) for entry in moved]
    found = next(check for check in audit(raw) if check.code == "audit.accepted")
    assert not found.ok and found.params["seq"] == ended
