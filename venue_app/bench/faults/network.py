"""Bad networks: stations and laptop in network namespaces of their own, with weather between them.

    python -m venue_app.bench.faults.network FOLDER STATIONS CUT_S

Runs inside a user and network namespace made for it (`unshare -r -n`); addresses are those of RFC 5737, and no way leads
out. Says one line of figures for each kind of weather, then the counts.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from venue_app.bench import child
from venue_app.bench.child import Child
from venue_app.bench.faults.tally import Crowd, Shown, counts, wait_until
from venue_app.bench.faults.weather import Sky, Weather, tun

LAPTOP, MOVED, HALL = "192.0.2.1", "192.0.2.7", "192.0.2.100"
_SPREAD_MS = 400


def why_not() -> str:
    """Why this machine cannot try bad networks, as a word; '' when it can."""
    if sys.platform != "linux":
        return "no-linux"
    if not all(map(shutil.which, ("unshare", "nsenter", "ip"))):
        return "no-tools"
    probe = "ip tuntap add probe mode tun && exec unshare -n true"
    tried = subprocess.run(["unshare", "-r", "-n", "sh", "-c", probe], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "not-allowed"


def bench_network(home: Path, stations: int, cut_s: float) -> dict[str, Any]:
    """Every kind of weather, the network being gone for `cut_s` seconds once. Counts, and seconds by kind.

    Raises `Known` bench.ended.
    """
    words = (str(home), str(stations), str(cut_s))
    inside = ("unshare", "-r", "-n")
    with Child("venue_app.bench.faults.network", *words, home=home, inside=inside) as trial:
        return trial.hear()


class Place:
    """A network namespace, held by a process that waits in it."""

    def __init__(self) -> None:
        self._holder = subprocess.Popen(["unshare", "-n", "cat"], stdin=subprocess.PIPE)
        own = Path("/proc/self/ns/net").readlink()
        wait_until(lambda: Path(f"/proc/{self._holder.pid}/ns/net").readlink() != own)
        self.inside = ("nsenter", f"--net=/proc/{self._holder.pid}/ns/net", "--")

    def ip(self, *words: str) -> None:
        """`ip` in there."""
        subprocess.run([*self.inside, "ip", *words], check=True, capture_output=True)

    def settle(self, device: str, address: str) -> None:
        """Bring a device of this namespace in there, with an address."""
        subprocess.run(["ip", "link", "set", device, "netns", str(self._holder.pid)], check=True)
        self.ip("link", "set", "lo", "up")
        self.ip("address", "add", f"{address}/24", "dev", device)
        self.ip("link", "set", device, "up")

    def close(self) -> None:
        """It vanishes, and what was in it."""
        self._holder.communicate()


class Trial:
    """Laptop, stations and sky between them."""

    def __init__(self, home: Path, stations: int, stack: ExitStack) -> None:
        self.stations = stations
        self.shown = Shown()
        self.file = home / "weather.venue"
        handles = tun("laptop0"), tun("hall0")
        self.sky = Sky(*handles)
        stack.callback(self.sky.close)
        self.place, hall = Place(), Place()
        stack.callback(self.place.close)
        stack.callback(hall.close)
        self.place.settle("laptop0", LAPTOP)
        hall.settle("hall0", HALL)
        words = (str(self.file), "0.0.0.0", "8443", str(stations), str(len(_TRIALS)), str(home / "log"))
        self.laptop = stack.enter_context(
            Child("venue_app.bench.faults.laptop", *words, home=home, inside=self.place.inside)
        )
        about = self.laptop.hear()
        self.crowd = stack.enter_context(Crowd(home / "boxes", self.shown, home=home, inside=hall.inside))
        url = f"https://{LAPTOP}:{about['port']}"
        self.crowd.tell(about | {"url": url, "seats": list(range(1, stations + 1))})
        self.crowd.online(stations)

    def mark(self, room: str) -> None:
        """Everybody sends a sheet for this room."""
        self.crowd.ask({"do": "mark", "room": room, "spread_ms": _SPREAD_MS})

    def all_in(self) -> None:
        """Wait until every judge has seen every receipt."""
        wait_until(lambda: self.shown.receipts.keys() >= self.shown.kept.keys(), 300)


def _under(weather: Weather) -> Any:
    def trial(it: Trial, room: str, _cut_s: float) -> None:
        it.sky.weather = weather
        it.mark(room)
        it.all_in()

    return trial


def _cut(it: Trial, room: str, cut_s: float) -> None:
    """The network is gone in mid-sending, and comes back."""
    it.sky.weather = Weather(delay_ms=_SPREAD_MS // 2)
    it.crowd.tell({"do": "mark", "room": room, "spread_ms": _SPREAD_MS})
    sleep(_SPREAD_MS / 1000)
    it.sky.weather = Weather(cut=True)
    sleep(cut_s)
    it.sky.weather = Weather()
    it.all_in()


def _moved(it: Trial, room: str, _cut_s: float) -> None:
    """The laptop gets another address in mid-sending; judges type the new one."""
    it.sky.weather = Weather(delay_ms=100)
    it.crowd.tell({"do": "mark", "room": room, "spread_ms": _SPREAD_MS})
    sleep(_SPREAD_MS / 2000)
    it.place.ip("address", "add", f"{MOVED}/24", "dev", "laptop0")
    it.place.ip("address", "del", f"{LAPTOP}/24", "dev", "laptop0")
    it.place.ip("address", "replace", f"{MOVED}/24", "dev", "laptop0")
    it.sky.weather = Weather()
    it.crowd.ask({"do": "move", "url": f"https://{MOVED}:8443"})
    it.all_in()


def _again(it: Trial, room: str, _cut_s: float) -> None:
    """Packets doubled and out of order; then every sheet comes again, the newest first."""
    _under(Weather(doubled=20, delay_ms=5, spread_ms=80))(it, room, 0)
    before = it.shown.again.total()
    it.crowd.ask({"do": "again"})
    wait_until(lambda: it.shown.again.total() >= before + len(it.shown.kept))


_TRIALS = {
    "fair": _under(Weather()),
    "loss_30_percent": _under(Weather(lost=30)),
    "delay_500_ms": _under(Weather(delay_ms=500)),
    "cut": _cut,
    "moved": _moved,
    "doubled_disordered": _again,
}


def main(folder: str, stations: str, cut_s: str) -> None:
    """All of them, one after the other, in one event."""
    home = Path(folder)
    with ExitStack() as stack:
        it = Trial(home, int(stations), stack)
        took: dict[str, float] = {}
        for number, (name, trial) in enumerate(_TRIALS.items(), 1):
            began = monotonic()
            trial(it, f"R{number}", float(cut_s))
            it.sky.weather = Weather()
            took[f"{name}_s"] = round(monotonic() - began, 1)
        it.crowd.end()
        it.laptop.end()
        packets = {
            "packets": it.sky.carried,
            "packets_lost": it.sky.dropped,
            "packets_doubled": it.sky.doubled,
        }
        child.say(counts(it.shown, it.file) | packets | took)


if __name__ == "__main__":
    main(*sys.argv[1:])
