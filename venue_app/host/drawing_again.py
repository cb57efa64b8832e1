"""A report made again from the journal alone: its frame, its content, its pages.

Producing, reprinting and verifying all come through here, so that what is compared is what was printed.
"""

from __future__ import annotations

from collections.abc import Sequence

from venue_app.base.errors import Known
from venue_app.domain.nouns import Printing
from venue_app.domain.record import decode
from venue_app.reports import Layout, lay
from venue_app.reports.fill import fill_again
from venue_app.reports.models import PageFrame
from venue_app.seal import qr
from venue_app.state import State, replay


def frame_of(state: State, root: bytes, serial: int, printing: Printing) -> PageFrame:
    """What stands around the pages of a report that speaks of `state`, whose journal had this root."""
    return PageFrame(
        event=state.event.title,
        mode=state.event.mode,
        place=state.event.place,
        date=printing.date,
        language=printing.language,
        serial=serial,
        reprint=printing.reprint,
        journal_size=printing.size,
        journal_head=root.hex(),
        software=printing.software,
        key=state.speaking.get("ed25519", ""),
        superseded_by=printing.superseded_by,
        reopened=printing.reopened,
    )


def state_at(entries: Sequence[bytes], size: int) -> State:
    """The state after the first `size` entries. Raises `Known` for entries that are none."""
    if not 0 < size <= len(entries):
        raise Known("reporting.no_such_moment", size=size)
    return replay(decode(raw) for raw in entries[:size])


def lay_again(state: State, name: str, printing: Printing) -> Layout:
    """The pages of the report of this name (`room-summary-R1`). Raises `Known`: fill.*, reports.*."""
    return lay(fill_again(state, name, printing.zone).model, printing.language)


def modules(text: str) -> list[list[bool]]:
    """A page's code as the renderer takes it."""
    return [list(row) for row in qr.matrix(text)]
