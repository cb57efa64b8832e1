"""What the stations' page shows, as plain frozen data, and how it is made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from ui.phrases import Phrase, spoken
from ui.screens.stations.port import StationsPort
from ui.words import Say, Text
from venue_app.base.clock import local_hms
from venue_app.base.errors import Known
from venue_app.domain.nouns import Seat
from venue_app.domain.roles import Role
from venue_app.lan.lockstep import Step
from venue_app.lan.pairing import JoiningCode
from venue_app.lan.wishes import Wish
from venue_app.state import State
from venue_app.state.places import Place, place_title, role_places
from venue_app.state.room import everywhere, group_of, panel

SeatLook = Literal["free", "code", "online", "lost"]


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One seat. `left_s` is how long its code still lives, `silent_s` for how long its device was not heard.

    `title` is what a place that is no seat is called; `following` how the standby laptop follows.
    """

    id: str
    number: int
    where: Text
    group: Text
    who: str
    look: SeatLook
    code: str = ""
    link: str = ""
    left_s: int = 0
    device: str = ""
    joined: str = ""
    address: str = ""
    silent_s: int | None = None
    rtt: int | None = None
    error: int | None = None
    ahead: int | None = None
    pending: int = 0
    calls: bool = False
    title: Text = ""
    client: str = ""
    battery: int | None = None
    following: Text = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Seats that sit together: a room's panel, or a group that marks everywhere."""

    id: str
    title: Text
    seats: tuple[SeatRow, ...]


@dataclass(frozen=True, slots=True)
class StationsView:
    """The whole page. `places` are consoles, witnesses and big screens, which nobody has to take."""

    url: str
    key_words: str
    sections: tuple[Section, ...]
    fault: Known | None = None
    places: tuple[SeatRow, ...] = ()
    wishes: tuple[Wish, ...] = ()

    @property
    def rows(self) -> tuple[SeatRow, ...]:
        """Seats and other places."""
        return (*self.seats, *self.places)

    @property
    def seats(self) -> tuple[SeatRow, ...]:
        """All seats in order."""
        return tuple(seat for section in self.sections for seat in section.seats)

    def count(self, look: SeatLook) -> int:
        """How many seats look so."""
        return sum(1 for seat in self.seats if seat.look == look)


def stations(state: State, port: StationsPort, now_mono: int) -> StationsView:
    """Every seat as it stands. Reads the port's memory, waits for nothing."""
    codes = {code.seat: code for code in port.codes()}
    made = _Maker(state, port, codes, now_mono)
    sections = [
        Section(room, state.rooms[room].title, tuple(made.row(s) for s in panel(state, room)))
        for room in sorted(state.rooms)
    ]
    groups: dict[str, list[Seat]] = {}
    for seat in everywhere(state):
        groups.setdefault(seat.group, []).append(seat)
    for seats in groups.values():
        title = Phrase(group_of(state, seats[0].id).title)
        sections.append(Section(seats[0].group, title, tuple(made.row(s) for s in seats)))
    places = tuple(made.place(place) for place in role_places(state)) if state.rooms else ()
    return StationsView(
        port.url(),
        port.key_words(),
        tuple(s for s in sections if s.seats),
        port.fault,
        places,
        tuple(port.wishes()),
    )


class _Maker:
    def __init__(self, state: State, port: StationsPort, codes: dict[str, JoiningCode], now: int) -> None:
        self._state, self._port, self._codes, self._now = state, port, codes, now
        self._lines = port.lines()

    def row(self, seat: Seat) -> SeatRow:
        state = self._state
        where: Text = state.rooms[seat.room].title if seat.room else Say("stations.everywhere")
        group = Phrase(group_of(state, seat.id).title)
        who = " ".join(part for part in (seat.name, seat.unit) if part)
        return self._as_it_is(SeatRow(seat.id, seat.number, where, group, who, "free"))

    def place(self, place: Place) -> SeatRow:
        """A place that is no seat, with the person who sits there."""
        title = spoken(lambda lang: place_title(self._state, place, lang))
        joined = self._state.stations.get(place.id)
        who = joined.person if joined is not None else ""
        row = self._as_it_is(SeatRow(place.id, place.number, "", "", who, "free", title=title))
        return replace(row, following=self._following()) if place.role is Role.STANDBY else row

    def _following(self) -> Text:
        status = self._port.standby()
        if status is None:
            return ""
        behind = max(0, self._state.size - status.have)
        match status.step:
            case Step.IN_STEP:
                return Say("standby.state.in_step")
            case Step.CATCHING_UP:
                return Say("standby.state.catching_up", count=behind)
            case Step.LOST:
                since = max(0, self._now - status.since) // 1000
                return Say("standby.state.lost", time=f"{since // 60}:{since % 60:02d}", count=behind)
        return Say("standby.state.none")

    def _as_it_is(self, row: SeatRow) -> SeatRow:
        joined = self._state.stations.get(row.id)
        if joined is None:
            return replace(self._coded(row), look="code" if row.id in self._codes else "free")
        line = self._lines.get(row.id)
        connected = line is not None and line.connected
        silent = None if line is None else line.silent_ms(self._now)
        return replace(
            self._coded(row),
            look="online" if connected else "lost",
            device=joined.device_name,
            joined=local_hms(joined.at)[:5],
            address="" if line is None else line.address,
            silent_s=None if silent is None else silent // 1000,
            rtt=None if line is None else line.rtt,
            error=None if line is None else line.error,
            ahead=None if line is None else line.ahead,
            pending=0 if line is None else line.pending,
            calls=line is not None and line.called is not None,
            client="" if line is None else line.client,
            battery=None if line is None else line.battery,
        )

    def _coded(self, row: SeatRow) -> SeatRow:
        """With its code, if it has one: a held seat's is for the device that is to take over."""
        code = self._codes.get(row.id)
        if code is None:
            return row
        left = max(0, code.expires - self._now) // 1000
        return replace(row, code=code.shown, link=self._port.link(code), left_s=left)
