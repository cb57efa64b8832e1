"""Changing one value of a scheme's text and nothing else: comments, order and layout stay."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from venue_app.base.errors import Known
from venue_app.scheme.lines import Path, Place, dotted, locate
from venue_app.scheme.numbers import number_text

Plain = str | bool | int | Decimal
Value = Plain | Sequence["Value"] | Mapping[str, "Value"]
"""What may be written: a plain value, a list, or a table on one line."""

_NAME = re.compile(r"""([\w-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')\s*=\s*$""")


def parse_key(key: str) -> Path:
    """`groups[1].trim.high` as a path: ("groups", 0, "trim", "high")."""
    path: list[str | int] = []
    for part in key.replace("[", ".[").split("."):
        if part.startswith("["):
            path.append(int(part.strip("[]")) - 1)
        elif part:
            path.append(part)
    return tuple(path)


def written(value: Value) -> str:
    """A value as TOML writes it; lists and tables on one line."""
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{key} = {written(item)}" for key, item in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(written(item) for item in value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def set_value(text: str, key: str, value: Value) -> str:
    """The text with `key` (`groups[1].seats`, `rounds[1].gates[1].at_least`) set to `value`.

    A key that is not there yet is added to its table, and the table to the one that holds it. Raises `Known`
    scheme.no_such_place when there is nothing to add it to, or the key stands in several places of the file
    (a table with a heading of its own).
    """
    path = parse_key(key)
    place = locate(text).get(path)
    if place is None:
        return _added(text, path, f"{path[-1]} = {written(value)}")
    if place.end == place.start:
        raise Known("scheme.no_such_place", key=key, accepted=f"{path[-1]} = …")
    return text[: place.start] + written(value) + text[place.end :]


def remove_value(text: str, key: str) -> str:
    """The text without `key`: its line, or its pair of an inline table. What is not stated stays so.

    Raises `Known` scheme.no_such_place for a table with a heading of its own.
    """
    place = locate(text).get(parse_key(key))
    if place is None:
        return text
    start = _name(text, key, place).start()
    line = text.rfind("\n", 0, start) + 1
    end = text.find("\n", place.end)
    end = len(text) if end < 0 else end + 1
    rest = text[place.end : end].strip()
    if not text[line:start].strip() and (not rest or rest.startswith("#")):
        return text[:line] + text[end:]
    comma = re.match(r"\s*,\s*", text[place.end :])
    if comma:
        return text[:start] + text[place.end + comma.end() :]
    before = text[:start].rstrip()
    return before.removesuffix(",") + text[place.end :]


def rename_key(text: str, key: str, name: str) -> str:
    """The text with the last part of `key` called `name`; its value stays. Raises as `remove_value`."""
    place = locate(text).get(parse_key(key))
    if place is None:
        raise Known("scheme.no_such_place", key=key, accepted=name)
    found = _name(text, key, place)
    return text[: found.start(1)] + name + text[found.end(1) :]


def _name(text: str, key: str, place: Place) -> re.Match[str]:
    """The name and the equals sign before a value."""
    line = text.rfind("\n", 0, place.start) + 1
    found = _NAME.search(text, line, place.start) if place.end > place.start else None
    if found is None:
        raise Known("scheme.no_such_place", key=key, accepted=f"{parse_key(key)[-1]} = …")
    return found


def _added(text: str, path: Path, line: str) -> str:
    """The text with a line (or a pair of an inline table) added to the table that holds `path`."""
    places = locate(text)
    table = path[:-1]
    if not table:
        return f"{line}\n{text}"
    place = places.get(table)
    if place is None:
        if not isinstance(table[-1], str):
            raise Known("scheme.no_such_place", key=dotted(path), accepted=dotted(table))
        if len(table) == 1:
            return f"{text.rstrip()}\n\n[{table[0]}]\n{line}\n"
        return _added(text, table, f"{table[-1]} = {{ {line} }}")
    if place.end > place.start:  # an inline table
        inner = text[place.start : place.end]
        empty = not inner.strip("{} \t\n")
        close = place.start + inner.rindex("}")
        before = text[:close].rstrip()
        return f"{before}{' ' if empty else ', '}{line} }}{text[place.end :]}"
    head = text[text.rfind("\n", 0, place.start) + 1 : place.start]
    if not head.lstrip().startswith("["):  # dotted keys: the table has no one place of its own
        raise Known("scheme.no_such_place", key=dotted(path), accepted=f"[{dotted(table)}]")
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
