"""Components of every kind, worked by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.core.rules_world import entries, results_of, scheme_of, sheets, valued
from venue_app.rules.kinds.statistics import root
from venue_app.scheme.judging import Rounding


def _c(kind, more):
    return f'[[components]]\nid = "z"\nkind = "{kind}"\ntitle = "z"\n{more}\n'


def _one(kind, more, names="x y", **values):
    given = "".join(f'[[components]]\nid = "{n}"\nkind = "imported"\ntitle = "{n}"\n' for n in names.split())
    scheme = scheme_of(given + _c(kind, more), composite="z")
    rows = [{"entry": "a", "component": n, "value": str(v)} for n, v in values.items()]
    return results_of(scheme, entries=entries("a"), values=rows)


def test_sums_nest_and_every_declared_step_cuts():
    # x 81.5, y 77.25: inner 0.6 × 81.5 + 0.4 × 77.25 = 48.9 + 30.9 = 79.8
    found = _one(
        "sum", 'terms = [{ of = "x", weight = 0.6 }, { of = "y", weight = 0.4 }]', x="81.5", y="77.25"
    )
    assert found.value("a", "z") == Decimal("79.80")
    # each weighted term cut first: 82.35 × 0.3 = 24.705 → 24.71; 77.77 × 0.7 = 54.439 → 54.44: 79.15 (not 79.14)
    terms = 'terms = [{ of = "x", weight = 0.3, rounding = { places = 2 } }, { of = "y", weight = 0.7, rounding = { places = 2 } }]'
    assert _one("sum", terms, x="82.35", y="77.77").value("a", "z") == Decimal("79.15")
    plain = 'terms = [{ of = "x", weight = 0.3 }, { of = "y", weight = 0.7 }]'
    assert _one("sum", plain, x="82.35", y="77.77").value("a", "z") == Decimal("79.14")  # 79.144


def test_sums_divided_with_points_added_and_held():
    # (80 + 85.5) ÷ 3 = 55.1666…, plus nothing: 55.17; with 5 added 170.5 ÷ 3 = 56.8333…
    assert _one("sum", 'terms = [{ of = "x" }, { of = "y" }]\ndivide = 3', x=80, y="85.5").value(
        "a", "z"
    ) == Decimal("55.17")
    more = 'terms = [{ of = "x" }, { of = "y" }]\nplus = 5\ndivide = 3'
    assert _one("sum", more, x=80, y="85.5").value("a", "z") == Decimal("56.83")
    assert _one("sum", 'terms = [{ of = "x" }, { of = "y" }]\ncap = 120', x=80, y=60).value(
        "a", "z"
    ) == Decimal("120.00")
    less = 'terms = [{ of = "x" }, { of = "y", weight = -1 }]\nfloor = 0'
    assert _one("sum", less, x=10, y=60).value("a", "z") == Decimal("0.00")


def test_weights_as_ratios():
    found = _one("sum", 'terms = [{ of = "x", weight = "1/3" }, { of = "y", weight = "2/3" }]', x=80, y=85)
    assert found.value("a", "z") == Decimal("83.33")  # 250 ÷ 3


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("0.6 * x + 0.4 * y", "84.80"),
        ("x + y / 3", "111.67"),  # 82 + 29.666…
        ("(x + y) / 2 - 1.5", "84.00"),
        ("max(x, y) - min(x, y)", "7.00"),
        ("mean(x, y, 100)", "90.33"),  # 271 ÷ 3
        ("trunc(x / 7, 1) * 2", "23.40"),  # 11.714… → 11.7
        ("round(y / 7, 0)", "13.00"),  # 12.714…
        ("roundup(x / 9, 0)", "10.00"),  # 9.11…
        ("if(x >= y, x, y)", "89.00"),
        ("if(x < y, 1, 2) + abs(x - y)", "8.00"),
        ("-x + 100", "18.00"),
        ("2 * (x == 82) + (y != 89)", "2.00"),
        ("x - 2 - 3", "77.00"),
        ("x / 2 / 2", "20.50"),
        ("known(y, 0) + sum(x, 1)", "172.00"),
    ],
)
def test_formulas(formula, expected):
    assert _one("formula", f'formula = "{formula}"', x=82, y=89).value("a", "z") == Decimal(expected)


def test_a_formula_with_something_missing_waits_unless_it_says_what_then():
    assert _one("formula", 'formula = "x + y"', x=82).value("a", "z") is None
    assert _one("formula", 'formula = "x + known(y, 5)"', x=82).value("a", "z") == Decimal("87.00")


def test_division_by_zero_has_no_value():
    found = _one("formula", 'formula = "x / y"', x=82, y=0)
    assert found.entries["a"].why["z"].code == "division_by_zero"


def _people(kind, more, marks, rooms=None, **rows):
    """Entries with marks in component x, one room or those given; values of z by entry."""
    scheme = scheme_of(
        '[[components]]\nid = "x"\nkind = "imported"\ntitle = "x"\nmaximum = 1000\n' + _c(kind, more),
        composite="z",
    )
    who = [{"id": n, "post": "p", "room": (rooms or {}).get(n, "")} for n in marks]
    values = [{"entry": n, "component": "x", "value": str(v)} for n, v in marks.items() if v is not None]
    results = results_of(scheme, entries=who, values=values, **rows)
    return results, {n: results.value(n, "z") if n in results.position else None for n in marks}


ROOMS = {"a": "1", "b": "1", "d": "1", "e": "2", "f": "2"}
MARKS = {"a": "80", "b": "84", "d": "85", "e": "78", "f": "76"}
# room 1: 249 ÷ 3 = 83; room 2: 154 ÷ 2 = 77


def test_balancing_by_the_mean_of_room_means():
    # overall (83 + 77) ÷ 2 = 80; 80 ÷ 83 = 0.963855… → 0.9639; 80 ÷ 77 = 1.038961… → 1.0390
    _, found = _people("balance", 'of = "x"', MARKS, ROOMS)
    assert found["a"] == Decimal("77.11")  # 80 × 0.9639 = 77.112
    assert found["d"] == Decimal("81.93")  # 85 × 0.9639 = 81.9315
    assert found["f"] == Decimal("78.96")  # 76 × 1.0390 = 78.964


def test_balancing_by_the_mean_of_all_people():
    # overall 403 ÷ 5 = 80.6; 80.6 ÷ 83 = 0.97108… → 0.97; 80.6 ÷ 77 = 1.04675… → 1.05
    more = 'of = "x"\noverall = "people"\ncoefficient = { places = 2 }'
    _, found = _people("balance", more, MARKS, ROOMS)
    assert found["a"] == Decimal("77.60")
    assert found["f"] == Decimal("79.80")


def test_balancing_by_trimmed_means():
    marks = {**MARKS, "g": "60", "h": "99"}
    rooms = {**ROOMS, "g": "1", "h": "2"}
    # room 1: 60 80 84 85 without ends 82; room 2: 76 78 99 without ends 78; overall 80
    # 80 ÷ 82 = 0.975609… → 0.976; 80 ÷ 78 = 1.025641… → 1.026
    more = 'of = "x"\ndrop_high = 1\ndrop_low = 1\ncoefficient = { places = 3 }'
    _, found = _people("balance", more, marks, rooms)
    assert found["g"] == Decimal("58.56")
    assert found["h"] == Decimal("101.57")  # 101.574


def test_the_absent_are_left_out_of_the_means():
    marks = {**MARKS, "g": None}
    rooms = {**ROOMS, "g": "2"}
    results, found = _people("balance", 'of = "x"', marks, rooms, absent=[{"entry": "g"}])
    assert found["f"] == Decimal("78.96")
    assert results.entries["g"].outcome.code == "absent"


def test_balancing_waits_for_everybody():
    results, found = _people("balance", 'of = "x"', {**MARKS, "g": None}, {**ROOMS, "g": "2"})
    assert found["a"] is None
    assert results.entries["a"].why["z"].code == "others_missing"


@pytest.mark.parametrize(
    ("take", "expected"),
    [
        ("mean", "80.60"),
        ("median", "80.00"),
        ("highest", "85.00"),
        ("lowest", "76.00"),
        ("sum", "403.00"),
        ("count", "5.00"),
        ("deviation", "3.44"),  # squares 0.36 11.56 19.36 6.76 21.16: 59.2 ÷ 5 = 11.84, root 3.4409…
    ],
)
def test_statistics_of_everybody(take, expected):
    _, found = _people("statistic", f'of = "x"\ntake = "{take}"', MARKS, ROOMS)
    assert set(found.values()) == {Decimal(expected)}


def test_a_rank_is_ones_own():
    _, found = _people(
        "statistic", 'of = "x"\ntake = "rank"\nrounding = { places = 0 }', {**MARKS, "g": "84"}, ROOMS
    )
    assert [found[n] for n in "dbgaef"] == [1, 2, 2, 4, 5, 6]


def test_statistics_within_a_room():
    _, found = _people("statistic", 'of = "x"\nwithin = "room"', MARKS, ROOMS)
    assert (found["a"], found["e"]) == (Decimal("83.00"), Decimal("77.00"))


def test_roots_are_cut_exactly():
    assert root(Fraction(2), Rounding(4)) == Fraction("1.4142")
    assert root(Fraction(2), Rounding(4, "up")) == Fraction("1.4143")
    assert root(Fraction("2.25"), Rounding(0)) == 2  # 1.5 half-up
    assert root(Fraction("2.25"), Rounding(0, "half-even")) == 2
    assert root(Fraction("6.25"), Rounding(0, "half-even")) == 2  # 2.5
    assert root(Fraction("6.2499"), Rounding(0)) == 2


def test_the_best_of_a_unit_has_full_points():
    # best of post p is 85: 80 ÷ 85 × 60 = 56.470588…
    _, found = _people("best", 'of = "x"\npoints = 60', MARKS, ROOMS)
    assert (found["d"], found["a"]) == (Decimal("60.00"), Decimal("56.47"))


def test_grades_by_forced_proportions():
    grades = """of = "x"
rounding = { places = 0 }
grades = [
  { id = "A", title = "优秀", points = 3, share = 0.2, at_least = 90 },
  { id = "B", title = "称职", points = 2, share = 0.5 },
  { id = "C", title = "其他", points = 1 },
]"""
    marks = {f"e{n}": str(m) for n, m in enumerate((95, 94, 93, 90, 88, 88, 88, 70, 65, 60))}
    results, found = _people("grade", grades, marks)
    # ten people: at most 2 A; at most 5 B: 93, 90 and the three 88 make five; the rest C
    assert [int(found[f"e{n}"]) for n in range(10)] == [3, 3, 2, 2, 2, 2, 2, 1, 1, 1]
    assert str(results.entries["e0"].labels["z"]) == "优秀"


def test_tied_people_are_not_parted_by_a_grade():
    grades = """of = "x"
rounding = {{ places = 0 }}
ties = "{ties}"
grades = [{{ id = "A", title = "A", points = 2, share = 0.3 }}, {{ id = "B", title = "B", points = 1 }}]"""
    marks = {f"e{n}": str(m) for n, m in enumerate((95, 94, 93, 93, 90, 80, 70, 60, 50, 40))}
    _, down = _people("grade", grades.format(ties="down"), marks)
    assert [int(down[f"e{n}"]) for n in range(5)] == [2, 2, 1, 1, 1]
    _, up = _people("grade", grades.format(ties="up"), marks)
    assert [int(up[f"e{n}"]) for n in range(5)] == [2, 2, 2, 2, 1]


def test_the_lowest_grade_may_be_forced():
    grades = """of = "x"
rounding = { places = 0 }
people = "up"
grades = [{ id = "A", title = "A", points = 2, share = 1 }, { id = "B", title = "B", points = 1, at_least_share = 0.15 }]"""
    marks = {f"e{n}": str(90 - n) for n in range(10)}
    _, found = _people("grade", grades, marks)
    assert [int(found[f"e{n}"]) for n in (0, 7, 8, 9)] == [2, 2, 1, 1]  # 1.5 people up: 2


def test_bonus_by_attributes_with_a_cap():
    more = """awards = [
  { points = 3, title = "研究生", when = [{ attribute = "education", equals = "研究生" }] },
  { points = 2, title = "基层三年", when = [{ attribute = "years", at_least = 3 }] },
  { points = 1.5, title = "奖励", when = [{ attribute = "prize", present = true }] },
]
"""
    attributes = {"education": "研究生", "years": "3", "prize": "省级"}
    for rule, expected in (("cap = 5", "5.00"), ("", "6.50"), ('take = "highest"', "3.00")):
        scheme = scheme_of(_c("bonus", more + rule), composite="z")
        who = entries("a", attributes=attributes) + entries("b", attributes={"years": "2.5"})
        results = results_of(scheme, entries=who)
        assert results.value("a", "z") == Decimal(expected), rule
        assert results.value("b", "z") == Decimal("0.00")


def test_attributes_of_entry_person_and_post():
    scheme = scheme_of(_c("attribute", 'attribute = "years"\ntimes = 0.5\ncap = 4'), composite="z")
    results = results_of(
        scheme,
        posts=[{"id": "p", "attributes": {"years": "3"}}],
        candidates=[{"id": "b", "attributes": {"years": "5"}}],
        entries=[*entries("a", "b"), *entries("d", attributes={"years": "20"})],
    )
    assert [results.value(n, "z") for n in "abd"] == [Decimal("1.50"), Decimal("2.50"), Decimal("4.00")]


def test_cases_by_attribute_of_the_post():
    more = """cases = [{ when = [{ attribute = "kind", equals = "技术" }], of = "x" }]
otherwise = "y" """
    scheme = scheme_of(
        "".join(f'[[components]]\nid = "{n}"\nkind = "imported"\ntitle = "{n}"\n' for n in "xy")
        + _c("case", more),
        composite="z",
    )
    results = results_of(
        scheme,
        posts=[{"id": "p", "attributes": {"kind": "技术"}}, {"id": "q"}],
        entries=[*entries("a"), *entries("b", post="q")],
        values=[*valued("x", a=90, b=91), *valued("y", a=70, b=71)],
    )
    assert [results.value(n, "z") for n in "ab"] == [90, 71]


def test_steps_turn_marks_into_points():
    more = """of = "x"
otherwise = 10
steps = [{ at_least = 60, value = 20 }, { at_least = 90, value = 40, title = "优秀" }, { at_least = 80, value = 30 }]"""
    results, found = _people("steps", more, {"a": "90", "b": "89.99", "d": "60", "e": "59.9"})
    assert [int(found[n]) for n in "abde"] == [40, 30, 20, 10]
    assert str(results.entries["a"].labels["z"]) == "优秀"


STAGE = """
[[stages]]
id = "s"
title = "演讲"
limit_s = 300
at_end = "penalty"
penalties = [{ up_to_s = 10, points = 0.02 }, { up_to_s = 30, points = 0.05 }, { up_to_s = 60, points = 0.1 }]
"""


@pytest.mark.parametrize(
    ("seconds", "points"), [(0, "0.00"), (1, "0.02"), (10, "0.02"), (11, "0.05"), (60, "0.10"), (90, "0.10")]
)
def test_running_over_costs_by_bands(seconds, points):
    scheme = scheme_of(STAGE + _c("overrun", 'stage = "s"'), composite="z")
    rows = [{"entry": "a", "stage": "s", "seconds": seconds}] if seconds else []
    assert results_of(scheme, entries=entries("a"), overruns=rows).value("a", "z") == Decimal(points)


@pytest.mark.parametrize(
    ("absent", "value", "code"),
    [("out", None, "absent"), ("zero", "41.00", "passed"), ("omit", "82.00", "passed")],
)
def test_absence_by_the_components_own_rule(absent, value, code):
    body = f'[[components]]\nid = "x"\nkind = "imported"\ntitle = "x"\nabsent = "{absent}"\n'
    body += '[[components]]\nid = "y"\nkind = "imported"\ntitle = "y"\n'
    terms = 'terms = [{ of = "x", weight = 0.5 }, { of = "y", weight = 0.5 }]'
    if absent == "omit":
        terms = 'terms = [{ of = "x", weight = 0.5 }, { of = "y", weight = 1 }]'
    scheme = scheme_of(body + _c("sum", terms), composite="z")
    results = results_of(
        scheme, entries=entries("a"), values=valued("y", a=82), absent=[{"entry": "a", "component": "x"}]
    )
    found = results.value("a", "z")
    assert (None if found is None else str(found), results.entries["a"].outcome.code) == (value, code)


PLACES = """
[[groups]]
id = "panel"
title = "评委"
seats = 3
[[groups.criteria]]
id = "total"
title = "总分"
maximum = 100
step = 1
"""


def test_places_with_each_judge_are_added():
    # judge 1: a 90, b 80, d 70 → 1 2 3; judge 2: a 80, b 85, d 80 → 2.5 1 2.5; judge 3: a 70 b 60 d 90 → 2 3 1
    marks = {"a": (90, 80, 70), "b": (80, 85, 60), "d": (70, 80, 90)}
    body = (
        PLACES
        + _c("places", 'group = "panel"')
        + '[[rounds]]\nid = "r"\ntitle = "r"\nby = "z"\norder = "ascending"\n'
    )
    scheme = scheme_of(body, composite="z")
    rows = [row for name, totals in marks.items() for row in sheets(name, *totals)]
    results = results_of(scheme, entries=entries(*marks), sheets=rows)
    assert [str(results.value(n, "z")) for n in "abd"] == ["5.50", "6.00", "6.50"]
    assert [results.entries[n].rank for n in "abd"] == [1, 2, 3]
    waiting = results_of(scheme, entries=entries(*marks), sheets=rows[:-1])
    assert waiting.entries["a"].why["z"].code == "others_missing"
    gone = results_of(scheme, entries=entries(*marks, "e"), sheets=rows, absent=[{"entry": "e"}])
    assert str(gone.value("a", "z")) == "5.50" and gone.entries["e"].outcome.code == "absent"


@pytest.mark.parametrize(
    ("seconds", "points"), [(0, "0.00"), (1, "0.50"), (30, "0.50"), (31, "1.00"), (95, "2.00")]
)
def test_running_over_costs_for_each_span_begun(seconds, points):
    stage = '[[stages]]\nid = "s"\ntitle = "s"\nlimit_s = 300\nat_end = "penalty"\npenalties = [{ every_s = 30, points = 0.5 }]\n'
    scheme = scheme_of(stage + _c("overrun", 'stage = "s"'), composite="z")
    rows = [{"entry": "a", "stage": "s", "seconds": seconds}] if seconds else []
    assert results_of(scheme, entries=entries("a"), overruns=rows).value("a", "z") == Decimal(points)
