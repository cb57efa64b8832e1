"""What came of it: components, the composite with rank and outcome, posts, who goes on."""

from __future__ import annotations

from collections.abc import Iterator

from venue_app.rules import EntryResult, Results
from venue_app.rules.number import text
from venue_app.tables.contents import Contents
from venue_app.tables.model import Row, Table, exact, json, shown, table

COMPONENTS = "entry component value:decimal value_text points:decimal points_text missing"
COMPOSITES = "entry candidate post composite:decimal composite_text rank:integer outcome parameters:json provisional:boolean"


def outcome_tables(contents: Contents) -> Iterator[Table]:
    """The tables of this module."""
    results = contents.results
    yield table("components", COMPONENTS, (row for r in results.entries.values() for row in components(r)))
    yield table("composites", COMPOSITES, (composite(r) for r in results.entries.values()))
    yield table(
        "rounds",
        "entry round rank:integer outcome passed:boolean provisional:boolean",
        (
            (r.entry, of, s.rank, s.outcome.code, s.passed, s.provisional)
            for r in results.entries.values()
            for of, s in r.rounds.items()
        ),
    )
    yield table(
        "post_results",
        "post outcome entries:integer places:integer passed_count:integer waiting_count:integer",
        (
            (p.post, p.outcome.code, p.entries, p.places, len(p.passed), len(p.waiting))
            for p in results.posts.values()
        ),
    )
    yield table("shortlist", "post round rank:integer entry candidate composite:decimal", shortlist(results))


def components(result: EntryResult) -> Iterator[Row]:
    """A row for each component of an entry, with the weighted points where the composite has it as a term."""
    points = {term.component: term.points for term in result.terms}
    for component, value in result.values.items():
        why = result.why.get(component)
        mine = points.get(component)
        yield (
            result.entry, component, exact(value), shown(value), exact(mine), None if mine is None else text(mine),
            None if why is None else why.code,
        )  # fmt: skip


def composite(result: EntryResult) -> Row:
    """An entry's row."""
    return (
        result.entry, result.candidate, result.post, exact(result.composite), shown(result.composite), result.rank,
        result.outcome.code, json(result.outcome.params), result.provisional,
    )  # fmt: skip


def shortlist(results: Results) -> Iterator[Row]:
    """Who passed each round of each post, in order of rank."""
    for post in results.posts.values():
        for of, standing in post.rounds.items():
            for entry in standing.passed:
                one = results.entries[entry]
                yield post.post, of, one.rounds[of].rank, entry, one.candidate, exact(one.composite)
