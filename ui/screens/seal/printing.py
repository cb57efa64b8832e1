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
from PySide6.QtPrintSupport import QPrinter

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
    """Print whole files one after the other; returns how many pages. Not in the GUI thread.

    Raises `Known`: seal_screen.pdf_unreadable, seal_screen.printer_refused.
    """
    documents = [_opened(file) for file in files]
    total = sum(document.pageCount() for document in documents)
    painter = QPainter()
    if not painter.begin(printer):
        raise Known("seal_screen.printer_refused", printer=printer.printerName() or "PDF")
    done = 0
    try:
        for document in documents:
            for page in range(document.pageCount()):
                progress.report(done, total)
                if done and not printer.newPage():
                    raise Known("seal_screen.printer_refused", printer=printer.printerName() or "PDF")
                _draw(document, page, painter, printer)
                done += 1
    finally:
        painter.end()
        for document in documents:
            document.close()
    progress.report(done, total)
    return done


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
