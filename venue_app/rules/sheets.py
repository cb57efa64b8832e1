"""One judge's sheet: what may stand on it, and its total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from venue_app.base.errors import Known
from venue_app.rules.facts import Marks
from venue_app.rules.number import fixed, units
from venue_app.scheme.judging import Criterion, Group
from venue_app.scheme.numbers import on_step


def check_sheet(criteria: Sequence[Criterion], marks: Mapping[str, Decimal]) -> None:
    """Whether `marks` (by criterion id) may stand; raises `Known` for the first fault.

    `rules.mark_unknown`, `rules.mark_missing`, `rules.mark_above`, `rules.mark_below`, `rules.mark_step`.
    """
    known = {c.id for c in criteria}
    for name in sorted(marks):
        if name not in known:
            raise Known("rules.mark_unknown", criterion=name, accepted=", ".join(c.id for c in criteria))
    for criterion in criteria:
        mark = marks.get(criterion.id)
        if mark is None:
            raise Known("rules.mark_missing", criterion=str(criterion.title))
        if not mark.is_finite() or mark > criterion.maximum:
            raise Known(
                "rules.mark_above", criterion=str(criterion.title), found=mark, maximum=criterion.maximum
            )
        if mark < criterion.minimum:
            raise Known(
                "rules.mark_below", criterion=str(criterion.title), found=mark, minimum=criterion.minimum
            )
        if not on_step(mark, criterion.minimum, criterion.step):
            raise Known("rules.mark_step", criterion=str(criterion.title), found=mark, step=criterion.step)


def sheet_marks(group: Group, marks: Mapping[str, Decimal]) -> Marks:
    """Checked marks by criterion id as the integers that `Facts` hold; raises `Known` as `check_sheet`.

    Also `rules.total_above` and `rules.total_below` where the group bounds the sum.
    """
    check_sheet(group.criteria, marks)
    held = tuple(units(marks[c.id], group.places) for c in group.criteria)
    if group.total_maximum is None and group.total_minimum is None:
        return held
    total = sheet_total(group, held)
    if group.total_maximum is not None and total > group.total_maximum:
        raise Known("rules.total_above", found=total, maximum=group.total_maximum)
    if group.total_minimum is not None and total < group.total_minimum:
        raise Known("rules.total_below", found=total, minimum=group.total_minimum)
    return held


def sheet_total(group: Group, marks: Marks) -> Decimal:
    """The sheet's total: marks times the criteria's weights, added; exact."""
    return sum(
        (fixed(m, group.places) * c.weight for m, c in zip(marks, group.criteria, strict=True)), Decimal(0)
    )
