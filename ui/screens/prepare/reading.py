"""Reading spreadsheets beside the window: files in, a plan with everything doubtful out. No widget is touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ui.tasks import Cancelled, Progress
from venue_app.base.errors import Known
from venue_app.domain.commands import ImportRoster
from venue_app.host.importing import ReadFiles, import_command, plan_of, read_files
from venue_app.roster.decide import decide, replan
from venue_app.roster.plan import Plan
from venue_app.roster.source import SourceLike, Watch
from venue_app.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Reading:
    """Files as read, what they mean together, and the command that would import them.

    `plan` is None when they cannot be planned at all, `command` when something is still open; `fault` says why.
    """

    paths: tuple[SourceLike, ...]
    read: ReadFiles
    plan: Plan | None
    command: ImportRoster | None
    fault: Known | None


def read(
    paths: Sequence[SourceLike], scheme: Scheme, decisions: Mapping[str, str], progress: Progress
) -> Reading:
    """Read and plan. Raises `Known` roster.stopped after a cancel."""

    def tell(done: int, total: int) -> None:
        try:
            progress.report(done, total)
        except Cancelled:
            return  # the reader asks `should_stop` next and ends cleanly

    watch = Watch(progress=tell, should_stop=lambda: progress.cancelled)
    found = read_files(paths, scheme, watch)
    try:
        plan = plan_of(found, scheme, decisions)
    except Known as fault:
        if fault.code != "roster.choice_unknown":
            return Reading(tuple(paths), found, None, None, fault)
        plan = plan_of(found, scheme)  # an answer given for other files: ask everything anew
    return _with_command(Reading(tuple(paths), found, plan, None, None), scheme)


def answered(reading: Reading, answers: Mapping[str, str], scheme: Scheme) -> Reading:
    """The same files with further answers; takes a few milliseconds."""
    if reading.plan is None:
        return reading
    return _with_command(replace(reading, plan=replan(reading.plan, answers)), scheme)


def _with_command(reading: Reading, scheme: Scheme) -> Reading:
    assert reading.plan is not None
    try:
        command = import_command(decide(reading.plan), scheme)
    except Known as fault:
        return replace(reading, command=None, fault=fault)
    return replace(reading, command=command, fault=None)
