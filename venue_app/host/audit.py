"""What an event's entries must mean together: checked again from nothing but the entries.

The sentences are in the catalogue `audit`. The chain of hashes proves that entries are unchanged; this proves that they make sense:
that the draw follows from what was revealed, that every receipt belongs to its
marks, that every result follows from the sheets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from venue_app.base.errors import Known
from venue_app.base.i18n import say
from venue_app.domain import entries as e
from venue_app.domain import floor_entries as f
from venue_app.domain.record import Record, decode
from venue_app.host.audit_ballots import ballot_fits
from venue_app.host.audit_draw import draw_checks, in_turn
from venue_app.rules.number import text
from venue_app.rules.panel import panel_value
from venue_app.scheme import Panel
from venue_app.seal.check import Check
from venue_app.state import State, apply, begin
from venue_app.state.deciding import short_panels
from venue_app.state.facts import appearance_facts, marks_on
from venue_app.state.room import group_of
from venue_app.venue.sheets import receipt_of, rightly_signed

#: What `in_turn` knows of.
_DRAWS = frozenset(kind for name, kind in e.KINDS.items() if name.startswith("draw."))


def audit(raw: Sequence[bytes], records: Sequence[Record] | None = None) -> list[Check]:
    """Every point checked. Stops at an entry that cannot be read or cannot follow the ones before it.

    `records` are the same entries, where somebody has read them already.
    """
    return audited(raw, records)[0]


def audited(
    raw: Sequence[bytes], records: Sequence[Record] | None = None, *, signatures: bool = True
) -> tuple[list[Check], State | None]:
    """As `audit`, with the state after the last entry; None where one could not be read or could not follow.

    Without `signatures` those of stations under their sheets are left unchecked; nothing is said of them.
    """
    try:
        records = [decode(item) for item in raw] if records is None else records
        state = begin(records[0])
    except (Known, IndexError) as fault:
        return [Check("audit.unreadable", False, {"seq": 0, "reason": str(fault)})], None
    points = list(_order(records))
    sheets, results, signed = _Count("receipts"), _Count("results"), _Count("signatures")
    draws = _Count("draw_steps")
    ballots, accepted = _Count("ballots"), _Count("accepted")
    for record in records[1:]:
        try:
            kind = type(record.data)
            if kind is e.SheetReceived or kind is e.ResultComputed:
                _check(state, record, sheets, results)
                if signatures:
                    _check_signature(state, record, signed)
            elif isinstance(record.data, f.PanelAccepted):
                accepted.note(_rightly_accepted(state, record.data), record.seq)
            elif kind in _DRAWS:
                draws.note(in_turn(state, record), record.seq)
            elif (fits := ballot_fits(state, record.data)) is not None:
                ballots.note(fits, record.seq)
            state = apply(state, record)
            if kind is e.SheetReceived:
                _marks_stand(state, record)
        except (Known, KeyError, AssertionError, ValueError) as fault:
            reason = say(fault) if isinstance(fault, Known) else repr(fault)
            points.append(Check("audit.unreadable", False, {"seq": record.seq, "reason": reason}))
            return points, None
    points += [sheets.check(), results.check(), *draw_checks(state)]
    points += [part.check() for part in (draws, signed, accepted, ballots) if part.checked]
    return points, state


@dataclass
class _Count:
    code: str
    checked: int = 0
    wrong: int | None = None

    def note(self, fits: bool, seq: int) -> None:
        self.checked += 1
        if not fits and self.wrong is None:
            self.wrong = seq

    def check(self) -> Check:
        return Check(f"audit.{self.code}", self.wrong is None, {"count": self.checked, "seq": self.wrong})


def _order(records: Iterable[Record]) -> Iterator[Check]:
    last, back = 0, 0
    for number, record in enumerate(records):
        if record.seq != number:
            yield Check("audit.sequence", False, {"seq": number})
            return
        back += record.at < last
        last = record.at
    yield Check("audit.sequence", True)
    if back:
        yield Check("audit.wall_clock", None, {"count": back})


def _check(state: State, record: Record, sheets: _Count, results: _Count) -> None:
    fact = record.data
    if isinstance(fact, e.SheetReceived):
        appearance = state.appearances[(fact.room, fact.lot)]
        sheets.note(
            fact.receipt == receipt_of(state.event.event, fact, record.sub)
            and appearance.entry == fact.entry
            and fact.seat not in appearance.sheets
            and fact.seat not in appearance.excused
            and (bool(fact.paper) or record.actor.seat == fact.seat),
            record.seq,
        )
    elif isinstance(fact, e.ResultComputed):
        appearance = state.appearances[(fact.room, fact.lot)]
        component = state.scheme.component(fact.component)
        assert isinstance(component, Panel)
        known = appearance_facts(state, appearance)
        found = panel_value(state.scheme, known, fact.entry, component.group)
        fits = found is not None and text(found) == fact.value
        results.note(fits and appearance.entry == fact.entry, record.seq)


def _marks_stand(state: State, record: Record) -> None:
    """Raises `Known` for a sheet, now among those of its appearance, with a mark that its group does not give."""
    fact = record.data
    assert isinstance(fact, e.SheetReceived)
    marks_on(state.appearances[(fact.room, fact.lot)].sheets[fact.seat], group_of(state, fact.seat))


def _rightly_accepted(state: State, fact: f.PanelAccepted) -> bool:
    """Whether a panel that was decided on was complete, below its minimum with so many sheets, and able to count them."""
    appearance = state.appearances[(fact.room, fact.lot)]
    short = next((one for one in short_panels(state, appearance) if one.group == fact.group), None)
    if short is None or not short.can_count or appearance.entry != fact.entry:
        return False
    named = len(set(fact.people)) == len(fact.people) == 2 and all(fact.people) and bool(fact.reason)
    return named and (short.count, short.minimum) == (fact.count, fact.minimum)


def _check_signature(state: State, record: Record, signed: _Count) -> None:
    """A sheet that came from a device with a key bears that device's signature; one typed from paper has none."""
    fact = record.data
    if not isinstance(fact, e.SheetReceived) or fact.paper:
        return
    station = state.stations.get(fact.seat)
    if fact.signature or fact.carried or (station is not None and station.public_key):
        signed.note(rightly_signed(state, fact, record.sub), record.seq)
