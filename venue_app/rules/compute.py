"""From scheme and facts to results: pure, order-free, exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from venue_app.rules.columns import all_columns, column_of, order
from venue_app.rules.context import Context
from venue_app.rules.course import Course, left_behind, rerun, run
from venue_app.rules.facts import Facts
from venue_app.rules.intake import Opening, opening
from venue_app.rules.kinds.statistics import OTHERS
from venue_app.rules.number import Column, Reason
from venue_app.rules.results import EntryResult, PostResult, entry_result, post_result
from venue_app.rules.standing import PostStanding, Standing
from venue_app.rules.warnings import warnings
from venue_app.scheme.derived import Balance, Best, Graded, SeatPlaces, Statistic
from venue_app.scheme.model import Scheme


@dataclass(frozen=True)
class Results:
    """Everything computed. `entries` and `posts` are made on first use."""

    scheme: Scheme
    facts: Facts
    context: Context
    columns: Mapping[str, Column]
    course: Course
    opening: Opening

    @property
    def ids(self) -> tuple[str, ...]:
        """The entries that are ranked, in order of id: the rows of every column."""
        return self.context.ids

    @property
    def position(self) -> Mapping[str, int]:
        """The row of each ranked entry."""
        return self.context.frame.position

    @property
    def standings(self) -> Mapping[str, Mapping[str, Standing]]:
        """By round id and entry."""
        return self.course.entries

    @property
    def post_standings(self) -> Mapping[str, Mapping[str, PostStanding]]:
        """By round id and post (or other set)."""
        return self.course.posts

    @property
    def closed(self) -> Mapping[str, Reason]:
        """Posts that are not competed for, and why."""
        return self.opening.closed

    def value(self, entry: str, component: str) -> Decimal | Fraction | None:
        """A component's value as printed; None when there is none (see `EntryResult.why`)."""
        return self.columns[component].decimal(self.position[entry])

    @cached_property
    def warnings(self) -> tuple[Reason, ...]:
        """What does not add up in the facts."""
        return warnings(self.context, self.course, self.opening)

    @cached_property
    def entries(self) -> Mapping[str, EntryResult]:
        """Every entry's result by its id."""
        return {name: entry_result(self, name) for name in sorted(self.facts.entries)}

    @cached_property
    def posts(self) -> Mapping[str, PostResult]:
        """Every post's result by its id."""
        return {name: post_result(self, name) for name in sorted(self.facts.posts)}


def compute(scheme: Scheme, facts: Facts) -> Results:
    """All results of `facts` under `scheme`; the order in which facts are held changes nothing."""
    start = opening(scheme, facts)
    closed = start.closed
    ids = tuple(sorted(e.id for e in facts.entries.values() if not e.unqualified and e.post not in closed))
    places = {post: number for post, number in start.places.items() if post not in closed}
    settled: frozenset[str] = frozenset()
    while True:
        context = Context.of(scheme, facts, ids, settled)
        columns = all_columns(context)
        course = run(context, columns, places)
        # whoever a round has left behind is not waited for: with them gone, means of a room may be complete
        if not _waits_for_others(columns) or left_behind(course) <= settled:
            return Results(scheme, facts, context, columns, course, start)
        settled |= left_behind(course)


def _waits_for_others(columns: Mapping[str, Column]) -> bool:
    return any(reason.code == OTHERS for column in columns.values() for reason in column.why.values())


def _looks_around(scheme: Scheme) -> bool:
    """Whether some component is made of other people's numbers."""
    return any(isinstance(c, Statistic | Balance | Best | Graded | SeatPlaces) for c in scheme.components)


def _slice(column: Column, index: int) -> Column:
    """One row of a column."""
    why = {0: column.why[index]} if index in column.why else {}
    given = None if column.given is None else [column.given[index]]
    return Column([column.values[index]], column.den, why, column.places, {}, given)


def _spliced(column: Column, index: int, one: Column) -> Column | None:
    """A column with one row replaced; itself when nothing changes; None when the scales do not agree."""
    if column.den % one.den or one.places != column.places:
        return None
    number = one.values[0]
    if number is not None:
        number *= column.den // one.den
    same_given = column.given is None or one.given is None or column.given[index] == one.given[0]
    if number == column.values[index] and one.why.get(0) == column.why.get(index) and same_given:
        return column
    values, why, labels = list(column.values), dict(column.why), dict(column.labels)
    given = None if column.given is None or one.given is None else list(column.given)
    values[index] = number
    why.pop(index, None)
    labels.pop(index, None)
    if 0 in one.why:
        why[index] = one.why[0]
    if 0 in one.labels:
        labels[index] = one.labels[0]
    if given is not None and one.given is not None:
        given[index] = one.given[0]
    return Column(values, column.den, why, column.places, labels, given)


def recompute(results: Results, facts: Facts, entry: str) -> Results:
    """Results of `facts` that differ from those of `results` only in one person's marks, values or absences.

    `entry` is any entry of that person. Gives what `compute` gives, but works out only what is touched.
    """
    old = results.context
    if entry not in old.frame.position or (_looks_around(results.scheme) and len(results.scheme.rounds) > 1):
        return compute(results.scheme, facts)
    context = Context(results.scheme, facts, old.ids, old.frame)
    rows = old.frame.rows("candidate")[facts.entries[entry].candidate]
    columns: dict[str, Column] = {}
    changed: set[str] = set()
    everywhere: set[str] = set()  # columns that changed for others too
    for component in order(results.scheme):
        before = results.columns[component.id]
        parents = component.made_of()
        column: Column | None = before
        looks_around = not component.alone and not changed.isdisjoint(parents)
        if not everywhere.isdisjoint(parents) or looks_around or isinstance(component, SeatPlaces):
            column = None
        for index in rows if component.alone else ():
            if column is not None:
                alone = Context(results.scheme, facts, (old.ids[index],), old.frame)
                parts = {name: _slice(columns[name], index) for name in parents}
                column = _spliced(column, index, column_of(alone, component, parts))
        if column is None:
            column = column_of(context, component, columns)
            everywhere.add(component.id)
        columns[component.id] = column
        if column is not before:
            changed.add(component.id)
    touched = set(context.ids) if everywhere else {old.ids[index] for index in rows}
    places = {p: n for p, n in results.opening.places.items() if p not in results.closed}
    course = rerun(context, columns, places, results.course, touched)
    return Results(results.scheme, facts, context, columns, course, results.opening)
