"""A panel's result, every number worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.core.rules_world import entries, facts_of, panel_scheme, refused, results_of, scheme_of, sheets
from venue_app.rules import check_sheet, panel_result, sheet_marks, sheet_total

SEVEN = ("88.5", "79", "91.2", "85", "85", "90", "82.3")
# in order 79 82.3 85 85 88.5 90 91.2; without ends 82.3+85+85+88.5+90 = 430.8; ÷ 5 = 86.16


def _result(scheme, *totals, **more):
    facts = facts_of(scheme, entries=entries("a"), sheets=sheets("a", *totals), **more)
    return panel_result(scheme, facts, "a", "panel")


def test_one_high_one_low_dropped():
    found = _result(panel_scheme(), *SEVEN)
    assert (found.state, found.high, found.low) == ("ok", (3,), (2,))
    assert (found.kept_sum, found.kept_count, found.value) == (Decimal("430.8"), 5, Decimal("86.16"))


def test_the_column_agrees_with_the_panel_alone():
    scheme = panel_scheme()
    results = results_of(scheme, entries=entries("a"), sheets=sheets("a", *SEVEN))
    assert results.value("a", "c") == Decimal("86.16")


def test_of_equal_extremes_only_one_goes():
    # 90 90 90 80 70 70 70: without one 90 and one 70: 90+90+80+70+70 = 400, ÷ 5 = 80
    found = _result(panel_scheme(), 90, 90, 90, 80, 70, 70, 70)
    assert found.value == Decimal("80.00")
    assert (len(found.high), len(found.low)) == (1, 1)


def test_two_of_each_when_there_are_more():
    rule = "trim = [{ high = 1, low = 1 }, { high = 2, low = 2, when_more_than = 9 }]\nminimum = 7"
    scheme = panel_scheme(11, rule)
    # eleven: 60 61 62 ... 70; without two at each end 62..68, mean 65
    assert _result(scheme, *range(60, 71)).value == Decimal("65.00")
    # nine left of eleven (two excused): one of each: 61..67 of 60..68, mean 64
    out = [{"entry": "a", "group": "panel", "seat": s, "state": "excused"} for s in (10, 11)]
    assert _result(scheme, *range(60, 69), out_seats=out).value == Decimal("64.00")


def test_no_trim_at_or_below_a_size():
    scheme = panel_scheme(5, "trim = { high = 1, low = 1, when_more_than = 5 }")
    # 80 82 84 86 93: all five count, 425 ÷ 5 = 85
    assert _result(scheme, 80, 82, 84, 86, 93).value == Decimal("85.00")


def test_trim_by_share_of_the_sheets():
    scheme = panel_scheme(20, "trim = { high = 0, low = 0, high_percent = 10, low_percent = 10 }")
    # twenty marks 61..80: two of each go, 63..78, mean 70.5
    assert _result(scheme, *range(61, 81)).value == Decimal("70.50")


def test_recusal_leaves_n():
    # seat 3 (91.2) recused: 79 82.3 85 85 88.5 90: 82.3+85+85+88.5 = 340.8, ÷ 4 = 85.2
    out = [{"entry": "a", "group": "panel", "seat": 3, "state": "recused"}]
    totals = [t if seat != 3 else None for seat, t in enumerate(SEVEN, 1)]
    found = _result(panel_scheme(), *totals, out_seats=out)
    assert (found.value, found.kept_count, dict(found.out)) == (Decimal("85.20"), 4, {3: "recused"})


def test_a_missing_sheet_is_not_zero():
    found = _result(panel_scheme(), *SEVEN[:6])
    assert (found.state, found.value, found.missing) == ("not_yet", None, (7,))


def test_whoever_is_said_to_be_absent_and_has_every_sheet_was_there():
    gone = [{"entry": "a"}]
    assert _result(panel_scheme(), *SEVEN, absent=gone).state == "ok"
    assert _result(panel_scheme(), *SEVEN[:6], absent=gone).state == "absent"


def test_below_the_minimum_it_waits_for_a_decision():
    out = [{"entry": "a", "group": "panel", "seat": s, "state": "absent"} for s in (4, 5, 6, 7)]
    scheme = panel_scheme(7, "minimum = 5")
    assert _result(scheme, 80, 81, 85, out_seats=out).state == "below_minimum"
    accepted = [{"entry": "a", "group": "panel"}]
    found = _result(scheme, 80, 81, 85, out_seats=out, accepted=accepted)
    assert (found.state, found.value) == ("ok", Decimal("81.00"))


def test_a_trim_that_leaves_nothing_waits_even_when_accepted():
    out = [{"entry": "a", "group": "panel", "seat": s, "state": "absent"} for s in (3, 4, 5, 6, 7)]
    found = _result(panel_scheme(), 80, 81, out_seats=out, accepted=[{"entry": "a", "group": "panel"}])
    assert found.state == "below_minimum"


CRITERIA = """
[[groups]]
id = "panel"
title = "panel"
seats = 4
trim = {{ high = 1, low = 1, on = "{on}" }}
{more}
[[groups.criteria]]
id = "x"
title = "x"
maximum = 10
step = 0.1
[[groups.criteria]]
id = "y"
title = "y"
maximum = 10
step = 0.1
[[components]]
id = "c"
kind = "panel"
title = "c"
group = "panel"
"""
TWO = [("9.5", "5.1"), ("6.2", "9.9"), ("7.7", "7.4"), ("8", "8.8")]


def _two(on, more=""):
    scheme = scheme_of(CRITERIA.format(on=on, more=more))
    rows = [
        {"entry": "a", "group": "panel", "seat": seat, "marks": {"x": x, "y": y}}
        for seat, (x, y) in enumerate(TWO, 1)
    ]
    facts = facts_of(scheme, entries=entries("a"), sheets=rows)
    return panel_result(scheme, facts, "a", "panel")


def test_dropping_totals_and_dropping_by_criterion_differ():
    # totals 14.6 16.1 15.1 16.8; kept 16.1 + 15.1 = 31.2, ÷ 2 = 15.6
    assert _two("totals").value == Decimal("15.60")
    # x: 6.2 7.7 8 9.5 → 15.7 ÷ 2 = 7.85; y: 5.1 7.4 8.8 9.9 → 16.2 ÷ 2 = 8.1; together 15.95
    found = _two("criteria")
    assert found.value == Decimal("15.95")
    assert found.dropped["x"] == ((1,), (2,)) and found.dropped["y"] == ((2,), (1,))


def test_each_criterion_can_be_cut_first():
    # 7.85 → 7.8 truncated to one place, 8.1 stays: 15.9
    assert _two("criteria", 'criterion_rounding = { places = 1, mode = "truncate" }').value == Decimal(
        "15.90"
    )


def test_weighted_criteria():
    body = CRITERIA.format(on="totals", more="").replace(
        "step = 0.1\n[[components]]", "step = 0.1\nweight = 0.5\n[[components]]"
    )
    scheme = scheme_of(body)
    group = scheme.group("panel")
    marks = sheet_marks(group, {"x": Decimal("9.5"), "y": Decimal("5.1")})
    assert sheet_total(group, marks) == Decimal("12.05")  # 9.5 + 5.1 ÷ 2
    assert group.maximum == 15
    rows = [
        {"entry": "a", "group": "panel", "seat": s, "marks": {"x": x, "y": y}}
        for s, (x, y) in enumerate(TWO, 1)
    ]
    # totals 12.05 11.15 11.4 12.4; kept 12.05 + 11.4 = 23.45, ÷ 2 = 11.725 → 11.73
    assert results_of(scheme, entries=entries("a"), sheets=rows).value("a", "c") == Decimal("11.73")


def test_median_and_sum():
    no_trim = "trim = { high = 0, low = 0 }\n"
    assert _result(panel_scheme(5, no_trim + 'take = "median"'), 70, 95, 80, 60, 82).value == Decimal("80.00")
    assert _result(panel_scheme(4, no_trim + 'take = "median"'), 70, 95, 80, 60).value == Decimal("75.00")
    assert _result(panel_scheme(3, no_trim + 'take = "sum"'), 70, "95.5", 80).value == Decimal("245.50")


def test_sheets_too_far_out_are_void():
    # mean of 80 82 84 86 40 is 74.4; beyond 15 is only 40; then 80 82 84 86 without ends: 83
    scheme = panel_scheme(5, "discard = { beyond = 15 }")
    found = _result(scheme, 80, 82, 84, 86, 40)
    assert (found.voided, found.value) == ((5,), Decimal("83.00"))
    results = results_of(scheme, entries=entries("a"), sheets=sheets("a", 80, 82, 84, 86, 40))
    assert results.value("a", "c") == Decimal("83.00")


def test_truncated_mean():
    # 80.1 + 80.1 + 80.2 = 240.4 ÷ 3 = 80.1333… → 80.13; ÷ truncated to 1 place 80.1
    totals = (80.1, 80.1, 80.2, 90, 70)
    assert _result(panel_scheme(5), *totals).value == Decimal("80.13")
    cut = 'rounding = { places = 1, mode = "truncate" }'
    assert _result(panel_scheme(5, cut), *totals).value == Decimal("80.1")


def test_panels_of_their_own_size():
    scheme = panel_scheme()
    found = _result(
        scheme, 80, 81, 85, 90, 70, panels=[{"group": "panel", "where": "", "seats": [1, 2, 3, 4, 5]}]
    )
    assert (found.seats, found.value) == ((1, 2, 3, 4, 5), Decimal("82.00"))


@pytest.mark.parametrize(
    ("mark", "code"),
    [("100.1", "mark_above"), ("-1", "mark_below"), ("88.55", "mark_step"), ("NaN", "mark_above")],
)
def test_marks_that_may_not_stand(mark, code):
    group = panel_scheme().group("panel")
    assert refused(lambda: check_sheet(group.criteria, {"total": Decimal(mark)})).code == f"rules.{code}"


def test_missing_and_unknown_criteria():
    group = panel_scheme().group("panel")
    assert refused(lambda: check_sheet(group.criteria, {})).code == "rules.mark_missing"
    extra = {"total": Decimal(1), "tone": Decimal(1)}
    assert refused(lambda: check_sheet(group.criteria, extra)).code == "rules.mark_unknown"
    check_sheet(group.criteria, {"total": Decimal("99.9")})


def test_bounds_on_the_total_of_a_sheet():
    group = panel_scheme(7, "total_minimum = 60\ntotal_maximum = 95").group("panel")
    assert refused(lambda: sheet_marks(group, {"total": Decimal("95.1")})).code == "rules.total_above"
    assert refused(lambda: sheet_marks(group, {"total": Decimal(59)})).code == "rules.total_below"
    assert sheet_marks(group, {"total": Decimal("95")}) == (950,)
