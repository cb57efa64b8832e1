"""The sentence of each kind of number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from venue_app.base.i18n import catalogue, tr_in
from venue_app.rules.node import Node
from venue_app.scheme.words import rounding_words

Body = Callable[[Node, str], str]


def _say(lang: str, key: str, **params: Any) -> str:
    return tr_in(lang, f"rules.say.{key}", **params)


def _join(lang: str, parts: list[str]) -> str:
    return _say(lang, "comma").join(part for part in parts if part)


def _cut(node: Node, lang: str, exact: str) -> str:
    """How the exact number became the printed one, if it was cut at all."""
    if node.value is None or not exact or node.rounding is None or not rounding_words(node.rounding, lang):
        return ""
    if not exact.endswith("…") and Fraction(node.value) == Fraction(exact):
        return ""
    return _say(lang, "rounded", how=rounding_words(node.rounding, lang), value=node.value)


def _held(node: Node, lang: str) -> list[str]:
    return [_say(lang, side, limit=node.params[side]) for side in ("cap", "floor") if side in node.params]


def _some(count: str, lang: str, kind: str) -> str:
    """`一个最高分`, `two highest`."""
    key = f"rules.count.{count}"
    number = tr_in(lang, key) if key in catalogue(lang) else _say(lang, "many", count=count)
    return _say(lang, kind, number=number)


def body_value(node: Node, lang: str) -> str:
    """A number that has nothing behind it."""
    return _say(lang, "value", value=node.value)


def _panel(node: Node, lang: str) -> str:
    p = node.params
    parts = [_say(lang, "panel_of", count=p["count"])]
    if p["out"] != "0":
        parts.append(_say(lang, "panel_out", seats=p["out_seats"], count=p["out"]))
    if p["void"] != "0":
        parts.append(_say(lang, "panel_void", marks=p["void_marks"], count=p["void"]))
    if "accepted_by" in p:
        parts.append(_decided(p, lang))
    by_criterion = node.kind == "panel_criteria"
    for side in ("high", "low"):
        if p[side] != "0":
            words = _some(p[side], lang, f"each_{side}" if by_criterion else side)
            parts.append(words if by_criterion else words + _say(lang, "marks", marks=p[f"{side}_marks"]))
    if by_criterion:
        means = [
            _say(lang, "of_value", of=c.title.say(lang), value=c.value)
            for c in node.children
            if c.kind == "criterion"
        ]
        parts.append(_join(lang, means))
    elif p["sum"]:
        dropped = p["high"] != "0" or p["low"] != "0" or p["void"] != "0"
        parts.append(_say(lang, "rest" if dropped else "all", count=p["kept"], sum=p["sum"]))
    parts.append(_say(lang, f"take_{'criteria' if by_criterion else p['take']}", value=node.value))
    return _join(lang, parts)


def _decided(p: Mapping[str, str], lang: str) -> str:
    """That fewer sheets than the minimum were counted, and by whose decision."""
    if not p["accepted_by"]:
        return _say(lang, "panel_few", count=p["valid"], minimum=p["minimum"])
    by = _say(lang, "people").join(p["accepted_by"].splitlines())
    return _say(lang, "panel_few_by", count=p["valid"], minimum=p["minimum"], by=by)


def _seat(node: Node, lang: str) -> str:
    return _say(lang, "value", value=node.value)


def _term(child: Node, lang: str) -> str:
    title = child.title.say(lang)
    if child.value is None:
        return _say(lang, "left_out", title=title)
    weight, of = child.params["weight"], child.params["of"]
    if weight == "1":
        return _say(lang, "term_once", title=title, points=child.value)
    return _say(lang, "term", title=title, of=of, weight=weight, points=child.value)


def _sum(node: Node, lang: str) -> str:
    terms = [_term(child, lang) for child in node.children]
    if node.params["plus"] != "0":
        terms.append(_say(lang, "plus", plus=node.params["plus"]))
    parts = [_say(lang, "added", terms=_say(lang, "and").join(terms), total=node.params["total"])]
    exact = node.params["exact"]
    if node.params["divide"] != "1":
        parts.append(_say(lang, "divide", divide=node.params["divide"], exact=exact))
    held = _held(node, lang)
    return _join(lang, [*parts, *held, "" if held else _cut(node, lang, exact)])


def _formula(node: Node, lang: str) -> str:
    p = node.params
    held = _held(node, lang)
    whole = _say(lang, "formula", numbers=p["numbers"], exact=p["exact"])
    return _join(lang, [whole, *held, "" if held else _cut(node, lang, p["exact"])])


def _case(node: Node, lang: str) -> str:
    chosen = node.children[0].title.say(lang) if node.children else ""
    return _say(lang, "case", chosen=chosen, value=node.value)


def _attribute(node: Node, lang: str) -> str:
    whole = _say(
        lang, "attribute", value=node.value, **{k: node.params[k] for k in ("attribute", "found", "times")}
    )
    return _join(lang, [whole, *_held(node, lang)])


def _bonus(node: Node, lang: str) -> str:
    if not node.children:
        return _say(lang, "bonus_none", value=node.value)
    awards = [_say(lang, "of_value", of=a.title.say(lang), value=a.value) for a in node.children]
    whole = _say(lang, f"bonus_{node.params['take']}", awards=_join(lang, awards), value=node.value)
    return _join(lang, [whole, *_held(node, lang)])


def _steps(node: Node, lang: str) -> str:
    of = node.children[0]
    reached = node.params["reached"]
    key = "steps" if reached else "steps_none"
    grade = node.words["grade"].say(lang)
    whole = _say(lang, key, of=of.title.say(lang), found=of.value, reached=reached, value=node.value)
    return _join(lang, [grade, whole])


def _overrun(node: Node, lang: str) -> str:
    seconds = node.params["seconds"]
    key = "overrun" if seconds != "0" else "overrun_none"
    return _say(lang, key, stage=node.words["stage"].say(lang), seconds=seconds, value=node.value)


def _statistic(node: Node, lang: str) -> str:
    p = node.params
    of = node.words["of"].say(lang)
    dropped = [_some(p[side], lang, side) for side in ("high", "low") if p[side] != "0"]
    whole = _say(lang, f"statistic_{p['take']}", of=of, count=p["count"], value=node.value)
    return _join(lang, [_say(lang, "statistic", where=p["where"], count=p["count"]), *dropped, whole])


def _places(node: Node, lang: str) -> str:
    p = node.params
    return _say(
        lang,
        f"places_{p['take']}",
        count=p["count"],
        people=p["people"],
        places=p["places"],
        value=node.value,
    )


def _best(node: Node, lang: str) -> str:
    return _say(lang, "best", value=node.value, **{k: node.params[k] for k in ("of", "best", "points")})


def _balance(node: Node, lang: str) -> str:
    names = ("of", "room", "room_mean", "overall", "coefficient")
    return _say(lang, "balance", value=node.value, **{k: node.params[k] for k in names})


def _grade(node: Node, lang: str) -> str:
    p = node.params
    return _say(
        lang, "grade", of=p["of"], people=p["people"], grade=node.words["grade"].say(lang), value=node.value
    )


def _answer(node: Node, lang: str) -> str:
    title = node.title.say(lang) or _say(lang, f"answer_{node.params['answer']}")
    return _say(lang, "votes", answer=title, votes=node.value)


def _item(node: Node, lang: str) -> str:
    votes = _join(lang, [_answer(child, lang) for child in node.children])
    title = node.title.say(lang)
    value = "" if node.params["measure"] == "votes" else _say(lang, "item_value", value=node.value)
    return (
        _say(lang, "item", title=title, body=_join(lang, [votes, value]))
        if title
        else _join(lang, [votes, value])
    )


def _class(node: Node, lang: str) -> str:
    p = node.params
    papers = _say(lang, "papers", **{k: p[k] for k in ("issued", "returned", "valid", "void")})
    items = _say(lang, "semicolon").join(_item(child, lang) for child in node.children)
    whole = _say(lang, "semicolon").join(part for part in (papers, items) if part)
    title = node.title.say(lang)
    if not title:
        return whole
    value = _say(lang, "class_value", value=node.value, weight=p["weight"])
    return _say(lang, "class", title=title, body=_join(lang, [whole, value]))


def _ballot(node: Node, lang: str) -> str:
    classes = _say(lang, "semicolon").join(_class(child, lang) for child in node.children)
    exact = node.params["exact"]
    whole = _say(lang, f"measure_{node.params['measure']}", exact=exact)
    return _say(lang, "semicolon").join((classes, _join(lang, [whole, _cut(node, lang, exact)])))


BODIES: dict[str, Body] = {
    "panel": _panel,
    "panel_criteria": _panel,
    "seat": _seat,
    "sum": _sum,
    "formula": _formula,
    "case": _case,
    "attribute": _attribute,
    "bonus": _bonus,
    "steps": _steps,
    "overrun": _overrun,
    "statistic": _statistic,
    "places": _places,
    "best": _best,
    "balance": _balance,
    "grade": _grade,
    "ballot": _ballot,
    "ballot_class": _class,
    "ballot_item": _item,
}
"""What is said after the title, by kind of node."""
