"""The same submission sent again: it gets its first reply and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from venue_app.base.errors import Known
from venue_app.domain.entries import SheetReceived
from venue_app.domain.record import Record, decode
from venue_app.journal import Journal
from venue_app.venue.inbox import Reply, Request


class Repeats:
    """Which submissions the journal holds. Used by the thread that owns it."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._seen = journal.submissions()

    def reply(self, request: Request, pending: Mapping[str, tuple[Record, ...]]) -> Reply | None:
        """What was answered before, in the journal or in what is just being decided; None for something new.

        Raises `Known` venue.submission_reused when the same name says something else now.
        """
        if request.sub is None:
            return None
        if request.sub in pending:
            records = pending[request.sub]
        elif request.sub in self._seen:
            seq = self._seen[request.sub]
            records = (decode(next(self._journal.entries(seq))[1]),)
        else:
            return None
        if not _same(request, records[0]):
            raise Known("venue.submission_reused")
        return Reply(records, repeated=True)

    def learn(self, written: Mapping[str, tuple[Record, ...]]) -> None:
        """These are in the journal from now on."""
        self._seen |= {sub: records[0].seq for sub, records in written.items()}


def _same(request: Request, record: Record) -> bool:
    """Whether a repeated submission is what it was: the same actor's seat and, for sheets, the same marks."""
    fact = record.data
    command = request.command
    if not isinstance(fact, SheetReceived):
        return record.actor == request.actor
    wanted = getattr(command, "marks", None)
    return (
        getattr(command, "seat", None) == fact.seat
        and getattr(command, "lot", None) == fact.lot
        and getattr(command, "room", None) == fact.room
        and isinstance(wanted, dict)
        and wanted.keys() == fact.marks.keys()
        and all(_same_number(wanted[k], fact.marks[k]) for k in wanted)
    )


def _same_number(a: object, b: str) -> bool:
    try:
        return Decimal(str(a)) == Decimal(b)
    except InvalidOperation:
        return False
