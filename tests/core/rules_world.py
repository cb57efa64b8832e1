"""Small schemes and facts for the tests of rules."""

from __future__ import annotations

import json
from typing import Any

from venue_app.base.errors import Known
from venue_app.rules import Facts, Results, compute
from venue_app.rules.facts_read import load_facts
from venue_app.scheme import Scheme, load_scheme

HEAD = 'format = 1\nid = "t"\ntitle = "t"\n'

PANEL = """
[[groups]]
id = "panel"
title = "评委组"
seats = {seats}
{more}
[[groups.criteria]]
id = "total"
title = "总分"
maximum = 100
step = 0.1
"""


def scheme_of(body: str, composite: str = "c") -> Scheme:
    """A scheme from tables; `composite` is put before them."""
    return load_scheme(f'{HEAD}composite = "{composite}"\n{body}', "t.toml")


def panel_scheme(seats: int = 7, more: str = "") -> Scheme:
    """One panel with one total of 0 to 100, its mark being the composite."""
    body = PANEL.format(seats=seats, more=more)
    return scheme_of(body + '[[components]]\nid = "c"\nkind = "panel"\ntitle = "成绩"\ngroup = "panel"\n')


def values_scheme(rounds: str = "", names: str = "c", more: str = "") -> Scheme:
    """Imported components of 0 to 100, and whatever else."""
    parts = "".join(
        f'[[components]]\nid = "{name}"\nkind = "imported"\ntitle = "{name}"\n' for name in names.split()
    )
    return scheme_of(parts + more + rounds)


def entries(*names: str, post: str = "p", **more: Any) -> list[dict[str, Any]]:
    """Rows of entries for one post."""
    return [{"id": name, "post": post, **more} for name in names]


def facts_of(scheme: Scheme, **rows: Any) -> Facts:
    """Facts from rows as they stand in a facts file; posts that entries name are added with one place."""
    named = {row["post"] for row in rows.get("entries", [])} - {row["id"] for row in rows.get("posts", [])}
    posts = [*rows.pop("posts", []), *({"id": name} for name in sorted(named))]
    return load_facts(scheme, json.dumps({"format": 1, "posts": posts, **rows}), "facts.json")


def results_of(scheme: Scheme, **rows: Any) -> Results:
    """Results of rows."""
    return compute(scheme, facts_of(scheme, **rows))


def valued(component: str = "c", **values: Any) -> list[dict[str, Any]]:
    """Rows of values by entry."""
    return [{"entry": entry, "component": component, "value": str(value)} for entry, value in values.items()]


def sheets(entry: str, *totals: Any, group: str = "panel", criterion: str = "total") -> list[dict[str, Any]]:
    """Sheets of one criterion by seat; None is a seat without one."""
    return [
        {"entry": entry, "group": group, "seat": seat, "marks": {criterion: str(total)}}
        for seat, total in enumerate(totals, 1)
        if total is not None
    ]


def outcomes(results: Results) -> dict[str, str]:
    """Outcome codes by entry."""
    return {name: item.outcome.code for name, item in results.entries.items()}


def ranks(results: Results) -> dict[str, int | None]:
    """Ranks by entry."""
    return {name: item.rank for name, item in results.entries.items()}


def refused(work: Any) -> Known:
    """The known fault that `work` raises."""
    try:
        work()
    except Known as fault:
        return fault
    raise AssertionError("nothing was refused")
