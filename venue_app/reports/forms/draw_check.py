"""抽签复核说明: how anybody recomputes a lot with any SHA-256 tool, worked with this draw's own numbers."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.reports.forms.words import Say, heads, sayer, transcript_parts
from venue_app.reports.ink import MM
from venue_app.reports.models import DrawCheck
from venue_app.reports.parts import SMALL, Cell, Heading, Note, Part, Row, Section, Table
from venue_app.reports.text import grouped
from venue_app.rules.draw import order, ticket


def compose(form: DrawCheck, language: str) -> tuple[Section, ...]:
    """One section: the numbers, the worked lot, and every ticket of the room in order.

    The tickets are computed here; an order they do not give is refused rather than explained.
    """
    if not form.ids or not 1 <= form.worked <= len(form.ids):
        raise Known("reports.lots", room=form.room)
    seed = form.transcript.seed
    if order(seed, form.ids) != form.ids:
        raise Known("reports.draw_mismatch", room=form.room)
    say = sayer(language)
    parts: list[Part] = [
        Note(say("reports.check.lead", room=form.room, count=len(form.ids)), gap=0),
        *transcript_parts(say, form.transcript),
        *_worked(say, form),
        Heading(say("reports.check.all", room=form.room)),
        _tickets(say, form),
    ]
    return (
        Section(
            say("reports.title.draw_check"), tuple(parts), (("room", form.room, len(form.ids)),), form.room
        ),
    )


def _worked(say: Say, form: DrawCheck) -> tuple[Part, ...]:
    name = form.ids[form.worked - 1]
    value = ticket(form.transcript.seed, name)
    return (
        Heading(say("reports.check.worked", lot=form.worked)),
        Note(say("reports.check.step1", id=name), gap=0),
        Note(say("reports.check.step2"), gap=1 * MM, keep=True),
        Note(
            f'seed={say("reports.check.seed_here")}\nid={name}\nprintf \'%s,%s\' "$seed" "$id" | sha256sum',
            SMALL,
            boxed=True,
            keep=True,
        ),
        Note(say("reports.check.step3"), keep=True),
        Note(grouped(value, 8), SMALL, boxed=True, gap=1 * MM),
        Note(say("reports.check.step4", lot=form.worked, before=form.worked - 1)),
        Note(say("reports.check.pitfalls"), SMALL),
    )


def _tickets(say: Say, form: DrawCheck) -> Table:
    head = heads(say("reports.column.lot"), say("reports.column.id"), say("reports.column.ticket"))
    rows = []
    for lot, name in enumerate(form.ids, 1):
        value = ticket(form.transcript.seed, name)
        bold = lot == form.worked
        rows.append(
            Row(
                (
                    Cell(str(lot), bold=bold),
                    Cell(name, bold=bold, size=8, lines=1),
                    Cell(value, "left", bold=bold, size=8, lines=1),
                ),
                (("ticket", lot, name, value),),
            )
        )
    return Table((14, 56, 108), tuple(rows), (head,), height=6 * MM)
