"""Random lists for a draw, the same for the same seed: some cannot be drawn at all."""

from __future__ import annotations

from random import Random

from venue_app.rules.drawing import Item, Place, Plan, Rules, checked


def _seats(r: Random) -> Plan:
    places = tuple(
        Place(f"R{n}", r.choice([1, 2, 3]), chiefs=r.choice([0, 0, 1])) for n in range(1, r.choice([2, 3, 4]))
    )
    room = sum(place.seats for place in places)
    kept = r.random() < 0.3
    items = []
    for number in range(room + r.choice([0, 0, 1, 3])):
        bars = frozenset(place.id for place in places if r.random() < 0.12)
        first = number == 0 and kept and not places[0].chiefs
        items.append(
            Item(
                f"J{number:02d}",
                chief=r.choice(["", "yes", "yes", "only"]) if any(p.chiefs for p in places) else "",
                bars=frozenset() if first else bars,
                keep=("R1", 1) if first else None,
                traits={"unit": r.choice("ABCD")} if r.random() < 0.8 else {},
            )
        )
    rules = Rules(distinct=r.choice(["", "unit"]), reserve=len(items) > room)
    return Plan("seats", places, tuple(items), rules)


def _rows(r: Random) -> Plan:
    several = r.random() < 0.6
    strata = ["R1", "R2"] if several else [""]
    items = tuple(
        Item(
            f"E{n:03d}",
            stratum=r.choice(strata),
            traits={"post": r.choice("PQR")} if r.random() < 0.9 else {},
        )
        for n in range(r.choice([4, 7, 12]))
    )
    which = r.choice(["adjacent", "apart", "none"])
    found = []
    for stratum in sorted({item.stratum for item in items}):
        mine = [item for item in items if item.stratum == stratum]
        heads = len({item.trait("post") for item in mine}) if which == "adjacent" else len(mine)
        found.append(Place(stratum or "R1", heads))
    rules = Rules(adjacent="post" if which == "adjacent" else "", apart="post" if which == "apart" else "")
    return Plan("order", tuple(found), items, rules)


def random_list(seed: int) -> Plan:
    """A random list that is well formed."""
    r = Random(seed)
    for _ in range(50):
        plan = _seats(r) if r.random() < 0.5 else _rows(r)
        try:
            return checked(plan)
        except Exception as fault:  # a list that is refused when it is made: the next one
            if type(fault).__name__ != "Known":
                raise
    raise AssertionError("no list in fifty tries")
