"""Prints one file on one queue and says what became of it: run as a process of its own, beside a private CUPS.

python -m tests.ui.printqueue QUEUE FILE
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication

from ui.screens.seal.printing import new_printer, print_files
from ui.tasks import Progress
from venue_app.base.errors import Known


def main(queue: str, file: str) -> dict[str, object]:
    """Pages printed, or the code of the fault."""
    app = QApplication([])
    printer = new_printer()
    printer.setPrinterName(queue)
    printer.setOutputFormat(QPrinter.OutputFormat.NativeFormat)
    try:
        pages = print_files([Path(file)], printer, Progress(lambda _done, _total: None))
    except Known as fault:
        return {"known": fault.code, "printers": QPrinterInfo.availablePrinterNames()}
    app.processEvents()
    return {"pages": pages, "printers": QPrinterInfo.availablePrinterNames()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], sys.argv[2])) + "\n")
