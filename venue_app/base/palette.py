"""The colours of the program: screens and printed forms share this one set.

Each `Palette` is a set of tokens, not of places: a screen asks for `done` or
`line`, never for a green. Every text token keeps at least 4.5:1 against `paper` and
`surface` (`ink`, `quiet` and `primary` against `sunken` too), and on the `*_soft` ground it
belongs to. `seal` is for what is sealed or official and for nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as `#RRGGBB`, by meaning."""

    name: str
    paper: str
    """The ground of a window."""
    surface: str
    """Cards, tables, fields."""
    sunken: str
    """Grounds below the paper: rails, pressed buttons, headers of tables."""
    line: str
    """Hairlines between things; carries no meaning and no text."""
    edge: str
    """Outlines of what can be operated: at least 3:1 against paper and surface."""
    ink: str
    quiet: str
    primary: str
    on_primary: str
    primary_soft: str
    done: str
    done_soft: str
    wait: str
    wait_soft: str
    alarm: str
    on_alarm: str
    alarm_soft: str
    seal: str
    on_seal: str
    seal_soft: str


LIGHT = Palette(
    name="light",
    paper="#F6F5F1",
    surface="#FFFFFF",
    sunken="#EDEBE4",
    line="#D9D6CE",
    edge="#8A8778",
    ink="#1E2329",
    quiet="#5A6270",
    primary="#1F5FAF",
    on_primary="#FFFFFF",
    primary_soft="#E6EEF8",
    done="#1B7F5C",
    done_soft="#ECF8F2",
    wait="#9A5B00",
    wait_soft="#FDF3E1",
    alarm="#B3261E",
    on_alarm="#FFFFFF",
    alarm_soft="#FCEDEB",
    seal="#A8201A",
    on_seal="#FFFFFF",
    seal_soft="#FBECE9",
)

DARK = Palette(
    name="dark",
    paper="#14171B",
    surface="#1D2126",
    sunken="#101316",
    line="#363C44",
    edge="#737B87",
    ink="#ECEAE4",
    quiet="#A9B0BA",
    primary="#7FB2F0",
    on_primary="#0C1826",
    primary_soft="#1B2C42",
    done="#5CC39B",
    done_soft="#16302A",
    wait="#E3A43C",
    wait_soft="#352910",
    alarm="#F48D84",
    on_alarm="#2A0705",
    alarm_soft="#3B1A18",
    seal="#F0897E",
    on_seal="#2A0705",
    seal_soft="#3A1B18",
)

HALL = Palette(
    name="hall",
    paper="#0B0D10",
    surface="#14181D",
    sunken="#07090B",
    line="#2E343C",
    edge="#77808C",
    ink="#F7F4EC",
    quiet="#B4BAC3",
    primary="#8FBDF5",
    on_primary="#0A1624",
    primary_soft="#16263A",
    done="#68D0A6",
    done_soft="#112A23",
    wait="#F0B24A",
    wait_soft="#30250E",
    alarm="#FF978D",
    on_alarm="#2A0705",
    alarm_soft="#361715",
    seal="#FF8E82",
    on_seal="#2A0705",
    seal_soft="#351816",
)

PALETTES = {palette.name: palette for palette in (LIGHT, DARK, HALL)}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two `#RRGGBB` colours by WCAG 2.2, 1.0 to 21.0."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
