"""Makes the two bells; run again only to change them. Pure arithmetic: the sounds are ours, under the project's licence."""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path

RATE = 22_050
#: Partials of a small hand bell: how many times the base, how loud, how fast each dies.
PARTIALS = ((1.0, 1.0, 3.2), (2.0, 0.55, 4.5), (2.76, 0.35, 6.0), (5.4, 0.18, 9.0))


def strike(base: float, seconds: float) -> list[float]:
    """One stroke, loudest at once."""
    return [
        sum(
            loud * math.exp(-dies * t) * math.sin(2 * math.pi * base * times * t)
            for times, loud, dies in PARTIALS
        )
        for t in (n / RATE for n in range(round(seconds * RATE)))
    ]


def written(path: Path, strokes: list[tuple[float, float]], seconds: float) -> None:
    """Strokes of (when in seconds, base in Hz) as 16 bits mono."""
    mixed = [0.0] * round(seconds * RATE)
    for when, base in strokes:
        start = round(when * RATE)
        for n, value in enumerate(strike(base, seconds - when)[: len(mixed) - start]):
            mixed[start + n] += value
    top = max(abs(value) for value in mixed)
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(b"".join(struct.pack("<h", round(28_000 * value / top)) for value in mixed))


if __name__ == "__main__":
    here = Path(__file__).parent
    written(here / "warning.wav", [(0.0, 880.0)], 1.2)
    written(here / "end.wav", [(0.0, 660.0), (0.45, 660.0), (0.9, 660.0)], 2.4)
