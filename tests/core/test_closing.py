"""After the close the record is read-only; two people can open it again, and that never goes away."""

from __future__ import annotations

import pypdfium2
import pytest

from tests.heard import hear_all, opened
from tests.world import PEOPLE, PROCTOR, judge
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, say
from venue_app.domain import commands as c
from venue_app.domain import floor_commands as f
from venue_app.domain.nouns import Person
from venue_app.domain.roles import Actor, Role
from venue_app.host.reporting import produce
from venue_app.seal.pages import codes_on_pages
from venue_app.state.witness import Due, due

AGAIN = f.ReopenRun(people=PEOPLE, reason="漏录一份")


@pytest.fixture
def host(tmp_path):
    made = opened(tmp_path / "e.venue")
    hear_all(made)
    made.venue.ask(c.CloseRun(people=PEOPLE), PROCTOR)
    yield made
    made.close()


def refused(host, command, actor=PROCTOR) -> str:
    with pytest.raises(Known) as caught:
        host.venue.ask(command, actor)
    for language in LANGUAGES:
        assert len(say(caught.value, language)) > 5
    return caught.value.code


def test_a_closed_record_takes_nothing_more(host):
    size = host.venue.state.size
    marks = {"content": "24", "language": "16", "post": "16", "response": "16", "manner": "8"}
    for command, actor in (
        (f.NoteIncident(room="R1", text="迟到", decision=""), PROCTOR),
        (f.ReopenSheet(room="R1", lot=1, seat="R1-1", reason="错", second="乙"), PROCTOR),
        (c.EnterValue(component="inspection", entry="E001", value="8", second="乙"), PROCTOR),
        (c.SubmitSheet(room="R1", lot=1, seat="R1-1", marks=marks), judge("R1-1")),
        (c.CallCandidate(room="R1", lot=1), PROCTOR),
        (c.CloseRun(people=PEOPLE), PROCTOR),
    ):
        assert refused(host, command, actor) == "venue.closed"
    assert host.venue.state.size == size


@pytest.mark.parametrize(
    ("people", "reason", "code"),
    [
        ((), "漏录", "venue.reopen_two_people"),
        (PEOPLE[:1], "漏录", "venue.reopen_two_people"),
        ((PEOPLE[0], Person(role="notary", name=f" {PEOPLE[0].name} ")), "漏录", "venue.reopen_two_people"),
        (
            (PEOPLE[0], Person(role="notary", name=f"{PEOPLE[0].name}\u200b")),
            "漏录",
            "venue.reopen_two_people",
        ),
        ((*PEOPLE, Person(role="notary", name=" ")), "漏录", "venue.reopen_two_people"),
        (PEOPLE, "  ", "venue.reason_missing"),
    ],
)
def test_opening_again_takes_two_people_and_a_reason(host, people, reason, code):
    assert refused(host, f.ReopenRun(people=people, reason=reason)) == code
    assert host.venue.state.closed_at is not None


def test_a_judge_cannot_open_it_again(host):
    assert refused(host, AGAIN, judge("R1-1")).startswith("venue.")
    assert host.venue.state.reopened == ()


def test_opened_again_it_takes_more_and_says_so_for_ever(host, tmp_path):
    venue = host.venue
    before = produce(venue, host.keys, ("composite",), tmp_path)[0]
    venue.ask(AGAIN, PROCTOR)
    assert refused(host, AGAIN) == "venue.nothing_to_reopen"
    venue.ask(f.NoteIncident(room="R1", text="补录", decision="两人补录"), PROCTOR)
    venue.ask(c.CloseRun(people=PEOPLE), PROCTOR)
    assert [(r.reason, [p.name for p in r.people]) for r in venue.state.reopened] == [
        ("漏录一份", ["监督员甲", "公证员乙"])
    ]
    after = produce(venue, host.keys, ("room-log", "composite"), tmp_path)
    for path, told in ((before.path, False), (after[0].path, True), (after[-1].path, True)):
        page = pypdfium2.PdfDocument(path)[0]
        assert ("封存后曾重新打开 1 次" in page.get_textpage().get_text_range()) is told
    assert len(codes_on_pages(after[-1].path.read_bytes())[0].texts) == 1


def test_a_witness_signs_for_every_close(host):
    venue, notary = host.venue, Actor(role=Role.NOTARY, name=PEOPLE[1].name)
    close = Due("close")
    assert close in due(venue.state, "notary")
    venue.ask(f.CoSign(milestone="close"), notary)
    assert close not in due(venue.state, "notary")
    venue.ask(AGAIN, PROCTOR)
    assert close not in due(venue.state, "notary")
    venue.ask(f.NoteIncident(room="R1", text="补录", decision="两人补录"), PROCTOR)
    venue.ask(c.CloseRun(people=PEOPLE), PROCTOR)
    assert close in due(venue.state, "notary"), "what was signed for is not what is closed now"
