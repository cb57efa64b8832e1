"""One module a form: each turns its model into sections in the language asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from venue_app.base.errors import Known
from venue_app.reports.ballots import BallotPaperForm, TallyReport
from venue_app.reports.consolidated import ConsolidatedList
from venue_app.reports.forms import (
    appointment,
    ballot_paper,
    candidate_sheet,
    closing,
    composite,
    consolidated,
    draw_check,
    draw_record,
    entry_pass,
    envelope,
    notice,
    opening_report,
    readiness,
    room_log,
    room_summary,
    score_sheet,
    sealing,
    shortlist,
    site_record,
    tally,
)
from venue_app.reports.models import (
    CandidateSheet,
    CandidateSheets,
    Composite,
    DrawCheck,
    DrawRecord,
    Form,
    OpeningReport,
    RoomLog,
    RoomSummary,
    Shortlist,
)
from venue_app.reports.papers import (
    Appointment,
    Closing,
    EntryPasses,
    Envelopes,
    Notice,
    ScoreSheets,
    SealingLabels,
    SealingList,
    SiteRecord,
)
from venue_app.reports.parts import Section
from venue_app.reports.readying import Readiness

_Compose = Callable[[Any, str], tuple[Section, ...]]

_FORMS: dict[type, tuple[str, _Compose]] = {
    OpeningReport: ("opening_report", opening_report.compose),
    DrawRecord: ("draw_record", draw_record.compose),
    DrawCheck: ("draw_check", draw_check.compose),
    CandidateSheet: ("candidate_sheet", candidate_sheet.compose_one),
    CandidateSheets: ("candidate_sheet", candidate_sheet.compose),
    RoomSummary: ("room_summary", room_summary.compose),
    Composite: ("composite", composite.compose),
    Shortlist: ("shortlist", shortlist.compose),
    RoomLog: ("room_log", room_log.compose),
    ScoreSheets: ("score_sheet", score_sheet.compose),
    Notice: ("notice", notice.compose),
    Appointment: ("appointment", appointment.compose),
    SiteRecord: ("site_record", site_record.compose),
    Closing: ("closing", closing.compose),
    SealingList: ("sealing_list", sealing.compose_list),
    EntryPasses: ("entry_pass", entry_pass.compose),
    Envelopes: ("envelopes", envelope.compose),
    SealingLabels: ("sealing_label", sealing.compose_labels),
    BallotPaperForm: ("ballot_paper", ballot_paper.compose),
    Readiness: ("readiness", readiness.compose),
    TallyReport: ("tally", tally.compose),
    ConsolidatedList: ("consolidated", consolidated.compose),
}


def form_name(form: Form) -> str:
    """The form's name as the journal and the page facts spell it."""
    return _FORMS[type(form)][0]


def compose(form: Form, language: str) -> tuple[Section, ...]:
    """The form's sections. Raises `Known` when it cannot be printed."""
    name, make = _FORMS[type(form)]
    sections = make(form, language)
    if not sections:
        raise Known("reports.empty", form=name)
    return sections
