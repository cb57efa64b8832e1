"""The program's own typefaces, so that no page depends on what a machine has installed."""

from __future__ import annotations

import logging
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from venue_app.base.paths import resources

_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "VenueFallback.ttf")
_log = logging.getLogger(__name__)


@cache
def families() -> tuple[str, ...]:
    """Family names in the order in which a character is looked for; needs a running application."""
    found: list[str] = []
    for name in _FILES:
        handle = QFontDatabase.addApplicationFont(str(resources() / "fonts" / name))
        if handle < 0:
            _log.error("typeface missing or damaged: %s", name)
            continue
        found += [f for f in QFontDatabase.applicationFontFamilies(handle) if f not in found]
    return tuple(found)


def font(pixels: int, bold: bool = False) -> QFont:
    """The program's typeface at a size in pixels, with figures of one width; the caller's own to change."""
    return QFont(_face(pixels, bold))  # shares its data: every widget asks for one, several times


@cache
def _face(pixels: int, bold: bool) -> QFont:
    face = QFont(list(families())) if families() else QFont()
    face.setPixelSize(max(1, pixels))
    face.setBold(bold)
    face.setFeature(QFont.Tag("tnum"), 1)
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return face
