"""The entries of a draw as plain sentences. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from venue_app.base.i18n import catalogue, tr_in
from venue_app.domain import draw_entries as d
from venue_app.domain.record import Record
from venue_app.state.model import State

#: Another sentence than the kind's own, or '', and what fills its placeholders.
Found = tuple[str, dict[str, object]]


def short_digest(digest: str) -> str:
    """The first 16 digits of a digest in groups of four, to be compared by eye."""
    return " ".join(digest[at : at + 4] for at in range(0, 16, 4))


def name_list(names: object, lang: str) -> str:
    """Several names as one phrase."""
    assert isinstance(names, tuple)
    return tr_in(lang, "witness.comma").join(names)


def _purpose(fact: Any, lang: str) -> dict[str, object]:
    return {"draw": tr_in(lang, f"draw.purpose.{fact.purpose}")}


def _party(fact: Any, lang: str) -> dict[str, object]:
    key = f"draw.party_name.{fact.party}"
    return {"party": tr_in(lang, key) if key in catalogue(lang) else fact.party}


def _judges(_: State, record: Record, _lang: str) -> Found:
    fact = record.data
    assert isinstance(fact, d.JudgesListed)
    return "", {"count": len(fact.judges)}


def _frozen(_: State, record: Record, lang: str) -> Found:
    fact = record.data
    assert isinstance(fact, d.DrawFrozen)
    count = sum(line.startswith("item,") for line in fact.list.splitlines())
    return "", _purpose(fact, lang) | {"count": count, "digest": short_digest(fact.list_digest)}


def _committed(_: State, record: Record, lang: str) -> Found:
    fact = record.data
    assert isinstance(fact, d.DrawCommitted)
    said = {"commitment": short_digest(fact.commitment)}
    return "", _purpose(fact, lang) | _party(fact, lang) | said


def _public(_: State, record: Record, lang: str) -> Found:
    fact = record.data
    assert isinstance(fact, d.DrawPublic)
    return "", _purpose(fact, lang) | {"public": fact.public}


def _revealed(_: State, record: Record, lang: str) -> Found:
    fact = record.data
    assert isinstance(fact, d.DrawRevealed)
    key = "" if fact.opened == "revealed" else f"witness.told.draw.{fact.opened}"
    return key, _purpose(fact, lang) | _party(fact, lang)


def _drawn(_: State, record: Record, lang: str) -> Found:
    fact = record.data
    assert isinstance(fact, d.DrawDrawn | d.DrawTyped)
    said = _purpose(fact, lang) | {"count": sum(len(ids) for ids in fact.result.values())}
    if isinstance(fact, d.DrawDrawn):
        return "", said
    return "", said | {"witnesses": name_list(fact.witnesses, lang)}


def _changed(_: State, record: Record, lang: str) -> Found:
    fact = record.data
    assert isinstance(fact, d.DrawChanged)
    what = tr_in(lang, f"witness.draw_change.{fact.change}")
    return "", _purpose(fact, lang) | {"id": fact.id, "what": what}


def _discarded(_: State, record: Record, lang: str) -> Found:
    fact = record.data
    assert isinstance(fact, d.DrawDiscarded)
    return "", _purpose(fact, lang)


DRAWS: dict[type, Callable[[State, Record, str], Found]] = {
    d.JudgesListed: _judges,
    d.DrawFrozen: _frozen,
    d.DrawCommitted: _committed,
    d.DrawPublic: _public,
    d.DrawRevealed: _revealed,
    d.DrawDrawn: _drawn,
    d.DrawTyped: _drawn,
    d.DrawChanged: _changed,
    d.DrawDiscarded: _discarded,
}
