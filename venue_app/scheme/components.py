"""Components (成绩构成): the numbers an entry can have, each made in one declared way.

They form a graph without cycles: a component may be made of others, to any depth. Those that look at other
entries as well are in `derived`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from venue_app.scheme.bounds import Bounds
from venue_app.scheme.conditions import Condition
from venue_app.scheme.formula import Formula
from venue_app.scheme.judging import EXACT, Per, Rounding
from venue_app.scheme.numbers import Number
from venue_app.scheme.text import EMPTY, Text

Absent = Literal["out", "zero", "omit"]
KINDS: dict[str, type[Component]] = {}
"""Every kind of component by the word that stands in the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """What every component has.

    `absent`: what 缺考 in this component does: `out` leaves the entry without a result, `zero` counts 0,
    `omit` leaves the term out of a sum. `later` says that the number comes after the venue (inspection).
    `rounding` not stated means the scheme's own for computed numbers, and exact for numbers brought in.
    `maximum`: full marks as the plan states them; checked against what follows from the parts.
    """

    kind: ClassVar[str] = ""
    computed: ClassVar[bool] = True
    alone: ClassVar[bool] = True
    """Whether an entry's value depends on nothing but that entry's own facts and components."""

    id: str
    title: Text
    note: Text = EMPTY
    rounding: Rounding | None = None
    absent: Absent = "out"
    later: bool = False

    def made_of(self) -> tuple[str, ...]:
        """The components this one is made of."""
        return ()


def register(kind: type[Component]) -> type[Component]:
    """Make a kind known to the reader."""
    KINDS[kind.kind] = kind
    return kind


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class Imported(Component):
    """A number brought in from a spreadsheet before the event, `minimum` to `maximum`.

    `per = "person"`: brought in once for a person, whatever the number of posts entered for.
    """

    kind: ClassVar[str] = "imported"
    computed: ClassVar[bool] = False
    maximum: Annotated[Decimal, Bounds(0)] = Decimal(100)
    minimum: Decimal = Decimal(0)
    per: Per = "entry"


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class Entered(Component):
    """A number typed in by an office-holder, `minimum` to `maximum`; `per` as in `Imported`."""

    kind: ClassVar[str] = "entered"
    computed: ClassVar[bool] = False
    maximum: Annotated[Decimal, Bounds(0)] = Decimal(100)
    minimum: Decimal = Decimal(0)
    per: Per = "entry"


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class Panel(Component):
    """The result of a judge group; it brings its own rounding, after trim and mean."""

    kind: ClassVar[str] = "panel"
    computed: ClassVar[bool] = False
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A component taken `weight` times; `rounding` cuts the product before it is added."""

    of: str
    weight: Number = Decimal(1)
    rounding: Rounding = EXACT


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class Sum(Component):
    """Weighted terms added, plus `plus`, divided by `divide`, held between `floor` and `cap`, then rounded."""

    kind: ClassVar[str] = "sum"
    terms: Annotated[tuple[Term, ...], Bounds(1)]
    plus: Decimal = Decimal(0)
    divide: Annotated[Number, Bounds(0, above=True)] = Decimal(1)
    cap: Decimal | None = None
    floor: Decimal | None = None
    maximum: Annotated[Decimal, Bounds(0)] | None = None

    def made_of(self) -> tuple[str, ...]:
        """The terms."""
        return tuple(term.of for term in self.terms)


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class Calculated(Component):
    """A formula over other components: `+ - * /`, comparisons and the functions of `formula`."""

    kind: ClassVar[str] = "formula"
    formula: Formula
    cap: Decimal | None = None
    floor: Decimal | None = None
    maximum: Annotated[Decimal, Bounds(0)] | None = None

    def made_of(self) -> tuple[str, ...]:
        """The components the formula names."""
        return self.formula.names


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """When all of `when` hold, the value is that of `of`."""

    when: Annotated[tuple[Condition, ...], Bounds(1)]
    of: str


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Component):
    """The first case that holds, else `otherwise`: posts of different kinds weigh differently."""

    kind: ClassVar[str] = "case"
    alone: ClassVar[bool] = False
    cases: Annotated[tuple[Case, ...], Bounds(1)]
    otherwise: str = ""

    def made_of(self) -> tuple[str, ...]:
        """What the cases choose among and what they look at."""
        looked = (name for case in self.cases for c in case.when for name in c.components())
        chosen = (*(case.of for case in self.cases), self.otherwise)
        return tuple(dict.fromkeys(name for name in (*chosen, *looked) if name))


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute(Component):
    """A number that stands in the facts as an attribute (years of service), `times` so many points."""

    kind: ClassVar[str] = "attribute"
    attribute: str
    times: Decimal = Decimal(1)
    cap: Decimal | None = None
    missing: Literal["wait", "zero"] = "wait"


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """`points` for those who meet all of `when`."""

    points: Decimal
    when: Annotated[tuple[Condition, ...], Bounds(1)]
    title: Text = EMPTY


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class Bonus(Component):
    """Points by what a person has; added up, or only the highest, and never above `cap`."""

    kind: ClassVar[str] = "bonus"
    alone: ClassVar[bool] = False
    awards: Annotated[tuple[Award, ...], Bounds(1)]
    take: Literal["sum", "highest"] = "sum"
    cap: Decimal | None = None

    def made_of(self) -> tuple[str, ...]:
        """The components the conditions look at."""
        return tuple(dict.fromkeys(n for a in self.awards for c in a.when for n in c.components()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From `at_least` on, the value is `value`; `title` names the grade."""

    at_least: Decimal
    value: Decimal
    title: Text = EMPTY


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class Steps(Component):
    """A component turned into points or grades by steps; below every step the value is `otherwise`."""

    kind: ClassVar[str] = "steps"
    of: str
    steps: Annotated[tuple[Step, ...], Bounds(1)]
    otherwise: Decimal = Decimal(0)

    def made_of(self) -> tuple[str, ...]:
        """The component that is graded."""
        return (self.of,)


@register
@dataclass(frozen=True, slots=True, kw_only=True)
class Overrun(Component):
    """Points lost by running over a stage, as a number from 0 up, by the stage's penalty bands."""

    kind: ClassVar[str] = "overrun"
    stage: str
    per: Per = "entry"


def parents(component: Component) -> tuple[str, ...]:
    """The components this one is made of."""
    return component.made_of()
