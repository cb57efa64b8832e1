"""The readiness check as a form, signed like every other and recorded in the journal by its SHA-256.

It speaks of the room and not of the journal, so it cannot be made again from the journal: the file itself is what counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from venue_app.base.clock import zone_minutes
from venue_app.host.readiness.checks import local
from venue_app.host.readiness.points import Point, check_title, in_words, level_word, worst
from venue_app.host.reporting import Produced, produce_once
from venue_app.reports.readying import Readiness, ReadyLine
from venue_app.seal.keys import VenueKeys
from venue_app.venue import Venue

FORM = "readiness"


def form_of(points: Sequence[Point], at_ms: int, lang: str) -> Readiness:
    """The form's content in one language."""
    whole = worst(points)
    return Readiness(
        at=local(at_ms, zone_minutes(at_ms)),
        level=whole,
        word=level_word(whole, lang),
        lines=tuple(
            ReadyLine(
                title=check_title(point.check, lang),
                level=point.level,
                word=level_word(point.level, lang),
                found=in_words(point, lang),
            )
            for point in points
        ),
    )


def write_report(
    venue: Venue, keys: VenueKeys, points: Sequence[Point], at_ms: int, folder: Path
) -> Produced:
    """Make the form in `folder`, in the plan's language. `at_ms` is when it was looked. Raises what `produce` raises."""
    form = form_of(points, at_ms, venue.state.scheme.language)
    return produce_once(venue, keys, FORM, form, folder)
