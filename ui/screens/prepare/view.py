"""Preparation: steps on the left, the page of one step beside them, its next act below."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.screen import Turns, at_once
from ui.screens.prepare.guide import StepId
from ui.screens.prepare.guide_pages import ReadyView, RehearsalView, SeatsView
from ui.screens.prepare.import_model import ImportModel, nothing_read
from ui.screens.prepare.import_page import ImportPage
from ui.screens.prepare.model import PrepareModel
from ui.screens.prepare.pages import ImportedView, PeopleView, RoomsView, SchemeView, ScoresView
from ui.screens.prepare.steps import StepList
from ui.widgets.actionbar import ActionBar
from ui.widgets.layout import column, row, rule
from ui.widgets.leaves import Leaves
from ui.widgets.notices import Banner, ErrorBanner
from ui.widgets.state import Mark
from ui.words import Say, Text

#: What the button below does on the pages of the guide, until their step is done.
_ACTS: dict[str, Say] = {
    "printer": Say("prepare.ready.look"),
    "ready": Say("prepare.ready.look"),
    "copy": Say("prepare.copy.choose"),
    "stations": Say("prepare.stations.go"),
    "rehearsal": Say("prepare.rehearsal.act"),
}


class PrepareView(QWidget):
    """Reads a `PrepareModel` and an `ImportModel`, decides nothing."""

    import_now = Signal()
    open_now = Signal()
    look_now = Signal()
    rehearse_now = Signal()
    stations_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, *, later: bool = False) -> None:
        """`later` leaves it to whoever calls `build`, turn by turn."""
        super().__init__(parent)
        self._model: PrepareModel | None = None
        self._import = nothing_read()
        self._importing = True
        self.here: StepId = "scheme"
        if not later:
            at_once(self.build())

    def build(self) -> Turns[None]:
        """Make the pages, one in each turn."""
        self.banner = ErrorBanner()
        self.told = Banner("done")
        self.steps = StepList()
        self.steps.chosen.connect(self.go)
        self.bar = ActionBar()
        self.bar.pressed.connect(self._pressed)
        self.bar.held.connect(self.open_now)
        yield
        whole = self._lay_out()  # pages come into a page that stands: a whole that is moved is dressed anew
        self.scheme = SchemeView()
        self.pages.addWidget(self.scheme)
        yield
        self.imports = ImportPage()
        yield
        self.pages.addWidget(self.imports)
        yield
        self.imported = ImportedView()
        self.imported.replace.connect(self._replace)
        self.rooms = RoomsView()
        self.pages.addWidget(self.imported)
        self.pages.addWidget(self.rooms)
        yield
        self.scores = ScoresView()
        self.people = PeopleView()
        self.people.changed.connect(self._show_action)
        self.pages.addWidget(self.scores)
        self.pages.addWidget(self.people)
        yield
        yield from self._make_guide()
        for part in (rule(), self.bar):  # last for the Tab key too
            whole.addWidget(part)

    def _lay_out(self) -> QVBoxLayout:
        self.pages = Leaves()
        middle = row(self.steps, self.pages, gap=4)
        middle.setStretch(1, 1)
        body = column(self.banner, self.told, middle, gap=3, margin=1)
        body.setStretch(2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(body, 1)
        return layout

    def _make_guide(self) -> Turns[None]:
        self.printer = ReadyView(Say("prepare.step.printer"), Say("prepare.printer.how"), ("printer",))
        self.copy = ReadyView(
            Say("prepare.step.copy"), Say("prepare.copy.how"), ("copy", "disk"), folder=True
        )
        self.ready = ReadyView(Say("prepare.step.ready"), Say("prepare.ready.how"))
        self.looks = (self.printer, self.copy, self.ready)
        for page in self.looks:
            page.look.connect(self.look_now)
            self.pages.addWidget(page)
        yield
        go = Say("prepare.stations.go")
        self.stations = SeatsView(Say("prepare.step.stations"), Say("prepare.stations.how"), go)
        self.witnesses = SeatsView(Say("prepare.step.witnesses"), Say("prepare.witnesses.how"), go)
        for seats in (self.stations, self.witnesses):
            seats.go.connect(self.stations_wanted)
            self.pages.addWidget(seats)
        self.rehearsal = RehearsalView()
        self.pages.addWidget(self.rehearsal)

    def show_model(self, model: PrepareModel) -> None:
        """Show another state; at first the page of the first step that is not done."""
        first = self._model is None
        had = self._model is not None and self._model.roster.people > 0
        self._model = model
        self.steps.show_steps(model.steps, "" if model.opened_at else model.next)
        for page in self.looks:
            page.show_outside(model.outside)
        self.stations.show_seats(model.seats)
        self.witnesses.show_places(model.witnesses)
        self.rehearsal.show_rehearsals(model.outside.rehearsals)
        self.scheme.show_page(model.scheme, model.opened_at)
        self.imported.show_roster(model.roster)
        self.rooms.show_rooms(model.rooms, model.everywhere)
        self.scores.show_scores(model.scores)
        self.people.show_opened(model.people, model.opened_at)
        if model.roster.people and not had:
            self._importing = False
        self.go(model.next if first else self.here)

    def show_import(self, model: ImportModel) -> None:
        """Show another reading."""
        self._import = model
        self._importing = self._importing or model.read
        self.imports.show_model(model)
        self.go(self.here)

    def import_done(self) -> None:
        """The roster is in: show what is there, and what comes next."""
        self._importing = False
        self._import = nothing_read()
        self.imports.show_model(self._import)
        self.go(self._model.next if self._model is not None else "roster")

    def go(self, step: str) -> None:
        """Turn to the page of a step."""
        pages: dict[str, QWidget] = {
            "scheme": self.scheme,
            "roster": self.imports if self._importing else self.imported,
            "rooms": self.rooms,
            "scores": self.scores,
            "printer": self.printer,
            "copy": self.copy,
            "stations": self.stations,
            "witnesses": self.witnesses,
            "ready": self.ready,
            "rehearsal": self.rehearsal,
            "people": self.people,
        }
        self.here = step  # type: ignore[assignment]
        self.steps.show_chosen(step)
        self.pages.setCurrentWidget(pages[step])
        self._show_action()

    def _replace(self) -> None:
        self._importing = True
        self.go("roster")

    def _pressed(self) -> None:
        if self.here == "roster":
            if self._import.read:
                self.import_now.emit()
            else:
                self.imports.ask_files()
        elif self._model is not None and not self._guided(self._model):
            self.go(self._model.next)

    def _guided(self, model: PrepareModel) -> bool:
        """The act of this page of the guide, where it has one now."""
        acts = {
            "printer": self.look_now,
            "ready": self.look_now,
            "copy": self.copy.choose_folder,
            "stations": self.stations_wanted,
            "rehearsal": self.rehearse_now,
        }
        if not self._has_act(model):
            return False
        acts[self.here].emit()
        return True

    # ---- the next act ----

    def _show_action(self) -> None:
        model = self._model
        if model is None:
            return
        if self.here == "roster":
            self._roster_action(model)
        elif self.here == "people":
            self._people_action(model)
        elif self._has_act(model):
            self._guide_action(model)
        elif model.next != self.here and model.step(model.next).mark is not Mark.DONE:
            self.bar.offer(Say("prepare.action.next", step=model.step(model.next).title))
        elif model.step(self.here).mark is Mark.DONE:
            self.bar.rest(model.step(self.here).detail)
        else:
            self.bar.rest(model.step(self.here).detail, model.step(self.here).mark)

    def _has_act(self, model: PrepareModel) -> bool:
        """Whether there is something to do on this page of the guide; what was looked at leads on first."""
        if self.here not in _ACTS or model.step(self.here).done or model.opened_at:
            return False
        looked = self.here in ("printer", "ready") and model.outside.points is not None
        return not looked or model.next == self.here

    def _guide_action(self, model: PrepareModel) -> None:
        act = _ACTS[self.here]
        if self.here in ("printer", "ready") and model.outside.points is not None:
            act = Say("prepare.ready.again")
        if self.here in ("stations", "rehearsal") and not model.roster.people:
            self.bar.refuse(act, Say("prepare.open.no_roster"))
        else:
            self.bar.offer(act)

    def _roster_action(self, model: PrepareModel) -> None:
        if not self._importing:
            if model.next != "roster" and model.step(model.next).mark is not Mark.DONE:
                self.bar.offer(Say("prepare.action.next", step=model.step(model.next).title))
            else:
                self.bar.rest(model.step("roster").detail)
        elif not self._import.read:
            self.bar.offer(Say("prepare.import.choose"))
        else:
            count = self._import.people
            words = Say("prepare.import.act", count=count) if count else Say("prepare.import.act_none")
            if self._import.refusal:
                self.bar.refuse(words, self._import.refusal)
            else:
                self.bar.offer(words)

    def _people_action(self, model: PrepareModel) -> None:
        tone = "seal" if model.official else "primary"
        if model.opened_at:
            self.bar.rest(Say("prepare.open.done", at=model.opened_at, count=len(model.people)))
            return
        words = Say("prepare.open.official") if model.official else Say("prepare.open.rehearsal")
        why = self.why_not_open(model)
        if why:
            self.bar.refuse_held(words, why, tone=tone)
        else:
            self.bar.offer_held(words, tone=tone)

    def why_not_open(self, model: PrepareModel) -> Text:
        """What is missing before the run can be opened; empty when nothing is."""
        if model.why_not_open:
            return model.why_not_open
        if not self.people.people:
            return Say("prepare.open.nobody")
        if any(not person.name for person in self.people.people):
            return Say("prepare.open.nameless")
        return ""
