"""The one palette with the in-between tones a window needs, each mixed from the palette's own.

No colour is invented here: `sunken`, `edge` and the `*_soft` grounds are blends, so that a change
of the palette carries through.
"""

from __future__ import annotations

from dataclasses import dataclass

from venue_app.base.palette import DARK, HALL, LIGHT, Palette

MEANINGS = ("primary", "done", "wait", "alarm", "seal")


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours as `#RRGGBB`, by meaning; those of the palette and the blends."""

    paper: str
    surface: str
    sunken: str
    """Below the paper: headers of tables, a pressed button. Carries ink and quiet only."""
    line: str
    edge: str
    """Outline of what can be operated: at least 3:1 against paper and surface."""
    ink: str
    quiet: str
    on_fill: str
    primary: str
    done: str
    wait: str
    alarm: str
    seal: str
    primary_soft: str
    done_soft: str
    wait_soft: str
    alarm_soft: str
    seal_soft: str


def blend(ground: str, over: str, parts: int) -> str:
    """`parts` hundredths of `over` upon `ground`, both `#RRGGBB`."""
    mixed = (
        (int(ground[i : i + 2], 16) * (100 - parts) + int(over[i : i + 2], 16) * parts + 50) // 100
        for i in (1, 3, 5)
    )
    return "#" + "".join(f"{value:02X}" for value in mixed)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two `#RRGGBB` colours by WCAG 2.2, 1.0 to 21.0."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _colours(p: Palette, soft: int) -> Colours:
    return Colours(
        paper=p.paper,
        surface=p.surface,
        sunken=blend(p.paper, p.line, 45),
        line=p.line,
        edge=blend(p.line, p.quiet, 65),
        ink=p.ink,
        quiet=p.quiet,
        on_fill=p.on_fill,
        primary=p.primary,
        done=p.done,
        wait=p.wait,
        alarm=p.alarm,
        seal=p.seal,
        primary_soft=blend(p.surface, p.primary, soft),
        done_soft=blend(p.surface, p.done, soft),
        wait_soft=blend(p.surface, p.wait, soft),
        alarm_soft=blend(p.surface, p.alarm, soft),
        seal_soft=blend(p.surface, p.seal, soft),
    )


# A tint deep enough to be seen as one and light enough for its own word to stand on it at 4.5:1.
SETS = {"light": _colours(LIGHT, 7), "dark": _colours(DARK, 14), "hall": _colours(HALL, 14)}
