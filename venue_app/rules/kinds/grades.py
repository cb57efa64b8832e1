"""Grades by forced proportions."""

from __future__ import annotations

from fractions import Fraction

from venue_app.rules.context import Columns, Context, value_at
from venue_app.rules.kinds.base import Inner, Shown, exact_column, gather
from venue_app.rules.kinds.statistics import OTHERS
from venue_app.rules.number import Column, Reason, people
from venue_app.scheme.components import Component
from venue_app.scheme.derived import Graded, Grading
from venue_app.scheme.text import EMPTY


def _room(component: Graded, grade: Grading, count: int) -> int:
    """How many may have a grade."""
    limits = [count]
    if grade.share is not None:
        limits.append(people(Fraction(grade.share) * count, component.people))
    if grade.count is not None:
        limits.append(grade.count)
    return min(limits)


def distribute(component: Graded, values: dict[int, Fraction]) -> dict[int, Grading]:
    """The grade of each row of one set: from the best down, tied rows never parted."""
    order = sorted(values, key=lambda row: -values[row])
    groups: list[list[int]] = []
    for row in order:
        if groups and values[groups[-1][0]] == values[row]:
            groups[-1].append(row)
        else:
            groups.append([row])
    last = component.grades[-1]
    forced = people(Fraction(last.at_least_share or 0) * len(values), component.people)
    bottom = _bottom(component, groups, forced)
    found: dict[int, Grading] = {}
    grade, used = 0, 0
    for group in groups[: len(groups) - bottom]:
        while grade < len(component.grades) - 1 and not _fits(
            component, component.grades[grade], len(values), used, len(group), values[group[0]]
        ):
            grade, used = grade + 1, 0
        used += len(group)
        found.update(dict.fromkeys(group, component.grades[grade]))
    for group in groups[len(groups) - bottom :]:
        found.update(dict.fromkeys(group, last))
    return found


def _bottom(component: Graded, groups: list[list[int]], forced: int) -> int:
    """How many tie groups from the bottom must have the lowest grade."""
    taken = people = 0
    for group in reversed(groups):
        if people >= forced or (component.ties == "up" and people + len(group) > forced):
            break
        people += len(group)
        taken += 1
    return taken


def _fits(component: Graded, grade: Grading, whole: int, used: int, group: int, value: Fraction) -> bool:
    if grade.at_least is not None and value < Fraction(grade.at_least):
        return False
    room = _room(component, grade, whole)
    return used + group <= room or (component.ties == "up" and used < room)


def _by_set(context: Context, component: Graded, source: Column) -> dict[int, Grading]:
    found: dict[int, Grading] = {}
    for rows, awaited in gather(context, source, component.within).values():
        values = {row: value for row in rows if (value := value_at(source, row)) is not None}
        if values and not awaited:
            found |= distribute(component, values)
    return found


def grade_column(context: Context, component: Component, done: Columns) -> Column:
    """The points of each row's grade, with the grade as its label."""
    assert isinstance(component, Graded)
    source = done[component.of]
    grades = _by_set(context, component, source)

    def cell(index: int) -> Fraction | Reason:
        if source.values[index] is None:
            return source.why[index]
        grade = grades.get(index)
        return Reason(OTHERS, {"component": component.of}) if grade is None else Fraction(grade.points)

    column = exact_column((cell(i) for i in range(len(context.ids))), context.scheme.rounding_of(component))
    column.labels.update({row: grade.title for row, grade in grades.items()})
    return column


def grade_shown(context: Context, component: Component, done: Columns, index: int, inner: Inner) -> Shown:
    """What was graded and the grade's share."""
    assert isinstance(component, Graded)
    where = context.where(context.ids[index], component.within)
    rows, _awaited = gather(context, done[component.of], component.within).get(where, ([], False))
    grade = _by_set(context, component, done[component.of]).get(index)
    made = inner(component.of)
    params = {"of": made.value or "", "people": str(len(rows))}
    if grade is not None:
        params["limit"] = str(_room(component, grade, len(rows)))
    return Shown(params, (made,), {"grade": grade.title if grade else EMPTY})
