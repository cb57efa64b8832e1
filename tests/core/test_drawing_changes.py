"""After the draw: whoever goes, comes late or is replaced, nobody else's lot moves."""

from __future__ import annotations

import pytest

from venue_app.base.errors import Known
from venue_app.rules.drawing import (
    Change,
    Contribution,
    Outcome,
    commit,
    read_plan,
    recompute,
    standing,
    transcript,
)

PEOPLE = "item,E1,in=R1\nitem,E2,in=R1\nitem,E3,in=R1\nplace,R1,seats=3\n"
DRAWN = Outcome({"R1": ("E2", "E3", "E1")})
JUDGES = """\
draw,seats,absent=lot,distinct=unit,late=barred,reserve=yes
item,J1,chief=yes,unit=U1
item,J2,unit=U2
item,J3,unit=U3
item,J4,chief=only,unit=U4
item,J5,unit=U2
item,J6,bar=R1,unit=U5
item,J7,unit=U1
item,J8,unit=U6
place,R1,chiefs=1,seats=3
"""
SEATED = Outcome({"R1": ("J1", "J2", "J3")}, ("J4", "J5", "J6", "J7", "J8"))


def people(absent="lot", late="barred"):
    return read_plan(f"draw,order,absent={absent},late={late}\n{PEOPLE}")


def lots(plan, *changes):
    return standing(plan, DRAWN, [Change(*change) for change in changes]).places["R1"]


def test_without_changes_the_result_stands():
    now = standing(people(), DRAWN)
    assert (now.places, now.reserve) == ({"R1": ("E2", "E3", "E1")}, ())


def test_a_withdrawal_leaves_an_empty_lot():
    assert lots(people(), ("withdrawn", "E3")) == ("E2", None, "E1")
    assert lots(people(), ("withdrawn", "E3"), ("withdrawn", "E2")) == (None, None, "E1")


def test_the_absent_are_out_only_where_the_list_says_so():
    assert lots(people(absent="out"), ("absent", "E2")) == (None, "E3", "E1")


def test_the_late_come_last_in_the_order_they_were_admitted():
    plan = people(late="last")
    assert lots(plan, ("late", "E9", "R1"), ("withdrawn", "E1"), ("late", "E4", "R1")) == (
        *("E2", "E3", None),
        *("E9", "E4"),
    )


def seated(*changes):
    now = standing(read_plan(JUDGES), SEATED, [Change(*change) for change in changes])
    return now.places["R1"], now.reserve


def test_a_seat_goes_to_the_first_of_the_reserve_who_may_take_it():
    # J4 is chief only; J5 shares U2 with J2, who leaves; so J5 may.
    assert seated(("replace", "J2")) == (("J1", "J5", "J3"), ("J4", "J6", "J7", "J8"))
    # For J3: J5 shares U2 with J2, J6 is barred, J7 shares U1 with J1.
    assert seated(("replace", "J3")) == (("J1", "J2", "J8"), ("J4", "J5", "J6", "J7"))
    assert seated(("replace", "J1")) == (("J4", "J2", "J3"), ("J5", "J6", "J7", "J8"))


def test_one_after_the_other():
    assert seated(("withdrawn", "J8"), ("replace", "J1"), ("replace", "J3")) == (
        ("J4", "J2", "J7"),
        ("J5", "J6"),
    )


def test_nobody_is_left_for_a_seat():
    with pytest.raises(Known) as caught:
        seated(("replace", "J1"), ("replace", "J4"))
    assert caught.value.code == "draw.change_reserve"
    assert (caught.value.params["id"], caught.value.params["place"]) == ("J4", "R1")


@pytest.mark.parametrize(
    ("plan", "change", "code"),
    [
        (people(), ("absent", "E2"), "change_rule"),
        (people(), ("late", "E9", "R1"), "change_rule"),
        (people(late="last"), ("late", "E1", "R1"), "twice"),
        (people(late="last"), ("late", "E9", "R2"), "unknown_place"),
        (people(late="last"), ("late", "张三", "R1"), "name"),
        (people(), ("withdrawn", "E9"), "change_unknown"),
        (people(), ("replace", "E9"), "change_unknown"),
    ],
)
def test_a_change_that_is_not_allowed(plan, change, code):
    with pytest.raises(Known) as caught:
        lots(plan, change)
    assert caught.value.code == f"draw.{code}"


def test_nobody_withdraws_twice():
    with pytest.raises(Known) as caught:
        lots(people(), ("withdrawn", "E3"), ("withdrawn", "E3"))
    assert caught.value.code == "draw.change_unknown"


def test_changes_are_recomputed_with_the_transcript():
    nonce = "0123456789abcdef" * 2
    parts = (Contribution("program", commit("program", nonce), nonce),)
    plan = people()
    said = transcript(plan, "event", "271828", parts, (Change("withdrawn", "E3"),))
    assert recompute(plan, said)["wrong"] == []
    row = said["result"]["R1"]  # type: ignore[index]
    assert said["standing"] == {
        "result": {"R1": [None if who == "E3" else who for who in row]},
        "reserve": [],
    }
    shown = {**said, "standing": {"result": {"R1": row}, "reserve": []}}
    assert recompute(plan, shown)["wrong"] == ["standing"]
    silent = {key: value for key, value in said.items() if key != "changes"}
    assert recompute(plan, silent)["wrong"] == ["standing"]


@pytest.mark.parametrize(
    "change",
    [
        {"contributions": None},
        {"contributions": [{"party": "program"}]},
        {"contributions": {"party": "program"}},
        {"changes": [{"kind": "moved", "id": "E1"}]},
        {"changes": "E1"},
        {"event": 7},
        {"seed": None},
    ],
)
def test_a_transcript_of_another_shape_is_refused(change):
    nonce = "0123456789abcdef" * 2
    parts = (Contribution("program", commit("program", nonce), nonce),)
    said = transcript(people(), "event", "271828", parts)
    with pytest.raises(Known) as caught:
        recompute(people(), said | change)
    assert caught.value.code in ("draw.transcript_field", "draw.transcript_list")
    assert caught.value.params["field"] == next(iter(change))
