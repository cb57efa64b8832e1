"""What judges were shown, against what the laptop's file holds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from types import TracebackType
from typing import Any

from venue_app.base.errors import Known
from venue_app.bench.child import Child
from venue_app.domain.entries import SheetReceived
from venue_app.domain.record import decode
from venue_app.host.audit import audit
from venue_app.journal import Journal

PATIENCE_S = 120.0
_LOOK_S = 0.01


class Shown:
    """Everything the stations said: outlives any process of theirs. `wrong` counts receipts that changed."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, str]] = {}
        self.receipts: dict[str, str] = {}
        self.again: Counter[str] = Counter()
        self.refused: dict[str, str] = {}
        self.wrong = 0

    def take(self, said: dict[str, Any]) -> None:
        """One thing a judge saw."""
        if "kept" in said:
            self.kept[said["kept"]] = (said["seat"], said["room"])
        elif "receipt" in said or "seen" in said:
            sheet = said.get("receipt") or said["seen"]
            first = self.receipts.setdefault(sheet, said["code"])
            self.wrong += first != said["code"]
            self.again[sheet] += "receipt" in said
        elif "refused" in said:
            self.refused[said["refused"]] = said["code"]

    def has_marked(self, room: str) -> set[str]:
        """Seats with a sheet for this room that is safe on the station."""
        return {seat for seat, of in self.kept.values() if of == room}


class Crowd(Child):
    """The stations' process, heard by a thread of its own. `told` counts what it was told to do, `answers` what it has done."""

    def __init__(self, folder: Path, shown: Shown, *, home: Path, inside: tuple[str, ...] = ()) -> None:
        super().__init__("venue_app.bench.faults.crowd", str(folder), home=home, inside=inside)
        self.shown = shown
        self.last: dict[str, Any] = {}
        self.told = self.answers = 0
        self._ears = Thread(target=self._listen, daemon=True)
        self._ears.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if not line.endswith(b"\n"):
                return  # killed in mid-word: no judge saw it
            said = json.loads(line)
            self.shown.take(said)
            if "done" in said:
                self.last = said
                self.answers += 1

    def tell(self, what: Mapping[str, Any]) -> None:
        """Say one line to it; whatever it is to do is answered in its turn."""
        self.told += "do" in what
        super().tell(what)

    def ask(self, what: Mapping[str, Any]) -> dict[str, Any]:
        """Tell it, and wait until it has done so, and all that it was told before."""
        self.tell(what)
        wait_until(lambda: self.answers >= self.told)
        return self.last

    def online(self, count: int) -> None:
        """Wait until so many stations are connected."""
        wait_until(lambda: self.ask({"do": "look"})["online"] >= count)

    def kill(self) -> bytes:
        """End it at once; what it had said is heard first, for a judge has seen it."""
        self._process.kill()
        return self._gone()

    def end(self) -> str:
        """Let it end; wait until it has."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.stdin = None
        self._gone()
        return ""

    def _gone(self) -> bytes:
        self._ears.join()
        return self._process.communicate()[0]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.returncode is None:
            self.kill()


def wait_until(reached: Callable[[], bool], patience: float = PATIENCE_S) -> None:
    """Raises `Known` bench.never when it does not come to pass."""
    end = monotonic() + patience
    while not reached():
        if monotonic() > end:
            raise Known("bench.never", seconds=round(patience))
        sleep(_LOOK_S)


def stored(file: Path) -> tuple[dict[str, str], list[bytes]]:
    """Receipts by sheet, and all entries; the journal checks its own tree. Raises `Known` journal.damaged."""
    journal = Journal.open(file, readonly=True)
    try:
        entries = [raw for _, raw in journal.entries()]
    finally:
        journal.close()
    records = [decode(raw) for raw in entries]
    found = {r.sub or "": r.data.receipt for r in records if isinstance(r.data, SheetReceived)}
    return found, entries


def missing(shown: Shown, file: Path) -> int:
    """Receipts that a judge was shown and the file does not hold, or holds otherwise."""
    found, _ = stored(file)
    return sum(found.get(sheet) != code for sheet, code in shown.receipts.items())


def counts(shown: Shown, file: Path) -> dict[str, int]:
    """How it ended: `lost` sheets that are not in the file or whose judge saw no receipt, `twice` sheets of a seat that are
    in the file more than once, `unsound` points of the audit that do not hold."""
    found, entries = stored(file)
    held = [r.data for r in map(decode, entries) if isinstance(r.data, SheetReceived)]
    places = Counter((s.seat, s.room, s.lot) for s in held)
    return {
        "sheets": len(shown.kept),
        "lost": sum(sheet not in found or sheet not in shown.receipts for sheet in shown.kept)
        + sum(found.get(sheet) != code for sheet, code in shown.receipts.items()),
        "twice": sum(count - 1 for count in places.values())
        + sum(sheet not in shown.kept for sheet in found),
        "changed": shown.wrong,
        "refused": len(shown.refused),
        "unsound": sum(check.ok is False for check in audit(entries)),
    }
