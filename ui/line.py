"""A station's line to the laptop: the LAN client in a thread of its own, heard in the window's thread.

    line = StationLine(folder)
    line.welcomed.connect(...); line.viewed.connect(...); …      always in the GUI thread, in order
    line.join(link, "平板 3")        →  `joined`, or `join_refused`, or `key_seen` when a person must compare
    line.submit(room, lot, marks)    →  `kept`, or `keep_refused`; the receipt comes by `received`
    line.close()

What must survive lies in `folder`: the pairing, and every sheet until its receipt.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ui import collector
from venue_app.base.clock import SystemClock
from venue_app.base.errors import Known
from venue_app.lan.hold import Pairing, load_pairing, save_pairing
from venue_app.lan.link import JoiningLink
from venue_app.lan.outbox import FileOutbox
from venue_app.lan.pace import Pace
from venue_app.lan.thread import LoopThread

if TYPE_CHECKING:
    from venue_app.lan.client import StationClient

log = logging.getLogger(__name__)


class StationLine(QObject):
    """One device. Made, used and closed in the GUI thread."""

    linked = Signal(str)
    welcomed = Signal(object)
    viewed = Signal(object)
    received = Signal(object)
    refused = Signal(object)
    """(`Sheet`, `Refused`): a sheet that can never be taken."""
    called = Signal(bool)
    pending = Signal(object)
    """The own sheets that wait for their receipt, a tuple of `Sheet`."""
    offset = Signal(int)
    """The laptop's monotonic ms minus ours."""
    joined = Signal(object)
    join_refused = Signal(object)
    key_seen = Signal(object, str)
    """`JoiningLink` and the key (hex) of whoever answers there: a person compares it with the card."""
    kept = Signal(str, int)
    """Room and lot of a sheet that is kept on this device now."""
    keep_refused = Signal(object)

    _heard = Signal(str, object)

    def __init__(self, folder: Path, pace: Pace | None = None, parent: QObject | None = None) -> None:
        """Read what an earlier run left. Raises `Known` (lan.outbox_unwritable)."""
        super().__init__(parent)
        self._folder, self._pace = folder, pace
        self._clock = SystemClock()
        self._outbox = FileOutbox(folder / "outbox")
        self.pairing: Pairing | None = load_pairing(self._file)
        self._client: StationClient | None = None
        self._started = False
        self._loop: LoopThread | None = None
        self._heard.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._signals: dict[str, Callable[[Any], None]] = {
            "link": self.linked.emit,
            "welcome": self.welcomed.emit,
            "view": self.viewed.emit,
            "receipt": self.received.emit,
            "refused": self.refused.emit,
            "called": self.called.emit,
            "pending": self.pending.emit,
            "offset": self.offset.emit,
            "join_refused": self.join_refused.emit,
            "key_seen": lambda seen: self.key_seen.emit(*seen),
            "kept": lambda key: self.kept.emit(*key),
            "keep_refused": self.keep_refused.emit,
        }

    @property
    def _file(self) -> Path:
        return self._folder / "pairing.json"

    @property
    def strangers(self) -> int:
        """Kept sheets of another seat or event."""
        mine = self.pairing
        return sum(
            1 for s in self._outbox.pending() if mine is None or (s.event, s.seat) != (mine.event, mine.seat)
        )

    # ---- what the window asks ----

    def join(self, link: JoiningLink, device_name: str, key: str = "") -> None:
        """Take a seat. Without a key in the link or given here, only look who answers."""
        if link.pin is None and not key:
            self._work(self._look(link))
        else:
            self._work(self._join(link, device_name, bytes.fromhex(key) if key else None))

    def start(self) -> None:
        """Connect with the pairing at hand and stay connected."""
        if self.pairing is not None and not self._started:
            self._started = True
            self._work(self._run(self.pairing))

    def submit(self, room: str, lot: int, marks: dict[str, str]) -> None:
        """Keep a sheet and send it; answered by `kept` or `keep_refused`."""
        if self._client is not None:
            self._work(self._submit(self._client, room, lot, marks))

    def call(self, on: bool) -> None:
        """Call the proctor, or take it back."""
        if self._client is not None:
            self._work(self._client.call(on))

    def retry(self) -> None:
        """Try to connect now."""
        if self._client is not None and self._loop is not None:
            self._loop.loop.call_soon_threadsafe(self._client.retry)

    def measure(self) -> None:
        """Ask for the offset of the clocks; answered by `offset`."""
        if self._client is not None and self._loop is not None:
            self._loop.loop.call_soon_threadsafe(self._tell_offset)

    def again(self) -> None:
        """Take the seat back from another place where it was opened."""
        self._client, self._started = None, False
        self.start()

    def forget(self) -> None:
        """The seat is gone: join anew. Kept sheets stay."""
        self._client, self._started = None, False
        self.pairing = None
        self._file.unlink(missing_ok=True)

    def close(self) -> None:
        """Say goodbye and end the thread. Kept sheets stay. A second call does nothing."""
        loop, client = self._loop, self._client
        self._loop = self._client = None
        if loop is None:
            return
        if client is not None:
            try:
                loop.run(client.close(), timeout=1.0)
            except TimeoutError:
                log.info("the laptop did not take the goodbye in time")
        loop.stop()
        collector.hold(self)

    # ---- in the client's thread ----

    def tell(self, what: str, value: object) -> None:
        """Pass something on to the window; where the laptop and its standby are is kept for the next start."""
        if isinstance(value, Pairing) and what == "moved":
            self._keep(value)
            return
        try:
            self._heard.emit(what, value)
            if what in ("welcome", "view"):
                self._tell_offset()
            if what in ("receipt", "refused"):
                self._tell_pending()
        except RuntimeError:
            log.debug("the window closed before it could be told")

    def _keep(self, pairing: Pairing) -> None:
        self.pairing = pairing
        try:
            save_pairing(self._file, pairing)
        except Known:
            log.warning("where the laptop is could not be kept for the next start")

    def _tell_offset(self) -> None:
        client = self._client
        if client is not None:
            self._heard.emit("offset", client.server_mono() - self._clock.mono_ms())

    def _tell_pending(self) -> None:
        client = self._client
        if client is not None:
            self._heard.emit("pending", tuple(client.pending()))

    async def _look(self, link: JoiningLink) -> None:
        from ui.line_client import key_at

        try:
            key = await key_at(link)
        except Known as fault:
            self.tell("join_refused", fault)
            return
        self.tell("key_seen", (link, key))

    async def _join(self, link: JoiningLink, device_name: str, key: bytes | None) -> None:
        from ui.line_client import join

        try:
            pairing = await join(link, device_name, key)
            save_pairing(self._file, pairing)
        except Known as fault:
            self.tell("join_refused", fault)
            return
        self.tell("joined", pairing)

    async def _run(self, pairing: Pairing) -> None:
        from ui.line_client import station_client

        client = station_client(pairing, self._outbox, self._pace or Pace(), self.tell)
        self._client = client
        self._tell_pending()
        await client.run()

    async def _submit(self, client: StationClient, room: str, lot: int, marks: dict[str, str]) -> None:
        try:
            client.submit(room, lot, marks)
        except Known as fault:
            self.tell("keep_refused", fault)
            return
        self._tell_pending()
        self.tell("kept", (room, lot))

    # ---- in the GUI thread ----

    def _work(self, work: Coroutine[Any, Any, None]) -> None:
        if self._loop is None:
            self._loop = LoopThread("station")
        self._loop.start(work).add_done_callback(_report)

    @Slot(str, object)
    def _pass_on(self, what: str, value: object) -> None:
        if what == "joined":
            assert isinstance(value, Pairing)
            self.pairing = value
            self.joined.emit(value)
        else:
            self._signals[what](value)


def _report(done: Any) -> None:
    """A mistake of ours in the client's thread must not vanish."""
    if not done.cancelled() and done.exception() is not None:
        log.error("the station's line failed", exc_info=done.exception())
