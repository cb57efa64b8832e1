"""综合成绩表: by post, every component raw and weighted, the composite and the rank."""

from __future__ import annotations

from dataclasses import replace

from venue_app.base.errors import Known
from venue_app.reports.forms.words import Say, sayer, signatures, starred
from venue_app.reports.ink import MM
from venue_app.reports.models import Composite, CompositeLine, CompositePost
from venue_app.reports.parts import SMALL, Cell, Fact, Note, Part, Row, Section, Table

# More columns of numbers than this and the page is turned.
_UPRIGHT = 6


def compose(form: Composite, language: str) -> tuple[Section, ...]:
    """One section; posts follow each other, a post's line stays with its first candidate."""
    if not form.components or not form.posts or not all(post.lines for post in form.posts):
        raise Known("reports.empty", form="composite")
    say = sayer(language)
    numbers = sum(2 if one.raw else 1 for one in form.components)
    wide = numbers > _UPRIGHT
    # A component without raw marks has one column for a title as long as the others'.
    widths = [share for one in form.components for share in ((1.0, 1.0) if one.raw else (1.5,))]
    each = ((265 if wide else 178) - 11 - 22 - 24 - 18 - 34) / sum(widths)
    columns = (11.0, 22.0, 24.0, *(share * each for share in widths), 18.0, 34.0)
    rows = tuple(row for post in form.posts for row in _post(say, form, post, len(columns)))
    facts: tuple[Fact, ...] = (("components", [[c.title, c.weight, c.raw] for c in form.components]),)
    table = Table(columns, rows, (_head(say, form, facts),), 9.5, 7 * MM, keep=True, even=True)
    parts: list[Part] = []
    opening: tuple[Fact, ...] = ()
    if form.provisional:
        parts.append(Note(form.provisional, gap=0, boxed=True, bold=True))
        opening = (("provisional", form.provisional),)
    notes = (_few(say, line, words) for post in form.posts for line in post.lines for words in line.few)
    parts += [table, *notes, signatures(say, "scorekeeper", "checker", "supervisor")]
    return (Section(say("reports.title.composite"), tuple(parts), opening, wide=wide),)


def _few(say: Say, line: CompositeLine, words: str) -> Note:
    """Below the table, why a composite has an asterisk."""
    text = say("reports.composite.few", name=line.name, text=words)
    return Note(text, SMALL, gap=1 * MM, facts=(("few", line.name, words),))


def _head(say: Say, form: Composite, facts: tuple[Fact, ...]) -> Row:
    """Titles, and which of a component's two columns is which."""
    strip = (say("reports.column.raw"), say("reports.column.weighted"))

    def cell(text: str, *, raw: bool = False) -> Cell:
        sub = strip if raw else ()
        return Cell(text, bold=True, shade=True, size=SMALL, span=2 if raw else 1, lines=3, sub=sub)

    left = (say("reports.column.rank"), say("reports.column.number"), say("reports.column.name"))
    right = (say("reports.column.composite"), say("reports.column.remark"))
    titles = (
        cell(say("reports.composite.component", title=one.title, weight=one.weight), raw=one.raw)
        for one in form.components
    )
    return Row((*map(cell, left), *titles, *map(cell, right)), facts)


def _post(say: Say, form: Composite, post: CompositePost, columns: int) -> list[Row]:
    title = say("reports.composite.post", post=post.title, places=post.places, count=len(post.lines))
    fact: Fact = ("post", post.title, post.places, len(post.lines))

    def heading(text: str) -> Row:
        return Row((Cell(text, "left", bold=True, span=columns, size=10),), (fact,), keep=True)

    again = heading(say("reports.head.continued", title=title))
    return [
        heading(title),
        *(replace(_line(form, line), under=again if at else None) for at, line in enumerate(post.lines)),
    ]


def _line(form: Composite, line: CompositeLine) -> Row:
    if len(line.parts) != len(form.components):
        raise Known("reports.columns", lot=line.number, seat=line.name)
    values: list[Cell] = []
    for one, part in zip(form.components, line.parts, strict=True):
        values += [Cell(part.raw or "—", lines=1)] if one.raw else []
        values.append(Cell(part.weighted or "—", lines=1))
    fact: Fact = (
        "line",
        line.rank,
        line.number,
        line.name,
        [[part.raw, part.weighted] for part in line.parts],
        line.composite,
        line.remark,
    )
    cells = (
        Cell("—" if line.rank is None else str(line.rank), bold=True),
        Cell(line.number),
        Cell(line.name, lines=3),
        *values,
        Cell(starred(line.composite or "—", line.few), bold=True, lines=1),
        Cell(line.remark, size=8.5),
    )
    return Row(cells, (fact,))
