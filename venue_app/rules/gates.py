"""Gates: conditions an entry must meet to be taken."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from venue_app.rules.context import Columns, Context, limit_at, value_at, within_limits
from venue_app.rules.number import Column, Reason, decimal, text
from venue_app.scheme.rounds import Gate, Round


def _printed(column: Column, index: int, value: Fraction, gate: Gate) -> str:
    shown = column.decimal(index) if gate.out_of is None else decimal(value)
    return "" if shown is None else text(shown)


def _judge(context: Context, gate: Gate, columns: Columns, index: int) -> Reason | None:
    """None when the gate is met; else why not. A missing number gives that number's own reason."""
    column = columns[gate.of]
    value = value_at(column, index)
    if value is None:
        return column.why[index]
    if gate.out_of is not None:
        full = context.scheme.maximum(gate.of)
        if full:
            value = value * Fraction(gate.out_of) / Fraction(full)
    limits: list[Fraction | None] = []
    for limit in (gate.at_least, gate.above, gate.at_most, gate.below):
        number = None if limit is None else limit_at(limit, index, columns)
        if limit is not None and number is None:
            assert isinstance(limit, str)
            return columns[limit].why[index]
        limits.append(number)
    if within_limits(value, tuple(limits)):
        return None
    signs = ("≥", ">", "≤", "<")
    wanted = " ".join(f"{s} {text(decimal(n))}" for s, n in zip(signs, limits, strict=True) if n is not None)
    low = limits[0] if limits[0] is not None else limits[1]
    params = {"of": gate.of, "value": _printed(column, index, value, gate), "wanted": wanted}
    params["limit"] = "" if low is None else text(decimal(low))
    return Reason(gate.code, params)


def failed(
    context: Context, rule: Round, columns: Columns, index: int, extra: Mapping[str, str]
) -> tuple[Reason | None, Reason | None]:
    """The first gate failed for certain, and the first that cannot be judged yet."""
    open_: Reason | None = None
    for gate in rule.gates:
        applies = context.holds(gate.when, index, columns, extra)
        if applies is False:
            continue
        if applies is None:
            open_ = open_ or Reason("condition_open", {"component": gate.of})
            continue
        verdict = _judge(context, gate, columns, index)
        if verdict is None:
            continue
        if verdict.code == gate.code or verdict.code == "absent":
            return verdict, None
        open_ = open_ or verdict
    return None, open_
