"""Makes the three bundled fonts from their published sources. Run only when a source changes.

    python make_fonts.py --regular NotoSansSC_400Regular.ttf --bold NotoSansSC_700Bold.ttf \
        --cjk NotoSansCJK-Regular.ttc --unihan Unihan_OtherMappings.txt

Sources (see NOTICE): Noto Sans SC 400 and 700 as TrueType from the npm package
@expo-google-fonts/noto-sans-sc, NotoSansCJK-Regular.ttc from Debian's fonts-noto-cjk,
Unicode's Unihan_OtherMappings.txt for kTGH, the 8,105 standard characters of 2013.
ReportLab embeds no CFF outlines, hence the conversion of the fallback to quadratic curves.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

HERE = Path(__file__).resolve().parent

# Largest distance, in 1/1000 em, between a cubic outline and its quadratic stand-in.
TOLERANCE = 1.0

# Where people's names may take characters from: ideographs, their extensions, compatibility forms.
IDEOGRAPHS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))

# Latin with Vietnamese and pinyin marks, punctuation, arrows, numerals in circles, box drawing, shapes.
SIGNS = (
    (0x20, 0x24F),
    (0x2B0, 0x2FF),
    (0x1E00, 0x1EFF),
    (0x2000, 0x27BF),
    (0x3000, 0x303F),
    (0xFF00, 0xFFEF),
)


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= code <= high for low, high in ranges)


def two_byte_codec(name: str) -> set[int]:
    """Every character a two-byte encoding of the standard library knows."""
    found: set[int] = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                text = bytes((lead, trail)).decode(name)
            except UnicodeDecodeError:
                continue
            if len(text) == 1:
                found.add(ord(text))
    return found


def standard_list(unihan: Path) -> set[int]:
    """The 8,105 characters of the national standard list (kTGH)."""
    rows = [line.split("\t") for line in unihan.read_text(encoding="utf-8").splitlines()]
    found = {int(row[0][2:], 16) for row in rows if len(row) == 3 and row[1] == "kTGH"}
    if len(found) != 8105:
        raise SystemExit(f"{unihan}: {len(found)} standard characters found, 8105 expected")
    return found


def make_bold(source: Path, wanted: set[int], target: Path) -> None:
    """Cut the bold face down to `wanted`, without hints and vertical metrics."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options()
    options.layout_features = ["kern", "palt", "tnum", "locl"]
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.drop_tables += ["BASE", "STAT", "vhea", "vmtx"]
    cutter = Subsetter(options)
    cutter.populate(unicodes=wanted & set(font.getBestCmap()))
    cutter.subset(font)
    font.save(target)


def make_fallback(collection: Path, have: set[int], target: Path) -> int:
    """Convert the ideographs of Noto Sans CJK SC that `have` lacks to a small TrueType font; their number."""
    cjk = next(f for f in TTCollection(collection).fonts if f["name"].getDebugName(1) == "Noto Sans CJK SC")
    cmap = {c: n for c, n in cjk.getBestCmap().items() if c not in have and _within(c, IDEOGRAPHS)}
    outlines, advances = cjk.getGlyphSet(), cjk["hmtx"]
    names = [".notdef", *sorted(set(cmap.values()))]
    glyphs, metrics = {}, {}
    for name in names:
        pen = TTGlyphPen(None)
        outlines[name].draw(Cu2QuPen(pen, max_err=TOLERANCE, reverse_direction=True))
        glyphs[name] = pen.glyph()
        metrics[name] = advances[name]
    build = FontBuilder(cjk["head"].unitsPerEm, isTTF=True)
    build.setupGlyphOrder(names)
    build.setupCharacterMap(cmap)
    build.setupGlyf(glyphs)
    build.setupHorizontalMetrics(
        {n: (advance, getattr(glyphs[n], "xMin", 0)) for n, (advance, _) in metrics.items()}
    )
    head = cjk["hhea"]
    build.setupHorizontalHeader(ascent=head.ascent, descent=head.descent)
    build.setupOS2(
        sTypoAscender=880, sTypoDescender=-120, usWinAscent=head.ascent, usWinDescent=-head.descent, fsType=0
    )
    notes = cjk["name"]
    build.setupNameTable(
        {
            "copyright": str(notes.getDebugName(0)),
            "familyName": "Venue Fallback",
            "styleName": "Regular",
            "uniqueFontIdentifier": "VenueFallback-Regular",
            "fullName": "Venue Fallback",
            "version": "Version 1.000",
            "psName": "VenueFallback-Regular",
            "licenseDescription": str(notes.getDebugName(13)),
            "licenseInfoURL": str(notes.getDebugName(14)),
        }
    )
    build.setupPost(keepGlyphNames=False)
    # The date of making would give other bytes each time.
    build.font["head"].created = build.font["head"].modified = cjk["head"].created
    build.font.recalcTimestamp = False
    build.save(target)
    return len(cmap)


def main() -> None:
    """Build all three fonts beside this script."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("regular", "bold", "cjk", "unihan"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    shutil.copyfile(given.regular, HERE / "NotoSansSC-Regular.ttf")
    regular = set(TTFont(given.regular).getBestCmap())
    standard = standard_list(given.unihan)
    missing = standard - regular
    if missing:
        raise SystemExit(f"the regular face lacks {len(missing)} standard characters")
    signs = {c for c in regular if _within(c, SIGNS) or c > 0x20000}
    wanted = standard | two_byte_codec("gb2312") | two_byte_codec("big5") | signs
    make_bold(given.bold, wanted, HERE / "NotoSansSC-Bold.ttf")
    make_fallback(given.cjk, regular, HERE / "VenueFallback.ttf")


if __name__ == "__main__":
    main()
