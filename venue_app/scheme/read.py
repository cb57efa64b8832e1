"""From TOML tables to the frozen model, naming every fault with its place.

The model's own type hints are the grammar: a key the model does not have is an error.
"""

from __future__ import annotations

import types
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from venue_app.base.i18n import LANGUAGES
from venue_app.scheme import ballots, derived
from venue_app.scheme.bounds import Bounds
from venue_app.scheme.components import KINDS, Component
from venue_app.scheme.formula import FUNCTIONS, Formula, FormulaError, parse
from venue_app.scheme.lines import Path
from venue_app.scheme.numbers import parse_ratio, usable
from venue_app.scheme.text import EMPTY, Text


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong at `path`: what was `found` and what would be `accepted` (language-free signs)."""

    code: str
    path: Path
    found: str = ""
    accepted: str = ""


class _Bad:
    """Stands where a value could not be read."""


BAD = _Bad()
FORMULA_SIGNS = "+ - * / ( ) >= <= == != > < " + " ".join(f"{name}()" for name in FUNCTIONS)
KIND_MODULES = (ballots, derived)
"""The modules that make further kinds of component known when they are imported."""


@dataclass(slots=True)
class Reader:
    """Reads values by type hint; faults gather in `faults`."""

    faults: list[Fault] = field(default_factory=list)

    def fault(self, code: str, path: Path, found: object = "", accepted: str = "") -> Any:
        self.faults.append(Fault(code, path, shown(found), accepted))
        return BAD

    def read(self, hint: Any, value: Any, path: Path) -> Any:
        """`value` as `hint` wants it, or `BAD` after noting a fault."""
        origin = get_origin(hint)
        if origin is Annotated:
            return self.bounded(hint, value, path)
        if origin in {Union, types.UnionType}:
            return self.union(get_args(hint), value, path)
        if hint is Formula:
            return self.formula(value, path)
        if origin is Literal:
            return self.literal(get_args(hint), value, path)
        if origin is dict:
            return self.mapping(get_args(hint)[1], value, path)
        if origin is tuple:
            return self.items(get_args(hint)[0], value, path)
        if hint is Text:
            return self.text(value, path)
        if hint is Component:
            return self.component(value, path)
        if is_dataclass(hint):
            return self.table(hint, value, path)
        return self.plain(hint, value, path)

    def plain(self, hint: Any, value: Any, path: Path) -> Any:
        if hint is Decimal and isinstance(value, int | Decimal) and not isinstance(value, bool):
            number = Decimal(value)
            return number if usable(number) else self.fault("number", path, value)
        if hint is int and isinstance(value, int) and not isinstance(value, bool):
            return value
        if hint in {str, bool} and isinstance(value, hint):
            if hint is str and path and path[-1] == "id" and not self.good_id(value, path):
                return self.fault("bad_id", path, value)
            return value
        return self.fault(
            {Decimal: "number", int: "integer", str: "words", bool: "boolean"}[hint], path, value
        )

    def good_id(self, value: str, path: Path) -> bool:
        """Whether words may be an id: components by names formulas can use, the scheme also with dashes."""
        if len(path) == 1:
            return value.replace("-", "_").isidentifier()
        named = path[0] == "components" and len(path) == 3
        return value.isidentifier() if named else bool(value.strip())

    def mapping(self, hint: Any, value: Any, path: Path) -> Any:
        if not isinstance(value, dict):
            return self.fault("table", path, value)
        found = {key: self.read(hint, item, (*path, key)) for key, item in value.items()}
        return BAD if any(item is BAD for item in found.values()) else found

    def bounded(self, hint: Any, value: Any, path: Path) -> Any:
        kind, bounds = get_args(hint)[:2]
        number = self.read(kind, value, path)
        if number is BAD or not isinstance(bounds, Bounds):
            return number
        if bounds.hold(len(number) if isinstance(number, tuple) else number):
            return number
        return self.fault("out_of_range", path, value, bounds.words())

    def union(self, hints: tuple[Any, ...], value: Any, path: Path) -> Any:
        real = [hint for hint in hints if hint is not types.NoneType]
        if len(real) == 1:
            return self.read(real[0], value, path)
        if isinstance(value, str):  # a ratio in quotes, or the id of a component
            ratio = parse_ratio(value)
            if ratio is not None:
                return ratio
            return value if str in real else self.fault("number", path, value)
        return self.read(Decimal, value, path)

    def formula(self, value: Any, path: Path) -> Any:
        if not isinstance(value, str):
            return self.fault("words", path, value)
        try:
            return parse(value)
        except FormulaError as error:
            return self.fault("formula", path, value[: error.at] + "▶" + value[error.at :], FORMULA_SIGNS)

    def literal(self, choices: tuple[Any, ...], value: Any, path: Path) -> Any:
        if any(value == choice and type(value) is type(choice) for choice in choices):
            return value
        return self.fault("choice", path, value, " | ".join(shown(choice) for choice in choices))

    def items(self, hint: Any, value: Any, path: Path) -> Any:
        if isinstance(value, dict) and is_dataclass(hint):
            value = [value]  # one table where a list of one is meant
            found = (self.read(hint, value[0], path),)
        elif not isinstance(value, list):
            return self.fault("list", path, value)
        else:
            found = tuple(self.read(hint, item, (*path, index)) for index, item in enumerate(value))
        return BAD if any(item is BAD for item in found) else found

    def text(self, value: Any, path: Path) -> Any:
        if isinstance(value, str):
            return Text.of(value) if value else EMPTY
        if not isinstance(value, dict) or not value:
            return self.fault("phrase", path, value)
        for lang, words in value.items():
            if lang not in LANGUAGES:
                return self.fault("unknown_key", (*path, lang), lang, " | ".join(LANGUAGES))
            if not isinstance(words, str):
                return self.fault("words", (*path, lang), words)
        return Text.of(value)

    def component(self, value: Any, path: Path) -> Any:
        if not isinstance(value, dict):
            return self.fault("table", path, value)
        kinds = " | ".join(KINDS)
        if "kind" not in value:
            return self.fault("missing_key", (*path, "kind"), "", kinds)
        kind = value["kind"]
        if not isinstance(kind, str) or kind not in KINDS:
            return self.fault("choice", (*path, "kind"), kind, kinds)
        return self.table(KINDS[kind], {k: v for k, v in value.items() if k != "kind"}, path)

    def table(self, model: Any, value: Any, path: Path) -> Any:
        if not isinstance(value, dict):
            return self.fault("table", path, value)
        known = keys(model)
        before = len(self.faults)
        meant: set[str] = set()
        for key in value:
            if key not in known:
                near = get_close_matches(key, known.keys() - value.keys(), n=1)
                meant.update(near)
                self.fault("unknown_key", (*path, key), key, near[0] if near else ", ".join(sorted(known)))
        found: dict[str, Any] = {}
        for key, (spec, hint) in known.items():
            if key in value:
                found[spec.name] = self.read(hint, value[key], (*path, key))
            elif spec.default is MISSING and spec.default_factory is MISSING and key not in meant:
                self.fault("missing_key", (*path, key), "", accepted_by(hint))
        return BAD if len(self.faults) > before else model(**found)


@cache
def keys(model: Any) -> dict[str, tuple[Field[Any], Any]]:
    """The keys a table may have: the model's fields, a trailing underscore left off."""
    hints = get_type_hints(model, include_extras=True)
    return {f.name.rstrip("_"): (f, hints[f.name]) for f in fields(model) if f.init}


def shown(value: object) -> str:
    """A value as the file would write it, cut short."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 40 else f'"{value[:40]}…"'
    if isinstance(value, dict):
        return "{ … }"
    if isinstance(value, list):
        return "[ … ]"
    return str(value)


def accepted_by(hint: Any) -> str:
    """What a hint accepts, in signs that need no language, where it can be said so."""
    origin = get_origin(hint)
    if origin is Literal:
        return " | ".join(shown(choice) for choice in get_args(hint))
    if origin is Annotated:
        bounds = get_args(hint)[1]
        return bounds.words() if isinstance(bounds, Bounds) else ""
    if origin in {Union, types.UnionType}:
        return accepted_by(next(h for h in get_args(hint) if h is not types.NoneType))
    simple = {
        str: '"…"',
        Formula: '"…"',
        Text: '"…"',
        int: "0, 1, 2 …",
        Decimal: "0.5, 10 …",
        bool: "true | false",
    }
    return simple.get(hint, "[ … ]" if origin is tuple else "{ … }")
