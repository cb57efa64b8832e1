"""Judge groups and stages in plain words."""

from __future__ import annotations

from venue_app.scheme.judging import Group, Trim
from venue_app.scheme.model import Scheme
from venue_app.scheme.numbers import number_text
from venue_app.scheme.words import join, rounding_words, say, seconds_words

Said = tuple[str, tuple[str, ...]]


def group_lines(scheme: Scheme, index: int, lang: str) -> list[Said]:
    """One judge group: who, what they mark, what is dropped, how it is averaged."""
    group = scheme.groups[index]
    key = f"groups[{index + 1}]"
    title = group.title.say(lang)
    lines: list[Said] = [
        (say(lang, f"group_{group.scope}", title=title, seats=group.seats), ()),
        (_criteria(group, lang), ()),
        (_trims(group, lang), (f"{key}.trim",)),
        (_average(scheme, group, lang), (f"{key}.rounding", f"{key}.take", "rounding")),
        (say(lang, "group_minimum", minimum=group.minimum), (f"{key}.minimum",)),
    ]
    if group.chief:
        lines.insert(1, (say(lang, "group_chief", seat=group.chief), (f"{key}.chief",)))
    if group.per == "person":
        lines.append((say(lang, "per_person"), ()))
    if group.discard is not None:
        unit = "percent" if group.discard.percent else "points"
        beyond = number_text(group.discard.beyond)
        lines.append((say(lang, f"discard_{group.discard.of}_{unit}", beyond=beyond), ()))
    if group.total_minimum is not None or group.total_maximum is not None:
        low = "" if group.total_minimum is None else number_text(group.total_minimum)
        high = "" if group.total_maximum is None else number_text(group.total_maximum)
        lines.append(
            (say(lang, "total_between", low=low or "0", high=high or number_text(group.maximum)), ())
        )
    if group.calibrate:
        lines.append((say(lang, "calibrate", count=group.calibrate), ()))
    return lines


def _criteria(group: Group, lang: str) -> str:
    parts = []
    for c in group.criteria:
        title, full = c.title.say(lang), number_text(c.maximum)
        weight = "" if c.weight == 1 else say(lang, "times", weight=number_text(c.weight))
        low = "" if not c.minimum else say(lang, "from_minimum", minimum=number_text(c.minimum))
        parts.append(say(lang, "criterion", title=title, maximum=full) + low + weight)
    steps = sorted({number_text(c.step) for c in group.criteria})
    step = say(lang, "step", step=join(lang, steps, "list_comma"))
    return say(
        lang,
        "criteria",
        criteria=join(lang, parts, "list_comma"),
        total=number_text(group.maximum),
        step=step,
    )


def _trim(trim: Trim, lang: str) -> str:
    if trim.cut(10**6) == (0, 0):
        what = say(lang, "trim_none")
    else:
        key = "trim_totals" if trim.on == "totals" else "trim_criteria"
        what = say(lang, key, high=trim.high, low=trim.low)
        if trim.high_percent or trim.low_percent:
            what += say(
                lang, "trim_percent", high=number_text(trim.high_percent), low=number_text(trim.low_percent)
            )
    return say(lang, "trim_when", count=trim.when_more_than, what=what) if trim.when_more_than else what


def _trims(group: Group, lang: str) -> str:
    return join(
        lang, [_trim(t, lang) for t in sorted(group.trim, key=lambda t: t.when_more_than)], "semicolon"
    )


def _average(scheme: Scheme, group: Group, lang: str) -> str:
    how = rounding_words(scheme.group_rounding(group), lang) or say(lang, "not_rounded")
    first = []
    if group.total_rounding.mode != "exact":
        first.append(say(lang, "total_rounding", how=rounding_words(group.total_rounding, lang)))
    if group.criterion_rounding.mode != "exact":
        first.append(say(lang, "criterion_rounding", how=rounding_words(group.criterion_rounding, lang)))
    return join(lang, [*first, say(lang, f"take_{group.take}", how=how)])


def stage_line(scheme: Scheme, index: int, lang: str) -> Said:
    """One stage of the clock."""
    stage = scheme.stages[index]
    key = f"stages[{index + 1}]"
    parts = [say(lang, "stage", title=stage.title.say(lang), limit=seconds_words(stage.limit_s, lang))]
    if stage.reading:
        parts.append(say(lang, "stage_reading"))
    if stage.warnings_s:
        times = [seconds_words(s, lang) for s in stage.warnings_s]
        parts.append(say(lang, "stage_warning", times=join(lang, times, "list_comma")))
    parts.append(say(lang, f"end_{stage.at_end}"))
    bands = [
        say(
            lang,
            "penalty" if p.up_to_s else "penalty_every",
            seconds=p.up_to_s or p.every_s,
            points=number_text(p.points),
        )
        for p in stage.penalties
    ]
    parts.append(join(lang, bands, "list_comma"))
    return join(lang, parts), (f"{key}.limit_s",)


def attendance_lines(scheme: Scheme, lang: str) -> list[Said]:
    """When somebody is absent, and who has to be there."""
    rule = scheme.attendance
    lines: list[Said] = []
    wait = seconds_words(rule.wait_s, lang)
    if rule.calls and rule.wait_s:
        lines.append(
            (say(lang, "absent_both", calls=rule.calls, wait=wait), ("attendance.calls", "attendance.wait_s"))
        )
    elif rule.calls:
        lines.append((say(lang, "absent_calls", calls=rule.calls), ("attendance.calls",)))
    elif rule.wait_s:
        lines.append((say(lang, "absent_wait", wait=wait), ("attendance.wait_s",)))
    if rule.supervisor:
        lines.append((say(lang, "supervised"), ("attendance.supervisor",)))
    return lines
