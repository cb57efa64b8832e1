"""Questions about the reports that were issued: the newest of a form, the newest print, what corrects what."""

from __future__ import annotations

from collections.abc import Sequence

from venue_app.state.model import ReportMark, State


def last_print(state: State, serial: int) -> ReportMark | None:
    """The newest print of the report with this serial."""
    return next((r for r in reversed(state.reports) if r.serial == serial), None)


def newest_of(state: State, form: str) -> ReportMark | None:
    """The report of this form (a file's name, `room-summary-R1`) that counts now, in its newest print."""
    serials = [r.serial for r in state.reports if r.form == form]
    return last_print(state, max(serials)) if serials else None


def superseded_by(reports: Sequence[ReportMark], mark: ReportMark) -> int:
    """The serial of the report that corrects this one: the newest of its form that says something else; or 0."""
    if mark.printing is None:
        return 0
    newest = max((r for r in reports if r.form == mark.form), key=_serial, default=mark)
    other = newest.printing is not None and newest.printing.content != mark.printing.content
    return newest.serial if other and newest.serial > mark.serial else 0


def _serial(mark: ReportMark) -> int:
    return mark.serial
