"""抽签复核说明: how anybody recomputes a draw with any SHA-256 tool, worked with this draw's own numbers."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.reports.forms.words import Say, heads, sayer, transcript_parts
from venue_app.reports.ink import MM
from venue_app.reports.models import DrawCheck, DrawPlace
from venue_app.reports.parts import SMALL, Cell, Heading, Note, Part, Row, Section, Table
from venue_app.reports.text import grouped
from venue_app.rules.draw import order, ticket
from venue_app.rules.drawing import Outcome, Plan, hold, plan_digest, read_plan

# A line of the list longer than this needs half the page.
_LONG = 34


def compose(form: DrawCheck, language: str) -> tuple[Section, ...]:
    """One section: the numbers, one ticket worked, the list, and every ticket with the place it has.

    The result is computed here; one that list and seed do not give is refused rather than explained.
    """
    plan = read_plan(form.list)
    seed, drawn = form.transcript.seed, Outcome({p.id: p.ids for p in form.places}, form.reserve)
    if plan_digest(plan) != form.transcript.list_digest or hold(plan, seed) != drawn:
        raise Known("reports.draw_mismatch", room=form.draw)
    if form.worked not in {item.id for item in plan.items}:
        raise Known("reports.lots", room=form.draw)
    say = sayer(language)
    parts: list[Part] = [
        Note(say("reports.check.lead", draw=form.draw, count=len(plan.items)), gap=0),
        *transcript_parts(say, form.transcript),
        *_worked(say, form, plan),
        Heading(say("reports.check.all")),
    ]
    for place in form.places:
        parts += [Note(place.title, bold=True, keep=True, gap=3 * MM), _tickets(say, form, place)]
    if form.reserve:
        reserve = DrawPlace(id="", title=say("reports.draw.reserve"), ids=form.reserve)
        parts += [Note(reserve.title, bold=True, keep=True, gap=3 * MM), _tickets(say, form, reserve)]
    parts += [Heading(say("reports.check.list")), Note(say("reports.check.list_how"), SMALL, keep=True)]
    parts.append(_list(form.list))
    facts = (("drawn", form.draw, len(plan.items)),)
    return (Section(say("reports.title.draw_check"), tuple(parts), facts, form.draw),)


def plain(plan: Plan) -> bool:
    """Whether the order of a place is simply that of the tickets: no rules, and one place to each stratum."""
    strata = [place.stratum for place in plan.places]
    rules = plan.rules
    bound = any(i.bars or i.keep or i.chief or not i.stratum for i in plan.items)
    return len(set(strata)) == len(strata) and not (rules.adjacent or rules.apart or rules.distinct or bound)


def _worked(say: Say, form: DrawCheck, plan: Plan) -> tuple[Part, ...]:
    name = form.worked
    value = ticket(form.transcript.seed, name)
    return (
        Heading(say("reports.check.worked", id=name)),
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
        Note(_place_of(say, form, plan)),
        Note(say("reports.check.pitfalls"), SMALL),
    )


def _place_of(say: Say, form: DrawCheck, plan: Plan) -> str:
    """Why the worked one has its place."""
    if not plain(plan):
        return say("reports.check.step4_rules")
    place = next(p for p in form.places if form.worked in p.ids)
    before = order(form.transcript.seed, place.ids).index(form.worked)
    return say("reports.check.step4", room=place.title, lot=before + 1, before=before)


def _tickets(say: Say, form: DrawCheck, place: DrawPlace) -> Table:
    head = heads(say("reports.column.number_drawn"), say("reports.column.id"), say("reports.column.ticket"))
    rows = []
    for lot, name in enumerate(place.ids, 1):
        value = ticket(form.transcript.seed, name)
        bold = name == form.worked
        rows.append(
            Row(
                (
                    Cell(str(lot), bold=bold),
                    Cell(name, bold=bold, size=8, lines=1),
                    Cell(value, "left", bold=bold, size=8, lines=1),
                ),
                (("ticket", place.title, lot, name, value),),
            )
        )
    return Table((14, 56, 108), tuple(rows), (head,), height=6 * MM)


def _list(text: str) -> Table:
    """The list, line for line, down the columns; its digest is a fact already."""
    lines = text.splitlines()
    columns = 2 if max(map(len, lines)) > _LONG else 3
    deep = -(-len(lines) // columns)
    lines += [""] * (deep * columns - len(lines))
    rows = tuple(
        Row(tuple(Cell(line, "left", size=8, lines=1) for line in lines[at::deep])) for at in range(deep)
    )
    return Table((1.0,) * columns, rows, height=4.6 * MM)
