"""A draw held with slips or balls, typed in twice: reading what was typed, and where the two differ. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ui.screens.draw.names import names_of
from ui.words import Say, Text
from venue_app.rules.drawing import Plan
from venue_app.state import Draw, State

_NUMBER = re.compile(r"0*([1-9][0-9]{0,3})")
_RESERVE = re.compile(r"(?:R|候补|候補|备|備)\s*([1-9][0-9]{0,3})", re.IGNORECASE)
_PLACED = re.compile(r"(.+?)[\s/:：、-]+0*([1-9][0-9]{0,3})")
RESERVE = "-"


@dataclass(frozen=True, slots=True)
class Slip:
    """Somebody whose lot is typed, and the places it can lie in."""

    id: str
    name: str
    beside: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """What one person typed, read: the result as far as it can be read, and what is wrong by slip."""

    result: dict[str, tuple[str, ...]]
    reserve: tuple[str, ...]
    faults: dict[str, Text]


def slips_of(state: State, held: Draw) -> tuple[Slip, ...]:
    """Everybody on the list, by stratum and identifier."""
    names = names_of(state, held.purpose)
    items = sorted(held.plan.items, key=lambda item: (item.stratum, item.id))
    return tuple(Slip(x.id, *names.get(x.id, (x.id, "")), _places(held.plan, x.stratum)) for x in items)


def _places(plan: Plan, stratum: str) -> tuple[str, ...]:
    return tuple(sorted(p.id for p in plan.places if not stratum or p.stratum == stratum))


def slot(slip: Slip, typed: str, reserve: bool) -> tuple[str, int] | None:
    """Where a slip lies: `17` where there is one place, `R2/17` where there are several, `R3` in a reserve as `候补3`."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    placed = _PLACED.fullmatch(plain)
    if placed is not None and placed[1] in slip.places:
        return placed[1], int(placed[2])
    kept = _RESERVE.fullmatch(plain)
    if reserve and kept is not None:
        return RESERVE, int(kept[1])
    number = _NUMBER.fullmatch(plain)
    if number is not None and len(slip.places) == 1:
        return slip.places[0], int(number[1])
    return None


def read(slips: Sequence[Slip], texts: Mapping[str, str], reserve: bool = False) -> Typed:
    """What was typed as a result. Faults: nothing typed, unreadable, a lot twice, a lot left out below another."""
    faults: dict[str, Text] = {}
    found: dict[str, dict[int, str]] = {place: {} for slip in slips for place in slip.places}
    for slip in slips:
        typed = texts.get(slip.id, "")
        where = slot(slip, typed, reserve)
        if where is None:
            unread = Say(
                "draw_screen.slips.unread_place" if len(slip.places) > 1 else "draw_screen.slips.unread"
            )
            faults[slip.id] = unread if typed.strip() else Say("draw_screen.slips.empty")
            continue
        taken = found.setdefault(where[0], {})
        if where[1] in taken:
            faults[slip.id] = Say("draw_screen.slips.twice", other=taken[where[1]])
        else:
            taken[where[1]] = slip.id
    for numbers in found.values():
        _gaps(numbers, faults)
    rows = {place: tuple(numbers[n] for n in sorted(numbers)) for place, numbers in found.items()}
    kept = rows.pop(RESERVE, ())
    return Typed(rows, kept, faults)


def _gaps(numbers: Mapping[int, str], faults: dict[str, Text]) -> None:
    """A number above a gap: one lot is missing below it, or this one is wrong."""
    expected = 1
    for number in sorted(numbers):
        if number != expected:
            faults.setdefault(numbers[number], Say("draw_screen.slips.gap", number=expected))
            return
        expected += 1


def differing(
    slips: Sequence[Slip], first: Mapping[str, str], second: Mapping[str, str], reserve: bool = False
) -> tuple[str, ...]:
    """The slips the two typed differently; `7` and `07` are the same lot."""
    return tuple(
        slip.id
        for slip in slips
        if (slot(slip, first.get(slip.id, ""), reserve) or first.get(slip.id, ""))
        != (slot(slip, second.get(slip.id, ""), reserve) or second.get(slip.id, ""))
    )


def pasted(slips: Sequence[Slip], text: str, at: int = 0) -> tuple[dict[str, str], tuple[str, ...]]:
    """What was pasted from a spreadsheet: code (or name) and lot, a line each; or lots alone, from row `at` down.

    Returns the lots by slip and the lines that fit nobody.
    """
    known = {_key(slip.id): slip.id for slip in slips}
    names: dict[str, list[str]] = {}
    for slip in slips:
        names.setdefault(_key(slip.name), []).append(slip.id)
    known |= {name: ids[0] for name, ids in names.items() if len(ids) == 1 and name not in known}
    found: dict[str, str] = {}
    strange: list[str] = []
    row = at
    for line in text.replace("\r", "").split("\n"):
        cells = [cell.strip().strip('"') for cell in re.split(r"[\t,;，；]", line)]
        if not any(cells):
            continue
        who = next((known[_key(cell)] for cell in cells if _key(cell) in known), "")
        if len(cells) == 1 and not who:
            if row < len(slips):
                found[slips[row].id] = cells[0]
                row += 1
            else:
                strange.append(line)
        elif who:
            found[who] = next((cell for cell in reversed(cells) if cell and _key(cell) not in known), "")
        else:
            strange.append(line)
    return found, tuple(strange)


def _key(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
