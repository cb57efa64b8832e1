"""Quotas: the best in order, as far as the required numbers allow.

Going down the order, an entry is taken when the quotas can still be met with those who come after it. So
the choice is the best one, place by place, that keeps every quota.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from venue_app.rules.number import Reason
from venue_app.rules.taking import Taken
from venue_app.rules.ties import Tied
from venue_app.scheme.rounds import Quota, Round

Mask = tuple[bool, ...]
"""Which quotas an entry counts for."""


def _possible(
    slots: int, need: tuple[int, ...], room: tuple[int | None, ...], pool: Mapping[Mask, int]
) -> bool:
    """Whether `slots` entries can be taken from `pool` (how many of each mask) with every quota kept."""
    kinds = tuple(sorted(pool))

    @cache
    def fill(place: int, left: int, needs: tuple[int, ...], rooms: tuple[int | None, ...]) -> bool:
        if place == len(kinds):
            return left == 0 and not any(needs)
        mask = kinds[place]
        for number in range(min(pool[mask], left), -1, -1):
            after = tuple(
                r if r is None or not hit else r - number for r, hit in zip(rooms, mask, strict=True)
            )
            if any(r is not None and r < 0 for r in after):
                continue
            still = tuple(max(0, n - number) if hit else n for n, hit in zip(needs, mask, strict=True))
            if fill(place + 1, left - number, still, after):
                return True
        return False

    return fill(0, slots, need, room)


def _reachable(
    quotas: Sequence[Quota], masks: Mapping[str, Mask], limit: int
) -> tuple[tuple[int, ...], int, bool]:
    """The required numbers lowered one by one until they can be met; how many places can be filled at all."""
    pool = _pool(masks.values())
    room = tuple(q.at_most for q in quotas)
    wanted = [q.at_least or 0 for q in quotas]
    for size in range(min(limit, len(masks)), -1, -1):
        if _possible(size, (0,) * len(quotas), room, pool):
            break
    lowered = False
    while not _possible(size, tuple(wanted), room, pool):
        wanted[wanted.index(max(wanted))] -= 1
        lowered = True
    return tuple(wanted), size, lowered


def _pool(masks: Iterable[Mask]) -> dict[Mask, int]:
    found: dict[Mask, int] = {}
    for mask in masks:
        found[mask] = found.get(mask, 0) + 1
    return found


def choose(rule: Round, order: Sequence[Tied], limit: int | None, masks: Mapping[str, Mask]) -> Taken:
    """Those who go on under the round's quotas; a tie between equals of the same kind goes by the round's rule."""
    names = [name for tied in order for name in tied.names]
    quotas = rule.quotas
    limit = len(names) if limit is None else limit
    need, size, lowered = _reachable(quotas, masks, limit)
    room = tuple(q.at_most for q in quotas)
    after = _pool(masks[name] for name in names)
    inside: list[str] = []
    for name in names:
        mask = masks[name]
        after[mask] -= 1
        needs = tuple(max(0, n - 1) if hit else n for n, hit in zip(need, mask, strict=True))
        rooms = tuple(r - 1 if hit and r is not None else r for r, hit in zip(room, mask, strict=True))
        fits = all(r is None or r >= 0 for r in rooms)
        if len(inside) < size and fits and _possible(size - len(inside) - 1, needs, rooms, after):
            inside.append(name)
            need, room = needs, rooms
    warnings = tuple(_unmet(quotas, masks, inside)) if lowered or size < min(limit, len(names)) else ()
    return _ties(rule, order, Taken(tuple(inside), warnings=warnings), masks)


def _unmet(quotas: Sequence[Quota], masks: Mapping[str, Mask], inside: Sequence[str]) -> list[Reason]:
    found = []
    for place, quota in enumerate(quotas):
        have = sum(masks[name][place] for name in inside)
        if quota.at_least is not None and have < quota.at_least:
            found.append(Reason("quota_unmet", {"wanted": str(quota.at_least), "found": str(have)}))
    return found


def _ties(rule: Round, order: Sequence[Tied], taken: Taken, masks: Mapping[str, Mask]) -> Taken:
    """Equals of one kind of whom only some are in."""
    chosen = set(taken.inside)
    for tied in order:
        left = [n for n in tied.names if n not in chosen]
        same = [n for n in left if any(masks[n] == masks[m] for m in tied.names if m in chosen)]
        if not same:
            continue
        kinds = {masks[n] for n in same}
        torn = tuple(n for n in tied.names if masks[n] in kinds)
        rest = tuple(n for n in taken.inside if n not in torn)
        if tied.open is not None or rule.ties_at_cut == "decide":
            return Taken(
                rest,
                torn,
                tied.open or Reason("tie_undecided", {"limit": str(len(taken.inside))}),
                taken.warnings,
            )
        if rule.ties_at_cut == "none":
            return Taken(rest, warnings=taken.warnings)
        whole = chosen | set(torn)
        return Taken(tuple(n for t in order for n in t.names if n in whole), warnings=taken.warnings)
    return taken
