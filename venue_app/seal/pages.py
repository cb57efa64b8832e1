"""Reading the codes back from a report file, and comparing them with the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from venue_app.base.errors import Known
from venue_app.seal import statement
from venue_app.seal.check import Check
from venue_app.seal.evidence import Evidence
from venue_app.seal.statement import PageStatement, Reading, Verdict

_DPIS = (200, 300)
_MAX_PAGES = 2000
_MAX_PIXELS = 40_000_000


@dataclass(frozen=True, slots=True)
class PageCodes:
    """The codes of ours on one page (numbered from 1), as their texts."""

    page: int
    texts: tuple[str, ...]


def codes_on_pages(
    file: bytes, progress: Callable[[int, int], None] | None = None, *, prefix: str = statement.PREFIX
) -> list[PageCodes]:
    """Read the codes on each page of a PDF, or in a picture (PNG, JPEG), as a camera would.

    A page is drawn at 200 dpi, and at 300 where nothing was read. Codes without `prefix` are passed over.
    `progress` is told (page, pages). Raises `ValueError` for what cannot be drawn.
    """
    if not file[:1024].count(b"%PDF-"):
        return [PageCodes(1, _ours(_picture(file), prefix))]
    import pypdfium2

    found = []
    try:
        document = pypdfium2.PdfDocument(file)
        count = len(document)
        if count > _MAX_PAGES:
            raise ValueError("more pages than any report has")
        for number in range(count):
            texts: tuple[str, ...] = ()
            for dpi in _DPIS:
                texts = texts or _ours(_drawn(document[number], dpi), prefix)
            found.append(PageCodes(number + 1, texts))
            if progress is not None:
                progress(number + 1, count)
    except pypdfium2.PdfiumError as error:
        raise ValueError("not a PDF that can be drawn") from error
    return found


def _drawn(page: Any, dpi: int) -> Any:
    width, height = page.get_size()
    scale = min(dpi / 72, (_MAX_PIXELS / max(width * height, 1)) ** 0.5)
    return page.render(scale=scale, grayscale=True).to_pil()


def _picture(file: bytes) -> Any:
    from PIL import Image, ImageOps

    try:
        picture = Image.open(BytesIO(file), formats=("PNG", "JPEG"))
        if picture.width * picture.height > 4 * _MAX_PIXELS:
            raise ValueError("a picture larger than any scan")
        return ImageOps.exif_transpose(picture).convert("L")
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError("not a picture that can be read") from error


def _ours(image: Any, prefix: str) -> tuple[str, ...]:
    """Our codes in a picture. A soft or speckled scan is read again at half its size, which averages it out."""
    import zxingcpp

    wanted = zxingcpp.barcode_formats_from_str("QRCode")
    for shrink in (1, 2):
        seen = image if shrink == 1 else image.reduce(shrink)
        read = zxingcpp.read_barcodes(seen, wanted, text_mode=zxingcpp.TextMode.Plain)
        ours = sorted({code.text for code in read if code.text.startswith(prefix)})
        if ours:
            return tuple(ours)
    return ()


def by_report(pages: Sequence[PageCodes]) -> list[list[PageCodes]]:
    """The codes of a scan apart by the report they name, one code to an item."""
    groups: dict[tuple[str, str, str], list[PageCodes]] = {}
    for page in pages:
        for text in page.texts:
            try:
                said = statement.read(text, None).statement
            except Known:
                continue
            groups.setdefault((said.event, said.form, said.serial), []).append(PageCodes(page.page, (text,)))
    return list(groups.values())


def scan_checks(pages: Sequence[PageCodes], evidence: Evidence | None) -> Iterator[Check]:
    """What codes read from paper prove: whose they are, and which page of which report each is."""
    missing = [page.page for page in pages if not page.texts]
    found = any(page.texts for page in pages)
    yield Check("seal.check.codes", None if missing else True, {"pages": _list(missing), "count": len(pages)})
    if not found:
        return
    readings = _readings(pages, evidence)
    if isinstance(readings, Check):
        yield readings
        return
    yield _signatures(readings, evidence)
    for group in by_report(pages):
        said = [statement.read(page.texts[0], None).statement for page in group]
        first = said[0]
        listed = _list(sorted({one.page for one in said}))
        params = {"serial": first.serial, "form": first.form, "pages": listed, "count": first.pages}
        yield Check("seal.check.scanned", True, params)
        yield from _history(said, evidence)


def page_checks(pages: list[PageCodes], evidence: Evidence | None) -> Iterator[Check]:
    """What the codes on a report's pages prove, with or without an event to compare them with."""
    missing = [page.page for page in pages if not page.texts]
    doubled = [page.page for page in pages if len(page.texts) > 1]
    if doubled or not pages:
        yield Check("seal.check.codes", False, {"pages": _list(doubled)})
        return
    yield Check("seal.check.codes", None if missing else True, {"pages": _list(missing), "count": len(pages)})
    readings = _readings(pages, evidence)
    if isinstance(readings, Check):
        yield readings
        return
    if readings:
        yield _signatures(readings, evidence)
        yield _numbering(readings, len(pages))
        yield from _history([reading.statement for _, reading in readings], evidence)


def _readings(pages: Sequence[PageCodes], evidence: Evidence | None) -> list[tuple[int, Reading]] | Check:
    """Every code of the pages, each with its page; or the check that failed at the first that is no code of ours."""
    found: list[tuple[int, Reading]] = []
    for page in pages:
        for text in page.texts:
            try:
                reading = statement.read(text, None)
                if evidence is not None:
                    reading = statement.read(text, evidence.public_at(reading.statement.size))
                found.append((page.page, reading))
            except Known:
                return Check("seal.check.code_text", False, {"pages": str(page.page)})
    return found


def _list(pages: list[int]) -> str:
    return ", ".join(map(str, pages))


def _signatures(readings: list[tuple[int, Reading]], evidence: Evidence | None) -> Check:
    if evidence is None:
        return Check("seal.check.page_signatures", None)
    wrong = [page for page, reading in readings if reading.verdict is not Verdict.VALID]
    return Check("seal.check.page_signatures", not wrong, {"pages": _list(wrong), "count": len(readings)})


def _numbering(readings: list[tuple[int, Reading]], pages: int) -> Check:
    """Every code says which page of how many it is on, of one report; each page has its own digest."""
    first = readings[0][1].statement
    same = (first.event, first.form, first.serial, first.size, first.root, first.at, first.mode)
    wrong = [
        page
        for page, reading in readings
        for said in [reading.statement]
        if (said.event, said.form, said.serial, said.size, said.root, said.at, said.mode) != same
        or (said.page, said.pages) != (page, pages)
    ]
    params = {"pages": _list(wrong), "count": pages, "serial": first.serial}
    return Check("seal.check.numbering", not wrong, params)


def _history(said: list[PageStatement], evidence: Evidence | None) -> Iterator[Check]:
    """The report belongs to the event, and its journal head lies in the journal's history."""
    if evidence is None:
        yield Check("seal.check.same_event", None)
        return
    strange = next((one for one in said if (one.event, one.mode) != (evidence.event, evidence.mode)), None)
    yield Check("seal.check.same_event", strange is None, {"event": evidence.event})
    if strange is not None:
        return
    false = next((one for one in said if evidence.root_at(one.size) != one.root), None)
    yield Check("seal.check.history", false is None, {"size": (false or said[0]).size})
