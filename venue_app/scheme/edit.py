"""Changing one value of a scheme's text and nothing else: comments, order and layout stay."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import Any

from venue_app.base.errors import Known
from venue_app.scheme.lines import Path, dotted, locate
from venue_app.scheme.numbers import number_text

Plain = str | bool | int | Decimal


def parse_key(key: str) -> Path:
    """`groups[1].trim.high` as a path: ("groups", 0, "trim", "high")."""
    path: list[str | int] = []
    for part in key.replace("[", ".[").split("."):
        if part.startswith("["):
            path.append(int(part.strip("[]")) - 1)
        elif part:
            path.append(part)
    return tuple(path)


def written(value: Plain) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def set_value(text: str, key: str, value: Plain) -> str:
    """The text with `key` (`groups[1].seats`, `rounds[1].gates[1].at_least`) set to `value`.

    A key that is not there yet is added to its table. Raises `Known` scheme.no_such_place when the table
    itself is not there.
    """
    path = parse_key(key)
    places = locate(text)
    place = places.get(path)
    if place is not None and place.end > place.start:
        return text[: place.start] + written(value) + text[place.end :]
    return _added(text, path, f"{path[-1]} = {written(value)}")


def _added(text: str, path: Path, line: str) -> str:
    """The text with a line (or a pair of an inline table) added to the table that holds `path`."""
    places = locate(text)
    table = path[:-1]
    if not table:
        return f"{line}\n{text}"
    place = places.get(table)
    if place is None:
        if len(table) == 1 and isinstance(table[0], str):
            return f"{text.rstrip()}\n\n[{table[0]}]\n{line}\n"
        raise Known("scheme.no_such_place", key=dotted(path), accepted=dotted(table))
    if place.end > place.start:  # an inline table
        inner = text[place.start : place.end]
        empty = not inner.strip("{} \t\n")
        close = place.start + inner.rindex("}")
        before = text[:close].rstrip()
        return f"{before}{' ' if empty else ', '}{line} }}{text[place.end :]}"
    end = text.index("\n", place.start) if "\n" in text[place.start :] else len(text)
    return f"{text[:end]}\n{line}{text[end:]}"


def get_value(text: str, key: str) -> Plain | None:
    """What stands at `key` now, where it is a plain value; None when it is not stated."""
    found: Any = tomllib.loads(text, parse_float=Decimal)
    for part in parse_key(key):
        try:
            found = found[part]
        except (KeyError, IndexError, TypeError):
            return None
    return found if isinstance(found, str | bool | int | Decimal) else None


def common_keys(text: str) -> tuple[str, ...]:
    """The numbers offices change most, in order: what a guided start asks for."""
    data = tomllib.loads(text, parse_float=Decimal)
    keys = ["id"]
    if "intake" in data:
        keys.append("intake.minimum_entries")
    for index, group in enumerate(data.get("groups", []), 1):
        keys += [f"groups[{index}].seats", f"groups[{index}].minimum"]
        if isinstance(group.get("trim"), dict):
            keys += [f"groups[{index}].trim.high", f"groups[{index}].trim.low"]
    keys += [f"stages[{index}].limit_s" for index, _ in enumerate(data.get("stages", []), 1)]
    for index, component in enumerate(data.get("components", []), 1):
        keys += [
            f"components[{index}].terms[{place}].weight"
            for place, term in enumerate(component.get("terms", []), 1)
            if "weight" in term
        ]
    for index, rule in enumerate(data.get("rounds", []), 1):
        keys += [f"rounds[{index}].{name}" for name in ("ratio", "count") if name in rule]
        keys += [
            f"rounds[{index}].gates[{g}].at_least"
            for g, gate in enumerate(rule.get("gates", []), 1)
            if "at_least" in gate
        ]
    return tuple(key for key in keys if get_value(text, key) is not None)
