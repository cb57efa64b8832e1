"""The program killed while people vote: whoever was told «counted» is counted, once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ballots_world import close
from venue_app.venue import Venue

ROOT = Path(__file__).parents[2]
VOTING = """
import sys
from pathlib import Path
from tests.ballots_world import open_poll, opened, paper, slips
venue = opened(Path(sys.argv[1]))
poll = open_poll(venue, "decide")
for code in slips(venue, poll, 400, ""):
    mine = paper({"C1": {"": ("for",)}}, "")
    venue.polls.cast(poll, code, mine).result()
    print(mine.code, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("after", [1, 23])
def test_nobody_who_was_told_is_lost_by_a_kill(tmp_path, after):
    path = tmp_path / "event.venue"
    with subprocess.Popen(
        [sys.executable, "-c", VOTING, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as voting:
        assert voting.stdout is not None
        told = {voting.stdout.readline().strip() for _ in range(after)}
        voting.send_signal(signal.SIGKILL)
        told |= {line.strip() for line in voting.stdout if line.endswith("\n")}
    venue = Venue(path)
    try:
        close(venue, "V1")
        found = venue.state.polls["V1"]
        counted = {one.code for one in found.papers}
        assert told <= counted and len(counted) - len(told) <= 1
        assert len(found.used) == len(counted) == found.tallies[""].votes["C1"][""]["for"]
    finally:
        venue.close()
