"""Candidates of one post side by side: the posts are drawn first, then the people within each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from venue_app.rules.drawing.plan import Item, Plan


def block_name(plan: Plan, item: Item) -> str:
    """What the item is drawn as: itself, or `post=P1` when those of a post stay together."""
    key = plan.rules.adjacent
    return f"{key}={item.traits[key]}" if key and key in item.traits else item.id


def blocks(plan: Plan) -> Plan:
    """The plan with a block in the place of its members; the same plan where nothing is kept together."""
    if not plan.rules.adjacent:
        return plan
    found: dict[str, Item] = {}
    for item in plan.items:
        name = block_name(plan, item)
        found.setdefault(name, Item(name, stratum=item.stratum))
    return replace(plan, items=tuple(found.values()))


def members(plan: Plan, name: str, ranked: Sequence[Item]) -> tuple[str, ...]:
    """The identifiers of a block in the order of `ranked`."""
    return tuple(item.id for item in ranked if block_name(plan, item) == name)
