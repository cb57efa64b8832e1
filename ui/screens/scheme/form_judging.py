"""Judge groups and stages in the form. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ui.screens.scheme.fields import Block, Field, Fields, Section, Table
from ui.screens.scheme.scalars import Maker, label, listed, titled
from ui.words import Say, Text
from venue_app.scheme import Criterion, Group, Stage, Trim
from venue_app.scheme.numbers import number_text

_GROUP = ("title", "seats", "minimum", "chief")
_TRIM = ("high", "low", "on", "when_more_than")
_MEAN = ("take", "rounding", "calibrate")
_CRITERION = ("title", "maximum", "step")
_STAGE = ("title", "limit_s", "warnings_s", "at_end")


def group_section(maker: Maker, at: int) -> Section:
    """Who marks, what is dropped, how it is averaged, and each criterion."""
    group = maker.scheme.groups[at]
    key = maker.item("groups", at)
    about = titled(group.title, group.id)
    take, calibrate = (maker.pick(group, key, about, (name,)) for name in ("take", "calibrate"))
    rounding = maker.rounding(key, "rounding", Group, maker.scheme.group_rounding(group), about)
    blocks: list[Block] = [
        Fields((*maker.pick(group, key, about, _GROUP), *maker.rest(group, key, about, (*_GROUP, *_MEAN)))),
        _trim(maker, group, key, about),
        Fields((*take, rounding, *calibrate)),
    ]
    if group.discard is not None:
        blocks.append(Fields(maker.some(group.discard, f"{key}.discard", about), label(Group, "discard")))
    return Section(key, about, (*blocks, *_criteria(maker, group, key)))


def _trim(maker: Maker, group: Group, key: str, about: Text) -> Block:
    """What is dropped; a table where other numbers hold for other sizes."""
    rules = group.trim or (Trim(0, 0),)
    keys = [maker.item(f"{key}.trim", at) for at in range(len(rules))]
    if not maker.stated(f"{key}.trim"):
        keys = [f"{key}.trim"]  # a list is only written where the file has one
    made = [maker.some(rule, own, about, _TRIM) for rule, own in zip(rules, keys, strict=True)]
    if len(made) == 1:
        return Fields(made[0])
    heads = tuple(label(Trim, name) for name in _TRIM)
    return Table(heads, tuple(fields[: len(_TRIM)] for fields in made), label(Group, "trim"))


def _criteria(maker: Maker, group: Group, key: str) -> list[Block]:
    keys = [maker.item(f"{key}.criteria", at) for at in range(len(group.criteria))]
    extra = [n for n in ("minimum", "weight") if any(maker.stated(f"{own}.{n}") for own in keys)]
    columns = (*_CRITERION, *extra)
    pairs = list(zip(group.criteria, keys, strict=True))
    lines = [maker.pick(c, own, titled(c.title, c.id), columns) for c, own in pairs]
    heads = tuple(label(Criterion, name) for name in columns)
    blocks: list[Block] = [Table(heads, tuple(lines), label(Group, "criteria"))]
    blocks += _bands(maker, pairs)
    notes = [
        (title, _look_for(maker, c, own, title))
        for c, own in pairs
        if maker.stated(f"{own}.look_for") and (title := titled(c.title, c.id))
    ]
    if notes:
        blocks.append(Table((), tuple(notes), label(Criterion, "look_for")))
    return blocks


def _bands(maker: Maker, pairs: Sequence[tuple[Criterion, str]]) -> list[Block]:
    """Where a band begins and ends; the bands' names head the columns where all criteria have the same."""
    banded = [(criterion, key) for criterion, key in pairs if criterion.bands]
    if not banded:
        return []
    kinds = {tuple(band.title for band in criterion.bands) for criterion, _key in banded}
    title = label(Criterion, "bands")
    if len(kinds) > 1:
        lines = tuple(_banded(maker, criterion, key, named=True) for criterion, key in banded)
        return [Table((), (line,), "" if at else title) for at, line in enumerate(lines)]
    heads = ("", *(titled(band.title, "") for band in banded[0][0].bands))
    return [Table(heads, tuple(_banded(maker, c, key, named=False) for c, key in banded), title)]


def _banded(maker: Maker, criterion: Criterion, key: str, *, named: bool) -> tuple[Field | Text, ...]:
    title = titled(criterion.title, criterion.id)
    line: list[Field | Text] = [title]
    for at, band in enumerate(criterion.bands):
        name = titled(band.title, str(at + 1))
        place = Say("scheme_screen.place", about=title, label=name)
        shown = f"{number_text(band.low)}–{number_text(band.high)}"
        field = Field(maker.item(f"{key}.bands", at), "range", name, shown, place)
        line += [name, field] if named else [field]
    return tuple(line)


def _look_for(maker: Maker, criterion: Criterion, key: str, title: Text) -> Field:
    word = label(Criterion, "look_for")
    place = Say("scheme_screen.place", about=title, label=word)
    return Field(f"{key}.look_for", "words", word, criterion.look_for.say(maker.lang), place)


def stage_section(maker: Maker) -> Section:
    """How long each part lasts, when it is warned, and what happens at the end."""
    stages = maker.scheme.stages
    keys = [maker.item("stages", at) for at in range(len(stages))]
    extra = ["reading"] if any(maker.stated(f"{own}.reading") for own in keys) else []
    columns = (*_STAGE, *extra)
    lines = [maker.pick(s, own, titled(s.title, s.id), columns) for s, own in zip(stages, keys, strict=True)]
    blocks: list[Block] = (
        [Table(tuple(label(Stage, name) for name in columns), tuple(lines))] if lines else []
    )
    for stage, own in zip(stages, keys, strict=True):
        if stage.penalties:
            blocks.append(_penalties(maker, stage, own))
    return Section("stages", Say("scheme_screen.stages"), tuple(blocks), Say("scheme_screen.stages_note"))


def _penalties(maker: Maker, stage: Stage, key: str) -> Block:
    about = Say("scheme_screen.place", about=titled(stage.title, stage.id), label=label(Stage, "penalties"))
    return listed(maker, stage.penalties, f"{key}.penalties", about, ("up_to_s", "points"), about)
