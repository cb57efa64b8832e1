"""Judge groups and stages that cannot work."""

from __future__ import annotations

from venue_app.scheme.judging import Criterion, Group
from venue_app.scheme.lines import Path
from venue_app.scheme.model import Plan
from venue_app.scheme.numbers import number_text as text
from venue_app.scheme.numbers import on_step
from venue_app.scheme.read import Fault


def groups(plan: Plan) -> list[Fault]:
    """Every judge group's own faults."""
    return [fault for index, group in enumerate(plan.groups) for fault in _group(group, ("groups", index))]


def _group(group: Group, path: Path) -> list[Fault]:
    faults = []
    if group.minimum > group.seats:
        faults.append(Fault("out_of_range", (*path, "minimum"), str(group.minimum), f"1 … {group.seats}"))
    if group.chief > group.seats:
        faults.append(Fault("out_of_range", (*path, "chief"), str(group.chief), f"0 … {group.seats}"))
    high, low = group.trim_for(group.seats).cut(group.seats)
    if high + low >= group.seats:
        faults.append(Fault("trim_too_large", (*path, "trim"), str(high + low), f"≤ {group.seats - 1}"))
    seen: set[int] = set()
    for place, trim in enumerate(group.trim):
        if trim.when_more_than in seen:
            faults.append(Fault("trim_twice", (*path, "trim", place), str(trim.when_more_than)))
        seen.add(trim.when_more_than)
    if (
        group.total_maximum is not None
        and group.total_minimum is not None
        and group.total_minimum > group.total_maximum
    ):
        faults.append(
            Fault(
                "out_of_range",
                (*path, "total_minimum"),
                text(group.total_minimum),
                f"≤ {group.total_maximum}",
            )
        )
    for place, criterion in enumerate(group.criteria):
        faults += _criterion(criterion, (*path, "criteria", place))
    return faults


def _criterion(criterion: Criterion, path: Path) -> list[Fault]:
    faults = []
    span = criterion.maximum - criterion.minimum
    if span <= 0:
        faults.append(
            Fault("out_of_range", (*path, "maximum"), text(criterion.maximum), f"> {criterion.minimum}")
        )
    elif not on_step(criterion.maximum, criterion.minimum, criterion.step):
        faults.append(Fault("step_misses", (*path, "step"), text(criterion.step), text(criterion.maximum)))
    for place, band in enumerate(criterion.bands):
        inside = criterion.minimum <= band.low <= band.high <= criterion.maximum
        if not inside:
            found = f"{band.low} … {band.high}"
            wanted = f"{criterion.minimum} … {criterion.maximum}"
            faults.append(Fault("band_outside", (*path, "bands", place), found, wanted))
        for other in criterion.bands[:place]:
            if inside and band.low <= other.high and other.low <= band.high:
                faults.append(
                    Fault(
                        "band_overlaps",
                        (*path, "bands", place),
                        f"{band.low} … {band.high}",
                        f"{other.low} … {other.high}",
                    )
                )
    return faults


def stages(plan: Plan) -> list[Fault]:
    """Warnings outside the time, penalties without bands."""
    faults = []
    for index, stage in enumerate(plan.stages):
        path: Path = ("stages", index)
        for place, warning in enumerate(stage.warnings_s):
            if not 0 < warning < stage.limit_s:
                faults.append(
                    Fault(
                        "out_of_range", (*path, "warnings_s", place), str(warning), f"1 … {stage.limit_s - 1}"
                    )
                )
        if stage.at_end == "penalty" and not stage.penalties:
            faults.append(Fault("missing_key", (*path, "penalties"), "", "[ … ]"))
        for place, penalty in enumerate(stage.penalties):
            if (penalty.up_to_s is None) == (penalty.every_s is None):
                faults.append(Fault("one_of", (*path, "penalties", place), "", "up_to_s | every_s"))
        steps = [penalty.up_to_s for penalty in stage.penalties if penalty.up_to_s is not None]
        if len(set(steps)) != len(steps):
            faults.append(Fault("twice", (*path, "penalties"), str(max(steps, key=steps.count))))
    return faults


def draws(plan: Plan) -> list[Fault]:
    """Draws that cannot be held in that order, or lack what they are about."""
    return [Fault("draw", ("draw", key), "", accepted) for key, accepted in plan.draw.faults()]
