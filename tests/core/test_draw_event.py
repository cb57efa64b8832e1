"""The draws through the real venue: every step durable, in its order, by the right people, and what follows from it."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests import world
from tests.drawworld import by_ticket, hold, nonce_of, opened, promise_of, steps
from tests.world import PROCTOR
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, tr_in
from venue_app.cli.draw import draw as command_line
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain import floor_commands as floor
from venue_app.domain.nouns import ChangeKind, Judge, Post, Purpose
from venue_app.domain.record import encode
from venue_app.domain.roles import Actor, Role
from venue_app.host.audit import audit
from venue_app.host.audit_draw import said_of
from venue_app.journal import Journal
from venue_app.state.facts import facts_of
from venue_app.state.sections import due, half_day_of, question_set
from venue_app.venue import Venue

SUPERVISOR = Actor(role=Role.SUPERVISOR, name="监督员甲")
NOTARY = Actor(role=Role.NOTARY, name="公证员乙")
THREE = 'parties = ["supervisor", "notary", "candidates"]'
SLOW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def make(tmp_path):
    made: list[Venue] = []

    def event(plan: str = "", roster: c.ImportRoster | None = None) -> Venue:
        made.append(opened(tmp_path / f"{len(made)}.venue", plan, roster))
        return made[-1]

    yield event
    for venue in made:
        venue.close()


def refused(code: str, venue: Venue, command: c.Command, actor: Actor = PROCTOR) -> Known:
    """The command is refused with that reason, and the journal does not grow."""
    size = venue.state.size
    with pytest.raises(Known) as caught:
        venue.ask(command, actor)
    assert caught.value.code == code
    assert venue.state.size == size
    return caught.value


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def entries(venue: Venue) -> list[bytes]:
    venue.close()
    journal = Journal.open(venue.path)
    try:
        return [raw for _, raw in journal.entries()]
    finally:
        journal.close()


# ---- the steps ----


def test_three_parties_the_hall_and_the_program_make_one_seed(make, tmp_path):
    venue = make(THREE)
    hold(venue, "order", public=" ３１４ 15 ")
    draw = venue.state.draws["order"]
    parts = [f"{p}={nonce_of(p)}" for p in ("candidates", "notary")]
    own, last = f"program={draw.nonce}", f"supervisor={nonce_of('supervisor')}"
    assert draw.seed == ",".join(["venue-draw-2", "e" * 32, draw.list_digest, "31415", *parts, own, last])
    for room, listed in draw.listed.items():
        assert draw.result[room] == by_ticket(draw.seed, listed)
    assert {a.entry for a in venue.state.queue("R1")} == {"E001", "E003", "E005"}
    listing, said = tmp_path / "list.txt", tmp_path / "said.json"
    listing.write_text(draw.list, encoding="ascii", newline="")
    said.write_text(json.dumps(said_of(venue.state, draw)), encoding="utf-8")
    ran = CliRunner().invoke(command_line, ["--list", str(listing), "--transcript", str(said)])
    assert (ran.exit_code, json.loads(ran.stdout)["wrong"]) == (0, [])


def test_each_step_survives_the_laptop_being_switched_off(tmp_path):
    path = tmp_path / "off.venue"
    venue = opened(path, THREE + '\nheld = ["order"]')
    seen = []
    for command in steps(venue, "order"):
        venue.ask(command, PROCTOR)
        before = venue.state.draws["order"]
        venue.close()
        venue = Venue(path)
        assert venue.state.draws["order"] == before
        seen.append(before.step)
    assert seen == ["commit", "commit", "commit", "public", "reveal", "reveal", "reveal", "draw", "done"]
    assert sha(f"venue-draw-commit-1,program,{before.nonce}") == before.commitment
    venue.close()


def test_a_laptop_that_dies_at_any_step_goes_on_to_the_same_result(tmp_path):
    """What lies on the disk right after each answer is opened elsewhere, as after a plug was pulled."""
    venue = opened(tmp_path / "a.venue", THREE)
    todo = steps(venue, "order")
    seeds = set()
    for number, command in enumerate(todo, 1):
        venue.ask(command, PROCTOR)
        copy = tmp_path / str(number)
        copy.mkdir()
        for file in tmp_path.glob("a.venue*"):
            shutil.copy(file, copy)
        other = Venue(copy / "a.venue")
        assert other.state.draws == venue.state.draws
        for rest in todo[number:]:
            other.ask(rest, PROCTOR)
        seeds.add(other.state.draws["order"].seed)
        other.close()
    assert seeds == {venue.state.draws["order"].seed}
    venue.close()


def test_the_programs_number_stays_secret_until_the_end(make):
    venue = make(THREE)
    told: list[bytes] = []
    venue.listen(lambda change: told.extend(encode(r) for r in change.records))
    *before, last = steps(venue, "order")
    for command in before:
        venue.ask(command, PROCTOR)
    so_far = len(told)
    venue.ask(last, PROCTOR)
    nonce = venue.state.draws["order"].nonce.encode()
    assert len(nonce) == 32
    assert not any(nonce in raw for raw in told[:so_far])
    assert any(nonce in raw for raw in told[so_far:])


def test_nothing_comes_before_its_turn(make):
    venue = make(THREE)
    refused("draw.not_prepared", venue, dc.GivePublic(public="1"))
    freeze, one, two, three, public, *reveals, last = steps(venue, "order")
    venue.ask(freeze, PROCTOR)
    refused("draw.already_prepared", venue, freeze)
    refused("draw.await_commitments", venue, public)
    refused("draw.await_commitments", venue, reveals[0])
    venue.ask(one, PROCTOR)
    venue.ask(two, PROCTOR)
    fault = refused("draw.await_commitments", venue, public)
    assert fault.params["parties"] == "candidates"
    venue.ask(three, PROCTOR)
    refused("draw.await_public", venue, reveals[0])
    refused("draw.await_public", venue, last)
    venue.ask(public, PROCTOR)
    refused("draw.commit_too_late", venue, one)
    refused("draw.public_given", venue, dc.GivePublic(public="2"))
    refused("draw.await_reveals", venue, last)
    for reveal in reveals:
        venue.ask(reveal, PROCTOR)
    refused("draw.party_twice", venue, reveals[0])
    venue.ask(last, PROCTOR)
    refused("draw.already_held", venue, last)


def test_commitments_are_each_partys_own(make):
    venue = make(THREE)
    venue.ask(dc.FreezeDraw(), PROCTOR)
    own = venue.state.draws["order"].commitment
    refused("draw.commitment_copied", venue, dc.CommitDraw(party="notary", commitment=own))
    refused("draw.not_a_commitment", venue, dc.CommitDraw(party="notary", commitment="12"))
    refused("draw.not_a_party", venue, dc.CommitDraw(party="mayor", commitment="a" * 64))
    refused("draw.not_a_party", venue, dc.CommitDraw(party="program", commitment="a" * 64))
    venue.ask(dc.CommitDraw(party="notary", commitment=f" {promise_of('notary').upper()}\n"), PROCTOR)
    assert venue.state.draws["order"].promises["notary"].commitment == promise_of("notary")
    refused("draw.party_twice", venue, dc.CommitDraw(party="notary", commitment="a" * 64))


def test_a_wrong_number_changes_nothing_and_hurts_nobody_else(make):
    venue = make(THREE)
    freeze, one, two, three, public, *reveals, last = steps(venue, "order")
    for command in (freeze, one, two, three, public, reveals[1]):
        venue.ask(command, PROCTOR)
    wrong = dc.RevealDraw(party="supervisor", nonce=nonce_of("notary"))
    assert refused("draw.commitment_broken", venue, wrong).params["party"] == "supervisor"
    refused("draw.nonce", venue, dc.RevealDraw(party="supervisor", nonce="12"))
    assert set(venue.state.draws["order"].revealed) == {"notary"}
    spaced = " ".join(nonce_of("supervisor")[i : i + 4] for i in range(0, 40, 4)).upper()
    venue.ask(dc.RevealDraw(party="supervisor", nonce=spaced), PROCTOR)
    venue.ask(reveals[2], PROCTOR)
    venue.ask(last, PROCTOR)
    assert venue.state.lots


def test_a_refusal_opens_the_envelope_and_never_draws_again(make):
    venue = make(THREE)
    *early, _, second, third, last = steps(venue, "order")
    for command in (*early, second):
        venue.ask(command, PROCTOR)
    refused("draw.finish_first", venue, dc.DiscardDraw(reason="拒绝公开", second="公证员乙"))
    envelope = dc.RevealDraw(party="supervisor", nonce=nonce_of("supervisor"), opened="envelope")
    refused("venue.second_person", venue, envelope)
    venue.ask(replace(envelope, second="公证员乙"), PROCTOR)
    venue.ask(dc.RevealDraw(party="candidates", opened="void", second="公证员乙"), PROCTOR)
    refused("draw.party_twice", venue, third)
    venue.ask(last, PROCTOR)
    draw = venue.state.draws["order"]
    assert ",candidates=void," in draw.seed
    assert f",supervisor={nonce_of('supervisor')}" in draw.seed
    assert [draw.revealed[p].opened for p in ("supervisor", "candidates")] == ["envelope", "void"]
    assert all(check.ok is not False for check in audit(entries(venue)))


def test_a_witness_gives_in_an_own_part_only(make):
    venue = make(THREE)
    freeze, supervisor, notary, candidates, public, *reveals, last = steps(venue, "order")
    for actor in (
        SUPERVISOR,
        NOTARY,
        Actor(role=Role.JUDGE, seat="R1-1"),
        Actor(role=Role.PROCTOR, room="R1"),
    ):
        for command in (freeze, public, last, dc.DiscardDraw(reason="x", second="y")):
            with pytest.raises(Known, match=r"venue\.not_(allowed|your_room)"):
                venue.ask(command, actor)
    venue.ask(freeze, PROCTOR)
    refused("draw.not_your_part", venue, notary, SUPERVISOR)
    refused("venue.not_allowed", venue, notary, Actor(role=Role.CHECKER))
    venue.ask(supervisor, SUPERVISOR)
    venue.ask(notary, NOTARY)
    assert venue.state.draws["order"].promises["notary"].by == "公证员乙"
    venue.ask(candidates, PROCTOR)
    venue.ask(public, PROCTOR)
    refused("draw.not_your_part", venue, reveals[2], NOTARY)
    void = dc.RevealDraw(party="notary", opened="void", second="监督员甲")
    refused("draw.not_your_part", venue, void, NOTARY)
    venue.ask(reveals[0], SUPERVISOR)
    venue.ask(reveals[1], NOTARY)
    assert venue.state.draws["order"].waits_for == ("candidates",)


def moved(venue: Venue, path) -> Venue:
    """The same journal on a laptop that never had the program's secret."""
    raw = entries(venue)
    journal = Journal.create(path, raw[0])
    journal.append(raw[1:], submissions=[None] * (len(raw) - 1))
    journal.close()
    return Venue(path)


def test_a_lost_number_is_declared_void_and_the_others_draw(make, tmp_path):
    venue = make('parties = ["notary"]')
    *early, last = steps(venue, "order")
    for command in early:
        venue.ask(command, PROCTOR)
    void = dc.RevealDraw(party="program", opened="void", second="公证员乙")
    refused("draw.program_reveals", venue, void)
    other = moved(venue, tmp_path / "other.venue")
    refused("draw.nonce_lost", other, last)
    other.ask(void, PROCTOR)
    other.ask(last, PROCTOR)
    assert other.state.draws["order"].seed.endswith(f",notary={nonce_of('notary')},program=void")
    other.close()


def test_where_nobodys_number_can_be_opened_the_draw_may_be_set_aside(make, tmp_path):
    venue = make()
    venue.ask(dc.FreezeDraw(), PROCTOR)
    venue.ask(dc.GivePublic(public="271828"), PROCTOR)
    other = moved(venue, tmp_path / "other.venue")
    aside = dc.DiscardDraw(reason="换机", second="公证员乙")
    refused("draw.finish_first", other, aside)
    other.ask(dc.RevealDraw(party="program", opened="void", second="公证员乙"), PROCTOR)
    refused("draw.no_contribution", other, dc.HoldDraw())
    other.ask(aside, PROCTOR)
    hold(other, "order")
    assert len(other.state.lots) == 6
    other.close()


# ---- candidates ----


@SLOW
@given(
    people=st.integers(2, 14),
    posts=st.sampled_from(["free", "adjacent"]),
    parties=st.sampled_from(["", THREE]),
    public=st.text("0123456789红旗", min_size=1, max_size=12),
)
def test_whatever_is_drawn_everybody_has_one_lot_and_anybody_can_recompute_it(
    tmp_path_factory, people, posts, parties, public
):
    path = tmp_path_factory.mktemp("draw") / "any.venue"
    venue = opened(path, f'posts = "{posts}"\n{parties}', world.roster(people=people))
    hold(venue, "order", public=public)
    state, draw = venue.state, venue.state.draws["order"]
    ids = sorted(state.entries)
    assert sorted(state.lots) == ids
    assert sorted(a.entry for a in state.appearances.values()) == ids
    for room in ("R1", "R2"):
        assert [a.entry for a in state.queue(room)] == list(draw.result.get(room, ()))
        assert draw.result[room] == by_ticket(draw.seed, draw.result[room])  # a room hears one post here
    found = {check.code: check.ok for check in audit(entries(venue))}
    assert (found["audit.draw"], found["audit.draw_steps"]) == (True, True)


@SLOW
@given(
    posts=st.lists(st.sampled_from(["P1", "P2", "P3", "P4"]), min_size=4, max_size=14),
    rule=st.sampled_from(["free", "adjacent", "apart"]),
    public=st.integers(0, 9999),
)
def test_posts_stay_together_or_apart_in_every_room_or_the_draw_is_refused(
    tmp_path_factory, posts, rule, public
):
    small = world.roster(people=len(posts))
    roster = replace(
        small,
        posts=tuple(Post(id=p, title=p, room="R1" if p < "P3" else "R2") for p in ("P1", "P2", "P3", "P4")),
        entries=tuple(replace(entry, post=post) for entry, post in zip(small.entries, posts, strict=True)),
    )
    venue = opened(tmp_path_factory.mktemp("posts") / "any.venue", f'posts = "{rule}"', roster)
    rooms = ([p for p in posts if p < "P3"], [p for p in posts if p > "P2"])
    crowded = any(room.count(p) > (len(room) + 1) // 2 for room in rooms for p in room)
    if rule == "apart" and crowded:
        refused("draw.conflict_apart", venue, dc.FreezeDraw())
        venue.close()
        return
    hold(venue, "order", public=str(public))
    for room, expected in zip(("R1", "R2"), rooms, strict=True):
        order = [venue.state.entries[a.entry].post for a in venue.state.queue(room)]
        assert sorted(order) == sorted(expected)
        changes = sum(a != b for a, b in pairwise(order))
        if rule == "adjacent" and order:
            assert changes == len(set(order)) - 1
        if rule == "apart" and order:
            assert changes == len(order) - 1
    assert all(check.ok is not False for check in audit(entries(venue)))


def test_half_days_and_their_question_sets(make):
    venue = make(
        'held = ["sessions", "questions"]\nhalf_days = ["am", "pm"]\nquestion_sets = ["A", "B", "C"]',
        world.roster(people=10),
    )
    refused("draw.earlier_first", venue, dc.FreezeDraw(purpose="questions"))
    hold(venue, "sessions")
    draw = venue.state.draws["sessions"]
    assert {place: len(names) for place, names in draw.result.items()} == {
        "R1-1am": 3, "R1-2pm": 2, "R2-1am": 3, "R2-2pm": 2,
    }  # fmt: skip
    assert venue.state.draw is draw
    order = by_ticket(draw.seed, [f"E{n:03d}" for n in (1, 3, 5, 7, 9)])
    assert tuple(a.entry for a in venue.state.queue("R1")) == order
    assert [half_day_of(venue.state, name) for name in order] == ["1am"] * 3 + ["2pm"] * 2
    assert due(venue.state) == "questions" and question_set(venue.state, "1am") == ""
    hold(venue, "questions", public="2718")
    drawn = venue.state.draws["questions"]
    assert by_ticket(drawn.seed, ["A", "B", "C"]) == (
        question_set(venue.state, "1am"), question_set(venue.state, "2pm"), *drawn.reserve,
    )  # fmt: skip
    assert due(venue.state) is None
    assert all(check.ok is not False for check in audit(entries(venue)))


def test_first_the_room_then_the_order(make):
    roster = world.roster(people=7)
    venue = make(
        'held = ["places", "order"]',
        replace(roster, posts=tuple(replace(p, room=None) for p in roster.posts)),
    )
    hold(venue, "places")
    assert not venue.state.lots
    rooms = venue.state.draws["places"]
    ranked = by_ticket(rooms.seed, sorted(venue.state.entries))
    assert {place: set(names) for place, names in rooms.result.items()} == {
        "R1": set(ranked[:4]), "R2": set(ranked[4:]),
    }  # fmt: skip
    hold(venue, "order", public="11")
    order = venue.state.draws["order"]
    assert order.result == {"R1": by_ticket(order.seed, ranked[:4]), "R2": by_ticket(order.seed, ranked[4:])}
    assert venue.state.lots[order.result["R2"][2]].number == 3
    refused("draw.rested_upon", venue, dc.DiscardDraw(purpose="places", reason="x", second="公证员乙"))
    assert all(check.ok is not False for check in audit(entries(venue)))


def test_one_lot_for_room_and_order(make):
    venue = make('held = ["places"]')
    hold(venue, "places")
    draw = venue.state.draws["places"]
    ranked = by_ticket(draw.seed, sorted(venue.state.entries))
    assert [venue.state.lots[e].room for e in ranked] == ["R1"] * 3 + ["R2"] * 3
    assert [venue.state.lots[e].number for e in ranked] == [1, 2, 3, 1, 2, 3]


def change(kind: ChangeKind, name: str, place: str = "", purpose: Purpose = "order") -> dc.ChangeDraw:
    return dc.ChangeDraw(purpose=purpose, change=kind, id=name, place=place, reason="病", second="公证员乙")


def test_who_stays_away_withdraws_or_comes_late(make):
    venue = make('absent = "out"\nlate = "last"')
    refused("draw.change_unknown", venue, dc.FreezeDraw(missing=("E099",)))
    venue.ask(dc.FreezeDraw(missing=("E005",)), PROCTOR)
    venue.ask(dc.HoldDraw(public="42"), PROCTOR)
    assert "E005" not in venue.state.lots and len(venue.state.queue("R1")) == 2
    before = dict(venue.state.lots)
    refused("venue.second_person", venue, replace(change("withdrawn", "E001"), second="考务"))
    refused("venue.reason_missing", venue, replace(change("withdrawn", "E001"), reason=" "))
    refused("draw.unknown_place", venue, change("late", "E005", "R2"))
    venue.ask(change("late", "E005", "R1"), PROCTOR)
    refused("draw.twice", venue, change("late", "E005", "R1"))
    venue.ask(change("withdrawn", "E001"), PROCTOR)
    venue.ask(change("absent", "E002"), PROCTOR)
    assert {k: v for k, v in venue.state.lots.items() if k != "E005"} == before
    assert (venue.state.lots["E005"].room, venue.state.lots["E005"].number) == ("R1", 3)
    status = {a.entry: a.status for a in venue.state.appearances.values()}
    assert (status["E001"], status["E002"], status["E005"]) == ("waived", "absent", "waiting")
    standing = venue.state.draws["order"].standing.places
    assert None in standing["R1"] and standing["R1"][2] == "E005"
    found = audit(entries(venue))
    assert all(check.ok is not False for check in found)


def test_somebody_late_who_left_again_has_no_second_lot(make):
    venue = make('absent = "out"\nlate = "last"')
    venue.ask(dc.FreezeDraw(missing=("E005",)), PROCTOR)
    venue.ask(dc.HoldDraw(public="42"), PROCTOR)
    venue.ask(change("late", "E005", "R1"), PROCTOR)
    venue.ask(change("withdrawn", "E005"), PROCTOR)
    refused("draw.twice", venue, change("late", "E005", "R1"))
    assert [a.status for a in venue.state.appearances.values() if a.entry == "E005"] == ["waived"]


def test_the_plan_says_whether_the_absent_keep_their_lot_and_the_late_may_come(make):
    venue = make()
    venue.ask(dc.FreezeDraw(missing=("E005",)), PROCTOR)
    venue.ask(dc.HoldDraw(public="42"), PROCTOR)
    assert venue.state.draws["order"].missing == ("E005",) and "E005" in venue.state.lots
    refused("draw.change_rule", venue, change("absent", "E005"))
    refused("draw.change_rule", venue, change("late", "E001", "R1"))
    world.on_floor(venue, lot=venue.state.lots["E001"].number)
    refused("venue.lot_not_waiting", venue, change("withdrawn", "E001"))


def test_whoever_was_not_there_and_is_out_counts_as_absent(make):
    venue = make('absent = "out"')
    venue.ask(dc.FreezeDraw(missing=("E005",)), PROCTOR)
    assert ("E005", "") not in facts_of(venue.state).absent
    venue.ask(dc.HoldDraw(public="42"), PROCTOR)
    assert facts_of(venue.state).absent == {("E005", "")}


def test_setting_aside_has_its_time(make):
    venue = make()
    aside = dc.DiscardDraw(reason="名单漏人", second="公证员乙")
    venue.ask(dc.FreezeDraw(), PROCTOR)
    venue.ask(aside, PROCTOR)
    venue.ask(dc.FreezeDraw(), PROCTOR)
    venue.ask(dc.GivePublic(public="1"), PROCTOR)
    refused("draw.finish_first", venue, aside)
    typed = dc.TypeDraw(result={}, again={}, witnesses=("甲", "乙"), means="球")
    refused("draw.finish_first", venue, typed)
    venue.ask(dc.HoldDraw(), PROCTOR)
    first = venue.state.draws["order"]
    venue.ask(aside, PROCTOR)
    assert venue.state.past_draws[-1] == replace(first, set_aside="名单漏人", second="公证员乙")
    assert not venue.state.lots
    hold(venue, "order", public="2")
    assert len({d.commitment for d in (*venue.state.past_draws, venue.state.draws["order"])}) == 3
    venue.ask(c.MarkAbsent(room="R1", lot=1), PROCTOR)
    refused("draw.too_late_to_redo", venue, aside)
    assert sum(check.code == "audit.draw" and check.ok is True for check in audit(entries(venue))) == 2


def test_the_files_of_all_draws_fit_each_other_and_the_check_anybody_can_write(make, tmp_path):
    venue = make(THREE, world.roster(people=9))
    hold(venue, "order")
    venue.ask(dc.DiscardDraw(reason="名单漏人", second="公证员乙"), PROCTOR)
    hold(venue, "order", public="999")
    venue.close()
    out = tmp_path / "out"
    ran = CliRunner().invoke(command_line, ["--event", str(venue.path), "--out", str(out)])
    assert ran.exit_code == 0
    names = ["order-2.list.txt", "order-2.transcript.json", "order.list.txt", "order.transcript.json"]
    assert sorted(file.name for file in out.iterdir()) == names
    document = (Path(__file__).parents[2] / "docs" / "formats" / "draw.md").read_text(encoding="utf-8")
    check = tmp_path / "check.py"
    check.write_text(document.split("```python check.py\n")[1].split("```")[0], encoding="utf-8")
    for which in ("order", "order-2"):
        files = [str(out / f"{which}.list.txt"), str(out / f"{which}.transcript.json")]
        told = subprocess.run(
            [sys.executable, str(check), *files], capture_output=True, text=True, check=False
        )
        assert (told.returncode, told.stdout) == (0, "fits\n"), told.stderr
    again = json.loads((out / "order-2.transcript.json").read_text(encoding="utf-8"))
    assert again["public"] == "999" and again["list_digest"] == sha((out / "order-2.list.txt").read_text())
    half = CliRunner().invoke(command_line, ["--event", str(venue.path)])
    assert half.exit_code == 2


# ---- judges ----


def judges_roster(units: str = "", per_room: int = 7) -> c.ImportRoster:
    """Fourteen judges in two rooms; `units` gives each a unit by one letter, `-` for none."""
    roster = world.roster(judges=per_room)
    letters = iter(units or "-" * len(roster.seats))
    seats = tuple(
        replace(seat, unit="" if (unit := next(letters, "-")) == "-" else f"单位{unit}")
        for seat in roster.seats
    )
    return replace(roster, seats=seats)


def people_in(venue: Venue, room: str) -> set[str]:
    return {seat.name for seat in venue.state.seats.values() if seat.room == room}


@SLOW
@given(units=st.lists(st.sampled_from("ABCDEFG-"), min_size=14, max_size=14), public=st.integers(0, 9999))
def test_judges_of_one_unit_never_sit_in_one_room_or_the_draw_is_refused_before_it_is_frozen(
    tmp_path_factory, units, public
):
    path = tmp_path_factory.mktemp("seats") / "any.venue"
    venue = opened(path, 'held = ["order", "seats"]', judges_roster("".join(units)))
    hold(venue, "order")
    before = {seat.name: seat for seat in venue.state.seats.values() if seat.room}
    if any(units.count(unit) > 2 for unit in "ABCDEFG"):
        refused("draw.conflict_seats", venue, dc.FreezeDraw(purpose="seats"))
        venue.close()
        return
    try:
        venue.ask(dc.FreezeDraw(purpose="seats"), PROCTOR)
    except Known as fault:  # both chiefs of a unit of more: said before anything was frozen
        assert fault.code.startswith("draw.conflict_") and "seats" not in venue.state.draws
        venue.close()
        return
    venue.ask(dc.HoldDraw(purpose="seats", public=str(public)), PROCTOR)
    for room in ("R1", "R2"):
        there = [seat for seat in venue.state.seats.values() if seat.room == room]
        assert len({seat.unit for seat in there if seat.unit}) == sum(bool(seat.unit) for seat in there)
        assert before[next(seat.name for seat in there if seat.chief)].chief
    after = {seat.name: seat for seat in venue.state.seats.values() if seat.room}
    assert after.keys() == before.keys()
    assert all(after[name].unit == before[name].unit for name in after)
    assert all(check.ok is not False for check in audit(entries(venue)))


def test_a_recusal_keeps_a_judge_out_and_goes_with_the_person(make):
    venue = make('held = ["order", "seats"]', judges_roster())
    venue.ask(floor.RecuseFromPost(seat="R1-3", post="P1", reason="亲属"), PROCTOR)
    who = venue.state.seats["R1-3"].name
    hold(venue, "order", "seats")
    seat = next(s for s in venue.state.seats.values() if s.name == who)
    assert seat.room == "R2"  # the post P1 is heard in R1
    assert venue.state.recusals == {(seat.id, "P1"): "亲属"}
    draw = venue.state.draws["seats"]
    barred = next(item for item in draw.plan.items if item.bars)
    assert venue.state.judges[barred.id].name == who and barred.bars == {"R1"}
    venue.ask(dc.DiscardDraw(purpose="seats", reason="漏了回避", second="公证员乙"), PROCTOR)
    assert venue.state.seats["R1-3"].name == who
    assert venue.state.recusals == {("R1-3", "P1"): "亲属"}


def test_what_no_draw_can_satisfy_is_refused_with_names(make):
    roster = judges_roster()
    venue = make('held = ["order", "seats"]', roster)
    for seat in ("R1-2", "R1-3", "R1-4", "R1-5", "R1-6", "R1-7", "R2-2", "R2-3"):
        venue.ask(floor.RecuseFromPost(seat=seat, post="P1", reason="亲属"), PROCTOR)
    hold(venue, "order")
    fault = refused("draw.conflict_seats", venue, dc.FreezeDraw(purpose="seats"))
    assert fault.params["places"] == "第1组" and "评委R12/第1组" in str(fault.params["barred"])
    for lang in LANGUAGES:
        assert "评委R12/第1组" in tr_in(lang, "draw.error.conflict_seats", **fault.params)


def body(count: int, group: str = "panel") -> tuple[Judge, ...]:
    return tuple(
        Judge(id=f"B{n:02d}", name=f"专家{n}", group=group, unit=f"院{n}", chief="yes" if n <= 4 else "")
        for n in range(1, count + 1)
    )


def test_a_panel_is_named_out_of_a_larger_body_then_seated(make):
    venue = make('held = ["order", "pool", "seats"]', judges_roster())
    refused("draw.judge_unknown", venue, dc.ListJudges(judges=body(3, group="nobody")))
    venue.ask(dc.ListJudges(judges=body(20)), PROCTOR)
    hold(venue, "order", "pool")
    refused("draw.judges_drawn", venue, dc.ListJudges(judges=body(3)))
    pool = venue.state.draws["pool"]
    assert len(pool.result["panel"]) == 14 and len(pool.reserve) == 6
    assert people_in(venue, "R1") | people_in(venue, "R2") == {
        venue.state.judges[j].name for j in pool.result["panel"]
    }
    gone = pool.result["panel"][5]
    venue.ask(change("replace", gone, purpose="pool"), PROCTOR)
    taken = venue.state.draws["pool"].standing.places["panel"][5]
    assert taken == by_ticket(pool.seed, pool.reserve)[0] == pool.reserve[0]
    hold(venue, "seats", public="99")
    refused("draw.rested_upon", venue, change("withdrawn", taken, purpose="pool"))
    seated = set(venue.state.seated.values())
    assert taken in seated and gone not in seated and len(seated) == 14
    for seat, judge in venue.state.seated.items():
        assert venue.state.seats[seat].name == venue.state.judges[judge].name
    venue.ask(dc.DiscardDraw(purpose="seats", reason="x", second="公证员乙"), PROCTOR)
    assert set(venue.state.seated.values()) == seated
    assert all(check.ok is not False for check in audit(entries(venue)))


def hear(venue: Venue, lot: int = 1) -> None:
    """One candidate in R1, from the call to the close."""
    world.on_floor(venue, lot=lot)
    for number in range(1, 8):
        world.send(venue, f"R1-{number}", lot=lot)
    world.stages_over(venue)
    venue.ask(c.CheckResult(room="R1", lot=lot, checker="核"), PROCTOR)
    venue.ask(c.ReleaseResult(room="R1", lot=lot), PROCTOR)
    venue.ask(c.CloseAppearance(room="R1", lot=lot), PROCTOR)


def test_the_panel_of_an_unfinished_post_stays(make):
    venue = make('held = ["order", "seats"]', judges_roster())
    hold(venue, "order", "seats")
    refused("draw.already_prepared", venue, dc.FreezeDraw(purpose="seats"))
    first = dict(venue.state.seated)
    venue.ask(c.MarkAbsent(room="R2", lot=1), PROCTOR)  # nobody was heard in R2
    again = dc.FreezeDraw(purpose="seats")
    refused("draw.already_prepared", venue, again)
    hear(venue)
    venue.ask(again, PROCTOR)
    venue.ask(dc.DiscardDraw(purpose="seats", reason="x", second="公证员乙"), PROCTOR)
    assert venue.state.draws["seats"].held_at is not None and venue.state.seated == first
    for command in steps(venue, "seats", "5"):
        venue.ask(command, PROCTOR)
    after = venue.state.seated
    assert {s: j for s, j in after.items() if s.startswith("R1")} == {
        s: j for s, j in first.items() if s.startswith("R1")
    }
    assert {j for s, j in after.items() if s.startswith("R2")} == {
        j for s, j in first.items() if s.startswith("R2")
    }
    assert all(check.ok is not False for check in audit(entries(venue)))


def test_seats_drawn_by_hand_must_keep_the_rules(make):
    venue = make('held = ["order", "seats"]', judges_roster("AB-----" + "A------"))
    hold(venue, "order")
    venue.ask(dc.FreezeDraw(purpose="seats"), PROCTOR)
    names = {f"J{n:02d}" for n in range(1, 15)}
    assert {item.id for item in venue.state.draws["seats"].plan.items} == names
    room = {"R1": tuple(f"J{n:02d}" for n in range(1, 8)), "R2": tuple(f"J{n:02d}" for n in range(8, 15))}

    def typed(**result):
        given = {**room, **result}
        return dc.TypeDraw(purpose="seats", result=given, again=given, witnesses=("甲", "乙"), means="球")

    swapped = typed(R1=("J02", "J01", *room["R1"][2:]))  # a chief's chair for somebody who is none
    refused("draw.typed_rule", venue, swapped)
    same = typed(R1=("J08", "J02", *room["R1"][2:]), R2=("J01", *room["R2"][1:]))
    venue.ask(same, PROCTOR)
    assert venue.state.seats["R1-1"].name == venue.state.judges["J08"].name
    found = {check.code: check.ok for check in audit(entries(venue))}
    assert found["audit.typed_draw"] is None and found["audit.draw_steps"] is True


def test_seats_are_not_drawn_again_while_a_judge_owes_marks(make):
    venue = make('held = ["seats", "order"]')
    hold(venue, "seats", "order")
    for lot in (1, 2, 3):
        world.on_floor(venue, lot=lot)
        for n in range(1, 8):
            world.send(venue, f"R1-{n}", lot=lot)
        world.stages_over(venue)
        for done in (c.CheckResult(room="R1", lot=lot, checker="乙"), c.ReleaseResult(room="R1", lot=lot)):
            venue.ask(done, PROCTOR)
        venue.ask(c.CloseAppearance(room="R1", lot=lot), PROCTOR)
    back = floor.ReopenSheet(room="R1", lot=3, seat="R1-3", reason="写错", second="乙")
    venue.ask(back, PROCTOR)
    refused("draw.sheets_owed", venue, dc.FreezeDraw(purpose="seats"))
    world.send(venue, "R1-3", lot=3)
    venue.ask(dc.FreezeDraw(purpose="seats"), PROCTOR)
    venue.ask(back, PROCTOR)
    refused("draw.sheets_owed", venue, dc.HoldDraw(purpose="seats", public="42"))
    left_out = c.ExcuseSeat(room="R1", lot=3, seat="R1-3", kind="excused", reason="离场")
    venue.ask(left_out, PROCTOR)
    before = {f"R1-{n}": venue.state.seats[f"R1-{n}"].name for n in range(1, 8)}
    venue.ask(dc.HoldDraw(purpose="seats", public="42"), PROCTOR)
    assert venue.state.draws["seats"].held_at is not None
    assert venue.state.appearances["R1", 3].sat == before
    [moved, *_] = (seat for seat, name in before.items() if venue.state.seats[seat].name != name)
    venue.ask(floor.ReopenSheet(room="R1", lot=2, seat=moved, reason="写错", second="乙"), PROCTOR)
    with pytest.raises(Known) as fault:  # whoever sits there now has not heard lot 2
        world.send(venue, moved, lot=2)
    assert fault.value.code == "venue.another_judge"
    assert fault.value.params["then"] == before[moved]
