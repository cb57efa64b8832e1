"""The scheme as a whole."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NoReturn

from venue_app.scheme.attendance import NO_ATTENDANCE, Attendance
from venue_app.scheme.ballots import Ballot
from venue_app.scheme.components import Component, Panel
from venue_app.scheme.drawing import NO_DRAWING, Drawing
from venue_app.scheme.judging import EXACT, HALF_UP_2, Group, Rounding, Stage
from venue_app.scheme.maxima import maximum
from venue_app.scheme.rounds import NO_INTAKE, Intake, PostOutcome, Round
from venue_app.scheme.text import EMPTY, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything the file says, in the file's own words.

    `composite` names the component printed as 综合成绩. `choices` are the readings taken where the
    official document is silent. `rounding` is used wherever a computed number states none. `post_outcomes`
    are what a deciding body may say of a post. `second_copy`: while an official run is open the journal is
    copied to a second medium; without it the window warns, nothing new begins, or nobody minds.
    """

    format: Literal[1]
    id: str
    title: Text
    components: tuple[Component, ...]
    composite: str
    note: Text = EMPTY
    language: Literal["zh-CN", "zh-TW", "en"] = "zh-CN"
    choices: tuple[Text, ...] = ()
    rounding: Rounding = HALF_UP_2
    intake: Intake = NO_INTAKE
    groups: tuple[Group, ...] = ()
    stages: tuple[Stage, ...] = ()
    draw: Drawing = NO_DRAWING
    attendance: Attendance = NO_ATTENDANCE
    ballots: tuple[Ballot, ...] = ()
    rounds: tuple[Round, ...] = ()
    post_outcomes: tuple[PostOutcome, ...] = ()
    second_copy: Literal["warn", "required", "off"] = "warn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme(Plan):
    """A plan read from `text` without error; `stated` holds the dotted keys the file gives itself."""

    text: str
    stated: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the file's exact bytes."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    def group(self, group_id: str) -> Group:
        """The judge group of that id; `KeyError` when there is none."""
        for group in self.groups:  # asked for with every sheet
            if group.id == group_id:
                return group
        return _missing(group_id)

    def component(self, component_id: str) -> Component:
        """The component of that id; `KeyError` when there is none."""
        for component in self.components:  # asked for with every result
            if component.id == component_id:
                return component
        return _missing(component_id)

    def panel_of(self, group_id: str) -> Panel | None:
        """The component that a judge group's result makes; None when no component counts it."""
        return next((c for c in self.components if isinstance(c, Panel) and c.group == group_id), None)

    def stage(self, stage_id: str) -> Stage:
        """The stage of that id; `KeyError` when there is none."""
        return next((s for s in self.stages if s.id == stage_id), None) or _missing(stage_id)

    def ballot(self, ballot_id: str) -> Ballot:
        """The ballot of that id; `KeyError` when there is none."""
        return next((b for b in self.ballots if b.id == ballot_id), None) or _missing(ballot_id)

    def round(self, round_id: str) -> Round:
        """The round of that id; `KeyError` when there is none."""
        return next((r for r in self.rounds if r.id == round_id), None) or _missing(round_id)

    def rounding_of(self, component: Component) -> Rounding:
        """The rounding in force for a component's value."""
        if component.rounding is not None:
            return component.rounding
        return self.rounding if component.computed else EXACT

    def group_rounding(self, group: Group) -> Rounding:
        """The rounding in force for a group's mean."""
        return group.rounding if group.rounding is not None else self.rounding

    def maximum(self, component_id: str) -> Decimal | None:
        """Full marks of a component, where they follow from the scheme or are stated; else None."""
        return maximum(self, component_id)


def _missing(name: str) -> NoReturn:
    raise KeyError(name)
