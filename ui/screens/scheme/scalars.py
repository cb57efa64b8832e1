"""Fields made from the scheme's own model: a class's hints say how each of its values is edited. Pure."""

from __future__ import annotations

import types
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields as dataclass_fields
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from ui.phrases import Phrase
from ui.screens.scheme.fields import Field, Option, Table
from ui.screens.scheme.typed import EXCLUSIVE, Kind, shown_seconds
from ui.words import Say, Text
from venue_app.base.i18n import DEFAULT, catalogue, language
from venue_app.scheme import Rounding, Scheme
from venue_app.scheme import Text as SchemeText
from venue_app.scheme.numbers import number_text
from venue_app.scheme.read import keys

MODES = ("half-up", "truncate", "half-even", "up", "exact")
#: What the form leaves to the file: names that other parts of it refer to, and long remarks.
_NOT_HERE = frozenset({"id", "note", "code", "format", "passed", "kind", "composite", "look_for"})


def names(item: object) -> dict[str, Any]:
    """The keys a table of this class may have in the file, with their hints."""
    model: Any = type(item)
    return {name: hint for name, (_spec, hint) in keys(model).items()}


def label(owner: type, name: str) -> Text:
    """What a key is called; the same word may mean different things in different tables."""
    own = f"{owner.__name__.lower()}_{name}"
    if f"scheme_screen.key.{own}" in catalogue(DEFAULT):
        return Say(f"scheme_screen.key.{own}")
    return Say(f"scheme_screen.key.{name}")


def option(name: str, value: str) -> Option:
    """A value that may be chosen, in words."""
    return Option(value, Say(f"scheme_screen.value.{name}.{value}"))


class Maker:
    """Makes fields of one scheme; `shown` words are those of the language in force."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.lang = language()

    def stated(self, key: str) -> bool:
        """Whether the file itself says so."""
        return key in self.scheme.stated

    def item(self, key: str, at: int) -> str:
        """The key of an item of a list (from 0); a single table may stand where a list of one is meant."""
        numbered = f"{key}[{at + 1}]"
        return numbered if self.stated(numbered) or not self.stated(key) else key

    def pick(self, item: object, key: str, about: Text, wanted: Iterable[str]) -> tuple[Field, ...]:
        """These fields of a table, in this order."""
        made = (self.one(item, key, name, about) for name in wanted)
        return tuple(field for field in made if field is not None)

    def rest(self, item: object, key: str, about: Text, without: Collection[str]) -> tuple[Field, ...]:
        """Whatever else of a table the file states."""
        left = (name for name in names(item) if name not in without and name not in _NOT_HERE)
        return self.pick(item, key, about, [n for n in left if self.stated(f"{key}.{n}" if key else n)])

    def some(self, item: object, key: str, about: Text, wanted: Sequence[str] = ()) -> tuple[Field, ...]:
        """The `wanted` fields of a table in order, then whatever else of it the file states."""
        return (*self.pick(item, key, about, wanted), *self.rest(item, key, about, wanted))

    def one(self, item: object, key: str, name: str, about: Text) -> Field | None:
        """The field of one key; None for what the form does not edit."""
        full = f"{key}.{name}" if key else name
        value = getattr(item, _attribute(item, name))
        found = _editor(names(item)[name], name, value)
        if found is None:
            return None
        kind, optional = found
        word = label(type(item), name)
        return Field(
            key=full,
            kind=kind,
            label=word,
            shown=self._shown(kind, value),
            place=Say("scheme_screen.place", about=about, label=word) if about else word,
            default=not self.stated(full),
            optional=optional,
            options=_options(kind, name, names(item)[name]),
        )

    def rounding(self, key: str, name: str, owner: type, value: Rounding, about: Text) -> Field:
        """How a number is cut, whether the file says it here or it follows from elsewhere."""
        full = f"{key}.{name}" if key else name
        word = label(owner, name)
        place = Say("scheme_screen.place", about=about, label=word) if about else word
        return Field(
            full,
            "rounding",
            word,
            self._shown("rounding", value),
            place,
            default=not self.stated(full),
            options=_options("rounding", name, None),
        )

    def limit(self, item: object, key: str, name: str, about: Text) -> tuple[Field, ...]:
        """A limit and whether it is included; nothing where neither stands, or where a component is the limit."""
        value = getattr(item, name)
        value = getattr(item, EXCLUSIVE[name]) if value is None else value
        if not isinstance(value, Decimal | Fraction):
            return ()
        included = getattr(item, name) is not None
        words = label(type(item), name)
        place = Say("scheme_screen.place", about=about, label=words)
        full = f"{key}.{name}"
        return (
            Field(full, "limit", words, number_text(value), place),
            Field(
                f"{full}.included",
                "inclusive",
                Say("scheme_screen.key.included"),
                str(included).lower(),
                Say("scheme_screen.place", about=about, label=Say("scheme_screen.key.included")),
                options=(option(name, "true"), option(name, "false")),
            ),
        )

    def _shown(self, kind: Kind, value: Any) -> str:
        if kind == "rounding":
            return f"{value.mode}/{value.places}"
        if kind == "time":
            return shown_seconds(value)
        if kind == "times":
            return ", ".join(shown_seconds(each) for each in value)
        if kind == "flag":
            return str(value).lower()
        if isinstance(value, SchemeText):
            return value.say(self.lang)
        if isinstance(value, Decimal | Fraction):
            return number_text(value)
        return "" if value is None else str(value)


def listed(
    maker: Maker, items: Sequence[object], key: str, about: Text, wanted: Sequence[str], title: Text
) -> Table:
    """A table of things of one kind: the `wanted` columns, and whatever else the file states of any of them."""
    keys = [maker.item(key, at) for at in range(len(items))]
    first = type(items[0])
    found = [
        field for item, own in zip(items, keys, strict=True) for field in maker.rest(item, own, about, wanted)
    ]
    extra = dict.fromkeys(field.key.rpartition(".")[2] for field in found)
    columns = (*wanted, *extra)
    lines = tuple(maker.pick(item, own, about, columns) for item, own in zip(items, keys, strict=True))
    return Table(tuple(label(first, name) for name in columns), lines, title)


def titled(title: SchemeText, fallback: str) -> Text:
    """A title in the reader's language, or the id where there is none."""
    return Phrase(title) if title else fallback


def _attribute(item: object, name: str) -> str:
    """The model's own name of a key; a trailing underscore is left off in the file."""
    known = {field.name for field in dataclass_fields(item)}  # type: ignore[arg-type]
    return name if name in known else f"{name}_"


def _real(hint: Any) -> tuple[Any, bool]:
    """A hint without its bounds and without None, and whether there was None."""
    if get_origin(hint) is Annotated:
        return _real(get_args(hint)[0])
    if get_origin(hint) in {Union, types.UnionType}:
        parts = [_real(part)[0] for part in get_args(hint) if part is not types.NoneType]
        return (parts[0] if len(parts) == 1 else tuple(parts)), types.NoneType in get_args(hint)
    return hint, False


def _editor(hint: Any, name: str, value: Any) -> tuple[Kind, bool] | None:
    real, optional = _real(hint)
    if real is str:
        return ("words", False) if name == "id" else None
    if isinstance(value, str) and get_origin(real) is not Literal:
        return None  # another component is the limit
    if get_origin(real) is Literal:
        return "choice", optional
    if name == "limit_s":
        return "time", optional
    if real in (int, Decimal) or (isinstance(real, tuple) and Decimal in real):
        return "number", optional
    if real == tuple[int, ...]:
        return "times", optional
    simple: dict[Any, Kind] = {bool: "flag", SchemeText: "words", Rounding: "rounding"}
    kind = simple.get(real)
    return None if kind is None or (kind == "rounding" and value is None) else (kind, optional)


def _options(kind: Kind, name: str, hint: Any) -> tuple[Option, ...]:
    if kind == "choice":
        return tuple(option(name, str(choice)) for choice in get_args(_real(hint)[0]))
    if kind == "rounding":
        return tuple(option("mode", mode) for mode in MODES)
    return (option("flag", "true"), option("flag", "false")) if kind == "flag" else ()
