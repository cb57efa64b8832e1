"""The form as plain data: sections of blocks, each a row of fields or a table of them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ui.screens.scheme.typed import Kind
from ui.words import Text
from venue_app.scheme import Problem


@dataclass(frozen=True, slots=True)
class Option:
    """One of the things that may be chosen."""

    value: str
    text: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One value of the file. `key` is dotted (`groups[1].seats`); `shown` is what stands in the editor.

    `default`: the file does not say it and the documented default stands. `optional`: may be left empty.
    `after` follows the editor: what the number comes to. `place` names the field where its label alone
    would not (`评委组 · 席位`).
    """

    key: str
    kind: Kind
    label: Text
    shown: str
    place: Text
    default: bool = False
    optional: bool = False
    options: tuple[Option, ...] = ()
    after: Text = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """Fields beside each other with their labels above, as many a line as there is room for.

    `head` stands before them and says what they are about.
    """

    fields: tuple[Field, ...]
    head: Text = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The same fields for several things: a heading of columns, then a line for each."""

    heads: tuple[Text, ...]
    lines: tuple[tuple[Field | Text, ...], ...]
    title: Text = ""


Block = Fields | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A card of the form; `key` is what the file calls it, `note` what to mind."""

    key: str
    title: Text
    blocks: tuple[Block, ...]
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Form:
    """All of it."""

    sections: tuple[Section, ...]

    def fields(self) -> Iterator[Field]:
        """Every field in order."""
        for section in self.sections:
            for block in section.blocks:
                yield from of_block(block)

    def by_key(self) -> dict[str, Field]:
        """Every field by its key."""
        return {field.key: field for field in self.fields()}

    def with_typed(self, typed: Mapping[str, str]) -> Form:
        """The form with other strings in some editors."""

        def part(old: Field | Text) -> Field | Text:
            return (
                replace(old, shown=typed[old.key], default=False)
                if isinstance(old, Field) and old.key in typed
                else old
            )

        def block(old: Block) -> Block:
            if isinstance(old, Table):
                return replace(old, lines=tuple(tuple(map(part, line)) for line in old.lines))
            return replace(old, fields=tuple(f for f in map(part, old.fields) if isinstance(f, Field)))

        return Form(tuple(replace(s, blocks=tuple(map(block, s.blocks))) for s in self.sections))

    def shape(self) -> tuple[object, ...]:
        """What must be built anew when it differs: keys and kinds, not what stands in the editors."""
        return tuple(
            (section.key, tuple(tuple((f.key, f.kind) for f in of_block(block)) for block in section.blocks))
            for section in self.sections
        )


def of_block(block: Block) -> Iterator[Field]:
    """The fields of a block in order."""
    if isinstance(block, Fields):
        yield from block.fields
    else:
        for line in block.lines:
            yield from (part for part in line if isinstance(part, Field))


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong (`error`) or doubtful about a field, as a sentence."""

    text: Text
    error: bool = True


def belongs(problem: Problem, keys: Sequence[str]) -> str:
    """The field a problem stands beside: its own, else the nearest within what it is about, else ''."""
    about = problem.key
    while about:
        if about in keys:
            return about
        within = next((key for key in keys if key.startswith((f"{about}.", f"{about}["))), "")
        if within:
            return within
        head, dot, _ = about.rpartition(".")
        about = about.rpartition("[")[0] if about.endswith("]") else (head if dot else "")
    return ""
