"""What several forms need of the state: words, times, seats, the results once computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cached_property

from venue_app.base.i18n import tr_in
from venue_app.domain.nouns import Lot, Seat
from venue_app.rules import PanelResult, Results, compute, panel_result
from venue_app.scheme import Group, Panel, Scheme
from venue_app.state import Appearance, State
from venue_app.state.appearing import lots_heard
from venue_app.state.facts import facts_of


@dataclass(frozen=True, slots=True)
class PlanWords:
    """What a plan alone says in the language of its forms."""

    scheme: Scheme

    @property
    def lang(self) -> str:
        """The language printed forms speak."""
        return self.scheme.language

    def say(self, key: str, /, **params: object) -> str:
        """A word of the catalogue `fill` in the forms' language."""
        return tr_in(self.lang, f"fill.{key}", **params)


@dataclass(frozen=True)
class Source:
    """The state a set of forms is filled from, with its results computed once."""

    state: State
    zone: int
    """How many minutes printed times are ahead of UTC."""

    def minute(self, wall_ms: int | None) -> str:
        """`2026-05-01 09:14`; empty for None."""
        return "" if wall_ms is None else f"{local(wall_ms, self.zone):%Y-%m-%d %H:%M}"

    def day(self, wall_ms: int) -> str:
        """`2026-05-01`."""
        return f"{local(wall_ms, self.zone):%Y-%m-%d}"

    @cached_property
    def results(self) -> Results:
        """All results of the event as it stands."""
        return compute(self.state.scheme, facts_of(self.state))

    @cached_property
    def lots(self) -> dict[str, Lot]:
        """The lot each entry is heard under."""
        return lots_heard(self.state)

    @property
    def scheme(self) -> Scheme:
        """The plan in force."""
        return self.state.scheme

    @property
    def words(self) -> PlanWords:
        """What the plan alone says."""
        return PlanWords(self.scheme)

    @property
    def lang(self) -> str:
        """The language printed forms speak."""
        return self.scheme.language

    def say(self, key: str, /, **params: object) -> str:
        """A word of the catalogue `fill` in the forms' language."""
        return tr_in(self.lang, f"fill.{key}", **params)

    @cached_property
    def room_group(self) -> Group | None:
        """The judge group whose panel sits in a room; None for a plan without one."""
        return next((g for g in self.scheme.groups if g.scope != "event"), None)

    @cached_property
    def room_component(self) -> Panel | None:
        """The component that the room's panel makes."""
        group = self.room_group
        return None if group is None else self.scheme.panel_of(group.id)

    def panel(self, appearance: Appearance) -> PanelResult:
        """The room panel's result for one appearance."""
        assert self.room_group is not None
        return panel_result(self.scheme, self.results.facts, appearance.entry, self.room_group.id)

    def room_title(self, room: str) -> str:
        """A room as people call it."""
        return self.state.rooms[room].title

    def person(self, entry: str) -> str:
        """The name behind an entry."""
        return self.state.candidate_of(entry).name

    def who_sat(self, room: str, seat: Seat) -> tuple[str, ...]:
        """Everybody who sat in a chair while somebody was heard, in order; before that whoever sits there now."""
        sat = dict.fromkeys(a.sat[seat.id] for a in self.state.queue(room) if seat.id in a.sat)
        return tuple(sat) or (seat.name,)

    def seat_word(self, number: int) -> str:
        """`3号`."""
        return self.say("seat", number=number)


def local(wall_ms: int, zone: int) -> datetime:
    """A moment in a time of day `zone` minutes ahead of UTC."""
    return datetime.fromtimestamp(wall_ms / 1000, timezone(timedelta(minutes=zone)))
