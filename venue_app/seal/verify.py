"""The verifier: an event file, a bundle or a report file, checked from its bytes alone.

It says what is proved, what is disproved, and what cannot be proved from what is
at hand. Truncation and rollback pass every check inside a file, so the newest
head that somebody noted outside always has to be asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from venue_app.base.errors import Known
from venue_app.base.i18n import say
from venue_app.domain.record import Record
from venue_app.journal import copy, leaf_hash, short_head
from venue_app.journal.faults import known
from venue_app.journal.raw import read_raw
from venue_app.seal import bundle, evidence, pages, pdfsign
from venue_app.seal.against import against_checks
from venue_app.seal.bundle import Bundle
from venue_app.seal.check import Check, Verdict
from venue_app.seal.evidence import Evidence, NotedHead
from venue_app.seal.keys import verify_manifest
from venue_app.seal.pages import PageCodes
from venue_app.seal.pdfsign import PdfState

Extra = Callable[[Sequence[bytes], Sequence[Record] | None], Iterable[Check]]
"""Further checks of the meaning of the entries (results recomputed, draw recomputed, receipts): of their bytes, with the
same as records where all of them can be read."""

ReportExtra = Callable[[Sequence[PageCodes], bytes | None, Sequence[bytes]], Iterable[Check]]
"""Further checks of what the pages of a report say: codes read, the file unless it is a picture, entries."""

Progress = Callable[[int, int], None]

_JOURNAL_LIMITS = ("seal.limit.outside", "seal.limit.time", "seal.limit.ink")
_PDF_LIMITS = ("seal.limit.copy", "seal.limit.time", "seal.limit.ink")
_MAX_PDF = 256 << 20


def verify_file(
    path: Path,
    *,
    event: Path | Sequence[bytes] | None = None,
    head: str | None = None,
    extra: Extra | None = None,
    report: ReportExtra | None = None,
    progress: Progress | None = None,
    against: Path | None = None,
) -> Verdict:
    """Check one file. It is told from its first bytes whether it is an event file, a bundle or a PDF.

    `event` is what a PDF is compared with: an event file or bundle, or the entries of an open journal; `head` the journal head somebody noted
    outside (`1234/AB12 CD34`); `against` another record of the event (an earlier host's), to see where they part; `extra` adds checks of meaning, `report` those of a report's pages. Faults of the file itself are answers, not
    errors; only `seal.bad_head` for an unreadable `head` is raised, and `seal.unknown_file`.
    """
    noted = _noted(head)
    try:
        kind = _kind(path)
        if kind in ("pdf", "scan"):
            return _verify_pdf(path, event, noted, report, progress)
        checks, found, records = _journal_checks(path, kind)
        checks += _common_checks(found, noted, extra, records)
        if against is not None:
            checks += _against(found, against)
        return Verdict(path.name, kind, tuple(checks), _JOURNAL_LIMITS)
    except Known as error:
        if error.code == "seal.unknown_file":
            raise
        return Verdict(path.name, "unreadable", (_unreadable(error),))


def verify_bundle(opened: Bundle, file: str, *, extra: Extra | None = None, reports: bool = True) -> Verdict:
    """Check a bundle that has been read already; `file` is what it is called. As `verify_file` of its file.

    Without `reports` the signatures in report files are left unchecked; nothing is said of them.
    """
    read, records = evidence.read_entries(opened.entries)
    found = evidence.gather(opened.entries, records)
    checks = list(_bundle_checks(opened, found, read))
    if reports:
        checks.append(_reports(opened, found))
    checks += _common_checks(found, None, extra, records)
    return Verdict(file, "bundle", tuple(checks), _JOURNAL_LIMITS)


def verify_entries(
    name: str,
    entries: Sequence[bytes],
    checkpoints: Sequence[bytes],
    *,
    head: str | None = None,
    extra: Extra | None = None,
) -> Verdict:
    """Check the entries and signed notes of an open journal, without its file."""
    read, records = evidence.read_entries(entries)
    found = evidence.gather(entries, records)
    checks = [
        read,
        *evidence.keys_checks(found),
        *evidence.checkpoint_checks(found, checkpoints),
        *_common_checks(found, _noted(head), extra, records),
    ]
    return Verdict(name, "event", tuple(checks), _JOURNAL_LIMITS)


def _against(found: Evidence, path: Path) -> Iterator[Check]:
    """The other record is checked for itself, then held beside this one."""
    checks, other, _records = _journal_checks(path, _kind(path))
    good = all(check.ok is not False for check in checks)
    yield Check("seal.check.event_file", good, {"file": path.name})
    yield from against_checks(found, other, path.name)


def _unreadable(error: Known) -> Check:
    return Check("seal.check.readable", False, {"why": say(error)})


def _noted(head: str | None) -> NotedHead | None:
    if head is None:
        return None
    found = evidence.noted_head(head)
    if found is None:
        raise Known("seal.bad_head", head=head)
    return found


def _kind(path: Path) -> str:
    with known(path), path.open("rb") as handle:
        start = handle.read(1024)
    if start.startswith(b"SQLite format 3\x00"):
        return "event"
    if start.startswith(b"PK"):
        return "bundle"
    if start.startswith(copy.START):
        return "copy"
    if start.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return "scan"
    if b"%PDF-" in start:
        return "pdf"
    raise Known("seal.unknown_file", file=path.name)


def _common_checks(
    found: Evidence, noted: NotedHead | None, extra: Extra | None, records: Sequence[Record] | None
) -> list[Check]:
    checks = [evidence.head_check(found, noted)]
    if extra is not None:
        checks += extra(found.entries, records)
    return checks


_Read = tuple[list[Check], Evidence, Sequence[Record] | None]


def _journal_checks(path: Path, kind: str) -> _Read:
    """The checks of a file that holds a journal, the evidence in it, and its entries as records."""
    if kind == "event":
        return _event_checks(path)
    if kind == "copy":
        return _copy_checks(path)
    opened = bundle.read(path)
    entries, records = evidence.read_entries(opened.entries)
    found = evidence.gather(opened.entries, records)
    return [*_bundle_checks(opened, found, entries), _reports(opened, found)], found, records


def _copy_checks(path: Path) -> _Read:
    """A second copy: it may end anywhere, and says so."""
    with known(path):
        read = copy.read_copy(path.read_bytes())
    entries, records = evidence.read_entries(read.entries)
    found = evidence.gather(read.entries, records)
    checks = [
        Check("seal.check.copy_end", None if read.torn else True, {"torn": read.torn}),
        entries,
        *evidence.keys_checks(found),
        *evidence.checkpoint_checks(found, read.notes),
    ]
    return checks, found, records


def _event_checks(path: Path) -> _Read:
    raw = read_raw(path)
    entries, records = evidence.read_entries(raw.entries)
    found = evidence.gather(raw.entries, records)
    leaves = [leaf_hash(entry) for entry in raw.entries]
    whole = raw.sound and raw.leaves == leaves and raw.numbers == list(range(len(leaves)))
    root = found.tree.root()
    checks = [
        Check("seal.check.file", whole, {"seq": _first_wrong(raw.leaves, leaves, raw.numbers)}),
        entries,
        Check("seal.check.root", raw.head == (len(leaves), root), _head(found)),
        *evidence.keys_checks(found),
        *evidence.checkpoint_checks(found, raw.checkpoints),
    ]
    return checks, found, records


def _first_wrong(stored: Sequence[bytes], leaves: Sequence[bytes], numbers: Sequence[int]) -> str:
    """The number of the first entry that is not what was stored; a dash where it is the file around them."""
    for at, (one, other) in enumerate(zip(stored, leaves, strict=True)):
        if one != other or numbers[at] != at:
            return str(at)
    return "—"


def _head(found: Evidence) -> dict[str, object]:
    return {"size": found.tree.size, "head": short_head(found.tree.root())}


def _bundle_checks(opened: Bundle, found: Evidence, entries: Check) -> Iterator[Check]:
    manifest = opened.manifest
    yield Check("seal.check.members", True, {"count": len(manifest.members)})
    yield entries
    same = (manifest.journal.size, manifest.journal.root) == (found.tree.size, found.tree.root().hex())
    yield Check("seal.check.root", same, _head(found))
    yield from evidence.keys_checks(found)
    public = found.public_at(found.tree.size)
    signed = (
        public is not None
        and manifest.key == public.hex()
        and (manifest.event, manifest.mode) == (found.event, found.mode)
        and verify_manifest(opened.manifest_bytes, opened.signature, public)
    )
    yield Check("seal.check.manifest", signed)
    yield from evidence.checkpoint_checks(found, opened.checkpoints)


def _reports(opened: Bundle, found: Evidence) -> Check:
    """Whether every report in the bundle carries the announced signature over the whole of it."""
    names = sorted(name for name in opened.files if name.startswith("reports/"))
    states = {name: pdfsign.verify_pdf(opened.files[name]) for name in names}
    wrong = [
        name
        for name, verdict in states.items()
        if verdict.state is not PdfState.VALID or verdict.certificate not in found.certificates
    ]
    ok = None if not names else not wrong
    return Check("seal.check.reports", ok, {"count": len(names), "names": ", ".join(wrong)})


def _verify_pdf(
    path: Path,
    event: Path | Sequence[bytes] | None,
    noted: NotedHead | None,
    report: ReportExtra | None,
    progress: Progress | None,
) -> Verdict:
    checks: list[Check] = []
    found: Evidence | None = None
    if isinstance(event, Path):
        journal_checks, found, _records = _journal_checks(event, _kind(event))
        good = all(check.ok is not False for check in journal_checks)
        checks.append(Check("seal.check.event_file", good, {"file": event.name}))
    elif event is not None:
        found = evidence.gather(event)
    if found is not None:
        checks.append(evidence.head_check(found, noted))
    with known(path):
        if path.stat().st_size > _MAX_PDF:
            raise Known("seal.unknown_file", file=path.name)
        pdf = path.read_bytes()
    scan = not pdf.startswith(b"%PDF-")
    signed = [] if scan else list(_signature_checks(pdf, found))
    checks += signed
    scan = scan or [check.ok for check in signed] == [None]
    try:
        codes = pages.codes_on_pages(pdf, progress)
        if scan:
            checks += _scanned(codes, found, report)
        else:
            checks += pages.page_checks(codes, found)
            if report is not None and found is not None:
                checks += report(codes, pdf, found.entries)
    except ValueError:
        checks.append(Check("seal.check.codes", False, {"pages": ""}))
    return Verdict(path.name, "scan" if scan else "pdf", tuple(checks), _PDF_LIMITS)


def _scanned(
    codes: Sequence[PageCodes], found: Evidence | None, report: ReportExtra | None
) -> Iterator[Check]:
    """The checks of photographs or a scan: any pages of any reports, in any order."""
    yield from pages.scan_checks(codes, found)
    if report is not None and found is not None:
        for group in pages.by_report(codes):
            yield from report(group, None, found.entries)


def _signature_checks(pdf: bytes, found: Evidence | None) -> Iterator[Check]:
    verdict = pdfsign.verify_pdf(pdf)
    if verdict.state is PdfState.NOT_SIGNED:
        yield Check("seal.check.pdf_signature", None)
        return
    if verdict.state is PdfState.NOT_WHOLE:
        yield Check("seal.check.pdf_whole", False)
        return
    yield Check("seal.check.pdf_signature", verdict.state is PdfState.VALID)
    if verdict.state is not PdfState.VALID:
        return
    if found is None:
        yield Check("seal.check.pdf_signer", None)
    else:
        yield Check("seal.check.pdf_signer", verdict.certificate in found.certificates)
