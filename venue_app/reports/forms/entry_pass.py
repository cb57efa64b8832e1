"""准考证: a page a candidate, to be brought on the day."""

from __future__ import annotations

from venue_app.reports.codes import modules
from venue_app.reports.forms.words import Say, heads, labelled, sayer, signatures
from venue_app.reports.ink import MM
from venue_app.reports.papers import EntryPass, EntryPasses
from venue_app.reports.parts import (
    BODY,
    SMALL,
    BesidePhoto,
    Cell,
    Fact,
    Heading,
    Note,
    Part,
    Row,
    Section,
    Table,
)


def compose(form: EntryPasses, language: str) -> tuple[Section, ...]:
    """A section for each pass."""
    say = sayer(language)
    return tuple(_page(say, form, one) for one in form.passes)


def _page(say: Say, form: EntryPasses, one: EntryPass) -> Section:
    facts: tuple[Fact, ...] = (("pass", one.number, one.name, one.sex, one.identity),)
    person = Table(
        (24, 40, 16, 28),
        (
            Row(labelled((say("cards.pass.name"), one.name), (say("cards.pass.sex"), one.sex))),
            Row(_wide(say("cards.pass.identity"), one.identity)),
            Row(_wide(say("cards.pass.number"), one.number)),
            Row(_wide(say("cards.pass.time"), "")),
        ),
        height=11 * MM,
    )
    posts = Table(
        (110, 68),
        tuple(
            Row((Cell(post, "left", lines=3), Cell(place, bold=True)), (("post", post, place),))
            for post, place in one.posts
        ),
        (heads(say("cards.pass.post"), say("cards.pass.room")),),
        height=9 * MM,
        gap=3 * MM,
    )
    rules = tuple(
        Note(f"{number}. {text}", BODY, gap=1.2 * MM, facts=(("rule", text),))
        for number, text in enumerate(form.rules, 1)
    )
    parts: tuple[Part, ...] = (
        BesidePhoto(person, modules(one.code), say("cards.pass.scan"), say("cards.pass.photo"), one.photo),
        posts,
        Heading(say("cards.pass.rules"), gap=4 * MM),
        *rules,
        signatures(say, "candidate", say("cards.pass.office")),
    )
    return Section(say("reports.title.entry_pass"), parts, facts, one.name)


def _wide(label: str, value: str) -> tuple[Cell, ...]:
    """A label and a value over the rest of the row."""
    return Cell(label, shade=True, size=SMALL), Cell(value, "left", span=3)
