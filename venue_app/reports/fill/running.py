"""Opening report and room log."""

from __future__ import annotations

from venue_app.base.errors import Known
from venue_app.reports import models as m
from venue_app.reports.fill.common import Source
from venue_app.state import Incident, Station
from venue_app.state.appearing import appearing
from venue_app.state.places import place_of, place_word
from venue_app.state.room import panel


def opening_report(source: Source) -> m.OpeningReport:
    """开场确认单."""
    state = source.state
    if state.opened_at is None:
        raise Known("fill.not_open_yet")
    people = len({e.candidate for e in state.entries.values()})
    drawing = len({e.candidate for e in appearing(state)})
    entries = len(state.entries)
    counts = (
        ("count_people", people),
        *((("count_entries", entries),) if entries != people else ()),
        ("count_drawing", drawing),
        ("count_posts", sum(not p.cancelled for p in state.posts.values())),
        ("count_cancelled", sum(p.cancelled for p in state.posts.values())),
        ("count_rooms", len(state.rooms)),
        ("count_seats", len(state.seats)),
    )
    return m.OpeningReport(
        opened=source.minute(state.opened_at),
        scheme=state.scheme.title.say(source.lang),
        scheme_digest=state.opened_scheme,
        roster_digest=state.opened_roster,
        counts=tuple((source.say(key), str(number)) for key, number in counts),
        people=tuple(m.Attendant(role=p.role, name=p.name) for p in state.people),
        stations=_stations(source),
    )


def _stations(source: Source) -> tuple[m.StationLine, ...]:
    """Room by room, then what stands in none; the seats of a room by number."""
    seats = source.state.seats

    def order(station: Station) -> tuple[bool, str, bool, str, int, str]:
        seat = seats.get(station.seat)
        room = _room_of(source, station)
        where = (not room, room, seat is None)
        return (*where, seat.group, seat.number, station.seat) if seat else (*where, "", 0, station.seat)

    return tuple(_station(source, one) for one in sorted(source.state.stations.values(), key=order))


def _room_of(source: Source, station: Station) -> str:
    """The room's id, '' for what stands in none."""
    place = place_of(source.state, station.seat)
    seat = source.state.seats.get(station.seat)
    return (place.room if place else seat.room if seat else None) or ""


def _station(source: Source, station: Station) -> m.StationLine:
    place = place_of(source.state, station.seat)
    seat = source.state.seats.get(station.seat)
    room = _room_of(source, station)
    word = place_word(place, source.lang) if place else source.seat_word(seat.number) if seat else ""
    return m.StationLine(
        room=source.room_title(room) if room else source.say("every_room"),
        seat=word,
        device=station.device_name,
        code=station.device[:8],
    )


def room_log(source: Source, room: str) -> m.RoomLog:
    """考场记录 of one room: who was there, who was not, and every pause."""
    state = source.state
    queue = state.queue(room)
    if not queue:
        raise Known("fill.draw_missing")
    left = sum(a.status == "waiting" for a in queue)
    if left:
        raise Known("fill.room_not_over", room=source.room_title(room), count=left)
    absent = tuple(a.lot for a in queue if a.status == "absent")
    waived = tuple(a.lot for a in queue if a.status == "waived")
    present = sum(a.status in ("done", "floor") for a in queue)
    people = [m.Attendant(role=p.role, name=p.name) for p in state.people]
    people += [
        m.Attendant(role="chief" if s.chief else "judge", name=name, note=source.seat_word(s.number))
        for s in panel(state, room)
        for name in source.who_sat(room, s)
    ]
    return m.RoomLog(
        room=source.room_title(room),
        session=source.minute(state.opened_at),
        people=tuple(people),
        expected=len(queue),
        present=present,
        absent=absent,
        waived=waived,
        lines=tuple(_log_line(source, i) for i in state.incidents if i.room == room),
    )


def _log_line(source: Source, incident: Incident) -> m.LogLine:
    what = source.say(f"incident_{incident.kind}", lot=incident.lot or "", seat=incident.seat)
    if incident.kind in ("incident", "violation"):
        return m.LogLine(
            time=source.minute(incident.at),
            what=source.say("incident_text", what=what, text=incident.text),
            handling=incident.decision,
        )
    text = "" if incident.kind == "undone" else incident.text
    return m.LogLine(time=source.minute(incident.at), what=what, handling=text)
