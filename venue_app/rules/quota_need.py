"""What quotas ask for: how many more of which kind, and whether so many can still be found among those who are left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from venue_app.scheme.rounds import Quota, Round


class Kind(NamedTuple):
    """What an entry is to the quotas: its value where each value is limited, and which conditions it meets."""

    value: str
    meets: tuple[bool, ...]


class Need(NamedTuple):
    """What is still wanted: at least so many, at most so many, and how many more of each limited value."""

    least: tuple[int, ...]
    most: tuple[int | None, ...]
    each: int | None
    used: tuple[tuple[str, int], ...] = ()

    def after(self, kind: Kind) -> Need:
        """What is wanted once an entry of this kind is taken."""
        least = tuple(max(0, n - 1) if hit else n for n, hit in zip(self.least, kind.meets, strict=True))
        most = tuple(
            m - 1 if hit and m is not None else m for m, hit in zip(self.most, kind.meets, strict=True)
        )
        used = dict(self.used)
        used[kind.value] = used.get(kind.value, 0) + 1
        return Need(least, most, self.each, tuple(sorted(used.items())))

    def left(self, value: str) -> int:
        """How many more of a limited value may be taken."""
        return 10**6 if self.each is None else self.each - dict(self.used).get(value, 0)

    def broken(self, kind: Kind) -> bool:
        """Whether a ceiling is already passed."""
        return self.left(kind.value) < 0 or any(m is not None and m < 0 for m in self.most)


def possible(slots: int, need: Need, pool: Mapping[Kind, int]) -> bool:
    """Whether `slots` entries can be taken from `pool` (how many of each kind) with every quota kept."""
    kinds = sorted(kind for kind in pool if pool[kind])

    @cache
    def fill(
        place: int, left: int, least: tuple[int, ...], most: tuple[int | None, ...], of_value: int
    ) -> bool:
        if left < 0:
            return False
        if place == len(kinds):
            return left == 0 and not any(least)
        kind = kinds[place]
        for number in range(min(pool[kind], left, max(0, of_value)), -1, -1):
            room = tuple(
                m - number if hit and m is not None else m for m, hit in zip(most, kind.meets, strict=True)
            )
            if any(m is not None and m < 0 for m in room):
                continue
            still = tuple(max(0, n - number) if hit else n for n, hit in zip(least, kind.meets, strict=True))
            following = kinds[place + 1].value if place + 1 < len(kinds) else ""
            rest = of_value - number if following == kind.value else need.left(following)
            if fill(place + 1, left - number, still, room, rest):
                return True
        return False

    return fill(0, slots, need.least, need.most, need.left(kinds[0].value) if kinds else 0)


def pool_of(kinds: Iterable[Kind]) -> dict[Kind, int]:
    """How many there are of each kind."""
    found: dict[Kind, int] = {}
    for kind in kinds:
        found[kind] = found.get(kind, 0) + 1
    return found


def plain_quotas(rule: Round) -> tuple[Quota, ...]:
    """The quotas that count people who meet conditions."""
    return tuple(quota for quota in rule.quotas if not quota.each)


def reachable(rule: Round, kinds: Mapping[str, Kind], limit: int) -> tuple[Need, int, bool]:
    """What can be asked for at all: places to fill, and required numbers lowered no further than they must be.

    The greatest is lowered first; when all can be met, in the order of the plan each gets back what it gave up
    for nothing.
    """
    quotas = plain_quotas(rule)
    pool = pool_of(kinds.values())
    each = next((quota.at_most for quota in rule.quotas if quota.each), None)
    most = tuple(quota.at_most for quota in quotas)
    size = min(limit, len(kinds))
    while size and not possible(size, Need((0,) * len(quotas), most, each), pool):
        size -= 1
    wanted = [quota.at_least or 0 for quota in quotas]
    least = list(wanted)
    while not possible(size, Need(tuple(least), most, each), pool):
        least[least.index(max(least))] -= 1
    for place, number in enumerate(wanted):
        while least[place] < number:
            more = (*least[:place], least[place] + 1, *least[place + 1 :])
            if not possible(size, Need(more, most, each), pool):
                break
            least[place] += 1
    return Need(tuple(least), most, each), size, least != wanted


def kept(asked: Need, kinds: Iterable[Kind]) -> bool:
    """Whether people of these kinds keep every quota."""
    need = asked
    for kind in kinds:
        need = need.after(kind)
    within = all(m is None or m >= 0 for m in need.most)
    return within and not any(need.least) and all(need.left(value) >= 0 for value, _used in need.used)
