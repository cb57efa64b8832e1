"""What the probes found, as plain values: no judgement yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from venue_app.base.clock import Clock
from venue_app.base.errors import Known


@dataclass(frozen=True, slots=True)
class Printer:
    """One of the system's printers; `why` is what its queue says when it does not accept."""

    name: str
    accepting: bool = True
    default: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """The folder of the second copy. Bytes free; `behind_ms` how long the copy lies behind, `fault` what its writer
    says; `same_disk` that it lies on the disk of the event file."""

    folder: str
    writable: bool
    same_disk: bool
    free: int = 0
    behind_ms: int = 0
    fault: Known | None = None


@dataclass(frozen=True, slots=True)
class DiskFacts:
    """Where the event file lies: its folder, bytes free, whether it may be written."""

    folder: str
    free: int
    writable: bool


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """Wall times in ms, the zone in minutes ahead of UTC. `program_ms` is the newest file of the program, `journal_ms`
    the last entry of the journal; `slipped_ms` how far the calendar clock moved against the steady one within
    `watched_ms`."""

    now_ms: int
    zone: int
    program_ms: int
    journal_ms: int
    slipped_ms: int
    watched_ms: int


@dataclass(frozen=True, slots=True)
class FontFacts:
    """`broken` names a bundled face that cannot be read; `missing` are (character, the name or title it is in)."""

    broken: str = ""
    missing: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """IPv4 addresses with their interfaces ('' where the system does not say); which of them answered this laptop
    itself on `port`; whether the port is `ours` (stations are let in now) or `free`; the firewall known to be on; and
    how many devices of other machines are connected: the one proof that others come through."""

    addresses: tuple[tuple[str, str], ...]
    port: int
    ours: bool
    free: bool
    reached: tuple[str, ...]
    firewall: str = ""
    others: int = 0


@dataclass(frozen=True, slots=True)
class TlsFacts:
    """The library that encrypts, whether it knows TLS 1.3, and (where stations are let in) whether this laptop's own
    key answered."""

    library: str
    modern: bool
    own_key: bool | None = None


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """One seat's device. `client` is the program it runs, `error` its stage clock's largest error in ms, `battery`
    percent."""

    seat: str
    joined: bool
    connected: bool = False
    client: str = ""
    error: int | None = None
    battery: int | None = None


@dataclass(frozen=True, slots=True)
class PowerFacts:
    """Whether the mains feed this laptop and its charge in percent; None where the system does not say.

    `sleeps_s`: after so many seconds without a key it sleeps although plugged in; 0 never.
    """

    mains: bool | None
    battery: int | None
    sleeps_s: int | None


@dataclass(frozen=True, slots=True)
class ProgramFacts:
    """Versions: of this program, of the one that made the event, of Python and of SQLite; the machine's system."""

    version: str
    made_by: str
    python: str
    sqlite: str
    system: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything. `printers` None: the system does not say; `copy` None: no folder is chosen."""

    at_ms: int
    official: bool
    copy_wanted: str
    printers: tuple[Printer, ...] | None
    copy: CopyFacts | None
    disk: DiskFacts
    clock: ClockFacts
    fonts: FontFacts
    network: NetworkFacts
    tls: TlsFacts
    power: PowerFacts
    program: ProgramFacts
    seats: tuple[SeatFacts, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Anchor:
    """A moment by both clocks, to see later whether the calendar clock was moved in between."""

    wall: int
    mono: int
    slept: int

    @classmethod
    def take(cls, clock: Clock) -> Anchor:
        """Now."""
        return cls(clock.wall_ms(), clock.mono_ms(), clock.slept_ms())

    def passed(self, clock: Clock) -> tuple[int, int]:
        """(by how many ms the calendar clock slipped, how many ms were watched)."""
        now = Anchor.take(clock)
        steady = now.mono - self.mono + now.slept - self.slept
        return now.wall - self.wall - steady, steady
