"""What the facts mean: pure, and the same facts always give the same points."""

from __future__ import annotations

from collections.abc import Iterator

from venue_app.base.clock import iso
from venue_app.host.copying import STALE_MS
from venue_app.host.readiness.facts import ClockFacts, CopyFacts, Facts, PowerFacts, SeatFacts
from venue_app.host.readiness.points import CHECKS, Point
from venue_app.lan.presence import CLOCK_MS

MIB = 1 << 20
#: An event of 150 people with its forms and bundle takes some 60 MiB; below this a day may not fit.
LEAST_FREE, AMPLE_FREE = 300 * MIB, 2048 * MIB
#: The second copy is a tenth of the event file.
LEAST_COPY, AMPLE_COPY = 50 * MIB, 300 * MIB
#: A calendar clock that moved so many ms while it was watched was set, or is being pulled along.
SLIP_MS = 500
#: Charge in percent below which a device does not last a half-day.
LOW_BATTERY = 30
#: China's one zone, in minutes ahead of UTC.
CHINA = 480
#: A laptop that sleeps within so many seconds does so between two candidates.
SOON_S = 4 * 3600
_SHOWN = 8


def check(facts: Facts) -> tuple[Point, ...]:
    """All points, in the order of `CHECKS`; at least one of each."""
    found = [
        *_printer(facts), _copy(facts), _disk(facts), *_clock(facts.clock), *_fonts(facts), *_network(facts), _tls(facts),
        *_stations(facts), _power(facts.power), _sleep(facts.power), *_program(facts),
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda point: CHECKS.index(point.check)))


def size(count: int) -> str:
    """Bytes as people read them: 312 MB, 18.4 GB."""
    if count < 1024 * MIB:
        return f"{count // MIB} MB"
    tenths = count * 10 // (1024 * MIB)
    return f"{tenths // 10}.{tenths % 10} GB"


def named(items: list[str]) -> str:
    """The first few, and that there are more."""
    return "、".join(items[:_SHOWN]) + (f" … +{len(items) - _SHOWN}" if len(items) > _SHOWN else "")


def _printer(facts: Facts) -> Iterator[Point]:
    if facts.printers is None:
        yield Point("printer", "attention", "readiness.printer.unknown")
        return
    good = [p for p in facts.printers if p.accepting]
    bad = [p for p in facts.printers if not p.accepting]
    if not facts.printers:
        yield Point("printer", "fault", "readiness.printer.none")
    elif not good:
        first = bad[0]
        yield Point(
            "printer", "fault", "readiness.printer.stopped", {"name": first.name, "why": first.why or "—"}
        )
    else:
        first = next((p for p in good if p.default), good[0])
        yield Point("printer", "ok", "readiness.printer.ready", {"name": first.name})
        chosen = next((p for p in bad if p.default), None)
        if chosen is not None:
            params = {"name": chosen.name, "why": chosen.why or "—"}
            yield Point("printer", "attention", "readiness.printer.default_stopped", params)


def _copy(facts: Facts) -> Point:
    copy = facts.copy
    if copy is None:
        if facts.copy_wanted == "off":
            return Point("copy", "ok", "readiness.copy.off")
        needed = facts.official or facts.copy_wanted == "required"
        return Point("copy", "fault" if needed else "attention", "readiness.copy.none")
    return _chosen_copy(copy)


def _chosen_copy(copy: CopyFacts) -> Point:
    where: dict[str, object] = {"folder": copy.folder}
    if not copy.writable:
        return Point("copy", "fault", "readiness.copy.unwritable", where)
    if copy.fault is not None:
        return Point("copy", "fault", "readiness.copy.fault", {**where, "why": copy.fault})
    if copy.behind_ms > STALE_MS:
        return Point("copy", "fault", "readiness.copy.stale", {**where, "seconds": copy.behind_ms // 1000})
    if copy.same_disk:
        return Point("copy", "attention", "readiness.copy.same_disk", where)
    free: dict[str, object] = {**where, "free": size(copy.free)}
    if copy.free < AMPLE_COPY:
        return Point("copy", "fault" if copy.free < LEAST_COPY else "attention", "readiness.copy.full", free)
    return Point("copy", "ok", "readiness.copy.ready", free)


def _disk(facts: Facts) -> Point:
    disk = facts.disk
    where = {"folder": disk.folder, "free": size(disk.free)}
    if not disk.writable:
        return Point("disk", "fault", "readiness.disk.unwritable", where)
    if disk.free < AMPLE_FREE:
        return Point("disk", "fault" if disk.free < LEAST_FREE else "attention", "readiness.disk.low", where)
    return Point("disk", "ok", "readiness.disk.ready", where)


def _clock(clock: ClockFacts) -> Iterator[Point]:
    now: dict[str, object] = {"now": local(clock.now_ms, clock.zone), "zone": zone(clock.zone)}
    wrong = False
    if clock.now_ms < clock.journal_ms:
        wrong = True
        last = local(clock.journal_ms, clock.zone)
        yield Point("clock", "fault", "readiness.clock.behind_journal", now | {"last": last})
    elif clock.now_ms < clock.program_ms:
        wrong = True
        newest = local(clock.program_ms, clock.zone)
        yield Point("clock", "fault", "readiness.clock.behind_files", now | {"newest": newest})
    if abs(clock.slipped_ms) > SLIP_MS:
        wrong = True
        moved = {"ms": clock.slipped_ms, "seconds": max(1, clock.watched_ms // 1000)}
        yield Point("clock", "attention", "readiness.clock.slipped", now | moved)
    if clock.zone != CHINA:
        wrong = True
        yield Point("clock", "attention", "readiness.clock.zone", now)
    if not wrong:
        yield Point("clock", "ok", "readiness.clock.ready", now)


def _fonts(facts: Facts) -> Iterator[Point]:
    if facts.fonts.broken:
        yield Point("fonts", "fault", "readiness.fonts.broken", {"name": facts.fonts.broken})
    missing = facts.fonts.missing
    if missing:
        words = named([f"{text}: {char} (U+{ord(char):04X})" for char, text in missing])
        yield Point("fonts", "fault", "readiness.fonts.missing", {"count": len(missing), "names": words})
    if not facts.fonts.broken and not missing:
        yield Point("fonts", "ok", "readiness.fonts.ready")


def _network(facts: Facts) -> Iterator[Point]:
    net = facts.network
    if not net.addresses:
        yield Point("network", "fault", "readiness.network.none")
        return
    shown = named(
        [f"{address} ({interface})" if interface else address for address, interface in net.addresses]
    )
    said = {"addresses": shown, "port": net.port}
    silent = [address for address, _ in net.addresses if address not in net.reached]
    if not net.ours and not net.free:
        yield Point("network", "fault", "readiness.network.port_taken", said)
    elif silent:
        yield Point("network", "fault", "readiness.network.silent", said | {"silent": named(silent)})
    else:
        yield Point("network", "ok", "readiness.network.ready", said)
    if len(net.addresses) > 1:
        yield Point("network", "attention", "readiness.network.several", said)
    if net.others:
        yield Point("network", "ok", "readiness.network.others", {"count": net.others})
    elif net.firewall:
        yield Point(
            "network", "attention", "readiness.network.firewall", {"name": net.firewall, "port": net.port}
        )
    else:
        yield Point("network", "attention", "readiness.network.untried")


def _tls(facts: Facts) -> Point:
    said = {"library": facts.tls.library}
    if facts.tls.own_key is False:
        return Point("tls", "fault", "readiness.tls.other_key", said)
    if not facts.tls.modern:
        return Point("tls", "fault", "readiness.tls.old", said)
    key = "readiness.tls.ready" if facts.tls.own_key is None else "readiness.tls.answered"
    return Point("tls", "ok", key, said)


def _stations(facts: Facts) -> Iterator[Point]:
    seats = facts.seats
    if not seats:
        yield Point("stations", "attention", "readiness.stations.no_seats")
        return
    away = [s.seat for s in seats if not s.connected]
    counts = {"connected": len(seats) - len(away), "seats": len(seats)}
    if away:
        yield Point("stations", "attention", "readiness.stations.missing", counts | {"names": named(away)})
    else:
        yield Point("stations", "ok", "readiness.stations.all", counts)
    here = [s for s in seats if s.connected]
    yield from _devices(here, f"venue-app {facts.program.version}")


def _devices(here: list[SeatFacts], own: str) -> Iterator[Point]:
    slow = [f"{s.seat} ({s.error} ms)" for s in here if s.error is not None and s.error > CLOCK_MS]
    if slow:
        params = {"names": named(slow), "bound": CLOCK_MS}
        yield Point("stations", "attention", "readiness.stations.clock", params)
    low = [f"{s.seat} ({s.battery} %)" for s in here if s.battery is not None and s.battery < LOW_BATTERY]
    if low:
        yield Point("stations", "attention", "readiness.stations.battery", {"names": named(low)})
    other = [f"{s.seat} ({s.client})" for s in here if s.client.startswith("venue-app ") and s.client != own]
    if other:
        yield Point(
            "stations", "attention", "readiness.stations.version", {"names": named(other), "own": own}
        )


def _power(power: PowerFacts) -> Point:
    charge = {"charge": power.battery}
    if power.mains is None and power.battery is None:
        return Point("power", "attention", "readiness.power.unknown")
    if power.mains is False and power.battery is not None:
        return Point(
            "power",
            "fault" if power.battery < LOW_BATTERY else "attention",
            "readiness.power.battery",
            charge,
        )
    if power.battery is None:
        return Point("power", "attention", "readiness.power.no_battery")
    return Point("power", "ok", "readiness.power.mains", charge)


def _sleep(power: PowerFacts) -> Point:
    if power.sleeps_s is None:
        return Point("sleep", "attention", "readiness.sleep.unknown")
    if power.sleeps_s == 0:
        return Point("sleep", "ok", "readiness.sleep.never")
    soon = power.sleeps_s < SOON_S
    minutes = {"minutes": power.sleeps_s // 60}
    return Point("sleep", "attention" if soon else "ok", "readiness.sleep.after", minutes)


def _program(facts: Facts) -> Iterator[Point]:
    program = facts.program
    said = {
        "version": program.version,
        "python": program.python,
        "sqlite": program.sqlite,
        "system": program.system,
    }
    yield Point("program", "ok", "readiness.program.ready", said)
    if program.made_by != f"venue-app {program.version}":
        yield Point("program", "attention", "readiness.program.other", {"made_by": program.made_by} | said)


def local(wall_ms: int, minutes: int) -> str:
    """A moment in a zone, as 2026-05-01 09:14:03."""
    return iso(wall_ms + minutes * 60_000)[:19].replace("T", " ")


def zone(minutes: int) -> str:
    """A zone as UTC+8 or UTC+5:30."""
    sign, rest = ("-", -minutes) if minutes < 0 else ("+", minutes)
    hours, odd = divmod(rest, 60)
    return f"UTC{sign}{hours}" + (f":{odd:02d}" if odd else "")
