"""Small signs for the style sheet, which takes pictures only as files: tinted copies in a folder of this run."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from venue_app.base.paths import resources


@cache
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="venue-glyphs-", ignore_cleanup_errors=True)


@cache
def glyph(name: str, colour: str) -> str:
    """The path, with forward slashes, of an icon of `resources/icons` in one colour (`#RRGGBB`)."""
    file = Path(_folder().name) / f"{name}-{colour.removeprefix('#')}.svg"
    drawing = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    file.write_text(drawing.replace("currentColor", colour), encoding="utf-8")
    return file.as_posix()
