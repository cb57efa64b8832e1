"""An event is closed while its network is still being opened: nothing hangs, nothing goes on listening."""

from __future__ import annotations

import threading
from pathlib import Path

import msgspec
import pytest

from tests import world
from tests.waits import WAIT_S
from venue_app.base.errors import Known
from venue_app.host.session import EventHost
from venue_app.journal import Journal
from venue_app.seal.keys import load_or_create


def test_a_network_that_is_being_opened_is_closed_with_its_event(tmp_path: Path):
    keys = load_or_create(tmp_path / "keys")
    created = msgspec.structs.replace(world.created(), keys=keys.announced())
    host = EventHost(world.prepared(tmp_path / "day.venue", event=created), keys)
    held, go = threading.Event(), threading.Event()

    def hold(_journal: Journal) -> None:
        held.set()
        assert go.wait(WAIT_S)

    host.venue.with_journal(hold)  # opening the network needs the journal: it cannot be done before `go`
    assert held.wait(WAIT_S)
    opening = threading.Thread(target=host.start_lan, args=("127.0.0.1", 0))
    opening.start()
    while not host._network._changing.locked():
        pass
    closing = threading.Thread(target=host.close)
    closing.start()
    go.set()
    for thread in (opening, closing):
        thread.join(WAIT_S)
        assert not thread.is_alive()
    assert host.server is None
    host.close()  # a second call does nothing
    with pytest.raises(Known) as refused:
        host.start_lan("127.0.0.1", 0)
    assert refused.value.code == "venue.program_closing"
