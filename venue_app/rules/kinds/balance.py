"""Room balancing (修正系数): marks of a mild room come down, marks of a strict one go up."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from venue_app.rules.context import Columns, Context, value_at
from venue_app.rules.kinds.base import Inner, Shown, exact_column, gather
from venue_app.rules.kinds.statistics import OTHERS, mean, trimmed
from venue_app.rules.number import Column, Reason, cut_value, decimal, spoken
from venue_app.scheme.components import Component
from venue_app.scheme.derived import Balance


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A room's mean, the overall mean it is compared with, and what comes of it."""

    room: Fraction
    overall: Fraction
    value: Fraction | None
    people: int


def _coefficients(context: Context, component: Balance, source: Column) -> dict[tuple[str, str], Coefficient]:
    """By (across, room); nothing for an `across` in which somebody's mark is still awaited."""
    rooms: dict[str, dict[str, list[Fraction]]] = {}
    open_: set[str] = set()
    for across, (rows, awaited) in gather(context, source, component.across).items():
        if awaited:
            open_.add(across)
        for row in rows:
            value = value_at(source, row)
            if value is not None:
                room = context.where(context.ids[row], component.within)
                rooms.setdefault(across, {}).setdefault(room, []).append(value)
    found: dict[tuple[str, str], Coefficient] = {}
    for across, marks in rooms.items():
        if across in open_:
            continue
        kept = {room: trimmed(m, component.drop_high, component.drop_low) for room, m in marks.items()}
        means = {room: cut_value(mean(m), component.means) for room, m in kept.items()}
        if component.overall == "room-means":
            overall = cut_value(mean(list(means.values())), component.means)
        else:
            overall = cut_value(mean([value for m in kept.values() for value in m]), component.means)
        for room, room_mean in means.items():
            value = cut_value(overall / room_mean, component.coefficient) if room_mean else None
            found[(across, room)] = Coefficient(room_mean, overall, value, len(kept[room]))
    return found


def _key(context: Context, component: Balance, index: int) -> tuple[str, str]:
    name = context.ids[index]
    return context.where(name, component.across), context.where(name, component.within)


def balance_column(context: Context, component: Component, done: Columns) -> Column:
    """Each mark times its room's coefficient."""
    assert isinstance(component, Balance)
    source = done[component.of]
    coefficients = _coefficients(context, component, source)

    def cell(index: int) -> Fraction | Reason:
        value = value_at(source, index)
        if value is None:
            return source.why[index]
        one = coefficients.get(_key(context, component, index))
        if one is None:
            return Reason(OTHERS, {"component": component.of})
        return Reason("division_by_zero") if one.value is None else value * one.value

    return exact_column((cell(i) for i in range(len(context.ids))), context.scheme.rounding_of(component))


def balance_shown(context: Context, component: Component, done: Columns, index: int, inner: Inner) -> Shown:
    """The mark, the room's mean, the overall mean, the coefficient."""
    assert isinstance(component, Balance)
    made = inner(component.of)
    one = _coefficients(context, component, done[component.of]).get(_key(context, component, index))
    if one is None or one.value is None:
        return Shown({"of": made.value or ""}, (made,))
    params = {
        "of": made.value or "",
        "room": context.where(context.ids[index], component.within),
        "room_mean": spoken(decimal(one.room)),
        "overall": spoken(decimal(one.overall)),
        "coefficient": spoken(decimal(one.value)),
        "people": str(one.people),
    }
    return Shown(params, (made,))
