"""Events of a province for the bench: one really held, the others derived from it, each on keys of its own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from venue_app.base.ids import new_id
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain import entries as e
from venue_app.domain.nouns import Candidate, Entry, Person, Post, Printing, Room, Seat
from venue_app.domain.record import Record, decode, encode
from venue_app.domain.roles import Actor, Role
from venue_app.domain.signing import DeviceKey, sheet_text
from venue_app.host.drawing_again import frame_of, modules
from venue_app.host.history import entries_of
from venue_app.host.reporting import SOFTWARE
from venue_app.host.session import EventHost
from venue_app.journal import Checkpoint, Tree, leaf_hash
from venue_app.journal.checkpoint import origin
from venue_app.reports import draw, lay
from venue_app.reports.fill import fill
from venue_app.rules import EntryFact, Facts, panel_result
from venue_app.rules.number import text
from venue_app.rules.sheets import sheet_marks, sheet_total
from venue_app.scheme import Scheme, load_scheme
from venue_app.seal import bundle
from venue_app.seal.bundle import Content
from venue_app.seal.keys import load_or_create
from venue_app.seal.pdfsign import sign_pdf
from venue_app.state import replay
from venue_app.venue.sheets import receipt_of

ROOMS, JUDGES, POSTS = 3, 7, 10
FORMS = ("opening-report", "draw-record", "room-summary", "shortlist", "closing-report")
_AT = 1_777_600_000_000
_PROCTOR = Actor(role=Role.PROCTOR, name="bench")
_PEOPLE = (Person(role="supervisor", name="bench"), Person(role="notary", name="bench notary"))
_SCHEME = """
format = 1
id = "province"
title = "province"
composite = "fair"
language = "zh-CN"
[[groups]]
id = "panel"
title = "panel"
seats = 7
{criteria}
[[stages]]
id = "speech"
title = "speech"
limit_s = 600
[[components]]
id = "live"
kind = "panel"
title = "live"
group = "panel"
[[components]]
id = "fair"
kind = "balance"
title = "fair"
of = "live"
[[rounds]]
id = "list"
title = "list"
by = "fair"
ratio = 2
"""
_CRITERION = """
[[groups.criteria]]
id = "c{number}"
title = "c{number}"
maximum = 20
step = 0.1
"""


@dataclass(frozen=True, slots=True)
class Template:
    """An event that was held: its journal's entries, its reports without signatures, how many sheets it has."""

    entries: tuple[bytes, ...]
    reports: tuple[tuple[str, bytes], ...]
    sheets: int


def _scheme_text() -> str:
    return _SCHEME.format(criteria="".join(_CRITERION.format(number=number) for number in range(5)))


def _mark(*key: object) -> str:
    """A mark from 12.0 to 19.9, the same for the same key."""
    number = int.from_bytes(hashlib.sha256(repr(key).encode()).digest()[:4])
    return str(Decimal(120 + number % 80) / 10)


def _marks(*key: object) -> dict[str, str]:
    return {f"c{number}": _mark(*key, number) for number in range(5)}


def held(folder: Path, people: int) -> Template:
    """An event of so many people run through the venue's own commands, and closed."""
    folder.mkdir(parents=True)
    keys = load_or_create(folder / "keys")
    host = EventHost.create(
        folder / "t.venue", title="0", mode="official", scheme=_scheme_text(), place="0", keys=keys
    )
    try:
        _run(host, people)
        entries = tuple(entries_of(host.venue))
    finally:
        host.close()
    sheets = sum(b'"kind":"sheet.received"' in raw for raw in entries)
    return Template(entries, tuple(_reports(entries)), sheets)


def _run(host: EventHost, people: int) -> None:
    venue = host.venue
    venue.ask(_roster(people), _PROCTOR)
    venue.ask(c.OpenRun(people=_PEOPLE), _PROCTOR)
    venue.ask(dc.FreezeDraw(), _PROCTOR)
    order: dict[str, tuple[str, ...]] = {}
    for entry in venue.state.entries.values():
        room = venue.state.posts[entry.post].room or ""
        order[room] = (*order.get(room, ()), entry.id)
    # By hand: a seed is bound to its event, and could not be carried over to another.
    typed = dc.TypeDraw(result=order, again=order, witnesses=("bench", "bench notary"), means="slips")
    venue.ask(typed, _PROCTOR)
    event = venue.state.event.event
    devices = {seat: DeviceKey() for seat in venue.state.seats}
    for seat, key in devices.items():
        joined = c.JoinStation(seat=seat, device=new_id(), device_name="bench", public_key=key.public)
        venue.ask(joined, _PROCTOR)
    for room, lot in sorted(venue.state.appearances):
        venue.ask(c.CallCandidate(room=room, lot=lot), _PROCTOR)
        venue.ask(c.StartStage(room=room, stage="speech"), _PROCTOR)
        venue.ask(c.EndStage(room=room), _PROCTOR)
        waiting = []
        for number in range(1, JUDGES + 1):
            seat, sub, marks = f"{room}-{number}", new_id(), _marks(0, room, lot, number)
            signature = devices[seat].sign(sheet_text(event, seat, room, lot, marks, sub))
            sheet = c.SubmitSheet(room=room, lot=lot, seat=seat, marks=marks, signature=signature)
            waiting.append(venue.submit(sheet, Actor(role=Role.JUDGE, seat=seat, room=room), sub))
        for one in waiting:
            one.result()
        venue.ask(c.CheckResult(room=room, lot=lot, checker="bench checker"), _PROCTOR)
        venue.ask(c.ReleaseResult(room=room, lot=lot), _PROCTOR)
        venue.ask(c.CloseAppearance(room=room, lot=lot), _PROCTOR)
    venue.ask(c.CloseRun(people=_PEOPLE), _PROCTOR)


def _roster(people: int) -> c.ImportRoster:
    numbers = range(1, people + 1)
    return c.ImportRoster(
        candidates=tuple(Candidate(id=f"C{n:03d}", identity=f"{n:018d}", name=f"{n}") for n in numbers),
        posts=tuple(
            Post(id=f"P{n:02d}", title=f"{n}", room=f"R{n % ROOMS + 1}") for n in range(1, POSTS + 1)
        ),
        entries=tuple(
            Entry(id=f"E{n:03d}", candidate=f"C{n:03d}", post=f"P{n % POSTS + 1:02d}") for n in numbers
        ),
        rooms=tuple(Room(id=f"R{n}", title=f"第{n}考场") for n in range(1, ROOMS + 1)),
        seats=tuple(
            Seat(id=f"R{room}-{n}", group="panel", number=n, room=f"R{room}", name=f"{n}", chief=n == 1)
            for room in range(1, ROOMS + 1)
            for n in range(1, JUDGES + 1)
        ),
        values={},
        sources=(),
    )


def _reports(entries: tuple[bytes, ...]) -> list[tuple[str, bytes]]:
    """Reports of the event as drawn, without a signature."""
    state = replay(map(decode, entries))
    printing = Printing(
        size=len(entries), date="2026-05-01", zone=480, language="zh-CN", software=SOFTWARE, content="00" * 32
    )
    found = []
    for serial, filled in enumerate(fill(state, FORMS, 480), 1):
        frame = frame_of(state, bytes(32), serial, printing)
        layout = lay(filled.model, "zh-CN")
        found.append((f"{filled.name}.pdf", draw(layout, frame=frame, statement=lambda *_: "0", qr=modules)))
    return found


def derived(template: Template, folder: Path, number: int) -> None:
    """The bundle of venue `number`: the template's event with people, devices, marks and keys of its own."""
    keys = load_or_create(folder.parent / f"keys-{number}")
    scheme = load_scheme(_scheme_text(), "bench")
    event = new_id()
    devices: dict[str, DeviceKey] = {}
    lots: dict[tuple[str, int], dict[int, tuple[int, ...]]] = {}
    raw: list[bytes] = []
    notes: list[bytes] = []
    tree = Tree()
    for record in map(decode, template.entries):
        fact: e.Fact = record.data
        if isinstance(fact, e.EventCreated):
            fact = replace(
                fact, event=event, title=f"{number}", place=f"{number}号考点", keys=keys.announced()
            )
        elif isinstance(fact, e.RosterImported):
            fact = _others(fact, number)
        elif isinstance(fact, e.StationJoined):
            devices[fact.seat] = DeviceKey()
            fact = replace(fact, public_key=devices[fact.seat].public)
        elif isinstance(fact, e.SheetReceived):
            fact = _sheet(scheme, event, record, fact, devices[fact.seat], number, lots)
        elif isinstance(fact, e.ResultComputed):
            fact = replace(fact, value=_value(scheme, fact.entry, lots[(fact.room, fact.lot)]))
        raw.append(encode(replace(record, data=fact)))
        tree.extend([leaf_hash(raw[-1])])
        if isinstance(fact, e.ResultReleased | e.RunOpened | e.RosterImported | e.RunClosed):
            notes.append(keys.sign_checkpoint(Checkpoint(origin(event), len(raw), tree.root())))
    notes.append(keys.sign_checkpoint(Checkpoint(origin(event), len(raw), tree.root())))
    content = Content(
        event=event,
        mode="official",
        software=SOFTWARE,
        at=_AT,
        entries=raw,
        checkpoints=notes,
        files={f"reports/{name}": sign_pdf(pdf, keys, _AT) for name, pdf in template.reports},
    )
    (folder / f"{number:04d}.bundle").write_bytes(bundle.make(content, keys))


def _others(fact: e.RosterImported, number: int) -> e.RosterImported:
    """Other people: six digits of the venue, then twelve of the person."""
    people = tuple(
        replace(one, identity=f"{number:06d}{n:012d}", name=f"{number}-{n}")
        for n, one in enumerate(fact.candidates, 1)
    )
    return replace(fact, candidates=people)


def _sheet(
    scheme: Scheme,
    event: str,
    record: Record,
    fact: e.SheetReceived,
    device: DeviceKey,
    number: int,
    lots: dict[tuple[str, int], dict[int, tuple[int, ...]]],
) -> e.SheetReceived:
    """The sheet with other marks, their total, receipt and signature; `lots` learns what it says."""
    seat = int(fact.seat.rpartition("-")[2])
    marks = _marks(number, fact.room, fact.lot, seat)
    group = scheme.group("panel")
    numbers = sheet_marks(group, {name: Decimal(mark) for name, mark in marks.items()})
    lots.setdefault((fact.room, fact.lot), {})[seat] = numbers
    signature = device.sign(sheet_text(event, fact.seat, fact.room, fact.lot, marks, record.sub or ""))
    bare = replace(fact, marks=marks, total=text(sheet_total(group, numbers)), signature=signature)
    return replace(bare, receipt=receipt_of(event, bare, record.sub))


def _value(scheme: Scheme, entry: str, sheets: dict[int, tuple[int, ...]]) -> str:
    """The panel's result of these sheets."""
    facts = Facts(
        entries={entry: EntryFact(id=entry, candidate="", post="", room="")},
        sheets={(entry, "panel"): sheets},
    )
    found = panel_result(scheme, facts, entry, "panel").value
    assert found is not None
    return text(found)
