"""Contributions of several, the seed they make, and what is refused. Digests were worked with sha256sum."""

from __future__ import annotations

from itertools import permutations

import pytest

from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, catalogue, say
from venue_app.rules import draw
from venue_app.rules.drawing import Contribution, commit, join_seed, nonce_text, party_name
from venue_app.rules.drawing.seed import fits

EVENT, DIGEST = "E" * 32, "0" * 64
NOTARY = "0000000000000000000000000000000000000007"
DICE = "3141592653589793238462643383279502884197"
PROGRAM = "000102030405060708090a0b0c0d0e0f"
SHOWN = {
    "candidates": "0f7463c44522d4136b30489f305e9721e4ba588b69abe51a92ab125615f154b1",
    "notary": "5866b41d0e89726ec1eb725da35ed7aa31f4b8c47c5dfc3566bb94b2ba0d8566",
    "program": "7371b1c04bf089d1effdb39b4477cf4b0c164e68384f1c08177d41f6713f0d06",
}
PARTS = (
    Contribution("program", SHOWN["program"], PROGRAM),
    Contribution("notary", SHOWN["notary"], NOTARY, "envelope"),
    Contribution("candidates", SHOWN["candidates"], DICE),
)


def test_commitments():
    assert commit("candidates", DICE) == SHOWN["candidates"]
    assert commit("notary", NOTARY) == SHOWN["notary"]
    assert commit("program", PROGRAM) == SHOWN["program"] == draw.commitment(PROGRAM)


def test_the_order_in_which_parties_reveal_does_not_matter():
    wanted = f"venue-draw-2,{EVENT},{DIGEST},0271,candidates={DICE},notary={NOTARY},program={PROGRAM}"
    assert {join_seed(EVENT, DIGEST, "0271", parts) for parts in permutations(PARTS)} == {wanted}


def test_an_opened_envelope_gives_the_same_seed_as_the_party_itself():
    willing = (PARTS[0], Contribution("notary", SHOWN["notary"], NOTARY), PARTS[2])
    assert join_seed(EVENT, DIGEST, "1", willing) == join_seed(EVENT, DIGEST, "1", PARTS)


def test_an_envelope_that_holds_something_else_is_void_and_the_draw_goes_on():
    void = Contribution("notary", SHOWN["notary"], "", "void")
    assert join_seed(EVENT, DIGEST, "1", (PARTS[0], void)).endswith(f",1,notary=void,program={PROGRAM}")


@pytest.mark.parametrize(
    "part",
    [
        Contribution("notary", SHOWN["notary"], NOTARY[:-1] + "8"),
        Contribution("notary", SHOWN["notary"], ""),
        Contribution("notary", SHOWN["notary"], NOTARY, "void"),  # void, yet it would bring in a number
        Contribution("notary", "", "", "void"),  # never promised anything
        Contribution("supervisor", SHOWN["notary"], NOTARY),  # somebody else's commitment copied
        Contribution("notary", commit("notary", "7"), "7"),  # too short to be unknown
        Contribution("notary", commit("notary", PROGRAM.upper()), PROGRAM.upper()),
        Contribution("notary", commit("notary", f"{PROGRAM}\n"), f"{PROGRAM}\n"),
    ],
)
def test_a_part_that_does_not_fit_its_commitment(part):
    assert not fits(part)
    with pytest.raises(Known) as caught:
        join_seed(EVENT, DIGEST, "1", (PARTS[0], part))
    assert (caught.value.code, caught.value.params["party"]) == ("draw.commitment_broken", part.party)


def refused(code, *parts, event=EVENT):
    with pytest.raises(Known) as caught:
        join_seed(event, DIGEST, "1", parts)
    assert caught.value.code == code


def test_what_cannot_be_joined():
    refused("draw.party_twice", PARTS[0], PARTS[1], PARTS[0])
    refused("draw.no_contribution")
    refused("draw.no_contribution", Contribution("notary", SHOWN["notary"], "", "void"))
    refused("draw.name", PARTS[0], event="E,1")
    refused("draw.party", Contribution("公证员", commit("公证员", NOTARY), NOTARY))
    refused("draw.party", Contribution("a=b", commit("a=b", NOTARY), NOTARY))


@pytest.mark.parametrize("typed", ["notary", "candidates-2", "x"])
def test_a_party(typed):
    assert party_name(typed) == typed


@pytest.mark.parametrize("typed", ["", "Notary", "2nd", "not ary", "notary,", "notary\n", "n" * 33])
def test_no_party(typed):
    with pytest.raises(Known):
        party_name(typed)


@pytest.mark.parametrize(
    ("typed", "enters"),
    [
        (PROGRAM, PROGRAM),
        ("0001 0203-0405 0607 0809 0A0B 0C0D 0E0F\n", PROGRAM),
        ("００010203　0405060708090ａ0b0c0d0e0f", PROGRAM),
        (NOTARY, NOTARY),  # leading zeros are kept
    ],
)
def test_a_nonce_is_made_plain(typed, enters):
    assert nonce_text(typed) == enters


@pytest.mark.parametrize("typed", ["", "0", PROGRAM[:-1], "g" * 32, "a" * 65, "٠" * 31])
def test_a_nonce_is_refused(typed):
    with pytest.raises(Known) as caught:
        nonce_text(typed)
    assert caught.value.code == "draw.nonce"


@pytest.mark.parametrize(
    ("typed", "enters"),
    [("０７ 1", "071"), ("é 4", "é4"), ("e \u0301", "é"), ("ＡⅣ", "AIV"), ("007", "007")],
)
def test_the_public_part_is_made_plain_once_and_for_all(typed, enters):
    assert draw.public_text(typed) == enters
    assert draw.public_text(enters) == enters


@pytest.mark.parametrize(
    "typed", ["1\ufe0f", "1\u200d2", "\u3164", "1\u00ad", "1\u202e2", "1\U000e01002", "1、,2"]
)
def test_signs_that_nobody_sees_are_refused(typed):
    with pytest.raises(Known) as caught:
        draw.public_text(typed)
    assert caught.value.code == "draw.public_comma"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_conflict_is_a_sentence(lang):
    said = {"places": "R1", "seats": 3, "able": 2, "items": "J1", "units": "U1", "barred": "J2/R1"}
    for kind in ("count", "apart", "seats", "chiefs", "both"):
        sentence = say(Known(f"draw.conflict_{kind}", **said), lang)
        assert "R1" in sentence and "{" not in sentence
    keys = {key for key in catalogue(lang) if key.startswith("draw.")}
    assert keys == {key for key in catalogue("zh-CN") if key.startswith("draw.")}
