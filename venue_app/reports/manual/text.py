"""Reading a manual: the small part of Markdown they are written in.

# Title          ## Heading          1. step          - point          > boxed note
| a | b |        (the first row is the head, a row of dashes is passed over)
![](figure)      a figure drawn by `figures`
Anything else is a paragraph; lines belong together until an empty one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["title", "heading", "step", "point", "note", "figure", "paragraph", "table"]

_BEGINS: tuple[tuple[Kind, str], ...] = (
    ("title", r"# (.+)"),
    ("heading", r"## (.+)"),
    ("step", r"(\d+\. .+)"),
    ("point", r"- (.+)"),
    ("note", r"> ?(.*)"),
    ("figure", r"!\[\]\((\w+)\)"),
)
_DASHES = re.compile(r"\|[\s|:-]+\|")
_CJK = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a manual: its text, or of a table its rows."""

    kind: Kind
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def read_manual(source: str) -> Iterator[Block]:
    """The pieces in order."""
    for group in re.split(r"\n\s*\n", source.strip()):
        yield from _pieces(group.splitlines())


def _pieces(lines: list[str]) -> Iterator[Block]:
    if lines[0].startswith("|"):
        rows = [line for line in lines if not _DASHES.fullmatch(line.strip())]
        yield Block(
            "table", rows=tuple(tuple(c.strip() for c in r.strip().strip("|").split("|")) for r in rows)
        )
        return
    open_piece: Block | None = None
    for line in map(str.strip, lines):
        kind, text = _begins(line)
        if open_piece is not None and (kind == "paragraph" or kind == open_piece.kind == "note"):
            open_piece = Block(open_piece.kind, _joined(open_piece.text, text))
            continue
        if open_piece is not None:
            yield open_piece
        open_piece = Block(kind, text)
    if open_piece is not None:
        yield open_piece


def _begins(line: str) -> tuple[Kind, str]:
    for kind, pattern in _BEGINS:
        found = re.fullmatch(pattern, line)
        if found:
            return kind, found[1]
    return "paragraph", line


def _joined(first: str, second: str) -> str:
    """Two lines of one paragraph: Chinese has no blank where a line ended."""
    blank = "" if _CJK.match(first[-1:]) or _CJK.match(second[:1]) else " "
    return f"{first}{blank}{second}"
