"""The bridge: changes and answers reach the window's thread, in order and whole."""

from __future__ import annotations

import threading

from ui.bridge import Bridge
from venue_app.base.errors import Known
from venue_app.domain.commands import OpenRun
from venue_app.domain.entries import RosterImported, RunOpened
from venue_app.domain.nouns import Person
from venue_app.domain.roles import Actor, Role
from venue_app.venue import Change, Reply, Venue

PROCTOR = Actor(role=Role.PROCTOR, name="王红")


def roster():
    from venue_app.domain.commands import ImportRoster
    from venue_app.domain.nouns import Candidate, Entry, Post, Room

    return ImportRoster(
        candidates=(Candidate(id="C001", identity="1", name="甲"),),
        posts=(Post(id="P01", title="某职位", room="R1"),),
        entries=(Entry(id="E001", candidate="C001", post="P01"),),
        rooms=(Room(id="R1", title="第1组"),),
        seats=(),
        values={},
        sources=(),
    )


def test_done_is_told_in_the_window_thread_after_the_change(bridge: Bridge, qtbot) -> None:
    heard: list[Change | Reply] = []
    threads: list[threading.Thread] = []

    def hear(told: Change | Reply) -> None:
        heard.append(told)
        threads.append(threading.current_thread())

    bridge.changed.connect(hear)
    bridge.send(roster(), done=hear)
    qtbot.waitUntil(lambda: len(heard) == 2)
    change, reply = heard
    assert isinstance(change, Change)
    assert isinstance(change.records[0].data, RosterImported)
    assert isinstance(reply, Reply)
    assert set(threads) == {threading.main_thread()}
    assert set(change.state.entries) == {"E001"}


def test_a_refusal_goes_to_whoever_asked_and_else_to_the_window(bridge: Bridge, qtbot) -> None:
    mine: list[Known] = []
    windows: list[Known] = []
    bridge.refused.connect(windows.append)
    bridge.send(OpenRun(people=(Person(role="proctor", name="王红"),)), refused=mine.append)
    bridge.send(OpenRun(people=()))
    qtbot.waitUntil(lambda: bool(mine and windows))
    assert mine[0].code == windows[0].code == "venue.roster_missing"


def test_changes_that_come_fast_arrive_together_and_complete(bridge: Bridge, venue: Venue, qtbot) -> None:
    heard: list[Change] = []
    bridge.changed.connect(heard.append)
    venue.ask(roster(), PROCTOR)  # answered without the window's loop running
    venue.ask(OpenRun(people=(Person(role="proctor", name="王红"),)), PROCTOR)
    assert heard == []
    qtbot.waitUntil(lambda: bool(heard) and heard[-1].state.opened_at is not None)
    kinds = [type(record.data) for change in heard for record in change.records]
    assert kinds == [RosterImported, RunOpened]
    assert len(heard) == 1


def test_a_bridge_is_not_used_from_another_thread(bridge: Bridge) -> None:
    caught: list[BaseException] = []

    def elsewhere() -> None:
        try:
            bridge.send(OpenRun(people=()))
        except RuntimeError as error:
            caught.append(error)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert len(caught) == 1


def test_a_closed_bridge_hears_no_more(bridge: Bridge, venue: Venue, qtbot) -> None:
    heard: list[Change] = []
    bridge.changed.connect(heard.append)
    bridge.close()
    bridge.close()
    other = Bridge(venue, PROCTOR)
    told: list[Change] = []
    other.changed.connect(told.append)
    venue.ask(roster(), PROCTOR)
    qtbot.waitUntil(lambda: bool(told))
    other.close()
    assert heard == []
