"""A hundred thousand entries verified: bytes, tree, signatures, and what they mean together."""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import monotonic_ns, process_time_ns
from typing import Any

from venue_app.bench.bare import read_and_hash_ms
from venue_app.bench.figures import peak_mb, seconds
from venue_app.domain import entries as e
from venue_app.domain.nouns import Candidate, Entry, Post, Room, Seat
from venue_app.domain.record import Record, encode
from venue_app.domain.roles import PROGRAM
from venue_app.host.audit import audit
from venue_app.journal import Journal, checkpoint
from venue_app.scheme import preset_text
from venue_app.seal.keys import VenueKeys, load_or_create
from venue_app.seal.verify import verify_file

ENTRIES = 100_000
_SEATS = 60
_AT = 1_777_600_000_000


def bench_verify(folder: Path, entries: int = ENTRIES) -> dict[str, Any]:
    """`seconds` for all checks of an event file of so many entries; `bytes_s` without those of meaning,
    `cpu_s` the processor time of all, which a busy machine does not lengthen; `bare_s` for reading and hashing alone.

    Most entries are stations that come and go: small, as an entry is on the day.
    """
    with tempfile.TemporaryDirectory(prefix="bench-", dir=folder, ignore_cleanup_errors=True) as name:
        keys = load_or_create(Path(name) / "keys")
        path = Path(name) / "long.venue"
        _laid(path, keys, entries)
        start = monotonic_ns()
        bare = verify_file(path)
        middle, cpu = monotonic_ns(), process_time_ns()
        whole = verify_file(path, extra=audit)
        end, cpu = monotonic_ns(), process_time_ns() - cpu
        size = path.stat().st_size
        least = read_and_hash_ms(path)
    return {
        "entries": entries,
        "seconds": seconds(end - middle),
        "cpu_s": seconds(cpu),
        "bytes_s": seconds(middle - start),
        "bare_s": round(least / 1000, 2),
        "megabytes": round(size / (1 << 20), 1),
        "wrong": sum(check.ok is False for check in (*bare.checks, *whole.checks)),
        "peak_mb": peak_mb(),
    }


def _laid(path: Path, keys: VenueKeys, entries: int) -> None:
    raw = [encode(record) for record in _records(keys, entries)]
    journal = Journal.create(path, raw[0])
    try:
        journal.append(raw[1:], submissions=[None] * (len(raw) - 1))
        journal.store_checkpoint(keys.sign_checkpoint(journal.checkpoint(checkpoint.origin("ab" * 16))))
    finally:
        journal.close()


def _records(keys: VenueKeys, entries: int) -> list[Record]:
    facts: list[e.Fact] = [
        e.EventCreated(
            event="ab" * 16,
            title="bench",
            mode="rehearsal",
            place="",
            scheme=preset_text("s0-county-self-nomination"),
            keys=keys.announced(),
            software="bench",
        ),
        e.RosterImported(
            candidates=(Candidate(id="C1", identity="1", name="甲"),),
            posts=(Post(id="P1", title="甲", room="R1"),),
            entries=(Entry(id="E1", candidate="C1", post="P1"),),
            rooms=(Room(id="R1", title="第1考场"),),
            seats=tuple(Seat(id=f"R1-{n}", group="panel", number=n, room="R1") for n in range(_SEATS)),
            values={},
            sources=(),
            cancelled=(),
            decisions=(),
        ),
    ]
    while len(facts) < entries:
        seat = f"R1-{len(facts) // 2 % _SEATS}"
        device = f"{len(facts):032x}"
        joined: e.Fact = e.StationJoined(seat=seat, device=device, device_name="平板")
        facts.append(joined if len(facts) % 2 == 0 else e.StationReleased(seat=seat, reason="更换"))
    return [
        Record(seq=seq, at=_AT + seq, mono=seq, boot="b", actor=PROGRAM, data=fact)
        for seq, fact in enumerate(facts)
    ]
