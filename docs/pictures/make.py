"""The README's pictures: `python docs/pictures/make.py` from the project's root, after `make`.

Screens come from their made-up shots, the sheet from the demonstration event's reports in `out/reports`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pypdfium2
from PIL import Image

HERE = Path(__file__).parent
SHOTS = {
    "room": "room-speech",
    "hall": "hall-result",
    "station": "station-marks",
    "prepare": "prepare-decide",
}


def small(image: Image.Image, name: str, width: int) -> None:
    """Keep the picture at `width` pixels in 64 colours."""
    height = round(image.height * width / image.width)
    scaled = image.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    scaled.quantize(64).save(HERE / f"{name}.png", optimize=True)


def main() -> None:
    """Draw and keep all of them."""
    folder = Path("out/shots")
    subprocess.run(
        [sys.executable, "main.py", "shots", "--out", str(folder), "--languages", "zh-CN", *SHOTS.values()],
        check=True,
    )
    for name, shot in SHOTS.items():
        small(Image.open(folder / f"{shot}-zh-CN-light.png"), name, 960)
    page = pypdfium2.PdfDocument(Path("out/reports/candidate-sheets.pdf"))[0]
    small(page.render(scale=1.4).to_pil(), "candidate-sheet", 700)


if __name__ == "__main__":
    main()
