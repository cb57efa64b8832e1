"""Joining codes by themselves, with time in our hands."""

from __future__ import annotations

import hashlib

import pytest

from tests.world import FakeClock
from venue_app.base.errors import Known
from venue_app.lan.limits import GuessLimits
from venue_app.lan.pairing import PairingDesk, device_id

LIMITS = GuessLimits(life_ms=600_000, per_address=5, in_all=12, window_ms=300_000)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def desk(clock: FakeClock) -> PairingDesk:
    return PairingDesk(clock, LIMITS)


def refused(desk: PairingDesk, code: str, address: str = "10.0.0.9") -> Known:
    with pytest.raises(Known) as error:
        desk.redeem(code, address)
    return error.value


def test_a_code_opens_its_seat_once(desk: PairingDesk) -> None:
    code = desk.issue("R1-3")
    assert desk.redeem(code.code, "10.0.0.1").seat == "R1-3"
    assert refused(desk, code.code).code == "lan.code_wrong"


def test_a_code_is_read_as_people_type_it(desk: PairingDesk) -> None:
    code = desk.issue("R1-3")
    typed = f" {code.shown.lower().replace('0', 'o').replace('1', 'l')} "
    assert desk.redeem(typed, "10.0.0.1").seat == "R1-3"


def test_a_code_dies_after_its_life(desk: PairingDesk, clock: FakeClock) -> None:
    late, in_time = desk.issue("R1-1"), desk.issue("R1-2")
    clock.pass_ms(599_999)
    assert desk.redeem(in_time.code, "10.0.0.1").seat == "R1-2"
    clock.pass_ms(1)
    assert refused(desk, late.code).code == "lan.code_expired"
    assert refused(desk, late.code).code == "lan.code_wrong"


def test_a_life_can_be_a_day_for_printed_cards(desk: PairingDesk, clock: FakeClock) -> None:
    code = desk.issue("R1-1", life_ms=86_400_000)
    clock.pass_ms(80_000_000)
    assert desk.redeem(code.code, "10.0.0.1").seat == "R1-1"


def test_a_new_code_makes_the_old_one_worthless(desk: PairingDesk) -> None:
    old, new = desk.issue("R1-1"), desk.issue("R1-1")
    assert refused(desk, old.code).code == "lan.code_wrong"
    assert desk.redeem(new.code, "10.0.0.1").seat == "R1-1"


def test_codes_for_all_seats_differ_and_wait(desk: PairingDesk) -> None:
    seats = [f"S{n}" for n in range(200)]
    codes = desk.issue_all(seats)
    assert len({c.code for c in codes}) == 200
    assert [c.seat for c in desk.waiting()] == sorted(seats)
    assert all(len(c.code) == 6 and c.shown == f"{c.code[:3]}-{c.code[3:]}" for c in codes)


def test_five_wrong_from_one_address_shut_it_out_and_nobody_else(desk: PairingDesk, clock: FakeClock) -> None:
    right = desk.issue("R1-1")
    for _ in range(5):
        assert refused(desk, "ZZZZZZ", "10.0.0.66").code == "lan.code_wrong"
    clock.pass_ms(100_000)
    shut = refused(desk, right.code, "10.0.0.66")
    assert shut.code == "lan.too_many_guesses"
    assert shut.params == {"seconds": 201}
    assert desk.redeem(right.code, "10.0.0.1").seat == "R1-1"


def test_the_address_is_heard_again_after_the_window(desk: PairingDesk, clock: FakeClock) -> None:
    right = desk.issue("R1-1")
    for _ in range(5):
        refused(desk, "ZZZZZZ", "10.0.0.66")
    clock.pass_ms(300_000)
    assert desk.redeem(right.code, "10.0.0.66").seat == "R1-1"


def test_many_addresses_together_shut_everybody_out_until_pardoned(desk: PairingDesk) -> None:
    right = desk.issue("R1-1")
    for n in range(12):
        refused(desk, "ZZZZZZ", f"10.0.1.{n}")
    assert refused(desk, right.code, "10.0.0.1").code == "lan.too_many_guesses"
    desk.pardon()
    assert desk.redeem(right.code, "10.0.0.1").seat == "R1-1"


def test_a_code_put_back_can_be_used(desk: PairingDesk) -> None:
    code = desk.redeem(desk.issue("R1-1").code, "10.0.0.1")
    desk.put_back(code)
    assert desk.redeem(code.code, "10.0.0.1").seat == "R1-1"


def test_the_journal_name_of_a_device_is_the_digest_of_its_token() -> None:
    token = "0f" * 32
    assert device_id(token) == hashlib.sha256(b"0f" * 32).hexdigest()
