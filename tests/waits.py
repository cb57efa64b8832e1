"""How long tests wait for what must come: one measure for all, far beyond what a busy machine needs.

It is a limit and never a measurement: whoever waits goes on the moment it is so.
"""

from __future__ import annotations

from venue_app.lan.pace import Pace

WAIT_S = 60
WAIT_MS = WAIT_S * 1000

#: A device that tries again at once, so that nobody waits for it, and that holds a machine with other work for no lost line.
BRISK = Pace(
    ping_s=0.1, silence_s=WAIT_S, resend_s=0.5, connect_s=WAIT_S, first_wait_s=0.02, longest_wait_s=0.1
)
