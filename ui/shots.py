"""Pictures of widgets and screens, for the eye and for comparison.

    shoot(widget, "room-board", (1366, 768), "zh-CN", Theme(), folder)
    python -m ui.shots FOLDER [NAME …] [--langs zh-CN,en] [--themes light,dark] [--size 1366x768]

A screen that wants pictures puts `SHOTS: dict[str, Callable[[], QWidget]]` into
`ui/screens/<screen>/shots.py`; each maker builds a fresh widget full of made-up data.
Offscreen, Fusion style and the bundled typeface give the same bytes each time. A picture for a
4K screen is made by starting with QT_SCALE_FACTOR=2 and a size of 1920x1080.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import pkgutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from ui import screens, theme, words
from venue_app.base import i18n

Maker = Callable[[], QWidget]


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
    _dress(lang, look)
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


def _dress(lang: str, look: theme.Theme) -> None:
    if i18n.language() != lang or not words.installed():
        words.switch(lang)
    if theme.current() != look or not theme.worn():
        theme.use(look)


def settle() -> None:
    """Let layouts and queued deliveries finish."""
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def grab(widget: QWidget) -> QPixmap:
    """What the widget shows now, at the screen's own sharpness."""
    return widget.grab()


def makers(names: Sequence[str] = ()) -> dict[str, Maker]:
    """All that can be shot: the pages of the gallery, and what each screen offers.

    With `names`, only what begins like one of them; other screens are not even imported.
    """
    found: dict[str, Maker] = {}
    if _wanted("gallery", names):
        from ui import gallery

        found |= {f"gallery-{name}": make for name, make in gallery.pages().items()}
    for info in pkgutil.iter_modules(screens.__path__, f"{screens.__name__}."):
        screen = info.name.rpartition(".")[2]
        if not (info.ispkg and _wanted(screen, names)):
            continue
        if importlib.util.find_spec(f"{info.name}.shots") is not None:
            found |= importlib.import_module(f"{info.name}.shots").SHOTS
    return {name: make for name, make in found.items() if not names or name.startswith(tuple(names))}


def _wanted(first: str, names: Sequence[str]) -> bool:
    return not names or any(name.partition("-")[0] == first for name in names)


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures asked for and list their files."""
    parser = argparse.ArgumentParser(prog="ui.shots", description="Pictures of every screen")
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="names or their beginnings; all when none is given")
    parser.add_argument("--langs", default="zh-CN,en")
    parser.add_argument("--themes", default="light")
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--size", default=f"{theme.PAGE_WIDTH}x{theme.PAGE_HEIGHT}")
    asked = parser.parse_args(arguments)
    wide, _, high = str(asked.size).partition("x")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _app = QApplication.instance() or QApplication(sys.argv[:1])  # kept until the last picture
    theme.use(theme.Theme())
    for name, make in makers(asked.names).items():
        for lang in str(asked.langs).split(","):
            for colours in str(asked.themes).split(","):
                look = theme.Theme(colours, large=asked.large)
                _dress(lang, look)
                widget = make()
                file = shoot(widget, name, (int(wide), int(high)), lang, look, asked.folder)
                sys.stdout.write(f"{file}\n")
                widget.close()
                widget.deleteLater()
                QApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete.value)
    return 0


if __name__ == "__main__":
    sys.exit(main())
