"""Gates, ratios, ties, quotas, people with several posts: worked by hand."""

from __future__ import annotations

import pytest

from tests.core.rules_world import (
    PANEL,
    entries,
    outcomes,
    ranks,
    results_of,
    scheme_of,
    sheets,
    valued,
    values_scheme,
)

MARKS = {"a": 90, "b": 85, "d": 85, "e": 80, "f": 69.99, "g": 70}


def _round(more="", names="c", before="", gates=""):
    """A scheme with one round by component c."""
    return values_scheme(
        f'{before}\n[[rounds]]\nid = "r"\ntitle = "入围"\nby = "c"\n{more}\n{gates}', names=names
    )


def _run(scheme, marks=None, places=1, **rows):
    marks = MARKS if marks is None else marks
    posts = [{"id": "p", "places": places}]
    values = rows.pop("values", []) + valued(**marks)
    return results_of(
        scheme, posts=posts, entries=rows.pop("entries", entries(*marks)), values=values, **rows
    )


def _in(results, round_id="r"):
    return sorted(n for n, s in results.standings[round_id].items() if s.passed)


GATE = '[[rounds.gates]]\nof = "c"\n'


def test_a_threshold_includes_its_own_number_or_not():
    including = _run(_round(gates=GATE + "at_least = 70"))
    assert _in(including) == ["a", "b", "d", "e", "g"]
    assert including.entries["f"].outcome.code == "below_threshold"
    assert including.entries["f"].outcome.params["wanted"] == "≥ 70"
    assert _in(_run(_round(gates=GATE + "above = 70"))) == ["a", "b", "d", "e"]
    assert _in(_run(_round(gates=GATE + "at_most = 80"))) == ["e", "f", "g"]
    assert _in(_run(_round(gates=GATE + "below = 80"))) == ["f", "g"]


def test_a_threshold_rescaled_to_a_hundred():
    body = '[[components]]\nid = "x"\nkind = "imported"\ntitle = "x"\n[[components]]\nid = "c"\nkind = "sum"\ntitle = "c"\n'
    body += 'terms = [{ of = "x", weight = 0.9 }]\nmaximum = 90\n'
    for limit, expected in (("at_least = 70\nout_of = 100", ["a", "b"]), ("at_least = 70", ["a"])):
        scheme = scheme_of(body + '[[rounds]]\nid = "r"\ntitle = "r"\nby = "c"\n' + GATE + limit)
        # x 78 → 70.2 of 90; x 70 → 63 of 90 = 70 of 100; x 69.9 → 62.91
        results = results_of(scheme, entries=entries("a", "b", "d"), values=valued("x", a=78, b=70, d="69.9"))
        assert _in(results) == expected


def test_a_ratio_is_a_ceiling_after_the_threshold():
    results = _run(_round("ratio = 2", gates=GATE + "at_least = 86"))
    assert _in(results) == ["a"]
    assert results.posts["p"].outcome.params["count"] == "1"


@pytest.mark.parametrize(
    ("places", "rounding", "limit"),
    [
        (1, "up", 2),
        (2, "up", 3),
        (6, "up", 9),
        (1, "down", 1),
        (3, "down", 4),
        (3, "half-up", 5),
        (1, "half-up", 2),
    ],
)
def test_fractional_ratios(places, rounding, limit):
    results = _run(_round(f'ratio = 1.5\nratio_rounding = "{rounding}"'), places=places)
    assert results.posts["p"].rounds["r"].limit == limit


def test_other_ratios_by_places():
    scheme = _round(
        "ratio = 3\nby_places = [{ places = 2, ratio = 2.5 }, { places = 3, places_to = 5, count = 4 }]"
    )
    limits = [_run(scheme, places=n).posts["p"].rounds["r"].limit for n in (1, 2, 3, 5, 6)]
    assert limits == [3, 5, 4, 4, 18]


@pytest.mark.parametrize(("rule", "expected"), [("all", ["a", "b", "d"]), ("none", ["a"]), ("decide", ["a"])])
def test_ties_at_the_last_place(rule, expected):
    results = _run(_round(f'count = 2\nties_at_cut = "{rule}"'))
    assert _in(results) == expected
    assert (results.posts["p"].outcome.code == "tie_undecided") == (rule == "decide")


def test_a_tie_decided_by_name():
    rows = [{"round": "r", "where": "p", "entries": ["d"]}]
    results = _run(_round('count = 2\nties_at_cut = "decide"'), decided=rows)
    assert _in(results) == ["a", "d"]
    wrong = _run(_round('count = 2\nties_at_cut = "decide"'), decided=[{**rows[0], "entries": ["d", "e"]}])
    assert [w.code for w in wrong.warnings] == ["decided_outside"]


@pytest.mark.parametrize(("style", "expected"), [("1224", [1, 2, 2, 4, 5, 6]), ("1223", [1, 2, 2, 3, 4, 5])])
def test_rank_styles(style, expected):
    found = ranks(_run(_round(f'rank_style = "{style}"')))
    assert [found[n] for n in "abdegf"] == expected


def test_a_tie_chain_goes_link_by_link():
    scheme = _round('count = 2\nties = [{ by = "w" }, { by = "i" }]', names="c w i")
    values = [*valued("w", a=1, b=70, d=70, e=1, f=1, g=1), *valued("i", a=1, b=80, d=81, e=1, f=1, g=1)]
    results = _run(scheme, values=values)
    assert _in(results) == ["a", "d"]
    assert (results.entries["d"].rank, results.entries["b"].rank) == (2, 3)


def test_more_decimals_break_a_tie():
    body = "".join(f'[[components]]\nid = "{n}"\nkind = "imported"\ntitle = "{n}"\n' for n in "xy")
    body += '[[components]]\nid = "c"\nkind = "sum"\ntitle = "c"\nterms = [{ of = "x", weight = 0.3 }, { of = "y", weight = 0.7 }]\n'
    values = [*valued("x", a="82.35", b="82.36"), *valued("y", a="77.77", b="77.77")]
    # 24.705 + 54.439 = 79.144; 24.708 + 54.439 = 79.147: 79.14 and 79.15 → one place: 79.1 and 79.1
    for link, expected in (
        ("", [1, 1]),
        ("ties = [{ places = 2 }]", [2, 1]),
        ("ties = [{ exact = true }]", [2, 1]),
    ):
        scheme = scheme_of(
            body + f'rounding = {{ places = 1 }}\n[[rounds]]\nid = "r"\ntitle = "r"\nby = "c"\n{link}\n'
        )
        results = results_of(scheme, entries=entries("a", "b"), values=values)
        assert [str(results.value(n, "c")) for n in "ab"] == ["79.1", "79.1"]
        assert [results.entries[n].rank for n in "ab"] == expected


def test_more_decimals_of_a_panel_are_cut_as_its_group_cuts():
    """Sums 240.2 and 240.1 of three: 80.066… and 80.033…, both 80.0 cut to one place; half-up would part them."""
    scheme = scheme_of(
        PANEL.format(
            seats=3, more='trim = { high = 0, low = 0 }\nrounding = { places = 0, mode = "truncate" }'
        )
        + '[[components]]\nid = "c"\nkind = "panel"\ntitle = "c"\ngroup = "panel"\n'
        + '[[rounds]]\nid = "r"\ntitle = "r"\nby = "c"\ncount = 2\nties = [{ places = 1 }]\n'
    )
    rows = [*sheets("a", 80, 80, "80.1"), *sheets("b", 80, "80.1", "80.1")]
    assert ranks(results_of(scheme, entries=entries("a", "b"), sheets=rows)) == {"a": 1, "b": 1}
    assert ranks(
        results_of(
            scheme, entries=entries("a", "b"), sheets=sheets("a", 80, 80, 80) + sheets("b", 81, 80, 80)
        )
    ) == {
        "a": 2,
        "b": 1,
    }


def test_ties_by_attributes():
    who = [
        *entries("a", attributes={"degree": "本科", "years": "9"}),
        *entries("b", attributes={"degree": "博士", "years": "3"}),
        *entries("d", attributes={"degree": "本科", "years": "12"}),
        *entries("e", attributes={"degree": "大专", "years": "30"}),
    ]
    scheme = _round(
        'ties = [{ attribute = "degree", prefer = ["博士", "硕士", "本科"] }, { attribute = "years" }]'
    )
    results = _run(scheme, dict.fromkeys("abde", 80), entries=who)
    assert ranks(results) == {"b": 1, "d": 2, "a": 3, "e": 4}
    young = _round('ties = [{ attribute = "years", direction = "ascending" }]')
    assert ranks(_run(young, dict.fromkeys("abde", 80), entries=who)) == {"b": 1, "a": 2, "d": 3, "e": 4}


def test_a_lot_or_an_extra_interview_is_waited_for_only_where_it_matters():
    scheme = _round(
        'count = 2\nties = [{ by = "extra" }, { lot = true }]\nties_at_cut = "decide"', names="c extra"
    )
    results = _run(scheme)
    assert results.entries["b"].outcome.code == "tie_needs"
    assert results.entries["b"].outcome.params["need"] == "extra"
    assert _in(results) == ["a"]
    assert _in(_run(scheme, values=valued("extra", b=60, d=70))) == ["a", "d"]
    again = _run(scheme, values=valued("extra", b=60, d=60))
    assert again.entries["b"].outcome.params["need"] == "lot"
    lots = [{"round": "r", "entry": "b", "number": 1}, {"round": "r", "entry": "d", "number": 2}]
    assert _in(_run(scheme, values=valued("extra", b=60, d=60), lots=lots)) == ["a", "b"]
    # three places: the tie lies above the cut, nothing is waited for
    assert _in(_run(_round('count = 3\nties = [{ by = "extra" }]', names="c extra"))) == ["a", "b", "d"]


def test_missing_numbers_hold_back_a_post_but_not_what_is_certain():
    scheme = _round("ratio = 1", gates=GATE + "at_least = 70")
    results = _run(scheme, {k: v for k, v in MARKS.items() if k != "g"}, entries=entries(*MARKS))
    assert outcomes(results)["f"] == "below_threshold"
    assert outcomes(results)["a"] == outcomes(results)["g"] == "not_yet"
    assert results.entries["a"].provisional and results.entries["a"].rank == 1
    assert results.posts["p"].waiting == ("g",)
    assert results.posts["p"].outcome.code == "not_yet"


def test_those_taken_out_are_neither_ranked_nor_waited_for():
    barred = [
        {"entry": "a", "code": "vetoed", "note": "联审"},
        {"entry": "g", "code": "waived"},
        {"entry": "b", "code": "disqualified"},
    ]
    results = _run(_round("count = 1"), barred=barred)
    assert _in(results) == ["d"]
    assert {n: outcomes(results)[n] for n in "abg"} == {"a": "vetoed", "b": "disqualified", "g": "waived"}
    assert results.entries["a"].rank is None and results.entries["d"].rank == 1


@pytest.mark.parametrize(("rule", "expected"), [("next", ["b", "d"]), ("none", ["b"])])
def test_whoever_withdraws_after_the_round_is_replaced_or_not(rule, expected):
    scheme = _round(f'count = 2\nreplacement = "{rule}"')
    marks = {"a": 90, "b": 85, "d": 84, "e": 80}
    results = _run(scheme, marks, barred=[{"entry": "a", "code": "waived", "after": "r"}])
    assert _in(results) == expected
    assert (results.entries["a"].rank, outcomes(results)["a"]) == (1, "waived")


def test_a_higher_floor_where_nobody_competes():
    gates = (
        GATE
        + 'at_least = 80\nwhen = [{ attribute = "competitors", at_most = 1 }]\n'
        + GATE
        + "at_least = 60\n"
    )
    scheme = _round(gates=gates)
    assert _in(_run(scheme, {"a": 79})) == []
    assert _in(_run(scheme, {"a": 80})) == ["a"]
    assert _in(_run(scheme, {"a": 79, "b": 61})) == ["a", "b"]
    # the second did not come: no competition after all
    absent = _run(scheme, {"a": 79}, entries=entries("a", "b"), absent=[{"entry": "b"}])
    assert _in(absent) == []


def test_a_floor_can_be_the_mean_of_the_room():
    body = '[[components]]\nid = "c"\nkind = "imported"\ntitle = "c"\n'
    body += '[[components]]\nid = "m"\nkind = "statistic"\ntitle = "m"\nof = "c"\nwithin = "room"\n'
    scheme = scheme_of(body + '[[rounds]]\nid = "r"\ntitle = "r"\nby = "c"\n' + GATE + 'at_least = "m"\n')
    who = [*entries("a", "b", room="1"), *entries("d", "e", room="2")]
    results = results_of(scheme, entries=who, values=valued(a=90, b=80, d=70, e=60))
    assert _in(results) == ["a", "d"]


def test_too_few_competitors_cancel_reduce_or_wait():
    marks = {"a": 90, "b": 85, "d": 84}
    cancel = _run(_round("ratio = 1\nentrants = { minimum = 4 }"), marks)
    assert (_in(cancel), cancel.posts["p"].outcome.code) == ([], "post_below_minimum")
    wait = _run(_round('ratio = 1\nentrants = { minimum = 4, below = "wait" }'), marks)
    assert wait.posts["p"].outcome.code == "too_few_wait"
    keep = _run(_round('ratio = 1\nentrants = { minimum = 4, below = "keep" }'), marks)
    assert _in(keep) == ["a"]
    # 1.5 for a place: three people are enough for two places of three
    fewer = _run(_round('ratio = 1\nentrants = { ratio = 1.5, below = "reduce" }'), marks, places=3)
    assert (_in(fewer), fewer.posts["p"].places) == (["a", "b"], 2)
    none = _run(_round('ratio = 1\nentrants = { ratio = 4, below = "reduce" }'), marks, places=2)
    assert none.posts["p"].outcome.code == "post_below_minimum"


@pytest.mark.parametrize(
    ("intake", "counted", "expected"),
    [
        ("minimum_entries = 5", 4, "post_below_minimum"),
        ("minimum_entries = 4", 4, "passed"),
        ('minimum_entries = 4\ncounts = "qualified"', 4, "post_below_minimum"),
        ('minimum_entries = 5\nbelow = "keep"', 4, "passed"),
        ("minimum_ratio = 2.5", 4, "post_below_minimum"),
        ("minimum_ratio = 2", 4, "passed"),
    ],
)
def test_intake(intake, counted, expected):
    scheme = _round(before=f"[intake]\n{intake}\n")
    who = entries("a", "b", "d") + entries("e", unqualified="学历")
    results = _run(scheme, {"a": 90, "b": 85, "d": 84}, entries=who, places=2)
    assert results.posts["p"].entries == counted
    assert results.posts["p"].outcome.code == expected


def test_intake_reduces_places():
    scheme = _round("ratio = 1", before='[intake]\nminimum_ratio = 1.5\nbelow = "reduce"\n')
    results = _run(scheme, {"a": 90, "b": 85, "d": 84}, places=3)
    assert (_in(results), results.posts["p"].places) == (["a", "b"], 2)
    assert [w.code for w in results.warnings] == ["places_reduced"]


def test_a_cancelled_post_and_those_who_move():
    scheme = _round(before="[intake]\nminimum_entries = 2\nmove = true\n")
    who = [*entries("a", "b", post="p"), {"id": "d", "post": "p", "moved_from": "q"}, *entries("e", post="s")]
    posts = [{"id": "p"}, {"id": "q"}, {"id": "s", "cancelled": "不再设置"}]
    results = results_of(scheme, posts=posts, entries=who, values=valued(a=90, b=80, d=85))
    assert results.posts["q"].outcome.code == "post_below_minimum"
    assert results.posts["q"].outcome.params["count"] == "1"
    assert outcomes(results) == {"a": "passed", "b": "passed", "d": "passed", "e": "post_cancelled"}


def test_a_post_nobody_entered_for():
    assert _run(_round(), {}, entries=[]).posts["p"].outcome.code == "no_entries"
    unqualified = entries("a", unqualified="学历")
    assert _run(_round(), {}, entries=unqualified).posts["p"].outcome.code == "nobody_qualified"


def test_rounds_follow_each_other():
    before = '[[rounds]]\nid = "w"\ntitle = "笔试"\nby = "w"\nratio = 3\n'
    scheme = _round("ratio = 1", names="c w", before=before)
    values = valued("w", a=60, b=90, d=80, e=85, f=70, g=75)
    results = _run(scheme, values=values)
    assert _in(results, "w") == ["b", "d", "e"]
    assert sorted(results.standings["r"]) == ["b", "d", "e"]
    assert _in(results) == ["b", "d"]  # tied at 85
    assert outcomes(results)["a"] == "not_in_ratio"
    again = _round('ratio = 1\nfield = "all"', names="c w", before=before)
    assert _in(_run(again, values=values)) == ["a"]


def test_a_later_round_without_numbers_leaves_the_earlier_one_standing():
    before = '[[rounds]]\nid = "w"\ntitle = "笔试"\nby = "w"\nratio = 3\n'
    scheme = _round("ratio = 1", names="c w", before=before)
    results = _run(
        scheme, {}, entries=entries(*"abdefg"), values=valued("w", a=60, b=90, d=80, e=85, f=70, g=75)
    )
    assert outcomes(results)["b"] == "passed"
    assert results.posts["p"].outcome.params["round"] == "w"


def test_one_ranking_over_all_posts_for_as_many_places():
    scheme = _round('within = "event"\nratio = 1')
    who = [*entries("a", "b", post="p"), *entries("d", "e", post="q")]
    posts = [{"id": "p", "places": 2}, {"id": "q", "places": 1}]
    results = results_of(scheme, posts=posts, entries=who, values=valued(a=90, b=70, d=85, e=80))
    assert _in(results) == ["a", "d", "e"]
    assert results.entries["e"].rank == 3
    assert (results.posts["p"].passed, results.posts["q"].passed) == (("a",), ("d", "e"))


def test_the_lower_comes_first_where_the_plan_says_so():
    assert ranks(_run(_round('order = "ascending"'), {"a": 3, "b": 1, "d": 2})) == {"b": 1, "d": 2, "a": 3}


def test_a_tie_decided_for_more_than_there_are_places_for_is_told():
    scheme = _round('count = 2\nties_at_cut = "decide"')
    level = {"a": 90, "b": 80, "d": 80, "e": 80}

    def told(*names):
        results = _run(scheme, level, decided=[{"round": "r", "where": "p", "entries": list(names)}])
        assert _in(results) == ["a", *names]
        return [(w.code, w.params["count"], w.params["limit"]) for w in results.warnings]

    assert told("d") == []
    assert told("b", "d") == [("decided_above", "3", "2")]


def test_a_body_decides_by_name():
    scheme = _round('take = "decided"\nratio = 2', gates=GATE + "at_least = 70")
    assert outcomes(_run(scheme))["a"] == "undecided"
    rows = [{"round": "r", "where": "p", "entries": ["b", "e"]}]
    results = _run(scheme, decided=rows)
    assert _in(results) == ["b", "e"]
    assert outcomes(results)["a"] == "not_chosen"
    wrong = _run(scheme, decided=[{"round": "r", "where": "p", "entries": ["a", "b", "e", "f"]}])
    assert sorted(w.code for w in wrong.warnings) == ["decided_above", "decided_outside"]


QUOTAS = """
quotas = [
  { when = [{ attribute = "sex", equals = "女" }], at_least = 2 },
  { when = [{ attribute = "party", equals = "群众" }], at_least = 1 },
]
"""


def _quota_people(*kinds):
    """Entries e0, e1 … best first; kinds like "f", "m", "fn" (a woman who is in no party)."""
    who = []
    for number, kind in enumerate(kinds):
        sex = "女" if "f" in kind else "男"
        who += entries(f"e{number}", attributes={"sex": sex, "party": "群众" if "n" in kind else "党员"})
    return who, {f"e{n}": 90 - n for n in range(len(kinds))}


def _quota(more, *kinds, quotas=QUOTAS, **rows):
    who, marks = _quota_people(*kinds)
    results = _run(_round(more + quotas), {**marks, **rows.pop("marks", {})}, entries=who, **rows)
    return results, [int(n[1:]) for n in _in(results)]


def test_quotas_already_met_change_nothing():
    assert _quota("count = 4", "f", "m", "fn", "m", "m", "f")[1] == [0, 1, 2, 3]


def test_quotas_reach_down_the_order_only_as_far_as_needed():
    # two women and one non-party: the last two of four places are kept for 5 (woman) and 4 (non-party)
    assert _quota("count = 4", "f", "m", "m", "m", "mn", "f", "fn")[1] == [0, 1, 2, 6]
    assert _quota("count = 4", "m", "m", "m", "m", "mn", "f", "f")[1] == [0, 4, 5, 6]
    assert _quota("count = 4", "m", "m", "m", "fn", "f")[1] == [0, 1, 3, 4]


def test_quotas_that_cannot_be_met_are_reported():
    results, inside = _quota("count = 3", "m", "f", "m", "mn")
    assert inside == [0, 1, 3]
    assert [(w.code, w.params["wanted"], w.params["found"]) for w in results.warnings] == [
        ("quota_unmet", "2", "1")
    ]


def test_quotas_as_a_ceiling():
    most = 'quotas = [{ when = [{ attribute = "sex", equals = "男" }], at_most = 1 }]\n'
    assert _quota("count = 3\n", "m", "m", "f", "m", "f", quotas=most)[1] == [0, 2, 4]


def test_a_tie_between_equals_of_one_kind_under_quotas():
    kinds = ("f", "fn", "m", "m", "m", "m")
    assert _quota("count = 4\n", *kinds, marks={"e3": 87, "e4": 87})[1] == [0, 1, 2, 3, 4]
    results, inside = _quota(
        'count = 4\nties_at_cut = "decide"\n', *kinds, marks={"e3": 87, "e4": 87, "e5": 10}
    )
    assert inside == [0, 1, 2]
    assert outcomes(results)["e3"] == outcomes(results)["e4"] == "tie_undecided"


def test_a_quota_that_can_be_met_is_not_lowered_for_one_that_cannot():
    six = QUOTAS.replace("at_least = 2", "at_least = 3").replace("at_least = 1", "at_least = 2")
    # three women there are, two from no party there are not: the women stay three
    results, inside = _quota("count = 4\n", "m", "m", "mn", "m", "f", "f", "f", quotas=six)
    assert inside == [2, 4, 5, 6]
    assert [(w.params["wanted"], w.params["found"]) for w in results.warnings] == [("2", "1")]


ONE_WOMAN = 'quotas = [{ when = [{ attribute = "sex", equals = "女" }], at_least = 1 }]\n'


@pytest.mark.parametrize(
    ("rule", "expected", "waiting"),
    [("all", [0, 1, 2], []), ("none", [0], []), ("decide", [0], ["e1", "e2"])],
)
def test_equals_of_different_kinds_are_not_parted_by_their_ids(rule, expected, waiting):
    # the woman wanted is already in: the man and the woman level at the last place could both be second
    more = f'count = 2\nties_at_cut = "{rule}"\n'
    for kinds in (("f", "m", "f"), ("f", "f", "m")):
        results, inside = _quota(more, *kinds, quotas=ONE_WOMAN, marks={"e1": 80, "e2": 80})
        assert inside == expected
        assert [e for e, code in outcomes(results).items() if code == "tie_undecided"] == waiting


def test_equals_of_whom_the_quota_wants_one_are_parted_by_it():
    # without e2 there would be no woman
    assert _quota("count = 2\n", "m", "m", "f", quotas=ONE_WOMAN, marks={"e1": 80, "e2": 80})[1] == [0, 2]


def test_ties_at_the_free_place_and_at_the_kept_place_are_both_settled():
    # one place is free and two men share it; one is kept for a woman and two women share that
    level = {"e0": 90, "e1": 90, "e2": 80, "e3": 80}
    assert _quota("count = 2\n", "m", "m", "f", "f", quotas=ONE_WOMAN, marks=level)[1] == [0, 1, 2, 3]
    decide = 'count = 2\nties_at_cut = "decide"\n'
    results, inside = _quota(decide, "m", "m", "f", "f", quotas=ONE_WOMAN, marks=level)
    assert inside == []
    assert set(outcomes(results).values()) == {"tie_undecided"}


def test_a_tie_never_breaks_a_ceiling():
    # both would be two of one unit: somebody must say which
    who = [*entries("a", "b", attributes={"unit": "x"}), *entries("d", attributes={"unit": "y"})]
    one = 'count = 2\nquotas = [{ each = "unit", at_most = 1 }]\n'
    results = _run(_round(one), {"a": 90, "b": 90, "d": 80}, entries=who)
    assert outcomes(results) == {"a": "tie_undecided", "b": "tie_undecided", "d": "passed"}
    decided = [{"round": "r", "where": "p", "entries": ["b"]}]
    results = _run(_round(one), {"a": 90, "b": 90, "d": 80}, entries=who, decided=decided)
    assert _in(results) == ["b", "d"]


@pytest.mark.parametrize(
    ("close", "marks", "expected"),
    [
        ("{ count = 2, margin = 5 }", {"a": 60, "b": 56, "d": 55}, ["a", "b"]),
        ("{ count = 2, margin = 5 }", {"a": 60, "b": 54.9, "d": 50}, ["a"]),
        ("{ count = 3, leader_below = 50 }", {"a": 40, "b": 30, "d": 20, "e": 10}, ["a", "b", "d"]),
        ("{ count = 3, leader_below = 50 }", {"a": 50, "b": 30, "d": 20}, ["a"]),
        ("{ count = 2, leader_below = 50, margin = 5 }", {"a": 40, "b": 36, "d": 35}, ["a", "b"]),
        ("{ count = 2, leader_below = 50, margin = 5 }", {"a": 60, "b": 56}, ["a"]),
    ],
)
def test_more_go_forward_when_votes_scatter_or_are_close(close, marks, expected):
    assert _in(_run(_round(f"count = 1\nclose = {close}"), marks)) == expected


def _two_posts(marks, more="", absent=()):
    """People 1, 2, 3 … each entered for p (first) and q (second) unless marked None."""
    who, values = [], {}
    for name, (p, q) in marks.items():
        for post, mark, wish in (("p", p, 1), ("q", q, 2)):
            if mark is not None:
                entry = f"{name}{post}"
                who.append({"id": entry, "candidate": name, "post": post, "preference": wish})
                if mark != "?":
                    values[entry] = mark
    scheme = _round("ratio = 1\none_post = true\n" + more)
    return results_of(scheme, entries=who, values=valued(**values), absent=list(absent))


def test_who_leads_two_posts_keeps_the_preferred_one():
    results = _two_posts({"x": (90, 90), "y": (80, 80), "z": (70, 70)})
    assert _in(results) == ["xp", "yq"]
    assert outcomes(results)["xq"] == "released"
    assert results.entries["xq"].outcome.params["post"] == "p"


def test_releases_run_down_until_nothing_moves():
    # x leads q only; y leads p and is next in q; nothing to release but x has no p
    assert _in(_two_posts({"x": (None, 90), "y": (85, 85), "z": (80, 70)})) == ["xq", "yp"]
    # x leads both, y next in both with q her second wish, z third
    results = _two_posts({"x": (90, 95), "y": (None, 90), "z": (80, 92)})
    assert _in(results) == ["xp", "zq"]


def test_a_post_waits_for_the_other_post_of_its_people():
    results = _two_posts({"x": (90, 90), "y": ("?", None), "z": (None, 70)})
    assert results.posts["p"].outcome.code == "not_yet"
    assert results.posts["q"].outcome.params["missing"] == "linked"


def test_declared_numbers_are_compared_and_never_believed():
    scheme = _round("ratio = 1")
    declared = [
        {"what": "posts", "count": 25},
        {"what": "passed:r", "count": 1},
        {"what": "entries", "count": 6, "post": "p"},
        {"what": "moon", "count": 1},
    ]
    results = _run(scheme, declared=declared)
    assert [(w.code, w.params.get("found")) for w in results.warnings] == [
        ("declared_unknown", None),
        ("declared_differs", "1"),
    ]


def test_people_with_too_many_posts_or_twice_in_one():
    scheme = _round(before="[intake]\nmost_posts = 1\n")
    who = [
        {"id": "a1", "candidate": "a", "post": "p"},
        {"id": "a2", "candidate": "a", "post": "q"},
        {"id": "b1", "candidate": "b", "post": "p"},
        {"id": "b2", "candidate": "b", "post": "p"},
    ]
    results = results_of(scheme, entries=who, values=valued(a1=1, a2=1, b1=1, b2=1))
    assert [w.code for w in results.warnings] == ["too_many_posts", "entered_twice"]


def test_a_scheme_without_rounds_ranks_by_its_composite():
    results = _run(values_scheme())
    assert ranks(results) == {"a": 1, "b": 2, "d": 2, "e": 4, "g": 5, "f": 6}


@pytest.mark.parametrize(("times", "expected"), [(1, ["d"]), (2, ["d", "e"])])
def test_replacement_only_so_many_times(times, expected):
    scheme = _round(f'count = 2\nreplacement = "next"\nreplace_at_most = {times}')
    marks = {"a": 90, "b": 85, "d": 84, "e": 80, "f": 70}
    gone = [{"entry": n, "code": "waived", "after": "r"} for n in "ab"]
    assert _in(_run(scheme, marks, barred=gone)) == expected


@pytest.mark.parametrize(("rounding", "expected"), [("down", 2), ("up", 3), ("half-up", 3)])
def test_a_share_of_those_competing(rounding, expected):
    marks = {f"e{n}": 90 - n for n in range(5)}
    assert len(_in(_run(_round(f'share = 0.5\nratio_rounding = "{rounding}"'), marks))) == expected


def test_ties_by_a_date():
    who = [*entries("a", attributes={"born": "1985-03-02"}), *entries("b", attributes={"born": "1984-12-30"})]
    older = _round('ties = [{ attribute = "born", direction = "ascending" }]')
    assert ranks(_run(older, {"a": 80, "b": 80}, entries=who)) == {"b": 1, "a": 2}


def test_at_most_so_many_of_each_unit():
    units = ["x", "x", "x", "y", "x", "z"]
    who = [row for n, unit in enumerate(units) for row in entries(f"e{n}", attributes={"unit": unit})]
    marks = {f"e{n}": 90 - n for n in range(6)}
    two = 'count = 4\nquotas = [{ each = "unit", at_most = 2 }]\n'
    assert _in(_run(_round(two), marks, entries=who)) == ["e0", "e1", "e3", "e5"]
    both = 'count = 3\nquotas = [{ each = "unit", at_most = 2 }, { when = [{ attribute = "unit", equals = "z" }], at_least = 1 }]\n'
    assert _in(_run(_round(both), marks, entries=who)) == ["e0", "e1", "e5"]
    few = 'count = 6\nquotas = [{ each = "unit", at_most = 1 }]\n'
    assert _in(_run(_round(few), marks, entries=who)) == ["e0", "e3", "e5"]


AFTER_WRITTEN = """
[[components]]
id = "w"
kind = "imported"
title = "笔试"
[[components]]
id = "i"
kind = "imported"
title = "面试"
[[components]]
id = "c"
kind = "balance"
title = "修正"
of = "i"
coefficient = { places = 2 }
[[rounds]]
id = "interview"
title = "进入面试"
by = "w"
ratio = 2
[[rounds]]
id = "r"
title = "入围"
by = "c"
ratio = 1
"""


def test_nobody_waits_for_those_a_round_has_left_behind():
    """Rooms 1 and 2 with means 80 and 90 of those invited: 85 ÷ 80 = 1.06, 85 ÷ 90 = 0.94."""
    scheme = scheme_of(AFTER_WRITTEN)
    who = [*entries("a", "b", "x", room="1"), *entries("d", "e", "y", post="q", room="2")]
    written = valued("w", a=90, b=80, x=70, d=90, e=80, y=70)
    results = results_of(scheme, entries=who, values=[*written, *valued("i", a=78, b=82, d=88, e=92)])
    assert [str(results.value(n, "c")) for n in "abde"] == ["82.68", "86.92", "82.72", "86.48"]
    assert _in(results) == ["b", "e"]
    assert results.value("x", "c") is None
    # one of those invited is still to come: then everybody waits
    waiting = results_of(scheme, entries=who, values=[*written, *valued("i", a=78, b=82, d=88)])
    assert waiting.value("a", "c") is None and outcomes(waiting)["a"] == "passed"
    assert waiting.standings["r"]["a"].outcome.code == "not_yet"


@pytest.mark.parametrize("limit", ["at_least = 80", "above = 79"])
def test_a_gate_that_is_met_is_met_whether_or_not_it_stands(limit):
    """Whether it stands hangs on `w`, which is still to come: whoever meets it anyhow is not kept waiting for that."""
    scheme = _round(names="c w", gates=GATE + limit + '\nwhen = [{ of = "w", above = 50 }]')
    assert outcomes(_run(scheme, marks={"a": 90, "b": 85})) == {"a": "passed", "b": "passed"}
    waiting = _run(scheme, marks={"a": 90, "b": 70})
    assert outcomes(waiting) == {"a": "not_yet", "b": "not_yet"}
    assert waiting.entries["b"].outcome.params["missing"] == "condition_open"


def test_a_post_heard_in_two_rooms_and_ranked_by_room():
    """Whoever goes on in either room goes on for the post, and its places are its own."""
    scheme = values_scheme('[[rounds]]\nid = "r"\ntitle = "r"\nby = "c"\nwithin = "room"\ncount = 1\n')
    rows = [*entries("a", "b", room="1"), *entries("d", "e", room="2")]
    posts = [{"id": "p", "places": 3}]
    both = results_of(scheme, posts=posts, entries=rows, values=valued(a=80, b=70, d=60, e=50)).posts["p"]
    assert (both.outcome.code, both.outcome.params["count"], both.passed) == ("passed", "2", ("a", "d"))
    assert (both.places, both.rounds["r"].limit) == (3, None)
    one_open = results_of(scheme, posts=posts, entries=rows, values=valued(a=80, b=70, d=60)).posts["p"]
    assert (one_open.outcome.code, one_open.passed, one_open.waiting) == ("not_yet", ("a",), ("e",))
