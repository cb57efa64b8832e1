"""What the report of several venues' results prints, as plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLine:
    """One person who goes on: the rank over all venues, where and under which lot they were heard."""

    post: str
    rank: int
    name: str
    heard: str
    composite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A bundle: its venue, how many entries it brings, its journal's length and head, its digest (64 hex digits each)."""

    venue: str
    entries: int
    journal_size: int
    journal_head: str
    sha256: str
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsolidatedList:
    """合并成绩与入围名单. `rule` is the scheme's rule in words, `provisional` says what is still missing, empty when final.

    `notes` are sentences on the sources: plans in other words, keys that nobody compared.
    """

    rule: str
    lines: tuple[ListedLine, ...]
    sources: tuple[SourceLine, ...]
    entries: int
    results_sha256: str
    provisional: str = ""
    notes: tuple[str, ...] = ()
