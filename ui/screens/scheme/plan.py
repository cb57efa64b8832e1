"""The plan in plain words beside the form: which sentences are defaults, and which have just changed. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from venue_app.scheme import Scheme
from venue_app.scheme.explain import explain


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One sentence; `changed` when the plan it started from does not say it so."""

    text: str
    default: bool = False
    changed: bool = False


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A heading and its sentences."""

    title: str
    lines: tuple[PlanLine, ...]


def plan_parts(scheme: Scheme, before: Scheme | None, lang: str) -> tuple[PlanPart, ...]:
    """The whole plan; sentences that `before` does not have under the same heading are marked."""
    known = (
        {}
        if before is None
        else {part.title: Counter(line.text for line in part.lines) for part in explain(before, lang)}
    )
    parts = []
    for part in explain(scheme, lang):
        left = Counter(known.get(part.title, ()))
        lines = []
        for line in part.lines:
            changed = before is not None and not left[line.text]
            left[line.text] -= 1
            lines.append(PlanLine(line.text, line.default, changed))
        parts.append(PlanPart(part.title, tuple(lines)))
    return tuple(parts)
