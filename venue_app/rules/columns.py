"""Components over all entries, one column at a time, each made of the columns before it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from venue_app.rules import panel
from venue_app.rules.context import Columns, Context
from venue_app.rules.kinds import balance, brought, choices, formulas, grades, places, statistics, sums, votes
from venue_app.rules.kinds.base import Explain, Make
from venue_app.rules.number import Column, Reason
from venue_app.scheme.ballots import BallotScore
from venue_app.scheme.components import (
    Attribute,
    Bonus,
    Calculated,
    Choice,
    Component,
    Entered,
    Imported,
    Overrun,
    Panel,
    Steps,
    Sum,
)
from venue_app.scheme.derived import Balance, Best, Graded, SeatPlaces, Statistic
from venue_app.scheme.model import Scheme

HOW: Mapping[type[Component], tuple[Make, Explain]] = {
    Imported: (brought.value_column, brought.value_shown),
    Entered: (brought.value_column, brought.value_shown),
    Attribute: (brought.attribute_column, brought.attribute_shown),
    Overrun: (brought.overrun_column, brought.overrun_shown),
    Panel: (panel.panel_column, brought.value_shown),
    Sum: (sums.sum_column, sums.sum_shown),
    Calculated: (formulas.formula_column, formulas.formula_shown),
    Choice: (choices.choice_column, choices.choice_shown),
    Bonus: (choices.bonus_column, choices.bonus_shown),
    Steps: (choices.steps_column, choices.steps_shown),
    Statistic: (statistics.statistic_column, statistics.statistic_shown),
    SeatPlaces: (places.places_column, places.places_shown),
    Best: (statistics.best_column, statistics.best_shown),
    Balance: (balance.balance_column, balance.balance_shown),
    Graded: (grades.grade_column, grades.grade_shown),
    BallotScore: (votes.ballot_column, votes.ballot_shown),
}
"""For each kind: how its column is made, and how one value of it is explained."""


def order(scheme: Scheme) -> tuple[Component, ...]:
    """Components so that each comes after those it is made of."""
    done: dict[str, Component] = {}

    def visit(component: Component) -> None:
        if component.id not in done:
            for parent in component.made_of():
                visit(scheme.component(parent))
            done[component.id] = component

    for component in scheme.components:
        visit(component)
    return tuple(done.values())


def _absences(context: Context, component: Component, column: Column) -> None:
    """缺考, by the component's own rule: nothing, zero, or left out of sums.

    Absent from this component counts whatever was brought in; absent altogether counts where nothing is.
    """
    absent = context.facts.absent
    if not absent or component.made_of():
        return
    entries = context.facts.entries
    for index, name in enumerate(context.ids):
        names = (name, entries[name].candidate)
        here = any((n, component.id) in absent for n in names)
        if not here and (column.values[index] is not None or all((n, "") not in absent for n in names)):
            continue
        if component.absent == "zero":
            column.values[index] = 0
            column.why.pop(index, None)
            if column.given is not None:
                column.given[index] = Decimal(0)
        else:
            column.values[index] = None
            code = "left_out" if component.absent == "omit" else "absent"
            column.why[index] = Reason(code, {"component": component.id})


def column_of(context: Context, component: Component, done: Columns) -> Column:
    """One component for every row, those it is made of being in `done`."""
    column = HOW[type(component)][0](context, component, done)
    _absences(context, component, column)
    return column


def all_columns(context: Context) -> dict[str, Column]:
    """Every component for every row."""
    done: dict[str, Column] = {}
    for component in order(context.scheme):
        done[component.id] = column_of(context, component, done)
    return done
