"""Numbers brought in: imported, entered, attributes, seconds over the limit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from venue_app.rules.belong import holder
from venue_app.rules.clock import penalty
from venue_app.rules.context import Columns, Context, as_number
from venue_app.rules.kinds.base import Inner, Shown, cut_column, exact_column, hold
from venue_app.rules.number import Column, Num, Reason, scaled
from venue_app.scheme.components import Attribute, Component, Entered, Imported, Overrun

_QUANTA = tuple((Decimal(1).scaleb(-places), places) for places in (2, 1, 0))


def value_column(context: Context, component: Component, _done: Columns) -> Column:
    """Numbers from outside, as they were given, or cut when the scheme says so."""
    assert isinstance(component, Imported | Entered)
    facts, name_of, names = context.facts.values, component.id, context.holders(component.per)
    given = [facts.get((name, name_of)) for name in names]
    places = _places(given)
    values: list[Num | None] = [None if v is None else scaled(v, places) for v in given]
    why = {i: Reason("value_missing", {"component": name_of}) for i, v in enumerate(given) if v is None}
    column = cut_column(values, 10**places, why, context.scheme.rounding_of(component))
    if column.places is None:
        column.given = given
    return column


def _places(numbers: list[Decimal | None]) -> int:
    """Decimals that hold all of them."""
    most = 0
    for number in numbers:
        if number is None:
            continue
        for quantum, places in _QUANTA:
            if number.same_quantum(quantum):
                most = max(most, places)
                break
        else:
            exponent = number.as_tuple().exponent
            most = max(most, -exponent if isinstance(exponent, int) else 0)
    return most


def value_shown(_c: Context, _component: Component, _done: Columns, _index: int, _inner: Inner) -> Shown:
    """A number brought in has nothing behind it."""
    return Shown()


def attribute_column(context: Context, component: Component, _done: Columns) -> Column:
    """An attribute as a number, times so many points."""
    assert isinstance(component, Attribute)

    def cell(name: str) -> Fraction | Reason:
        number = as_number(context.attribute(name, component.attribute))
        if number is None:
            if component.missing == "zero":
                return Fraction(0)
            return Reason("attribute_missing", {"attribute": component.attribute})
        return hold(number * Fraction(component.times), component.cap, None)

    return exact_column((cell(name) for name in context.ids), context.scheme.rounding_of(component))


def attribute_shown(
    context: Context, component: Component, _done: Columns, index: int, _inner: Inner
) -> Shown:
    """The attribute and the factor."""
    assert isinstance(component, Attribute)
    word = context.attribute(context.ids[index], component.attribute) or ""
    params = {"attribute": component.attribute, "found": word, "times": format(component.times, "f")}
    number = as_number(word)
    if (
        component.cap is not None
        and number is not None
        and number * Fraction(component.times) > component.cap
    ):
        params["cap"] = format(component.cap, "f")
    return Shown(params)


def overrun_column(context: Context, component: Component, _done: Columns) -> Column:
    """Points lost by time; a stage nobody overran takes nothing."""
    assert isinstance(component, Overrun)
    stage = context.scheme.stage(component.stage)
    cells = (
        Fraction(penalty(stage, context.facts.overruns.get((name, component.stage), 0)))
        for name in context.holders(component.per)
    )
    return exact_column(cells, context.scheme.rounding_of(component))


def overrun_shown(context: Context, component: Component, _done: Columns, index: int, _inner: Inner) -> Shown:
    """The seconds over."""
    assert isinstance(component, Overrun)
    name = holder(context.facts.entries[context.ids[index]], component.per)
    seconds = context.facts.overruns.get((name, component.stage), 0)
    return Shown({"seconds": str(seconds)}, words={"stage": context.scheme.stage(component.stage).title})
