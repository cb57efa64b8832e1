"""The document of routes and messages is what the code makes, and the code's routes are those in it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from venue_app.lan import messages as m
from venue_app.lan import openapi
from venue_app.lan import role_messages as r
from venue_app.lan import standby_messages as s
from venue_app.lan.ballot_routes import BallotRoutes
from venue_app.lan.http import DOORS, Routes

DOCS = Path(__file__).resolve().parents[2] / "docs" / "formats"
KEPT = json.loads((DOCS / "lan.openapi.json").read_bytes())


def test_the_document_is_what_the_code_makes() -> None:
    said = "write it again: python -m venue_app.lan.openapi > docs/formats/lan.openapi.json"
    assert (DOCS / "lan.openapi.json").read_bytes() == openapi.written(), said


def test_the_server_answers_at_the_paths_of_the_document_and_no_others() -> None:
    ballots = BallotRoutes(None, None)  # type: ignore[arg-type] # nobody asks anything here
    routes = Routes(None, frozenset(), b"key", ballots).application().router  # type: ignore[arg-type]
    found = {
        (resource.canonical, route.method.lower())
        for resource in routes.resources()
        for route in resource
        if route.method != "HEAD"
    }
    told = {(path, method) for path, methods in KEPT["paths"].items() for method in methods}
    assert found == told
    assert set(DOORS) <= {path for path, _ in told}


def refs(part: Any) -> set[str]:
    return set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(part)))


def test_every_message_is_named_under_its_connection_and_described() -> None:
    schemas = KEPT["components"]["schemas"]
    unions = {
        "/ws": (m.FromStation, m.FromServer),
        "/ws/place": (r.FromPlace, r.FromLaptop),
        "/ws/standby": (s.FromStandby, s.ToStandby),
    }
    for path, (heard, told) in unions.items():
        named = KEPT["paths"][path]["get"]["x-messages"]
        assert refs(named["towards-laptop"]) == {kind.__name__ for kind in get_args(heard)}
        assert refs(named["from-laptop"]) == {kind.__name__ for kind in get_args(told)}
    assert refs(KEPT) == set(schemas), "nothing is missing, nothing is there for nothing"


def examples() -> list[dict[str, Any]]:
    """Every message in the words of the protocol."""
    text = (DOCS / "station-protocol.md").read_text("utf-8")
    found = [json.loads(block) for block in re.findall(r"```json\n(.+?)\n```", text, re.DOTALL)]
    return [example for example in found if "type" in example]


@pytest.mark.parametrize("example", examples(), ids=lambda example: example["type"])
def test_the_examples_of_the_protocol_fit_the_schemas(example: dict[str, Any]) -> None:
    by_type = {
        schema["properties"]["type"]["enum"][0]: schema
        for schema in KEPT["components"]["schemas"].values()
        if "enum" in schema.get("properties", {}).get("type", {})
    }
    schema = by_type[example["type"]]
    assert set(schema["required"]) <= example.keys() <= schema["properties"].keys()
    assert schema["additionalProperties"] is False
