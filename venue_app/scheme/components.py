"""Components (成绩构成): the numbers an entry can have, each made in one declared way.

They form a graph without cycles: a component may be made of others, to any depth.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from venue_app.scheme.bounds import Bounds
from venue_app.scheme.judging import EXACT, Rounding
from venue_app.scheme.text import Text

Absent = Literal["out", "zero", "omit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """What every component has.

    `absent`: what 缺考 in this component does: `out` leaves the entry without a result, `zero` counts 0,
    `omit` leaves the term out of a sum. `later` says that the number comes after the venue (inspection).
    `rounding` not stated means the scheme's own for computed numbers, and exact for numbers brought in.
    """

    kind: ClassVar[str] = ""
    id: str
    title: Text
    rounding: Rounding | None = None
    absent: Absent = "out"
    later: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported(Component):
    """A number brought in from a spreadsheet before the event, 0 to `maximum`."""

    kind: ClassVar[str] = "imported"
    maximum: Annotated[Decimal, Bounds(0)] = Decimal(100)
    minimum: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered(Component):
    """A number typed in by an office-holder, 0 to `maximum`."""

    kind: ClassVar[str] = "entered"
    maximum: Annotated[Decimal, Bounds(0)] = Decimal(100)
    minimum: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel(Component):
    """The result of a judge group; it brings its own rounding, after trim and mean."""

    kind: ClassVar[str] = "panel"
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A component taken `weight` times; `rounding` cuts the product before it is added."""

    of: str
    weight: Decimal = Decimal(1)
    rounding: Rounding = EXACT


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum(Component):
    """Weighted terms added, plus `plus`, divided by `divide`, held between `floor` and `cap`, then rounded."""

    kind: ClassVar[str] = "sum"
    terms: tuple[Term, ...]
    plus: Decimal = Decimal(0)
    divide: Annotated[Decimal, Bounds(0, above=True)] = Decimal(1)
    cap: Decimal | None = None
    floor: Decimal | None = None


KINDS: dict[str, type[Component]] = {kind.kind: kind for kind in (Imported, Entered, Panel, Sum)}


def parents(component: Component) -> tuple[str, ...]:
    """The components this one is made of."""
    return tuple(term.of for term in component.terms) if isinstance(component, Sum) else ()
