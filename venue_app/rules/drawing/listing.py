"""The frozen list as text: everything of a draw but its seed, a line each, sorted (docs/formats/draw.md)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from venue_app.base.errors import Known
from venue_app.rules.drawing.plan import NAME, PURPOSES, Item, Place, Plan, Rules, checked

_FIELDS = re.compile(r"[A-Za-z0-9._-]+=[A-Za-z0-9._+/-]+")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,3}")
_RULES = {"adjacent", "apart", "distinct", "reserve", "absent", "late"}
_OWN = {"in", "chief", "bar", "keep"}


def plan_text(plan: Plan) -> str:
    """The list: ASCII lines sorted by code point, each ended by one line feed."""
    lines = [_line("draw", plan.purpose, dict(_rule_fields(plan.rules)))]
    lines += [_line("place", place.id, dict(_place_fields(place))) for place in plan.places]
    lines += [_line("item", item.id, dict(_item_fields(item))) for item in plan.items]
    return "".join(f"{line}\n" for line in sorted(lines))


def plan_digest(plan: Plan) -> str:
    """SHA-256 (hex) of the list: what `sha256sum` prints for the file."""
    return hashlib.sha256(plan_text(plan).encode("ascii")).hexdigest()


def _line(kind: str, name: str, fields: dict[str, str]) -> str:
    return ",".join([kind, name, *(f"{key}={value}" for key, value in sorted(fields.items()))])


def _rule_fields(rules: Rules) -> Iterator[tuple[str, str]]:
    for key in ("adjacent", "apart", "distinct"):
        if getattr(rules, key):
            yield key, getattr(rules, key)
    if rules.reserve:
        yield "reserve", "yes"
    yield "absent", rules.absent
    yield "late", rules.late


def _place_fields(place: Place) -> Iterator[tuple[str, str]]:
    yield "seats", str(place.seats)
    if place.stratum != place.id:
        yield "in", place.stratum
    if place.chiefs:
        yield "chiefs", str(place.chiefs)


def _item_fields(item: Item) -> Iterator[tuple[str, str]]:
    yield from item.traits.items()
    if item.stratum:
        yield "in", item.stratum
    if item.chief:
        yield "chief", item.chief
    if item.bars:
        yield "bar", "+".join(sorted(item.bars))
    if item.keep:
        yield "keep", f"{item.keep[0]}/{item.keep[1]}"


def read_plan(text: str) -> Plan:
    """The plan a list says, in whatever order its lines stand. Raises `Known` with the number of a wrong line."""
    rules: Rules | None = None
    purpose: Any = None
    places: list[Place] = []
    items: list[Item] = []
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        kind, name, fields = _split(number, line)
        try:
            if kind == "place":
                places.append(_place(name, fields))
            elif kind == "item":
                items.append(_item(name, fields))
            elif kind == "draw" and rules is None and name in PURPOSES:
                purpose, rules = name, _rules(fields)
            else:
                raise ValueError(kind)
        except (ValueError, KeyError) as error:
            raise Known("draw.plan_line", line=number, text=line[:60]) from error
    if rules is None:
        raise Known("draw.no_draw_line")
    return checked(Plan(purpose, tuple(places), tuple(items), rules))


def _split(number: int, line: str) -> tuple[str, str, dict[str, str]]:
    kind, *rest = line.split(",")
    name, *pairs = rest or [""]
    fields = dict(pair.split("=") for pair in pairs if _FIELDS.fullmatch(pair))
    if not NAME.fullmatch(name) or len(fields) != len(pairs) or list(fields) != sorted(fields):
        raise Known("draw.plan_line", line=number, text=line[:60])
    return kind, name, fields


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _one_of(text: str, *allowed: str) -> Any:
    if text not in allowed:
        raise ValueError(text)
    return text


def _rules(fields: dict[str, str]) -> Rules:
    if not fields.keys() <= _RULES:
        raise ValueError("rules")
    if "reserve" in fields:
        _one_of(fields["reserve"], "yes")
    return Rules(
        adjacent=fields.get("adjacent", ""),
        apart=fields.get("apart", ""),
        distinct=fields.get("distinct", ""),
        reserve="reserve" in fields,
        absent=_one_of(fields["absent"], "lot", "out"),
        late=_one_of(fields["late"], "barred", "last"),
    )


def _place(name: str, fields: dict[str, str]) -> Place:
    if (
        not fields.keys() <= {"seats", "in", "chiefs"}
        or fields.get("in") == name
        or fields.get("chiefs") == "0"
    ):
        raise ValueError("place")
    return Place(name, _number(fields["seats"]), fields.get("in", ""), _number(fields.get("chiefs", "0")))


def _item(name: str, fields: dict[str, str]) -> Item:
    bars = fields.get("bar", "").split("+") if "bar" in fields else []
    if bars != sorted(set(bars)):
        raise ValueError("bar")
    keep = None
    if "keep" in fields:
        place, number = fields["keep"].split("/")
        keep = (place, _number(number))
    return Item(
        id=name,
        stratum=fields.get("in", ""),
        chief=_one_of(fields["chief"], "yes", "only") if "chief" in fields else "",
        bars=frozenset(bars),
        keep=keep,
        traits={key: value for key, value in fields.items() if key not in _OWN},
    )
