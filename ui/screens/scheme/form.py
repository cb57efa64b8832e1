"""The form of a scheme: what offices change most, for whatever plan it is. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ui.screens.scheme.fields import Block, Field, Fields, Form, Section, Table
from ui.screens.scheme.form_judging import group_section, stage_section
from ui.screens.scheme.form_marks import ballot_section, component_section
from ui.screens.scheme.form_rounds import round_section
from ui.screens.scheme.scalars import Maker, label
from ui.words import Say
from venue_app.scheme import Intake, Scheme
from venue_app.scheme.model import Plan
from venue_app.scheme.rounds import PostOutcome

_DRAW = ("posts", "absent", "late", "half_days", "question_sets", "one_unit")
_INTAKE = ("minimum_entries", "counts", "below", "move", "minimum_ratio", "most_posts")


def scheme_form(scheme: Scheme) -> Form:
    """Every section that the scheme has something for, in the order of the plan in plain words."""
    maker = Maker(scheme)
    sections = [
        Section("", Say("scheme_screen.about"), _shown([_about(maker)])),
        Section("intake", Say("scheme_screen.intake"), _shown([_intake(maker)])),
        Section("draw", label(Plan, "draw"), _shown([_draw(maker)])),
        *(group_section(maker, at) for at in range(len(scheme.groups))),
        stage_section(maker),
        Section("attendance", label(Plan, "attendance"), _shown([_attendance(maker)])),
        *(ballot_section(maker, at) for at in range(len(scheme.ballots))),
        component_section(maker),
        *(round_section(maker, at) for at in range(len(scheme.rounds))),
        Section("post_outcomes", label(Plan, "post_outcomes"), _shown([_outcomes(maker)])),
        Section(
            "choices",
            Say("scheme_screen.choices"),
            _shown([_choices(maker)]),
            Say("scheme_screen.choices_note"),
        ),
    ]
    return Form(tuple(section for section in sections if section.blocks))


def _shown(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks that have something in them."""
    return tuple(block for block in blocks if (block.fields if isinstance(block, Fields) else block.lines))


def _about(maker: Maker) -> Block:
    return Fields(maker.some(maker.scheme, "", "", ("title", "language", "id", "rounding", "second_copy")))


def _intake(maker: Maker) -> Block:
    intake: Intake = maker.scheme.intake
    return Fields(maker.some(intake, "intake", Say("scheme_screen.intake"), _INTAKE))


def _draw(maker: Maker) -> Block:
    return Fields(maker.some(maker.scheme.draw, "draw", label(Plan, "draw"), _DRAW))


def _attendance(maker: Maker) -> Block:
    return Fields(
        maker.some(
            maker.scheme.attendance,
            "attendance",
            label(Plan, "attendance"),
            ("calls", "wait_s", "supervisor"),
        )
    )


def _outcomes(maker: Maker) -> Block:
    lines: list[tuple[Field, ...]] = []
    about = label(Plan, "post_outcomes")
    for at, outcome in enumerate(maker.scheme.post_outcomes):
        lines.append(maker.some(outcome, maker.item("post_outcomes", at), about, ("title",)))
    return Table((label(PostOutcome, "title"),), tuple(lines))


def _choices(maker: Maker) -> Block:
    lines = []
    for at, choice in enumerate(maker.scheme.choices):
        place = Say("scheme_screen.choice", number=at + 1)
        lines.append((Field(f"choices[{at + 1}]", "words", place, choice.say(maker.lang), place),))
    return Table((), tuple(lines))
