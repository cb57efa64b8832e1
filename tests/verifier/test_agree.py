"""Two programs, one written from the other's documents, compute the same: presets, the manual's examples, chance.

The short form runs with the suite. Thousands: `VENUE_VERIFIER_PLANS=5000 VENUE_VERIFIER_SEED=1 pytest tests/verifier/test_agree.py`.
"""

from __future__ import annotations

import json
import os
from collections import Counter

import pytest

from tests.core.test_drawing_vectors import VECTORS, said_by, seed_of
from tests.core.test_scheme_docs import EXAMPLES
from tests.verifier.conftest import Verifier
from tests.verifier.random_facts import random_facts
from tests.verifier.random_lists import random_list
from tests.verifier.random_plans import random_plan
from venue_app.base.canonical import canonical
from venue_app.domain.entries import KINDS
from venue_app.rules import compute, drawing
from venue_app.rules.facts_read import load_facts
from venue_app.rules.results_json import results_json
from venue_app.scheme import Scheme, examine, load_scheme, preset_ids, preset_text
from venue_app.scheme.components import KINDS as COMPONENTS
from venue_app.scheme.read import keys
from venue_app.scheme.reference import TABLES

PLANS = int(os.environ.get("VENUE_VERIFIER_PLANS", "150"))
SEED = int(os.environ.get("VENUE_VERIFIER_SEED", "0"))
FACTS_EACH = 12


def ours(scheme: Scheme, facts: str) -> str:
    return canonical(results_json(compute(scheme, load_facts(scheme, facts, "facts.json")))).decode()


@pytest.mark.parametrize("preset", preset_ids())
def test_every_preset(verifier: Verifier, preset: str):
    text = preset_text(preset)
    scheme = load_scheme(text, preset)
    outcomes: Counter[str] = Counter()
    for seed in range(FACTS_EACH):
        facts = random_facts(scheme, SEED + seed)
        found = ours(scheme, facts)
        assert verifier.compute(text, facts) == found, (preset, SEED + seed)
        outcomes.update(entry["outcome"]["code"] for entry in json.loads(found)["entries"].values())
    assert len(outcomes) > 1  # something was decided, not always the same


@pytest.mark.parametrize(("toml", "facts", "_text"), EXAMPLES)
def test_every_example_of_the_manual(verifier: Verifier, toml: str, facts: str, _text: str):
    head = "" if "format = 1" in toml else 'format = 1\nid = "example"\ntitle = "例"\n'
    whole = json.dumps({"format": 1, **json.loads(facts)})
    assert verifier.compute(head + toml, whole) == ours(load_scheme(head + toml, "t"), whole)


def test_random_plans_and_facts(verifier: Verifier):
    kinds: Counter[str] = Counter()
    ballots: Counter[str] = Counter()
    different: list[int] = []
    seed = SEED * 1_000_000
    while sum(kinds.values()) == 0 or kinds["plans"] < PLANS:
        text = random_plan(seed)
        scheme, _ = examine(text, "random")
        if scheme is not None:
            facts = random_facts(scheme, seed)
            if verifier.compute(text, facts) != ours(scheme, facts):
                different.append(seed)
            kinds.update({"plans", *(c.kind for c in scheme.components)})
            ballots.update({b.kind for b in scheme.ballots})
        seed += 1
    assert different == [], "seeds that differ"
    assert set(COMPONENTS) <= set(kinds), "every kind of component came up"
    assert set(ballots) == {"grades", "decide", "choose", "rank", "points"}


@pytest.mark.parametrize("name", VECTORS)
def test_the_draws_of_the_document(verifier: Verifier, name: str):
    digest, _tickets, result, reserve = said_by(name)
    found = json.loads(
        verifier.page.evaluate("([l, s]) => Verifier.draw(l, s)", [VECTORS[name][0], seed_of(digest)])
    )
    assert found == {"result": result, "reserve": reserve}


def test_random_draws(verifier: Verifier):
    """Judges by units, bars, chiefs and kept seats, and people in rows: what one program draws the other does."""
    held = 0
    for seed in range(SEED * 1000, SEED * 1000 + 60):
        plan = random_list(seed)
        if drawing.explain(plan) is not None:
            continue
        held += 1
        text, words = drawing.plan_text(plan), f"seed-{seed}"
        outcome = drawing.hold(plan, words)
        found = json.loads(verifier.page.evaluate("([l, s]) => Verifier.draw(l, s)", [text, words]))
        places = {place: list(names) for place, names in outcome.places.items()}
        assert found == {"result": places, "reserve": list(outcome.reserve)}, seed
    assert held > 30


def test_it_knows_every_key_of_a_scheme(verifier: Verifier):
    theirs = {frozenset(table) for table in verifier.page.evaluate("Verifier.tables()")}
    kinds = set(COMPONENTS.values())
    ours = {
        frozenset({*keys(model), *({"kind"} if model in kinds else ())})
        for name, model in TABLES
        if name != "[[components]]"
    }
    assert ours - theirs == set()
    assert theirs - ours == set()


def test_it_knows_every_kind_of_entry(verifier: Verifier):
    known = verifier.page.evaluate("Verifier.kinds")
    assert set(known) == set(KINDS)
    words = verifier.page.evaluate("WORDS['en']")
    assert [kind for kind in known if f"kind.{kind.replace('.', '_')}" not in words] == []
