"""Reading a facts file against its scheme: everything that contradicts it is named, nothing is mended."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from venue_app.base.errors import Known
from venue_app.rules.facts import Facts
from venue_app.rules.facts_gather import gather
from venue_app.rules.facts_rows import FactsFile
from venue_app.scheme.lines import Path, dotted
from venue_app.scheme.model import Scheme
from venue_app.scheme.numbers import written
from venue_app.scheme.read import BAD, Fault, Reader


@dataclass(frozen=True, slots=True)
class FactProblem:
    """One thing wrong in a facts file, at `key` (`sheets[3].marks.content`)."""

    code: str
    file: str
    key: str
    found: str
    accepted: str

    def known(self) -> Known:
        """As the fault that is raised and said to the user."""
        return Known(
            f"rules.facts_{self.code}", file=self.file, key=self.key, found=self.found, accepted=self.accepted
        )


class FactsReader(Reader):
    """Reads JSON rows: ids are any words, decimals stand in quotes or not, floats are never made."""

    def read(self, hint: Any, value: Any, path: Path) -> Any:
        """As the scheme's reader; `Any` is taken as it stands."""
        return value if hint is Any else super().read(hint, value, path)

    def good_id(self, value: str, path: Path) -> bool:
        """Any words that are not blank."""
        return bool(value.strip())

    def plain(self, hint: Any, value: Any, path: Path) -> Any:
        """As the scheme's reader; decimals may stand in quotes."""
        if hint is Decimal and isinstance(value, str):
            number = written(value)
            return self.fault("number", path, value) if number is None else number
        return super().plain(hint, value, path)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys differ; JSON itself would let the last one win in silence."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f'"{key}": {found[key]} | {value}')
        found[key] = value
    return found


def examine_facts(scheme: Scheme, text: str, source: str) -> tuple[Facts | None, tuple[FactProblem, ...]]:
    """The facts in `text`, if nothing contradicts the scheme, and everything that does."""

    def problems(faults: Sequence[Fault]) -> tuple[FactProblem, ...]:
        return tuple(FactProblem(f.code, source, dotted(f.path), f.found, f.accepted) for f in faults)

    try:
        data = json.loads(text, parse_float=Decimal, parse_constant=str, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        return None, (FactProblem("syntax", source, f"{error.lineno}:{error.colno}", error.msg, "JSON"),)
    except (ValueError, ArithmeticError, RecursionError) as error:  # an endless number, endless nesting
        return None, (FactProblem("syntax", source, "1:1", str(error) or type(error).__name__, "JSON"),)
    reader = FactsReader()
    rows = reader.read(FactsFile, data, ())
    if rows is BAD or not isinstance(rows, FactsFile):
        return None, problems(reader.faults)
    facts, faults = gather(scheme, rows)
    return facts, problems(faults)


def load_facts(scheme: Scheme, text: str, source: str) -> Facts:
    """The facts in `text`; raises `Known` (rules.facts_*) for the first thing that contradicts the scheme."""
    facts, found = examine_facts(scheme, text, source)
    if facts is None:
        raise found[0].known()
    return facts
