"""Printing a PDF by the system's printers: the dialog in the window, the pages beside it.

Each page is drawn at up to 300 dots an inch, A4 to A4. That the system took a page does not mean that paper came
out: whoever prints looks at the paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from ui.tasks import Progress
from venue_app.base.errors import Known

_DPI = 300
_POINTS_PER_INCH = 72


def new_printer() -> QPrinter:
    """A printer set to upright A4, the whole sheet, to be shown in the system's dialog."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    return printer


def print_files(files: Sequence[Path], printer: QPrinter, progress: Progress) -> int:
    """Print files one after the other, as pages of one document; returns how many pages. Not in the GUI thread.

    The range of pages and the copies chosen in the dialog are kept. Raises `Known`: seal_screen.pdf_unreadable,
    seal_screen.printer_refused, seal_screen.printer_stopped when the queue says that it stands, before or after.
    """
    documents = [_opened(file) for file in files]
    pages = _chosen(documents, printer)
    _ask_queue(printer)
    painter = QPainter()
    if not pages or not painter.begin(printer):
        raise Known("seal_screen.printer_refused", printer=_name(printer))
    done = 0
    try:
        for document, page in pages:
            progress.report(done, len(pages))
            if done and not printer.newPage():
                raise Known("seal_screen.printer_refused", printer=_name(printer))
            _draw(document, page, painter, printer)
            done += 1
    finally:
        painter.end()
        for one in documents:
            one.close()
    progress.report(done, len(pages))
    _ask_queue(printer)
    return done


def _chosen(documents: Sequence[QPdfDocument], printer: QPrinter) -> list[tuple[QPdfDocument, int]]:
    """The pages to print, in order; whole copies one after the other where the printer does not make them."""
    pages = [(document, page) for document in documents for page in range(document.pageCount())]
    if printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage():
        pages = pages[printer.fromPage() - 1 : max(printer.toPage(), printer.fromPage())]
    copies = 1 if printer.supportsMultipleCopies() else max(printer.copyCount(), 1)
    return pages * copies


def _ask_queue(printer: QPrinter) -> None:
    """Say so when the printer's queue stands: out of paper, switched off, paused."""
    if printer.outputFormat() is not QPrinter.OutputFormat.NativeFormat:
        return
    queue = QPrinterInfo(printer)
    if queue.isNull() or queue.state() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
        raise Known("seal_screen.printer_stopped", printer=_name(printer))


def _name(printer: QPrinter) -> str:
    return printer.printerName() or "PDF"


def _opened(file: Path) -> QPdfDocument:
    document = QPdfDocument()
    if document.load(str(file)) != QPdfDocument.Error.None_:
        raise Known("seal_screen.pdf_unreadable", file=file.name)
    return document


def _draw(document: QPdfDocument, page: int, painter: QPainter, printer: QPrinter) -> None:
    size = document.pagePointSize(page)
    dots = min(_DPI, printer.resolution())
    pixels = QSize(
        round(size.width() * dots / _POINTS_PER_INCH), round(size.height() * dots / _POINTS_PER_INCH)
    )
    image = document.render(page, pixels)
    white = QImage(pixels, QImage.Format.Format_RGB32)
    white.fill(0xFFFFFFFF)
    under = QPainter(white)
    under.drawImage(0, 0, image)
    under.end()
    sheet = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
    scale = min(sheet.width() / size.width(), sheet.height() / size.height())
    wide, high = size.width() * scale, size.height() * scale
    target = QRect(
        round((sheet.width() - wide) / 2), round((sheet.height() - high) / 2), round(wide), round(high)
    )
    painter.drawImage(target, white)
