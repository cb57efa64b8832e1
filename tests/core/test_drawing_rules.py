"""The general draw by its definition: the first of all complete fillings, found by trying them all."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise, permutations
from math import factorial

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from venue_app.base.errors import Known
from venue_app.rules import draw
from venue_app.rules.drawing import (
    Item,
    Place,
    Plan,
    Rules,
    arrangements,
    dice_for,
    explain,
    hold,
    plan_text,
    read_plan,
)
from venue_app.rules.drawing.plan import checked

seeds = st.text("abcdef0123456789", min_size=1, max_size=8)


@st.composite
def seatings(draw_):
    """Judges and rooms small enough to try everything."""
    rooms = draw_(st.integers(1, 3))
    places = tuple(
        Place(
            f"R{n}",
            seats,
            of=draw_(st.sampled_from(["", "", "", "S"])),
            chiefs=draw_(st.integers(0, min(2, seats))),
        )
        for n, seats in enumerate(
            draw_(st.lists(st.integers(1, 3 if rooms < 3 else 2), min_size=rooms, max_size=rooms))
        )
    )
    strata = ["", "", "", *sorted({p.stratum for p in places})]
    wanted = sum(p.seats for p in places)
    kept = draw_(st.sampled_from([None, None, (places[0].id, places[0].seats)]))
    judges = tuple(
        Item(
            f"J{n}",
            stratum=draw_(st.sampled_from(strata)),
            chief=draw_(st.sampled_from(["", "", "yes", "yes", "only"])),
            bars=frozenset(draw_(st.sets(st.sampled_from([p.id for p in places]), max_size=1))),
            keep=kept if n == 0 else None,
            traits=draw_(st.sampled_from([{}, {"unit": "U1"}, {"unit": "U2"}, {"unit": "U3"}])),
        )
        for n in range(draw_(st.integers(wanted, min(6, wanted + 2))))
    )
    rules = Rules(
        distinct=draw_(st.sampled_from(["", "unit"])), reserve=len(judges) > wanted or draw_(st.booleans())
    )
    return Plan("seats", places, judges, rules)


def may_all_sit(plan, seats, who):
    """The rules of docs/formats/draw.md for a whole filling, written down once more."""
    by_room: dict[str, list[Item]] = {}
    for (place, number), item in zip(seats, who, strict=True):
        if item.keep != (place.id, number):
            if item.stratum not in ("", place.stratum) or place.id in item.bars:
                return False
            if (number <= place.chiefs and not item.chief) or (
                number > place.chiefs and item.chief == "only"
            ):
                return False
        by_room.setdefault(place.id, []).append(item)
    if plan.rules.distinct:
        for items in by_room.values():
            for a, b in combinations(items, 2):
                same = a.traits.get("unit") is not None and a.traits.get("unit") == b.traits.get("unit")
                if same and not (a.keep and b.keep):
                    return False
    return True


def by_trying(plan, seed):
    """The first filling in dictionary order of tickets, or None, out of all there are."""
    places = sorted(plan.places, key=lambda p: p.id)
    seats = [(p, n) for p in places for n in range(1, p.seats + 1)]
    seats.sort(key=lambda s: s[1] > s[0].chiefs)
    kept = {item.keep: item for item in plan.items if item.keep}
    ranked = [item for item in plan.items if not item.keep]
    ranked.sort(key=lambda item: draw.ticket(seed, item.id))
    for row in permutations(ranked, len(seats) - len(kept)):
        rest = iter(row)
        who = [kept.get((p.id, n)) or next(rest) for p, n in seats]
        if may_all_sit(plan, seats, who):
            return {(p.id, n): item.id for (p, n), item in zip(seats, who, strict=True)}
    return None


@settings(max_examples=150)
@given(seatings(), seeds)
def test_seats_are_the_first_filling_and_none_only_when_there_is_none(plan, seed):
    wanted = by_trying(plan, seed)
    if wanted is None:
        with pytest.raises(Known) as caught:
            hold(plan, seed)
        assert caught.value.code.startswith("draw.conflict_")
    else:
        outcome = hold(plan, seed)
        found = {(p, n): who for p, names in outcome.places.items() for n, who in enumerate(names, 1)}
        assert found == wanted
        left = {item.id for item in plan.items} - set(wanted.values())
        assert list(outcome.reserve) == sorted(left, key=lambda who: draw.ticket(seed, who))


def most_fillable(plan, names, chiefs):
    """How many seats of those places can be filled at once, by trying every way."""
    seats = [(p, n) for p in plan.places if p.id in names for n in range(1, p.seats + 1)]
    seats = [s for s in seats if not chiefs or s[1] <= s[0].chiefs]
    for count in range(len(seats), 0, -1):
        for some in combinations(seats, count):
            for who in permutations(plan.items, count):
                if may_all_sit(plan, some, who):
                    return count
    return 0


@settings(max_examples=50)
@given(seatings())
def test_a_conflict_says_what_is_true_of_its_places(plan):
    plan = replace(plan, items=tuple(replace(i, keep=None) for i in plan.items))
    conflict = explain(plan)
    assume(conflict is not None and conflict.kind in ("seats", "chiefs"))
    assert conflict is not None and conflict.able < conflict.seats
    best = most_fillable(plan, conflict.places, conflict.kind == "chiefs")
    # `able` bounds what these places can get; where no chief is wanted it is reached.
    assert best <= conflict.able or best < sum(p.seats for p in plan.places if p.id in conflict.places)
    if conflict.kind == "chiefs" or not any(p.chiefs for p in plan.places):
        assert best == conflict.able


posts = st.lists(st.sampled_from(["P1", "P1", "P2", "P3", ""]), min_size=1, max_size=7)


def candidates(of_posts, room="R1"):
    return tuple(
        Item(f"E{n}", stratum=room, traits={"post": post} if post else {}) for n, post in enumerate(of_posts)
    )


def rows_apart(items):
    for row in permutations(items):
        kinds = [item.traits.get("post") or item.id for item in row]
        if all(a != b for a, b in pairwise(kinds)):
            yield [item.id for item in row]


@settings(max_examples=150)
@given(posts, seeds, st.integers(1, 6))
def test_apart_is_the_first_row_without_neighbours_of_one_post(of_posts, seed, cut):
    items = candidates(of_posts, "R1")
    cut = min(cut, len(items) - 1)
    halves = [Place("R1a", cut, of="R1")] if cut else []
    plan = Plan("sessions", (*halves, Place("R1b", len(items) - cut, of="R1")), items, Rules(apart="post"))
    ranked = sorted(items, key=lambda item: draw.ticket(seed, item.id))
    wanted = next(rows_apart(ranked), None)
    if wanted is None:
        conflict = explain(plan)
        assert conflict is not None and conflict.kind == "apart"
        assert len(conflict.items) > conflict.able
        assert {i.traits.get("post") for i in items if i.id in conflict.items} == set(conflict.units)
    else:
        assert [who for row in hold(plan, seed).places.values() for who in row] == wanted


@given(posts, seeds)
def test_adjacent_posts_are_drawn_first_and_their_people_within(of_posts, seed):
    items = candidates(of_posts)
    blocks = {f"post={p}" for p in of_posts if p} | {i.id for i in items if not i.traits}
    plan = Plan("order", (Place("R1", len(blocks)),), items, Rules(adjacent="post"))
    wanted = []
    for block in sorted(blocks, key=lambda name: draw.ticket(seed, name)):
        people = [i.id for i in items if block in (i.id, f"post={i.traits.get('post')}")]
        wanted += sorted(people, key=lambda name: draw.ticket(seed, name))
    assert list(hold(plan, seed).places["R1"]) == wanted


names = st.lists(st.text("ABC0123456789", min_size=1, max_size=6), min_size=1, max_size=25, unique=True)


def order_plan(rooms):
    places = tuple(Place(room, len(people)) for room, people in rooms.items())
    items = tuple(Item(who, stratum=room) for room, people in rooms.items() for who in people)
    return Plan("order", places, items)


@given(names, st.integers(0, 24), seeds)
def test_without_rules_the_first_method_is_a_special_case(listed, cut, seed):
    cut = min(cut, len(listed) - 1)
    rooms = {"R1": listed[:cut], "R2": listed[cut:]} if cut else {"R1": listed}
    assert hold(order_plan(rooms), seed).places == draw.order_all(seed, rooms)


@given(names, seeds, st.data())
def test_a_withdrawal_leaves_everyone_else_in_their_relative_order(listed, seed, data):
    gone = data.draw(st.sampled_from(listed))
    rest = [who for who in listed if who != gone]
    before = hold(order_plan({"R1": listed}), seed).places["R1"]
    after = hold(order_plan({"R1": rest}), seed).places["R1"] if rest else ()
    assert after == tuple(who for who in before if who != gone)


@settings(max_examples=50)
@given(seatings(), seeds, st.randoms(use_true_random=False))
def test_the_order_of_the_list_does_not_matter(plan, seed, shuffle):
    items, places = list(plan.items), list(plan.places)
    shuffle.shuffle(items)
    shuffle.shuffle(places)
    other = replace(plan, items=tuple(items), places=tuple(places))
    assert plan_text(other) == plan_text(plan)
    assert explain(other) == explain(plan)
    if explain(plan) is None:
        assert hold(other, seed) == hold(plan, seed)


@settings(max_examples=50)
@given(seatings(), st.randoms(use_true_random=False))
def test_a_list_read_back_is_the_same_plan(plan, shuffle):
    text = plan_text(plan)
    assert plan_text(read_plan(text)) == text
    lines = text.splitlines(keepends=True)
    shuffle.shuffle(lines)
    again = read_plan("".join(lines))
    assert plan_text(again) == text and explain(again) == explain(plan)


# --- conflicts, named ------------------------------------------------------------------------------------------


def judges(text):
    """`J1:U1 J2:U1!R1 J3:U2*` is a judge's unit, a barred room, a possible chief."""
    found = []
    for word in text.split():
        name, _, rest = word.rstrip("*").partition(":")
        unit, *bars = rest.split("!")
        found.append(
            Item(name, chief="yes" if word.endswith("*") else "", bars=frozenset(bars), traits={"unit": unit})
        )
    return tuple(found)


ROOMS = (Place("R1", 2), Place("R2", 2))
CHIEF_ROOMS = (Place("R1", 2, chiefs=1), Place("R2", 2, chiefs=1))
ONE_UNIT = Rules(distinct="unit", reserve=True)


@pytest.mark.parametrize(
    ("places", "listed", "kind", "where", "seats", "able", "units", "barred"),
    [
        (ROOMS, "J1:U1 J2:U2 J3:U3", "count", ("R1", "R2"), 4, 3, (), ()),
        # three of one unit and one other: two rooms can have two of the unit only
        (ROOMS, "J1:U1 J2:U1 J3:U1 J4:U2", "seats", ("R1", "R2"), 4, 3, ("U1",), ()),
        # enough people, but three of four may not sit in R1
        (
            ROOMS,
            "J1:U1!R1 J2:U2!R1 J3:U3!R1 J4:U4",
            "seats",
            ("R1",),
            2,
            1,
            (),
            ("J1/R1", "J2/R1", "J3/R1"),
        ),
        (CHIEF_ROOMS, "J1:U1* J2:U2 J3:U3 J4:U4 J5:U5", "chiefs", ("R1", "R2"), 2, 1, (), ()),
        # J1 must be chief of both rooms' only unit: chiefs J1 and J2 are barred from the same room
        (CHIEF_ROOMS, "J1:U1!R2* J2:U2!R2* J3:U3 J4:U4", "chiefs", ("R2",), 1, 0, (), ("J1/R2", "J2/R2")),
    ],
)
def test_a_conflict_names_what_stands_in_the_way(places, listed, kind, where, seats, able, units, barred):
    plan = Plan("seats", places, judges(listed), ONE_UNIT)
    found = explain(plan)
    assert found is not None
    assert (found.kind, found.places, found.seats, found.able) == (kind, where, seats, able)
    assert (found.units, found.barred) == (units, barred)
    with pytest.raises(Known) as caught:
        hold(plan, "any")
    assert caught.value.code == f"draw.conflict_{kind}"
    assert caught.value.params["places"] == ", ".join(where)


def test_recusals_that_force_a_unit_together():
    """J1 and J3, of one unit, may sit in R1 only; J2 and J4, of another, in R2 only."""
    plan = Plan("seats", CHIEF_ROOMS, judges("J1:U1!R2* J2:U2!R1* J3:U1!R2 J4:U2!R1"), Rules(distinct="unit"))
    assert by_trying(plan, "any") is None
    found = explain(plan)
    assert found is not None
    assert (found.kind, found.seats, found.able, found.units) == ("seats", 4, 2, ("U1", "U2"))


def test_chiefs_and_the_rest_in_each_others_way():
    """Chiefs alone fit (J4 in R1, J3 in R2), and so do all seats (J3 and J4 in R1, J1 and J2 in R2), but with J4 and
    J3 as chiefs R2 can only be completed by J1, not by J2 of the chief's unit, and R1 not at all.
    """
    listed = "J1:U1 J2:U2!R1 J3:U2* J4:U1!R2*"
    plan = Plan("seats", CHIEF_ROOMS, judges(listed), Rules(distinct="unit"))
    assert by_trying(plan, "any") is None
    found = explain(plan)
    assert found is not None
    assert (found.kind, found.items, found.units) == ("both", ("J3", "J4"), ("U1", "U2"))


def test_a_larger_body_with_too_many_and_no_reserve():
    found = explain(Plan("seats", ROOMS, judges("J1:U1 J2:U2 J3:U3 J4:U4 J5:U5"), Rules()))
    assert found is not None and (found.kind, found.seats, found.able) == ("count", 4, 5)


# --- what is refused before anything -----------------------------------------------------------------------------

GOOD = "draw,order,absent=lot,late=barred\nitem,E1,in=R1\nplace,R1,seats=1\n"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("draw,order,absent=lot,late=barred\n", "", "no_draw_line"),
        ("item,E1,in=R1\n", "", "list_empty"),
        ("order", "shuffle", "plan_line"),
        ("absent=lot,", "", "plan_line"),
        ("absent=lot,late=barred", "late=barred,absent=lot", "plan_line"),
        ("absent=lot", "absent=never", "plan_line"),
        ("item,E1", "item,张三", "plan_line"),
        ("item,E1", "item,Ｅ1", "plan_line"),
        ("item,E1", "item,E 1", "plan_line"),
        ("item,E1", "\ufeffitem,E1", "plan_line"),
        ("in=R1\n", "in=R1\r\n", "plan_line"),
        ("in=R1\n", "in=R1,in=R1\n", "plan_line"),
        ("in=R1\n", "bar=R2+R1,in=R1\n", "plan_line"),
        ("in=R1\n", "chief=no,in=R1\n", "plan_line"),
        ("in=R1\n", "in=R1,keep=R1\n", "plan_line"),
        ("seats=1", "seats=01", "plan_line"),
        ("seats=1", "seats=０", "plan_line"),
        ("seats=1", "chiefs=0,seats=1", "plan_line"),
        ("seats=1", "in=R1,seats=1", "plan_line"),
        ("seats=1", "seats=0", "seats"),
        ("seats=1", "chiefs=2,seats=1", "seats"),
        ("in=R1\n", "in=R2\n", "unknown_place"),
        ("in=R1\n", "bar=R9,in=R1\n", "unknown_place"),
        ("in=R1\n", "in=R1,keep=R1/2\n", "unknown_place"),
        ("in=R1\n", "in=R1\nitem,E1,in=R1\n", "twice"),
        ("in=R1\n", "in=R1,keep=R1/1\nitem,E2,keep=R1/1\n", "kept_twice"),
        ("absent=lot", "absent=lot,adjacent=post,apart=post", "rules_mixed"),
        ("absent=lot", "absent=lot,adjacent=post,distinct=post", "rules_mixed"),
        ("late=barred", "apart=post,late=barred,reserve=yes", "rules_mixed"),
        (
            "absent=lot,late=barred\nitem,E1",
            "absent=lot,apart=post,late=barred\nitem,E1,bar=R1",
            "rules_mixed",
        ),
    ],
)
def test_a_bad_list_is_refused(old, new, code):
    read_plan(GOOD)
    with pytest.raises(Known) as caught:
        read_plan(GOOD.replace(old, new))
    assert caught.value.code == f"draw.{code}"


def test_a_block_stays_in_one_room():
    items = (Item("E1", stratum="R1", traits={"post": "P1"}), Item("E2", stratum="R2", traits={"post": "P1"}))
    plan = Plan("order", (Place("R1", 1), Place("R2", 1)), items, Rules(adjacent="post"))
    with pytest.raises(Known) as caught:
        checked(plan)
    assert (caught.value.code, caught.value.params) == ("draw.block_split", {"block": "P1"})


# --- what the hall should throw ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "sides", "dice"),
    # log10 30! = 32.42, log10 50! = 64.48, log10 10! = 6.56, log6 10! = 8.43
    [(30, 10, 33), (50, 10, 65), (10, 10, 7), (10, 6, 9), (1, 10, 0)],
)
def test_dice(people, sides, dice):
    plan = order_plan({"R1": [f"E{n}" for n in range(people)]})
    assert arrangements(plan) == factorial(people)
    assert dice_for(arrangements(plan), sides) == dice


def test_dice_of_other_draws():
    # two rooms of 3 and 2: 3! 2! = 12; blocks of 2 and 1 in any order: 2! 2! 1! = 4; 2 of 4 sets: 4 * 3 = 12
    assert arrangements(order_plan({"R1": ["A", "B", "C"], "R2": ["D", "E"]})) == 12
    blocks = Plan("order", (Place("R1", 2),), candidates(["P1", "P1", "P2"]), Rules(adjacent="post"))
    assert arrangements(blocks) == 4
    sets = tuple(Item(f"Q{n}") for n in range(4))
    plan = Plan("questions", (Place("am", 1), Place("pm", 1)), sets, Rules(reserve=True))
    assert arrangements(plan) == 12
    with pytest.raises(ValueError, match="1"):
        dice_for(10, 1)
