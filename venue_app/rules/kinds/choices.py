"""Values by condition: cases, bonus points, steps."""

from __future__ import annotations

from fractions import Fraction

from venue_app.rules.context import Columns, Context, value_at
from venue_app.rules.kinds.base import Inner, Shown, exact_column, hold
from venue_app.rules.node import Node
from venue_app.rules.number import Column, Reason, text
from venue_app.scheme.components import Bonus, Choice, Component, Step, Steps
from venue_app.scheme.text import EMPTY


def _chosen(context: Context, component: Choice, done: Columns, index: int) -> str | Reason:
    """The component a row's case leads to, or why that is not known."""
    for case in component.cases:
        verdict = context.holds(case.when, index, done)
        if verdict is None:
            return Reason("condition_open", {"component": component.id})
        if verdict:
            return case.of
    return component.otherwise or Reason("no_case", {"component": component.id})


def choice_column(context: Context, component: Component, done: Columns) -> Column:
    """The value of whichever component the first true case names."""
    assert isinstance(component, Choice)

    def cell(index: int) -> Fraction | Reason:
        chosen = _chosen(context, component, done, index)
        if isinstance(chosen, Reason):
            return chosen
        value = value_at(done[chosen], index)
        return done[chosen].why[index] if value is None else value

    return exact_column((cell(i) for i in range(len(context.ids))), context.scheme.rounding_of(component))


def choice_shown(context: Context, component: Component, done: Columns, index: int, inner: Inner) -> Shown:
    """The component chosen."""
    assert isinstance(component, Choice)
    chosen = _chosen(context, component, done, index)
    return Shown() if isinstance(chosen, Reason) else Shown({"chosen": chosen}, (inner(chosen),))


def bonus_column(context: Context, component: Component, done: Columns) -> Column:
    """Points of the awards that are met."""
    assert isinstance(component, Bonus)

    def cell(index: int) -> Fraction | Reason:
        points = [Fraction(0)]
        for award in component.awards:
            verdict = context.holds(award.when, index, done)
            if verdict is None:
                return Reason("condition_open", {"component": component.id})
            if verdict:
                points.append(Fraction(award.points))
        whole = sum(points, Fraction(0)) if component.take == "sum" else max(points)
        return hold(whole, component.cap, None)

    return exact_column((cell(i) for i in range(len(context.ids))), context.scheme.rounding_of(component))


def bonus_shown(context: Context, component: Component, done: Columns, index: int, _inner: Inner) -> Shown:
    """The awards met, each as a child."""
    assert isinstance(component, Bonus)
    met = [award for award in component.awards if context.holds(award.when, index, done)]
    children = tuple(Node("award", award.title, text(award.points)) for award in met)
    params: dict[str, str] = {"take": component.take}
    whole = sum((award.points for award in met), Fraction(0) if not met else 0)
    if component.take == "sum" and component.cap is not None and whole > component.cap:
        params["cap"] = text(component.cap)
    return Shown(params, children)


def _step(component: Steps, value: Fraction) -> Step | None:
    reached = [step for step in component.steps if value >= Fraction(step.at_least)]
    return max(reached, key=lambda step: step.at_least, default=None)


def steps_column(context: Context, component: Component, done: Columns) -> Column:
    """The value of the highest step reached."""
    assert isinstance(component, Steps)
    source = done[component.of]

    def cell(index: int) -> Fraction | Reason:
        value = value_at(source, index)
        if value is None:
            return source.why[index]
        step = _step(component, value)
        return Fraction(component.otherwise if step is None else step.value)

    column = exact_column((cell(i) for i in range(len(context.ids))), context.scheme.rounding_of(component))
    for index in range(len(context.ids)):
        value = value_at(source, index)
        step = None if value is None else _step(component, value)
        if step is not None and step.title:
            column.labels[index] = step.title
    return column


def steps_shown(_context: Context, component: Component, done: Columns, index: int, inner: Inner) -> Shown:
    """What was graded, and the step it reached."""
    assert isinstance(component, Steps)
    value = value_at(done[component.of], index)
    step = None if value is None else _step(component, value)
    params = {"reached": "" if step is None else text(step.at_least)}
    return Shown(params, (inner(component.of),), {"grade": step.title if step else EMPTY})
