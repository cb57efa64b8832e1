"""Facts of several venues under names that hold everywhere: each hall's own panel and ballot stay its own."""

from __future__ import annotations

import pytest

from tests.core.rules_world import facts_of, scheme_of
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, say
from venue_app.rules import Facts, compute
from venue_app.rules.joining import Names, across, joined, renamed
from venue_app.rules.number import text
from venue_app.scheme import Scheme

PLAN = """
[[groups]]
id = "observers"
title = "观众"
seats = 3
scope = "event"
trim = []
[[groups.criteria]]
id = "overall"
title = "总评"
maximum = 10
step = 1
[[ballots]]
id = "vote"
kind = "decide"
title = "票决"
within = "{within}"
[[components]]
id = "seen"
kind = "panel"
title = "观众测评"
group = "observers"
[[components]]
id = "share"
kind = "ballot"
title = "赞成率"
ballot = "vote"
measure = "share"
answers = ["for"]
[[components]]
id = "whole"
kind = "sum"
title = "总成绩"
terms = [{{ of = "seen", weight = 1 }}, {{ of = "share", weight = 1 }}]
"""


def plan(within: str = "event") -> Scheme:
    return scheme_of(PLAN.format(within=within), composite="whole")


def venue(scheme: Scheme, marks: list[int], votes: int, valid: int, where: str = "") -> Facts:
    """One entry E1 of C1 for P1 in R1; as many observers as marks; so many of the valid papers are for it."""
    return facts_of(
        scheme,
        entries=[{"id": "E1", "candidate": "C1", "post": "P1", "room": "R1"}],
        candidates=[{"id": "C1"}],
        panels=[{"group": "observers", "where": "", "seats": list(range(1, len(marks) + 1))}],
        sheets=[
            {"entry": "E1", "group": "observers", "seat": seat, "marks": {"overall": str(mark)}}
            for seat, mark in enumerate(marks, 1)
        ],
        ballots=[
            {
                "ballot": "vote",
                "where": where,
                "issued": valid,
                "counted": {"valid": valid, "votes": {"E1": {"for": votes, "against": valid - votes}}},
            }
        ],
    )


def names(place: str, person: str) -> Names:
    return Names(
        place, {"C1": person}, {"E1": f"{person}/乡长"}, {"P1": "乡长"}, {"R1": f"{place} · 第1考场"}
    )


def test_each_halls_observers_and_voters_stay_its_own():
    scheme = plan()
    # 甲: three observers, (9 + 8 + 7) ÷ 3 = 8; 3 of 4 papers, 75. 乙: two observers, (6 + 7) ÷ 2 = 6.5; 1 of 2, 50.
    parts = [
        renamed(scheme, venue(scheme, [9, 8, 7], 3, 4), names("甲地", "1")),
        renamed(scheme, venue(scheme, [6, 7], 1, 2), names("乙地", "2")),
    ]
    for order in (parts, parts[::-1]):
        results = compute(across(scheme), joined(order))
        found = {name: text(r.composite) for name, r in results.entries.items() if r.composite is not None}
        assert found == {"1/乡长": "83.00", "2/乡长": "56.50"}
        assert [results.entries[name].rank for name in ("1/乡长", "2/乡长")] == [1, 2]
        assert results.warnings == ()


def test_one_venue_keeps_every_number():
    scheme = plan()
    alone = compute(scheme, venue(scheme, [9, 8, 8], 2, 3)).entries["E1"]
    apart = compute(
        across(scheme), joined([renamed(scheme, venue(scheme, [9, 8, 8], 2, 3), names("甲地", "1"))])
    ).entries["1/乡长"]
    assert (alone.values, alone.rank, alone.outcome) == (apart.values, apart.rank, apart.outcome)
    assert text(alone.values["seen"]) == "8.33"  # type: ignore[arg-type]


def refused(*parts: Facts) -> str:
    with pytest.raises(Known) as caught:
        joined(parts)
    for language in LANGUAGES:
        assert len(say(caught.value, language)) > 15
    return caught.value.code


def test_what_two_venues_say_of_the_same_thing_is_refused():
    scheme = plan("post")
    one = renamed(scheme, venue(scheme, [9, 8, 7], 3, 4, "P1"), names("甲地", "1"))
    other = renamed(scheme, venue(scheme, [6, 7], 1, 2, "P1"), names("乙地", "2"))
    assert refused(one, other) == "joining.ballot_twice", (
        "two halls voted on one post, each on its own people"
    )
    event = plan()
    mine = renamed(event, venue(event, [9, 8, 7], 3, 4), names("甲地", "1"))
    assert refused(mine, renamed(event, venue(event, [6, 7], 1, 2), names("乙地", "1"))) == "joining.twice"
    same_room = renamed(event, venue(event, [6, 7], 1, 2), names("甲地", "2"))
    assert refused(mine, same_room) == "joining.panel_differs"
