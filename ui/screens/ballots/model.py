"""What the ballots screen shows, made from the state and the turnout. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ui.phrases import Phrase
from ui.widgets.state import Mark
from ui.words import Say, Text
from venue_app.scheme.ballots import ABSTAIN, AGAINST, FOR, Ballot
from venue_app.state import State
from venue_app.state.facts import facts_of
from venue_app.state.polls import Poll
from venue_app.state.proposing import going_on
from venue_app.state.voting import name_of, place_title, places, rounds_of_ballot
from venue_app.venue.poll_live import Turnout

Turnouts = Mapping[str, Mapping[str, Turnout]]

_ANSWERS: dict[str, Text] = {
    FOR: Say("station.vote.for"),
    AGAINST: Say("station.vote.against"),
    ABSTAIN: Say("station.vote.abstain"),
}


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One class of voters: papers made, slips exchanged, cast, typed in; what was counted once closed (else '')."""

    title: Text
    issued: int
    exchanged: int
    cast: int
    entered: int
    valid: str = ""
    void: str = ""
    blank: str = ""


@dataclass(frozen=True, slots=True)
class CountLine:
    """A person's votes in one item: a number for each answer, then abstentions."""

    name: str
    item: Text
    votes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PollView:
    """One poll: `voted` of `issued`; counts only once it is closed."""

    id: str
    title: Text
    mark: Mark
    word: Text
    names: int
    voted: int
    issued: int
    lost: bool
    classes: tuple[ClassLine, ...]
    answers: tuple[Text, ...] = ()
    counts: tuple[CountLine, ...] = ()
    void_vote: bool = False
    witness: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A ballot that may be opened at a place: those who may stand, whether it was held before, whom to tick (None: all)."""

    ballot: str
    where: str
    title: Text
    names: tuple[tuple[str, str], ...]
    classes: tuple[tuple[str, Text], ...]
    held: bool
    proposed: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class BallotsModel:
    """All polls, the newest first, and why none can be opened now (None when one can)."""

    polls: tuple[PollView, ...]
    why_not: Text | None

    def poll(self, poll_id: str) -> PollView | None:
        """The poll of that id."""
        return next((p for p in self.polls if p.id == poll_id), None)


def ballots_model(state: State, turnouts: Turnouts, lost: tuple[str, ...] = ()) -> BallotsModel:
    """What there is to show."""
    why: Text | None = None
    if not state.scheme.ballots:
        why = Say("ballots.why_not.no_ballots")
    elif state.opened_at is None:
        why = Say("ballots.why_not.not_open")
    elif state.closed_at is not None:
        why = Say("ballots.why_not.closed")
    polls = tuple(_poll(state, p, turnouts.get(p.id, {}), p.id in lost) for p in state.polls.values())
    return BallotsModel(polls[::-1], why)


def choices(state: State) -> tuple[Choice, ...]:
    """Every ballot of the scheme at every place it may be held."""
    facts = facts_of(state)
    found = []
    for ballot in state.scheme.ballots:
        proposed = going_on(state, ballot.id)
        for where, names in places(facts, ballot).items():
            found.append(
                Choice(
                    ballot=ballot.id,
                    where=where,
                    title=_title(state, ballot, where),
                    names=tuple((name, name_of(state, name)) for name in names),
                    classes=class_titles(ballot),
                    held=bool(rounds_of_ballot(state, ballot.id, where)),
                    proposed=proposed,
                )
            )
    return tuple(found)


def class_titles(ballot: Ballot) -> tuple[tuple[str, Text], ...]:
    """The classes of voters with their titles, or «everybody»."""
    titled = tuple((c.id, Phrase(c.title)) for c in ballot.classes)
    return titled or (("", Say("ballots.print.everybody")),)


def answer_titles(ballot: Ballot) -> tuple[tuple[str, Text], ...]:
    """The answers a mark may be, with their titles; empty where numbers are written."""
    if ballot.grades:
        return tuple((grade.id, Phrase(grade.title)) for grade in ballot.grades)
    return tuple((answer, _ANSWERS[answer]) for answer in ballot.answers())


def _title(state: State, ballot: Ballot, where: str) -> Text:
    if not where:
        return Phrase(ballot.title)
    return Say("ballots.at_place", title=Phrase(ballot.title), place=place_title(state, where))


def _poll(state: State, poll: Poll, turnout: Mapping[str, Turnout], lost: bool) -> PollView:
    ballot = state.scheme.ballot(poll.ballot)
    classes = tuple(_class(poll, name, title, turnout.get(name)) for name, title in class_titles(ballot))
    words = {
        "open": (Mark.ALARM, Say("ballots.status.lost"))
        if lost
        else (Mark.IN_PROGRESS, Say("ballots.status.open")),
        "closed": (Mark.DONE, Say("ballots.status.closed")),
        "abandoned": (Mark.WAIT, Say("ballots.status.abandoned")),
    }
    mark, word = words[poll.status]
    title = _title(state, ballot, poll.where)
    if poll.attempt > 1:
        title = Say("ballots.round", title=title, number=poll.attempt)
    return PollView(
        id=poll.id,
        title=title,
        mark=mark,
        word=word,
        names=len(poll.names),
        voted=sum(c.cast + c.entered for c in classes),
        issued=sum(c.issued for c in classes),
        lost=lost,
        classes=classes,
        answers=_columns(ballot, poll),
        counts=tuple(_counts(state, ballot, poll)) if poll.status == "closed" else (),
        void_vote=any(t.void_vote for t in poll.tallies.values()),
        witness=poll.witness,
        reason=poll.reason,
    )


def _class(poll: Poll, name: str, title: Text, turnout: Turnout | None) -> ClassLine:
    tally = poll.tallies.get(name)
    if tally is None:
        live = turnout or Turnout()
        return ClassLine(title, poll.issued_to(name), live.exchanged, live.cast, live.entered)
    class_of = dict(poll.slips)
    return ClassLine(
        title,
        tally.issued,
        sum(class_of.get(digest) == name for digest in poll.exchanged),
        sum(class_of.get(digest) == name for digest in poll.used),
        poll.entered.get(name, 0),
        str(tally.valid),
        str(tally.void),
        str(tally.blank),
    )


def _answers(ballot: Ballot, poll: Poll) -> tuple[str, ...]:
    if ballot.kind not in ("points", "rank"):
        return ballot.answers()
    return ()


def _columns(ballot: Ballot, poll: Poll) -> tuple[Text, ...]:
    titles = dict(answer_titles(ballot))
    if poll.status != "closed":
        return ()
    counted = tuple(titles[answer] for answer in _answers(ballot, poll)) or (Say("ballots.column.marks"),)
    return (*counted, Say("ballots.print.abstained"))


def _counts(state: State, ballot: Ballot, poll: Poll) -> list[CountLine]:
    """All classes together: how many papers say what."""
    found = []
    items: dict[str, Text] = {item.id: Phrase(item.title) for item in ballot.items}
    for name in poll.names:
        for item in ballot.item_ids():
            votes = [t.votes.get(name, {}).get(item, {}) for t in poll.tallies.values()]
            answers = _answers(ballot, poll)
            numbers = [sum(v.get(answer, 0) for v in votes) for answer in answers]
            if not answers:
                numbers = [sum(sum(v.values()) for v in votes)]
            left = sum(t.abstained(name, item) for t in poll.tallies.values())
            found.append(CountLine(name_of(state, name), items.get(item, ""), (*numbers, left)))
    return found
