"""Counting papers and what a ballot says, worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.core.rules_world import entries, results_of, scheme_of
from venue_app.base.errors import Known
from venue_app.rules.casting import paper_of

GRADES = """
[[ballots]]
id = "b"
kind = "grades"
title = "测评票"
grades = [
  { id = "good", title = "好", points = 100 },
  { id = "fair", title = "较好", points = 80 },
  { id = "poor", title = "差", points = 40 },
]
"""
SCORE = '[[components]]\nid = "c"\nkind = "ballot"\ntitle = "测评"\nballot = "b"\n'


def _papers(*marks):
    return [{"marks": {"a": mark} if mark is not None else {}} for mark in marks]


def _value(scheme, entry="a", names=("a",), **box):
    row = {"ballot": "b", "issued": 10, **box}
    return results_of(scheme, entries=entries(*names), ballots=[row]).value(entry, "c")


def test_points_by_votes_over_valid_papers():
    # 2 good, 1 fair, 1 poor: 200 + 80 + 40 = 320, ÷ 4 = 80
    scheme = scheme_of(GRADES + SCORE)
    assert _value(scheme, papers=_papers("good", "good", "fair", "poor")) == Decimal("80.00")


def test_a_blank_counts_in_the_papers_but_not_among_the_marks():
    papers = _papers("good", "fair", None)
    assert _value(scheme_of(GRADES + SCORE), papers=papers) == Decimal("60.00")  # 180 ÷ 3
    marked = SCORE + 'denominator = "marked"\n'
    assert _value(scheme_of(GRADES + marked), papers=papers) == Decimal("90.00")  # 180 ÷ 2


def test_an_over_mark_voids_the_item_or_the_paper():
    papers = _papers("good", ["good", "fair"], "poor")
    assert _value(scheme_of(GRADES + SCORE), papers=papers) == Decimal("46.67")  # 140 ÷ 3
    paper = GRADES + 'over_mark = "paper"\n' + SCORE
    assert _value(scheme_of(paper), papers=papers) == Decimal("70.00")  # 140 ÷ 2


def test_a_blank_item_or_an_empty_paper_may_void():
    papers = _papers("good", None, "poor")
    assert _value(scheme_of(GRADES + 'blank = "paper"\n' + SCORE), papers=papers) == Decimal("70.00")
    assert _value(scheme_of(GRADES + 'blank_paper = "void"\n' + SCORE), papers=papers) == Decimal("70.00")


def test_more_papers_than_were_issued_void_the_vote():
    scheme = scheme_of(GRADES + SCORE)
    row = {"ballot": "b", "issued": 2, "papers": _papers("good", "good", "good")}
    results = results_of(scheme, entries=entries("a"), ballots=[row])
    assert results.value("a", "c") is None
    assert results.entries["a"].why["c"].code == "ballot_void"
    assert [w.code for w in results.warnings] == ["ballot_void"]


def test_papers_that_are_not_all_there_are_reported():
    scheme = scheme_of(GRADES + SCORE)
    row = {"ballot": "b", "issued": 10, "returned": 4, "papers": _papers("good", "good", "good")}
    results = results_of(scheme, entries=entries("a"), ballots=[row])
    assert [w.code for w in results.warnings] == ["papers_differ"]


def test_an_uncounted_ballot_is_not_zero():
    results = results_of(scheme_of(GRADES + SCORE), entries=entries("a"))
    assert results.value("a", "c") is None
    assert results.entries["a"].outcome.code == "not_yet"


def test_items_are_averaged_by_weight():
    items = 'items = [{ id = "x", title = "德", weight = 0.6 }, { id = "y", title = "廉", weight = 0.4 }]\n'
    scheme = scheme_of(GRADES + items + SCORE)
    papers = [{"marks": {"a": {"x": "good", "y": "poor"}}}, {"marks": {"a": {"x": "fair", "y": "fair"}}}]
    # x: 180 ÷ 2 = 90, y: 120 ÷ 2 = 60; 0.6 × 90 + 0.4 × 60 = 78
    assert _value(scheme, papers=papers) == Decimal("78.00")
    added = scheme_of(GRADES + items + SCORE + 'items_take = "sum"\nitem_rounding = { places = 0 }\n')
    assert _value(added, papers=papers) == Decimal("78.00")


CLASSES = """
[[ballots]]
id = "b"
kind = "points"
title = "票"
classes = [{ id = "up", title = "上级", weight = 0.6 }, { id = "down", title = "下级", weight = 0.4 }]
"""


def _classes(score, up, down):
    scheme = scheme_of(CLASSES + SCORE + 'measure = "mean"\n' + score)
    boxes = [
        {"ballot": "b", "class": "up", "issued": 9, "papers": _papers(*up)},
        {"ballot": "b", "class": "down", "issued": 9, "papers": _papers(*down)},
    ]
    return results_of(scheme, entries=entries("a"), ballots=boxes)


def test_classes_are_averaged_apart_and_weighed():
    # up: (90 + 80) ÷ 2 = 85; down: (70 + 70 + 76) ÷ 3 = 72; 0.6 × 85 + 0.4 × 72 = 79.8
    assert _classes("", ["90", "80"], ["70", "70", "76"]).value("a", "c") == Decimal("79.80")
    # pooled: 386 ÷ 5 = 77.2
    assert _classes('classes = "pool"\n', ["90", "80"], ["70", "70", "76"]).value("a", "c") == Decimal(
        "77.20"
    )


def test_a_class_can_be_cut_before_it_is_weighed():
    # up 90, down 70 + 71 + 71 = 212 ÷ 3 = 70.666… → 71; 54 + 28.4 = 82.4
    cut = "class_rounding = { places = 0 }\n"
    assert _classes(cut, ["90"], ["70", "71", "71"]).value("a", "c") == Decimal("82.40")


def test_a_class_whose_box_is_not_counted_yet_is_waited_for():
    scheme = scheme_of(CLASSES + SCORE + 'measure = "mean"\nempty_class = "share-out"\n')
    box = {"ballot": "b", "class": "up", "issued": 9, "papers": _papers("90")}
    results = results_of(scheme, entries=entries("a"), ballots=[box])
    assert results.entries["a"].why["c"].code == "ballot_missing"


def test_a_class_without_a_paper_waits_or_gives_its_weight_away():
    assert _classes("", ["90"], []).entries["a"].why["c"].code == "no_votes"
    assert _classes('empty_class = "share-out"\n', ["90"], []).value("a", "c") == Decimal("90.00")


def test_extremes_of_the_papers_can_be_dropped():
    # 60 80 82 84 99 without ends: 82
    found = _classes("trim = { high = 1, low = 1 }\n", ["60", "80", "82", "84", "99"], ["70", "70", "70"])
    assert found.value("a", "c") == Decimal("77.20")  # 0.6 × 82 + 0.4 × 70


@pytest.mark.parametrize("word", ["9_0", "９０", "9e1", "1e99999999", "NaN", "", " 90"])
def test_a_paper_with_what_only_some_programs_read_as_a_number_does_not_come_into_the_box(word):
    ballot = scheme_of(CLASSES + SCORE + 'measure = "mean"\n').ballot("b")
    with pytest.raises(Known) as caught:
        paper_of(ballot, ("a",), {"a": {"": (word,)}})
    assert caught.value.code == "ballots.bad_paper"
    assert paper_of(ballot, ("a",), {"a": {"": ("90",)}}).marks == {"a": {"": ("90",)}}


def test_a_number_of_many_digits_is_off_the_step_however_little():
    # the step is 1: only the 80 counts, 0.6 × 80 + 0.4 × 70
    assert _classes("", ["90." + "0" * 28 + "1", "80"], ["70"]).value("a", "c") == Decimal("76.00")


def test_a_number_out_of_range_is_the_voters_fault():
    # 105 is void, 90.5 is off the step of 1: two of four count, 150 ÷ 2
    found = _classes("", ["105", "90.5", "80", "70"], ["70"])
    assert found.value("a", "c") == Decimal("73.00")  # 0.6 × 75 + 0.4 × 70


DECIDE = '[[ballots]]\nid = "b"\nkind = "decide"\ntitle = "表决"\n'
VOTES = {"a": {"for": 12, "against": 8, "abstain": 4}}


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        ('denominator = "valid"', "50.00"),  # 12 ÷ 24
        ('denominator = "answers"', "60.00"),  # 12 ÷ 20
        ('denominator = "returned"', "48.00"),  # 12 ÷ 25
        ('denominator = "issued"', "46.15"),  # 12 ÷ 26
        ('denominator = "present"', "44.44"),  # 12 ÷ 27
        ('denominator = "members"', "40.00"),  # 12 ÷ 30
        ('denominator = "answers"\npoints = 10', "6.00"),
    ],
)
def test_shares_of_each_denominator(score, expected):
    scheme = scheme_of(DECIDE + SCORE + 'measure = "share"\n' + score + "\n")
    box = {"issued": 26, "returned": 25, "present": 27, "members": 30}
    found = _value(scheme, counted={"valid": 24, "void": 1, "votes": VOTES}, **box)
    assert found == Decimal(expected)


def test_a_denominator_nobody_told_is_not_guessed():
    scheme = scheme_of(DECIDE + SCORE + 'measure = "share"\ndenominator = "members"\n')
    row = {"ballot": "b", "issued": 26, "counted": {"valid": 24, "votes": VOTES}}
    results = results_of(scheme, entries=entries("a"), ballots=[row])
    assert results.entries["a"].why["c"].code == "denominator_missing"


def test_blank_in_a_decision_is_abstention():
    scheme = scheme_of(
        DECIDE + SCORE + 'measure = "votes"\nanswers = ["abstain"]\nrounding = { places = 0 }\n'
    )
    assert _value(scheme, papers=_papers("for", None, "against", None)) == Decimal(2)


@pytest.mark.parametrize(
    ("present", "code"), [(21, None), (20, None), (19, "quorum_failed"), (None, "quorum_open")]
)
def test_quorum(present, code):
    scheme = scheme_of(
        DECIDE
        + 'quorum = [{ of = "present", over = "members", at_least = "2/3" }]\n'
        + SCORE
        + 'measure = "share"\n'
    )
    row = {"ballot": "b", "issued": 26, "members": 30, "counted": {"valid": 24, "votes": VOTES}}
    if present is not None:
        row["present"] = present
    results = results_of(scheme, entries=entries("a"), ballots=[row])
    found = results.entries["a"].why.get("c")
    assert (found.code if found else None) == code


CHOOSE = '[[ballots]]\nid = "b"\nkind = "choose"\ntitle = "推荐"\nwrite_in = true\n'
COUNT = SCORE + 'measure = "votes"\nrounding = { places = 0 }\n'


@pytest.mark.parametrize(
    ("rule", "a", "b"),
    [
        ("choose_exactly = 2", 2, 2),  # papers 1 and 4
        ("choose_at_most = 2", 3, 2),  # papers 1, 2, 4
        ("choose_at_least = 2", 3, 3),  # papers 1, 3, 4
    ],
)
def test_choosing_too_many_or_too_few_voids_the_paper(rule, a, b):
    scheme = scheme_of(CHOOSE + rule + "\n" + COUNT)
    papers = [
        {"choices": ["a", "b"]},
        {"choices": ["a"]},
        {"choices": ["a", "b", "d"]},
        {"choices": ["a", "b"]},
        {"choices": []},
    ]
    row = {"ballot": "b", "issued": 9, "papers": papers}
    results = results_of(scheme, entries=entries("a", "b", "d"), ballots=[row])
    assert (results.value("a", "c"), results.value("b", "c")) == (a, b)


def test_names_written_in_are_counted_and_reported():
    scheme = scheme_of(CHOOSE + "choose_exactly = 1\n" + COUNT)
    papers = [
        {"choices": ["a"]},
        {"others": ["王五"]},
        {"others": ["王五"]},
        {"choices": ["a"], "others": ["王五"]},
    ]
    row = {"ballot": "b", "issued": 9, "papers": papers}
    results = results_of(scheme, entries=entries("a"), ballots=[row])
    assert results.value("a", "c") == 1
    assert [(w.code, w.params["votes"]) for w in results.warnings] == [("written_in", "2")]


def test_ranking_papers():
    body = '[[ballots]]\nid = "b"\nkind = "rank"\ntitle = "排序"\nblank = "paper"\nover_mark = "paper"\n'
    scheme = scheme_of(body + SCORE + 'measure = "mean"\n')
    papers = [
        {"marks": {"a": 1, "b": 2, "d": 3}},
        {"marks": {"a": 2, "b": 1, "d": 3}},
        {"marks": {"a": 1, "b": 1, "d": 3}},  # two firsts
        {"marks": {"a": 1, "b": 4, "d": 3}},  # no fourth of three
        {"marks": {"a": 1, "b": 2}},  # one left out
    ]
    row = {"ballot": "b", "issued": 9, "papers": papers}
    results = results_of(scheme, entries=entries("a", "b", "d"), ballots=[row])
    assert [results.value(n, "c") for n in "abd"] == [Decimal("1.50"), Decimal("1.50"), Decimal("3.00")]


def test_points_by_place_on_ranking_papers():
    body = '[[ballots]]\nid = "b"\nkind = "rank"\ntitle = "排序"\n'
    body += 'grades = [{ id = "1", title = "一", points = 5 }, { id = "2", title = "二", points = 3 }]\n'
    scheme = scheme_of(body + SCORE + 'measure = "points"\n')
    papers = [{"marks": {"a": 1, "b": 2}}, {"marks": {"a": 2, "b": 1}}, {"marks": {"a": 1, "b": 2}}]
    row = {"ballot": "b", "issued": 9, "papers": papers}
    results = results_of(scheme, entries=entries("a", "b"), ballots=[row])
    assert results.value("a", "c") == Decimal("4.33")  # 13 ÷ 3
    assert results.value("b", "c") == Decimal("3.67")  # 11 ÷ 3


def test_a_paper_that_breaks_the_forced_distribution_is_void():
    body = '[[ballots]]\nid = "b"\nkind = "points"\ntitle = "打分"\nall_equal = "void"\n'
    body += "spreads = [{ at_least = 90, count_at_most = 1 }, { below = 70, count_at_least = 1 }]\n"
    scheme = scheme_of(body + SCORE + 'measure = "mean"\n')
    papers = [
        {"marks": {"a": 90, "b": 80, "d": 60}},
        {"marks": {"a": 90, "b": 91, "d": 60}},  # two at 90 or more
        {"marks": {"a": 85, "b": 80, "d": 70}},  # nobody below 70
        {"marks": {"a": 60, "b": 60, "d": 60}},  # all equal
        {"marks": {"a": 80, "b": 70, "d": 69}},
    ]
    row = {"ballot": "b", "issued": 9, "papers": papers}
    results = results_of(scheme, entries=entries("a", "b", "d"), ballots=[row])
    assert [results.value(n, "c") for n in "abd"] == [Decimal("85.00"), Decimal("75.00"), Decimal("64.50")]


def test_a_vote_held_again_takes_the_place_of_the_first():
    scheme = scheme_of(DECIDE + SCORE + 'measure = "votes"\nrounding = { places = 0 }\n')
    first = {"ballot": "b", "issued": 9, "counted": {"valid": 9, "votes": {"a": {"for": 4}}}}
    again = {"ballot": "b", "issued": 9, "attempt": 2, "counted": {"valid": 9, "votes": {"a": {"for": 6}}}}
    assert results_of(scheme, entries=entries("a"), ballots=[again, first]).value("a", "c") == 6


def test_boxes_of_one_vote_add_up():
    scheme = scheme_of(DECIDE + SCORE + 'measure = "share"\n')
    one = {"ballot": "b", "issued": 5, "counted": {"valid": 5, "votes": {"a": {"for": 4, "against": 1}}}}
    two = {"ballot": "b", "issued": 3, "counted": {"valid": 3, "votes": {"a": {"for": 2, "against": 1}}}}
    assert results_of(scheme, entries=entries("a"), ballots=[one, two]).value("a", "c") == Decimal("75.00")


def test_more_votes_than_valid_papers_are_reported():
    scheme = scheme_of(DECIDE + SCORE + 'measure = "votes"\n')
    row = {"ballot": "b", "issued": 9, "counted": {"valid": 5, "votes": {"a": {"for": 4, "against": 2}}}}
    results = results_of(scheme, entries=entries("a"), ballots=[row])
    assert [w.code for w in results.warnings] == ["votes_above_valid"]


def test_a_person_stands_once_on_the_paper_for_all_posts():
    scheme = scheme_of(GRADES + 'per = "person"\nblank = "paper"\n' + SCORE)
    rows = [{"id": "a1", "candidate": "a", "post": "p"}, {"id": "a2", "candidate": "a", "post": "q"}]
    box = {"ballot": "b", "issued": 9, "papers": _papers("good", "fair")}
    results = results_of(scheme, entries=rows, ballots=[box])
    assert results.value("a1", "c") == results.value("a2", "c") == Decimal("90.00")


def test_each_paper_can_count_as_often_as_its_class_weighs():
    # up 0.6: 90 + 80, down 0.4: 70 + 70 + 76; (0.6 × 170 + 0.4 × 216) ÷ (0.6 × 2 + 0.4 × 3) = 188.4 ÷ 2.4 = 78.5
    assert _classes('classes = "by-vote"\n', ["90", "80"], ["70", "70", "76"]).value("a", "c") == Decimal(
        "78.50"
    )
    body = (
        DECIDE
        + 'classes = [{ id = "x", title = "x", weight = 2 }, { id = "y", title = "y", weight = 0.5 }]\n'
    )
    scheme = scheme_of(body + SCORE + 'measure = "votes"\nclasses = "by-vote"\n')
    boxes = [
        {"ballot": "b", "class": "x", "issued": 9, "counted": {"valid": 9, "votes": {"a": {"for": 3}}}},
        {"ballot": "b", "class": "y", "issued": 9, "counted": {"valid": 9, "votes": {"a": {"for": 5}}}},
    ]
    assert results_of(scheme, entries=entries("a"), ballots=boxes).value("a", "c") == Decimal("8.50")


def test_who_is_on_no_paper_has_no_votes_and_spoils_none():
    scheme = scheme_of(GRADES + 'blank = "paper"\n' + SCORE)
    box = {"ballot": "b", "issued": 9, "papers": _papers("good", "fair")}
    results = results_of(scheme, entries=entries("a", "left_out"), ballots=[box])
    assert results.value("a", "c") == Decimal("90.00")
    assert results.entries["left_out"].why["c"].code == "not_on_ballot"
    counted = {"ballot": "b", "issued": 9, "counted": {"valid": 2, "votes": {"a": {"good": 2}}}}
    assert (
        results_of(scheme, entries=entries("a", "left_out"), ballots=[counted]).value("left_out", "c") is None
    )


def test_nobody_chose_them_is_no_vote():
    scheme = scheme_of(CHOOSE + COUNT)
    box = {"ballot": "b", "issued": 9, "papers": [{"choices": ["a"]}]}
    assert results_of(scheme, entries=entries("a", "b"), ballots=[box]).value("b", "c") == 0


def test_weights_that_are_all_nought_give_no_value():
    """Nothing can be averaged by weights of 0; the result says so, and nothing breaks."""
    classes = 'classes = [{ id = "up", title = "上级", weight = 0 }]\n'
    items = 'items = [{ id = "x", title = "x", weight = 0 }, { id = "y", title = "y", weight = 0 }]\n'
    for more, paper, row in (
        (classes, {"a": "good"}, {"class": "up"}),
        (items, {"a": {"x": "good", "y": "good"}}, {}),
    ):
        scheme = scheme_of(GRADES + more + SCORE)
        box = {"ballot": "b", "issued": 1, "papers": [{"marks": paper}], **row}
        results = results_of(scheme, entries=entries("a"), ballots=[box])
        assert results.value("a", "c") is None
        assert results.entries["a"].why["c"].code == "division_by_zero"
