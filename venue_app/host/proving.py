"""What a report says, held against the journal: its facts recomputed, its pages drawn again. Sentences: catalogue `audit`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from venue_app.base.errors import Known
from venue_app.base.i18n import say
from venue_app.domain.entries import EventCreated, ReportIssued
from venue_app.domain.nouns import Printing
from venue_app.domain.record import decode
from venue_app.host.drawing_again import frame_of, lay_again, modules, state_at
from venue_app.host.reporting import SOFTWARE
from venue_app.journal import Tree, leaf_hash
from venue_app.reports import Layout, draw, facts_of_pages
from venue_app.reports.models import PageFrame
from venue_app.seal.check import Check
from venue_app.seal.pages import PageCodes
from venue_app.seal.statement import PageStatement, read
from venue_app.state import ReportMark
from venue_app.state.issued import superseded_by

_KIND = b'"kind":"report.issued"'


@dataclass(frozen=True, slots=True)
class _Issued:
    """The print that is checked, among all reports the journal knows."""

    mark: ReportMark
    printing: Printing
    all: tuple[ReportMark, ...]


def report_checks(codes: Sequence[PageCodes], pdf: bytes | None, entries: Sequence[bytes]) -> Iterator[Check]:
    """Whether each page says what the journal gives, and whether the file is the one that was recorded.

    `codes` are the codes read from the pages, `pdf` the file itself, None for a photograph or a scan.
    """
    said = _statements(codes)
    if not said:
        return
    first = next(iter(said.values()))[0]
    opening = decode(entries[0]).data if entries else None
    if not isinstance(opening, EventCreated) or opening.event != first.event:
        return  # that it belongs elsewhere is told by the checks of its codes
    marks = tuple(_issued(entries))
    found = _which(marks, first, pdf)
    if found is None:
        open_end = len(entries) <= first.size
        yield Check("audit.report_known", None if open_end else False, {"serial": first.serial})
        return
    if found.printing is None:
        if pdf is not None and hashlib.sha256(pdf).hexdigest() == found.sha256:
            yield Check("audit.report_known", True, {"serial": first.serial, "form": found.form})
            yield Check("audit.report_file", True, {"serial": first.serial})
        else:
            yield Check("audit.report_known", None, {"serial": first.serial})
        return
    issued = _Issued(found, found.printing, marks)
    yield Check("audit.report_known", True, {"serial": first.serial, "form": found.form})
    try:
        yield from _recomputed(issued, said, codes, pdf, entries)
    except (Known, KeyError, AssertionError, ValueError) as fault:
        why = say(fault) if isinstance(fault, Known) else repr(fault)
        yield Check("audit.report_facts", _unless_other(issued, ok=False), {"pages": why})
    newer = superseded_by(marks, found)
    if newer:
        yield Check("audit.report_newest", None, {"serial": found.serial, "newer": newer})


def _statements(codes: Sequence[PageCodes]) -> dict[int, tuple[PageStatement, str]]:
    """What each sheet in the file says of itself, by its place in the file. What is no statement is told elsewhere."""
    found = {}
    for page in codes:
        for text in page.texts:
            try:
                found[page.page] = (read(text, None).statement, text)
            except Known:
                continue
    return found


def _issued(entries: Sequence[bytes]) -> Iterator[ReportMark]:
    for raw in entries:
        if _KIND in raw:
            record = decode(raw)
            fact = record.data
            if isinstance(fact, ReportIssued):
                yield ReportMark(
                    form=fact.form,
                    serial=fact.serial,
                    pages=fact.pages,
                    sha256=fact.sha256,
                    at=record.at,
                    printing=fact.printing,
                )


def _which(marks: Sequence[ReportMark], said: PageStatement, pdf: bytes | None) -> ReportMark | None:
    """The print with this very file, else the newest of this serial that speaks of the same moment."""
    same = [m for m in marks if str(m.serial) == said.serial and _form(m, said)]
    digest = "" if pdf is None else hashlib.sha256(pdf).hexdigest()
    return next((m for m in same if m.sha256 == digest), same[-1] if same else None)


def _form(mark: ReportMark, said: PageStatement) -> bool:
    return mark.form == said.form or mark.form.startswith(f"{said.form}-")


def _recomputed(
    issued: _Issued,
    said: dict[int, tuple[PageStatement, str]],
    codes: Sequence[PageCodes],
    pdf: bytes | None,
    entries: Sequence[bytes],
) -> Iterator[Check]:
    printing = issued.printing
    state = state_at(entries, printing.size)
    root = Tree(leaf_hash(entry) for entry in entries[: printing.size]).root()
    layout = lay_again(state, issued.mark.form, printing)
    frame = frame_of(state, root, issued.mark.serial, printing)
    facts = facts_of_pages(layout, frame)
    wrong = [
        at
        for at, (one, _) in said.items()
        if not 1 <= one.page <= len(facts)
        or one.digest != facts[one.page - 1].digest
        or (one.size, one.pages) != (printing.size, len(facts))
    ]
    ok = None if wrong and _unless_other(issued, ok=False) is None else not wrong
    yield Check("audit.report_facts", ok, {"pages": _list(wrong), "count": len(said), "size": printing.size})
    if pdf is not None:
        yield _file(issued, layout, frame, codes, pdf)


def _unless_other(issued: _Issued, *, ok: bool) -> bool | None:
    """Another version of the program may word a page differently: then nothing is disproved."""
    return ok if issued.printing.software == SOFTWARE else None


def _file(issued: _Issued, layout: Layout, frame: PageFrame, codes: Sequence[PageCodes], pdf: bytes) -> Check:
    """The file is the one recorded; if it is not, which pages are not what the journal gives."""
    if hashlib.sha256(pdf).hexdigest() == issued.mark.sha256:
        return Check("audit.report_file", True, {"serial": issued.mark.serial})
    texts = {page.page: page.texts[0] for page in codes if len(page.texts) == 1}
    unread = [number for number in range(1, len(layout.pages) + 1) if number not in texts]
    again = draw(layout, frame=frame, statement=lambda page, _n, _d: texts.get(page, "0"), qr=modules)
    other = sorted({*unread, *altered_pages(again, pdf)})
    if not other:
        return Check("audit.report_other_bytes", False, {"serial": issued.mark.serial})
    return Check("audit.report_file", False, {"pages": _list(other), "serial": issued.mark.serial})


def altered_pages(expected: bytes, found: bytes) -> list[int]:
    """Pages of `found` whose drawing differs from that in `expected`, a file the renderer made."""
    contents = re.findall(rb"/Contents (\d+) 0 R", expected)
    return [
        page for page, number in enumerate(contents, 1) if _object(expected, number) != _object(found, number)
    ]


def _object(pdf: bytes, number: bytes) -> bytes:
    """The object with this number as it stands in the file the renderer wrote, before what a signature adds."""
    start = pdf.find(b"\n" + number + b" 0 obj\n")
    end = pdf.find(b"endstream", start)
    return pdf[start:end] if start >= 0 else b""


def _list(pages: Sequence[int]) -> str:
    return ", ".join(map(str, pages))
