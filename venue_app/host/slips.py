"""Slips made for a poll: random codes whose digests the journal takes, and the sheets to print, which nothing keeps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from venue_app.base.errors import Known
from venue_app.base.i18n import tr_in
from venue_app.base.ids import random_code
from venue_app.domain.ballot_commands import IssueSlips, WithdrawPaper
from venue_app.domain.roles import Actor
from venue_app.journal.faults import known
from venue_app.reports.ballots import Slip, SlipSheet
from venue_app.reports.slips import slips_pdf
from venue_app.state.voting import place_title
from venue_app.venue import Venue
from venue_app.venue.ballots import slip_digest

#: 60 random bits.
CODE = 12


def issue_slips(
    venue: Venue, actor: Actor, polls: Sequence[str], voter_class: str, count: int, url: str
) -> bytes:
    """Make `count` slips that serve all of `polls`, or none where one of them will not have them; the PDF is the only place where their codes stand.

    `url` is where voters find the laptop, empty without a network. Raises `Known`: ballots.*.
    """
    codes = [random_code(CODE) for _ in range(count)]
    state = venue.state
    digests = tuple(slip_digest(state.event.event, code) for code in codes)
    served = [(poll, voter_class if voter_class in state.polls[poll].rolls else "") for poll in polls]
    (first, own), *also = served
    venue.ask(IssueSlips(poll=first, voter_class=own, digests=digests, also=tuple(also)), actor)
    language = state.scheme.language
    ballot = state.scheme.ballot(state.polls[polls[0]].ballot)
    titles = [_title(venue, poll, language) for poll in polls]
    page = f"{url}/b" if url else ""
    sheet = SlipSheet(
        event=state.event.title,
        title=tr_in(language, "ballots.print.and").join(titles),
        voter_class=next((c.title.say(language) for c in ballot.classes if c.id == voter_class), ""),
        link=page,
        rehearsal=state.rehearsal,
        slips=tuple(Slip(code=shown(code), link=f"{page}#{code}" if page else "") for code in codes),
    )
    return slips_pdf(sheet, language)


def save_slips(
    file: Path, venue: Venue, actor: Actor, polls: Sequence[str], voter_class: str, count: int, url: str
) -> None:
    """Make slips as `issue_slips` and write their sheets to `file`; none is made where nothing can be written."""
    with known(file):
        file.open("ab").close()
    made = issue_slips(venue, actor, polls, voter_class, count, url)
    with known(file):
        file.write_bytes(made)


def withdraw_typed(venue: Venue, actor: Actor, poll: str, code: str, reason: str, second: str) -> None:
    """Take a typed-in paper ballot out again by its code, on record with a reason and a second person.

    The record comes first: a program killed in between leaves a paper that is still listed, never one that is gone
    unsaid. Raises `Known`: ballots.typed_unknown, ballots.not_open, venue.reason_missing, venue.second_person.
    """
    voter_class = dict(venue.polls.typed(poll)).get(code)
    if voter_class is None:
        raise Known("ballots.typed_unknown", paper=shown(code))
    venue.ask(WithdrawPaper(poll=poll, voter_class=voter_class, reason=reason, second=second), actor)
    venue.polls.withdraw(poll, code)


def shown(code: str) -> str:
    """A code as people read it: K7F2-Q9AB-CDEF."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _title(venue: Venue, poll: str, language: str) -> str:
    found = venue.state.polls[poll]
    title = venue.state.scheme.ballot(found.ballot).title.say(language)
    place = place_title(venue.state, found.where)
    return f"{title} {place}" if place else title
