"""What a voter's page is shown, made from the state. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from venue_app.base.canonical import decimal_text
from venue_app.base.i18n import tr_in
from venue_app.lan import ballot_messages as m
from venue_app.scheme.ballots import ABSTAIN, AGAINST, FOR, Ballot
from venue_app.state import State
from venue_app.state.polls import Poll
from venue_app.state.voting import detail_of, name_of, open_polls, place_title

STATES = ("open", "used", "paper")


def form_of(state: State, poll: Poll, voter_class: str, slip: int, lang: str) -> m.Form:
    """The paper of a poll for one class, in one language; `slip` is the slip's state in the box."""
    ballot = state.scheme.ballot(poll.ballot)
    classes = {c.id: c.title.say(lang) for c in ballot.classes}
    return m.Form(
        poll=poll.id,
        title=ballot.title.say(lang),
        place=place_title(state, poll.where),
        note=ballot.note.say(lang),
        voter_class=classes.get(voter_class, ""),
        state=STATES[slip],
        kind=ballot.kind,
        items=tuple(m.Choice(item.id, item.title.say(lang)) for item in ballot.items),
        answers=_answers(ballot, lang),
        names=tuple(m.Name(name, name_of(state, name), detail_of(state, name)) for name in poll.names),
        write_in=ballot.write_in,
        exactly=ballot.choose_exactly,
        at_most=ballot.choose_at_most,
        at_least=ballot.choose_at_least,
        minimum=decimal_text(ballot.minimum),
        maximum=decimal_text(ballot.maximum),
        step=decimal_text(ballot.step),
    )


def _answers(ballot: Ballot, lang: str) -> tuple[m.Choice, ...]:
    if ballot.kind == "decide":
        words = {
            FOR: tr_in(lang, "station.vote.for"),
            AGAINST: tr_in(lang, "station.vote.against"),
            ABSTAIN: tr_in(lang, "station.vote.abstain"),
        }
        return tuple(m.Choice(id, word) for id, word in words.items())
    return tuple(m.Choice(grade.id, grade.title.say(lang)) for grade in ballot.grades)


def hall_of(state: State, voted: Mapping[str, int], lang: str) -> m.Hall:
    """Turnout of all open polls; `voted` by poll."""
    polls = tuple(
        m.Turnout(
            poll=poll.id,
            title=state.scheme.ballot(poll.ballot).title.say(lang),
            place=place_title(state, poll.where),
            voted=voted.get(poll.id, 0),
            issued=sum(poll.issued_to(c) for c in poll.rolls),
        )
        for poll in open_polls(state)
    )
    rehearsal = "rehearsal" if state.rehearsal else ""
    return m.Hall(
        title=state.event.title,
        rehearsal=rehearsal,
        polls=polls,
        event=state.event.event,
        epoch=state.epoch,
        standby=() if state.standby is None else state.standby.urls,
    )
