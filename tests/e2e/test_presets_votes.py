"""S1 open nomination, S2-1 company, S2-2 bureau: votes counted by hand."""

from __future__ import annotations

from typing import Any

from tests.e2e.preset_world import Stream, computed, half_up, over, passed


def _people(**posts: str) -> list[dict[str, Any]]:
    return [
        {"id": f"{post}_{name}", "candidate": name, "post": post}
        for post, names in posts.items()
        for name in names.split()
    ]


def _counted(
    ballot: str, post: str, issued: int, valid: int, votes: dict[str, Any], **more: Any
) -> dict[str, Any]:
    """A box counted by hand; votes by name of the person."""
    named = {f"{post}_{name}": answers for name, answers in votes.items()}
    return {
        "ballot": ballot,
        "where": post,
        "issued": issued,
        "counted": {"valid": valid, "votes": named},
        **more,
    }


def test_s1_eleven_nominated_for_four_posts(tmp_path):
    """120 members, 118 present. Post by post, votes of 116 to 118 valid papers:

    p1: A 71 of 118 = 60.17 % (B 47): a clear lead, A alone.
    p2: D 50 of 118 = 42.37 %, E 45 = 38.14 %: less than half and 4.24 points apart: both.
    p3: G 52 of 116 = 44.83 %, H 40 = 34.48 %: less than half but 10.35 apart: G alone. I 24.
    p4: K 49 of 117 = 41.88 %, L 49: equal, both; M 19.
    """
    rows = {"p1": (118, {"A": 71, "B": 47}), "p2": (118, {"D": 50, "E": 45, "F": 23})}
    rows |= {"p3": (116, {"G": 52, "H": 40, "I": 24}), "p4": (117, {"K": 49, "L": 49, "M": 19})}
    entries = _people(p1="A B", p2="D E F", p3="G H I", p4="K L M")
    boxes = [
        _counted("nomination", post, 120, valid, {n: {"for": v} for n, v in votes.items()})
        for post, (valid, votes) in rows.items()
    ]
    facts = {"posts": [{"id": p} for p in rows], "entries": entries, "ballots": boxes}
    results = computed(tmp_path, "s1-open-nomination", facts)
    assert len(entries) == 11
    assert results["entries"]["p1_A"]["values"] == {"votes": "71", "share": "60.17", "approval": None}
    assert results["entries"]["p2_E"]["composite"] == "38.14"
    assert passed(results, "nominated") == {
        "p1": ["p1_A"],
        "p2": ["p2_D", "p2_E"],
        "p3": ["p3_G"],
        "p4": ["p4_K", "p4_L"],
    }

    # the joint review vetoes D; the vote: 60 of 120 is not more than half, 61 is
    facts["barred"] = [{"entry": "p2_D", "code": "vetoed", "after": "nominated", "note": "联审"}]
    decide = {
        "p1": {"A": (61, 50)},
        "p2": {"E": (60, 55)},
        "p3": {"G": (100, 3)},
        "p4": {"K": (66, 40), "L": (50, 60)},
    }
    facts["ballots"] = boxes + [
        _counted(
            "vote",
            p,
            120,
            118,
            {n: {"for": f, "against": a} for n, (f, a) in v.items()},
            members=120,
            present=118,
        )
        for p, v in decide.items()
    ]
    results = computed(tmp_path, "s1-open-nomination", facts)
    assert passed(results, "elected") == {"p1": ["p1_A"], "p2": [], "p3": ["p3_G"], "p4": ["p4_K"]}
    assert results["entries"]["p2_D"]["outcome"]["code"] == "vetoed"
    assert results["entries"]["p2_E"]["outcome"] == {
        "code": "no_majority",
        "params": {"of": "approval", "value": "50.00", "wanted": "> 50", "limit": "50"},
    }
    # 79 of 120 present is below two thirds: the vote does not count and nobody is elected
    for box in facts["ballots"][4:]:
        box["present"] = 79
        box["counted"]["valid"] = 79
    results = computed(tmp_path, "s1-open-nomination", facts)
    assert results["entries"]["p1_A"]["why"]["approval"]["code"] == "quorum_failed"


def test_s1_papers_one_by_one(tmp_path):
    """Of seven papers: A, A, B, a stranger, empty, A with B (void for the post), A: A 3 and B 1 of 6 valid."""
    papers = [{"choices": ["p1_A"]}] * 2 + [{"choices": ["p1_B"]}, {"others": ["陈某"]}, {}]
    papers += [{"choices": ["p1_A", "p1_B"]}, {"choices": ["p1_A"]}]
    box = {"ballot": "nomination", "where": "p1", "issued": 8, "papers": papers}
    facts = {"posts": [{"id": "p1"}], "entries": _people(p1="A B"), "ballots": [box]}
    results = computed(tmp_path, "s1-open-nomination", facts)
    assert results["entries"]["p1_A"]["values"]["votes"] == "3"
    assert results["entries"]["p1_A"]["values"]["share"] == "50.00"
    assert results["entries"]["p1_B"]["values"]["share"] == "16.67"
    assert results["warnings"] == [
        {
            "code": "written_in",
            "params": {"ballot": "nomination", "where": "p1", "class": "", "name": "陈某", "votes": "1"},
        }
    ]


def test_s2_1_classes_of_voters(tmp_path):
    """One post, five people. Recommendation: leaders 9 papers, middle 40, staff 60.

    A: 7/9 = 77.78, 30/40 = 75, 33/60 = 55 → 0.4 × 77.78 + 0.3 × 75 + 0.3 × 55 = 31.112 + 22.5 + 16.5 = 70.11
    B: 5/9 = 55.56, 20/40 = 50, 42/60 = 70 → 22.224 + 15 + 21 = 58.22
    C: 4/9 = 44.44, 18/40 = 45, 27/60 = 45 → 17.776 + 13.5 + 13.5 = 44.78
    D: 2/9 = 22.22, 12/40 = 30, 18/60 = 30 → 8.888 + 9 + 9 = 26.89
    Appraisal, 100 valid: A 60/30/8/2 → 6000 + 2400 + 480 + 80 = 89.60; B 40/40/15/5 → 84.00 … 4000+3200+900+200 = 83.00
    C 35/31/20/14 → 3500 + 2480 + 1200 + 560 = 77.40, excellent and competent 66 of 100: below two thirds
    D 50/40/10/0 → 5000 + 3200 + 600 = 88.00
    Composite: A 42.066 + 35.84 = 77.906 → 77.91; B 34.932 + 33.2 = 68.13; D 16.134 + 35.2 = 51.33
    """
    shares = {"A": (7, 30, 33), "B": (5, 20, 42), "C": (4, 18, 27), "D": (2, 12, 18)}
    boxes = []
    for place, (voters, papers) in enumerate((("leaders", 9), ("middle", 40), ("staff", 60))):
        votes = {name: {"for": counts[place]} for name, counts in shares.items()}
        boxes.append(_counted("recommendation", "p", papers, papers, votes, **{"class": voters}))
    grades = {"A": (60, 30, 8, 2), "B": (40, 40, 15, 5), "C": (35, 31, 20, 14), "D": (50, 40, 10, 0)}
    names = ("excellent", "competent", "basic", "poor")
    votes = {n: dict(zip(names, counts, strict=True)) for n, counts in grades.items()}
    boxes.append(_counted("appraisal", "p", 105, 100, votes))
    facts: dict[str, Any] = {"posts": [{"id": "p"}], "entries": _people(p="A B C D"), "ballots": boxes}
    results = computed(tmp_path, "s2-1-company-mid-level", facts)
    found = {n: results["entries"][f"p_{n}"] for n in "ABCD"}
    assert [found[n]["values"]["recommended"] for n in "ABCD"] == ["70.11", "58.22", "44.78", "26.89"]
    assert [found[n]["values"]["appraised"] for n in "ABCD"] == ["89.60", "83.00", "77.40", "88.00"]
    assert [found[n]["composite"] for n in "ABD"] == ["77.91", "68.13", "51.33"]
    assert found["C"]["outcome"]["code"] == "not_approved"
    assert found["C"]["values"]["approved"] == "0.66"
    assert passed(results, "considered") == {"p": ["p_A", "p_B"]}
    assert results["posts"]["p"]["rounds"]["decided"]["outcome"]["code"] == "undecided"
    facts["decided"] = [{"round": "decided", "where": "p", "entries": ["p_B"]}]
    results = computed(tmp_path, "s2-1-company-mid-level", facts)
    assert passed(results, "decided") == {"p": ["p_B"]}
    assert results["entries"]["p_A"]["outcome"]["code"] == "not_chosen"


def _bureau(votes: dict[str, tuple[int, int]], valid: int, **more: Any) -> dict[str, Any]:
    named = {n: {"for": f, "against": a} for n, (f, a) in votes.items()}
    return _counted("staff", "p", 90, valid, named, members=96, **more)


def test_s2_2_majority_of_the_staff(tmp_path):
    """96 members, 90 papers out, 88 valid: 44 of 88 is exactly half and not enough, 45 is 51.14 %."""
    facts: dict[str, Any] = {"posts": [{"id": "p"}], "entries": _people(p="A B C")}
    facts["ballots"] = [_bureau({"A": (45, 40), "B": (44, 30), "C": (20, 60)}, 88)]
    results = computed(tmp_path, "s2-2-bureau-staff-vote", facts)
    assert [results["entries"][f"p_{n}"]["composite"] for n in "ABC"] == ["51.14", "50.00", "22.73"]
    assert passed(results, "inspection") == {"p": ["p_A"]}
    assert results["entries"]["p_B"]["outcome"]["code"] == "no_majority"

    # equal votes: the ballot is held again between the two
    facts["ballots"] = [_bureau({"A": (50, 30), "B": (50, 30), "C": (20, 60)}, 88)]
    results = computed(tmp_path, "s2-2-bureau-staff-vote", facts)
    assert results["posts"]["p"]["outcome"]["code"] == "tie_needs"
    again = _counted("again", "p", 90, 87, {"A": {"for": 43}, "B": {"for": 44}})
    facts["ballots"].append(again)
    assert passed(computed(tmp_path, "s2-2-bureau-staff-vote", facts), "inspection") == {"p": ["p_B"]}

    # 91 papers out of the box for 90 issued: the vote is void
    facts["ballots"] = [_bureau({"A": (60, 20)}, 88, returned=91)]
    results = computed(tmp_path, "s2-2-bureau-staff-vote", facts)
    assert [w["code"] for w in results["warnings"]] == ["ballot_void", "papers_differ"]
    assert results["entries"]["p_A"]["outcome"]["code"] == "not_yet"


def test_s2_2_two_posts_paper_by_paper(tmp_path):
    """Two posts, 90 papers each with blanks and double marks, against a plain count."""
    stream = Stream(22)
    entries = _people(p="A B C", q="D E")
    boxes: list[dict[str, Any]] = []
    expected: dict[str, str] = {}
    for post in ("p", "q"):
        standing = [e["id"] for e in entries if e["post"] == post]
        papers, votes = [], dict.fromkeys(standing, 0)
        for _ in range(90):
            marks: dict[str, Any] = {}
            for name in standing:
                mark = stream.pick(["for", "for", "against", "abstain", [], ["for", "against"]])
                marks[name] = mark
                votes[name] += mark == "for"
            papers.append({"marks": marks})
        boxes.append({"ballot": "staff", "where": post, "issued": 90, "members": 96, "papers": papers})
        expected |= {name: str(half_up(over(100 * count, 90))) for name, count in votes.items()}
    facts = {"posts": [{"id": "p"}, {"id": "q"}], "entries": entries, "ballots": boxes}
    results = computed(tmp_path, "s2-2-bureau-staff-vote", facts)
    assert {n: item["composite"] for n, item in results["entries"].items()} == expected
