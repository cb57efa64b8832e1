"""封存清单 and 封存标签: what is in each bag, and the label to be signed across the seal."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.reports.forms.words import Say, heads, labelled, sayer, signatures
from venue_app.reports.ink import MM
from venue_app.reports.papers import Bag, SealingLabels, SealingList
from venue_app.reports.parts import SMALL, Cell, Fact, Note, Part, Row, Section, Table
from venue_app.reports.text import grouped

_SIGNING = ("handing", "receiving", "supervisor", "notary")


def compose_list(form: SealingList, language: str) -> tuple[Section, ...]:
    """One section for all bags."""
    _some(form.bags)
    say = sayer(language)
    rows = tuple(row for bag in form.bags for row in _bag_rows(say, bag))
    head = heads(say("reports.sealing.what"), say("reports.sealing.count"), say("reports.sealing.mark"))
    parts: tuple[Part, ...] = (
        Note(say("reports.sealing.lead", count=len(form.bags)), gap=0),
        Table((88, 24, 66), rows, (head,), height=7.5 * MM, gap=2 * MM, keep=True),
        signatures(say, *_SIGNING),
    )
    return (Section(say("reports.title.sealing_list"), parts, (("bags", len(form.bags)),)),)


def compose_labels(form: SealingLabels, language: str) -> tuple[Section, ...]:
    """A page a bag."""
    _some(form.bags)
    say = sayer(language)
    return tuple(_label(say, bag, len(form.bags)) for bag in form.bags)


def _some(bags: tuple[Bag, ...]) -> None:
    if not bags or not all(bag.contents for bag in bags):
        raise Known("reports.empty", form="sealing")


def _bag_rows(say: Say, bag: Bag) -> list[Row]:
    title = say("reports.sealing.bag", number=bag.number, title=bag.title)
    fact: Fact = ("bag", bag.number, bag.title, bag.digest)

    def heading(text: str) -> Row:
        return Row((Cell(text, "left", bold=True, shade=True, span=3),), (fact,), keep=True)

    again = heading(say("reports.head.continued", title=title))
    lines = [
        Row(
            (Cell(one.what, "left"), Cell(one.count), Cell(one.mark, "left", size=8.5, lines=3)),
            (("in", one.what, one.count, one.mark),),
            under=again if at else None,
        )
        for at, one in enumerate(bag.contents)
    ]
    digest = say("reports.sealing.digest")
    lines.append(Row((Cell(digest, "left", size=SMALL), Cell(grouped(bag.digest), "left", size=8, span=2))))
    return [heading(title), *lines]


def _label(say: Say, bag: Bag, bags: int) -> Section:
    rows = [
        Row(
            labelled(
                (say("reports.sealing.number"), say("reports.sealing.of", number=bag.number, count=bags)),
                (say("reports.sealing.holds"), bag.title),
            ),
            (("bag", bag.number, bag.title, bag.digest),),
        )
    ]
    contents = tuple(
        Row(
            (Cell(one.what, "left", size=12), Cell(one.count, size=12)),
            (("in", one.what, one.count, one.mark),),
        )
        for one in bag.contents
    )
    parts: tuple[Part, ...] = (
        Table((28, 46, 28, 76), tuple(rows), size=14, height=14 * MM),
        Table(
            (138, 40),
            contents,
            (heads(say("reports.sealing.what"), say("reports.sealing.count")),),
            height=8 * MM,
            gap=3 * MM,
        ),
        Note(say("reports.sealing.digest_is", digest=grouped(bag.digest)), SMALL),
        Note(say("reports.sealing.across"), 13, boxed=True, bold=True, align="center", gap=4 * MM, keep=True),
        signatures(say, *_SIGNING),
    )
    context = say("reports.sealing.bag", number=bag.number, title=bag.title)
    return Section(say("reports.title.sealing_label"), parts, context=context)
