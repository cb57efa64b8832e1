"""The browser station's files, read once: what is not in this table cannot be asked for."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from venue_app.base.i18n import LANGUAGES, catalogue
from venue_app.base.palette import DARK, LIGHT, Palette
from venue_app.base.paths import resources

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json; charset=utf-8",
}
_TONES = ("paper", "surface", "line", "ink", "quiet", "primary", "done", "wait", "alarm", "seal", "on_fill")


@dataclass(frozen=True, slots=True)
class Page:
    """One answer to GET: its bytes, media type and entity tag."""

    body: bytes
    media: str
    etag: str


def _page(body: bytes, suffix: str) -> Page:
    return Page(body, _TYPES[suffix], f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def _blend(ground: str, over: str, parts: int) -> str:
    """`parts` hundredths of `over` upon `ground`, both #RRGGBB."""
    pairs = ((int(ground[i : i + 2], 16), int(over[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{(g * (100 - parts) + o * parts + 50) // 100:02X}" for g, o in pairs)


def _variables(palette: Palette, soft: int) -> str:
    colours = {tone.replace("_", "-"): getattr(palette, tone) for tone in _TONES}
    colours["edge"] = _blend(palette.line, palette.quiet, 65)
    colours["sunken"] = _blend(palette.paper, palette.line, 45)
    for tone in ("primary", "done", "wait", "alarm"):
        colours[f"{tone}-soft"] = _blend(palette.surface, getattr(palette, tone), soft)
    return "".join(f"--{name}:{colour};" for name, colour in colours.items())


def _palette_css() -> bytes:
    light, dark = _variables(LIGHT, 7), _variables(DARK, 14)
    return f':root{{{light}}}\n:root[data-light="dark"]{{{dark}}}\n'.encode()


def _sentences(language: str) -> bytes:
    """All sentences of the station in one language, keys without their area: 'station.join.go' is 'join.go'."""
    found = {
        key.removeprefix("station."): text
        for key, text in catalogue(language).items()
        if key.startswith("station.")
    }
    return json.dumps(found, ensure_ascii=False, sort_keys=True).encode()


@cache
def pages() -> dict[str, Page]:
    """Every page by its path."""
    folder: Path = resources() / "web"
    table = {
        f"/{file.name}": _page(file.read_bytes(), file.suffix)
        for file in sorted(folder.iterdir())
        if file.suffix in _TYPES
    }
    table["/"] = table["/index.html"]
    table["/palette.css"] = _page(_palette_css(), ".css")
    for language in LANGUAGES:
        table[f"/strings.{language}.json"] = _page(_sentences(language), ".json")
    return table
