"""Working: how a number came about, as a tree that can be shown, printed and read aloud."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from venue_app.rules.compute import Results
from venue_app.rules.number import Reason, cut, decimal, text
from venue_app.rules.panel import PanelResult, panel_result
from venue_app.scheme.components import Component, Panel, Sum, Term
from venue_app.scheme.judging import Rounding
from venue_app.scheme.model import Scheme
from venue_app.scheme.text import Text


@dataclass(frozen=True, slots=True)
class Node:
    """One number: its `kind` (says which sentence), `title`, printed `value` (None: `reason`), what it is made of.

    `params` are the numbers of the sentence, already in plain notation.
    """

    kind: str
    title: Text
    value: str | None
    params: dict[str, str] = field(default_factory=dict)
    children: tuple[Node, ...] = ()
    reason: Reason | None = None
    rounding: Rounding | None = None


def _shown(value: Decimal | Fraction | None) -> str | None:
    return None if value is None else text(value)


def panel_node(scheme: Scheme, result: PanelResult, title: Text | None = None) -> Node:
    """A panel's result as a node, one child for each seat, dropped seats marked in `params`."""
    group = scheme.group(result.group)
    children = [_seat_node(result, seat) for seat in result.seats]
    params = {
        "seats": str(len(result.seats)),
        "count": str(len(result.totals)),
        "kept": str(result.kept_count),
        "high": str(len(result.high)),
        "low": str(len(result.low)),
        "high_marks": _list(result, result.high),
        "low_marks": _list(result, result.low),
        "sum": "" if result.kept_sum is None else text(result.kept_sum),
        "take": group.take,
        "out": str(len(result.out)),
        "out_seats": ", ".join(str(seat) for seat in sorted(result.out)),
        "missing": ", ".join(str(seat) for seat in result.missing),
    }
    reason = None
    if result.state != "ok":
        reason = Reason(
            f"panel_{result.state}",
            {"missing": params["missing"], "count": params["count"], "minimum": str(result.minimum)},
        )
    kind = "panel_criteria" if result.dropped else "panel"
    if result.dropped:
        high, low = next(iter(result.dropped.values()))
        params |= {"high": str(len(high)), "low": str(len(low))}
    rounding = scheme.group_rounding(group)
    return Node(kind, title or group.title, _shown(result.value), params, tuple(children), reason, rounding)


def _list(result: PanelResult, seats: tuple[int, ...]) -> str:
    return ", ".join(text(result.totals[seat]) for seat in seats)


def _seat_node(result: PanelResult, seat: int) -> Node:
    total = result.totals.get(seat)
    params = {"seat": str(seat)}
    if seat in result.high:
        params["dropped"] = "high"
    elif seat in result.low:
        params["dropped"] = "low"
    reason = None
    if seat in result.out:
        reason = Reason(f"seat_{result.out[seat]}", {"seat": str(seat)})
    elif seat in result.missing:
        reason = Reason("seat_missing", {"seat": str(seat)})
    return Node("seat", Text.of(str(seat)), _shown(total), params, (), reason)


def _term_node(results: Results, entry: str, term: Term) -> Node:
    inner = working(results, entry, term.of)
    value = results.value(entry, term.of)
    params = {"weight": text(term.weight), "of": inner.value or ""}
    points: str | None = None
    if value is not None:
        points = text(decimal(*cut(Fraction(value) * Fraction(term.weight), 1, term.rounding)))
    rounding = term.rounding if term.rounding.mode != "exact" else None
    return Node("term", inner.title, points, params, (inner,), inner.reason, rounding)


def _sum_node(results: Results, entry: str, component: Sum) -> Node:
    children = tuple(_term_node(results, entry, term) for term in component.terms)
    exact = Fraction(component.plus) + sum(
        (Fraction(c.value) for c in children if c.value is not None), Fraction(0)
    )
    params = {"plus": text(component.plus), "divide": text(component.divide), "total": text(decimal(exact))}
    exact /= Fraction(component.divide)
    params["exact"] = text(decimal(exact))
    if component.cap is not None and exact > Fraction(component.cap):
        params["cap"] = text(component.cap)
    if component.floor is not None and exact < Fraction(component.floor):
        params["floor"] = text(component.floor)
    return _node(results, entry, component, params, children)


def _node(
    results: Results,
    entry: str,
    component: Component,
    params: dict[str, str],
    children: tuple[Node, ...] = (),
) -> Node:
    value = results.value(entry, component.id)
    reason = results.columns[component.id].why.get(results.position[entry])
    return Node(
        component.kind,
        component.title,
        _shown(value),
        params,
        children,
        reason,
        results.scheme.rounding_of(component),
    )


def working(results: Results, entry: str, component: str) -> Node:
    """The tree of one component's value for one ranked entry; `KeyError` for an entry that is not ranked."""
    rule = results.scheme.component(component)
    if isinstance(rule, Panel):
        result = panel_result(results.scheme, results.facts, entry, rule.group)
        return panel_node(results.scheme, result, rule.title)
    if isinstance(rule, Sum):
        return _sum_node(results, entry, rule)
    return _node(results, entry, rule, {})
