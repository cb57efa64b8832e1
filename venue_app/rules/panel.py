"""A panel's result for one appearance: who counts, who is dropped, the mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Literal

from venue_app.rules.facts import EntryFact, Facts, Marks, SeatState
from venue_app.rules.number import Column, Num, Reason, cut, decimal, fixed
from venue_app.scheme.judging import Group, Rounding
from venue_app.scheme.model import Scheme

State = Literal["ok", "not_yet", "absent", "below_minimum"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelResult:
    """One group's result for one entry.

    `totals` by counted seat. `high`/`low`: seats dropped (of totals), or, when the trim is by criterion,
    `dropped[criterion] = (high seats, low seats)`. `kept_sum` ÷ `kept_count` = `exact`, rounded: `value`.
    `missing`: seats whose sheet is still awaited; `out`: seats that give none, and why.
    """

    entry: str
    group: str
    state: State
    seats: tuple[int, ...]
    totals: Mapping[int, Decimal] = field(default_factory=dict)
    high: tuple[int, ...] = ()
    low: tuple[int, ...] = ()
    dropped: Mapping[str, tuple[tuple[int, ...], tuple[int, ...]]] = field(default_factory=dict)
    kept_sum: Decimal | None = None
    kept_count: int = 0
    exact: Decimal | Fraction | None = None
    value: Decimal | Fraction | None = None
    missing: tuple[int, ...] = ()
    out: Mapping[int, SeatState] = field(default_factory=dict)
    minimum: int = 1


@dataclass(frozen=True, slots=True)
class _Scale:
    """A group's marks as integers over one denominator: `sum(mark * weight) / den` is the total."""

    weights: tuple[int, ...]
    den: int
    plain: bool

    @classmethod
    def of(cls, group: Group) -> _Scale:
        parts = [Fraction(c.weight) for c in group.criteria]
        common = lcm(*(part.denominator for part in parts))
        weights = tuple(int(part * common) for part in parts)
        return cls(weights, common * 10**group.places, all(w == 1 for w in weights))

    def total(self, marks: Marks) -> int:
        return sum(marks) if self.plain else sum(m * w for m, w in zip(marks, self.weights, strict=True))


def seats_of(facts: Facts, group: Group, entry: EntryFact) -> tuple[int, ...]:
    """The seats that are to mark this entry."""
    where = {"room": entry.room, "post": entry.post, "event": ""}[group.scope]
    return facts.panels.get((group.id, where)) or tuple(range(1, group.seats + 1))


def _middle(group: Group, kept: list[Num]) -> tuple[Num, int]:
    """What the kept numbers come to by `take`: a numerator and what it is to be divided by."""
    if group.take == "sum":
        return sum(kept), 1
    if group.take == "median":
        kept = sorted(kept)
        half = len(kept) // 2
        return (kept[half], 1) if len(kept) % 2 else (kept[half - 1] + kept[half], 2)
    return sum(kept), len(kept)


def _over(number: Num, by: int) -> Num:
    return number if by == 1 else Fraction(number.numerator, number.denominator * by)


def _outcome(group: Group, rounding: Rounding, scale: _Scale, sheets: list[Marks]) -> tuple[Num, int]:
    """The rounded result of complete sheets, over its denominator; the sheets' order does not matter."""
    count = len(sheets)
    trim = group.trim_for(count)
    high, low = trim.cut(count)
    if trim.on == "totals":
        totals: list[Num] = [scale.total(marks) for marks in sheets]
        den = scale.den
        if group.total_rounding.mode != "exact":
            cuts = [cut(total, den, group.total_rounding) for total in totals]
            totals, den = [number for number, _ in cuts], cuts[0][1]
        totals.sort()
        number, by = _middle(group, totals[low : count - high])
        return _cut_over(number, by * den, rounding)
    whole: Num = 0
    per_den = 10**group.places
    for index, criterion in enumerate(group.criteria):
        column: list[Num] = sorted(marks[index] for marks in sheets)
        number, by = _middle(group, column[low : count - high])
        mean, den = _cut_over(number, by * per_den, group.criterion_rounding)
        whole += _over(mean, den) * Fraction(criterion.weight)
    return _cut_over(whole, 1, rounding)


def _cut_over(number: Num, den: int, rounding: Rounding) -> tuple[Num, int]:
    if rounding.mode == "exact":
        return Fraction(number.numerator, number.denominator * den), 1
    return cut(number, den, rounding)


def column(scheme: Scheme, facts: Facts, group: Group, ids: tuple[str, ...]) -> Column:
    """A group's result for every entry of `ids`."""
    rounding = scheme.group_rounding(group)
    scale = _Scale.of(group)
    values: list[Num | None] = [None] * len(ids)
    why: dict[int, Reason] = {}
    den = 1 if rounding.mode == "exact" else 10**rounding.places
    none: Mapping[int, Marks] = {}
    for index, name in enumerate(ids):
        key = (name, group.id)
        sheets = facts.sheets.get(key, none)
        out = facts.out_seats.get(key)
        entry = facts.entries[name]
        wanted = seats_of(facts, group, entry) if facts.panels else None
        count = group.seats if wanted is None else len(wanted)
        if len(sheets) + (len(out) if out else 0) < count:
            why[index] = Reason(
                "sheets_missing", {"group": group.id, "count": str(count - len(sheets) - len(out or ()))}
            )
        elif not _enough(facts, group, key, len(sheets)):
            why[index] = Reason(
                "below_minimum", {"group": group.id, "count": str(len(sheets)), "minimum": str(group.minimum)}
            )
        else:
            values[index] = _outcome(group, rounding, scale, list(sheets.values()))[0]
    return Column(values, den, why, None if rounding.mode == "exact" else rounding.places)


def _enough(facts: Facts, group: Group, key: tuple[str, str], count: int) -> bool:
    high, low = group.trim_for(count).cut(count)
    return count > high + low and (count >= group.minimum or key in facts.accepted)


def _extremes(numbers: Mapping[int, Num], high: int, low: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Seats dropped at the top and at the bottom; of equals the later seats go at the top."""
    order = sorted(numbers, key=lambda seat: (numbers[seat], seat))
    return tuple(sorted(order[len(order) - high :])) if high else (), tuple(sorted(order[:low]))


def panel_result(scheme: Scheme, facts: Facts, entry: str, group: str) -> PanelResult:
    """One group's result for one entry, with everything needed to show how it came about.

    While a sheet is missing the state is `not_yet`; with fewer sheets than the panel minimum (or than the
    trim needs) it is `below_minimum` and waits for a decision. Nothing missing ever counts as zero.
    Raises `KeyError` for an entry or group that does not exist.
    """
    rule = scheme.group(group)
    who = facts.entries[entry]
    key = (entry, group)
    seats = seats_of(facts, rule, who)
    sheets = facts.sheets.get(key, {})
    out = facts.out_seats.get(key, {})
    missing = tuple(seat for seat in seats if seat not in sheets and seat not in out)
    scale = _Scale.of(rule)
    raw: dict[int, Num] = {}
    for seat in sorted(sheets):
        total, den = cut(scale.total(sheets[seat]), scale.den, rule.total_rounding)
        raw[seat] = _over(total, den) if den != 1 else total
    totals = {seat: decimal(number) for seat, number in raw.items()}
    shown = {seat: number for seat, number in totals.items() if isinstance(number, Decimal)}
    state: State = "ok"
    if (entry, "") in facts.absent:
        state = "absent"
    elif missing:
        state = "not_yet"
    elif not _enough(facts, rule, key, len(sheets)):
        state = "below_minimum"
    common = {
        "entry": entry,
        "group": group,
        "seats": seats,
        "totals": shown,
        "missing": missing,
        "out": dict(out),
    }
    if state != "ok":
        return PanelResult(**common, state=state, minimum=rule.minimum)  # type: ignore[arg-type]
    rounding = scheme.group_rounding(rule)
    number, den = _outcome(rule, rounding, scale, list(sheets.values()))
    exact, exact_den = _outcome(rule, Rounding(0, "exact"), scale, list(sheets.values()))
    value = decimal(number, den) if rounding.mode == "exact" else fixed(int(number), rounding.places)
    count = len(sheets)
    trim = rule.trim_for(count)
    n_high, n_low = trim.cut(count)
    high: tuple[int, ...] = ()
    low: tuple[int, ...] = ()
    dropped: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {}
    kept_sum: Decimal | Fraction | None = None
    if trim.on == "totals":
        high, low = _extremes(raw, n_high, n_low)
        kept_sum = decimal(sum((raw[s] for s in raw if s not in high and s not in low), Fraction(0)))
    else:
        for index, criterion in enumerate(rule.criteria):
            dropped[criterion.id] = _extremes({s: m[index] for s, m in sheets.items()}, n_high, n_low)
    return PanelResult(
        **common,  # type: ignore[arg-type]
        state="ok",
        high=high,
        low=low,
        dropped=dropped,
        kept_sum=kept_sum if isinstance(kept_sum, Decimal) else None,
        kept_count=count - n_high - n_low,
        exact=decimal(exact, exact_den),
        value=value,
        minimum=rule.minimum,
    )
