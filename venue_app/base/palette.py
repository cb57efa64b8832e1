"""The colours of screens and printed pages, in one place, as #RRGGBB.

Every text colour (ink, quiet and the five meanings) has at least 4.5:1 against `surface` and
`paper` of its own set; `on_fill` has at least 4.5:1 on each of the five meanings, for words on a
filled button or band. Colour never carries a state alone: a word and a shape stand beside it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """One set of colours.

    `paper` lies under everything, `surface` under cards and sheets, `line` parts things. `ink` and
    `quiet` write. `primary` is the one calm accent; `done`, `wait` and `alarm` mean what they say;
    `seal` is vermilion, for what is official or sealed and nothing else. `on_fill` writes upon them.
    """

    paper: str
    surface: str
    line: str
    ink: str
    quiet: str
    primary: str
    done: str
    wait: str
    alarm: str
    seal: str
    on_fill: str


LIGHT = Palette(
    paper="#F6F5F1",
    surface="#FFFFFF",
    line="#D9D6CE",
    ink="#1E2329",
    quiet="#5A6270",
    primary="#1F5FAF",
    done="#1B7F5C",
    wait="#9A5B00",
    alarm="#B3261E",
    seal="#A8201A",
    on_fill="#FFFFFF",
)

# On paper: pure black for everything that is read, so that a laser printer draws it without a raster.
PRINT = Palette(
    paper="#FFFFFF",
    surface="#F1F1F1",
    line="#000000",
    ink="#000000",
    quiet="#4A4A4A",
    primary="#000000",
    done="#000000",
    wait="#000000",
    alarm="#000000",
    seal="#A8201A",
    on_fill="#FFFFFF",
)

# For work at night and dimmed halls: the same hues, lighter, on warm near-black.
DARK = Palette(
    paper="#15181C",
    surface="#1E2227",
    line="#3A4048",
    ink="#ECEAE4",
    quiet="#A3ABB7",
    primary="#7FB2F0",
    done="#5CC79C",
    wait="#E5AE55",
    alarm="#F28B82",
    seal="#F0877D",
    on_fill="#15181C",
)

# The big screen, read from 20 m under house lights: as dark as a projector shows, contrast near 7:1.
HALL = Palette(
    paper="#0B0D10",
    surface="#14181D",
    line="#39414B",
    ink="#F7F5EF",
    quiet="#B4BCC8",
    primary="#8FC0FF",
    done="#6ADBAE",
    wait="#FFC368",
    alarm="#FF9C93",
    seal="#FF958A",
    on_fill="#0B0D10",
)
