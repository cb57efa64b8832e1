"""How a station keeps time with the laptop."""

from __future__ import annotations

import secrets
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between pings, until silence counts as loss, until a sheet is sent again, and so on.

    `window` is how many sheets may be on their way at once.
    """

    ping_s: float = 3.0
    silence_s: float = 9.0
    resend_s: float = 6.0
    connect_s: float = 10.0
    first_wait_s: float = 0.25
    longest_wait_s: float = 5.0
    window: int = 16

    def backoff(self, failures: int) -> float:
        """How long to wait before the next try: doubling, with half of it by chance so that not all come at once."""
        longest = min(self.longest_wait_s, self.first_wait_s * 2.0 ** min(failures, 10))
        return longest * (0.5 + secrets.randbelow(1000) / 2000)
