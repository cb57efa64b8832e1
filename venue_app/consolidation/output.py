"""The consolidated results written down: canonical JSON, a workbook, CSV, and the list to be signed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import wait
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from venue_app import __version__
from venue_app.base.canonical import canonical
from venue_app.base.clock import Clock, SystemClock, zone_minutes
from venue_app.base.errors import Known
from venue_app.base.i18n import language, tr_in
from venue_app.consolidation import crew as hands
from venue_app.consolidation.crew import Crew
from venue_app.consolidation.merging import Consolidated, apart_note, plain
from venue_app.host.drawing_again import modules
from venue_app.journal.faults import known
from venue_app.reports import draw, lay
from venue_app.reports.consolidated import ConsolidatedList, ListedLine, SourceLine
from venue_app.reports.fill.common import PlanWords, local
from venue_app.reports.fill.outcome import shortlist_rule
from venue_app.reports.models import PageFrame
from venue_app.rules import rounds_of
from venue_app.rules.number import text
from venue_app.seal.keys import VenueKeys
from venue_app.seal.pdfsign import sign_pdf
from venue_app.seal.statement import PageStatement
from venue_app.tables.catalogue import write_tables
from venue_app.tables.model import Row, Table, exact, json, shown, table

NAME = "consolidated"
SOFTWARE = f"venue-app {__version__}"
_PEOPLE = (
    "post rank:integer name identity venue room lot:integer composite:decimal composite_text outcome "
    "parameters:json provisional:boolean mode"
)


@dataclass(frozen=True, slots=True)
class Made:
    """What was written, the JSON first, and the JSON's SHA-256 (hex)."""

    files: tuple[Path, ...]
    sha256: str


def write(
    whole: Consolidated,
    keys: VenueKeys,
    folder: Path,
    clock: Clock | None = None,
    crew: Crew | None = None,
) -> Made:
    """All files of a consolidation in `folder`, made if it is not there; each whole or not at all.

    The list is signed by this laptop. A `crew` that is there already writes the workbook meanwhile, which takes as long
    as all else. Raises `Known`: reporting.folder, consolidate.process_lost, journal.disk_full and the like, reports.*.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Known("reporting.folder", folder=str(folder), reason=error.strerror or str(error)) from error
    at = (clock or SystemClock()).wall_ms()
    tables = list(tables_of(whole))
    results, pdf = folder / f"{NAME}.json", folder / f"{NAME}.pdf"
    with known(folder):
        beside = TemporaryDirectory(prefix=f".{NAME}-", dir=folder, ignore_cleanup_errors=True)
    with hands.whole(), beside as apart:
        book = (crew or Crew()).give(partial(write_tables, tables, "xlsx", Path(apart), NAME, language()))
        try:
            data = canonical(plain(whole)) + b"\n"
            digest = sha256(data).hexdigest()
            drawn = sign_pdf(_drawn(whole, keys, digest, at), keys, at)
            texts = write_tables(tables, "csv", folder, NAME, language())
        finally:
            wait((book,))
        # A list or a workbook that cannot be made leaves no results behind that look as if they were finished.
        books = [_moved(path, folder / path.name) for path in book.result()]
        _put(pdf, drawn)
        _put(results, data)
    return Made((results, pdf, *books, *texts), digest)


def _moved(path: Path, target: Path) -> Path:
    with known(target):
        return path.replace(target)


def _put(target: Path, data: bytes) -> None:
    part = target.with_name(target.name + ".part")
    with known(target):
        try:
            part.write_bytes(data)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


def tables_of(whole: Consolidated) -> Iterator[Table]:
    """The ranking, the components, the posts, and the bundles it all rests on."""
    results = whole.results
    entries = sorted(results.entries.values(), key=lambda r: (r.post, r.rank is None, r.rank or 0, r.entry))
    yield table("ranking", _PEOPLE, (_person(whole, r.entry) for r in entries))
    parts = [c.id for c in whole.scheme.components]
    yield table(
        "consolidated_components",
        "post name identity component value:decimal value_text",
        (
            (r.post, whole.people[r.entry].name, whole.people[r.entry].identity, c, exact(r.values[c]), shown(r.values[c]))
            for r in entries
            for c in parts
        ),
    )  # fmt: skip
    yield table(
        "post_results",
        "post outcome entries:integer places:integer passed_count:integer waiting_count:integer",
        (
            (p.post, p.outcome.code, p.entries, p.places, len(p.passed), len(p.waiting))
            for p in results.posts.values()
        ),
    )
    yield table(
        "bundles",
        "venue title file sha256 event entries:integer journal_size:integer journal_root key closed_at:time "
        "not_proved:json",
        (
            (
                p.venue, p.title, p.file, p.sha256, p.event, len(p.people), p.size, p.root, p.key, p.closed_at,
                json(p.open_points),
            )
            for p in whole.parts
        ),
    )  # fmt: skip


def _person(whole: Consolidated, entry: str) -> Row:
    who, found = whole.people[entry], whole.results.entries[entry]
    return (
        who.post, found.rank, who.name, who.identity, who.venue, who.room, who.lot or None, exact(found.composite),
        shown(found.composite), found.outcome.code, json(found.outcome.params), found.provisional,
        whole.mode,
    )  # fmt: skip


# ---- the list to be signed ----


def listed(whole: Consolidated, digest: str) -> ConsolidatedList:
    """Who passes the first round, by post and rank, as the form prints it; `digest` is that of the results file."""
    words = PlanWords(whole.scheme)
    first = rounds_of(whole.scheme)[0].id
    lines = []
    for post in whole.results.posts.values():
        standing = post.rounds.get(first)
        for entry in standing.passed if standing else ():
            lines.append(_line(whole, words, entry, first))
    waiting = sum(len(post.waiting) for post in whole.results.posts.values())
    return ConsolidatedList(
        rule=shortlist_rule(words),
        lines=tuple(lines),
        sources=tuple(
            SourceLine(
                venue=part.venue,
                entries=len(part.people),
                journal_size=part.size,
                journal_head=part.root,
                sha256=part.sha256,
                remark=part.title if part.title not in (part.venue, whole.title) else "",
            )
            for part in whole.parts
        ),
        entries=len(whole.people),
        results_sha256=digest,
        provisional=words.say("waiting", count=waiting) if waiting else "",
        notes=tuple(_notes(whole)),
    )


def _line(whole: Consolidated, words: PlanWords, entry: str, first: str) -> ListedLine:
    who, found = whole.people[entry], whole.results.entries[entry]
    lot = words.say("lot_of_room", room=who.room, lot=who.lot) if who.lot else ""
    return ListedLine(
        post=who.post,
        rank=found.rounds[first].rank or 0,
        name=who.name,
        heard=f"{who.venue} {lot}".strip(),
        composite="" if found.composite is None else text(found.composite),
    )


def _notes(whole: Consolidated) -> Iterator[str]:
    """What a reader must know of the sources, in the forms' language."""
    lang = whole.scheme.language
    if not whole.listed:
        yield tr_in(lang, "consolidate.note.not_listed")
    for one in whole.differences:
        yield tr_in(lang, "consolidate.note.other_words", count=len(one.files), parts=", ".join(one.parts))
    if apart := apart_note(whole, lang):
        yield apart
    left = sum("consolidate.check.left" in part.open_points for part in whole.parts)
    if left:
        yield tr_in(lang, "consolidate.note.left", count=left)


def _drawn(whole: Consolidated, keys: VenueKeys, digest: str, at: int) -> bytes:
    form = listed(whole, digest)
    lang = whole.scheme.language
    size = sum(part.size for part in whole.parts)
    frame = PageFrame(
        event=whole.title,
        mode=whole.mode,
        place=tr_in(lang, "consolidate.print.places", count=len({part.venue for part in whole.parts})),
        date=f"{local(at, zone_minutes(at)):%Y-%m-%d}",
        language=lang,
        serial=1,
        reprint=0,
        journal_size=size,
        journal_head=whole.basis,
        software=SOFTWARE,
        key=keys.announced()["ed25519"],
        sources=len(whole.parts),
    )

    def statement(page: int, pages: int, facts: bytes) -> str:
        return keys.sign_page(
            PageStatement(
                event=whole.basis[:32],
                form=NAME,
                serial="1",
                page=page,
                pages=pages,
                digest=facts,
                numbers=(),
                size=size,
                root=bytes.fromhex(whole.basis),
                at=at,
                mode=whole.mode,
            )
        )

    return draw(lay(form, lang), frame=frame, statement=statement, qr=modules)
