"""The program's icon for Windows, macOS and Linux, from our one drawing. Called by `build.spec` and `make_deb.py`."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parents[1] / "web" / "icon.svg"
ICO_SIZES = [(n, n) for n in (16, 24, 32, 48, 64, 128, 256)]
LARGE = 1024  # what macOS asks of an .icns


def picture(size: int) -> Image.Image:
    """The drawing in `size` × `size` pixels, transparent around it."""
    image = QImage(size, size, QImage.Format.Format_RGBA8888)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return Image.frombytes("RGBA", (size, size), bytes(image.constBits()))


def write_icon(folder: Path, kind: str) -> Path:
    """The icon as `ico`, `icns` or `png` (256 pixels) in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"venue-app.{kind}"
    if kind == "ico":
        picture(256).save(path, sizes=ICO_SIZES)
    elif kind == "icns":
        picture(LARGE).save(path)
    else:
        picture(256).save(path)
    return path


if __name__ == "__main__":
    for each in ("ico", "icns", "png"):
        sys.stdout.write(f"{write_icon(Path('build'), each)}\n")
