"""A scheme in plain words, as the official document would say it, for the proctor to compare."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from venue_app.scheme.explain_ballots import ballot_lines
from venue_app.scheme.explain_components import component_line
from venue_app.scheme.explain_draws import draw_lines
from venue_app.scheme.explain_judging import attendance_lines, group_lines, stage_line
from venue_app.scheme.explain_rounds import intake_lines, round_lines
from venue_app.scheme.model import Scheme
from venue_app.scheme.words import say, title_of


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence; `default` when the file does not say it and the documented default stands.

    `keys` are the dotted keys of the file it comes from (`groups[1].trim`).
    """

    text: str
    default: bool = False
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading and its sentences."""

    title: str
    lines: tuple[Line, ...]


def _lines(scheme: Scheme, found: list[tuple[str, tuple[str, ...]]]) -> tuple[Line, ...]:
    """Sentences with the keys behind them; a default is a sentence none of whose keys the file states."""
    return tuple(
        Line(text, bool(keys) and not any(key in scheme.stated for key in keys), keys)
        for text, keys in found
        if text
    )


def _each(
    count: int, make: Callable[[int], list[tuple[str, tuple[str, ...]]]]
) -> list[tuple[str, tuple[str, ...]]]:
    return [line for index in range(count) for line in make(index)]


def explain(scheme: Scheme, lang: str) -> tuple[Paragraph, ...]:
    """The whole plan; paragraphs without a sentence are left out."""
    whole: list[tuple[str, list[tuple[str, tuple[str, ...]]]]] = [
        ("about", _about(scheme, lang)),
        ("intake", intake_lines(scheme, lang)),
        ("judging", _each(len(scheme.groups), lambda i: group_lines(scheme, i, lang))),
        ("time", _each(len(scheme.stages), lambda i: [stage_line(scheme, i, lang)])),
        ("draw", draw_lines(scheme, lang)),
        ("attendance", attendance_lines(scheme, lang)),
        ("ballots", _each(len(scheme.ballots), lambda i: ballot_lines(scheme, i, lang))),
        ("marks", _each(len(scheme.components), lambda i: [component_line(scheme, i, lang)])),
        ("rounds", _each(len(scheme.rounds), lambda i: round_lines(scheme, i, lang))),
        ("choices", [(choice.say(lang), ()) for choice in scheme.choices]),
    ]
    found = [Paragraph(say(lang, f"title_{name}"), _lines(scheme, lines)) for name, lines in whole]
    return tuple(paragraph for paragraph in found if paragraph.lines)


def _about(scheme: Scheme, lang: str) -> list[tuple[str, tuple[str, ...]]]:
    lines: list[tuple[str, tuple[str, ...]]] = [(scheme.title.say(lang), ())]
    if scheme.note:
        lines.append((scheme.note.say(lang), ()))
    lines.append((say(lang, "composite", title=title_of(scheme, scheme.composite, lang)), ()))
    if scheme.second_copy == "required":
        lines.append((say(lang, "second_copy_required"), ("second_copy",)))
    elif scheme.second_copy == "off":
        lines.append((say(lang, "second_copy_off"), ("second_copy",)))
    for outcome in scheme.post_outcomes:
        lines.append((say(lang, "post_outcome", title=outcome.title.say(lang)), ()))
    return lines


def plain_text(scheme: Scheme, lang: str) -> str:
    """The explanation as lines of text, defaults marked."""
    out = []
    for paragraph in explain(scheme, lang):
        out.append(paragraph.title)
        for line in paragraph.lines:
            mark = say(lang, "default_mark") if line.default else ""
            out.append(f"  · {line.text}{mark}")
        out.append("")
    return "\n".join(out).rstrip() + "\n"
