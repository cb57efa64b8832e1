"""What a verification says: each thing proved, disproved or left open, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from venue_app.base.i18n import language, tr_in


class Outcome(IntEnum):
    """The whole in one word."""

    PROVED = 0
    NOT_ALL_PROVED = 1
    WRONG = 2


@dataclass(frozen=True, slots=True)
class Check:
    """One question and its answer.

    `code` is a table in the translation catalogues (`seal.check.root`) with the sentences `yes`, `no` and
    `open`; `ok` is True (proved), False (disproved) or None (cannot be proved from what is at hand).
    """

    code: str
    ok: bool | None
    params: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, lang: str | None = None) -> str:
        """The answer in words."""
        state = "open" if self.ok is None else "yes" if self.ok else "no"
        return tr_in(lang or language(), f"{self.code}.{state}", **self.params)


@dataclass(frozen=True, slots=True)
class Verdict:
    """All checks of one file, and what no check of such a file can ever prove (`limits`, catalogue keys)."""

    file: str
    kind: str
    checks: tuple[Check, ...]
    limits: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Wrong if anything is; else not all proved if anything is open, or nothing was checked."""
        answers = [check.ok for check in self.checks]
        if False in answers:
            return Outcome.WRONG
        return Outcome.NOT_ALL_PROVED if None in answers or not answers else Outcome.PROVED

    def limit_sentences(self, lang: str | None = None) -> list[str]:
        """The limits in words."""
        return [tr_in(lang or language(), limit) for limit in self.limits]
