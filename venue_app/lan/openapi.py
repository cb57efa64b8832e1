"""The routes and messages of the LAN as one OpenAPI 3.1 document, made from the code that decodes them.

    python -m venue_app.lan.openapi > docs/formats/lan.openapi.json

OpenAPI knows no WebSockets: their messages are named under `x-messages`, by direction. What commands a console may send
is in role-protocol.md and not repeated here.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, get_args

import msgspec

from venue_app.lan import ballot_messages as b
from venue_app.lan import messages as m
from venue_app.lan import proof
from venue_app.lan import role_messages as r
from venue_app.lan import standby_messages as s
from venue_app.lan.hosting import HostHere
from venue_app.lan.pages import pages

_REF = "#/components/schemas/{name}"


class LaptopTime(msgspec.Struct, frozen=True):
    """The laptop's calendar clock and its monotonic clock, in ms."""

    wall: int
    mono: int


_BODIES: tuple[type, ...] = (
    m.JoinRequest, m.JoinReply, m.JoinWaiting, m.Fault, proof.ProofAsked, proof.Proof, LaptopTime, HostHere,
    b.ShowSlip, b.Forms, b.SendPaper, b.Counted, b.WouldBeVoid, b.FindPaper, b.Published, b.Hall, b.Refusal,
)  # fmt: skip


def document() -> dict[str, Any]:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "venue-app LAN",
            "version": str(m.VERSION),
            "description": "Between the laptop and what joins it: station-protocol.md and role-protocol.md say it in words.",
        },
        "paths": _paths(),
        "components": {"schemas": _schemas()},
    }


def written() -> bytes:
    """The document as its file."""
    return msgspec.json.format(msgspec.json.encode(document(), order="sorted"), indent=1) + b"\n"


def _schemas() -> dict[str, Any]:
    unions = (m.FromStation, m.FromServer, r.FromPlace, r.FromLaptop, s.FromStandby, s.ToStandby)
    said = tuple(kind for union in unions for kind in _said(union))
    types = tuple(dict.fromkeys((*_BODIES, *said)))
    _, found = msgspec.json.schema_components(types, ref_template=_REF)
    found["Ask"]["properties"]["command"] = {"type": "object", "description": "A command (role-protocol.md)."}
    wanted = [kind.__name__ for kind in types]
    kept: dict[str, Any] = {}
    while wanted:
        name = wanted.pop()
        if name not in kept:
            kept[name] = found[name]
            wanted += _referred(found[name])
    return kept


def _referred(schema: Any) -> list[str]:
    """The names of all schemas that one refers to."""
    if isinstance(schema, dict):
        own = [schema["$ref"].rpartition("/")[2]] if isinstance(schema.get("$ref"), str) else []
        return own + [name for inner in schema.values() for name in _referred(inner)]
    return [name for inner in schema for name in _referred(inner)] if isinstance(schema, list) else []


def _said(union: Any) -> tuple[type, ...]:
    return get_args(union)


def _ref(kind: type) -> dict[str, str]:
    return {"$ref": _REF.format(name=kind.__name__)}


def _json(kind: type, words: str) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": _ref(kind)}}}


def _asks(kind: type) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": _ref(kind)}}}


def _messages(union: Any) -> Sequence[dict[str, str]]:
    return [_ref(kind) for kind in _said(union)]


def _ballot(words: str, asked: type, *answers: type) -> dict[str, Any]:
    said = [_ref(kind) for kind in answers]
    schema = said[0] if len(said) == 1 else {"anyOf": said}
    return {
        "post": {
            "summary": words,
            "requestBody": _asks(asked),
            "responses": {
                "200": {"description": "The answer.", "content": {"application/json": {"schema": schema}}},
                "409": _json(b.Refusal, "Refused, and why."),
                "429": _json(b.Refusal, "Too many wrong codes."),
            },
        }
    }


def _socket(words: str, heard: Any, told: Any) -> dict[str, Any]:
    return {
        "get": {
            "summary": words,
            "responses": {
                "101": {"description": "A WebSocket of text frames, one JSON object each."},
                "400": {"description": "No request for a WebSocket."},
                "403": {"description": "A foreign host or origin."},
                "503": {"description": "Too many connections."},
            },
            "x-messages": {"towards-laptop": _messages(heard), "from-laptop": _messages(told)},
        }
    }


def _paths() -> dict[str, Any]:
    found: dict[str, Any] = {
        "/api/join": {
            "post": {
                "summary": "Take the seat or other place that a code stands for.",
                "requestBody": _asks(m.JoinRequest),
                "responses": {
                    "200": _json(m.JoinReply, "The place is this device's."),
                    "202": _json(m.JoinWaiting, "The proctor is asked: ask again."),
                    "400": _json(m.Fault, "No request to join."),
                    "403": _json(m.Fault, "Refused, and why."),
                    "429": _json(m.Fault, "Too many wrong codes."),
                },
            }
        },
        "/api/prove": {
            "post": {
                "summary": "Who the laptop is: the key exchange by the code.",
                "requestBody": _asks(proof.ProofAsked),
                "responses": {
                    "200": _json(proof.Proof, "The laptop's share and tag."),
                    "400": {"description": "No such exchange."},
                    "403": {"description": "No such code, or it was tried too often."},
                    "404": {"description": "This laptop does not do it."},
                    "429": {"description": "Too many wrong codes."},
                },
            }
        },
        "/api/time": {
            "get": {
                "summary": "The laptop's clocks.",
                "responses": {"200": _json(LaptopTime, "Both clocks at the same moment.")},
            }
        },
        "/api/host": {
            "get": {
                "summary": "Which host this is: what an earlier one asks when it comes back.",
                "responses": {"200": _json(HostHere, "The host in force.")},
            }
        },
        "/b": {"get": {"summary": "The voters' page.", "responses": {"200": {"description": "The page."}}}},
        "/b/open": _ballot("What a slip may vote on.", b.ShowSlip, b.Forms),
        "/b/send": _ballot("Hand a paper in.", b.SendPaper, b.Counted, b.WouldBeVoid),
        "/b/find": _ballot("Find a published paper by its code.", b.FindPaper, b.Published),
        "/b/turnout": {
            "get": {
                "summary": "How many have voted; never how.",
                "responses": {"200": _json(b.Hall, "All polls.")},
            }
        },
        "/b/papers/{poll}.csv": {
            "get": {
                "summary": "All papers of a closed poll, by code.",
                "parameters": [
                    {"name": "poll", "in": "path", "required": True, "schema": {"type": "string"}}
                ],
                "responses": {
                    "200": {"description": "The table.", "content": {"text/csv": {}}},
                    "404": {"description": "No such poll, or it is not closed."},
                },
            }
        },
        "/ws": _socket("A seat's connection.", m.FromStation, m.FromServer),
        "/ws/place": _socket(
            "The connection of a console, witness or big screen.", r.FromPlace, r.FromLaptop
        ),
        "/ws/standby": _socket("The connection of the standby laptop.", s.FromStandby, s.ToStandby),
    }
    for path, page in pages().items():
        found[path] = {
            "get": {
                "summary": "A file of the browser's pages.",
                "responses": {
                    "200": {"description": "The file.", "content": {page.media: {}}},
                    "304": {"description": "The browser has it."},
                },
            }
        }
    return found


if __name__ == "__main__":
    sys.stdout.buffer.write(written())
