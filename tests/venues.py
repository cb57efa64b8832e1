"""Small events of several venues, each on a laptop of its own, closed and in a bundle: for consolidating and exporting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.world import PEOPLE, PROCTOR, FakeClock, judge
from venue_app.base.ids import new_id
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain.nouns import Candidate, Entry, Mode, Post, Room, Seat
from venue_app.domain.signing import DeviceKey, sheet_text
from venue_app.host.bundling import write_bundle
from venue_app.host.session import EventHost
from venue_app.seal.keys import load_or_create

#: Two judges, one mark each; the mean is balanced between rooms; two for each place go on, all tied at the cut with them.
PLAN = """
format = 1
id = "town"
title = "镇干部选拔"
composite = "fair"
{more}
[[groups]]
id = "panel"
title = "评委组"
seats = 2
minimum = 1
trim = []
[[groups.criteria]]
id = "total"
title = "总分"
maximum = 100
step = 0.1
[[stages]]
id = "speech"
title = "演讲"
limit_s = 360
[[components]]
id = "live"
kind = "panel"
title = "现场成绩"
group = "panel"
[[components]]
id = "fair"
kind = "balance"
title = "修正成绩"
of = "live"
[[rounds]]
id = "list"
title = "入围"
by = "fair"
ratio = 2
"""

#: Identity, post and the two judges' marks; None for whoever does not come.
Heard = tuple[str, str, tuple[str, str] | None]


def plan(more: str = "") -> str:
    """The plan's text; `more` stands before its tables."""
    return PLAN.format(more=more)


def opened(
    folder: Path,
    place: str,
    rooms: Mapping[str, Sequence[Heard]],
    *,
    mode: Mode = "official",
    scheme: str = "",
    places: int = 1,
    keys: str = "",
) -> EventHost:
    """An event with its roster in and its lots drawn; `keys` names a laptop other than the venue's own."""
    named = keys or place
    laptop = load_or_create(folder / f"keys-{named}")
    path = folder / f"{place}-{len(list(folder.glob('*.venue')))}.venue"
    host = EventHost.create(
        path,
        title=f"{place}面试",
        mode=mode,
        scheme=scheme or plan(),
        place=place,
        keys=laptop,
        clock=FakeClock(),
    )
    host.venue.ask(_roster(rooms, places), PROCTOR)
    host.venue.ask(c.OpenRun(people=PEOPLE), PROCTOR)
    host.venue.ask(dc.FreezeDraw(), PROCTOR)
    host.venue.ask(dc.HoldDraw(public="3141592653"), PROCTOR)
    return host


def _roster(rooms: Mapping[str, Sequence[Heard]], places: int) -> c.ImportRoster:
    """The same short ids in every venue, as importing gives them."""
    titles = list(dict.fromkeys(post for heard in rooms.values() for _, post, _ in heard))
    first_room = {
        post: f"R{number}"
        for number, heard in reversed(list(enumerate(rooms.values(), 1)))
        for _, post, _ in heard
    }
    people = [one for heard in rooms.values() for one in heard]
    return c.ImportRoster(
        candidates=tuple(
            Candidate(id=f"C{n:03d}", identity=who, name=f"考生{who[-3:]}")
            for n, (who, _, _) in enumerate(people, 1)
        ),
        posts=tuple(
            Post(id=f"P{n:02d}", title=title, places=places, room=first_room[title])
            for n, title in enumerate(titles, 1)
        ),
        entries=tuple(
            Entry(id=f"E{n:03d}", candidate=f"C{n:03d}", post=f"P{titles.index(post) + 1:02d}")
            for n, (_, post, _) in enumerate(people, 1)
        ),
        rooms=tuple(Room(id=f"R{n}", title=title) for n, title in enumerate(rooms, 1)),
        seats=tuple(
            Seat(id=f"R{room}-{n}", group="panel", number=n, room=f"R{room}", name=f"=评委{n}", chief=n == 1)
            for room in range(1, len(rooms) + 1)
            for n in (1, 2)
        ),
        values={},
        sources=(),
    )


def hear(host: EventHost, rooms: Mapping[str, Sequence[Heard]]) -> None:
    """Everybody in the order of the lots; sheets are signed by a device in each seat."""
    venue = host.venue
    marks = {who: given for heard in rooms.values() for who, _, given in heard}
    devices = {seat: DeviceKey() for seat in venue.state.seats}
    for seat, key in devices.items():
        joined = c.JoinStation(seat=seat, device=seat.lower(), device_name="平板", public_key=key.public)
        venue.ask(joined, PROCTOR)
    for room, lot in sorted(venue.state.appearances):
        venue.ask(c.CallCandidate(room=room, lot=lot), PROCTOR)
        given = marks[venue.state.candidate_of(venue.state.appearances[(room, lot)].entry).identity]
        if given is None:
            venue.ask(c.MarkAbsent(room=room, lot=lot), PROCTOR)
            continue
        venue.ask(c.StartStage(room=room, stage="speech"), PROCTOR)
        venue.ask(c.EndStage(room=room), PROCTOR)
        for number, mark in enumerate(given, 1):
            seat, sub, sheet = f"{room}-{number}", new_id(), {"total": mark}
            said = sheet_text(venue.state.event.event, seat, room, lot, sheet, sub)
            signature = devices[seat].sign(said)
            venue.ask(
                c.SubmitSheet(room=room, lot=lot, seat=seat, marks=sheet, signature=signature),
                judge(seat),
                sub,
            )
        venue.ask(c.CheckResult(room=room, lot=lot, checker="复核甲"), PROCTOR)
        venue.ask(c.ReleaseResult(room=room, lot=lot), PROCTOR)
        venue.ask(c.CloseAppearance(room=room, lot=lot), PROCTOR)


def bundle(
    folder: Path,
    place: str,
    rooms: Mapping[str, Sequence[Heard]],
    *,
    mode: Mode = "official",
    scheme: str = "",
    places: int = 1,
    close: bool = True,
    keys: str = "",
) -> Path:
    """The bundle of a venue in which everybody was heard."""
    host = opened(folder, place, rooms, mode=mode, scheme=scheme, places=places, keys=keys)
    try:
        hear(host, rooms)
        if close:
            host.venue.ask(c.CloseRun(people=PEOPLE), PROCTOR)
        target = host.venue.path.with_suffix(".bundle")
        write_bundle(host.venue, host.keys, target, [])
    finally:
        host.close()
    return target
