"""The small forms of the room: what each asks for, and the command it makes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ui.phrases import Phrase
from ui.screens.room.build_sheet import results_of, sheets_of
from ui.screens.room.view import SheetView
from ui.words import Say, Text
from venue_app.base.canonical import decimal_text
from venue_app.domain.nouns import Seat
from venue_app.state import Appearance, State
from venue_app.state.deciding import short_in, short_panels
from venue_app.state.room import announcing, group_of, missing_everywhere, missing_marks, panel

Choices = tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in. `choices` to choose one of, else a line; `ready` are words for one press.

    `when` names another field and the value at which this one is asked for.
    """

    id: str
    label: Text
    hint: Text = ""
    choices: Choices = ()
    ready: tuple[Say, ...] = ()
    value: str = ""
    required: bool = True
    known: tuple[str, ...] = ()
    when: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class MarkField:
    """One criterion of a paper sheet."""

    id: str
    title: Text
    maximum: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form of one act. `held`: it takes a held press. `marks` are the criteria by seat, typed twice."""

    act: str
    room: str
    lot: int
    title: Text
    about: Text
    go: Text
    fields: tuple[Field, ...]
    held: bool = False
    marks: Mapping[str, tuple[MarkField, ...]] | None = None
    sheets: tuple[SheetView, ...] = ()
    candidate: str = ""
    """Whose photograph stands in the form."""
    also: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    """Further lots, (room, lot), that can be decided on together with this one, by judge group."""


def form_of(state: State, room: str, lot: int, act: str, proctor: str) -> Form:
    """The form of an act for a lot (0: for the room)."""
    return _MAKERS[act](state, room, lot, proctor)


def _second(state: State, label: Text = "") -> Field:
    people = {p.name for p in state.people} | {a.checker for a in state.appearances.values() if a.checker}
    return Field(
        "second",
        label or Say("room.form.second"),
        Say("room.form.second_hint"),
        known=tuple(sorted(people)),
    )


def _reason(*ready: Say) -> Field:
    return Field("reason", Say("room.form.reason"), Say("room.form.reason_hint"), ready=ready)


def _seats(state: State, seats: tuple[str, ...]) -> Choices:
    return tuple((s, _seat(state, state.seats[s])) for s in seats)


def _seat(state: State, seat: Seat) -> Text:
    number = Say("room.form.seat_number", number=seat.number, name=seat.name)
    if seat.room is not None:
        return number
    return Say("room.form.seat_of", group=Phrase(group_of(state, seat.id).title), number=seat.number)


def _of(state: State, room: str, lot: int) -> Appearance:
    return state.appearances[room, lot]


def _identity(state: State, room: str, lot: int, proctor: str) -> Form:
    by = Field("by", Say("room.form.by"), Say("room.form.by_hint"), value=proctor)
    title = Say("room.form.identity", lot=lot, name=state.candidate_of(_of(state, room, lot).entry).name)
    whose = state.entries[_of(state, room, lot).entry].candidate
    about, go = Say("room.form.identity_about"), Say("room.form.same")
    return Form("identity", room, lot, title, about, go, (by,), candidate=whose)


def _waive(state: State, room: str, lot: int, _: str) -> Form:
    reason = _reason(Say("room.form.waive_own"), Say("room.form.waive_letter"))
    return Form(
        "waive",
        room,
        lot,
        Say("room.form.waive", lot=lot),
        Say("room.form.waive_about"),
        Say("room.form.waive_go"),
        (reason, _second(state)),
        held=True,
    )


def _recuse(state: State, room: str, lot: int, _: str) -> Form:
    posts = sorted({state.entries[a.entry].post for a in state.queue(room)})
    now = state.on_floor(room)
    first = state.entries[now.entry].post if now is not None else posts[0]
    post = Field(
        "post",
        Say("room.form.post"),
        choices=tuple((p, state.posts[p].title) for p in posts),
        value=first,
    )
    seat = Field(
        "seat", Say("room.form.seat"), choices=_seats(state, tuple(s.id for s in panel(state, room)))
    )
    reason = _reason(Say("room.excuse.relative"), Say("room.excuse.unit"), Say("room.excuse.interest"))
    return Form(
        "recuse",
        room,
        lot,
        Say("room.form.recuse"),
        Say("room.form.recuse_about"),
        Say("room.form.recuse_go"),
        (seat, post, reason),
        held=True,
    )


def _extend(_: State, room: str, lot: int, __: str) -> Form:
    times = tuple((f"{s}", Say("room.form.seconds", seconds=s)) for s in (30,)) + tuple(
        (f"{60 * m}", Say("room.form.minutes", minutes=m)) for m in (1, 2, 5)
    )
    time = Field("seconds", Say("room.form.time"), choices=times, value="60")
    reason = _reason(Say("room.pause.equipment"), Say("room.pause.order"), Say("room.pause.extend_reason"))
    return Form(
        "extend",
        room,
        lot,
        Say("room.form.extend", lot=lot),
        Say("room.form.extend_about"),
        Say("room.form.extend_go"),
        (time, reason),
    )


def _reopen(state: State, room: str, lot: int, _: str) -> Form:
    found = _of(state, room, lot)
    given = tuple(s for s in state.seats if s in found.sheets)
    seat = Field("seat", Say("room.form.seat"), choices=_seats(state, given))
    reason = _reason(Say("room.form.slip"), Say("room.form.left_out"), Say("room.form.wrong_person"))
    about = "room.form.reopen_told" if found.released else "room.form.reopen_about"
    return Form(
        "reopen",
        room,
        lot,
        Say("room.form.reopen", lot=lot),
        Say(about),
        Say("room.form.reopen_go"),
        (seat, reason, _second(state)),
        held=True,
    )


def _paper(state: State, room: str, lot: int, proctor: str) -> Form:
    found = _of(state, room, lot)
    missing = (*missing_marks(state, found), *missing_everywhere(state, found))
    marks = {
        s: tuple(
            MarkField(c.id, Phrase(c.title), decimal_text(c.maximum)) for c in group_of(state, s).criteria
        )
        for s in missing
    }
    return Form(
        "paper",
        room,
        lot,
        Say("room.form.paper", lot=lot),
        Say("room.form.paper_about"),
        Say("room.form.paper_go"),
        (
            Field("seat", Say("room.form.seat"), choices=_seats(state, missing)),
            Field("first", Say("room.form.first"), Say("room.form.first_hint"), value=proctor),
            _second(state, Say("room.form.again_by")),
        ),
        marks=marks,
    )


def _accept(state: State, room: str, lot: int, _: str) -> Form:
    short = [one for one in short_panels(state, _of(state, room, lot)) if one.can_count]
    group = Field(
        "group",
        Say("room.form.few"),
        choices=tuple(
            (
                one.group,
                Say(
                    "room.form.few_of",
                    group=Phrase(state.scheme.group(one.group).title),
                    count=one.count,
                    minimum=one.minimum,
                ),
            )
            for one in short
        ),
        value=short[0].group if short else "",
    )
    also = {
        one.group: tuple(place for place in short_in(state, one.group) if place != (room, lot))
        for one in short
        if one.everywhere
    }
    covers = tuple(_covers(group, len(others)) for group, others in also.items() if others)
    reason = _reason(Say("room.form.few_recused"), Say("room.form.few_ill"), Say("room.form.few_left"))
    people = tuple(sorted({p.name for p in state.people}))
    first = Field("first", Say("room.form.decider"), Say("room.form.decider_hint"), known=people)
    second = Field("second", Say("room.form.second"), Say("room.form.second_decider_hint"), known=people)
    return Form(
        "accept",
        room,
        lot,
        Say("room.form.accept", lot=lot),
        Say("room.form.accept_about"),
        Say("room.form.accept_go"),
        (group, *covers, reason, first, second),
        held=True,
        also=also,
    )


def _covers(group: str, others: int) -> Field:
    """Whether it is decided for one lot or for all that wait for the same: asked of a group of the whole event."""
    choices = (
        ("one", Say("room.form.covers_one")),
        ("all", Say("room.form.covers_all", count=others + 1)),
    )
    return Field(
        f"covers/{group}", Say("room.form.covers"), choices=choices, value="one", when=("group", group)
    )


def _sign(_: State, room: str, lot: int, __: str) -> Form:
    how = Field(
        "how",
        Say("room.form.signature"),
        choices=(("signed", Say("room.form.signed")), ("refused", Say("room.form.refused"))),
        value="signed",
    )
    why = Field(
        "refused", Say("room.form.refused_why"), Say("room.form.reason_hint"), when=("how", "refused")
    )
    return Form(
        "sign",
        room,
        lot,
        Say("room.form.sign", lot=lot),
        Say("room.form.sign_about"),
        Say("room.form.record"),
        (how, why),
    )


def _note(state: State, room: str, lot: int, _: str) -> Form:
    kind = Field(
        "kind",
        Say("room.form.kind"),
        choices=(("incident", Say("room.form.incident")), ("violation", Say("room.form.violation"))),
        value="incident",
    )
    text = Field("text", Say("room.form.text"), Say("room.form.text_hint"))
    decision = Field("decision", Say("room.form.decision"), Say("room.form.decision_hint"), required=False)
    title = (
        Say("room.form.note", lot=lot) if lot else Say("room.form.note_room", room=state.rooms[room].title)
    )
    return Form(
        "note",
        room,
        lot,
        title,
        Say("room.form.note_about"),
        Say("room.form.record"),
        (kind, text, decision),
    )


def _announcing(state: State, room: str, lot: int, _: str) -> Form:
    half = (("after-half-day", Say("room.form.after_half_day")),) if state.scheme.draw.half_days else ()
    how = Field(
        "announcing",
        Say("room.form.when_told"),
        choices=(
            ("at-once", Say("room.form.at_once")),
            ("after-next", Say("room.form.after_next")),
            ("after-post", Say("room.form.after_post")),
            *half,
            ("at-end", Say("room.form.at_end")),
        ),
        value=announcing(state, room),
    )
    return Form(
        "announcing",
        room,
        lot,
        Say("room.form.announcing", room=state.rooms[room].title),
        Say("room.form.announcing_about"),
        Say("room.form.record"),
        (how,),
    )


def _check(state: State, room: str, lot: int, _: str) -> Form:
    found = _of(state, room, lot)
    return Form(
        "check",
        room,
        lot,
        Say("room.form.check", lot=lot),
        Say("room.gate.checker"),
        Say("room.step.check", value=found.value or ""),
        (_second(state, Say("room.check.label")),),
        sheets=sheets_of(state, found, results_of(state, found)),
    )


_MAKERS = {
    "identity": _identity,
    "waive": _waive,
    "recuse": _recuse,
    "extend": _extend,
    "reopen": _reopen,
    "paper": _paper,
    "accept": _accept,
    "sign": _sign,
    "note": _note,
    "announcing": _announcing,
    "check": _check,
}
