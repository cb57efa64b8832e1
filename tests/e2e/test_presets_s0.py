"""S0, county self-nomination: 154 entries for 16 posts, one cancelled, 150 ranked in three rooms."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from click.testing import CliRunner

from tests.e2e.preset_world import Stream, best, computed, half_up, over, passed, trimmed_mean
from venue_app.cli.rules import compute
from venue_app.scheme import preset_text
from venue_app.scheme.edit import set_value

SIZES = (19, 13, 13, 12, 12, 10, 10, 10, 9, 9, 8, 8, 7, 5, 5, 4)  # 154, the last below five
CRITERIA = {"content": 300, "language": 200, "post": 200, "response": 200, "manner": 100}


class World:
    """The facts, and what plain arithmetic makes of them."""

    def __init__(self) -> None:
        stream = Stream(20)
        posts = [f"p{n:02}" for n in range(16)]
        entries: list[dict[str, Any]] = []
        for post, size in zip(posts, SIZES, strict=True):
            for _ in range(size):
                entries.append(
                    {"id": f"e{len(entries):03}", "post": post, "room": f"r{posts.index(post) % 3}"}
                )
        for n, entry in enumerate(e for e in entries if e["post"] == "p15"):
            entry |= {"post": f"p{n + 4:02}", "moved_from": "p15"}
        for n in (3, 40, 77, 110):
            entries[n]["unqualified"] = "学历不符合要求"
        self.entries = entries
        self.values: list[dict[str, Any]] = []
        self.sheets: list[dict[str, Any]] = []
        self.composite: dict[str, Decimal] = {}
        self.posts = posts
        for entry in entries:
            if "unqualified" not in entry:
                self._marks(stream, entry["id"])

    def _marks(self, stream: Stream, name: str) -> None:
        draft = Decimal(stream.between(6000, 9600)) / 100
        self.values.append({"entry": name, "component": "draft", "value": str(draft)})
        level = stream.between(60, 92)
        totals = []
        for seat in range(1, 8):
            marks = {
                c: Decimal(full * (level + stream.between(-8, 8)) // 100) / 10 for c, full in CRITERIA.items()
            }
            totals.append(sum(marks.values()))
            row = {"entry": name, "group": "panel", "seat": seat}
            self.sheets.append({**row, "marks": {c: str(m) for c, m in marks.items()}})
        seen = [stream.between(5, 10) for _ in range(20)]
        for seat, mark in enumerate(seen, 1):
            row = {"entry": name, "group": "observers", "seat": seat}
            self.sheets.append({**row, "marks": {"overall": str(mark)}})
        live, audience = trimmed_mean([Decimal(t) for t in totals]), half_up(over(sum(seen), 20))
        self.composite[name] = half_up(draft * Decimal("0.15") + live * Decimal("0.65") + audience)

    def facts(self) -> dict[str, Any]:
        return {
            "posts": [{"id": post} for post in self.posts],
            "entries": self.entries,
            "values": self.values,
            "sheets": self.sheets,
            "declared": [{"what": "entries", "count": 154}, {"what": "cancelled", "count": 1}],
        }

    def shortlist(self) -> dict[str, list[str]]:
        found = {}
        for post in self.posts[:15]:
            mine = {
                e["id"]: self.composite[e["id"]]
                for e in self.entries
                if e["post"] == post and e["id"] in self.composite
            }
            found[post] = best({n: (c,) for n, c in mine.items() if c >= 70}, 2)
        return found


@pytest.fixture(scope="module")
def world() -> World:
    return World()


@pytest.fixture(scope="module")
def results(world, tmp_path_factory) -> dict[str, Any]:
    return computed(tmp_path_factory.mktemp("s0"), "s0-county-self-nomination", world.facts())


def test_every_composite(world, results):
    found = {n: item["composite"] for n, item in results["entries"].items() if item["composite"]}
    assert len(found) == 150
    assert found == {n: str(c) for n, c in world.composite.items()}


def test_the_shortlist(world, results):
    expected = world.shortlist()
    assert passed(results, "shortlist") == expected
    assert 15 <= sum(map(len, expected.values())) <= 30


def test_the_post_below_five_is_cancelled(results):
    outcome = results["posts"]["p15"]["outcome"]
    assert outcome == {"code": "post_below_minimum", "params": {"post": "p15", "count": "4", "minimum": "5"}}
    assert results["warnings"] == []


def test_the_unqualified_have_no_rank(results):
    item = results["entries"]["e003"]
    assert (item["rank"], item["composite"], item["outcome"]["code"]) == (None, None, "unqualified")


def test_one_entry_worked_by_hand(tmp_path):
    """Seven totals 82.5 79 85.2 81.3 88 76.4 83.1: kept 82.5 79 85.2 81.3 83.1 = 411.1, mean 82.22.
    Observers: fourteen 8 and six 7 = 154, mean 7.7. Draft 87.43 × 0.15 = 13.1145; 82.22 × 0.65 = 53.443;
    13.1145 + 53.443 + 7.7 = 74.2575, composite 74.26."""
    totals = ("82.5", "79", "85.2", "81.3", "88", "76.4", "83.1")
    split = {
        "content": Decimal("0.3"),
        "language": Decimal("0.2"),
        "post": Decimal("0.2"),
        "response": Decimal("0.2"),
    }
    sheets = []
    for seat, total in enumerate(totals, 1):
        marks = {c: (Decimal(total) * share).quantize(Decimal("0.1")) for c, share in split.items()}
        marks["manner"] = Decimal(total) - sum(marks.values())
        sheets.append(
            {"entry": "a", "group": "panel", "seat": seat, "marks": {c: str(m) for c, m in marks.items()}}
        )
    for seat in range(1, 21):
        sheets.append(
            {"entry": "a", "group": "observers", "seat": seat, "marks": {"overall": 8 if seat < 15 else 7}}
        )
    facts = {
        "posts": [{"id": "p"}],
        "entries": [
            {"id": "a", "post": "p"},
            *({"id": f"x{n}", "post": "p", "unqualified": "-"} for n in range(4)),
        ],
        "values": [{"entry": "a", "component": "draft", "value": "87.43"}],
        "sheets": sheets,
    }
    item = computed(tmp_path, "s0-county-self-nomination", facts)["entries"]["a"]
    assert item["composite"] == "74.26"
    assert [t["points"] for t in item["terms"]] == ["13.1145", "53.443", "7.7"]
    assert (item["rank"], item["outcome"]["code"]) == (1, "passed")
    assert item["values"]["final"] is None and item["why"]["final"]["code"] == "value_missing"


def test_seventy_of_ninety_or_of_a_hundred(world, tmp_path):
    """The setting the source leaves open: 70 of 90 is 77.78 of 100, so rescaled 63 is enough."""
    text = set_value(preset_text("s0-county-self-nomination"), "rounds[1].gates[1].out_of", 100)
    path = tmp_path / "scaled.toml"
    path.write_text(text, encoding="utf-8")
    found = passed(computed(tmp_path, str(path), world.facts()), "shortlist")
    for post in world.posts[:15]:
        mine = {
            e["id"]: world.composite[e["id"]]
            for e in world.entries
            if e["post"] == post and e["id"] in world.composite
        }
        assert found[post] == best({n: (c,) for n, c in mine.items() if c * 100 >= 70 * 90}, 2)


def test_the_same_bytes_with_facts_in_another_order(world, tmp_path):
    found = set()
    for turn in (1, -1):
        mixed = {name: rows[::turn] for name, rows in world.facts().items()}
        source, target = tmp_path / "f.json", tmp_path / "r.json"
        source.write_text(json.dumps({"format": 1, **mixed}), encoding="utf-8")
        arguments = [
            "--scheme",
            "s0-county-self-nomination",
            "--facts",
            str(source),
            "--working",
            "--out",
            str(target),
        ]
        assert CliRunner().invoke(compute, arguments).exit_code == 0
        found.add(target.read_bytes())
    assert len(found) == 1
