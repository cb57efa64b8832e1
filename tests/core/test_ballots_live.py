"""Ballots held live: who may vote, one slip one paper, closing, counting, votes held again."""

from __future__ import annotations

import threading
from decimal import Decimal

import pytest

from tests.ballots_world import (
    EVENT,
    NAMES,
    PEOPLE,
    PROCTOR,
    SCHEME,
    WITNESS,
    close,
    grades,
    open_poll,
    opened,
    paper,
    slips,
)
from tests.waits import WAIT_S
from venue_app.base.errors import Known
from venue_app.base.ids import random_code
from venue_app.domain import ballot_commands as c
from venue_app.domain import commands
from venue_app.domain.floor_commands import CoSign
from venue_app.domain.record import decode
from venue_app.domain.roles import Actor, Role
from venue_app.host.audit import audit
from venue_app.journal import Journal
from venue_app.journal.box import Box, box_files
from venue_app.rules import compute
from venue_app.state import replay
from venue_app.state.facts import facts_of
from venue_app.state.proposing import going_on
from venue_app.state.witness import Due, due
from venue_app.venue import Venue
from venue_app.venue.ballots import papers_digest, slip_digest


@pytest.fixture
def venue(tmp_path):
    found = opened(tmp_path / "event.venue")
    yield found
    found.close()


def refused(code: str, work, *args, **kwargs) -> Known:
    with pytest.raises(Known) as caught:
        work(*args, **kwargs)
    assert caught.value.code == code
    return caught.value


def cast(venue: Venue, poll: str, code: str, one) -> bool:
    return venue.polls.cast(poll, code, one).result(WAIT_S)


ALL = ("优秀",) * 6


# ---- opening ----


def test_an_event_of_ballots_alone_closes_without_lots_but_never_while_people_vote(venue):
    poll = open_poll(venue)
    code = slips(venue, poll, 1)[0]
    end = commands.CloseRun(people=PEOPLE)
    refused("venue.close_while_voting", venue.ask, end, PROCTOR)
    cast(venue, poll, code, paper(grades(*ALL)))
    close(venue, poll)
    venue.ask(end, PROCTOR)
    assert venue.state.closed_at is not None
    assert venue.state.polls[poll].tallies["staff"].valid == 1


def test_a_poll_says_who_stands_and_who_votes(venue):
    poll = open_poll(
        venue,
        rolls={"leaders": c.Roll(members=3, present=2), "staff": c.Roll(members=40)},
        timing="after",
    )
    found = venue.state.polls[poll]
    assert (found.id, found.names, found.attempt, found.status, found.timing) == (
        "V1",
        NAMES,
        1,
        "open",
        "after",
    )
    assert found.rolls["leaders"].present == 2 and found.rolls["staff"].present is None


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("ballots.unknown_ballot", {"ballot": "nothing"}),
        ("ballots.no_names", {"names": ()}),
        ("ballots.no_names", {"names": ("C1", "C1")}),
        ("ballots.not_standing", {"names": ("C1", "C9")}),
        ("ballots.not_standing", {"where": "P1"}),
        ("ballots.classes", {"rolls": {"staff": c.Roll()}}),
        ("ballots.number", {"rolls": {"leaders": c.Roll(members=-1), "staff": c.Roll()}}),
    ],
)
def test_a_poll_that_cannot_be(venue, code, change):
    given = {"ballot": "appraisal", "names": NAMES, "rolls": {"leaders": c.Roll(), "staff": c.Roll()}}
    refused(code, venue.ask, c.OpenBallot(**(given | change)), PROCTOR)


def test_only_the_proctor_of_the_event_opens_and_closes(venue):
    command = c.OpenBallot(ballot="decide", names=NAMES, rolls={"": c.Roll()})
    refused("venue.not_allowed", venue.ask, command, Actor(role=Role.JUDGE, seat="R1-1"))
    refused("venue.not_your_room", venue.ask, command, Actor(role=Role.PROCTOR, name="台", room="R1"))


# ---- slips ----


def test_the_journal_knows_slips_by_digest_in_an_order_that_says_nothing(venue):
    poll = open_poll(venue)
    codes = slips(venue, poll, 5)
    digests = [digest for digest, _ in venue.state.polls[poll].slips]
    assert digests == sorted(slip_digest(EVENT, code) for code in codes)
    assert [s.poll for s in venue.polls.look(codes[3])] == [poll]


def test_slips_are_refused_that_are_none(venue):
    poll = open_poll(venue)
    codes = slips(venue, poll, 1)
    known = slip_digest(EVENT, codes[0])
    for digests in [(known,), ("ab",), ("f" * 64, "f" * 64)]:
        refused(
            "ballots.slips",
            venue.ask,
            c.IssueSlips(poll=poll, voter_class="staff", digests=digests),
            PROCTOR,
        )
    refused("ballots.number", venue.ask, c.IssueSlips(poll=poll, voter_class="staff"), PROCTOR)
    refused("ballots.classes", venue.ask, c.IssueSlips(poll=poll, voter_class="x", papers=1), PROCTOR)


def test_one_slip_one_paper(venue):
    poll = open_poll(venue)
    mine, other = slips(venue, poll, 2)
    first = paper(grades(*ALL))
    assert cast(venue, poll, mine, first) is False
    assert cast(venue, poll, mine, first) is True, "sent again: counted once"
    refused("ballots.slip_used", cast, venue, poll, mine, paper(grades(*ALL)))
    refused("ballots.code_taken", cast, venue, poll, other, first)
    refused("ballots.slip_unknown", cast, venue, poll, "0" * 12, paper(grades(*ALL)))
    assert venue.polls.turnout(poll)["staff"].cast == 1


def test_a_paper_longer_than_any_slot_spoils_nobody_elses(venue):
    poll = open_poll(venue)
    first, second = slips(venue, poll, 2)
    endless = paper(grades(*("|".join(("基本称职",) * 10),) * 6))
    too_long = venue.polls.cast(poll, first, endless)
    beside = venue.polls.cast(poll, second, paper(grades(*ALL)))
    refused("ballots.bad_paper", too_long.result, 10)
    assert beside.result(WAIT_S) is False
    refused("ballots.bad_paper", venue.polls.enter, poll, [paper(grades(*ALL)), endless])
    assert venue.polls.turnout(poll)["staff"].entered == 0
    assert cast(venue, poll, first, paper(grades(*ALL))) is False, "the slip was not used up"


def test_typed_papers_whose_writing_failed_late_count_once(venue, monkeypatch):
    poll = open_poll(venue)
    typed = [paper(grades(*ALL)), paper(grades(*ALL[::-1]))]
    forget, left = Box._forget, [1]

    def broken(box: Box) -> None:
        if left:
            left.clear()
            raise OSError("the stick was pulled")
        forget(box)

    monkeypatch.setattr(Box, "_forget", broken)
    with pytest.raises(Known):
        venue.polls.enter(poll, typed)
    assert venue.polls.enter(poll, typed) == 0, "they are in"
    assert len(venue.polls.shut(poll).entered) == 2


def test_a_slip_of_one_class_does_not_vote_in_another(venue):
    poll = open_poll(venue)
    (code,) = slips(venue, poll, 1, "leaders")
    refused("ballots.bad_paper", cast, venue, poll, code, paper(grades(*ALL), "staff"))


def test_a_slip_exchanged_for_a_paper_ballot_votes_no_more(venue):
    poll = open_poll(venue)
    mine, voted = slips(venue, poll, 2)
    cast(venue, poll, voted, paper(grades(*ALL)))
    assert venue.polls.exchange(poll, mine) == "staff"
    refused("ballots.slip_on_paper", cast, venue, poll, mine, paper(grades(*ALL)))
    refused("ballots.slip_on_paper", venue.polls.exchange, poll, mine)
    refused("ballots.slip_used", venue.polls.exchange, poll, voted)
    assert venue.polls.turnout(poll)["staff"].exchanged == 1


def test_one_slip_may_serve_two_polls_at_once(venue):
    appraisal, decide = open_poll(venue), open_poll(venue, "decide")
    (code,) = slips(venue, appraisal, 1)
    digest = (slip_digest(EVENT, code),)
    venue.ask(c.IssueSlips(poll=decide, voter_class="", digests=digest), PROCTOR)
    assert [s.poll for s in venue.polls.look(code)] == [appraisal, decide]
    cast(venue, appraisal, code, paper(grades(*ALL)))
    assert cast(venue, decide, code, paper({"C1": {"": ("for",)}}, "")) is False


def test_many_at_once_each_counted_once(venue):
    poll = open_poll(venue)
    codes = slips(venue, poll, 150)
    papers = [paper(grades(*ALL)) for _ in codes]
    answers: list[bool] = []

    def send(part: int) -> None:
        for code, one in list(zip(codes, papers, strict=True))[part::3]:
            answers.extend([cast(venue, poll, code, one), cast(venue, poll, code, one)])

    threads = [threading.Thread(target=send, args=(part,)) for part in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(False) == answers.count(True) == 150
    close(venue, poll)
    assert {p.code for p in venue.state.polls[poll].papers} == {p.code for p in papers}


# ---- closing and counting ----


def test_counts_follow_the_scheme(venue):
    """Staff: 4 papers, worked by hand. C1 德: 优 优 blank over-marked; C1 能: 称 称 优 优."""
    poll = open_poll(venue)
    codes = slips(venue, poll, 6)
    for code, marks in zip(
        codes,
        [
            grades("优秀", "称职", "基本称职", "不称职"),
            grades("优秀", "称职"),
            grades("", "优秀"),
            grades("优秀|称职", "优秀"),
        ],
        strict=False,
    ):
        cast(venue, poll, code, paper(marks))
    (boss,) = slips(venue, poll, 1, "leaders")
    cast(venue, poll, boss, paper(grades("称职", "称职"), "leaders"))
    close(venue, poll, unissued={"staff": 1})
    tally = venue.state.polls[poll].tallies["staff"]
    assert (tally.issued, tally.returned, tally.valid, tally.void, tally.blank) == (5, 4, 4, 0, 0)
    assert tally.votes["C1"] == {"德": {"优秀": 2}, "能": {"优秀": 2, "称职": 2}}
    assert (tally.abstained("C1", "德"), tally.abstained("C2", "德")) == (2, 3)
    results = compute(venue.state.scheme, facts_of(venue.state))
    # staff: 德 100, 能 90 → 95; leaders 80; 0.6 × 80 + 0.4 × 95 = 86
    assert results.value("E1", "points") == Decimal("86.00")


def test_nothing_is_known_before_the_close_and_all_after(venue):
    poll = open_poll(venue, "decide")
    codes = slips(venue, poll, 3, "")
    for code, answer in zip(codes, ("for", "for", "against"), strict=True):
        cast(venue, poll, code, paper({"C1": {"": (answer,)}}, ""))
    assert compute(venue.state.scheme, facts_of(venue.state)).value("E1", "approval") is None
    assert venue.state.polls[poll].papers == () and not venue.state.polls[poll].tallies
    close(venue, poll)
    found = venue.state.polls[poll]
    assert [p.code for p in found.papers] == sorted(p.code for p in found.papers)
    assert found.digest == papers_digest(found.papers) and found.witness == WITNESS
    assert found.used == tuple(sorted(slip_digest(EVENT, code) for code in codes))
    assert compute(venue.state.scheme, facts_of(venue.state)).value("E1", "approval") == Decimal("66.67")
    # C2 was left blank three times: abstained, and the paper stands
    assert found.tallies[""].votes["C2"] == {"": {"abstain": 3}}


def test_whoever_sends_after_the_close_hears_it(venue):
    poll = open_poll(venue, "decide")
    early, late = slips(venue, poll, 2, "")
    cast(venue, poll, early, paper({}, ""))
    close(venue, poll)
    refused("ballots.not_open", cast, venue, poll, late, paper({}, ""))
    refused("ballots.not_open", venue.ask, c.CloseBallot(poll=poll, witness=WITNESS), PROCTOR)


def test_closing_while_people_send_loses_nobody_who_was_told(venue):
    poll = open_poll(venue, "decide")
    codes = slips(venue, poll, 200, "")
    papers = [paper({"C1": {"": ("for",)}}, "") for _ in codes]
    futures = [venue.polls.cast(poll, code, one) for code, one in zip(codes, papers, strict=True)]
    close(venue, poll)
    told = {one.code for future, one in zip(futures, papers, strict=True) if future.exception() is None}
    assert told == {p.code for p in venue.state.polls[poll].papers} and told


@pytest.mark.parametrize("witness", ["", "考务", "路人"])
def test_no_close_without_a_witness_and_votes_go_on(venue, witness):
    poll = open_poll(venue, "decide")
    first, second = slips(venue, poll, 2, "")
    cast(venue, poll, first, paper({}, ""))
    with pytest.raises(Known):
        venue.ask(c.CloseBallot(poll=poll, witness=witness), PROCTOR)
    assert cast(venue, poll, second, paper({}, "")) is False


def test_a_refused_close_reopens_the_box(venue):
    poll = open_poll(venue, "decide")
    first, second = slips(venue, poll, 2, "")
    cast(venue, poll, first, paper({}, ""))
    fault = refused(
        "ballots.unissued", venue.ask, c.CloseBallot(poll=poll, witness=WITNESS, unissued={"": 2}), PROCTOR
    )
    assert fault.params == {"most": 1}
    assert cast(venue, poll, second, paper({}, "")) is False


def test_paper_ballots_and_slips_together(venue):
    """3 slips (1 exchanged), 2 printed: 3 paper ballots may come back, and do; 2 voted by slip."""
    poll = open_poll(venue)
    one, two, three = slips(venue, poll, 3, papers=2)
    cast(venue, poll, one, paper(grades(*ALL)))
    cast(venue, poll, two, paper(grades(*ALL)))
    venue.polls.exchange(poll, three)
    typed = [paper(grades("称职")), paper(grades("称职|优秀", "优秀")), paper({}, void=True)]
    assert venue.polls.enter(poll, typed) == 3
    assert venue.polls.enter(poll, typed) == 0, "the same papers again are the same papers"
    refused("ballots.tellers", venue.ask, c.CloseBallot(poll=poll, witness=WITNESS), PROCTOR)
    close(venue, poll, tellers=("甲", "乙"))
    tally = venue.state.polls[poll].tallies["staff"]
    assert (tally.issued, tally.returned, tally.valid, tally.void, tally.void_vote) == (5, 5, 4, 1, False)
    assert tally.votes["C1"] == {"德": {"优秀": 2, "称职": 1}, "能": {"优秀": 3}}


def test_a_mistyped_paper_can_be_taken_out_but_no_cast_one(venue):
    poll = open_poll(venue)
    (code,) = slips(venue, poll, 1, papers=1)
    voted, typed = paper(grades(*ALL)), paper(grades("称职"))
    cast(venue, poll, code, voted)
    venue.polls.enter(poll, [typed])
    assert venue.polls.withdraw(poll, typed.code) and not venue.polls.withdraw(poll, voted.code)
    close(venue, poll)
    assert [p.code for p in venue.state.polls[poll].papers] == [voted.code]


def test_more_paper_ballots_than_were_handed_out_void_the_vote(venue):
    poll = open_poll(venue, "decide")
    codes = slips(venue, poll, 9, "", papers=1)
    cast(venue, poll, codes[0], paper({}, ""))
    venue.polls.enter(poll, [paper({"C1": {"": ("for",)}}, "") for _ in range(2)])
    close(venue, poll, tellers=("甲", "乙"))
    tally = venue.state.polls[poll].tallies[""]
    assert tally.void_vote and (tally.issued, tally.returned) == (10, 3)
    assert compute(venue.state.scheme, facts_of(venue.state)).value("E1", "approval") is None


def test_a_vote_held_again_takes_the_place_of_the_first(venue):
    for answers, again in ((("for", "against"), False), (("for", "for"), True)):
        poll = open_poll(venue, "decide", again=again)
        for code, answer in zip(slips(venue, poll, 2, ""), answers, strict=True):
            cast(venue, poll, code, paper({"C1": {"": (answer,)}}, ""))
        if again:
            known = facts_of(venue.state)
            assert compute(venue.state.scheme, known).value("E1", "approval") is None, "people are voting"
        else:
            refused(
                "ballots.round_open",
                venue.ask,
                c.OpenBallot(ballot="decide", names=NAMES, rolls={"": c.Roll()}, again=True),
                PROCTOR,
            )
        close(venue, poll)
    assert [p.attempt for p in venue.state.polls.values()] == [1, 2]
    assert compute(venue.state.scheme, facts_of(venue.state)).value("E1", "approval") == Decimal("100.00")


def test_two_halls_vote_on_the_same_ballot_and_add_up(venue):
    for answer in ("for", "against"):
        poll = open_poll(venue, "decide")
        (code,) = slips(venue, poll, 1, "")
        cast(venue, poll, code, paper({"C1": {"": (answer,)}}, ""))
        close(venue, poll)
    assert compute(venue.state.scheme, facts_of(venue.state)).value("E1", "approval") == Decimal("50.00")


def test_an_abandoned_poll_leaves_nothing(venue, tmp_path):
    poll = open_poll(venue, "decide")
    (code,) = slips(venue, poll, 1, "")
    cast(venue, poll, code, paper({"C1": {"": ("for",)}}, ""))
    refused(
        "venue.second_person", venue.ask, c.AbandonBallot(poll=poll, reason="票发错", second="考务"), PROCTOR
    )
    venue.ask(c.AbandonBallot(poll=poll, reason="票发错", second="监督员甲"), PROCTOR)
    assert venue.state.polls[poll].status == "abandoned" and venue.state.polls[poll].papers == ()
    venue.close()
    assert [p.name for p in tmp_path.iterdir()] == ["event.venue"]


# ---- after a restart ----


def test_an_open_poll_goes_on_after_a_restart(venue, tmp_path):
    poll = open_poll(venue, "decide")
    one, two = slips(venue, poll, 2, "")
    first = paper({"C1": {"": ("for",)}}, "")
    cast(venue, poll, one, first)
    venue.close()
    again = Venue(tmp_path / "event.venue")
    try:
        assert again.polls.turnout(poll)[""].cast == 1
        assert cast(again, poll, one, first) is True
        refused("ballots.slip_used", cast, again, poll, one, paper({}, ""))
        cast(again, poll, two, paper({"C1": {"": ("against",)}}, ""))
        close(again, poll)
        assert len(again.state.polls[poll].papers) == 2
    finally:
        again.close()


def test_a_lost_box_is_said_and_can_be_given_up(venue, tmp_path):
    poll = open_poll(venue, "decide")
    (code,) = slips(venue, poll, 1, "")
    venue.close()
    for path in box_files(tmp_path / "event.venue", poll):
        path.unlink()
    again = Venue(tmp_path / "event.venue")
    try:
        assert again.polls.lost(again.state) == (poll,)
        refused("ballots.not_open", cast, again, poll, code, paper({}, ""))
        refused("ballots.box_missing", again.ask, c.CloseBallot(poll=poll, witness=WITNESS), PROCTOR)
        again.ask(c.AbandonBallot(poll=poll, reason="票箱丢失", second="监督员甲"), PROCTOR)
        assert again.state.polls[poll].status == "abandoned"
    finally:
        again.close()


def test_the_journal_alone_gives_the_same_state(venue, tmp_path):
    poll = open_poll(venue)
    for code in slips(venue, poll, 130):
        cast(venue, poll, code, paper(grades(*ALL)))
    close(venue, poll)
    state = venue.state
    venue.close()
    journal = Journal.open(tmp_path / "event.venue", readonly=True)
    assert replay(decode(raw) for _, raw in journal.entries()).polls == state.polls
    sizes = [len(raw) for _, raw in journal.entries()]
    journal.close()
    assert max(sizes) < 64 * 1024, "no entry too long for those who follow from afar"
    assert len(state.polls[poll].papers) == 130


def test_choices_ranks_and_points_are_counted(venue):
    choose, rank, marks = (open_poll(venue, name) for name in ("choose", "rank", "marks"))
    given = {
        choose: [
            paper({"C1": {"": ("for",)}}, "", others=("丁某",)),
            paper({n: {"": ("for",)} for n in NAMES}, ""),  # three of at most two: void
        ],
        rank: [
            paper({n: {"": (str(i),)} for i, n in enumerate(NAMES, 1)}, ""),
            paper({n: {"": ("1",)} for n in NAMES}, ""),  # the same rank thrice: void
        ],
        marks: [paper({"C1": {"": ("9",)}, "C2": {"": ("11",)}}, "")],  # 11 of 10: that mark is void
    }
    for poll, papers in given.items():
        for code, one in zip(slips(venue, poll, len(papers), ""), papers, strict=True):
            cast(venue, poll, code, one)
        close(venue, poll)
    tallies = {poll: venue.state.polls[poll].tallies[""] for poll in given}
    assert (tallies[choose].valid, tallies[choose].void) == (1, 1)
    assert tallies[choose].others == {"丁某": 1} and tallies[choose].votes["C1"] == {"": {"for": 1}}
    assert (tallies[rank].valid, tallies[rank].void) == (1, 1)
    assert tallies[rank].votes["C3"] == {"": {"3": 1}}
    assert tallies[marks].votes == {"C1": {"": {"9": 1}}, "C2": {"": {}}, "C3": {"": {}}}


def test_the_scheme_of_these_tests_has_all_five_kinds(venue):
    assert {b.kind for b in venue.state.scheme.ballots} == {"grades", "decide", "choose", "rank", "points"}
    assert SCHEME.count("[[ballots]]") == 5 and len(random_code(12)) == 12


# ---- checked again from the entries alone ----


def _entries(venue: Venue, tmp_path) -> list[bytes]:
    poll = open_poll(venue)
    for code in slips(venue, poll, 4, papers=1)[:3]:
        cast(venue, poll, code, paper(grades(*ALL)))
    venue.polls.enter(poll, [paper(grades("称职"))])
    close(venue, poll, tellers=("甲", "乙"))
    venue.close()
    journal = Journal.open(tmp_path / "event.venue", readonly=True)
    raw = [entry for _, entry in journal.entries()]
    journal.close()
    return raw


def _ballots(raw: list[bytes]) -> bool | None:
    return next(check.ok for check in audit(raw) if check.code == "audit.ballots")


def test_an_honest_vote_passes_the_audit(venue, tmp_path):
    assert _ballots(_entries(venue, tmp_path)) is True


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("ballot.papers", "优秀", "称职"),  # a paper changed: the digest no longer fits
        ("ballot.counted", '"valid":0', '"valid":1'),
        ("ballot.closed", '"used":["', '"used":["' + "0" * 64 + '","'),
        ("ballot.closed", '"entered":{"staff":1}', '"entered":{"staff":0}'),
    ],
)
def test_a_vote_tampered_with_fails_the_audit(venue, tmp_path, kind, old, new):
    raw = _entries(venue, tmp_path)
    at = next(n for n, entry in enumerate(raw) if decode(entry).kind == kind)
    changed = raw[at].decode().replace(old, new, 1).encode()
    assert changed != raw[at]
    raw[at] = changed
    assert _ballots(raw) is False


# ---- a chain over bodies ----

CHAIN = """
format = 1
id = "chain-test"
title = "逐级票决"
composite = "last"
[[ballots]]
id = "wide"
kind = "choose"
title = "初选"
choose_at_most = 2
[[ballots]]
id = "narrow"
kind = "decide"
title = "票决"
[[components]]
id = "first"
kind = "ballot"
title = "得票"
ballot = "wide"
measure = "votes"
[[components]]
id = "last"
kind = "ballot"
title = "赞成率"
ballot = "narrow"
measure = "share"
[[rounds]]
id = "two"
title = "二人"
by = "first"
count = 2
[[rounds]]
id = "one"
title = "一人"
by = "last"
count = 1
"""


def test_the_next_body_votes_on_those_who_came_through(tmp_path):
    venue = opened(tmp_path / "event.venue", scheme=CHAIN)
    try:
        entries = ("E1", "E2", "E3")
        assert going_on(venue.state, "wide") is None and going_on(venue.state, "narrow") is None
        poll = open_poll(venue, "wide", entries)
        for code, chosen in zip(slips(venue, poll, 3, ""), (("E1", "E3"), ("E3",), ("E1",)), strict=True):
            cast(venue, poll, code, paper({n: {"": ("for",)} for n in chosen}, ""))
        close(venue, poll)
        assert going_on(venue.state, "narrow") == frozenset({"E1", "E3"})
        poll = open_poll(venue, "narrow", ("E1", "E3"))
        (code,) = slips(venue, poll, 1, "")
        cast(venue, poll, code, paper({"E1": {"": ("against",)}, "E3": {"": ("for",)}}, ""))
        close(venue, poll)
        results = compute(venue.state.scheme, facts_of(venue.state))
        assert results.posts["P1"].passed == ("E3",)
    finally:
        venue.close()


def test_a_witness_signs_for_the_count_and_again_after_another(venue):
    notary = Actor(role=Role.NOTARY, name="公证员乙")
    sign = CoSign(milestone="ballot")
    refused("ballots.none_closed", venue.ask, sign, notary)
    for _ in range(2):
        poll = open_poll(venue, "decide")
        assert Due("ballot") not in due(venue.state, "notary")
        close(venue, poll)
        assert Due("ballot") in due(venue.state, "notary")
        venue.ask(sign, notary)
        assert Due("ballot") not in due(venue.state, "notary")


def test_a_box_that_cannot_even_be_looked_at_keeps_no_answer_back(venue, monkeypatch, expect_error):
    """What is in the journal is answered, and the next command too, though a poll's box fails in a way nobody knows."""
    poll = open_poll(venue, "decide")

    def closed(box: Box) -> list[bytes]:
        raise ValueError("seek of closed file")

    expect_error("a listener or journal work failed")
    with monkeypatch.context() as broken:
        broken.setattr(Box, "papers", closed)
        digests = (slip_digest(venue.state.event.event, random_code(12)),)
        issued = venue.submit(c.IssueSlips(poll=poll, voter_class="", digests=digests), PROCTOR)
        assert len(issued.result(WAIT_S).records) == 1
    (code,) = slips(venue, poll, 1, "")
    assert cast(venue, poll, code, paper({"C1": {"": ("for",)}}, "")) is False
