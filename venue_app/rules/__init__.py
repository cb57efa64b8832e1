"""Rules of selection: pure functions of a scheme and facts, exact, the same whatever the order of facts.

Facts in (all frozen, `venue_app.rules.facts`)
    `Facts(posts, candidates, entries, values, sheets, out_seats, panels, absent, barred, accepted, overruns,
    ballots, lots, decided, declared)`; `PostFact`, `PersonFact`, `EntryFact(id, candidate, post, room, …)`,
    `Barred`, `Declared`, `BallotFact(ballot, where, voter_class, issued, papers | counted)`.
    `facts.with_sheet(entry, group, seat, marks)` gives new facts.
    Seats are numbers from 1. Marks are integers of 10^-group.places in the order of the criteria:
    `sheet_marks(group, {"content": Decimal("23.2"), …})` checks and converts.
    Where a mark is a person's (`per = "person"`) facts stand under the candidate's id instead of the entry's.
    `load_facts(scheme, text, source)`, `examine_facts`, `facts_json`: facts as a file (docs/formats/facts.md).

A sheet, a panel
    `check_sheet(criteria, marks)` raises `Known` (rules.mark_above, …) or returns None.
    `sheet_total(group, marks) -> Decimal`.
    `panel_result(scheme, facts, entry, group) -> PanelResult`: usable alone once one appearance's sheets
    are in; `state` ok | not_yet | absent | below_minimum, `totals`, `high`, `low`, `missing`, `value`.
    `panel_node(scheme, result) -> Node` is its working.

Everything
    `compute(scheme, facts) -> Results`: `.entries[id]` (`EntryResult`: values, labels, terms, composite, rank,
    outcome, provisional), `.posts[id]` (`PostResult`: outcome, passed, waiting, places, decided),
    `.value(entry, component)`, `.warnings`. `results_json(results)` is plain data for `canonical`.
    `recompute(results, facts, entry)`: the same for facts that differ in one person's marks only, at once.

Words
    `working(results, entry, component) -> Node`; `sentence(node, lang)`, `sentences(node, lang)`;
    `reason_words(reason, lang, scheme)` for an outcome or a warning; `rounding_words`.
"""

from venue_app.rules.compute import Results, compute, recompute
from venue_app.rules.course import rounds_of
from venue_app.rules.facts import Barred, Declared, EntryFact, Facts, Marks, PersonFact, PostFact
from venue_app.rules.facts_json import facts_json
from venue_app.rules.facts_read import examine_facts, load_facts
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
    "examine_facts",
    "facts_json",
    "load_facts",
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
