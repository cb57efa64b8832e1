"""Working and reasons in words that can be read aloud."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from venue_app.base.i18n import catalogue, tr_in
from venue_app.rules.node import Node
from venue_app.rules.number import Reason
from venue_app.rules.say_kinds import BODIES, body_value
from venue_app.scheme.model import Scheme

_SILENT = {"term", "seat", "criterion", "award", "answer", "ballot_item", "ballot_class"}
"""Parts that are said inside the sentence they belong to."""


def reason_words(
    reason: Reason, lang: str, scheme: Scheme | None = None, posts: Mapping[str, str] | None = None
) -> str:
    """A reason or outcome as a phrase. With `scheme`, components by their titles and its own codes by theirs; with
    `posts`, titles by id, a post by its own."""
    if reason.code == "passed" and scheme is not None:
        called = next((r.passed for r in scheme.rounds if r.id == reason.params.get("round")), None)
        if called:
            return called.say(lang)
    params = {name: _titled(name, value, lang, scheme) for name, value in reason.params.items()}
    if posts and "post" in params:
        params["post"] = posts.get(params["post"], params["post"])
    key = f"rules.reason.{reason.code}"
    if key in catalogue(lang):
        if reason.code == "not_yet" and f"{key}_{params.get('missing')}" in catalogue(lang):
            key = f"{key}_{params['missing']}"
        return tr_in(lang, key, **params)
    words = _own_code(reason.code, lang, scheme)
    return words if not params.get("wanted") else tr_in(lang, "rules.say.own_code", words=words, **params)


def _titled(name: str, value: str, lang: str, scheme: Scheme | None) -> str:
    """The id of a component, a round or a ballot as its title."""
    if scheme is None:
        return value
    tables: dict[str, tuple[Any, ...]] = {
        "of": scheme.components,
        "component": scheme.components,
        "need": scheme.components,
        "group": scheme.groups,
        "round": scheme.rounds,
        "ballot": scheme.ballots,
    }
    titles = {item.id: item.title for item in tables.get(name, ())}
    return titles[value].say(lang) if value in titles else value


def _own_code(code: str, lang: str, scheme: Scheme | None) -> str:
    for rule in scheme.rounds if scheme else ():
        for gate in rule.gates:
            if gate.code == code and gate.title:
                return gate.title.say(lang)
    return code


def sentence(node: Node, lang: str) -> str:
    """One node as one sentence; what is missing is said as missing."""
    title = node.title.say(lang)
    if node.value is None:
        why = reason_words(node.reason, lang) if node.reason else ""
        return tr_in(lang, "rules.say.none", title=title, why=why)
    body = BODIES.get(node.kind, body_value)(node, lang)
    return tr_in(lang, "rules.say.whole", title=title, body=body)


def sentences(node: Node, lang: str) -> tuple[str, ...]:
    """The whole working aloud: the parts first, then what they come to, each number once."""
    found: dict[str, None] = {}
    for child in node.children:
        found.update(dict.fromkeys(sentences(child, lang)))
    if node.kind not in _SILENT:
        found[sentence(node, lang)] = None
    return tuple(found)
