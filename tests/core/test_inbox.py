"""The venue's door: what is let in is done, what comes too late is refused, nobody waits for ever."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, wait
from pathlib import Path

import pytest

from tests.waits import WAIT_S
from tests.world import PEOPLE, PROCTOR, created, roster
from venue_app.base.errors import Known
from venue_app.domain import commands as c
from venue_app.journal import Journal
from venue_app.venue import Change, Reply, Venue


@pytest.fixture
def venue(tmp_path: Path) -> Iterator[Venue]:
    made = Venue.create(tmp_path / "day.venue", created())
    yield made
    made.close()


def test_work_with_the_journal_of_a_closed_venue_is_refused_not_forgotten(venue):
    venue.close()
    with pytest.raises(Known) as refused:
        venue.with_journal(lambda journal: None)
    assert refused.value.code == "venue.program_closing"


def test_what_a_listener_wants_done_at_the_last_commit_is_still_done(venue):
    done: list[int] = []
    held, go = threading.Event(), threading.Event()

    def hold(_journal: Journal) -> None:
        held.set()
        assert go.wait(WAIT_S)

    def heard(_change: Change) -> None:
        venue.with_journal(lambda journal: done.append(journal.size))

    venue.listen(heard)
    venue.with_journal(hold)
    assert held.wait(WAIT_S)
    last = venue.submit(roster(), PROCTOR)
    closing = threading.Thread(target=venue.close)
    closing.start()
    while True:  # until the door is shut, which the thread above is about to do
        try:
            venue.with_journal(lambda journal: None)
        except Known:
            break
    go.set()
    closing.join(WAIT_S)
    assert not closing.is_alive()
    assert last.result(0).records
    assert done == [venue.state.size]


def test_everybody_who_asks_while_the_venue_closes_gets_an_answer(tmp_path):
    for round_ in range(20):
        venue = Venue.create(tmp_path / f"{round_}.venue", created())
        venue.ask(roster(), PROCTOR)
        waiting: list[Future[Reply]] = []
        begun = threading.Event()

        def ask(venue: Venue = venue, waiting: list[Future[Reply]] = waiting, begun=begun) -> None:
            for _ in range(200):
                waiting.append(venue.submit(c.OpenRun(people=PEOPLE), PROCTOR))
                begun.set()

        asking = threading.Thread(target=ask)
        asking.start()
        assert begun.wait(WAIT_S)
        venue.close()
        asking.join(WAIT_S)
        over, unanswered = wait(waiting, WAIT_S)
        assert not unanswered
        assert len(over) == 200
