"""From the state to what is printed before the day: passes for candidates, and cards that need no network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from venue_app.base.errors import Known
from venue_app.base.i18n import tr_in
from venue_app.reports import papers as p
from venue_app.reports.cards import models as c
from venue_app.reports.fill.common import Source
from venue_app.scheme.explain_judging import attendance_lines, stage_line
from venue_app.state.appearing import Together, appearing
from venue_app.state.room import panel
from venue_app.state.sections import half_days, homes, place_title, sections

#: Cards that need the network's key and codes: made where these are.
SEAT_CARDS = "seat-cards"


def occasion(source: Source) -> c.Occasion:
    """The event as cards name it."""
    event = source.state.event
    return c.Occasion(event=event.title, place=event.place, rehearsal=source.state.rehearsal)


# ---- passes ----


def pass_rooms(source: Source) -> tuple[str, ...]:
    """Rooms in which somebody appears. Raises `Known` when there is nobody yet."""
    together = Together(source.state)
    found = sorted({together.room_of(entry) for entry in appearing(source.state)} - {""})
    if not found:
        raise Known("cards.nobody")
    return tuple(found)


def entry_passes(source: Source, room: str) -> p.EntryPasses:
    """准考证 of everybody heard in a room, by name; whoever stands for several posts has one pass."""
    state, together = source.state, Together(source.state)
    mine = [entry for entry in appearing(state) if together.room_of(entry) == room]
    at = homes(state)
    own: dict[str, list[tuple[str, str]]] = {}
    for entry in mine:
        post, place = state.posts[entry.post].title, place_title(state, at.get(entry.id) or room)
        own.setdefault(entry.candidate, []).append((post, place))
    people = sorted((state.candidates[one] for one in own), key=lambda one: (one.name, one.id))
    passes = tuple(
        p.EntryPass(
            number=" ".join(entry.id for entry in mine if entry.candidate == one.id),
            code=one.id,
            name=one.name,
            sex=one.sex,
            identity=masked(one.identity),
            posts=tuple(own[one.id]),
            photo=state.photos.get(one.id, ""),
        )
        for one in people
    )
    return p.EntryPasses(passes=passes, rules=_rules(source))


def masked(identity: str) -> str:
    """An identity number with its middle hidden: enough to compare with the card, too little to copy."""
    first, last = (6, 4) if len(identity) >= 15 else (1, 2)
    if len(identity) <= first + last:
        return identity
    return identity[:first] + "*" * (len(identity) - first - last) + identity[-last:]


def _rules(source: Source) -> tuple[str, ...]:
    """What a candidate has to know, the plan's own times among it."""
    said = [tr_in(source.lang, "cards.rule.bring"), tr_in(source.lang, "cards.rule.lot")]
    said += [text for text, _ in attendance_lines(source.scheme, source.lang)]
    said += [stage_line(source.scheme, at, source.lang)[0] for at in range(len(source.scheme.stages))]
    said += [
        tr_in(source.lang, "cards.rule.nameless"),
        tr_in(source.lang, "cards.rule.devices"),
        tr_in(source.lang, "cards.rule.sign"),
    ]
    return tuple(said)


# ---- boards, notes, signs, slips ----


def name_boards(source: Source) -> c.NameBoards:
    """A board for every chair of a room's panel, by number and never by name, and for everybody with an office."""
    boards = [
        c.NameBoard(
            over=" · ".join(
                (source.room_title(room), source.scheme.group(seat.group).title.say(source.lang))
            ),
            word=_chair(source, seat.number, chief=seat.chief),
        )
        for room in sorted(source.state.rooms)
        for seat in panel(source.state, room)
    ]
    boards += [c.NameBoard(over=_office(source, one.role), word=one.name) for one in source.state.people]
    if not boards:
        raise Known("cards.no_seats")
    return c.NameBoards(occasion=occasion(source), boards=tuple(boards))


def _chair(source: Source, number: int, *, chief: bool) -> str:
    if chief:
        return tr_in(source.lang, "cards.board.chief", number=number)
    return tr_in(source.lang, "cards.board.judge", number=number)


def _office(source: Source, role: str) -> str:
    known = {
        "proctor": tr_in(source.lang, "reports.role.proctor"),
        "supervisor": tr_in(source.lang, "reports.role.supervisor"),
        "notary": tr_in(source.lang, "reports.role.notary"),
    }
    return known.get(role, role)


def door_notes(source: Source) -> c.DoorNotes:
    """What is heard in each room: posts with how many people, half-days with theirs once they are drawn."""
    state, together = source.state, Together(source.state)
    rooms = {entry.id: together.room_of(entry) for entry in appearing(state)}
    at = homes(state)
    notes = []
    for room in pass_rooms(source):
        mine = [entry for entry in appearing(state) if rooms[entry.id] == room]
        posts = Counter(state.posts[entry.post].title for entry in mine)
        halves = Counter(sections(state).get(at.get(entry.id, ""), ("", ""))[1] for entry in mine)
        notes.append(
            c.DoorNote(
                room=source.room_title(room),
                posts=tuple(sorted(posts.items())),
                sessions=tuple((half[1:], halves[half]) for half in half_days(state) if halves[half]),
                people=len({entry.candidate for entry in mine}),
            )
        )
    return c.DoorNotes(occasion=occasion(source), notes=tuple(notes))


def signposts(source: Source) -> c.Signposts:
    """The way to the desk, to where candidates wait, and to each room."""
    rooms = tuple(source.room_title(room) for room in sorted(source.state.rooms))
    if not rooms:
        raise Known("cards.nobody")
    desk, waiting = (tr_in(source.lang, key) for key in ("cards.sign.desk", "cards.sign.waiting"))
    return c.Signposts(occasion=occasion(source), places=(desk, waiting, *rooms))


def lot_slips(source: Source) -> c.LotSlips:
    """As many numbers for each place of the draw as people draw there."""
    at = homes(source.state)
    counts = Counter(place for place in at.values() if place)
    if not counts:
        raise Known("cards.nobody")
    places = tuple((place_title(source.state, place), counts[place]) for place in sorted(counts))
    return c.LotSlips(occasion=occasion(source), places=places)


#: Name of the cards → how they are filled.
CARDS: dict[str, Callable[[Source], c.Cards]] = {
    "name-boards": name_boards,
    "door-notes": door_notes,
    "signposts": signposts,
    "lot-slips": lot_slips,
}


def card_names() -> tuple[str, ...]:
    """Every kind of cards by name, as the command line takes it."""
    return (SEAT_CARDS, *CARDS)
