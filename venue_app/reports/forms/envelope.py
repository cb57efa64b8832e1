"""密封信封: one person's share, as a code and as words, to be folded into an envelope and sealed."""

from __future__ import annotations

from venue_app.reports.forms.words import Say, labelled, sayer, signatures
from venue_app.reports.ink import MM
from venue_app.reports.papers import Envelope, Envelopes
from venue_app.reports.parts import SMALL, Cell, Code, Fact, Heading, Note, Part, Row, Section, Table
from venue_app.reports.text import grouped

_ACROSS = 4


def compose(form: Envelopes, language: str) -> tuple[Section, ...]:
    """A page a person. The share itself is no fact of the page: only the paper knows it."""
    say = sayer(language)
    return tuple(_page(say, form, one) for one in form.envelopes)


def _page(say: Say, form: Envelopes, one: Envelope) -> Section:
    count = len(form.envelopes)
    rows = (
        Row(
            labelled(
                (say("reports.envelope.holder"), one.holder),
                (say("reports.envelope.number"), say("reports.envelope.of", number=one.number, count=count)),
            )
        ),
        Row(
            (
                Cell(say("reports.envelope.package"), shade=True, size=SMALL),
                Cell(form.label, "left"),
                Cell(say("reports.envelope.needed"), shade=True, size=SMALL),
                Cell(str(form.threshold), "left"),
            )
        ),
    )
    parts: tuple[Part, ...] = (
        Table((28, 61, 28, 61), rows, height=10 * MM),
        Note(say("reports.sealing.digest_is", digest=grouped(form.digest)), SMALL),
        Heading(say("reports.envelope.code")),
        Code(one.code),
        Heading(say("reports.envelope.words"), gap=2 * MM),
        _words(one),
        Note(say("reports.envelope.keep"), SMALL),
        signatures(say, "holder", "supervisor", "notary"),
    )
    facts: tuple[Fact, ...] = (
        ("envelope", form.label, form.digest, form.threshold, count, one.number, one.holder),
    )
    return Section(say("reports.title.envelope"), parts, facts, one.holder)


def _words(one: Envelope) -> Table:
    cells = [Cell(f"{at}. {word}", "left", size=SMALL) for at, word in enumerate(one.words, 1)]
    cells += [Cell("")] * (-len(cells) % _ACROSS)
    rows = tuple(Row(tuple(cells[at : at + _ACROSS])) for at in range(0, len(cells), _ACROSS))
    return Table((1.0,) * _ACROSS, rows, height=4.6 * MM)
