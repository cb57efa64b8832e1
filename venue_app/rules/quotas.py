"""Quotas: the best in order, as far as the required numbers allow.

Going down the order, an entry is taken when the quotas can still be met with those who come after it. So
the choice is the best one, place by place, that keeps every quota.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from venue_app.rules.number import Reason
from venue_app.rules.taking import Taken
from venue_app.rules.ties import Tied
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


def _possible(slots: int, need: Need, pool: Mapping[Kind, int]) -> bool:
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


def _pool(kinds: Iterable[Kind]) -> dict[Kind, int]:
    found: dict[Kind, int] = {}
    for kind in kinds:
        found[kind] = found.get(kind, 0) + 1
    return found


def plain_quotas(rule: Round) -> tuple[Quota, ...]:
    """The quotas that count people who meet conditions."""
    return tuple(quota for quota in rule.quotas if not quota.each)


def _reachable(rule: Round, kinds: Mapping[str, Kind], limit: int) -> tuple[Need, int, bool]:
    """What can be asked for at all: places to fill, and required numbers lowered no further than they must be.

    The greatest is lowered first; when all can be met, in the order of the plan each gets back what it gave up
    for nothing.
    """
    quotas = plain_quotas(rule)
    pool = _pool(kinds.values())
    each = next((quota.at_most for quota in rule.quotas if quota.each), None)
    most = tuple(quota.at_most for quota in quotas)
    size = min(limit, len(kinds))
    while size and not _possible(size, Need((0,) * len(quotas), most, each), pool):
        size -= 1
    wanted = [quota.at_least or 0 for quota in quotas]
    least = list(wanted)
    while not _possible(size, Need(tuple(least), most, each), pool):
        least[least.index(max(least))] -= 1
    for place, number in enumerate(wanted):
        while least[place] < number:
            more = (*least[:place], least[place] + 1, *least[place + 1 :])
            if not _possible(size, Need(more, most, each), pool):
                break
            least[place] += 1
    return Need(tuple(least), most, each), size, least != wanted


def choose(rule: Round, order: Sequence[Tied], limit: int | None, kinds: Mapping[str, Kind]) -> Taken:
    """Those who go on under the round's quotas; equals who could stand for one another go by the round's rule."""
    names = [name for tied in order for name in tied.names]
    limit = len(names) if limit is None else limit
    asked, size, lowered = _reachable(rule, kinds, limit)
    need = asked
    after = _pool(kinds[name] for name in names)
    inside: list[str] = []
    for name in names:
        kind = kinds[name]
        after[kind] -= 1
        then = need.after(kind)
        if len(inside) < size and not then.broken(kind) and _possible(size - len(inside) - 1, then, after):
            inside.append(name)
            need = then
    warnings = tuple(_unmet(rule, kinds, inside)) if lowered else ()
    return _ties(rule, order, Taken(tuple(inside), warnings=warnings), kinds, asked)


def _unmet(rule: Round, kinds: Mapping[str, Kind], inside: Sequence[str]) -> list[Reason]:
    found = []
    for place, quota in enumerate(plain_quotas(rule)):
        have = sum(kinds[name].meets[place] for name in inside)
        if quota.at_least is not None and have < quota.at_least:
            found.append(Reason("quota_unmet", {"wanted": str(quota.at_least), "found": str(have)}))
    return found


def _kept(asked: Need, kinds: Iterable[Kind]) -> bool:
    """Whether people of these kinds keep every quota."""
    need = asked
    for kind in kinds:
        need = need.after(kind)
    within = all(m is None or m >= 0 for m in need.most)
    return within and not any(need.least) and all(need.left(value) >= 0 for value, _used in need.used)


def _torn(tied: Tied, inside: Sequence[str], kinds: Mapping[str, Kind], asked: Need) -> list[str]:
    """Of equals those who are in and those who are out that could change places with every quota kept."""
    chosen = set(inside).intersection(tied.names)
    kinds_in = {kinds[n] for n in chosen}
    kinds_out = {kinds[n] for n in tied.names if n not in chosen}
    may_go, may_come = set(), set()
    for one in kinds_in if kinds_out else ():
        rest = [kinds[n] for n in inside]
        rest.remove(one)
        for other in kinds_out:
            if other == one or _kept(asked, [*rest, other]):
                may_go.add(one)
                may_come.add(other)
    return [n for n in tied.names if kinds[n] in (may_go if n in chosen else may_come)]


def _ties(rule: Round, order: Sequence[Tied], taken: Taken, kinds: Mapping[str, Kind], asked: Need) -> Taken:
    """Equals of whom only some are in, though others could be in their place: what the round says of them."""
    ties = [(tied, equals) for tied in order if (equals := _torn(tied, taken.inside, kinds, asked))]
    if not ties:
        return taken
    torn = tuple(name for _tied, names in ties for name in names)
    rest = tuple(n for n in taken.inside if n not in torn)
    if rule.ties_at_cut == "none" and not any(tied.open for tied, _names in ties):
        return Taken(rest, warnings=taken.warnings)
    whole = {*taken.inside, *torn}
    ceilings = asked._replace(least=(0,) * len(asked.least))
    waits = next((tied.open for tied, _names in ties if tied.open), None)
    if waits is None and rule.ties_at_cut == "all" and _kept(ceilings, [kinds[n] for n in whole]):
        return Taken(tuple(n for t in order for n in t.names if n in whole), warnings=taken.warnings)
    reason = waits or Reason("tie_undecided", {"limit": str(len(taken.inside))})
    return Taken(rest, torn, reason, taken.warnings)
