"""A plan while it is being changed: the text it started from, what was typed since, and what that comes to. Pure.

A draft never changes: `typed` gives the next one. What is typed back to how it was leaves no trace, so that
the file, its comments and its digest are again what they were.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from ui.screens.scheme.fields import Field, Form, Remark, belongs
from ui.screens.scheme.form import scheme_form
from ui.screens.scheme.typed import EXCLUSIVE, Kind, NotRead, put
from ui.words import Say, Text, known_text
from venue_app.base.errors import Known
from venue_app.base.i18n import DEFAULT, catalogue
from venue_app.scheme import Problem, Scheme, examine

Origin = Literal["preset", "file", "event"]


@dataclass(frozen=True, slots=True)
class Edit:
    """What was typed into a field."""

    kind: Kind
    typed: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """`source` is what errors call the file, `origin` where it came from; `base` the text it started from."""

    origin: Origin
    source: str
    base: str = field(repr=False)
    edits: Mapping[str, Edit] = field(default_factory=dict)

    def typed(self, key: str, edit: Edit, was: str) -> Draft:
        """The draft with something else in a field; `was` is what stood there at first."""
        edits = {k: e for k, e in self.edits.items() if k != key}
        return replace(self, edits=edits if edit.typed == was else {**edits, key: edit})


@dataclass(frozen=True, slots=True)
class Examined:
    """What a draft comes to. `scheme` and `form` are there when it can be used.

    `refused`: what was typed and could not be written to the file, by field.
    """

    draft: Draft
    text: str = field(repr=False)
    scheme: Scheme | None = field(repr=False)
    form: Form | None = field(repr=False)
    problems: tuple[Problem, ...] = ()
    refused: Mapping[str, Text] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the text as it would be kept."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    @property
    def errors(self) -> int:
        """How many things must be put right."""
        return len(self.refused) + sum(problem.error for problem in self.problems)

    @property
    def good(self) -> Scheme | None:
        """The scheme, when nothing at all has to be put right."""
        return self.scheme if not self.errors else None


def examined(draft: Draft) -> Examined:
    """Write what was typed into the text and look at it. Some milliseconds; fit for another thread."""
    text = draft.base
    refused: dict[str, Text] = {}
    for key, edit in draft.edits.items():
        try:
            text = put(text, key, edit.kind, edit.typed, optional=edit.optional)
        except NotRead as fault:
            refused[key] = fault.why
        except Known as fault:
            refused[key] = known_text(fault)
    scheme, problems = examine(text, draft.source)
    form = scheme_form(scheme) if scheme is not None else None
    return Examined(draft, text, scheme, form, problems, refused)


def remarks(found: Examined, form: Form) -> tuple[dict[str, list[Remark]], list[Remark]]:
    """What is said beside each field of the form, and what belongs to none of them."""
    places = form.by_key()
    keys = list(places)
    draft = found.draft
    file: Text = draft.source if draft.origin == "file" else Say("scheme_screen.this_plan")
    beside: dict[str, list[Remark]] = {
        key: [Remark(why)] for key, why in found.refused.items() if key in places
    }
    rest = [Remark(why) for key, why in found.refused.items() if key not in places]
    for problem in found.problems:
        key = belongs(problem, keys)
        if key:
            name = _name(problem.key, places[key])
            beside.setdefault(key, []).append(Remark(_sentence(problem, file, name), problem.error))
        else:
            rest.append(Remark(_sentence(problem, file, problem.key), problem.error))
    return beside, rest


def _name(about: str, field: Field) -> Text:
    """What a problem is about, in the form's words: the field, or what the field is one part of."""
    last = about.rpartition(".")[2].partition("[")[0]
    exact = about in (
        field.key,
        f"{field.key.rpartition('.')[0]}.{EXCLUSIVE.get(field.key.rpartition('.')[2])}",
    )
    place = field.place.params.get("about") if isinstance(field.place, Say) else None
    if exact or not isinstance(place, str | Say):
        return field.place
    if about.endswith("]"):
        return place
    key = f"scheme_screen.key.{last}"
    return Say("scheme_screen.place", about=place, label=Say(key) if key in catalogue(DEFAULT) else last)


def _sentence(problem: Problem, file: Text, name: Text) -> Text:
    """The examination's own sentence, with the field called as the form calls it."""
    fault = problem.known()
    return Say(known_text(fault).key, **{**fault.params, "file": file, "key": name})
