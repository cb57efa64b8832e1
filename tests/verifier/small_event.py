"""A small event in which most things happen, its bundle, and the bundle taken apart and put together by a forger."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from tests import world
from venue_app.base.canonical import canonical
from venue_app.domain import commands as c
from venue_app.domain import draw_commands as dc
from venue_app.domain import floor_commands as f
from venue_app.domain.roles import PROGRAM
from venue_app.host.bundling import write_bundle
from venue_app.journal import Checkpoint
from venue_app.journal.checkpoint import origin
from venue_app.journal.merkle import leaf_hash, root_of
from venue_app.seal import bundle, container
from venue_app.seal.bundle import Content
from venue_app.seal.keys import VenueKeys, load_or_create
from venue_app.venue import Venue

REPORT = b"%PDF-1.7 a report of two pages\n"


def _heard(venue: Venue, clock: world.FakeClock, room: str, lot: int, marks: Iterable[str]) -> None:
    """A lot from its call to its result; the seats give `marks` for the content."""
    world.on_floor(venue, room, lot)
    clock.pass_ms(400_000)
    world.stages_over(venue, room)
    for number, mark in enumerate(marks, 1):
        clock.pass_ms(900)
        world.send(venue, f"{room}-{number}", lot, room, content=mark)


def _over(venue: Venue, room: str, lot: int) -> None:
    for command in (
        c.CheckResult(room=room, lot=lot, checker="复核甲"),
        c.ReleaseResult(room=room, lot=lot),
        c.CloseAppearance(room=room, lot=lot),
    ):
        venue.ask(command, world.PROCTOR)


def hold(folder: Path) -> tuple[bytes, VenueKeys]:
    """The event held, and its bundle with one report."""
    keys = load_or_create(folder / "keys")
    clock = world.FakeClock()
    event = msgspec.structs.replace(world.created("official"), keys=keys.announced())
    venue = Venue.create(folder / "small.venue", event, clock)
    venue.ask(world.roster(observers=2), world.PROCTOR)
    venue.ask(c.OpenRun(people=world.PEOPLE), world.PROCTOR)
    venue.ask(dc.FreezeDraw(), world.PROCTOR)
    venue.ask(dc.HoldDraw(public="31415926535"), world.PROCTOR)
    for room in ("R1", "R2"):
        for number in range(1, 8):
            join = c.JoinStation(
                seat=f"{room}-{number}",
                device=f"{room}{number}",
                device_name="平板",
                public_key=world.KEY.public,
            )
            venue.ask(join, world.PROCTOR)
    _checkpoint(venue, keys)
    _heard(venue, clock, "R1", 1, ("24.0", "21.5", "30.0", "25.5", "18.0", "26.0", "27.5"))
    world.send(venue, "OBS-01", 1, "R1")
    _over(venue, "R1", 1)
    _checkpoint(venue, keys)
    _heard(venue, clock, "R2", 1, ("20.0", "20.5", "21.0", "21.5", "22.0", "22.5"))
    venue.ask(c.ExcuseSeat(room="R2", lot=1, seat="R2-7", kind="recused", reason="亲属"), world.PROCTOR)
    again = f.ReopenSheet(room="R2", lot=1, seat="R2-2", reason="笔误", second="监督员甲")
    venue.ask(again, world.PROCTOR)
    world.send(venue, "R2-2", 1, "R2", content="23.5")
    _over(venue, "R2", 1)
    venue.ask(c.CallCandidate(room="R1", lot=2), world.PROCTOR)
    venue.ask(c.MarkAbsent(room="R1", lot=2), world.PROCTOR)
    venue.ask(f.UndoStep(room="R1"), world.PROCTOR)
    venue.ask(c.MarkAbsent(room="R1", lot=2), world.PROCTOR)
    waived = f.WaiveEntry(room="R2", lot=2, reason="本人放弃", second="监督员甲")
    venue.ask(waived, world.PROCTOR)
    _heard(venue, clock, "R1", 3, ("24.5", "22.5", "23.0", "20.5", "19.0", "24.0"))
    marks = {**world.MARKS, "content": "22.0"}
    paper = f.EnterPaperSheet(
        room="R1", lot=3, seat="R1-7", marks=marks, again=marks, first="考务", second="监督员甲"
    )
    venue.ask(paper, world.PROCTOR)
    _over(venue, "R1", 3)
    _checkpoint(venue, keys)
    digest = hashlib.sha256(REPORT).hexdigest()
    venue.ask(c.IssueReport(form="composite", serial=1, pages=2, sha256=digest), PROGRAM)
    report = folder / "composite.pdf"
    report.write_bytes(REPORT)
    write_bundle(venue, keys, folder / "small.bundle", [report])
    venue.close()
    return (folder / "small.bundle").read_bytes(), keys


def _checkpoint(venue: Venue, keys: VenueKeys) -> None:
    def sign(journal: Any) -> None:
        journal.store_checkpoint(keys.sign_checkpoint(journal.checkpoint(origin(venue.state.event.event))))

    venue.with_journal(sign)


@dataclass(frozen=True)
class Forgery:
    """A bundle's members, to be changed and put together again as somebody with or without the key would."""

    members: dict[str, bytes]
    keys: VenueKeys

    @classmethod
    def of(cls, data: bytes, keys: VenueKeys) -> Forgery:
        return cls(container.unpack(data), keys)

    @property
    def entries(self) -> list[dict[str, Any]]:
        """The journal, entry by entry."""
        return [json.loads(line) for line in self.members["journal.jsonl"].splitlines()]

    def find(self, kind: str, place: int = 0) -> int:
        """The number of one entry of a kind."""
        found = [number for number, entry in enumerate(self.entries) if entry["kind"] == kind]
        return found[place]

    def with_entries(self, entries: Iterable[dict[str, Any]]) -> Forgery:
        """Another journal, nothing signed again."""
        lines = b"".join(canonical(entry) + b"\n" for entry in entries)
        return replace(self, members={**self.members, "journal.jsonl": lines})

    def with_member(self, name: str, data: bytes) -> Forgery:
        """One file changed."""
        return replace(self, members={**self.members, name: data})

    def changed(self, seq: int, change: Callable[[dict[str, Any]], None]) -> Forgery:
        """One entry changed."""
        entries = self.entries
        change(entries[seq])
        return self.with_entries(entries)

    def packed(self) -> bytes:
        """With container and digests in order, as anybody can make them, and the signature as it was."""
        manifest = json.loads(self.members["manifest.json"])
        listed = {n: d for n, d in self.members.items() if n not in ("manifest.json", "manifest.sig")}
        manifest["members"] = {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
            for name, data in listed.items()
        }
        lines = self.members["journal.jsonl"].splitlines()
        root = root_of(leaf_hash(line) for line in lines)
        manifest["journal"] = {"root": root.hex(), "size": len(lines)}
        return container.pack({**self.members, "manifest.json": canonical(manifest)})

    def signed(self, keys: VenueKeys | None = None) -> bytes:
        """Everything signed again with the laptop's key (or another), as only its owner could."""
        keys = keys or self.keys
        lines = self.members["journal.jsonl"].splitlines()
        event = self.entries[0]["data"]
        root = root_of(leaf_hash(line) for line in lines)
        note = keys.sign_checkpoint(Checkpoint(origin(event["event"]), len(lines), root))
        files = {
            n: d
            for n, d in self.members.items()
            if n in ("scheme.toml", "results.json") or n.startswith(("reports/", "ballots/"))
        }
        content = Content(
            event=event["event"],
            mode=event["mode"],
            software="venue-app 0.1.0",
            at=1_777_600_000_000,
            entries=lines,
            checkpoints=[note],
            files=files,
        )
        return bundle.make(content, keys)
