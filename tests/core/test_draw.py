"""The draw: its test vector, its independence of the list's order, and what it refuses."""

from __future__ import annotations

import hashlib
import json

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from venue_app.base.errors import Known
from venue_app.cli.draw import draw as command
from venue_app.rules import draw

LIST = "R1,E001\nR1,E002\nR1,E003\nR2,E004\nR2,E005\n"
STRATA = {"R2": ["E005", "E004"], "R1": ["E003", "E001", "E002"]}
EVENT = "00000000000000000000000000000001"
NONCE = "000102030405060708090a0b0c0d0e0f"
# Worked with coreutils' sha256sum and sort, not with this program.
DIGEST = "d2db1731752cccd5897c323ec520c997135db5a0feac7dee48858e8c0d589f92"
COMMITMENT = "7371b1c04bf089d1effdb39b4477cf4b0c164e68384f1c08177d41f6713f0d06"
ORDER = {"R1": ["E003", "E002", "E001"], "R2": ["E005", "E004"]}
SEED = f"venue-draw-1,{EVENT},{DIGEST},314159,{NONCE}"


def transcript(**changes):
    return {
        "event": EVENT,
        "method": "sha256-ticket-1",
        "list_digest": DIGEST,
        "commitment": COMMITMENT,
        "public": "314159",
        "nonce": NONCE,
        "seed": SEED,
        "order": ORDER,
    } | changes


def run(tmp_path, said, listed=LIST):
    (tmp_path / "list").write_text(listed, encoding="utf-8")
    (tmp_path / "said").write_text(json.dumps(said), encoding="utf-8")
    files = ["--list", str(tmp_path / "list"), "--transcript", str(tmp_path / "said")]
    return CliRunner().invoke(command, files)


def test_vector():
    assert draw.list_text(STRATA) == LIST
    assert draw.list_digest(STRATA) == DIGEST
    assert draw.commitment(NONCE) == COMMITMENT
    assert draw.seed_text(EVENT, DIGEST, "314159", NONCE) == SEED
    assert draw.order_all(SEED, STRATA) == {room: tuple(names) for room, names in ORDER.items()}


def test_the_command_agrees(tmp_path):
    result = run(tmp_path, transcript())
    assert result.exit_code == 0
    assert json.loads(result.stdout)["order"] == ORDER


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"commitment": "0" * 64}, "commitment"),
        ({"seed": SEED + "x"}, "seed"),
        ({"order": {"R1": ORDER["R1"][::-1], "R2": ORDER["R2"]}}, "order"),
        ({"method": "shuffle"}, "method"),
        ({"public": "314158"}, "seed"),
        ({"nonce": NONCE[::-1]}, "commitment"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path, change, named):
    result = run(tmp_path, transcript(**change))
    assert result.exit_code == 1
    assert named in json.loads(result.stdout)["wrong"]


def test_a_person_more_changes_the_digest(tmp_path):
    result = run(tmp_path, transcript(), LIST + "R2,E006\n")
    assert result.exit_code == 1 and "list_digest" in json.loads(result.stdout)["wrong"]


@pytest.mark.parametrize("line", ["E001", "R1,", "R1,E001\nR1,E001", "R1,张三", "R1,E1,E2"])
def test_a_bad_list_is_refused(tmp_path, line):
    result = run(tmp_path, transcript(), line)
    assert isinstance(result.exception, Known) and result.exception.code == "draw.list_line"


names = st.lists(st.text("ABC0123456789", min_size=1, max_size=6), min_size=1, max_size=30, unique=True)


@given(names, st.randoms(use_true_random=False))
def test_the_order_of_the_list_does_not_matter(listed, shuffle):
    other = list(listed)
    shuffle.shuffle(other)
    assert draw.order("seed", listed) == draw.order("seed", other)


@given(names, st.data())
def test_a_withdrawal_leaves_everyone_else_in_place(listed, data):
    gone = data.draw(st.sampled_from(listed))
    rest = [x for x in listed if x != gone]
    assert draw.order("s", rest) == tuple(x for x in draw.order("s", listed) if x != gone)


@given(names)
def test_a_ticket_is_what_a_pocket_tool_prints(listed):
    by_tool = sorted(listed, key=lambda x: (hashlib.sha256(b"s," + x.encode()).hexdigest(), x))
    assert list(draw.order("s", listed)) == by_tool


@pytest.mark.parametrize(("typed", "enters"), [("３1 4\n", "314"), (" 红 旗 ", "红旗"), ("007", "007")])
def test_what_is_typed_is_made_plain(typed, enters):
    assert draw.public_text(typed) == enters


@pytest.mark.parametrize("typed", ["", "   ", "1,2", "1，2", "a\u200b"])
def test_what_cannot_enter_the_seed_is_refused(typed):
    with pytest.raises(Known):
        draw.public_text(typed)
