"""Days of other kinds: ballots held live, draws of everything with several parties, people who appear once for two posts."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests import world
from tests.ballots_world import PROCTOR, close, grades, open_poll, paper, slips
from tests.ballots_world import opened as ballots_opened
from tests.drawworld import hold
from tests.drawworld import opened as draws_opened
from tests.e2e.test_town import GIVEN, PAPERS, folder, ran
from tests.verifier.conftest import Said, Verifier
from tests.verifier.small_event import Forgery
from tests.waits import WAIT_S
from venue_app.domain import ballot_commands as b
from venue_app.domain import draw_commands as dc
from venue_app.host.bundling import write_bundle
from venue_app.seal.keys import load_or_create
from venue_app.venue import Venue

__all__ = ["folder"]


def bundled(venue: Venue, tmp_path: Path) -> Forgery:
    """The bundle of an event whose first entry names no key: all but the signatures can be checked."""
    keys = load_or_create(tmp_path / "keys")
    write_bundle(venue, keys, tmp_path / "day.bundle", [])
    venue.close()
    return Forgery.of((tmp_path / "day.bundle").read_bytes(), keys)


def proved(said: Said) -> set[str]:
    return {check["code"] for check in said.checks if check["ok"]}


@pytest.fixture(scope="module")
def voted(tmp_path_factory: pytest.TempPathFactory) -> Forgery:
    tmp_path = tmp_path_factory.mktemp("voted")
    venue = ballots_opened(tmp_path / "day.venue")
    rolls = {"leaders": b.Roll(members=3, present=2), "staff": b.Roll(members=9, present=4)}
    poll = open_poll(venue, rolls=rolls)
    leaders, staff = slips(venue, poll, 2, "leaders"), slips(venue, poll, 4)
    good, fair = ("优秀",) * 6, ("称职", "称职", "优秀", "", "优秀|称职", "不称职")
    for code, voters, answers in (
        (leaders[0], "leaders", good),
        (leaders[1], "leaders", fair),
        (staff[0], "staff", fair),
        (staff[1], "staff", good),
        (staff[2], "staff", ("", "", "基本称职", "基本称职")),
    ):
        venue.polls.cast(poll, code, paper(grades(*answers), voters)).result(WAIT_S)
    close(venue, poll, unissued={"staff": 1})
    second = open_poll(venue, "choose")
    [one, two] = slips(venue, second, 2, "")
    chosen: dict[str, dict[str, tuple[str, ...]]] = {"C1": {"": ("for",)}, "C3": {"": ("for",)}}
    venue.polls.cast(second, one, paper(chosen, "", others=("=赵,丁",))).result(WAIT_S)
    venue.polls.cast(second, two, paper({"C1": {"": ("for",)}}, "")).result(WAIT_S)
    close(venue, second)
    third = open_poll(venue, "decide")
    venue.ask(b.AbandonBallot(poll=third, reason="停电", second="监督员甲"), PROCTOR)
    return bundled(venue, tmp_path)


def test_ballots_held_live(verifier: Verifier, voted: Forgery):
    said = verifier.verify(voted.signed())
    assert said.wrong().keys() == {"keys"}
    assert {"ballots", "papers", "results", "meaning"} <= proved(said)
    points = json.loads(voted.members["results.json"])["candidates"]["990000198001010000"]["components"][
        "points"
    ]
    # leaders (100 + 80) / 2 = 90; staff (100 + 80) / 2 = 90, the blank one left out: 90 × 0.6 + 90 × 0.4
    assert points == "90.00"


def _vote(entry: dict[str, Any]) -> None:
    entry["data"]["papers"][0]["marks"]["C1"] = {"德": ["不称职"]}


def _count(entry: dict[str, Any]) -> None:
    entry["data"]["valid"] += 1


def _code(entry: dict[str, Any]) -> None:
    entry["data"]["used"][0] = "0" * 64


@pytest.mark.parametrize(
    ("kind", "change", "found_in"),
    [
        ("ballot.papers", _vote, "ballot.closed"),
        ("ballot.counted", _count, "ballot.counted"),
        ("ballot.closed", _code, "ballot.closed"),
    ],
)
def test_a_ballot_forged_by_the_owner(
    verifier: Verifier, voted: Forgery, kind: str, change: Any, found_in: str
):
    wrong = verifier.verify(voted.changed(voted.find(kind), change).signed()).wrong()
    assert wrong["ballots"]["seq"] == voted.find(found_in)


def test_published_papers_are_those_of_the_journal(verifier: Verifier, voted: Forgery):
    table = voted.members["ballots/V1.csv"].replace("优秀".encode(), "称职".encode(), 1)
    forged = voted.with_member("ballots/V1.csv", table).signed()
    assert "ballots/V1.csv" in verifier.verify(forged).wrong()["papers"]["sentence"]


@pytest.mark.parametrize(
    ("plan", "purposes"),
    [
        ('parties = ["supervisor", "notary", "candidates"]\nposts = "adjacent"', ("order",)),
        ('held = ["places", "order"]\nparties = ["notary"]', ("places", "order")),
        (
            'held = ["seats", "questions", "sessions"]\nhalf_days = ["am", "pm"]\nquestion_sets = ["A", "B", "C"]',
            ("seats", "questions", "sessions"),
        ),
        ('held = ["pool", "seats", "order"]\nlate = "last"\nabsent = "out"', ("pool", "seats", "order")),
    ],
)
def test_every_draw(verifier: Verifier, tmp_path: Path, plan: str, purposes: Any):
    venue = draws_opened(tmp_path / "day.venue", plan)
    hold(venue, *purposes)
    last = venue.state.scheme.draw.lots
    if "absent" in plan:
        gone = next(iter(venue.state.lots))
        left = dc.ChangeDraw(purpose=last, change="withdrawn", id=gone, reason="病", second="监督员甲")
        venue.ask(left, world.PROCTOR)
    forger = bundled(venue, tmp_path)
    said = verifier.verify(forger.signed())
    assert said.wrong().keys() == {"keys"}, said.wrong()
    assert sum(check["code"] == "draw" for check in said.checks) == len(purposes)
    assert "results" in proved(said)

    def swap(entry: dict[str, Any]) -> None:
        rows = [row for row in entry["data"]["result"].values() if len(row) > 1] or [
            *entry["data"]["result"].values()
        ]
        rows[0][0], rows[-1][-1] = rows[-1][-1], rows[0][0]

    for number in range(len(purposes)):
        forged = forger.changed(forger.find("draw.drawn", number), swap)
        assert {"draw", "meaning"} & verifier.verify(forged.signed()).wrong().keys(), purposes[number]


def test_people_who_appear_once_for_two_posts(verifier: Verifier, folder: Path, tmp_path: Path):
    (folder / "测评票.csv").write_text(PAPERS, encoding="utf-8-sig")
    lines = [f"{who},{seat},{mark}" for who, given in GIVEN.items() for seat, mark in enumerate(given, 1)]
    (folder / "打分.csv").write_text("\n".join(["编号,席位,面试总分", *lines]), encoding="utf-8")
    with ThreadPoolExecutor(1) as thread:  # the browser has a loop in this one
        made, _results = thread.submit(ran, folder, tmp_path / "out").result()
    said = verifier.verify(made.bundle.read_bytes())
    assert said.wrong() == {}
    counts = {check["code"]: check["params"].get("count") for check in said.checks if check["ok"]}
    assert (counts["results"], counts["signatures"], counts["papers"]) == (5, 15, 1)
    assert counts["reports"] == len(made.reports)
