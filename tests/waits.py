"""How long tests wait for what must come: one measure for all, far beyond what a busy machine needs.

It is a limit and never a measurement: whoever waits goes on the moment it is so.
"""

from __future__ import annotations

WAIT_S = 60
WAIT_MS = WAIT_S * 1000
