"""Between what stands in an editor and what stands in the file. Pure.

An editor holds a string. Numbers stay as typed until the file is examined: what cannot be read as a number
goes to the file as words, and the examination says what is wrong with it. Only times, which the form
writes in minutes and the file in seconds, are refused here.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

from ui.words import Say
from venue_app.scheme.edit import Value, get_value, parse_key, remove_value, rename_key, set_value
from venue_app.scheme.lines import locate

Kind = Literal[
    "words", "number", "time", "times", "flag", "choice", "rounding", "limit", "inclusive", "chain", "range"
]
"""How a field is edited; see `shown_*` for the strings that stand in each editor."""

#: Inclusive limits and what they are called when the limit itself is excluded.
EXCLUSIVE: Mapping[str, str] = {"at_least": "above", "at_most": "below"}

_WHOLE = re.compile(r"[+-]?\d{1,18}")
_NUMBER = re.compile(r"[+-]?\d{1,18}\.\d{1,18}")
_CLOCK = re.compile(r"(\d{1,4})[:分](\d{1,2})?秒?")
_SECONDS = re.compile(r"(\d{1,6})(?:s|秒)")
_RANGE = re.compile(r"(-?[\d.]+)(?:[-–—~]|至|到)(-?[\d.]+)")
_MINUTES = re.compile(r"(\d{1,4})(?:min|m|分钟|分鐘)?")


class NotRead(Exception):
    """What was typed has no meaning; `why` says what would."""

    def __init__(self, why: Say) -> None:
        super().__init__(str(why))
        self.why = why


def plain(typed: str) -> str:
    """Full-width digits and signs as plain ones, blanks and invisible signs left out."""
    narrow = unicodedata.normalize("NFKC", typed).replace("。", ".")
    return "".join(sign for sign in narrow if sign.isprintable() and not sign.isspace())


def words(typed: str) -> str:
    """Words without signs that nobody sees."""
    return "".join(sign for sign in typed if sign.isprintable()).strip()


def number(typed: str) -> int | Decimal | str:
    """A whole number, a decimal, or the words themselves, such as `2/3`."""
    text = plain(typed)
    if _WHOLE.fullmatch(text):
        return int(text)
    return Decimal(text) if _NUMBER.fullmatch(text) else text


def seconds(typed: str) -> int:
    """`8:00`, `8`, `8分30秒`, `30秒` in seconds; a bare number is minutes. Raises `NotRead`."""
    text = plain(typed)
    if found := _CLOCK.fullmatch(text):
        rest = int(found.group(2) or 0)
        if rest < 60:
            return 60 * int(found.group(1)) + rest
    if found := _SECONDS.fullmatch(text):
        return int(found.group(1))
    if found := _MINUTES.fullmatch(text):
        return 60 * int(found.group(1))
    raise NotRead(Say("scheme_screen.not_time"))


def many_seconds(typed: str) -> list[int]:
    """Several times with commas or blanks between; none at all is an empty list. Raises `NotRead`."""
    parts = re.split(r"[,;、,;\s]+", unicodedata.normalize("NFKC", typed).strip())
    return [seconds(part) for part in parts if part]


def shown_seconds(value: int) -> str:
    """`480` as `8:00`."""
    return f"{value // 60}:{value % 60:02d}"


def ends(typed: str) -> tuple[int | Decimal | str, int | Decimal | str]:
    """`24–30` as two numbers. Raises `NotRead`."""
    found = _RANGE.fullmatch(plain(typed))
    if found is None:
        raise NotRead(Say("scheme_screen.not_range"))
    return number(found.group(1)), number(found.group(2))


def shown_chain(links: list[dict[str, Any]]) -> str:
    """A tie chain as the editor holds it: a list of tables, each with its stated keys."""
    return json.dumps(links, ensure_ascii=False, sort_keys=True)


def put(text: str, key: str, kind: Kind, typed: str, *, optional: bool = False) -> str:
    """The file's text with what was typed written to `key`.

    Raises `NotRead`, and `Known` scheme.no_such_place where the form cannot write it.
    """
    match kind:
        case "time":
            return set_value(text, key, seconds(typed))
        case "times":
            return set_value(text, key, many_seconds(typed))
        case "flag":
            return set_value(text, key, typed == "true")
        case "words" | "choice":
            return set_value(text, key, words(typed))
        case "rounding":
            return _rounding(text, key, typed)
        case "limit":
            return set_value(text, _limit(text, key), number(typed))
        case "inclusive":
            return _inclusive(text, key, typed)
        case "range":
            low, high = ends(typed)
            return set_value(set_value(text, f"{key}.low", low), f"{key}.high", high)
        case "chain":
            links: list[Value] = json.loads(typed)
            return set_value(text, key, links) if links else remove_value(text, key)
        case _:
            return (
                remove_value(text, key)
                if optional and not plain(typed)
                else set_value(text, key, number(typed))
            )


def _rounding(text: str, key: str, typed: str) -> str:
    """`half-up/2`: always both, since each has a default of its own that may not be the one in force."""
    mode, _, places = typed.partition("/")
    value = {"places": number(places), "mode": mode}
    place = locate(text).get(parse_key(key))
    if place is None or place.end > place.start:
        return set_value(text, key, value)
    for name, part in value.items():
        text = set_value(text, f"{key}.{name}", part)
    return text


def _limit(text: str, key: str) -> str:
    """The key a limit stands under now: `…at_least`, or `…above` when it is excluded."""
    table, _, name = key.rpartition(".")
    other = f"{table}.{EXCLUSIVE[name]}"
    return other if get_value(text, other) is not None else key


def _inclusive(text: str, key: str, typed: str) -> str:
    """`key` is the inclusive one with `.included` behind it; `true` or `false`."""
    real = key.removesuffix(".included")
    now, name = _limit(text, real), real.rpartition(".")[2]
    wanted = name if typed == "true" else EXCLUSIVE[name]
    return text if now.endswith(f".{wanted}") else rename_key(text, now, wanted)
