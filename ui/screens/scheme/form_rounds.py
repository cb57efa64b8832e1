"""Rounds in the form: how many go on, from which mark, and what of those who are tied. Pure."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from ui.phrases import Phrase
from ui.screens.scheme.fields import Block, Field, Fields, Option, Section
from ui.screens.scheme.scalars import Maker, label, listed, titled
from ui.screens.scheme.typed import shown_chain
from ui.words import Say, Text
from venue_app.scheme import Gate, Round, Scheme
from venue_app.scheme.rounds import Tie

_ROUND = ("title", "ratio", "count", "ratio_rounding", "ties_at_cut", "rank_style", "replacement", "one_post")


def round_section(maker: Maker, at: int) -> Section:
    """One cut."""
    rule = maker.scheme.rounds[at]
    key = maker.item("rounds", at)
    about = titled(rule.title, rule.id)
    blocks: list[Block] = [Fields(maker.some(rule, key, about, _ROUND))]
    for place, gate in enumerate(rule.gates):
        blocks.append(_gate(maker, gate, maker.item(f"{key}.gates", place), about))
    if rule.entrants is not None:
        wanted = ("minimum", "ratio", "below")
        blocks.append(
            Fields(maker.some(rule.entrants, f"{key}.entrants", about, wanted), label(Round, "entrants"))
        )
    if rule.by_places:
        columns = ("places", "places_to", "ratio", "count")
        blocks.append(
            listed(maker, rule.by_places, f"{key}.by_places", about, columns, label(Round, "by_places"))
        )
    if rule.close is not None:
        blocks.append(Fields(maker.some(rule.close, f"{key}.close", about), label(Round, "close")))
    for place, quota in enumerate(rule.quotas):
        own = maker.item(f"{key}.quotas", place)
        head = titled(quota.title, "") if quota.title else label(Round, "quotas")
        blocks.append(Fields(maker.pick(quota, own, about, ("at_least", "at_most")), head))
    blocks.append(Fields((_chain(maker.scheme, rule, key, about),)))
    return Section(key, about, tuple(blocks))


def _gate(maker: Maker, gate: Gate, key: str, about: Text) -> Block:
    part = maker.scheme.component(gate.of)
    title = titled(part.title, part.id)
    where = Say("scheme_screen.place", about=about, label=title)
    limits = (*maker.limit(gate, key, "at_least", where), *maker.limit(gate, key, "at_most", where))
    known = ("at_least", "above", "at_most", "below", "out_of")
    others = (*maker.pick(gate, key, where, ("out_of",)), *maker.rest(gate, key, where, known))
    return Fields((*limits, *others), Say("scheme_screen.gate", title=title))


def _chain(scheme: Scheme, rule: Round, key: str, about: Text) -> Field:
    """The tie chain with every link that may be chosen, and those of the file that have no choice of their own."""
    links = [_link(tie) for tie in rule.ties]
    usual: list[dict[str, Any]] = [{"by": c.id} for c in scheme.components if c.id != rule.by]
    offered = [*usual, {"exact": True}, {"lot": True}]
    every = [*offered, *(link for link in links if link not in offered)]
    word = label(Round, "ties")
    return Field(
        key=f"{key}.ties",
        kind="chain",
        label=word,
        shown=shown_chain(links),
        place=Say("scheme_screen.place", about=about, label=word),
        default=f"{key}.ties" not in scheme.stated,
        options=tuple(
            Option(json.dumps(x, ensure_ascii=False, sort_keys=True), _said(scheme, x)) for x in every
        ),
    )


def _link(tie: Tie) -> dict[str, Any]:
    """A link as the file may write it: what differs from the defaults."""
    found = {
        spec.name: getattr(tie, spec.name) for spec in fields(tie) if getattr(tie, spec.name) != spec.default
    }
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}


def _said(scheme: Scheme, link: dict[str, Any]) -> Text:
    of = _title(scheme, str(link["by"])) if link.get("by") else Say("scheme_screen.tie.itself")
    low = link.get("direction") == "ascending"
    if link.get("lot"):
        return Say("scheme_screen.tie.lot")
    if link.get("attribute"):
        return Say("scheme_screen.tie.attribute", name=link["attribute"])
    if link.get("exact"):
        return Say("scheme_screen.tie.exact", of=of)
    if link.get("places") is not None:
        return Say("scheme_screen.tie.places", of=of, places=link["places"])
    return Say("scheme_screen.tie.low", of=of) if low else Say("scheme_screen.tie.high", of=of)


def _title(scheme: Scheme, component: str) -> Text:
    found = next((c for c in scheme.components if c.id == component), None)
    return Phrase(found.title) if found is not None and found.title else component
