"""An entry of the journal as one plain sentence, for whoever watches over the day. Pure.

Seats are told by number, candidates by lot; names only of those who act. Sentences are
`witness.told.<kind>`, in every language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from venue_app.base.i18n import catalogue, tr_in
from venue_app.domain import ballot_entries as b
from venue_app.domain import entries as e
from venue_app.domain import floor_entries as f
from venue_app.domain import hosts as h
from venue_app.domain import showing as s
from venue_app.domain.record import Record
from venue_app.domain.roles import Role
from venue_app.state.model import State
from venue_app.state.places import STANDBY, place_of, place_title
from venue_app.state.polls import Poll
from venue_app.state.telling_draws import DRAWS, name_list, short_digest

Weight = Literal["", "strong", "caution"]


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence; `weight` strong for milestones, caution for what is out of the ordinary."""

    text: str
    weight: Weight = ""


_STRONG = frozenset(
    {"event.created", "run.opened", "run.closed", "run.reopened", "draw.frozen", "draw.drawn", "draw.typed"}
    | {"result.released", "witness.signed", "ballot.opened", "ballot.closed", "standby.named"}
)
_CAUTION = frozenset(
    {"candidate.absent", "entry.waived", "stage.paused", "stage.extended", "sheet.reopened", "panel.accepted"}
    | {
        "seat.excused",
        "seat.recused",
        "incident.noted",
        "step.undone",
        "draw.discarded",
        "draw.changed",
        "scheme.changed",
    }
    | {"value.entered", "station.released", "ballot.withdrawn", "ballot.abandoned", "host.promoted"}
)


def tell(state: State, record: Record, lang: str) -> Telling:
    """What an entry says. `state` gives rooms and seats their names: any state since the entry will do."""
    fact = record.data
    key, params = f"witness.told.{record.kind}", _common(state, fact, lang)
    special = _SPECIAL.get(type(fact))
    if special is not None:
        other, more = special(state, record, lang)
        key, params = other or key, params | more
    weight: Weight = "strong" if record.kind in _STRONG else "caution" if record.kind in _CAUTION else ""
    if key not in catalogue(lang):
        return Telling(tr_in(lang, "witness.told_other", kind=record.kind), weight)
    return Telling(tr_in(lang, key, **params), weight)


def minutes(ms: int) -> str:
    """A length of time as 7:42."""
    return f"{ms // 60_000}:{ms // 1000 % 60:02d}"


def _common(state: State, fact: e.Fact, lang: str) -> dict[str, object]:
    """The fields that many kinds share, as people name them."""
    found: dict[str, object] = {}
    for name in ("lot", "reason", "second", "receipt", "value", "checker", "by", "serial", "pages", "undoes"):
        found[name] = getattr(fact, name, "")
    room = getattr(fact, "room", None)
    found["room"] = _room(state, room) if room else ""
    seat = getattr(fact, "seat", None)
    if seat is not None:
        found["seat"] = _seat(state, seat, lang, with_room=room is None)
    name = getattr(fact, "poll", "")
    found["poll"] = _poll(state, state.polls[name], lang) if name in state.polls else name
    stage = getattr(fact, "stage", None)
    if stage is not None:
        found["stage"] = _stage(state, stage, lang)
    for name in ("spent", "limit", "add"):
        ms = getattr(fact, f"{name}_ms", None)
        if ms is not None:
            found[name] = minutes(ms)
    return found


def _poll(state: State, poll: Poll, lang: str) -> str:
    title = next((b.title.say(lang) for b in state.scheme.ballots if b.id == poll.ballot), poll.ballot)
    return f"{title} {poll.id}"


def _room(state: State, room: str) -> str:
    return state.rooms[room].title if room in state.rooms else room


def _stage(state: State, stage: str, lang: str) -> str:
    return next((s.title.say(lang) for s in state.scheme.stages if s.id == stage), stage)


def _seat(state: State, seat_id: str, lang: str, *, with_room: bool) -> str:
    seat = state.seats.get(seat_id)
    if seat is None:
        place = place_of(state, seat_id)
        return seat_id if place is None else place_title(state, place, lang)
    group = next((g.title.say(lang) for g in state.scheme.groups if g.id == seat.group), seat.group)
    where = group if seat.room is None else _room(state, seat.room) if with_room else ""
    word = tr_in(lang, "witness.seat", number=seat.number)
    return tr_in(lang, "witness.seat_in", where=where, seat=word) if where else word


def _people(lang: str, people: tuple[Any, ...]) -> str:
    return name_list(tuple(p.name for p in people), lang)


_Found = tuple[str, dict[str, object]]


def _created(_: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, e.EventCreated)
    key = "witness.mode.official" if fact.mode == "official" else "witness.mode.rehearsal"
    return "", {"title": fact.title, "mode": tr_in(lang, key)}


def _imported(_: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, e.RosterImported)
    names = ("candidates", "entries", "posts", "rooms", "seats")
    return "", {name: len(getattr(fact, name)) for name in names}


def _with_people(_: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, e.RunOpened | e.RunClosed)
    return "", {"people": _people(lang, fact.people)}


def _package_sealed(_: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, f.PackageSealed)
    holders = name_list(fact.holders, lang)
    return "", {"label": fact.label, "threshold": fact.threshold, "holders": holders}


def _package_opened(_: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, f.PackageOpened)
    return "", {"digest": short_digest(fact.sha256), "by": name_list(fact.by, lang)}


def _reopened(_: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, f.RunReopened)
    return "", {"people": _people(lang, fact.people), "reason": fact.reason}


def _joined(_: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, e.StationJoined)
    parts = tuple(part for part in (fact.device_name, fact.person) if part)
    return "", {"device": name_list(parts, lang)}


def _paused(_: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, e.StagePaused)
    if fact.reason == e.RESTART:
        return "", {"reason": tr_in(lang, "witness.restarted")}
    if fact.reason == e.ASLEEP:
        return "", {"reason": tr_in(lang, "witness.asleep")}
    return "", {}


def _stage_over(_: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, e.StageEnded)
    if fact.over_ms < 1000:
        return "", {}
    key = (
        "witness.told.stage.ended_penalty"
        if fact.penalty not in ("", "0")
        else "witness.told.stage.ended_over"
    )
    return key, {"over": minutes(fact.over_ms), "penalty": fact.penalty}


def _sheet(_: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, e.SheetReceived)
    if not fact.paper:
        return "", {}
    return "witness.told.sheet.paper", {"people": name_list(fact.paper, lang)}


def _panel_accepted(state: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, f.PanelAccepted)
    group = next((g.title.say(lang) for g in state.scheme.groups if g.id == fact.group), fact.group)
    people = name_list(fact.people, lang)
    return "", {"group": group, "count": fact.count, "minimum": fact.minimum, "people": people}


def _excused(_: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, e.SeatExcused)
    return ("witness.told.seat.recused_here" if fact.excuse == "recused" else ""), {}


def _recused(state: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, f.SeatRecused)
    return "", {"post": state.posts[fact.post].title if fact.post in state.posts else fact.post}


def _component(state: State, component: str, lang: str) -> str:
    return next((c.title.say(lang) for c in state.scheme.components if c.id == component), component)


def _computed(state: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, e.ResultComputed)
    return "", {"component": _component(state, fact.component, lang)}


def _value(state: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, e.ValueEntered)
    lot = state.lots.get(fact.entry)
    who = fact.entry
    if lot is not None:
        who = tr_in(lang, "witness.lot_in", room=_room(state, lot.room), lot=lot.number)
    key = "witness.told.value.withdrawn" if fact.value is None else ""
    return key, {"component": _component(state, fact.component, lang), "who": who}


def _report(_: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, e.ReportIssued)
    return "", {"digest": short_digest(fact.sha256)}


def _scheme(_: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, f.SchemeChanged)
    return ("" if fact.roster_kept else "witness.told.scheme.replaced"), {}


def _incident(_: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, f.IncidentNoted)
    about = fact.text if fact.lot is None else tr_in(lang, "witness.about_lot", lot=fact.lot, text=fact.text)
    what = f"{about}{tr_in(lang, 'witness.decided', decision=fact.decision)}" if fact.decision else about
    return ("witness.told.incident.violation" if fact.violation else ""), {"text": what}


def _signature(_: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, f.SignatureRecorded)
    return ("witness.told.signature.refused" if fact.refused else ""), {"reason": fact.refused}


def milestone(state: State, what: str, room: str | None, lot: int | None, lang: str) -> str:
    """What a witness signs for, in words."""
    title = _room(state, room) if room else ""
    return tr_in(lang, f"witness.milestone.{what}", room=title, lot=lot or "")


def _witness(state: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, f.WitnessSigned)
    notary = record.actor.role is Role.NOTARY
    office = tr_in(lang, "witness.office.notary" if notary else "witness.office.supervisor")
    what = milestone(state, fact.milestone, fact.room, fact.lot, lang)
    return "", {"office": office, "name": record.actor.name, "what": what, "size": fact.size}


def _announcing(_: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, f.AnnouncingChosen)
    return "", {"how": tr_in(lang, f"witness.announcing.{fact.announcing}")}


def _showing(_: State, record: Record, _lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, s.ShowingChosen)
    return ("" if fact.one_by_one else "witness.told.showing.board"), {}


def _lot_shown(_: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, s.LotShown)
    return "", {"entry": fact.entry, "how": tr_in(lang, f"witness.shown.{fact.how}")}


def _passed(_: State, record: Record, _lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, s.TurnPassed)
    return "", {"entry": fact.entry}


def _ballot(_: State, record: Record, _lang: str) -> _Found:
    match record.data:
        case b.BallotOpened(names=names):
            return "", {"count": len(names)}
        case b.BallotIssued(digests=digests, papers=papers):
            return "", {"slips": len(digests), "papers": papers}
        case b.BallotPapers(papers=papers):
            return "", {"count": len(papers)}
        case b.BallotClosed(papers=returned, witness=witness):
            return "", {"count": returned, "witness": witness}
        case b.BallotCounted(issued=issued, returned=returned, valid=valid, void=void):
            return "", {"issued": issued, "returned": returned, "valid": valid, "void": void}
        case _:
            return "", {}


def _clocks(state: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, f.ClocksNoted)
    worst = max((d.error or 0 for d in fact.displays), default=0)
    names = name_list(tuple(_seat(state, d.seat, lang, with_room=True) for d in fact.displays), lang)
    found = {"count": len(fact.displays), "error": worst, "names": names}
    if fact.why == "beyond":
        return "witness.told.clocks.beyond", found
    return ("" if fact.displays else "witness.told.clocks.noted_none"), found


def _photos(_: State, record: Record, _lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, f.PhotosAdded)
    return "", {"count": len(fact.photos)}


def _standby(state: State, record: Record, _lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, h.StandbyNamed)
    station = state.stations.get(STANDBY)
    return "", {
        "device": station.device_name if station else "",
        "key": fact.keys.get("ed25519", "")[:8].upper(),
    }


def _promoted(_: State, record: Record, lang: str) -> _Found:
    fact = record.data
    assert isinstance(fact, h.HostPromoted)
    return "", {"epoch": fact.epoch, "reason": fact.reason, "names": name_list(fact.names, lang)}


_SPECIAL: dict[type, Callable[[State, Record, str], _Found]] = {
    e.EventCreated: _created,
    e.RosterImported: _imported,
    e.RunOpened: _with_people,
    e.RunClosed: _with_people,
    f.RunReopened: _reopened,
    f.PackageSealed: _package_sealed,
    f.PackageOpened: _package_opened,
    **DRAWS,
    e.StationJoined: _joined,
    e.StagePaused: _paused,
    e.StageEnded: _stage_over,
    e.SheetReceived: _sheet,
    e.SeatExcused: _excused,
    f.PanelAccepted: _panel_accepted,
    f.SeatRecused: _recused,
    e.ResultComputed: _computed,
    e.ValueEntered: _value,
    e.ReportIssued: _report,
    f.SchemeChanged: _scheme,
    f.IncidentNoted: _incident,
    f.SignatureRecorded: _signature,
    f.WitnessSigned: _witness,
    f.AnnouncingChosen: _announcing,
    f.ClocksNoted: _clocks,
    f.PhotosAdded: _photos,
    h.StandbyNamed: _standby,
    h.HostPromoted: _promoted,
    s.ShowingChosen: _showing,
    s.LotShown: _lot_shown,
    s.TurnPassed: _passed,
    b.BallotOpened: _ballot,
    b.BallotIssued: _ballot,
    b.BallotPapers: _ballot,
    b.BallotClosed: _ballot,
    b.BallotCounted: _ballot,
}
