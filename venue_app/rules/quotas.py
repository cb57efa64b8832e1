"""Quotas: the best in order, as far as the required numbers allow.

Going down the order, an entry is taken when the quotas can still be met with those who come after it. So
the choice is the best one, place by place, that keeps every quota. What can be met is found in `quota_need`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from venue_app.rules.number import Reason
from venue_app.rules.quota_need import Kind, Need, kept, plain_quotas, pool_of, possible, reachable
from venue_app.rules.taking import Taken
from venue_app.rules.ties import Tied
from venue_app.scheme.rounds import Round


def choose(rule: Round, order: Sequence[Tied], limit: int | None, kinds: Mapping[str, Kind]) -> Taken:
    """Those who go on under the round's quotas; equals who could stand for one another go by the round's rule."""
    names = [name for tied in order for name in tied.names]
    limit = len(names) if limit is None else limit
    asked, size, lowered = reachable(rule, kinds, limit)
    need = asked
    after = pool_of(kinds[name] for name in names)
    inside: list[str] = []
    for name in names:
        kind = kinds[name]
        after[kind] -= 1
        then = need.after(kind)
        if len(inside) < size and not then.broken(kind) and possible(size - len(inside) - 1, then, after):
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
            if other == one or kept(asked, [*rest, other]):
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
    if waits is None and rule.ties_at_cut == "all" and kept(ceilings, [kinds[n] for n in whole]):
        return Taken(tuple(n for t in order for n in t.names if n in whole), warnings=taken.warnings)
    reason = waits or Reason("tie_undecided", {"limit": str(len(taken.inside))})
    return Taken(rest, torn, reason, taken.warnings)
