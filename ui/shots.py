"""Pictures of widgets and screens, for the eye and for comparison.

    shoot(widget, "room-board", (1366, 768), "zh-CN", Theme(), folder)

Offscreen, Fusion style and the bundled typeface give the same bytes each time. A picture of a
4K screen is made by starting with QT_SCALE_FACTOR=2 and a size of 1920 by 1080.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from ui import theme, words

SIZES = {"1366x768": (1366, 768), "1920x1080": (1920, 1080)}


def shoot(
    widget: QWidget,
    name: str,
    size: tuple[int, int] | None,
    lang: str,
    look: theme.Theme,
    out_dir: Path,
) -> Path:
    """Show `widget` offscreen at `size` (its own size hint when None) and save what is seen.

    Returns the file, `<name>-<lang>-<theme>.png` in `out_dir`, which is made if missing.
    """
    words.switch(lang)
    theme.use(look)
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, True)
    widget.ensurePolished()
    if size is None:
        widget.adjustSize()
    else:
        widget.resize(*size)
    widget.show()
    settle()
    picture = grab(widget)
    out_dir.mkdir(parents=True, exist_ok=True)
    file = out_dir / f"{name}-{lang}-{look.name}{'-large' if look.large else ''}.png"
    if not picture.save(str(file)):
        raise OSError(f"cannot write {file}")
    return file


def settle() -> None:
    """Let layouts and queued deliveries finish."""
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def grab(widget: QWidget) -> QPixmap:
    """What the widget shows now, at the screen's own sharpness."""
    return widget.grab()
