"""S2-4: one post each with interview, ballot and decision; and places by rank, everything quantified."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.e2e.preset_world import Stream, best, computed, half_up, over, passed, trimmed_mean

FIVE = {"analysis": 25, "organisation": 25, "response": 20, "expression": 20, "manner": 10}
ITEMS = ("virtue", "ability", "diligence", "achievement", "honesty")
POINTS = {"excellent": 100, "competent": 80, "basic": 60, "poor": 0}


def _interview(stream: Stream, name: str, level: int) -> tuple[list[dict[str, Any]], Decimal]:
    """Nine sheets in halves, and the mean without ends."""
    rows, totals = [], []
    for seat in range(1, 10):
        marks = {
            c: Decimal(full * 2 * (level + stream.between(-6, 6)) // 100) / 2 for c, full in FIVE.items()
        }
        totals.append(sum(marks.values(), Decimal(0)))
        row = {"entry": name, "group": "interviewers", "seat": seat}
        rows.append({**row, "marks": {c: str(m) for c, m in marks.items()}})
    return rows, trimmed_mean(totals)


def _ballot(
    stream: Stream, post: str, names: list[str], size: int
) -> tuple[dict[str, Any], dict[str, Decimal]]:
    """Papers with blanks and double marks, and the points by a plain count."""
    papers = []
    counts = {n: {i: dict.fromkeys(POINTS, 0) for i in ITEMS} for n in names}
    for _ in range(size):
        marks: dict[str, Any] = {}
        for name in names:
            marks[name] = {}
            for item in ITEMS:
                kind = stream.below(20)
                grade = stream.pick(["excellent", "excellent", "competent", "basic", "poor"])
                if kind == 0:
                    marks[name][item] = []
                elif kind == 1:
                    marks[name][item] = ["excellent", "competent"]
                else:
                    marks[name][item] = grade
                    counts[name][item][grade] += 1
        papers.append({"marks": marks})
    points = {}
    for name in names:
        by_item = [
            over(sum(POINTS[g] * n for g, n in counts[name][item].items()), sum(counts[name][item].values()))
            for item in ITEMS
        ]
        points[name] = half_up(over(sum(by_item), 5))
    return {"ballot": "appraisal", "where": post, "issued": size, "papers": papers}, points


def test_one_post_each(tmp_path):
    stream = Stream(24)
    entries, values, sheets, ballots, written = [], [], [], [], {}
    absent: list[dict[str, Any]] = []
    for n in range(6):
        for k in range((9, 8, 7, 6, 5, 2)[n]):
            name = f"p{n}e{k}"
            entries.append({"id": name, "post": f"p{n}"})
            written[name] = Decimal(stream.between(90, 180)) / 2
            values.append({"entry": name, "component": "written", "value": str(written[name])})
    facts: dict[str, Any] = {
        "posts": [{"id": f"p{n}"} for n in range(6)],
        "entries": entries,
        "values": values,
    }
    invited = {
        f"p{n}": best({e["id"]: (written[e["id"]],) for e in entries if e["post"] == f"p{n}"}, 5)
        for n in range(5)
    }
    composite: dict[str, tuple[Decimal, ...]] = {}
    marks: dict[str, Decimal] = {}
    for post, names in invited.items():
        box, points = _ballot(stream, post, names, 30)
        ballots.append(box)
        for place, name in enumerate(names):
            if post == "p4" and place >= 2:  # only two of p4 come: the post is cancelled
                absent.append({"entry": name})
                continue
            rows, marks[name] = _interview(stream, name, stream.between(55, 95))
            sheets += rows
            total = half_up(
                written[name] * Decimal("0.3") + marks[name] * Decimal("0.4") + points[name] * Decimal("0.3")
            )
            composite[name] = (total, marks[name], written[name], points[name])
    # those who were not invited stand on no paper: the ballot is among the five
    facts |= {"sheets": sheets, "ballots": ballots, "absent": absent}
    results = computed(tmp_path, "s2-4-city-one-post", facts)
    assert results["posts"]["p5"]["outcome"]["code"] == "post_below_minimum"
    assert {p: n for p, n in passed(results, "interviewed").items() if p != "p5"} == invited
    for name, (total, *_rest) in composite.items():
        assert results["entries"][name]["composite"] == str(total), name
    assert results["posts"]["p4"]["rounds"]["inspected"]["outcome"]["code"] == "post_below_minimum"
    for post in ("p0", "p1", "p2", "p3"):
        able = {n: composite[n] for n in invited[post] if marks[n] >= 60}
        assert passed(results, "inspected")[post] == best(able, 3)
    assert any(marks[n] < 60 for n in marks)


def test_places_by_rank(tmp_path):
    stream = Stream(25)
    posts = [{"id": f"p{n}", "places": 1 + n % 2} for n in range(5)]  # 7 places in all
    people = [f"e{n:02}" for n in range(40)]
    room = {name: f"第{1 + n % 3}考场" for n, name in enumerate(people)}
    unit = {name: f"单位{n % 6}" for n, name in enumerate(people)}
    written = {n: Decimal(stream.between(100, 190)) / 2 for n in people}
    sheets, raw = [], {}
    for name in people[:-2]:  # the last two miss the interview
        strict = {"第1考场": 0, "第2考场": -4, "第3考场": 3}[room[name]]
        marks = [Decimal(2 * (stream.between(70, 90) + strict) + stream.below(2)) / 2 for _ in range(7)]
        raw[name] = trimmed_mean(marks)
        sheets += [
            {"entry": name, "group": "interviewers", "seat": s, "marks": {"total": str(m)}}
            for s, m in enumerate(marks, 1)
        ]
    by_room = {r: [raw[n] for n in raw if room[n] == r] for r in set(room.values())}
    means = {r: half_up(over(sum(m), len(m)), 4) for r, m in by_room.items()}
    overall = half_up(over(sum(means.values()), 3), 4)
    interview = {n: half_up(raw[n] * half_up(over(overall, means[room[n]]), 4)) for n in raw}
    worth = {"good": 100, "fairly": 80, "ordinary": 60, "bad": 40}
    boxes: list[dict[str, Any]] = []
    ballot: dict[str, Decimal] = {}
    for name in sorted(set(unit.values())):
        mine = [n for n in people if unit[n] == name]
        votes = {n: {g: stream.between(1, 20) for g in worth} for n in mine}
        valid = max(sum(v.values()) for v in votes.values())
        boxes.append(
            {"ballot": "appraisal", "where": name, "issued": 90, "counted": {"valid": valid, "votes": votes}}
        )
        ballot |= {n: half_up(over(sum(worth[g] * c for g, c in votes[n].items()), valid)) for n in mine}
    inspection = {}
    for name in raw:
        given = [stream.between(75, 98) for _ in range(11)]
        out = stream.below(11) + 1  # one of the committee recused
        kept = [m for s, m in enumerate(given, 1) if s != out]
        inspection[name] = half_up(over(sum(kept), 10))
        sheets += [
            {"entry": name, "group": "committee", "seat": s, "marks": {"total": m}}
            for s, m in enumerate(given, 1)
            if s != out
        ]
    recused = [
        {
            "entry": name,
            "group": "committee",
            "seat": next(
                s
                for s in range(1, 12)
                if not any(
                    row["entry"] == name and row["group"] == "committee" and row["seat"] == s
                    for row in sheets
                )
            ),
            "state": "recused",
        }
        for name in raw
    ]
    facts: dict[str, Any] = {
        "posts": posts,
        "entries": [
            {"id": n, "post": f"p{i % 5}", "room": room[n], "attributes": {"unit": unit[n]}}
            for i, n in enumerate(people)
        ],
        "values": [{"entry": n, "component": "written", "value": str(w)} for n, w in written.items()],
        "sheets": sheets,
        "out_seats": recused,
        "ballots": boxes,
        "absent": [{"entry": n} for n in people[-2:]],
    }
    results = computed(tmp_path, "s2-4-city-by-rank", facts)
    quarter = Decimal("0.25")
    total = {n: half_up((written[n] + interview[n] + ballot[n] + inspection[n]) * quarter) for n in raw}
    assert {n: results["entries"][n]["values"]["interview"] for n in raw} == {
        n: str(v) for n, v in interview.items()
    }
    assert {n: results["entries"][n]["composite"] for n in raw} == {n: str(v) for n, v in total.items()}
    order = {n: (total[n], interview[n], written[n]) for n in raw}
    seven = best(order, 7)
    assert sorted(results["sets"]["chosen"][""]["passed"]) == seven
    assert results["entries"][people[-1]]["outcome"]["code"] == "absent"
    assert sum(len(item["passed"]) for item in results["posts"].values()) == 7

    # the first withdraws: the eighth takes the place
    first = max(order, key=lambda n: order[n])
    facts["barred"] = [{"entry": first, "code": "waived", "after": "chosen"}]
    results = computed(tmp_path, "s2-4-city-by-rank", facts)
    rest = {n: v for n, v in order.items() if n != first}
    assert sorted(results["sets"]["chosen"][""]["passed"]) == best(rest, 7)
    assert results["entries"][first]["rank"] == 1
