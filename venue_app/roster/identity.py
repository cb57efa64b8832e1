"""Chinese identity numbers: GB 11643-1999, check digit by ISO 7064 MOD 11-2."""

from __future__ import annotations

import re
from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_FORM = re.compile(r"[0-9]{17}[0-9X]")


def well_formed(number: str) -> bool:
    """Seventeen ASCII digits and a digit or X."""
    return bool(_FORM.fullmatch(number))


def check_digit(first17: str) -> str:
    """The eighteenth character for the first seventeen digits."""
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first17, strict=True)) % 11]


def birth(number: str) -> date | None:
    """The date of birth in a well-formed number, None when there is no such day."""
    try:
        found = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return found if found.year >= 1900 else None


def sex(number: str) -> str:
    """男 for an odd seventeenth digit, 女 for an even one."""
    return "男" if int(number[16]) % 2 else "女"


def masked(number: str) -> str:
    """For lists that many people see: 990000********0324."""
    return number if len(number) < 11 else number[:6] + "*" * (len(number) - 10) + number[-4:]


def doubts(number: str) -> frozenset[str]:
    """identity_form, identity_birth, identity_check_digit. A number of another form may be another kind of
    document (residence permit, officer's card), so all of these are for a person to look at."""
    if not well_formed(number):
        return frozenset({"identity_form"})
    found = set()
    if birth(number) is None:
        found.add("identity_birth")
    if check_digit(number[:17]) != number[17]:
        found.add("identity_check_digit")
    return frozenset(found)
