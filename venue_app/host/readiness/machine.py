"""Real probes of the machine: disks, printers, power, sleep. Each gives what can be known, and None for what cannot."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from venue_app.host.readiness.facts import PowerFacts, Printer
from venue_app.lan.battery import charge, on_mains

_PATIENCE_S = 5
_DISABLED = re.compile(r"^printer (\S+) (disabled|is idle|now printing)\S*(.*)$")


def said_by(*command: str) -> str | None:
    """What a program of the system prints, in English; None where there is none, or it fails, or does not answer."""
    if shutil.which(command[0]) is None:
        return None
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE_S,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None


Ask = Callable[..., str | None]


def printers(ask: Ask = said_by) -> tuple[Printer, ...] | None:
    """The printers of the system's queues, by CUPS' own program; None where there is none."""
    listed = ask("lpstat", "-p")
    if listed is None:
        # Without one printer lpstat -p fails; -r answers as long as there is a scheduler.
        return None if ask("lpstat", "-r") is None else ()
    chosen = (ask("lpstat", "-d") or "").rpartition(":")[2].strip()
    refusing = {
        line.split()[0] for line in (ask("lpstat", "-a") or "").splitlines() if " not accepting" in line
    }
    found = []
    for line in listed.splitlines():
        match = _DISABLED.match(line)
        if match is not None:
            name, state, why = match.groups()
            accepting = state != "disabled" and name not in refusing
            words = "" if accepting else why.removeprefix(" since").strip(" -") or state
            found.append(Printer(name, accepting, name == chosen, words))
    return tuple(found)


def free_bytes(folder: Path) -> int:
    """Bytes free for this user; 0 where the folder cannot be asked."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0


def writable(folder: Path) -> bool:
    """Whether a file can really be written there, kept durably, read back and taken away."""
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".venue-check-") as file:
            file.write(b"venue")
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            return file.read() == b"venue"
    except OSError:
        return False


def disk_of(path: Path, devices: Path = Path("/sys/dev/block")) -> str:
    """What tells one disk from another: on Linux the whole disk behind the partition, elsewhere the volume."""
    device = path.stat().st_dev
    if sys.platform.startswith("linux"):
        found = devices / f"{os.major(device)}:{os.minor(device)}"
        if found.exists():
            real = found.resolve()
            return real.parent.name if (real / "partition").exists() else real.name
    return str(device)


def same_disk(one: Path, other: Path) -> bool:
    """Whether both lie on one disk; a folder that is not there counts as elsewhere."""
    try:
        return disk_of(one) == disk_of(other)
    except OSError:
        return False


def power() -> PowerFacts:
    """How this laptop is fed, and whether it goes to sleep by itself."""
    return PowerFacts(mains=on_mains(), battery=charge(), sleeps_s=sleeps_after())


def sleeps_after(ask: Ask = said_by) -> int | None:
    """After how many seconds without a key it sleeps although plugged in; 0 never, None when nobody says."""
    if sys.platform == "win32":
        return _windows_sleep(ask("powercfg", "/query", "SCHEME_CURRENT", "SUB_SLEEP", "STANDBYIDLE"))
    if sys.platform == "darwin":
        return _mac_sleep(ask("pmset", "-g", "custom"))
    return _gnome_sleep(ask)


def _windows_sleep(said: str | None) -> int | None:
    """The last two figures are the settings on mains and on battery, whatever the language of the words."""
    figures = re.findall(r"0x([0-9a-fA-F]{8})", said or "")
    return int(figures[-2], 16) if len(figures) >= 2 else None


def _mac_sleep(said: str | None) -> int | None:
    on_power = (said or "").partition("AC Power:")[2]
    found = re.search(r"^\s*sleep\s+(\d+)", on_power, re.MULTILINE)
    return int(found[1]) * 60 if found else None


def _gnome_sleep(ask: Ask) -> int | None:
    area = "org.gnome.settings-daemon.plugins.power"
    kind = ask("gsettings", "get", area, "sleep-inactive-ac-type")
    after = ask("gsettings", "get", area, "sleep-inactive-ac-timeout")
    if kind is None or after is None:
        return None
    found = re.search(r"\d+", after)
    return 0 if "nothing" in kind or found is None else int(found[0])
