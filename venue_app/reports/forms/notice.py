"""成绩公布单: posted in the hall, by number and never by name."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.reports.forms.words import Say, sayer
from venue_app.reports.ink import MM
from venue_app.reports.papers import Notice, NoticeLine, NoticePost
from venue_app.reports.parts import SMALL, Cell, Fact, Note, Part, Row, Section, Stamp, Table

_UPRIGHT = 5


def compose(form: Notice, language: str) -> tuple[Section, ...]:
    """One section; a post's heading comes again where a page breaks it."""
    if not form.posts or not all(post.lines for post in form.posts):
        raise Known("reports.empty", form="notice")
    say = sayer(language)
    wide = len(form.components) > _UPRIGHT
    each = ((265 if wide else 178) - 26 - 22 - 14 - 44) / max(len(form.components), 1)
    columns = (26.0, *((each,) * len(form.components)), 22.0, 14.0, 44.0)
    titles = (
        say("reports.column.number"),
        *form.components,
        say("reports.column.composite"),
        say("reports.column.rank"),
        say("reports.column.remark"),
    )
    head = Row(
        tuple(Cell(title, bold=True, shade=True, size=SMALL, lines=3) for title in titles),
        (("components", list(form.components)),),
    )
    rows = tuple(row for post in form.posts for row in _post(say, form, post, len(columns)))
    parts: list[Part] = []
    facts: tuple[Fact, ...] = ()
    if form.provisional:
        parts.append(Note(form.provisional, gap=0, boxed=True, bold=True))
        facts = (("provisional", form.provisional),)
    parts.append(Table(columns, rows, (head,), 10, 7.5 * MM, keep=True, even=True))
    parts.append(Note(say("reports.notice.ask"), SMALL, keep=True))
    parts.append(Stamp(say("reports.sign.office"), say("reports.sign.date")))
    return (Section(say("reports.title.notice"), tuple(parts), facts, wide=wide),)


def _post(say: Say, form: Notice, post: NoticePost, columns: int) -> list[Row]:
    title = say("reports.composite.post", post=post.title, places=post.places, count=len(post.lines))
    fact: Fact = ("post", post.title, post.places, len(post.lines))

    def heading(text: str) -> Row:
        return Row((Cell(text, "left", bold=True, span=columns, size=10),), (fact,), keep=True)

    again = heading(say("reports.head.continued", title=title))
    lines = [_line(form, line, again if at else None) for at, line in enumerate(post.lines)]
    return [heading(title), *lines]


def _line(form: Notice, line: NoticeLine, under: Row | None) -> Row:
    if len(line.parts) != len(form.components):
        raise Known("reports.columns", lot=line.number, seat=line.number)
    fact: Fact = ("line", line.number, list(line.parts), line.composite, line.rank, line.remark)
    cells = (
        Cell(line.number, bold=True),
        *(Cell(part or "—", lines=1) for part in line.parts),
        Cell(line.composite or "—", bold=True, lines=1),
        Cell("—" if line.rank is None else str(line.rank)),
        Cell(line.remark, size=8.5),
    )
    return Row(cells, (fact,), under=under)
