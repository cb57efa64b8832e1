"""What the readiness check prints, as plain frozen values like those of `models`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyLine:
    """One thing looked at: its name, how it stands in a code (ok, attention, fault) and in a word, what was found."""

    title: str
    level: str
    word: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """就绪检查表. `at` is a local time as printed; `word` says how everything stands together."""

    at: str
    level: str
    word: str
    lines: tuple[ReadyLine, ...]
