"""One thing looked at, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from venue_app.base.errors import Known
from venue_app.base.i18n import say, tr_in

Level = Literal["ok", "attention", "fault"]
CheckId = Literal[
    "printer", "copy", "disk", "clock", "fonts", "network", "tls", "stations", "power", "sleep", "program"
]
#: In the order in which they are shown.
CHECKS: tuple[CheckId, ...] = (
    "printer", "copy", "disk", "clock", "fonts", "network", "tls", "stations", "power", "sleep", "program",
)  # fmt: skip
_WORSE: Mapping[Level, int] = {"ok": 0, "attention": 1, "fault": 2}


@dataclass(frozen=True, slots=True)
class Point:
    """What was found of one thing; `key` is its sentence in the catalogue, `params` what fills it."""

    check: CheckId
    level: Level
    key: str
    params: Mapping[str, object] = field(default_factory=dict)


def in_words(point: Point, lang: str) -> str:
    """What was found and what to do, as a sentence; a known fault in it in its own words."""
    said = {
        name: say(value, lang) if isinstance(value, Known) else value for name, value in point.params.items()
    }
    return tr_in(lang, point.key, **said)


def check_title(check: CheckId, lang: str) -> str:
    """What was looked at, in a word or two."""
    return tr_in(lang, f"readiness.check.{check}")


def level_word(level: Level, lang: str) -> str:
    """ok, attention or fault as people say it."""
    return tr_in(lang, f"readiness.level.{level}")


def worst(points: Iterable[Point]) -> Level:
    """How everything stands together: as its worst point."""
    return max((point.level for point in points), key=_WORSE.__getitem__, default="ok")
