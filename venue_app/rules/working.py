"""The working of any number: trees made of `Node`."""

from __future__ import annotations

from venue_app.rules.columns import HOW
from venue_app.rules.compute import Results
from venue_app.rules.kinds.base import Inner
from venue_app.rules.node import Node, shown
from venue_app.rules.number import Reason, text
from venue_app.rules.panel import PanelResult, panel_result
from venue_app.scheme.components import Panel
from venue_app.scheme.judging import Rounding
from venue_app.scheme.model import Scheme
from venue_app.scheme.text import Text


def panel_node(scheme: Scheme, result: PanelResult, title: Text | None = None) -> Node:
    """A panel's result as a node, one child for each seat, dropped seats marked in `params`."""
    group = scheme.group(result.group)
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
        "void": str(len(result.voided)),
        "void_marks": _list(result, result.voided),
        "missing": ", ".join(str(seat) for seat in result.missing),
    }
    if result.accepted is not None:
        params |= {"minimum": str(result.minimum), "valid": str(result.valid)}
        params |= {"accepted_by": "\n".join(result.accepted.by), "accepted_reason": result.accepted.reason}
    children = tuple(_seat_node(result, seat) for seat in result.seats)
    reason = None
    if result.state != "ok":
        given = {"missing": params["missing"], "count": params["count"], "minimum": str(result.minimum)}
        reason = Reason(f"panel_{result.state}", given)
    kind = "panel"
    if result.dropped:
        kind = "panel_criteria"
        high, low = next(iter(result.dropped.values()))
        params |= {"high": str(len(high)), "low": str(len(low))}
        children = (*children, *_criteria(scheme, result))
    rounding: Rounding = scheme.group_rounding(group)
    return Node(kind, title or group.title, shown(result.value), params, children, reason, rounding)


def _criteria(scheme: Scheme, result: PanelResult) -> list[Node]:
    """Each criterion's kept mean, where extremes are dropped by criterion."""
    titles = {c.id: c.title for c in scheme.group(result.group).criteria}
    return [
        Node(
            "criterion",
            titles[c],
            text(mean),
            {"high": _seats(result.dropped[c][0]), "low": _seats(result.dropped[c][1])},
        )
        for c, mean in result.criteria.items()
    ]


def _seats(seats: tuple[int, ...]) -> str:
    return ", ".join(str(seat) for seat in seats)


def _list(result: PanelResult, seats: tuple[int, ...]) -> str:
    return ", ".join(text(result.totals[seat]) for seat in seats)


def _seat_node(result: PanelResult, seat: int) -> Node:
    params = {"seat": str(seat)}
    for mark, seats in (("high", result.high), ("low", result.low), ("void", result.voided)):
        if seat in seats:
            params["dropped"] = mark
    reason = None
    if seat in result.out:
        reason = Reason(f"seat_{result.out[seat]}", {"seat": str(seat)})
    elif seat in result.missing:
        reason = Reason("seat_missing", {"seat": str(seat)})
    return Node("seat", Text.of(str(seat)), shown(result.totals.get(seat)), params, (), reason)


def working(results: Results, entry: str, component: str) -> Node:
    """The tree of one component's value for one ranked entry; `KeyError` for an entry that is not ranked."""
    index = results.position[entry]
    rule = results.scheme.component(component)
    column = results.columns[component]
    if isinstance(rule, Panel) and column.values[index] is not None:
        result = panel_result(results.scheme, results.facts, entry, rule.group)
        if result.state == "ok":
            return panel_node(results.scheme, result, rule.title)
    inner: Inner = lambda name: working(results, entry, name)  # noqa: E731
    explained = HOW[type(rule)][1](results.context, rule, results.columns, index, inner)
    return Node(
        rule.kind,
        rule.title,
        shown(column.decimal(index)),
        explained.params,
        explained.children,
        column.why.get(index),
        results.scheme.rounding_of(rule),
        explained.words,
    )
