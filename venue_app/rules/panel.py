"""A panel's result for one appearance: who counts, who is dropped, the mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from venue_app.rules.belong import holder
from venue_app.rules.context import Columns, Context
from venue_app.rules.facts import Accepted, EntryFact, Facts, Marks, SeatState
from venue_app.rules.number import Column, Num, Reason, decimal, fixed
from venue_app.rules.panel_math import dropped_seats, exact_totals, outcome, quick, sheets_of, voided
from venue_app.scheme.components import Component, Panel
from venue_app.scheme.judging import EXACT, Group
from venue_app.scheme.model import Scheme

State = Literal["ok", "not_yet", "absent", "below_minimum"]
_NOBODY: Mapping[int, SeatState] = {}
_NOTHING: Mapping[int, Marks] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelResult:
    """One group's result for one entry.

    `totals` by seat that gave a sheet. `voided`: seats whose sheet lies too far out. `high`/`low`: seats
    dropped (of totals), or, when the trim is by criterion, `dropped[criterion] = (high seats, low seats)` and
    `criteria[criterion]` the mean of its kept marks. `kept_sum` ÷ `kept_count` = `exact`, cut: `value`.
    `missing`: seats whose sheet is still awaited; `out`: seats that give none, and why. `valid`: how many sheets
    count. `accepted`: the decision by which fewer than `minimum` were enough, None where it took none.
    """

    entry: str
    group: str
    state: State
    seats: tuple[int, ...]
    totals: Mapping[int, Decimal] = field(default_factory=dict)
    voided: tuple[int, ...] = ()
    high: tuple[int, ...] = ()
    low: tuple[int, ...] = ()
    dropped: Mapping[str, tuple[tuple[int, ...], tuple[int, ...]]] = field(default_factory=dict)
    criteria: Mapping[str, Decimal | Fraction] = field(default_factory=dict)
    kept_sum: Decimal | None = None
    kept_count: int = 0
    exact: Decimal | Fraction | None = None
    value: Decimal | Fraction | None = None
    missing: tuple[int, ...] = ()
    out: Mapping[int, SeatState] = field(default_factory=dict)
    minimum: int = 1
    valid: int = 0
    accepted: Accepted | None = None


def seats_of(facts: Facts, group: Group, entry: EntryFact) -> tuple[int, ...]:
    """The seats that are to mark this entry."""
    where = {"room": entry.room, "post": entry.post, "event": ""}[group.scope]
    return facts.panels.get((group.id, where)) or tuple(range(1, group.seats + 1))


def _enough(facts: Facts, group: Group, key: tuple[str, str], count: int) -> bool:
    """Whether so many sheets make a result: the trim leaves something, and the minimum is met or waived."""
    return sheets_of(group).leaves(count) and (count >= group.minimum or key in facts.accepted)


def panel_column(context: Context, component: Component, _done: Columns) -> Column:
    """A group's result for every row, cut as the group states unless the component says otherwise."""
    assert isinstance(component, Panel)
    facts, group = context.facts, context.scheme.group(component.group)
    rounding = component.rounding or context.scheme.group_rounding(group)
    adding = sheets_of(group)
    fast = quick(adding, rounding) if group.discard is None else None
    values: list[Num | None] = []
    why: dict[int, Reason] = {}
    by_entry = group.per == "entry"
    all_sheets, all_out, entries, group_id = facts.sheets, facts.out_seats, facts.entries, group.id
    for index, name in enumerate(context.ids):
        key = (name if by_entry else entries[name].candidate, group_id)
        sheets = all_sheets.get(key, _NOTHING)
        out = all_out.get(key, _NOBODY)
        wanted = len(seats_of(facts, group, entries[name])) if facts.panels else group.seats
        if fast is not None and wanted == len(sheets) >= group.minimum and adding.leaves(wanted):
            values.append(fast(sheets.values()))
            continue
        missing = wanted - len(sheets) - len(out)
        counted = list(sheets.values())
        if missing <= 0 and group.discard is not None:
            void = voided(group, sheets)
            counted = [marks for seat, marks in sheets.items() if seat not in void]
        if missing > 0:
            why[index] = Reason("sheets_missing", {"group": group.id, "count": str(missing)})
            values.append(None)
        elif (len(counted) < group.minimum and key not in facts.accepted) or not adding.leaves(len(counted)):
            params = {"group": group.id, "count": str(len(counted)), "minimum": str(group.minimum)}
            why[index] = Reason("below_minimum", params)
            values.append(None)
        else:
            values.append(outcome(adding, counted, rounding)[0])
    exact = rounding.mode == "exact"
    return Column(values, 1 if exact else 10**rounding.places, why, None if exact else rounding.places)


def panel_result(scheme: Scheme, facts: Facts, entry: str, group: str) -> PanelResult:
    """One group's result for one entry, with everything needed to show how it came about.

    While a sheet is missing the state is `not_yet`; with fewer sheets than the panel minimum (or than the
    trim needs) it is `below_minimum` and waits for a decision. Nothing missing ever counts as zero.
    Raises `KeyError` for an entry or group that does not exist.
    """
    rule = scheme.group(group)
    seats, sheets, out, missing, void, counted, state = _judged(facts, rule, facts.entries[entry])
    totals = {seat: decimal(total) for seat, total in sorted(exact_totals(rule, sheets).items())}
    shown = {seat: total for seat, total in totals.items() if isinstance(total, Decimal)}
    if state != "ok":
        return PanelResult(
            entry=entry, group=group, state=state, seats=seats, totals=shown, voided=void,
            missing=missing, out=dict(out), minimum=rule.minimum, valid=len(counted),
        )  # fmt: skip
    found = _complete(scheme, rule, entry, seats, shown, void, counted, dict(out))
    if len(counted) >= rule.minimum:
        return found
    return replace(found, accepted=facts.accepted[holder(facts.entries[entry], rule.per), rule.id])


def panel_value(scheme: Scheme, facts: Facts, entry: str, group: str) -> Decimal | Fraction | None:
    """The `value` of `panel_result`, without what shows how it came about."""
    rule = scheme.group(group)
    judged = _judged(facts, rule, facts.entries[entry])
    return _value(scheme, rule, judged.counted) if judged.state == "ok" else None


class _Judged(NamedTuple):
    """Whose sheets are there for one entry, and whether they make a result."""

    seats: tuple[int, ...]
    sheets: Mapping[int, Marks]
    out: Mapping[int, SeatState]
    missing: tuple[int, ...]
    void: tuple[int, ...]
    counted: Mapping[int, Marks]
    state: State


def _judged(facts: Facts, rule: Group, who: EntryFact) -> _Judged:
    key = (holder(who, rule.per), rule.id)
    seats = seats_of(facts, rule, who)
    sheets = facts.sheets.get(key, _NOTHING)
    out = facts.out_seats.get(key, _NOBODY)
    missing = tuple(seat for seat in seats if seat not in sheets and seat not in out)
    void = () if missing else voided(rule, sheets)
    counted = {seat: marks for seat, marks in sheets.items() if seat not in void}
    state: State = "ok"
    if missing and not facts.absent.isdisjoint({(who.id, ""), (who.candidate, "")}):
        state = "absent"
    elif missing:
        state = "not_yet"
    elif not _enough(facts, rule, key, len(counted)):
        state = "below_minimum"
    return _Judged(seats, sheets, out, missing, void, counted, state)


def _value(scheme: Scheme, rule: Group, counted: Mapping[int, Marks]) -> Decimal | Fraction:
    rounding = scheme.group_rounding(rule)
    number, den = outcome(sheets_of(rule), list(counted.values()), rounding)
    return decimal(number, den) if rounding.mode == "exact" else fixed(int(number), rounding.places)


def _complete(
    scheme: Scheme,
    rule: Group,
    entry: str,
    seats: tuple[int, ...],
    totals: dict[int, Decimal],
    void: tuple[int, ...],
    counted: Mapping[int, Marks],
    out: dict[int, SeatState],
) -> PanelResult:
    exact, exact_den = outcome(sheets_of(rule), list(counted.values()), EXACT)
    high, low, by_criterion = dropped_seats(rule, counted)
    kept = [Fraction(totals[seat]) for seat in counted if seat not in high and seat not in low]
    kept_sum = decimal(sum(kept, Fraction(0))) if not by_criterion else None
    n_high, n_low = rule.trim_for(len(counted)).cut(len(counted))
    return PanelResult(
        entry=entry,
        group=rule.id,
        state="ok",
        seats=seats,
        totals=totals,
        voided=void,
        high=high,
        low=low,
        dropped={criterion: (highs, lows) for criterion, (highs, lows, _mean) in by_criterion.items()},
        criteria={criterion: decimal(mean) for criterion, (_h, _l, mean) in by_criterion.items()},
        kept_sum=kept_sum if isinstance(kept_sum, Decimal) else None,
        kept_count=len(counted) - n_high - n_low,
        exact=decimal(exact, exact_den),
        value=_value(scheme, rule, counted),
        out=out,
        minimum=rule.minimum,
        valid=len(counted),
    )
