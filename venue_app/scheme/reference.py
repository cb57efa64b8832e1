"""Every key of a scheme file with what it accepts, its default and its meaning, made from the model itself."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import MISSING, Field, is_dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from venue_app.base.i18n import tr_in
from venue_app.scheme import ballots, derived, judging, rounds
from venue_app.scheme.attendance import Attendance
from venue_app.scheme.bounds import Bounds
from venue_app.scheme.components import KINDS, Award, Case, Component, Step, Term
from venue_app.scheme.conditions import Condition
from venue_app.scheme.drawing import Drawing
from venue_app.scheme.formula import Formula
from venue_app.scheme.model import Plan
from venue_app.scheme.numbers import number_text
from venue_app.scheme.read import keys, shown
from venue_app.scheme.text import EMPTY, Text

TABLES: tuple[tuple[str, type], ...] = (
    ("(top)", Plan),
    ("rounding = { … }", judging.Rounding),
    ("[intake]", rounds.Intake),
    ("[[groups]]", judging.Group),
    ("[[groups.criteria]]", judging.Criterion),
    ("bands = [ … ]", judging.Band),
    ("trim = { … }", judging.Trim),
    ("discard = { … }", judging.Discard),
    ("[[stages]]", judging.Stage),
    ("penalties = [ … ]", judging.Penalty),
    ("[draw]", Drawing),
    ("[attendance]", Attendance),
    ("[[ballots]]", ballots.Ballot),
    ("ballots: grades = [ … ]", ballots.Grade),
    ("items = [ … ]", ballots.Item),
    ("classes = [ … ]", ballots.VoterClass),
    ("spreads = [ … ]", ballots.Spread),
    ("quorum = [ … ]", ballots.Quorum),
    ("[[components]]", Component),
    *((f'[[components]] kind = "{name}"', kind) for name, kind in KINDS.items()),
    ("terms = [ … ]", Term),
    ("cases = [ … ]", Case),
    ("awards = [ … ]", Award),
    ("steps = [ … ]", Step),
    ("components: grades = [ … ]", derived.Grading),
    ("when = [ … ]", Condition),
    ("[[rounds]]", rounds.Round),
    ("[[rounds.gates]]", rounds.Gate),
    ("ties = [ … ]", rounds.Tie),
    ("quotas = [ … ]", rounds.Quota),
    ("entrants = { … }", rounds.Entrants),
    ("by_places = [ … ]", rounds.ByPlaces),
    ("close = { … }", rounds.Close),
    ("[[post_outcomes]]", rounds.PostOutcome),
)
"""Every table a scheme may have, as it is written, with its model."""


def own_keys(model: type) -> dict[str, tuple[Field[Any], Any]]:
    """A table's keys; of a kind of component those it does not share with all."""
    found = keys(model)
    shared = keys(Component) if issubclass(model, Component) and model is not Component else {}
    return {key: value for key, value in found.items() if key not in shared}


def accepts(hint: Any, lang: str) -> str:
    """What a key accepts, in signs of TOML and a few words of `lang`."""

    def word(name: str) -> str:
        return tr_in(lang, f"scheme_keys.Type.{name}")

    origin = get_origin(hint)
    if origin is Annotated:
        kind, bounds = get_args(hint)[:2]
        limits = f" {bounds.words()}" if isinstance(bounds, Bounds) and get_origin(kind) is not tuple else ""
        return accepts(kind, lang) + limits
    if origin in {Union, types.UnionType}:
        real = [h for h in get_args(hint) if h is not types.NoneType]
        if len(real) == 1:
            return accepts(real[0], lang)
        more = f" {word('ratio')}" if Fraction in real else ""
        return word("number") + more + (f" {word('id')}" if str in real else "")
    if origin is Literal:
        return " · ".join(f"`{shown(choice)}`" for choice in get_args(hint))
    if origin is tuple:
        return f"[ {accepts(get_args(hint)[0], lang)}, … ]"
    if hint is Text:
        return word("phrase")
    if is_dataclass(hint) and hint is not Formula:
        return word("table")
    return word({str: "words", Formula: "words", int: "integer", Decimal: "number", bool: "boolean"}[hint])


def default(spec: Field[Any], lang: str) -> str:
    """A key's default as TOML would write it; — when nothing stands for it."""
    value = spec.default
    if value is MISSING:
        return f"**{tr_in(lang, 'scheme_keys.Type.required')}**"
    if value is None or value == () or value is EMPTY or value == "":
        return "—"
    if isinstance(value, Decimal):
        return f"`{number_text(value)}`"
    if isinstance(value, str | int | bool):
        return f"`{shown(value)}`"
    return f"`{_written(value)}`"


def _written(value: Any) -> str:
    """A small table as TOML would write it."""
    if isinstance(value, tuple):
        return "[" + ", ".join(_written(item) if is_dataclass(item) else shown(item) for item in value) + "]"
    if value == judging.EXACT:
        return '{ mode = "exact" }'
    parts = [f"{name} = {shown(item)}" for name, item in _fields(value)]
    return "{ " + ", ".join(parts) + " }"


def _fields(value: Any) -> Iterator[tuple[str, Any]]:
    model: type = type(value)
    for key, (spec, _hint) in keys(model).items():
        item = getattr(value, spec.name)
        if item is not None and not (isinstance(item, Decimal) and not item):
            yield key, item


def reference(lang: str) -> str:
    """All tables and keys as Markdown, with their meaning in `lang`."""
    heads = "| key | accepts | default | meaning |" if lang == "en" else "| 项目 | 可填 | 默认 | 含义 |"
    if lang == "zh-TW":
        heads = "| 項目 | 可填 | 預設 | 含義 |"
    out = []
    for title, model in TABLES:
        out += [f"#### `{title}`", "", heads, "|---|---|---|---|"]
        for key, (spec, hint) in own_keys(model).items():
            meaning = tr_in(lang, f"scheme_keys.{model.__name__}.{key}")
            out.append(f"| `{key}` | {accepts(hint, lang)} | {default(spec, lang)} | {meaning} |")
        out.append("")
    return "\n".join(out)
