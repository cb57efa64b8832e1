"""Working and reasons in words that can be read aloud."""

from __future__ import annotations

from venue_app.base.i18n import catalogue, tr_in
from venue_app.rules.number import Reason
from venue_app.rules.working import Node
from venue_app.scheme.judging import Rounding


def rounding_words(rounding: Rounding, lang: str) -> str:
    """`四舍五入保留2位小数`; '' for exact."""
    if rounding.mode == "exact":
        return ""
    mode = rounding.mode.replace("-", "_")
    return tr_in(lang, f"rules.rounding.{mode}", places=rounding.places)


def reason_words(reason: Reason, lang: str) -> str:
    """A reason or outcome as a phrase; a scheme's own code is shown as it stands."""
    key = f"rules.reason.{reason.code}"
    if key not in catalogue(lang):
        return reason.code
    return tr_in(lang, key, **reason.params)


def _some(count: str, lang: str, kind: str) -> str:
    """`一个最高分`, `two highest`."""
    number = tr_in(lang, f"rules.count.{count}") if f"rules.count.{count}" in catalogue(lang) else count
    return tr_in(lang, f"rules.say.{kind}", number=number)


def _panel(node: Node, lang: str) -> str:
    p = node.params
    parts = [tr_in(lang, "rules.say.panel_of", count=p["count"])]
    if p["out"] != "0":
        parts.append(tr_in(lang, "rules.say.panel_out", seats=p["out_seats"], count=p["out"]))
    by = "each_" if node.kind == "panel_criteria" else ""
    for side in ("high", "low"):
        if p[side] != "0":
            words = _some(p[side], lang, f"{by}{side}")
            parts.append(words if by else words + tr_in(lang, "rules.say.marks", marks=p[f"{side}_marks"]))
    if p["sum"]:
        key = "rest" if p["high"] != "0" or p["low"] != "0" else "all"
        parts.append(tr_in(lang, f"rules.say.{key}", count=p["kept"], sum=p["sum"]))
    parts.append(tr_in(lang, f"rules.say.take_{p['take']}", value=node.value or ""))
    return tr_in(lang, "rules.say.comma").join(parts)


def _sum(node: Node, lang: str) -> str:
    terms = []
    for child in node.children:
        if child.value is None:
            terms.append(tr_in(lang, "rules.say.left_out", title=child.title.say(lang)))
        else:
            key = "term_once" if child.params["weight"] == "1" else "term"
            terms.append(
                tr_in(
                    lang,
                    f"rules.say.{key}",
                    title=child.title.say(lang),
                    of=child.params["of"],
                    weight=child.params["weight"],
                    points=child.value,
                )
            )
    if node.params["plus"] != "0":
        terms.append(tr_in(lang, "rules.say.plus", plus=node.params["plus"]))
    parts = [
        tr_in(
            lang,
            "rules.say.added",
            terms=tr_in(lang, "rules.say.and").join(terms),
            total=node.params["total"],
        )
    ]
    if node.params["divide"] != "1":
        parts.append(
            tr_in(lang, "rules.say.divide", divide=node.params["divide"], exact=node.params["exact"])
        )
    for hold in ("cap", "floor"):
        if hold in node.params:
            parts.append(tr_in(lang, f"rules.say.{hold}", limit=node.params[hold]))
    if (
        node.value != node.params["exact"]
        and node.rounding is not None
        and rounding_words(node.rounding, lang)
    ):
        parts.append(
            tr_in(lang, "rules.say.rounded", how=rounding_words(node.rounding, lang), value=node.value or "")
        )
    return tr_in(lang, "rules.say.comma").join(parts)


def sentence(node: Node, lang: str) -> str:
    """One node as one sentence; what is missing is said as missing."""
    title = node.title.say(lang)
    if node.value is None:
        why = reason_words(node.reason, lang) if node.reason else ""
        return tr_in(lang, "rules.say.none", title=title, why=why)
    if node.kind in {"panel", "panel_criteria"}:
        body = _panel(node, lang)
    elif node.kind == "sum":
        body = _sum(node, lang)
    elif node.kind == "seat":
        return tr_in(lang, "rules.say.seat", seat=node.params["seat"], value=node.value)
    else:
        body = tr_in(lang, "rules.say.value", value=node.value)
    return tr_in(lang, "rules.say.whole", title=title, body=body)


def sentences(node: Node, lang: str) -> tuple[str, ...]:
    """The whole working aloud: the parts first, then what they come to; seats and plain terms stay inside."""
    inner = [line for child in node.children for line in sentences(child, lang)]
    if node.kind in {"term", "seat"}:
        return tuple(inner)
    return (*inner, sentence(node, lang))
