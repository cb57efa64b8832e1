"""A round: who may be ranked, in what order, and who goes on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from venue_app.rules.columns import Columns
from venue_app.rules.facts import Facts, PostFact
from venue_app.rules.number import Num, Reason, decimal, round_units, text
from venue_app.scheme.judging import Rounding
from venue_app.scheme.model import Scheme
from venue_app.scheme.rounds import Gate, Round


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An entry in a round: its rank, its outcome, whether it goes on; `provisional` while others are open."""

    rank: int | None
    outcome: Reason
    passed: bool
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostStanding:
    """A post in a round: its outcome, those who go on in order of rank, those still awaited."""

    post: str
    outcome: Reason
    passed: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    limit: int | None = None


def limit_of(rule: Round, places: int) -> int | None:
    """How many may go on for `places` places; None when the round takes everybody who meets the gates."""
    if rule.ratio is None:
        return None
    mode = {"up": "up", "down": "truncate", "half-up": "half-up"}[rule.ratio_rounding]
    return round_units(Fraction(rule.ratio) * places, 1, Rounding(0, mode))  # type: ignore[arg-type]


def _fails(scheme: Scheme, gate: Gate, columns: Columns, index: int) -> Reason | None:
    column = columns[gate.of]
    number = column.values[index]
    assert number is not None
    value = Fraction(number.numerator, number.denominator * column.den)
    if gate.out_of is not None:
        full = scheme.maximum(gate.of)
        if full:
            value = value * Fraction(gate.out_of) / Fraction(full)
    low = gate.at_least is not None and value < Fraction(gate.at_least)
    low = low or (gate.above is not None and value <= Fraction(gate.above))
    if not low:
        return None
    printed = column.decimal(index) if gate.out_of is None else decimal(value)
    assert printed is not None
    limit = gate.at_least if gate.at_least is not None else gate.above
    assert isinstance(limit, Decimal)
    inclusive = "yes" if gate.at_least is not None else "no"
    return Reason(
        gate.code, {"of": gate.of, "value": text(printed), "limit": text(limit), "inclusive": inclusive}
    )


def ranks(order: list[tuple[Num, str]], style: str) -> dict[str, int]:
    """Printed ranks of (number, entry) pairs already in descending order of number."""
    found: dict[str, int] = {}
    last: Num | None = None
    rank = 0
    for position, (number, name) in enumerate(order, 1):
        if last is None or number != last:
            rank = position if style == "1224" else rank + 1
        found[name] = rank
        last = number
    return found


def run_post(
    scheme: Scheme, facts: Facts, rule: Round, post: PostFact, names: list[tuple[int, str]], columns: Columns
) -> tuple[dict[str, Standing], PostStanding]:
    """One round among the entries (index, id) of one post."""
    column = columns[rule.by]
    found: dict[str, Standing] = {}
    field: list[tuple[Num, str]] = []
    everyone: list[tuple[Num, str]] = []
    waiting: list[str] = []
    for index, name in names:
        barred = facts.barred.get(name)
        number = column.values[index]
        if barred is not None and not barred.after:
            found[name] = Standing(
                rank=None, outcome=Reason(barred.code, {"note": barred.note}), passed=False
            )
        elif number is None:
            reason = column.why[index]
            if reason.code == "absent":
                found[name] = Standing(rank=None, outcome=reason, passed=False)
            else:
                waiting.append(name)
                found[name] = Standing(
                    rank=None,
                    outcome=Reason("not_yet", {"missing": reason.code, **reason.params}),
                    passed=False,
                    provisional=True,
                )
        else:
            everyone.append((number, name))
            failed = next((f for gate in rule.gates if (f := _fails(scheme, gate, columns, index))), None)
            if failed is None:
                field.append((number, name))
            else:
                found[name] = Standing(rank=None, outcome=failed, passed=False)
    open_ = bool(waiting)
    everyone.sort(key=lambda pair: (-pair[0], pair[1]))
    field.sort(key=lambda pair: (-pair[0], pair[1]))
    printed = ranks(everyone, rule.rank_style)
    for name, standing in list(found.items()):
        if name in printed:
            found[name] = Standing(
                rank=printed[name], outcome=standing.outcome, passed=False, provisional=open_
            )
    limit = limit_of(rule, post.places)
    inside, undecided = _inside(rule, field, limit)
    passed: list[str] = []
    for _number, name in field:
        params = {"rank": str(printed[name]), "limit": "" if limit is None else str(limit)}
        if open_:
            outcome = Reason("not_yet", {"missing": "others", "count": str(len(waiting))})
        elif name in undecided:
            outcome = Reason("tie_undecided", params)
        elif name in inside:
            outcome = Reason("passed", {**params, "round": rule.id})
            passed.append(name)
        else:
            outcome = Reason("not_in_ratio", params)
        found[name] = Standing(rank=printed[name], outcome=outcome, passed=name in passed, provisional=open_)
    if open_:
        result = Reason("not_yet", {"missing": "entries", "count": str(len(waiting))})
    elif undecided:
        result = Reason("tie_undecided", {"count": str(len(undecided))})
    else:
        result = Reason(
            "passed" if passed else "nobody_passed", {"count": str(len(passed)), "round": rule.id}
        )
    return found, PostStanding(
        post=post.id, outcome=result, passed=tuple(passed), waiting=tuple(waiting), limit=limit
    )


def _inside(rule: Round, field: list[tuple[Num, str]], limit: int | None) -> tuple[set[str], set[str]]:
    """Those within the limit, and those whose tie at the cut is not decided."""
    if limit is None or len(field) <= limit:
        return {name for _, name in field}, set()
    if limit == 0:
        return set(), set()
    last, after = field[limit - 1][0], field[limit][0]
    if last != after:
        return {name for _, name in field[:limit]}, set()
    above = {name for number, name in field if number > last}
    tied = {name for number, name in field if number == last}
    if rule.ties_at_cut == "all":
        return above | tied, set()
    return above, tied if rule.ties_at_cut == "decide" else set()
