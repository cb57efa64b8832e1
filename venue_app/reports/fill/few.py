"""What forms say of a result that was made, by decision, of fewer sheets than the plan asks for."""

from __future__ import annotations

from collections.abc import Iterator

from venue_app.base.i18n import tr_in
from venue_app.reports.fill.common import Source
from venue_app.rules import PanelResult, panel_result


def decided_words(source: Source, result: PanelResult) -> str:
    """How many sheets counted, how many the plan asks for, who decided and why; empty where nothing was decided."""
    decision = result.accepted
    if decision is None:
        return ""
    return source.say(
        "few",
        group=source.scheme.group(result.group).title.say(source.lang),
        count=result.valid,
        minimum=result.minimum,
        by=tr_in(source.lang, "rules.say.people").join(decision.by),
        reason=decision.reason,
    )


def decided_of(source: Source, entry: str) -> Iterator[str]:
    """The same of every group that marked an entry, in the plan's order."""
    facts = source.results.facts
    own = {entry, facts.entries[entry].candidate}
    for group in source.scheme.groups:
        if any((name, group.id) in facts.accepted for name in own):
            words = decided_words(source, panel_result(source.scheme, facts, entry, group.id))
            if words:
                yield words
