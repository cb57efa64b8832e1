"""Rules of selection: pure functions of a scheme and facts, exact, the same whatever the order of facts.

Facts in (all frozen, `venue_app.rules.facts`)
    `Facts(posts, candidates, entries, values, sheets, out_seats, panels, absent, barred, accepted)`;
    `PostFact`, `PersonFact`, `EntryFact(id, candidate, post, room, moved_from, unqualified)`, `Barred`.
    `facts.with_sheet(entry, group, seat, marks)` gives new facts.
    Seats are numbers from 1. Marks are integers of 10^-group.places in the order of the criteria:
    `sheet_marks(group, {"content": Decimal("23.2"), …})` checks and converts.

A sheet, a panel
    `check_sheet(criteria, marks)` raises `Known` (rules.mark_above, …) or returns None.
    `sheet_total(group, marks) -> Decimal`.
    `panel_result(scheme, facts, entry, group) -> PanelResult`: usable alone once one appearance's sheets
    are in; `state` ok | not_yet | absent | below_minimum, `totals`, `high`, `low`, `missing`, `value`.
    `panel_node(scheme, result) -> Node` is its working.

Everything
    `compute(scheme, facts) -> Results`: `.entries[id]` (`EntryResult`: values, terms, composite, rank,
    outcome, provisional), `.posts[id]` (`PostResult`: outcome, passed, waiting), `.value(entry, component)`,
    `.warnings`. `results_json(results)` is plain data for `canonical`.

Words
    `working(results, entry, component) -> Node`; `sentence(node, lang)`, `sentences(node, lang)`;
    `reason_words(reason, lang)` for an outcome; `rounding_words`.
"""

from venue_app.rules.compute import Results, compute, recompute
from venue_app.rules.course import rounds_of
from venue_app.rules.facts import Barred, Declared, EntryFact, Facts, Marks, PersonFact, PostFact
from venue_app.rules.node import Node
from venue_app.rules.number import Reason
from venue_app.rules.panel import PanelResult, panel_result
from venue_app.rules.papers import BallotFact, Counted, Paper
from venue_app.rules.results import EntryResult, PostResult, TermValue
from venue_app.rules.results_json import node_json, results_json
from venue_app.rules.say import reason_words, sentence, sentences
from venue_app.rules.sheets import check_sheet, sheet_marks, sheet_total
from venue_app.rules.standing import PostStanding, Standing
from venue_app.rules.working import panel_node, working
from venue_app.scheme.words import rounding_words

__all__ = [
    "BallotFact",
    "Barred",
    "Counted",
    "Declared",
    "EntryFact",
    "EntryResult",
    "Facts",
    "Marks",
    "Node",
    "PanelResult",
    "Paper",
    "PersonFact",
    "PostFact",
    "PostResult",
    "PostStanding",
    "Reason",
    "Results",
    "Standing",
    "TermValue",
    "check_sheet",
    "compute",
    "node_json",
    "panel_node",
    "panel_result",
    "reason_words",
    "recompute",
    "results_json",
    "rounding_words",
    "rounds_of",
    "sentence",
    "sentences",
    "sheet_marks",
    "sheet_total",
    "working",
]
