"""Ballot papers and tallies, from the polls in the state."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.base.i18n import tr_in
from venue_app.reports.ballots import (
    BallotPaperForm,
    TallyClass,
    TallyLine,
    TallyPart,
    TallyReport,
)
from venue_app.reports.fill.common import Source
from venue_app.rules.belong import holder
from venue_app.rules.number import text
from venue_app.scheme.ballots import ABSTAIN, AGAINST, FOR, Ballot, BallotScore
from venue_app.scheme.explain_ballots import ballot_lines
from venue_app.scheme.numbers import written
from venue_app.state.polls import Poll, Tally
from venue_app.state.voting import detail_of, name_of, place_title

_WRITTEN = 3


def polls(source: Source) -> tuple[str, ...]:
    """Polls that a paper can be printed for."""
    found = tuple(p.id for p in source.state.polls.values() if p.status != "abandoned")
    if not found:
        raise Known("fill.no_polls")
    return found


def closed_polls(source: Source) -> tuple[str, ...]:
    """Polls that are counted."""
    found = tuple(p.id for p in source.state.polls.values() if p.status == "closed")
    if not found:
        raise Known("fill.no_closed_polls")
    return found


def ballot_paper(source: Source, poll_id: str) -> BallotPaperForm:
    """民主测评票 of one poll."""
    poll = source.state.polls[poll_id]
    ballot = source.scheme.ballot(poll.ballot)
    index = next(n for n, one in enumerate(source.scheme.ballots) if one.id == ballot.id)
    rules = tuple(line for line, _ in ballot_lines(source.scheme, index, source.lang)[1:])
    return BallotPaperForm(
        title=_title(source, poll),
        items=_items(source, ballot),
        answers=_answers(source, ballot),
        people=tuple((name_of(source.state, n), detail_of(source.state, n)) for n in poll.names),
        rules=rules,
        write_in=_WRITTEN if ballot.write_in else 0,
    )


def tally(source: Source, poll_id: str) -> TallyReport:
    """计票报告单 of one closed poll."""
    poll = source.state.polls[poll_id]
    ballot = source.scheme.ballot(poll.ballot)
    classes = {c.id: c.title.say(source.lang) for c in ballot.classes}
    scores = tuple(
        c for c in source.scheme.components if isinstance(c, BallotScore) and c.ballot == ballot.id
    )
    answers = _counted_answers(ballot, poll)
    single = len(poll.tallies) == 1
    parts = tuple(
        TallyPart(
            title=classes.get(name, ""),
            lines=tuple(
                TallyLine(
                    name=name_of(source.state, who),
                    votes=tuple(_row(one, answers, who, item) for item in ballot.item_ids()),
                    values=tuple(_value(source, ballot, score.id, who) for score in scores) if single else (),
                )
                for who in poll.names
            ),
        )
        for name, one in poll.tallies.items()
    )
    if not single:
        parts = (*parts, _together(source, ballot, poll, scores))
    return TallyReport(
        title=_title(source, poll),
        about=_about(source, poll),
        classes=tuple(
            TallyClass(
                title=classes.get(name, ""),
                issued=one.issued,
                returned=one.returned,
                valid=one.valid,
                void=one.void,
                blank=one.blank,
                void_vote=one.void_vote,
            )
            for name, one in poll.tallies.items()
        ),
        items=_items(source, ballot),
        answers=tuple(_answer(source, ballot, answer) for answer in answers),
        components=tuple(score.title.say(source.lang) for score in scores),
        parts=parts,
        written=_written(poll),
        digest=poll.digest,
    )


def _together(source: Source, ballot: Ballot, poll: Poll, scores: tuple[BallotScore, ...]) -> TallyPart:
    """All classes: no votes, for they are not added up, but what the scheme makes of them."""
    return TallyPart(
        title=tr_in(source.lang, "ballots.print.together"),
        lines=tuple(
            TallyLine(
                name=name_of(source.state, who),
                votes=tuple(() for _ in ballot.item_ids()),
                values=tuple(_value(source, ballot, score.id, who) for score in scores),
            )
            for who in poll.names
        ),
    )


def _row(one: Tally, answers: tuple[str, ...], who: str, item: str) -> tuple[int, ...]:
    votes = one.votes.get(who, {}).get(item, {})
    return (*(votes.get(answer, 0) for answer in answers), one.abstained(who, item))


def _value(source: Source, ballot: Ballot, component: str, who: str) -> str:
    facts = source.results.facts
    entry = next((e.id for e in facts.entries.values() if holder(e, ballot.per) == who), None)
    value = None if entry is None else source.results.value(entry, component)
    return "—" if value is None else text(value)


def _counted_answers(ballot: Ballot, poll: Poll) -> tuple[str, ...]:
    """The answers that have a column: those of the ballot, or the numbers that were written."""
    if ballot.kind not in ("points", "rank"):
        return ballot.answers()
    found = {
        answer
        for one in poll.tallies.values()
        for by_item in one.votes.values()
        for votes in by_item.values()
        for answer in votes
    }
    return tuple(sorted(found, key=lambda answer: written(answer) or 0))


def _items(source: Source, ballot: Ballot) -> tuple[str, ...]:
    titles = tuple(item.title.say(source.lang) for item in ballot.items)
    return titles or (tr_in(source.lang, "ballots.print.opinion"),)


def _answers(source: Source, ballot: Ballot) -> tuple[str, ...]:
    if ballot.kind == "choose":
        return ("",)
    return tuple(_answer(source, ballot, answer) for answer in ballot.answers())


def _answer(source: Source, ballot: Ballot, answer: str) -> str:
    words = {
        FOR: tr_in(source.lang, "station.vote.for"),
        AGAINST: tr_in(source.lang, "station.vote.against"),
        ABSTAIN: tr_in(source.lang, "station.vote.abstain"),
    }
    titles = {grade.id: grade.title.say(source.lang) for grade in ballot.grades}
    return titles.get(answer, words.get(answer, answer))


def _title(source: Source, poll: Poll) -> str:
    title = source.scheme.ballot(poll.ballot).title.say(source.lang)
    place = place_title(source.state, poll.where)
    return f"{title} · {place}" if place else title


def _about(source: Source, poll: Poll) -> tuple[tuple[str, str], ...]:
    def pair(key: str, value: str) -> tuple[str, str]:
        return (tr_in(source.lang, key), value)

    members = [r.members for r in poll.rolls.values() if r.members is not None]
    present = [r.present for r in poll.rolls.values() if r.present is not None]
    found = [
        pair("ballots.print.ballot", f"{_title(source, poll)} ({poll.id})"),
        pair("ballots.print.round", str(poll.attempt)),
        pair("ballots.print.time", f"{source.minute(poll.opened_at)} – {source.minute(poll.closed_at)}"),
    ]
    if members or present:
        said = f"{sum(members) if members else '—'} / {sum(present) if present else '—'}"
        found.append(pair("ballots.print.body", said))
    entered = sum(poll.entered.values())
    found.append(pair("ballots.print.ways", f"{len(poll.used)} / {entered}"))
    found.append(pair("ballots.print.witness", poll.witness))
    if poll.tellers:
        found.append(pair("ballots.print.tellers", "、".join(poll.tellers)))
    return tuple(found)


def _written(poll: Poll) -> tuple[tuple[str, int], ...]:
    votes: dict[str, int] = {}
    for one in poll.tallies.values():
        for name, number in one.others.items():
            votes[name] = votes.get(name, 0) + number
    return tuple(sorted(votes.items(), key=lambda pair: (-pair[1], pair[0])))
