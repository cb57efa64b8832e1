"""A forged draw is found by whoever checks the entries again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from tests.drawworld import hold, nonce_of, opened
from venue_app.domain import draw_entries as d
from venue_app.domain.record import Record, decode, encode
from venue_app.host.audit import audit
from venue_app.journal import Journal


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    path = tmp_path_factory.mktemp("audit") / "a.venue"
    venue = opened(path, 'parties = ["notary"]\nabsent = "out"')
    hold(venue, "order")
    venue.close()
    journal = Journal.open(path)
    found = [decode(raw) for _, raw in journal.entries()]
    journal.close()
    return found


def points(records: list[Record]) -> dict[str, bool | None]:
    numbered = [replace(record, seq=number) for number, record in enumerate(records)]
    return {check.code: check.ok for check in audit([encode(record) for record in numbered])}


def at(records: list[Record], kind: type) -> int:
    return next(n for n, record in enumerate(records) if isinstance(record.data, kind))


def test_the_true_one_is_proved(records):
    found = points(records)
    assert (found["audit.draw"], found["audit.draw_steps"], found["audit.sequence"]) == (True, True, True)


def _swapped(fact: d.DrawDrawn) -> d.DrawDrawn:
    first, second, *rest = fact.result["R1"]
    return replace(fact, result={**fact.result, "R1": (second, first, *rest)})


@pytest.mark.parametrize(
    ("kind", "forge"),
    [
        (d.DrawDrawn, _swapped),
        (d.DrawDrawn, lambda fact: replace(fact, seed=fact.seed + "0")),
        (d.DrawDrawn, lambda fact: replace(fact, reserve=("E001",))),
        (d.DrawDrawn, lambda fact: replace(fact, method="sha256-ticket-1")),
        (d.DrawPublic, lambda fact: replace(fact, public="31415927")),
        (d.DrawPublic, lambda fact: replace(fact, public="３１４１５９２６")),
        (d.DrawRevealed, lambda fact: replace(fact, nonce=nonce_of("supervisor"))),
        (d.DrawRevealed, lambda fact: replace(fact, nonce="", opened="void")),
        (d.DrawCommitted, lambda fact: replace(fact, commitment="0" * 64)),
    ],
)
def test_a_draw_that_does_not_follow_is_said_so(records, kind, forge: Callable[[d.DrawDrawn], d.DrawDrawn]):
    forged = list(records)
    place = at(records, kind)
    forged[place] = replace(records[place], data=forge(records[place].data))
    assert points(forged)["audit.draw"] is False


def _moved(records: list[Record], kind: type, before: type) -> list[Record]:
    one = records[at(records, kind)]
    rest = [record for record in records if record is not one]
    return [*rest[: at(rest, before)], one, *rest[at(rest, before) :]]


def test_a_public_part_before_the_commitments_is_out_of_turn(records):
    notary = next(r for r in records if isinstance(r.data, d.DrawCommitted) and r.data.party == "notary")
    rest = [record for record in records if record is not notary]
    late = at(rest, d.DrawPublic) + 1
    found = points([*rest[:late], notary, *rest[late:]])
    assert (found["audit.draw"], found["audit.draw_steps"]) == (True, False)


def test_a_number_revealed_before_the_public_part_is_out_of_turn(records):
    assert points(_moved(records, d.DrawRevealed, d.DrawPublic))["audit.draw_steps"] is False


def test_a_list_that_leaves_somebody_out_is_not_the_events(records):
    place = at(records, d.DrawFrozen)
    fact = records[place].data
    lines = [line for line in fact.list.splitlines(keepends=True) if not line.startswith("item,E001,")]
    fewer = "".join(lines).replace("place,R1,seats=3", "place,R1,seats=2")
    forged = [
        *records[:place],
        replace(records[place], data=replace(fact, list=fewer)),
        *records[place + 1 :],
    ]
    found = points(forged)
    assert (found["audit.draw"], found["audit.draw_steps"]) == (False, False)


@pytest.mark.parametrize("before", [d.DrawRevealed, d.DrawDrawn])
def test_a_draw_stopped_when_it_could_be_known_is_out_of_turn(records, before):
    """And held again until the result pleased: the first stays on record, and the audit says so."""
    first, place = at(records, d.DrawFrozen), at(records, before)
    aside = replace(records[place], data=d.DrawDiscarded(purpose="order", reason="x", second="y"))
    assert points([*records[:place], aside, *records[first:]])["audit.draw_steps"] is False
    early = at(records, d.DrawPublic)
    fair = replace(records[early], data=aside.data)
    assert points([*records[:early], fair, *records[first:]])["audit.draw_steps"] is True


def test_a_change_before_the_result_is_out_of_turn(records):
    place = at(records, d.DrawDrawn)
    late = d.DrawChanged(purpose="order", change="withdrawn", id="E001", place="", reason="x", second="y")
    forged = [*records[:place], replace(records[place], data=late), *records[place:]]
    found = points(forged)
    assert False in (found.get("audit.draw_steps"), found.get("audit.unreadable"))
