"""docs/formats/draw.md: its vectors (worked with coreutils and by hand), and the check it gives to outsiders."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from venue_app.base.canonical import canonical
from venue_app.cli.draw import draw as command
from venue_app.rules import draw, drawing

DOC = (Path(__file__).parents[2] / "docs/formats/draw.md").read_text(encoding="utf-8")
EVENT = "00000000000000000000000000000001"
PUBLIC = "0314159红旗"
PARTIES = re.findall(r"^\| (\w+) \| `([0-9a-f]+)` \| `([0-9a-f]{64})` \|$", DOC, re.M)
_KIND = re.compile(r"^### `(\w+)`: [^\n]*\n```list\n(.*?)```\n```vector\n(.*?)```", re.M | re.S)
VECTORS = {name: (text, said) for name, text, said in _KIND.findall(DOC)}


def block(language):
    found = re.search(rf"^```{re.escape(language)}\n(.*?)^```", DOC, re.M | re.S)
    assert found is not None
    return found[1]


def contributions():
    return tuple(drawing.Contribution(party, promised, nonce) for party, nonce, promised in PARTIES)


def said_by(name):
    """What the document says of a vector: digest, tickets, result and reserve."""
    lines = [line.split(" ") for line in VECTORS[name][1].splitlines()]
    [digest] = [line[1] for line in lines if line[0] == "digest"]
    tickets = [(line[2], line[1]) for line in lines if line[0] == "ticket"]
    result = {line[1]: line[2:] for line in lines if line[0] == "result"}
    [reserve] = [line[1:] for line in lines if line[0] == "reserve"]
    return digest, tickets, result, reserve


def seed_of(digest):
    """Joined here by the words of the document, not by the program."""
    parts = ",".join(f"{party}={nonce}" for party, nonce, _ in PARTIES)
    return f"venue-draw-2,{EVENT},{digest},{PUBLIC},{parts}"


def test_every_purpose_and_rule_has_a_vector():
    lists = "".join(text for text, _ in VECTORS.values())
    assert len(VECTORS) == 9
    assert {x.split(",")[1] for x in lists.splitlines() if x.startswith("draw,")} == {
        "order",
        "sessions",
        "places",
        "seats",
        "questions",
        "pool",
    }
    for word in ("adjacent=", "apart=", "distinct=", "reserve=", "bar=", "keep=", "chief=only", "chiefs="):
        assert word in lists


def test_commitments():
    assert [party for party, _, _ in PARTIES] == ["notary", "program", "supervisor"]
    for party, nonce, promised in PARTIES:
        assert drawing.commit(party, nonce) == promised


@pytest.mark.parametrize("name", VECTORS)
def test_vector(name):
    text, (digest, tickets, result, reserve) = VECTORS[name][0], said_by(name)
    plan = drawing.read_plan(text)
    assert drawing.plan_text(plan) == text
    assert drawing.plan_digest(plan) == digest
    seed = drawing.join_seed(EVENT, digest, PUBLIC, contributions())
    assert seed == seed_of(digest)
    ranked = sorted((draw.ticket(seed, who), who) for who, _ in tickets)
    assert [(who, ticket[:16]) for ticket, who in ranked] == tickets
    outcome = drawing.hold(plan, seed)
    assert {place: list(names) for place, names in outcome.places.items()} == result
    assert list(outcome.reserve) == reserve


def transcript_of(name):
    digest, _, result, reserve = said_by(name)
    return {
        "method": "sha256-ticket-2",
        "purpose": VECTORS[name][0].splitlines()[0].split(",")[1],
        "event": EVENT,
        "list_digest": digest,
        "public": PUBLIC,
        "contributions": [
            {"party": party, "commitment": promised, "nonce": nonce, "opened": "revealed"}
            for party, nonce, promised in PARTIES
        ],
        "seed": seed_of(digest),
        "result": result,
        "reserve": reserve,
    }


@pytest.mark.parametrize("name", VECTORS)
def test_the_program_publishes_the_transcript_described(name):
    plan = drawing.read_plan(VECTORS[name][0])
    assert drawing.transcript(plan, EVENT, PUBLIC, contributions()) == transcript_of(name)


def written(tmp_path, listed, said):
    (tmp_path / "list").write_bytes(listed.encode())
    (tmp_path / "said").write_bytes(canonical(said))
    return [str(tmp_path / "list"), str(tmp_path / "said")]


def outsider(tmp_path, listed, said):
    """The document's own check, run as an outsider would: it shares nothing with the program."""
    for name in ("check.py", "rules.py"):
        (tmp_path / name).write_text(block(f"python {name}"), encoding="utf-8")
    arguments = [sys.executable, "check.py", *written(tmp_path, listed, said)]
    return subprocess.run(arguments, capture_output=True, text=True, check=False, cwd=tmp_path)


@pytest.mark.parametrize("name", VECTORS)
def test_the_outsiders_check_agrees(tmp_path, name):
    done = outsider(tmp_path, VECTORS[name][0], transcript_of(name))
    assert (done.returncode, done.stdout) == (0, "fits\n"), done.stderr


@pytest.mark.parametrize("name", ["order", "apart", "seats"])
def test_the_outsiders_check_refuses_another_result(tmp_path, name):
    said = transcript_of(name)
    row = next(iter(said["result"].values()))
    row[0], row[1] = row[1], row[0]
    assert outsider(tmp_path, VECTORS[name][0], said).returncode == 1


def test_the_outsiders_check_is_thirty_lines():
    assert len(block("python check.py").splitlines()) <= 30


def test_the_outsiders_check_follows_a_whole_panel_draw(tmp_path):
    """Thirty seats in six rooms out of 36 judges of twelve units, chiefs and recusals: two programs, one result."""
    judges = tuple(
        drawing.Item(
            f"J{n:02d}",
            chief="yes" if n % 4 == 0 else "only" if n % 9 == 1 else "",
            bars=frozenset([f"R{n % 6 + 1}"]) if n % 3 == 0 else frozenset(),
            traits={"unit": f"U{n // 3:02d}"},
        )
        for n in range(36)
    )
    rooms = tuple(drawing.Place(f"R{n}", 5, chiefs=1) for n in range(1, 7))
    plan = drawing.Plan("seats", rooms, judges, drawing.Rules(distinct="unit", reserve=True))
    said = drawing.transcript(plan, EVENT, PUBLIC, contributions())
    done = outsider(tmp_path, drawing.plan_text(plan), said)
    assert (done.returncode, done.stdout) == (0, "fits\n"), done.stderr


@pytest.mark.skipif(not (shutil.which("sha256sum") and shutil.which("sh")), reason="no coreutils here")
def test_the_worked_ticket_with_ordinary_tools():
    done = subprocess.run(["sh", "-c", block("sh worked")], capture_output=True, text=True, check=True)
    assert ("E002", done.stdout.strip()) in said_by("order")[1]


def run(tmp_path, listed, said):
    files = written(tmp_path, listed, said)
    return CliRunner().invoke(command, ["--list", files[0], "--transcript", files[1]])


@pytest.mark.parametrize("name", VECTORS)
def test_the_command_recomputes(tmp_path, name):
    done = run(tmp_path, VECTORS[name][0], transcript_of(name))
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["wrong"] == [] and found["result"] == said_by(name)[2]
    assert done.stdout.encode() == canonical(found) + b"\n"


def test_the_command_computes_what_is_left_out(tmp_path):
    said = transcript_of("seats")
    del said["result"], said["reserve"]
    done = run(tmp_path, VECTORS["seats"][0], said)
    assert done.exit_code == 0
    assert json.loads(done.stdout)["reserve"] == ["J06", "J02", "J08"]


ONE = {"R1": ["E002", "E003", "E001"], "R2": ["E005", "E004"]}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"result": ONE}, "result"),
        ({"reserve": ["E009"]}, "reserve"),
        ({"purpose": "places"}, "purpose"),
        ({"list_digest": "0" * 64}, "list_digest"),
        ({"seed": "venue-draw-2"}, "seed"),
        ({"public": "0314159紅旗"}, "seed"),
        ({"public": "０314159红旗"}, "public"),
        ({"public": "314159红旗"}, "result"),
        ({"event": EVENT[::-1]}, "seed"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path, change, named):
    done = run(tmp_path, VECTORS["order"][0], transcript_of("order") | change)
    assert done.exit_code == 1
    assert named in json.loads(done.stdout)["wrong"]


def test_a_nonce_exchanged_afterwards_is_named(tmp_path):
    said = transcript_of("order")
    said["contributions"][1]["nonce"] = "f" * 32
    done = run(tmp_path, VECTORS["order"][0], said)
    assert done.exit_code == 1 and json.loads(done.stdout)["wrong"] == ["contributions"]
