"""Who has to be there before a room goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from venue_app.scheme.bounds import Bounds


@dataclass(frozen=True, slots=True)
class Attendance:
    """When somebody who does not come is absent, and whether a room waits for a supervisor.

    A lot is absent (缺考) only after it was called `calls` times and `wait_s` seconds have passed since its first
    call; with both 0 the proctor decides. `supervisor`: nobody is called before a supervisor is signed in. Source:
    «no supervisor present means no session», «waived after N minutes».
    """

    calls: Annotated[int, Bounds(0, 9)] = 0
    wait_s: Annotated[int, Bounds(0, 7200)] = 0
    supervisor: bool = False


NO_ATTENDANCE = Attendance()
