"""A province of venues consolidated: how long to check all bundles, rank everybody and write it down.

The bundles are made first, which is not measured. One event is run through the venue's own commands; the others
follow from it with other people, other devices, other marks and another laptop's keys: every receipt, signature,
result, checkpoint and report is made anew, so that there is as much to check in each as in a real one.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from time import monotonic_ns
from typing import Any

from venue_app.bench.figures import peak_mb, seconds
from venue_app.bench.inventing import Template, derived, held
from venue_app.consolidation.crew import Crew
from venue_app.consolidation.output import write
from venue_app.consolidation.part import Depth
from venue_app.consolidation.run import consolidate
from venue_app.seal.keys import load_or_create

#: So many are made faster here than processes start.
_FEW = 4


def bench_consolidate(
    venues: int,
    people: int,
    folder: Path,
    depth: Depth = "journal",
    tell: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """`seconds` from the first bundle to the last file, of which `checked_s` until all bundles are examined and ranked.

    `sheets` and `journal` count all venues'; `faults` must be 0. `depth` as for `venue-app consolidate --check`.
    """
    with tempfile.TemporaryDirectory(prefix="bench-", dir=folder, ignore_cleanup_errors=True) as name:
        home = Path(name)
        keys = load_or_create(home / "keys")
        template = held(home / "template", people)
        bundles = home / "bundles"
        bundles.mkdir()
        _make(template, bundles, venues, tell)
        size = sum(path.stat().st_size for path in bundles.iterdir())
        start = monotonic_ns()
        with Crew() as crew:
            answer = consolidate([bundles], depth=depth, crew=crew)
            middle = monotonic_ns()
            if answer.whole is not None:
                write(answer.whole, keys, home / "out", crew=crew)
        end = monotonic_ns()
        whole = answer.whole
    return {
        "venues": venues,
        "people": 0 if whole is None else len(whole.people),
        "sheets": venues * template.sheets,
        "journal": 0 if whole is None else sum(part.size for part in whole.parts),
        "reports": venues * len(template.reports),
        "megabytes": round(size / (1 << 20), 1),
        "check": depth,
        "seconds": seconds(end - start),
        "checked_s": seconds(middle - start),
        "faults": len(answer.faults),
        "peak_mb": peak_mb(),
    }


def _make(template: Template, folder: Path, venues: int, tell: Callable[[str], None]) -> None:
    """The bundles, on every processor where there are many."""
    make = partial(derived, template, folder)
    if venues <= _FEW:
        for number in range(1, venues + 1):
            make(number)
        return
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for done, _ in enumerate(pool.map(make, range(1, venues + 1)), 1):
            tell(f"{done}/{venues}")
