"""Whether the open seats can be filled at all: a flow from items through units to places, and its cut.

Every item gives one unit of flow; where no two of a unit may share a place, the arc from the unit to the place
carries one. All seats can be filled exactly when the flow fills every place (integral maximum flow, Ford and
Fulkerson); when it does not, the cut names places that want more than can be had (Hall's condition).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Node = tuple[str, ...]
_SOURCE: Node = ("source",)
_SINK: Node = ("sink",)


@dataclass(frozen=True, slots=True)
class Flow:
    """How far the places can be filled.

    `where` is one way to do it, item → place. `short` is how many seats stay empty; `starved` are the fewest
    places which together want more than all items can give them (empty when nothing is short).
    """

    where: Mapping[str, str]
    short: int
    starved: frozenset[str]


def fill_places(need: Mapping[str, int], ways: Iterable[tuple[str, str, str]]) -> Flow:
    """The flow for `need` (place → open seats) over `ways` (item, gate, place); an empty gate is no limit."""
    net: dict[Node, dict[Node, int]] = {_SOURCE: {}, _SINK: {}}

    def arc(a: Node, b: Node, capacity: int) -> None:
        net.setdefault(a, {})[b] = capacity
        net.setdefault(b, {}).setdefault(a, 0)

    for place, seats in need.items():
        arc(("place", place), _SINK, seats)
    for item, gate, place in ways:
        middle: Node = ("gate", gate, place) if gate else ("way", item, place)
        arc(_SOURCE, ("item", item), 1)
        arc(("item", item), middle, 1)
        arc(middle, ("place", place), 1)
    filled = 0
    while _augment(net):
        filled += 1
    short = sum(need.values()) - filled
    where = {
        node[1]: onward[-1]
        for node, arcs in net.items()
        if node[0] == "item"
        for onward, room in arcs.items()
        if onward != _SOURCE and room == 0
    }
    return Flow(where, short, _starved(net) if short else frozenset())


def _augment(net: dict[Node, dict[Node, int]]) -> bool:
    """Push one unit along a shortest path with room left; False when there is none."""
    came: dict[Node, Node] = {_SOURCE: _SOURCE}
    queue = deque([_SOURCE])
    while queue and _SINK not in came:
        node = queue.popleft()
        for onward, room in net[node].items():
            if room and onward not in came:
                came[onward] = node
                queue.append(onward)
    if _SINK not in came:
        return False
    node = _SINK
    while node != _SOURCE:
        net[came[node]][node] -= 1
        net[node][came[node]] += 1
        node = came[node]
    return True


def _starved(net: dict[Node, dict[Node, int]]) -> frozenset[str]:
    """Places from which the sink can still be reached: the smaller side of the cut."""
    reached = {_SINK}
    queue = deque([_SINK])
    while queue:
        node = queue.popleft()
        for before in net[node]:
            if before not in reached and net[before][node]:
                reached.add(before)
                queue.append(before)
    return frozenset(node[1] for node in reached if node[0] == "place")
