"""Marks that do not add up: full marks, thresholds out of reach, weights."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from venue_app.scheme.components import Calculated, Sum
from venue_app.scheme.derived import Graded
from venue_app.scheme.lines import Path
from venue_app.scheme.maxima import follows, maximum
from venue_app.scheme.model import Plan
from venue_app.scheme.numbers import Number, ending, number_text
from venue_app.scheme.read import Fault
from venue_app.scheme.rounds import Gate


def full_marks(plan: Plan) -> list[Fault]:
    """Full marks the plan states, against those its parts give."""
    faults = []
    for index, component in enumerate(plan.components):
        if isinstance(component, Sum) and component.maximum is not None:
            full = follows(plan, component.id)
            if full is not None and Fraction(full) != Fraction(component.maximum):
                path: Path = ("components", index, "maximum")
                faults.append(Fault("full_marks_differ", path, number_text(component.maximum), _text(full)))
    return faults


def _text(number: Number) -> str:
    if isinstance(number, Fraction) and number.denominator == 1:
        return str(number.numerator)
    return number_text(number)


def thresholds(plan: Plan) -> list[Fault]:
    """Gates nobody can pass."""
    faults = []
    for index, rule in enumerate(plan.rounds):
        for place, gate in enumerate(rule.gates):
            faults += _gate(plan, gate, ("rounds", index, "gates", place))
    return faults


def _gate(plan: Plan, gate: Gate, path: Path) -> list[Fault]:
    full = gate.out_of if gate.out_of is not None else maximum(plan, gate.of)
    if gate.out_of is not None and maximum(plan, gate.of) is None:
        return [Fault("no_full_marks", (*path, "out_of"), gate.of)]
    if full is None:
        return []
    if isinstance(gate.at_least, Decimal | Fraction) and Fraction(gate.at_least) > Fraction(full):
        return [
            Fault("out_of_reach", (*path, "at_least"), number_text(gate.at_least), f"≤ {number_text(full)}")
        ]
    if isinstance(gate.above, Decimal | Fraction) and Fraction(gate.above) >= Fraction(full):
        return [Fault("out_of_reach", (*path, "above"), number_text(gate.above), f"< {number_text(full)}")]
    return []


def _not_one(numbers: Sequence[Number]) -> str:
    """The sum of weights that look like shares of one, when it is not one; else ''."""
    if len(numbers) < 2 or any(not 0 < n < 1 for n in numbers):
        return ""
    whole = sum((Fraction(n) for n in numbers), Fraction(0))
    return "" if whole == 1 else _text(ending(whole) or whole)


def weights(plan: Plan) -> list[Fault]:
    """Doubts: shares that do not come to one, a composite whose full marks are not 100, grades beyond all."""
    doubts = []
    for index, component in enumerate(plan.components):
        path: Path = ("components", index)
        if isinstance(component, Sum) and component.maximum is None:
            found = _not_one([term.weight for term in component.terms])
            if found and component.divide == 1:
                doubts.append(Fault("weights_do_not_add", (*path, "terms"), found, "1"))
            elif component.id == plan.composite and maximum(plan, component.id) not in {None, Decimal(100)}:
                full = number_text(maximum(plan, component.id) or Decimal(0))
                doubts.append(Fault("full_marks_unusual", path, full, "100"))
        if isinstance(component, Calculated) and component.id == plan.composite and component.maximum is None:
            doubts.append(Fault("full_marks_unknown", path, component.id))
        if isinstance(component, Graded):
            shares = [Fraction(g.share) for g in component.grades if g.share is not None]
            if sum(shares, Fraction(0)) > 1:
                doubts.append(
                    Fault("weights_do_not_add", (*path, "grades"), _text(sum(shares, Fraction(0))), "≤ 1")
                )
    for index, ballot in enumerate(plan.ballots):
        for key, numbers in (
            ("items", [i.weight for i in ballot.items]),
            ("classes", [c.weight for c in ballot.classes]),
        ):
            found = _not_one(numbers)
            if found:
                doubts.append(Fault("weights_do_not_add", ("ballots", index, key), found, "1"))
    return doubts
