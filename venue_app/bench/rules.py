"""How fast the rules are: 10,000 candidates, 9 judges, 5 criteria."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import perf_counter_ns

from venue_app.rules import EntryFact, Facts, PostFact, compute, recompute
from venue_app.scheme import Scheme, load_scheme

CANDIDATES, POSTS, JUDGES = 10_000, 500, 9

_SCHEME = """
format = 1
id = "bench"
title = "bench"
composite = "whole"
[[groups]]
id = "panel"
title = "panel"
seats = 9
{criteria}
[[components]]
id = "written"
kind = "imported"
title = "written"
[[components]]
id = "live"
kind = "panel"
title = "live"
group = "panel"
[[components]]
id = "whole"
kind = "sum"
title = "whole"
terms = [{{ of = "written", weight = 0.4 }}, {{ of = "live", weight = 0.6 }}]
[[rounds]]
id = "cut"
title = "cut"
by = "whole"
ratio = 2
[[rounds.gates]]
of = "whole"
at_least = 60
"""
_CRITERION = """
[[groups.criteria]]
id = "c{number}"
title = "c{number}"
maximum = 20
step = 0.1
"""


def _scheme() -> Scheme:
    criteria = "".join(_CRITERION.format(number=number) for number in range(5))
    return load_scheme(_SCHEME.format(criteria=criteria), "bench.toml")


def _marks(entry: int, seat: int) -> tuple[int, ...]:
    """Marks that look like marks and are the same every time."""
    return tuple(100 + (entry * 7919 + seat * 104729 + c * 1299709) % 101 for c in range(5))


def facts_of_size(candidates: int = CANDIDATES, posts: int = POSTS) -> Facts:
    """Complete facts for the bench's scheme, with written marks and every judge's sheet."""
    from decimal import Decimal

    names = [f"e{number:05d}" for number in range(candidates)]
    return Facts(
        posts={f"p{number}": PostFact(id=f"p{number}") for number in range(posts)},
        entries={n: EntryFact(id=n, candidate=n, post=f"p{i % posts}") for i, n in enumerate(names)},
        values={(n, "written"): Decimal(4000 + (i * 37) % 6000) / 100 for i, n in enumerate(names)},
        sheets={(n, "panel"): {s: _marks(i, s) for s in range(1, JUDGES + 1)} for i, n in enumerate(names)},
    )


def _best_ms(work: Callable[[], object], times: int) -> float:
    best = None
    for _ in range(times):
        gc.collect()
        start = perf_counter_ns()
        work()
        taken = perf_counter_ns() - start
        best = taken if best is None else min(best, taken)
    return round((best or 0) / 1_000_000, 3)


def bench_rules(times: int = 9) -> dict[str, float | int]:
    """The best of `times` runs in milliseconds: everything again (`whole_ms`), one sheet folded in (`one_more_ms`)."""
    scheme, facts = _scheme(), facts_of_size()
    gc.collect()
    gc.freeze()  # as the program itself does with what stays
    results = compute(scheme, facts)
    name = results.ids[len(results.ids) // 2]
    more = iter(range(10_000))

    def one() -> object:
        changed = facts.with_sheet(name, "panel", 1, _marks(next(more), 1))
        after = recompute(results, changed, name)
        return after.value(name, "whole"), after.standings["cut"][name]

    try:
        whole, one_more = _best_ms(lambda: compute(scheme, facts), times), _best_ms(one, times)
    finally:
        gc.unfreeze()
    return {
        "candidates": CANDIDATES,
        "judges": JUDGES,
        "criteria": 5,
        "whole_ms": whole,
        "one_more_ms": one_more,
    }
