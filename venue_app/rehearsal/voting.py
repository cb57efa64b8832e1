"""Paper ballots of a rehearsal: read from the folder's sheets before anything begins, put in and counted in the event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from venue_app.base.errors import Known
from venue_app.base.i18n import language, tr
from venue_app.domain import ballot_commands as cmd
from venue_app.domain.ballot_entries import BallotOpened, BallotPaper
from venue_app.domain.commands import ImportRoster
from venue_app.domain.roles import Actor
from venue_app.rehearsal.invented_papers import invented_papers
from venue_app.roster.ballot_papers import PapersRead, TypedPaper, own_code, read_papers
from venue_app.roster.source import Source
from venue_app.rules.belong import holder
from venue_app.scheme import Scheme
from venue_app.scheme.ballots import Ballot
from venue_app.state.facts import facts_of
from venue_app.state.voting import places
from venue_app.venue import Venue

#: Ballots of the scheme → the sheet of papers, whose marks stand under identity numbers.
Papers = Mapping[str, PapersRead]


def read_ballots(
    files: Sequence[Path], scheme: Scheme, command: ImportRoster
) -> tuple[Papers, tuple[str, ...]]:
    """Which of the files hold papers of which ballot, and the names of those that hold none.

    Raises `Known` rehearsal.data_wrong with every cell that cannot be read as an answer or a person.
    """
    found: dict[str, PapersRead] = {}
    others: list[str] = []
    who = [(person.identity, person.name) for person in command.candidates if person.qualified]
    for path in files:
        ballot, read = _of_ballot(Source.of(path), scheme, who)
        if ballot is None or read is None or ballot.id in found:
            others.append(path.name)
            continue
        if read.doubts:
            cells = (f"{read.file}: {doubt.address} {doubt.text}" for doubt in read.doubts)
            raise Known("rehearsal.data_wrong", points="\n".join(cells))
        found[ballot.id] = read
    return found, tuple(others)


def _of_ballot(
    source: Source, scheme: Scheme, who: Sequence[tuple[str, str]]
) -> tuple[Ballot | None, PapersRead | None]:
    """The first ballot whose columns the sheet has. A sheet says nothing of classes: only where there is one."""
    for ballot in scheme.ballots:
        if len(ballot.class_ids()) > 1:
            continue
        try:
            return ballot, read_papers(source, ballot, who)
        except Known as fault:
            if fault.code != "ballots.no_columns":
                raise
    return None, None


def lacking(scheme: Scheme, papers: Papers) -> Iterator[str]:
    """A sentence for each ballot of the plan that no sheet was there for."""
    for ballot in scheme.ballots:
        if ballot.id not in papers:
            yield tr("rehearsal.note.no_ballot", title=ballot.title.say(language()))


def hold_polls(venue: Venue, papers: Papers, actor: Actor, witness: str, *, invent: bool = False) -> int:
    """Open, fill, close and count every ballot with papers; how many papers were put in.

    `invent`: simulated voters fill a ballot there are no papers for.
    """
    count = 0
    for ballot in venue.state.scheme.ballots:
        read = papers.get(ballot.id)
        if read is None and not invent:
            continue
        facts = facts_of(venue.state)
        people = {entry: holder(fact, ballot.per) for entry, fact in facts.entries.items()}
        identities = {
            name: venue.state.candidates[facts.entries[entry].candidate].identity
            for entry, name in people.items()
        }
        for where, names in places(facts, ballot).items():
            count += _hold(venue, ballot, where, {n: identities[n] for n in names}, read, actor, witness)
    return count


def _hold(
    venue: Venue,
    ballot: Ballot,
    where: str,
    names: Mapping[str, str],
    read: PapersRead | None,
    actor: Actor,
    witness: str,
) -> int:
    if read is None:
        typed = {c: invented_papers(ballot, where, c, tuple(names.values())) for c in ballot.class_ids()}
        rolls = {c: cmd.Roll(members=len(made), present=len(made)) for c, made in typed.items()}
        digest = ""
    else:
        [only] = ballot.class_ids()
        typed, rolls, digest = {only: list(read.papers)}, {only: cmd.Roll()}, read.sha256
    opened = venue.ask(cmd.OpenBallot(ballot=ballot.id, names=tuple(names), rolls=rolls, where=where), actor)
    fact = opened.records[0].data
    assert isinstance(fact, BallotOpened)
    filled = []
    for voter_class, papers in typed.items():
        venue.ask(cmd.IssueSlips(poll=fact.poll, voter_class=voter_class, papers=len(papers)), actor)
        filled += [_paper(venue, fact.poll, names, digest, paper, voter_class) for paper in papers]
    venue.polls.enter(fact.poll, filled)
    venue.ask(cmd.CloseBallot(poll=fact.poll, witness=witness, tellers=(actor.name, witness)), actor)
    return len(filled)


def _paper(
    venue: Venue, poll: str, names: Mapping[str, str], digest: str, paper: TypedPaper, voter_class: str
) -> BallotPaper:
    return BallotPaper(
        code=own_code(venue.state.event.event, poll, digest, paper.number),
        voter_class=voter_class,
        marks={name: paper.marks[identity] for name, identity in names.items() if identity in paper.marks},
        others=paper.others,
        void=paper.void,
    )
