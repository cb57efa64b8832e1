"""Loads what the measured programs load, so that all of it is compiled before anything is measured.

python -m venue_app.bench.warm [MODULE …]
"""

from __future__ import annotations

import sys
from importlib import import_module

from venue_app.bench import child

if __name__ == "__main__":
    for module in sys.argv[1:]:
        import_module(module)
    child.say({"ready": True})
