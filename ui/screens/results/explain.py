"""A number opened: its working as a tree for the eye and as sentences to read out. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ui.phrases import Phrase, spoken
from ui.widgets.trees import Working
from ui.words import Say, Text
from venue_app.rules import Node, Results, reason_words, sentence, working
from venue_app.scheme import Scheme
from venue_app.state import State
from venue_app.state.appearing import lots_heard, post_titles


@dataclass(frozen=True, slots=True)
class Opened:
    """What the panel beside the table shows of one entry."""

    entry: str
    who: Text
    outcome: Text
    working: Working | None
    sentence: Text


def opened(state: State, results: Results, entry: str, component: str) -> Opened:
    """The working of one component of one entry; without a working for who is not ranked at all."""
    result = results.entries[entry]
    person = state.candidates[result.candidate]
    lot = lots_heard(state).get(entry)
    post = state.posts[result.post].title
    who = (
        Say("results.who", name=person.name, post=post)
        if lot is None
        else Say(
            "results.who_lot", name=person.name, post=post, room=state.rooms[lot.room].title, lot=lot.number
        )
    )
    outcome = spoken(lambda lang: reason_words(result.outcome, lang, state.scheme, post_titles(state)))
    if entry not in results.position:
        return Opened(entry, who, outcome, None, "")
    node = working(results, entry, component)
    said = spoken(lambda lang: sentence(node, lang))
    return Opened(entry, who, outcome, tree(node, state.scheme), said)


def tree(node: Node, scheme: Scheme) -> Working:
    """A node of the working for the tree."""
    label: Text = Phrase(node.title)
    if node.kind == "seat":
        label = Say("results.seat", seat=node.params["seat"])
    parts = node.children
    note: Text = ""
    if node.kind == "term":
        if node.value is not None and node.params["weight"] != "1":
            of, weight = node.params["of"], node.params["weight"]
            label = Say("results.times", title=label, of=of, weight=weight)
        parts = node.children[0].children if node.children else ()
    elif node.params.get("dropped"):
        note = Say("ui.seat.struck_high") if node.params["dropped"] == "high" else Say("ui.seat.struck_low")
    elif node.reason is not None:
        reason = node.reason
        note = spoken(lambda lang: reason_words(reason, lang, scheme))
    return Working(label, node.value or "—", tuple(tree(part, scheme) for part in parts), note)
