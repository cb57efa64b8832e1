"""Paper as it comes back: a page printed, folded, stained, laid askew on a scanner, photographed."""

from __future__ import annotations

import random
from io import BytesIO

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter


def scanned(pdf: bytes, page: int, dpi: int, *, turn: float = 3.0, seed: int = 7) -> Image.Image:
    """Page `page` (from 1) at `dpi`: noise, `turn` degrees askew, a fold across the code, a tea stain on its edge."""
    drawn = pypdfium2.PdfDocument(pdf)[page - 1].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    mm = dpi / 25.4
    wide, high = drawn.size
    ink = ImageDraw.Draw(drawn)
    fold = high - 30 * mm  # the code stands 8 to 54 mm above the lower edge
    ink.line([(0, fold), (wide, fold + 2 * mm)], fill=150, width=max(1, round(0.4 * mm)))
    stain = Image.new("L", drawn.size, 255)
    left, top = 48 * mm, high - 58 * mm
    ImageDraw.Draw(stain).ellipse([left, top, left + 24 * mm, top + 18 * mm], fill=190)
    drawn = ImageChops.multiply(drawn, stain.filter(ImageFilter.GaussianBlur(0.8 * mm)))
    drawn = drawn.rotate(turn, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=235)
    dice = random.Random(seed)
    speckle = Image.frombytes("L", drawn.size, dice.randbytes(drawn.width * drawn.height))
    return Image.blend(drawn, speckle, 0.18)


def as_file(image: Image.Image, kind: str) -> bytes:
    """A picture as PNG or JPEG, or as the one page of a scanner's PDF."""
    out = BytesIO()
    image.save(out, format=kind, **({"quality": 70} if kind == "JPEG" else {}))
    return out.getvalue()
