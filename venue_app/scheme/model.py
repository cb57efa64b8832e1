"""The scheme as a whole."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NoReturn

from venue_app.scheme.components import Component, Entered, Imported, Panel, Sum
from venue_app.scheme.judging import EXACT, HALF_UP_2, Group, Rounding, Stage
from venue_app.scheme.rounds import NO_INTAKE, Intake, Round
from venue_app.scheme.text import EMPTY, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything the file says, in the file's own words.

    `composite` names the component printed as 综合成绩. `choices` are the readings taken where the
    official document is silent. `rounding` is used wherever a computed number states none.
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
    rounds: tuple[Round, ...] = ()


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
        return next((g for g in self.groups if g.id == group_id), None) or _missing(group_id)

    def component(self, component_id: str) -> Component:
        """The component of that id; `KeyError` when there is none."""
        return next((c for c in self.components if c.id == component_id), None) or _missing(component_id)

    def stage(self, stage_id: str) -> Stage:
        """The stage of that id; `KeyError` when there is none."""
        return next((s for s in self.stages if s.id == stage_id), None) or _missing(stage_id)

    def rounding_of(self, component: Component) -> Rounding:
        """The rounding in force for a component's value."""
        if component.rounding is not None:
            return component.rounding
        return EXACT if isinstance(component, Imported | Entered | Panel) else self.rounding

    def group_rounding(self, group: Group) -> Rounding:
        """The rounding in force for a group's mean."""
        return group.rounding if group.rounding is not None else self.rounding

    def maximum(self, component_id: str) -> Decimal | None:
        """Full marks of a component, where they follow from the scheme; else None."""
        component = self.component(component_id)
        if isinstance(component, Imported | Entered):
            return component.maximum
        if isinstance(component, Panel):
            return self.group(component.group).maximum
        if isinstance(component, Sum):
            total = component.plus
            for term in component.terms:
                part = self.maximum(term.of)
                if part is None:
                    return None
                total += part * term.weight
            total /= component.divide
            return total if component.cap is None else min(total, component.cap)
        return None


def _missing(name: str) -> NoReturn:
    raise KeyError(name)
