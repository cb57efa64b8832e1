"""What is doubtful in a sheet of paper ballots, in one sentence with the first few places."""

from __future__ import annotations

from ui.words import Say
from venue_app.roster.ballot_papers import PapersRead

_MOST = 5
_REASONS = {
    "answer": Say("ballots.doubt.answer"),
    "name": Say("ballots.doubt.name"),
    "paper": Say("ballots.doubt.paper"),
    "twice": Say("ballots.doubt.twice"),
    "void": Say("ballots.doubt.void"),
}


def doubts_said(read: PapersRead) -> Say:
    """How many cells are doubtful, and where the first of them are."""
    said = [f"{d.address} “{d.text}” {_REASONS[d.reason]}" for d in read.doubts[:_MOST]]
    return Say("ballots.import.doubts", file=read.file, count=len(read.doubts), what="；".join(said))
