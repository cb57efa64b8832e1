"""What a station knows: what was heard from the laptop and what the judge pressed.

No window, no network, no clock of its own. What is to be shown follows in `ui.screens.station.picture`.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from ui.phrases import Phrase
from ui.widgets.marks import BandSpec, MarkSpec
from ui.words import Say, Text
from venue_app.lan import messages as m
from venue_app.scheme.text import Text as SchemeText

STILL_MS = 4_000
"""How long a receipt stands before the next lot opens by itself."""

Marks = dict[str, int]
"""Criterion → whole steps."""
Key = tuple[str, int]
"""Room and lot."""


def phrase(words: m.Words) -> Text:
    """The laptop's words in the language in force."""
    return Phrase(SchemeText.of(words)) if words else ""


def spec_of(criterion: m.Criterion) -> MarkSpec:
    """A criterion as the marking controls take it."""
    bands = tuple(BandSpec(phrase(b.title), Decimal(b.low), Decimal(b.high)) for b in criterion.bands)
    return MarkSpec(
        title=phrase(criterion.title),
        maximum=Decimal(criterion.maximum),
        step=Decimal(criterion.step),
        minimum=Decimal(criterion.minimum),
        bands=bands,
        hint=phrase(criterion.look_for),
    )


class Desk:
    """One seat's work. `now_ms` is any steady clock in milliseconds."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        self._now = now_ms
        self.link = "offline"
        self.welcome: m.Welcome | None = None
        self.state: m.View | None = None
        self.pending: tuple[m.Sheet, ...] = ()
        self.refusals: list[tuple[m.Sheet, str]] = []
        self.called = False
        self.task: Key | None = None
        self.reviewing = False
        self.drafts: dict[Key, Marks] = {}
        self.specs: dict[str, MarkSpec] = {}
        self._still_until = 0

    # ---- what was heard ----

    def hear_link(self, link: str) -> None:
        """The line changed."""
        self.link = link

    def hear_welcome(self, welcome: m.Welcome) -> None:
        """Whose seat this is."""
        self.welcome = welcome
        self.specs = {c.id: spec_of(c) for c in welcome.criteria}

    def hear_view(self, view: m.View) -> None:
        """What this seat may see now."""
        self.state = view

    def hear_pending(self, sheets: tuple[m.Sheet, ...]) -> None:
        """What waits on this device."""
        self.pending = sheets

    def hear_receipt(self, receipt: m.Receipt) -> None:
        """A sheet is durable on the laptop; shown before the next view says so."""
        self._still_until = self._now() + STILL_MS
        state = self.state
        if state is None or any(s.id == receipt.id for s in state.sent):
            return
        sent = m.Sent(
            id=receipt.id,
            room=receipt.room,
            lot=receipt.lot,
            total=receipt.total,
            code=receipt.code,
            at=receipt.at,
            clock=receipt.clock,
        )
        tasks = tuple(t for t in state.tasks if (t.room, t.lot) != (receipt.room, receipt.lot))
        self.state = m.View(
            size=state.size,
            closed=state.closed,
            tasks=tasks,
            floor=state.floor,
            sent=(sent, *state.sent),
            sent_count=state.sent_count + 1,
        )

    def hear_refused(self, sheet: m.Sheet, refused: m.Refused) -> None:
        """A sheet will never be taken."""
        self.refusals.append((sheet, refused.text))

    def hear_called(self, on: bool) -> None:
        """The call stands, or was answered."""
        self.called = on

    # ---- what was pressed ----

    def open(self, room: str, lot: int) -> None:
        """Fill in a lot's sheet."""
        self.task, self.reviewing = (room, lot), False

    def give(self, criterion: str, steps: int) -> None:
        """A mark."""
        if self.task is not None:
            self.drafts.setdefault(self.task, {})[criterion] = steps

    def review(self) -> None:
        """Everything once more, if nothing is missing."""
        if self.task is not None and self.welcome is not None and self.why_not() is None:
            self.reviewing = True

    def back(self) -> None:
        """Change something after all."""
        self.reviewing = False

    def sheet(self) -> tuple[str, int, dict[str, str]] | None:
        """Room, lot and marks as decimal text, ready to be sent; None when nothing is under review."""
        if self.task is None or not self.reviewing or self.welcome is None:
            return None
        marks = self.drafts.get(self.task, {})
        places = self.welcome.places
        return (*self.task, {name: f"{self.specs[name].mark(s):.{places}f}" for name, s in marks.items()})

    def sent(self, room: str, lot: int) -> None:
        """The sheet is kept on this device: its draft has done its work."""
        self.drafts.pop((room, lot), None)
        if self.task == (room, lot):
            self.task, self.reviewing = None, False
        self._still_until = self._now() + STILL_MS

    def correct(self, sheet_id: str) -> None:
        """Open a refused sheet again with its marks."""
        found = next((s for s, _ in self.refusals if s.id == sheet_id), None)
        if found is None:
            return
        self.drafts[(found.room, found.lot)] = {
            name: int(Decimal(text) / self.specs[name].step)
            for name, text in found.marks.items()
            if name in self.specs
        }
        self.dismiss(sheet_id)
        self.open(found.room, found.lot)

    def dismiss(self, sheet_id: str) -> None:
        """The judge has read it."""
        self.refusals = [(s, text) for s, text in self.refusals if s.id != sheet_id]

    def leave(self) -> None:
        """The seat is gone."""
        self.link, self.welcome, self.state, self.task = "offline", None, None, None
        self.pending, self.refusals, self.called = (), [], False

    @property
    def unsent(self) -> int:
        """Sheets without a receipt, and the one that is being filled in."""
        begun = self.task is not None and bool(self.drafts.get(self.task))
        return len(self.pending) + begun

    def open_tasks(self) -> list[m.Task]:
        """Lots that can be marked and are not waiting here already."""
        if self.state is None:
            return []
        done = {(s.room, s.lot) for s in self.pending}
        return [t for t in self.state.tasks if (t.room, t.lot) not in done]

    def turn(self) -> None:
        """Turn to the candidate before the panel by itself; away from a lot that is no longer open."""
        tasks = self.open_tasks()
        if self.task is not None and self.task not in {(t.room, t.lot) for t in tasks}:
            self.task, self.reviewing = None, False
        here = [t for t in tasks if t.here]
        if self.task is None and here and not self.refusals and self._now() >= self._still_until:
            self.open(here[0].room, here[0].lot)

    @property
    def marks(self) -> Marks:
        """The marks given so far on the open sheet."""
        return {} if self.task is None else self.drafts.get(self.task, {})

    def total(self) -> Decimal:
        """The sum of what was given, each with its weight."""
        weights = {c.id: Decimal(c.weight) for c in self.welcome.criteria} if self.welcome else {}
        parts = (
            self.specs[name].mark(s) * weights[name] for name, s in self.marks.items() if name in weights
        )
        return sum(parts, Decimal(0))

    def why_not(self) -> Text | None:
        """Why the open sheet cannot go yet; None when it can."""
        assert self.welcome is not None
        left = [c for c in self.welcome.criteria if c.id not in self.marks]
        if len(left) == 1 and len(self.welcome.criteria) > 1:
            return Say("station.score.missing_one", title=phrase(left[0].title))
        if left:
            return Say("station.score.missing", count=len(left))
        total, most, least = self.total(), self.welcome.total_maximum, self.welcome.total_minimum
        if most is not None and total > Decimal(most):
            return Say("station.score.total_above", maximum=most)
        if least is not None and total < Decimal(least):
            return Say("station.score.total_below", minimum=least)
        return None
