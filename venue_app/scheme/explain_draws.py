"""The draws of a plan in plain words."""

from __future__ import annotations

from venue_app.base.i18n import tr_in
from venue_app.scheme.model import Scheme
from venue_app.scheme.words import join, say

Said = tuple[str, tuple[str, ...]]


def draw_lines(scheme: Scheme, lang: str) -> list[Said]:
    """Which draws, by whom, and what holds for the absent, the late, people of one post and of one unit."""
    said = scheme.draw
    held = [tr_in(lang, f"draw.purpose.{purpose}") for purpose in said.held]
    lines: list[Said] = [(say(lang, "draw_held", draws=join(lang, held, "list_comma")), ("draw.held",))]
    if said.parties:
        parties = [tr_in(lang, f"draw.party_name.{party}") for party in said.parties]
        lines.append(
            (say(lang, "draw_parties", parties=join(lang, parties, "list_comma")), ("draw.parties",))
        )
    if said.posts != "free":
        lines.append((say(lang, f"draw_posts_{said.posts}"), ("draw.posts",)))
    lines.append((say(lang, f"draw_absent_{said.absent}"), ("draw.absent",)))
    lines.append((say(lang, f"draw_late_{said.late}"), ("draw.late",)))
    if said.half_days:
        names = join(lang, list(said.half_days), "list_comma")
        lines.append((say(lang, "draw_half_days", names=names), ("draw.half_days",)))
    if "questions" in said.held:
        names = join(lang, list(said.question_sets), "list_comma")
        lines.append((say(lang, "draw_question_sets", names=names), ("draw.question_sets",)))
    if "seats" in said.held:
        lines.append((say(lang, f"draw_one_unit_{said.one_unit}"), ("draw.one_unit",)))
    return lines
