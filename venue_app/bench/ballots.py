"""A hall that votes: phones on TLS, each with a connection of its own, 43 people by five aspects on every paper."""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import monotonic_ns
from typing import Any

from venue_app.base.ids import random_code
from venue_app.bench.bare import handshake_ms, sync_ms
from venue_app.bench.child import Child
from venue_app.bench.figures import milliseconds, percentile
from venue_app.domain import ballot_commands as b
from venue_app.domain import commands as c
from venue_app.domain.nouns import Candidate, Entry, Person, Post, Room
from venue_app.domain.roles import Actor, Role
from venue_app.host.session import EventHost
from venue_app.venue.ballots import slip_digest

PEOPLE = 43
#: A group of papers waits so often for the disk: what is meant, the papers, the slips, and that it is done.
_SYNCS = 4
_PROCTOR = Actor(role=Role.PROCTOR, name="bench")
_WITNESS = "bench witness"
_SCHEME = """
format = 1
id = "bench"
title = "bench"
composite = "points"
[[ballots]]
id = "appraisal"
kind = "grades"
title = "appraisal"
per = "person"
grades = [
  { id = "A", title = "A", points = 100 },
  { id = "B", title = "B", points = 80 },
  { id = "C", title = "C", points = 60 },
  { id = "D", title = "D", points = 40 },
  { id = "E", title = "E", points = 20 },
]
items = [
  { id = "1", title = "1" }, { id = "2", title = "2" }, { id = "3", title = "3" },
  { id = "4", title = "4" }, { id = "5", title = "5" },
]
[[components]]
id = "points"
kind = "ballot"
title = "points"
ballot = "appraisal"
"""


def bench_ballots(voters: int, seconds: int, folder: Path) -> dict[str, Any]:
    """`voters` phones look at their slip and send a paper each, evenly over `seconds`; one in ten sends twice.

    `p50_ms`, `p99_ms`, `worst_ms`: from sending the paper, on a connection of its own, to «counted» on the disk.
    `bare_ms`: one bare TLS connection and the waits for the disk that a paper needs. `open_p99_ms`: the same for looking at the slip. `lost`: voters told «counted» who are not in the published
    list, or never told. `counted`: papers published. `twice`: papers beyond one a slip. `close_s`: from
    closing the poll to everything counted. `folder` is left as it was.
    """
    with tempfile.TemporaryDirectory(prefix="bench-", dir=folder, ignore_cleanup_errors=True) as name:
        home = Path(name)
        host, poll, slips = _hall(home / "bench.venue", voters)
        try:
            server = host.start_lan("127.0.0.1", 0)
            assert host.identity is not None
            told = {
                "port": server.port,
                "pin": host.identity.key_sha256.hex(),
                "poll": poll,
                "slips": slips,
                "people": [f"C{n:03d}" for n in range(1, PEOPLE + 1)],
                "seconds": seconds,
            }
            with Child("venue_app.bench.voters", home=home) as crowd:
                said = crowd.ask(told)
            least = handshake_ms(server.port) + sync_ms(home, _SYNCS)
            begun = monotonic_ns()
            host.venue.ask(b.CloseBallot(poll=poll, witness=_WITNESS), _PROCTOR)
            closing = monotonic_ns() - begun
            published = {paper.code for paper in host.venue.state.polls[poll].papers}
            used = len(host.venue.state.polls[poll].used)
        finally:
            host.close()
    return {
        "voters": voters,
        "p50_ms": milliseconds(percentile(said["send"], 50)),
        "p99_ms": milliseconds(percentile(said["send"], 99)),
        "worst_ms": milliseconds(percentile(said["send"], 100)),
        "open_p99_ms": milliseconds(percentile(said["open"], 99)),
        "lost": voters - len(published & set(said["counted"])),
        "counted": len(published),
        "twice": len(published) - used,
        "bare_ms": round(least, 1),
        "close_s": round(closing / 1_000_000_000, 2),
    }


def _hall(path: Path, voters: int) -> tuple[EventHost, str, list[str]]:
    host = EventHost.create(path, title="bench", mode="rehearsal", scheme=_SCHEME)
    people = range(1, PEOPLE + 1)
    roster = c.ImportRoster(
        candidates=tuple(Candidate(id=f"C{n:03d}", identity=f"{n}", name=f"{n}") for n in people),
        posts=(Post(id="P1", title="1", room="R1"),),
        entries=tuple(Entry(id=f"E{n:03d}", candidate=f"C{n:03d}", post="P1") for n in people),
        rooms=(Room(id="R1", title="1"),),
        seats=(),
        values={},
        sources=(),
    )
    witnesses = (Person(role="supervisor", name=_WITNESS), Person(role="notary", name="bench notary"))
    names = tuple(candidate.id for candidate in roster.candidates)
    host.venue.ask(roster, _PROCTOR)
    host.venue.ask(c.OpenRun(people=witnesses), _PROCTOR)
    host.venue.ask(b.OpenBallot(ballot="appraisal", names=names, rolls={"": b.Roll()}), _PROCTOR)
    slips = [random_code(12) for _ in range(voters)]
    event = host.venue.state.event.event
    digests = tuple(slip_digest(event, code) for code in slips)
    host.venue.ask(b.IssueSlips(poll="V1", voter_class="", digests=digests), _PROCTOR)
    return host, "V1", slips
