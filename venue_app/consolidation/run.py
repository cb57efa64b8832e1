"""The whole of it: bundles found, examined on every processor, fitted, ranked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, as_completed
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from venue_app.base.errors import Known
from venue_app.consolidation.crew import Crew, whole
from venue_app.consolidation.expected import Expected, compared
from venue_app.consolidation.fitting import fit
from venue_app.consolidation.merging import Consolidated, merge
from venue_app.consolidation.part import Depth, Part, Refused, examine

#: Fewer bundles than this are examined here: a process of its own takes a second to start.
_ALONE = 8

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it: every bundle examined, in the order given, the faults, and the whole where there is none.

    A bundle that is refused is a fault as well: nothing is made without one that was given.
    """

    examined: tuple[Part | Refused, ...]
    faults: tuple[Known, ...]
    whole: Consolidated | None


def bundles_in(given: Iterable[Path]) -> list[Path]:
    """Bundle files as given, and those in the folders given and in folders inside them, by name; each once."""
    found: dict[Path, None] = {}
    for path in given:
        inside = sorted(p for p in path.rglob("*.bundle") if p.is_file()) if path.is_dir() else [path]
        found |= dict.fromkeys(p.resolve() for p in inside)
    return list(found)


def _quiet(_done: int, _of: int) -> None:
    return None


def consolidate(
    paths: Iterable[Path],
    *,
    title: str = "",
    expected: Sequence[Expected] = (),
    depth: Depth = "all",
    progress: Progress = _quiet,
    crew: Crew | None = None,
) -> Answer:
    """One ranking of all bundles in `paths`, or why there is none.

    `title` is what the selection is called, by default the plan's; `expected` the venues that must be there and no
    others. `progress(done, of)` counts bundles and may raise to stop. Many bundles are examined by a `crew`, of which
    whoever lends one can make further use. Raises `Known` consolidate.nothing, consolidate.process_lost.
    """
    files = bundles_in(paths)
    if not files:
        raise Known("consolidate.nothing")
    with Crew() if crew is None else nullcontext(crew) as hands:
        examined = tuple(_examined(files, depth, progress, hands))
    parts = [one for one in examined if isinstance(one, Part)]
    faults = [_refusal(one) for one in examined if isinstance(one, Refused)]
    if not parts:
        return Answer(examined, tuple(faults), None)
    found = fit(parts)
    faults += [*found.faults, *(compared(parts, expected) if expected else ())]
    if faults:
        return Answer(examined, tuple(faults), None)
    try:
        return Answer(examined, (), merge(parts, found, title=title, listed=bool(expected)))
    except Known as fault:
        return Answer(examined, (fault,), None)


def _refusal(one: Refused) -> Known:
    if one.fault is not None:
        return one.fault
    why = "" if one.check is None else one.check.sentence()
    return Known("consolidate.wrong", file=one.file, why=why)


def _examined(
    files: Sequence[Path], depth: Depth, progress: Progress, crew: Crew
) -> Iterator[Part | Refused]:
    if len(files) < _ALONE:
        for done, path in enumerate(files):
            progress(done, len(files))
            yield examine(path, depth)
        return
    crew.hire(len(files))
    waiting: list[Future[Part | Refused]] = []
    try:
        with whole():
            waiting.extend(crew.give(partial(examine, path, depth)) for path in files)
            for done, _ in enumerate(as_completed(waiting), 1):
                progress(done, len(files))
            yield from [one.result() for one in waiting]
    finally:
        for one in waiting:
            one.cancel()
