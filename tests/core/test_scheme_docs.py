"""The manual of schemes and of facts: every example is run, every key is described."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from venue_app.base.i18n import LANGUAGES, catalogue
from venue_app.rules import compute
from venue_app.rules import facts_rows as rows
from venue_app.rules.facts_read import load_facts
from venue_app.rules.results_json import results_json
from venue_app.scheme import examine
from venue_app.scheme.components import KINDS
from venue_app.scheme.read import keys
from venue_app.scheme.reference import TABLES, own_keys, reference

DOCS = Path(__file__).parents[2] / "docs"
SCHEMES = (DOCS / "schemes.md").read_text(encoding="utf-8")
FACTS = (DOCS / "formats" / "facts.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"```toml\n(.*?)```\n```json\n(.*?)```\n```text\n(.*?)```", re.DOTALL)
EXAMPLES = EXAMPLE.findall(SCHEMES) + EXAMPLE.findall(FACTS)


@pytest.mark.parametrize(("toml", "facts", "text"), EXAMPLES)
def test_examples(toml, facts, text):
    head = "" if "format = 1" in toml else 'format = 1\nid = "example"\ntitle = "例"\n'
    scheme, problems = examine(head + toml, "schemes.md")
    assert scheme is not None, problems
    plain = results_json(
        compute(scheme, load_facts(scheme, json.dumps({"format": 1, **json.loads(facts)}), "schemes.md"))
    )
    assert text.strip()
    for line in text.strip().splitlines():
        left, _, expected = line.partition(" = ")
        entry, name = left.split(" ")
        item = plain["entries"][entry]
        found = {"rank": str(item["rank"]), "outcome": item["outcome"]["code"]}.get(
            name, item["values"].get(name)
        )
        assert found == expected, line


def test_there_is_an_example_of_every_rule_family():
    assert len(EXAMPLES) >= 11
    kinds = {kind for kind in KINDS if any(f'kind = "{kind}"' in toml for toml, _facts, _text in EXAMPLES)}
    assert kinds >= {
        "imported",
        "entered",
        "panel",
        "sum",
        "formula",
        "case",
        "bonus",
        "balance",
        "statistic",
        "best",
        "grade",
        "overrun",
        "ballot",
    }


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_the_reference_is_the_models(lang):
    block = SCHEMES.split(f"<!-- keys:{lang} -->\n")[1].split("<!-- /keys -->")[0]
    assert block.strip() == reference(lang).strip(), (
        f"write it again: venue-app scheme keys --language {lang}"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_key_has_its_meaning(lang):
    known = catalogue(lang)
    wanted = {f"scheme_keys.{model.__name__}.{key}" for _title, model in TABLES for key in own_keys(model)}
    assert not wanted - known.keys()
    stale = {
        k for k in known if k.startswith("scheme_keys.") and not k.startswith("scheme_keys.Type.")
    } - wanted
    assert not stale


def test_every_table_is_in_the_reference():
    named = {model.__name__ for _title, model in TABLES}
    assert {kind.__name__ for kind in KINDS.values()} <= named


def test_every_key_of_facts_is_described():
    models = [getattr(rows, name) for name in dir(rows) if name.endswith(("Row", "File"))]
    assert len(models) > 15
    for model in models:
        for key in keys(model):
            assert f"`{key}`" in FACTS, (model.__name__, key)
