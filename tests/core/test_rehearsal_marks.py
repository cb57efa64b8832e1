"""No page printed from a rehearsal can be taken for an official one: every form there is, page by page."""

from __future__ import annotations

import pytest

from tests import heard
from tests.ballots_world import SCHEME, begin, close, open_poll
from tests.core.test_reports_pages import texts
from tests.world import PROCTOR
from venue_app.host.cards import produce_cards
from venue_app.host.reporting import produce_applying
from venue_app.host.session import EventHost
from venue_app.host.slips import issue_slips
from venue_app.reports.fill import card_names, form_names

SIGNED_OFF = {"entry-passes", "appointment"}
"""Those of which these two events have nothing to print; their pages are drawn by the same frame."""


def _marked(path) -> None:
    pages = texts(path.read_bytes())
    bare = [at for at, page in enumerate(pages, 1) if "演练" not in page]
    assert pages and bare == [], f"{path.name}: pages without the mark: {bare}"


def test_every_form_and_card_of_a_rehearsal_says_so_on_every_page(tmp_path):
    day = heard.opened(tmp_path / "day.venue")
    try:
        heard.hear_all(day)
        made = list(produce_applying(day.venue, day.keys, form_names(), tmp_path / "day").made)
        bags = ("sealing-list", "sealing-labels")  # of what was printed before
        made += produce_applying(day.venue, day.keys, bags, tmp_path / "day").made
        cards = [produce_cards(day, name, tmp_path / "cards") for name in card_names()]
    finally:
        day.close()
    ballots = EventHost.create(tmp_path / "b.venue", title="测评会", mode="rehearsal", scheme=SCHEME)
    try:
        begin(ballots.venue)
        poll = open_poll(ballots.venue)
        (tmp_path / "slips.pdf").write_bytes(issue_slips(ballots.venue, PROCTOR, [poll], "staff", 2, ""))
        close(ballots.venue, poll)
        made += produce_applying(ballots.venue, ballots.keys, form_names(), tmp_path / "ballots").made
    finally:
        ballots.close()
    assert {one.form for one in made} | SIGNED_OFF >= set(form_names())
    assert len(cards) == len(card_names())
    for one in (*made, *cards):
        _marked(one.path)
    _marked(tmp_path / "slips.pdf")


def test_an_official_event_never_says_rehearsal(tmp_path):
    host = EventHost.create(tmp_path / "o.venue", title="测评会", mode="official", scheme=SCHEME)
    try:
        begin(host.venue)
        made = produce_applying(host.venue, host.keys, form_names(), tmp_path / "out").made
    finally:
        host.close()
    assert made
    for one in made:
        with pytest.raises(AssertionError, match="pages without the mark"):
            _marked(one.path)
