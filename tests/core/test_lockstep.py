"""Answers wait for the standby that keeps up, for so long, and for nobody else."""

from __future__ import annotations

from venue_app.lan.lockstep import Lockstep, Step


class Told:
    def __init__(self, lockstep: Lockstep) -> None:
        self.lockstep = lockstep
        self.said: list[int] = []

    def vote(self, name: int, now: float) -> None:
        self.lockstep.boxes += 1
        self.lockstep.hold_papers(now, lambda: self.said.append(name))

    def hold(self, size: int, now: float) -> None:
        self.lockstep.hold(size, now, lambda: self.said.append(size))


def in_step() -> tuple[Lockstep, Told]:
    lockstep = Lockstep(patience_s=2.0)
    lockstep.met("one", 0, 0.0)
    lockstep.keeps("one", 0, 10, 0.4)
    lockstep.has("one", 10, 10, 0.5)
    return lockstep, Told(lockstep)


def test_without_a_standby_and_while_it_catches_up_nobody_waits():
    lockstep = Lockstep(patience_s=2.0)
    told = Told(lockstep)
    told.hold(5, 0.0)
    lockstep.met("one", 0, 1.0)
    lockstep.has("one", 3, 10, 1.5)
    assert lockstep.status.step is Step.CATCHING_UP
    told.hold(11, 1.6)
    assert told.said == [5, 11]


def test_in_step_an_answer_waits_for_its_entry_and_no_longer():
    lockstep, told = in_step()
    told.hold(10, 1.0)
    assert told.said == [10], "that it has already"
    told.hold(13, 1.0)
    told.hold(12, 1.0)
    lockstep.has("one", 12, 13, 1.1)
    assert told.said == [10, 12]
    lockstep.has("one", 13, 13, 1.2)
    assert told.said == [10, 12, 13] and lockstep.status.step is Step.IN_STEP


def test_a_standby_that_is_gone_is_waited_for_two_seconds_in_all():
    lockstep, told = in_step()
    lockstep.left("one", 5.0)
    told.hold(11, 5.5)
    lockstep.look(6.9)
    assert told.said == [] and lockstep.waits
    lockstep.look(7.1)
    assert told.said == [11] and lockstep.status.step is Step.LOST
    told.hold(12, 7.2)
    assert told.said == [11, 12], "the room goes on without it"
    lockstep.met("one", 10, 9.0)
    lockstep.keeps("one", 0, 12, 9.05)
    lockstep.has("one", 12, 12, 9.1)
    assert lockstep.waits, "and waits again once it is back and has everything"


def test_one_that_is_back_in_time_was_never_lost():
    lockstep, told = in_step()
    lockstep.left("one", 5.0)
    told.hold(11, 5.5)
    lockstep.met("one", 10, 6.0)
    lockstep.look(7.4)
    assert told.said == [] and lockstep.waits
    lockstep.has("one", 11, 11, 7.45)
    assert told.said == [11]


def test_one_that_is_there_and_says_nothing_is_not_waited_for_either():
    lockstep, told = in_step()
    told.hold(11, 5.0)
    told.hold(12, 6.5)
    lockstep.look(7.5)
    assert told.said == [11, 12] and lockstep.status.step is Step.CATCHING_UP


def test_a_standby_that_is_dismissed_holds_nothing_up():
    lockstep, told = in_step()
    told.hold(11, 5.0)
    lockstep.dismissed()
    assert told.said == [11] and lockstep.status.step is Step.NONE


def test_only_the_connection_that_follows_can_leave_or_acknowledge():
    lockstep, told = in_step()
    lockstep.left("a stranger", 1.0)
    lockstep.look(9.0)
    assert lockstep.waits, "nobody else takes the standby away"
    lockstep.met("two", 10, 10.0)
    lockstep.left("one", 10.1)
    told.hold(11, 12.0)
    lockstep.has("one", 11, 11, 12.5)
    lockstep.look(13.0)
    assert told.said == [] and lockstep.waits, "the connection before has nothing to say any more"
    lockstep.has("two", 11, 11, 13.5)
    assert told.said == [11]


def test_in_step_a_voter_waits_for_the_paper_whatever_entries_come():
    lockstep, told = in_step()
    told.vote(1, 1.0)
    told.vote(2, 1.0)
    lockstep.has("one", 11, 11, 1.1)
    assert told.said == []
    lockstep.keeps("one", 1, 11, 1.2)
    assert told.said == [1]
    lockstep.keeps("one", 2, 11, 1.3)
    assert told.said == [1, 2] and lockstep.waits


def test_a_standby_with_all_entries_and_not_all_papers_is_not_in_step():
    lockstep = Lockstep(patience_s=2.0)
    lockstep.boxes = 3
    lockstep.met("one", 10, 0.0)
    lockstep.has("one", 10, 10, 0.1)
    lockstep.keeps("one", 2, 10, 0.2)
    assert not lockstep.waits
    lockstep.keeps("one", 3, 10, 0.3)
    assert lockstep.waits and lockstep.status.have == 10


def test_a_voter_waits_for_a_line_that_is_made_anew_but_not_for_ever():
    lockstep, told = in_step()
    told.vote(1, 1.0)
    lockstep.keeps("one", 1, 10, 1.1)
    lockstep.left("one", 2.0)
    lockstep.met("two", 10, 2.5)
    told.vote(2, 2.6)
    lockstep.keeps("one", 2, 10, 2.7)
    assert told.said == [1], "the connection before has nothing to say any more"
    lockstep.look(4.5)
    assert told.said == [1] and lockstep.waits
    lockstep.look(4.7)
    assert told.said == [1, 2] and lockstep.status.step is Step.CATCHING_UP


def test_a_standby_that_lacks_what_was_there_is_not_in_step():
    lockstep, told = in_step()
    told.hold(11, 1.0)
    lockstep.left("one", 1.1)
    lockstep.met("another laptop", 0, 1.2)
    assert told.said == [11] and lockstep.status.step is Step.CATCHING_UP
    assert lockstep.status.have == 0
