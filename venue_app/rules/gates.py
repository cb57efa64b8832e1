"""Gates: conditions an entry must meet to be taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from venue_app.rules.context import Columns, Context, limit_at, within_limits
from venue_app.rules.number import Reason, decimal, spoken
from venue_app.scheme.numbers import Limit
from venue_app.scheme.rounds import Gate, Round

_SIGNS = ("≥", ">", "≤", "<")


class Gatekeeper:
    """One gate over one set of columns; limits that are plain numbers are compared as integers."""

    def __init__(self, context: Context, gate: Gate, columns: Columns) -> None:
        self.context = context
        self.gate = gate
        self.columns = columns
        self.column = columns[gate.of]
        self.limits: tuple[Limit | None, ...] = (gate.at_least, gate.above, gate.at_most, gate.below)
        full = context.scheme.maximum(gate.of) if gate.out_of is not None else None
        self.scale = Fraction(gate.out_of or 1) / Fraction(full) if full else Fraction(1)
        self.low: tuple[int, int] | None = None
        if (
            gate.at_least is not None
            and not isinstance(gate.at_least, str)
            and self.limits[1:] == (None,) * 3
        ):
            limit = Fraction(gate.at_least) / self.scale
            self.low = limit.denominator, limit.numerator * self.column.den

    def doubtful(self, names: Sequence[str], position: Mapping[str, int]) -> list[str]:
        """Those of whom it is not beyond any question that they meet the gate."""
        if self.low is None:
            return list(names)
        (times, least), values = self.low, self.column.values
        return [n for n in names if (v := values[position[n]]) is None or v * times < least]

    def judge(self, index: int) -> Reason | None:
        """None when the gate is met; else why not. A missing number gives that number's own reason."""
        number = self.column.values[index]
        if number is None:
            return self.column.why[index]
        value = Fraction(number.numerator, number.denominator * self.column.den) * self.scale
        limits: list[Fraction | None] = []
        for limit in self.limits:
            found = None if limit is None else limit_at(limit, index, self.columns)
            if found is None and isinstance(limit, str):
                return self.columns[limit].why[index]
            limits.append(found)
        return None if within_limits(value, tuple(limits)) else self._failure(index, value, limits)

    def _failure(self, index: int, value: Fraction, limits: list[Fraction | None]) -> Reason:
        shown = self.column.decimal(index) if self.scale == 1 else decimal(value)
        wanted = " ".join(
            f"{s} {spoken(decimal(n))}" for s, n in zip(_SIGNS, limits, strict=True) if n is not None
        )
        low = limits[0] if limits[0] is not None else limits[1]
        params = {"of": self.gate.of, "value": "" if shown is None else spoken(shown), "wanted": wanted}
        params["limit"] = "" if low is None else spoken(decimal(low))
        return Reason(self.gate.code, params)


def gatekeepers(context: Context, rule: Round, columns: Columns) -> tuple[Gatekeeper, ...]:
    """The round's gates, ready to judge."""
    return tuple(Gatekeeper(context, gate, columns) for gate in rule.gates)


def failed(
    keepers: tuple[Gatekeeper, ...], index: int, extra: Mapping[str, str]
) -> tuple[Reason | None, Reason | None]:
    """The first gate failed for certain, and the first that cannot be judged yet."""
    open_: Reason | None = None
    for keeper in keepers:
        gate = keeper.gate
        applies = keeper.context.holds(gate.when, index, keeper.columns, extra) if gate.when else True
        if applies is False:
            continue
        verdict = keeper.judge(index)
        if verdict is None:
            continue  # met, whether it stands or not
        if applies is None:
            open_ = open_ or Reason("condition_open", {"component": gate.of})
            continue
        if verdict.code == gate.code or verdict.code == "absent":
            return verdict, None
        open_ = open_ or verdict
    return None, open_
