"""Ballots and components in the form. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from ui.screens.scheme.fields import Block, Field, Fields, Section, Table
from ui.screens.scheme.scalars import Maker, label, listed, titled
from ui.words import Say, Text
from venue_app.scheme import Component, Entered, Imported, Sum, Term
from venue_app.scheme.ballots import Ballot, BallotScore
from venue_app.scheme.components import Bonus, Steps
from venue_app.scheme.derived import Balance, Graded
from venue_app.scheme.numbers import Number, number_text

_PAPER = ("over_mark", "blank", "blank_paper", "all_equal")
_BY_KIND = {
    "points": ("minimum", "maximum", "step"),
    "choose": ("choose_exactly", "choose_at_most", "choose_at_least", "write_in"),
}
_LISTS = {"grades": ("title", "points"), "items": ("title", "weight"), "classes": ("title", "weight")}


def ballot_section(maker: Maker, at: int) -> Section:
    """One ballot: what is asked, what it is worth, and when a paper is void."""
    ballot = maker.scheme.ballots[at]
    key = maker.item("ballots", at)
    about = titled(ballot.title, ballot.id)
    wanted = ("title", *_BY_KIND.get(ballot.kind, ()), *_PAPER)
    blocks: list[Block] = [Fields(maker.some(ballot, key, about, wanted))]
    for name, columns in _LISTS.items():
        items: Sequence[object] = getattr(ballot, name)
        if items:
            blocks.append(listed(maker, items, f"{key}.{name}", about, columns, label(Ballot, name)))
    for place, spread in enumerate(ballot.spreads):
        fields = maker.some(spread, maker.item(f"{key}.spreads", place), about)
        blocks.append(Fields(fields, label(Ballot, "spreads")))
    for place, quorum in enumerate(ballot.quorum):
        own = maker.item(f"{key}.quorum", place)
        fields = (
            *maker.pick(quorum, own, about, ("of", "over")),
            *maker.limit(quorum, own, "at_least", about),
        )
        blocks.append(Fields(fields, label(Ballot, "quorum")))
    return Section(key, about, tuple(blocks))


def component_section(maker: Maker) -> Section:
    """Every number an entry can have, and how the composite is made of them."""
    blocks: list[Block] = []
    for at, component in enumerate(maker.scheme.components):
        blocks += _component(maker, component, maker.item("components", at))
    return Section("components", Say("scheme_screen.components"), tuple(blocks))


def _component(maker: Maker, component: Component, key: str) -> list[Block]:
    about = titled(component.title, component.id)
    wanted = ("title", "maximum") if isinstance(component, Imported | Entered) else ("title",)
    fields = list(maker.pick(component, key, about, wanted))
    if component.computed:
        rounding = maker.scheme.rounding_of(component)
        fields.append(maker.rounding(key, "rounding", Component, rounding, about))
    if isinstance(component, Balance):
        fields += maker.pick(component, key, about, ("overall", "means", "coefficient"))
    done = {field.key.removeprefix(f"{key}.") for field in fields}
    fields += maker.rest(component, key, about, done)
    if isinstance(component, BallotScore) and maker.stated(f"{key}.trim"):
        fields += maker.some(component.trim, f"{key}.trim", about, ("high", "low"))
    return [Fields(tuple(fields), _head(maker, component)), *_parts(maker, component, key, about)]


def _head(maker: Maker, component: Component) -> Text:
    kind = Say(f"scheme_screen.kind.{component.kind}")
    full = maker.scheme.maximum(component.id)
    return kind if full is None else Say("scheme_screen.full", kind=kind, full=_points(full))


def _parts(maker: Maker, component: Component, key: str, about: Text) -> list[Block]:
    columns: tuple[str, ...]
    match component:
        case Sum():
            lines = tuple(
                _term(maker, term, maker.item(f"{key}.terms", at)) for at, term in enumerate(component.terms)
            )
            return [Table((), lines)]
        case Bonus():
            return [
                listed(
                    maker,
                    component.awards,
                    f"{key}.awards",
                    about,
                    ("title", "points"),
                    label(Bonus, "awards"),
                )
            ]
        case Steps():
            columns = ("title", "at_least", "value")
            return [listed(maker, component.steps, f"{key}.steps", about, columns, label(Steps, "steps"))]
        case Graded():
            columns = ("title", "points", "share", "at_least")
            return [listed(maker, component.grades, f"{key}.grades", about, columns, label(Graded, "grades"))]
        case _:
            return []


def _term(maker: Maker, term: Term, key: str) -> tuple[Field | Text, ...]:
    """A component, the times it is taken, and the points that makes."""
    part = maker.scheme.component(term.of)
    title = titled(part.title, part.id)
    full = maker.scheme.maximum(part.id)
    comes = (
        ""
        if full is None
        else Say(
            "scheme_screen.comes_to",
            full=_points(full),
            points=_points(Fraction(full) * Fraction(term.weight)),
        )
    )
    return (title, *maker.some(term, key, title, ("weight",)), comes)


def _points(number: Number) -> str:
    """Without needless zeros."""
    exact = Fraction(number)
    if exact.denominator == 1:
        return str(exact.numerator)
    decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
    return number_text(decimal.normalize()) if Fraction(decimal) == exact else str(exact)
