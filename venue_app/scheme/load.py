"""Reading a scheme file, and the presets that come with the program."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache, lru_cache

from venue_app.base.errors import Known
from venue_app.base.paths import resources
from venue_app.scheme.check import check
from venue_app.scheme.lines import dotted, line_of, locate
from venue_app.scheme.model import Plan, Scheme
from venue_app.scheme.read import BAD, Fault, Reader


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault with its place in the file; `error` says whether it stops the scheme from being used."""

    code: str
    file: str
    line: int
    key: str
    found: str
    accepted: str
    error: bool = True

    def known(self) -> Known:
        """As the fault that is raised and said to the user."""
        return Known(
            f"scheme.{self.code}",
            file=self.file,
            line=self.line,
            key=self.key,
            found=self.found,
            accepted=self.accepted,
        )


def examine(text: str, source: str) -> tuple[Scheme | None, tuple[Problem, ...]]:
    """The scheme, if it can be used, and everything wrong or doubtful about it, in file order."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:  # also endless numbers and nesting
        found = re.search(r"at line (\d+), column (\d+)", str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        return None, (Problem("syntax", source, line, "", str(error) or type(error).__name__, "TOML 1.0"),)
    places = locate(text)

    def place(fault: Fault, error: bool = True) -> Problem:
        line = line_of(places, fault.path)
        return Problem(fault.code, source, line, dotted(fault.path), fault.found, fault.accepted, error)

    reader = Reader()
    plan = reader.read(Plan, data, ())
    if plan is BAD or not isinstance(plan, Plan):
        return None, _sorted([place(fault) for fault in reader.faults])
    errors, doubts = check(plan)
    problems = _sorted([*(place(f) for f in errors), *(place(f, error=False) for f in doubts)])
    if errors:
        return None, problems
    whole = {f.name: getattr(plan, f.name) for f in fields(plan)}
    return Scheme(**whole, text=text, stated=frozenset(dotted(path) for path in places)), problems


def _sorted(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda p: (p.line, p.key, p.code)))


@lru_cache(maxsize=16)
def load_scheme(text: str, source: str) -> Scheme:
    """The scheme in `text`; `source` names the file in errors. The same text gives the same value, read once.

    Raises `Known` for the first error, with file, line, key, what was found and what is accepted.
    """
    scheme, problems = examine(text, source)
    if scheme is None:
        raise next(p for p in problems if p.error).known()
    return scheme


@cache
def preset_ids() -> tuple[str, ...]:
    """The presets that come with the program, in order."""
    return tuple(sorted(path.stem for path in (resources() / "schemes").glob("*.toml")))


def preset_text(preset_id: str) -> str:
    """The text of a preset, byte for byte; raises `Known` when there is none of that name."""
    if preset_id not in preset_ids():
        raise Known("scheme.no_preset", found=preset_id, accepted=", ".join(preset_ids()))
    path = resources() / "schemes" / f"{preset_id}.toml"
    return path.read_bytes().decode("utf-8")
