"""Is this laptop ready for the day? What was found of each thing the day needs, and what to do about it.

    facts = gather(host, anchor)                 real probes; takes a second, asks nothing of the network but itself
    points = check(facts)                        pure: what the facts mean
    write_report(host.venue, host.keys, points, folder)

Every point is ok, attention or fault, with a sentence (catalogue `readiness`) that says what was found and, where
something is to be done, what.
"""

from venue_app.host.readiness.checks import check
from venue_app.host.readiness.facts import Anchor, Facts, Printer
from venue_app.host.readiness.points import CHECKS, Point, check_title, in_words, level_word, worst
from venue_app.host.readiness.probing import gather
from venue_app.host.readiness.report import write_report

__all__ = [
    "CHECKS",
    "Anchor",
    "Facts",
    "Point",
    "Printer",
    "check",
    "check_title",
    "gather",
    "in_words",
    "level_word",
    "worst",
    "write_report",
]
