"""Order with ties: by the round's component, then link by link along its chain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

import msgspec

from venue_app.rules.columns import column_of
from venue_app.rules.context import Columns, Context, as_number, value_at
from venue_app.rules.number import Reason
from venue_app.scheme.components import Component, Panel
from venue_app.scheme.judging import EXACT, Rounding
from venue_app.scheme.model import Scheme
from venue_app.scheme.rounds import Round, Tie

Key = Fraction | int | str
KeyOf = Callable[[str], Key | None]
"""Of an entry: a key by which the smaller comes first, or None while it is not known."""


class Tied(msgspec.Struct, frozen=True):
    """Entries that the chain leaves equal (often just one), in order of id; `open`: a link that waits for facts."""

    names: tuple[str, ...]
    open: Reason | None = None


def _own_rounding(scheme: Scheme, component: Component) -> Rounding:
    """How a component is cut where nothing else is said: a panel's result as its group states."""
    if isinstance(component, Panel) and component.rounding is None:
        return scheme.group_rounding(scheme.group(component.group))
    return scheme.rounding_of(component)


def _by(context: Context, columns: Columns, link: Tie, rule: Round) -> KeyOf:
    name = link.by or rule.by
    column = columns[name]
    if link.exact or link.places is not None:
        component = context.scheme.component(name)
        own = _own_rounding(context.scheme, component)
        mode = own.mode if own.mode != "exact" else "half-up"
        rounding = EXACT if link.exact else Rounding(link.places or 0, mode)
        column = column_of(context, replace(component, rounding=rounding), columns)
    up = link.direction == "ascending"

    def key(entry: str) -> Key | None:
        value = value_at(column, context.frame.position[entry])
        return None if value is None else value if up else -value

    return key


def _attribute(context: Context, link: Tie) -> KeyOf:
    def key(entry: str) -> Key | None:
        word = context.attribute(entry, link.attribute)
        if word is None:
            return None
        if link.prefer:
            return link.prefer.index(word) if word in link.prefer else len(link.prefer)
        number = as_number(word)
        if number is None:
            return None
        return number if link.direction == "ascending" else -number

    return key


def _lot(context: Context, rule: Round) -> KeyOf:
    return lambda entry: context.facts.lots.get((rule.id, entry))


def links(context: Context, columns: Columns, rule: Round) -> list[tuple[str, KeyOf]]:
    """The chain as (what it needs, key) pairs, ready to be applied."""
    found: list[tuple[str, KeyOf]] = []
    for link in rule.ties:
        if link.lot:
            found.append(("lot", _lot(context, rule)))
        elif link.attribute:
            found.append((link.attribute, _attribute(context, link)))
        else:
            found.append((link.by or rule.by, _by(context, columns, link, rule)))
    return found


def split(names: Sequence[str], chain: Sequence[tuple[str, KeyOf]]) -> list[Tied]:
    """Equal entries told apart by the chain as far as it goes."""
    if len(names) < 2:
        return [Tied(tuple(names))] if names else []
    for place, (need, key) in enumerate(chain):
        keys = {name: key(name) for name in names}
        if any(value is None for value in keys.values()):
            return [Tied(tuple(sorted(names)), Reason("tie_needs", {"need": need}))]
        if len(set(keys.values())) > 1:
            groups: dict[Key, list[str]] = {}
            for name in names:
                value = keys[name]
                assert value is not None
                groups.setdefault(value, []).append(name)
            ordered = [groups[value] for value in sorted(groups)]
            return [one for group in ordered for one in split(group, chain[place + 1 :])]
    return [Tied(tuple(sorted(names)))]


def ordered(context: Context, columns: Columns, rule: Round, names: Sequence[str]) -> list[Tied]:
    """Entries that have a value, best first, ties by the chain."""
    values, position = columns[rule.by].values, context.frame.position
    sign = 1 if rule.order == "ascending" else -1
    by_value: dict[Fraction | int, list[str]] = {}
    for name in names:
        number = values[position[name]]
        assert number is not None
        by_value.setdefault(sign * number, []).append(name)
    if len(by_value) == len(names):
        return [Tied((by_value[value][0],)) for value in sorted(by_value)]
    chain = links(context, columns, rule)
    return [tied for value in sorted(by_value) for tied in split(by_value[value], chain)]


def ranks(order: Sequence[Tied], style: str) -> dict[str, int]:
    """Printed ranks: 1, 2, 2, 4 or 1, 2, 2, 3."""
    found: dict[str, int] = {}
    above = 0
    for place, tied in enumerate(order, 1):
        rank = above + 1 if style == "1224" else place
        for name in tied.names:
            found[name] = rank
        above += len(tied.names)
    return found
