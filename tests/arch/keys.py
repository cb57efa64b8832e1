"""Which sentences the code asks for: found in its syntax trees, and in the pages' scripts."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.arch.code import PROGRAM, ROOT, called, modules, tree

#: Functions whose first argument is a key, and those whose second is.
FIRST = {"tr", "Say", "say"}
SECOND = {"tr_in"}
#: Where a function adds a prefix of its own to the keys it is given.
LOCAL = {
    "venue_app/reports/fill": ("say", "fill."),
    "venue_app/rules/say_kinds.py": ("_say", "rules.say."),
    "venue_app/rules/say.py": ("_say", "rules.say."),
}
KEY = re.compile(r"[a-z_]+(\.[a-zA-Z0-9_-]+)+")


@dataclass
class Asked:
    """Keys that must exist, each with its place; and everything that may be a key, or a pattern of keys.

    `given` are the calls whose parameters stand there by name: key, place, names.
    """

    must: dict[str, str] = field(default_factory=dict)
    given: list[tuple[str, str, frozenset[str]]] = field(default_factory=list)
    may: set[str] = field(default_factory=set)
    patterns: dict[str, str] = field(default_factory=dict)

    def used(self, key: str) -> bool:
        """Whether anything in the code can lead to this key."""
        return key in self.may or any(re.fullmatch(pattern, key) for pattern in self.patterns)


def _pattern(node: ast.JoinedStr, prefix: str = "") -> str:
    parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else ".+" for v in node.values]
    return re.escape(prefix) + "".join(parts)


def _local(module: Path) -> tuple[str, str] | None:
    return next((rule for place, rule in LOCAL.items() if str(module).startswith(place)), None)


def _asked_by(module: Path, areas: set[str], asked: Asked) -> None:
    local = _local(module)
    nodes = list(ast.walk(tree(module)))
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    codes = {node.args[0] for node in calls if called(node) == "Known" and node.args}
    for node in nodes:
        where = f"{module}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            _literal(node.value, local, asked)
        elif isinstance(node, ast.JoinedStr) and node not in codes:
            first = node.values[0]
            area, dot, _ = (
                str(first.value).partition(".") if isinstance(first, ast.Constant) else ("", "", "")
            )
            if dot and area in areas:
                asked.patterns[_pattern(node)] = where
        elif isinstance(node, ast.Call):
            _call(node, where, areas, local, asked)


def _literal(text: str, local: tuple[str, str] | None, asked: Asked) -> None:
    if KEY.fullmatch(text):
        area, _, name = text.partition(".")
        checks = (f"{text}.{state}" for state in ("yes", "no", "open"))
        asked.may |= {text, f"{area}.error.{name}", *checks}
    if local is not None:
        asked.may.add(local[1] + text)


def _call(node: ast.Call, where: str, areas: set[str], local: tuple[str, str] | None, asked: Asked) -> None:
    name = called(node)
    place = 1 if name in SECOND else 0
    if len(node.args) <= place:
        return
    match node.args[place]:
        case ast.Constant(value=str(text)):
            key = _key(name, text, areas, local)
            if key is not None:
                asked.must[key] = where
                names = [keyword.arg for keyword in node.keywords]
                if None not in names:
                    asked.given.append((key, where, frozenset(str(n) for n in names)))
        case ast.JoinedStr() as text if local is not None and name == local[0]:
            asked.patterns[_pattern(text, local[1])] = where
        case ast.JoinedStr() as text if name == "Known":
            asked.patterns[_pattern(text).replace(r"\.", r"\.error\.", 1)] = where


def _key(name: str, text: str, areas: set[str], local: tuple[str, str] | None) -> str | None:
    """The whole key that a call by this name with this literal asks for; None when it asks for none."""
    area, _, rest = text.partition(".")
    if name == "Known":
        return f"{area}.error.{rest}"
    if local is not None and name == local[0]:
        return text if area in areas and rest else local[1] + text
    if name in SECOND or (name in FIRST and KEY.fullmatch(text)):
        return text
    return None


def _scripts(asked: Asked) -> None:
    """The browser station and the verifier know only their own area, without the area's name."""
    for folder, area in (("web", "station"), ("verifier/src", "verifier")):
        for file in sorted((ROOT / "resources" / folder).glob("*.js")):
            text = file.read_text(encoding="utf-8")
            where = f"resources/{folder}/{file.name}"
            for key in re.findall(r'\btr\(\s*"([\w.-]+)"', text):
                asked.must[f"{area}.{key}"] = where
            for whole in re.findall(r"`([a-z_]+\.[^`/]*\$\{[^`}/]+\}\w*)`", text):
                parts = re.split(r"\$\{[^}]*\}", whole)
                asked.patterns[f"{area}\\." + ".+".join(map(re.escape, parts))] = where
            asked.may |= {f"{area}.{key}" for key in re.findall(r'"([\w.-]+)"', text)}


def asked(areas: set[str]) -> Asked:
    """Everything the program asks for; `areas` are the catalogues' names."""
    found = Asked()
    for module in modules(*PROGRAM):
        _asked_by(module, areas, found)
    _scripts(found)
    found.may |= set(found.must)
    return found


def placeholders(text: str) -> Iterator[str]:
    """`{lot}` and the like."""
    return (name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
