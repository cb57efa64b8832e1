"""Two records of one event side by side: one the beginning of the other, or parted, and then which goes on rightly."""

from __future__ import annotations

from collections.abc import Iterator

from venue_app.seal.check import Check
from venue_app.seal.evidence import Evidence


def against_checks(one: Evidence, other: Evidence, name: str) -> Iterator[Check]:
    """Compare the record checked with the one in the file `name`.

    A record that a takeover continues is right to part from what the earlier host wrote after it.
    """
    if one.event != other.event:
        yield Check("seal.check.against", False, {"file": name})
        return
    mine, theirs = one.tree.size, other.tree.size
    shared = _shared(one, other)
    if shared == min(mine, theirs):
        params = {"file": name, "size": shared, "more": abs(mine - theirs)}
        yield Check("seal.check.same_record", True, params)
        return
    found = {"file": name, "size": shared, "mine": mine - shared, "theirs": theirs - shared}
    taken_over = any(host.after == shared for host in one.hosts.speakers[1:])
    left_behind = any(host.after == shared for host in other.hosts.speakers[1:])
    if taken_over and not left_behind:
        yield Check("seal.check.left_behind", None, found)
    elif left_behind and not taken_over:
        yield Check("seal.check.overtaken", False, found)
    else:
        yield Check("seal.check.forked", False, found)


def _shared(one: Evidence, other: Evidence) -> int:
    """How many entries both records begin with: the trees' roots agree up to there."""
    low, high = 0, min(one.tree.size, other.tree.size)
    while low < high:
        middle = (low + high + 1) // 2
        if one.root_at(middle) == other.root_at(middle):
            low = middle
        else:
            high = middle - 1
    return low
