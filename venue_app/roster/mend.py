"""Mending what offices type: the same text twice mended is the text once mended.

Each function returns the mended text and the codes of what it changed. Names
keep every real character, however rare; nothing is ever replaced by a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

_INVISIBLE = re.compile(
    "[\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1f\x7f]"
)
_SPACE = re.compile(r"[\s\u3000\u00a0\u2800\u3164]+")
_HAN = "\u3005\u3007\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_VARIANT = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_INNER_SPACE = re.compile(f"(?<=[{_HAN}{_VARIANT}·]) +(?=[{_HAN}·])")
_DOTS = "\u2022\u2027\u30fb\uff65\u2219\u22c5\u0387\u16eb\u2e31\u2024\u25cf\u2e33"
_DOT = re.compile(f"[{_DOTS}]")
_FULL_STOP = re.compile(f"(?<=[{_HAN}{_VARIANT}])[.\uff0e\u3002](?=[{_HAN}])")
_SPACED_DOT = re.compile(r" *· *")
_RADICAL = re.compile("[\u2f00-\u2fd5\u2e9f\u2ef3]")
_COMPATIBILITY = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f])")
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff\ud800-\udfff\u3013\u25a1?\uff1f*\uff0a]")
_NAME_ODD = re.compile(f"[^{_HAN}{_VARIANT}\\w ·'’\\-.,]|[0-9_]", re.UNICODE)

_FULLWIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FULLWIDTH_ALNUM = {c: c - 0xFEE0 for c in range(0xFF10, 0xFF5B) if chr(c - 0xFEE0).isalnum()}

# GB 18030-2022 table 2: places that older systems kept in the private use area.
_GB_2022 = {
    0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6,
    0xE82C: 0x9FB7, 0xE831: 0x215D7, 0xE832: 0x9FB8, 0xE83B: 0x2298F, 0xE843: 0x9FB9, 0xE854: 0x9FBA,
    0xE855: 0x241FE, 0xE864: 0x9FBB,
}  # fmt: skip


def _old_character(char: str) -> str:
    """What GBK of the 1990s kept at U+E815 to U+E864 (bytes FE50 to FEA0), as Unicode has it today: 䶮 and 79 more."""
    code = ord(char)
    if not 0xE815 <= code <= 0xE864:
        return char
    if code in _GB_2022:
        return chr(_GB_2022[code])
    low = 0x50 + code - 0xE815
    return bytes([0xFE, low + (low >= 0x7F)]).decode("gb18030")


def unwrapped(text: str) -> str:
    """Without Excel's wrappings of text that looks like a number: a leading ', or ="..."."""
    bare = _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip()
    while True:
        found = re.fullmatch(r'="([^"]*)"', bare)
        shorter = found.group(1).strip() if found else bare.lstrip("'‘’`").lstrip()
        if shorter == bare:
            return bare
        bare = shorter


def _steady(step: Callable[[str, set[str]], str], text: str) -> tuple[str, frozenset[str]]:
    """Repeats a step until nothing changes: one mending may open the way for another."""
    changed: set[str] = set()
    for _ in range(8):
        after = step(text, changed)
        if after == text:
            break
        text = after
    return text, frozenset(changed)


def _composed(text: str) -> str:
    # Composition (NFC) everywhere but in compatibility ideographs: NFC would swap the registered character.
    return "".join(
        part if _COMPATIBILITY.fullmatch(part) else unicodedata.normalize("NFC", part)
        for part in _COMPATIBILITY.split(text)
    )


def _name_step(text: str, changed: set[str]) -> str:
    def put(after: str, code: str) -> None:
        nonlocal text
        if after != text:
            changed.add(code)
            text = after

    put("".join(map(_old_character, text)), "name_old_character")
    put(_INVISIBLE.sub("", text), "name_spaces")
    put(_RADICAL.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text), "name_form")
    put(_composed(text.translate(_FULLWIDTH_ALNUM)), "name_form")
    put(_DOT.sub("·", text), "name_dot")
    put(_FULL_STOP.sub("·", text), "name_dot")
    put(_SPACED_DOT.sub("·", _SPACE.sub(" ", text)).strip(), "name_spaces")
    put(_INNER_SPACE.sub("", text), "name_spaces")
    return text


def mend_name(text: str) -> tuple[str, frozenset[str]]:
    """A person's name. Codes: name_spaces, name_form, name_dot, name_old_character.

    Spaces between Chinese characters go, in Latin names they stay; every kind of middle dot becomes ·.
    """
    return _steady(_name_step, text)


def name_doubts(original: str, mended: str) -> frozenset[str]:
    """What a person must look at: unreadable_character, name_odd, name_space_or_dot."""
    doubts = set()
    if _UNREADABLE.search(mended):
        doubts.add("unreadable_character")
    elif _NAME_ODD.search(mended):
        doubts.add("name_odd")
    # 阿依古丽 买买提: a space in a long name may stand for its dot.
    if (
        len(mended) >= 5
        and "·" not in mended
        and re.search(r"\S\s+\S", original.strip())
        and " " not in mended
    ):
        doubts.add("name_space_or_dot")
    return frozenset(doubts)


def _text_step(text: str, changed: set[str]) -> str:
    before = text
    text = _composed("".join(map(_old_character, _INVISIBLE.sub("", text))))
    text = _INNER_SPACE.sub("", _SPACE.sub(" ", text.translate(_FULLWIDTH_ALNUM)).strip())
    if text != before:
        changed.add("text_mended")
    return text


def mend_text(text: str) -> tuple[str, frozenset[str]]:
    """Posts, units, rooms, remarks: white space and full-width letters and digits. Code: text_mended."""
    return _steady(_text_step, text)


_X_ALIKE = str.maketrans(dict.fromkeys("xХхχΧ×✕╳", "X"))


def mend_identity(text: str) -> tuple[str, frozenset[str]]:
    """An identity number. Codes: identity_fullwidth, identity_spaces, identity_x."""
    changed: set[str] = set()
    half = text.translate(_FULLWIDTH)
    if half != text:
        changed.add("identity_fullwidth")
    bare = re.sub(r"[\s\-–—_.]", "", unwrapped(half))
    if bare != half:
        changed.add("identity_spaces")
    final = bare
    if len(bare) == 18 and bare[:17].isdigit():
        final = bare[:17] + bare[17].translate(_X_ALIKE)
    if final != bare:
        changed.add("identity_x")
    return final, frozenset(changed)


def mend_code(text: str) -> str:
    """The office's own number of a person: no blanks, half width; 007 and 7 are one, for spreadsheets drop the zeros."""
    bare = _SPACE.sub("", unwrapped(text.translate(_FULLWIDTH)))
    return (bare.lstrip("0") or "0") if bare.isascii() and bare.isdigit() else bare


_NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d{1,12})?|[+-]?\.\d{1,12}")


def mend_number(text: str) -> tuple[Decimal | None, frozenset[str]]:
    """A mark in any width of digits, with 分 behind it or not; None when it is not a number.

    A comma is never taken for a decimal point or a thousands mark: that would be a guess.
    """
    half = unwrapped(text.translate(_FULLWIDTH).replace("。", ".").replace("−", "-"))
    bare = half.replace(" ", "").removesuffix("分")
    changed = frozenset({"number_mended"} if bare != text else ())
    if not _NUMBER.fullmatch(bare) or not bare.isascii():
        return None, changed
    try:
        return Decimal(bare), changed
    except InvalidOperation:
        return None, changed
