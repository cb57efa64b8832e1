"""Ballot boxes of a facts file: papers or counted votes, with names and answers the scheme knows."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from venue_app.rules.belong import holder, where
from venue_app.rules.facts import Facts
from venue_app.rules.facts_rows import BallotRow, CountedRow, FactsFile, PaperRow
from venue_app.rules.papers import BallotFact, Counted, Paper
from venue_app.scheme.ballots import FOR, Ballot
from venue_app.scheme.lines import Path
from venue_app.scheme.model import Scheme
from venue_app.scheme.numbers import usable, written
from venue_app.scheme.read import Fault, shown


class _Box:
    """One row being read."""

    def __init__(self, ballot: Ballot, facts: Facts, row: BallotRow, faults: list[Fault]) -> None:
        self.ballot = ballot
        self.faults = faults
        self.numbers = ballot.kind in {"points", "rank"}
        entries = facts.entries.values()
        self.standing = {
            holder(e, ballot.per) for e in entries if where(facts, e, ballot.within) == row.where
        }

    def fault(self, code: str, path: Path, found: object, accepted: str = "") -> None:
        self.faults.append(Fault(code, path, shown(found), accepted))

    def entry(self, name: str, path: Path) -> bool:
        if name in self.standing:
            return True
        self.fault("unknown_reference", path, name, " | ".join(sorted(self.standing)[:12]) or "—")
        return False

    def items(self, given: Any, path: Path, leaf: type) -> Mapping[str, Any]:
        """What stands by item; a ballot without items may leave that level out."""
        names = self.ballot.item_ids()
        by_item = isinstance(given, dict) and (leaf is not dict or "" in given)
        if names == ("",) and not by_item:
            return {"": given}
        if not isinstance(given, dict):
            self.fault("table", path, given)
            return {}
        for name in given:
            if name not in names:
                self.fault("unknown_reference", (*path, name), name, " | ".join(names))
        return given

    def answer(self, given: Any, path: Path) -> str:
        """One answer as words; unknown answers are faults, numbers out of range are the voter's affair."""
        word = format(given, "f") if isinstance(given, Decimal) and usable(given) else str(given)
        if isinstance(given, bool) or (not isinstance(given, str | int) and written(word) is None):
            self.fault("words", path, given)
        elif self.numbers:
            if written(word) is None:
                self.fault("number", path, given)
        elif word not in self.ballot.answers():
            self.fault("choice", path, given, " | ".join(self.ballot.answers()))
        return word

    def paper(self, row: PaperRow, path: Path) -> Paper:
        marks: dict[str, dict[str, tuple[str, ...]]] = {}
        for name, given in row.marks.items():
            here: Path = (*path, "marks", name)
            if not self.entry(name, here):
                continue
            for item, answers in self.items(given, here, list).items():
                several = answers if isinstance(answers, list) else [] if answers is None else [answers]
                found = tuple(self.answer(a, (*here, item) if item else here) for a in several)
                marks.setdefault(name, {})[item] = found
        if row.choices and self.ballot.kind != "choose":
            self.fault("not_with", (*path, "choices"), self.ballot.kind, "choose")
        for place, name in enumerate(row.choices):
            if self.entry(name, (*path, "choices", place)):
                marks.setdefault(name, {})[""] = (FOR,)
        if row.others and not self.ballot.write_in:
            self.fault("not_with", (*path, "others"), self.ballot.id, "write_in = true")
        return Paper(marks=marks, others=row.others, void=row.void)

    def counted(self, row: CountedRow, path: Path) -> Counted:
        votes: dict[str, dict[str, dict[str, int]]] = {}
        for name, given in row.votes.items():
            here: Path = (*path, "votes", name)
            if not self.entry(name, here):
                continue
            for item, answers in self.items(given, here, dict).items():
                if not isinstance(answers, dict):
                    self.fault("table", here, answers)
                    continue
                there = (*here, item) if item else here
                for answer, number in answers.items():
                    self.answer(answer, there)
                    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
                        self.fault("integer", (*there, answer), number)
                    else:
                        votes.setdefault(name, {}).setdefault(item, {})[answer] = number
        return Counted(valid=row.valid, void=row.void, votes=votes)


def ballot_facts(
    scheme: Scheme, rows: FactsFile, facts: Facts, faults: list[Fault]
) -> tuple[BallotFact, ...]:
    """All boxes; what contradicts the scheme goes to `faults`."""
    found = []
    known = {b.id: b for b in scheme.ballots}
    for index, row in enumerate(rows.ballots):
        path: Path = ("ballots", index)
        ballot = known.get(row.ballot)
        if ballot is None:
            faults.append(
                Fault("unknown_reference", (*path, "ballot"), shown(row.ballot), " | ".join(known) or "—")
            )
            continue
        if row.class_ not in ballot.class_ids():
            faults.append(
                Fault("choice", (*path, "class"), shown(row.class_), " | ".join(ballot.class_ids()))
            )
        box = _Box(ballot, facts, row, faults)
        if not box.standing:
            faults.append(Fault("nobody_there", (*path, "where"), shown(row.where)))
        if row.counted is not None and row.papers:
            faults.append(Fault("not_with", (*path, "counted"), "papers", "papers | counted"))
        papers = tuple(box.paper(p, (*path, "papers", place)) for place, p in enumerate(row.papers))
        counted = None if row.counted is None else box.counted(row.counted, (*path, "counted"))
        found.append(
            BallotFact(
                ballot=row.ballot,
                where=row.where,
                voter_class=row.class_,
                attempt=row.attempt,
                issued=row.issued,
                returned=row.returned,
                members=row.members,
                present=row.present,
                papers=papers,
                counted=counted,
                void_vote=row.void_vote,
            )
        )
    return tuple(found)
