"""Signatures of stations: what is signed, by whom, and that `verify` sees what does not fit."""

from __future__ import annotations

import subprocess
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from tests import world
from venue_app.base.errors import Known
from venue_app.base.ids import new_id
from venue_app.domain import commands as c
from venue_app.domain import entries as e
from venue_app.domain.record import decode, encode
from venue_app.domain.signing import DeviceKey, is_public_key, plain_mark, sheet_text, signed_by
from venue_app.host.audit import audit
from venue_app.venue import Venue

KEY = world.KEY


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("27.50", "27.5"), ("16.0", "16"), ("16", "16"), ("0.00", "0"), ("007.05", "7.05"), ("0", "0"), ("100", "100"),
        (".5", ".5"), ("-1", "-1"), ("1e3", "1e3"), ("", ""), ("２", "２"),
    ],
)  # fmt: skip
def test_a_mark_in_its_plainest_form(text: str, plain: str) -> None:
    assert plain_mark(text) == plain


@given(st.decimals(0, 999999, places=3))
def test_the_plainest_form_is_the_same_number(number) -> None:
    from decimal import Decimal

    text = plain_mark(f"{number:f}")
    assert Decimal(text) == number
    assert text == "0" or not text.startswith("0") or text.startswith("0.")
    assert not ("." in text and text.endswith("0"))


def test_what_is_signed_holds_every_field() -> None:
    said = sheet_text("e1", "R1-3", "R1", 17, {"b": "2.50", "a": "1.0"}, "s1")
    assert said == (
        b'venue-sheet-1\n{"event":"e1","lot":17,"marks":{"a":"1","b":"2.5"},"room":"R1","seat":"R1-3","sheet":"s1"}'
    )


def test_openssl_finds_the_signature_good_too(tmp_path: Path) -> None:
    said = sheet_text("e1", "R1-3", "R1", 17, {"a": "1.0"}, "s1")
    raw = bytes.fromhex(KEY.sign(said))
    point = bytes.fromhex(KEY.public.removeprefix("p256:"))
    spki = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200") + point
    (tmp_path / "key.der").write_bytes(spki)
    (tmp_path / "said").write_bytes(said)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    (tmp_path / "signature").write_bytes(der)
    found = subprocess.run(
        ["openssl", "dgst", "-sha256", "-keyform", "DER", "-verify", "key.der", "-signature", "signature", "said"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.stdout.strip() == "Verified OK"


def test_only_the_key_that_signed_fits() -> None:
    said = b"anything"
    signature = KEY.sign(said)
    other = DeviceKey()
    assert signed_by([other.public, KEY.public], said, signature)
    assert not signed_by([other.public], said, signature)
    assert not signed_by([KEY.public], said + b" ", signature)
    assert not signed_by([], said, signature)
    for wrong in ("", "00", "zz" * 64, "0" * 128, "f" * 128, signature[:-2], signature + "00"):
        assert not signed_by([KEY.public, "p256:04", "x"], said, wrong)


def test_a_key_survives_its_text_and_a_point_off_the_curve_is_none() -> None:
    assert DeviceKey.read(KEY.secret).public == KEY.public
    assert len(KEY.secret) == 64
    assert is_public_key(KEY.public)
    for wrong in (
        "",
        "p256:",
        KEY.public[:-2],
        KEY.public[:-1] + ("0" if KEY.public[-1] != "0" else "1"),
        "p256:04" + "0" * 128,
    ):
        assert not is_public_key(wrong)  # fmt: skip


# ---- the venue takes only what is signed ----


def joined(path: Path) -> Venue:
    venue = world.prepared(path)
    venue.ask(
        c.JoinStation(seat="R1-1", device="d", device_name="平板", public_key=KEY.public), world.PROCTOR
    )
    world.on_floor(venue)
    return venue


def submission(signature: str, seat: str = "R1-1", carried: str = "") -> c.SubmitSheet:
    return c.SubmitSheet(room="R1", lot=1, seat=seat, marks=world.MARKS, signature=signature, carried=carried)


def signature(sub: str, seat: str = "R1-1", lot: int = 1, key: DeviceKey = KEY, event: str = "e" * 32) -> str:
    return key.sign(sheet_text(event, seat, "R1", lot, world.MARKS, sub))


def test_a_signed_sheet_is_taken_and_its_signature_kept(tmp_path: Path) -> None:
    venue = joined(tmp_path / "e.venue")
    sub = new_id()
    signed = signature(sub)
    reply = venue.ask(submission(signed), world.judge("R1-1"), sub)
    assert reply.sheet is not None
    assert (reply.sheet.signature, reply.sheet.carried) == (signed, "")
    venue.close()


@pytest.mark.parametrize(
    "case", ["none", "other key", "other sheet", "other lot", "other event", "other seat"]
)
def test_a_sheet_signed_otherwise_is_refused(tmp_path: Path, case: str) -> None:
    venue = joined(tmp_path / "e.venue")
    sub = new_id()
    wrong = {
        "none": "",
        "other key": signature(sub, key=DeviceKey()),
        "other sheet": signature(new_id()),
        "other lot": signature(sub, lot=2),
        "other event": signature(sub, event="f" * 32),
        "other seat": signature(sub, seat="R1-2"),
    }[case]
    size = venue.state.size
    with pytest.raises(Known) as error:
        venue.ask(submission(wrong), world.judge("R1-1"), sub)
    assert error.value.code == "venue.signature_wrong"
    assert venue.state.size == size
    venue.close()


def test_a_seat_without_a_key_needs_no_signature_but_a_carried_sheet_does(tmp_path: Path) -> None:
    venue = joined(tmp_path / "e.venue")
    with pytest.raises(Known) as error:
        venue.ask(submission("", "R1-2", carried="考务"), world.judge("R1-2"), new_id())
    assert error.value.code == "venue.signature_wrong"
    assert venue.ask(submission("", "R1-2"), world.judge("R1-2"), new_id()).sheet is not None
    venue.close()


def test_a_device_that_was_replaced_can_still_be_read_from_its_file(tmp_path: Path) -> None:
    venue = joined(tmp_path / "e.venue")
    venue.ask(c.ReleaseStation(seat="R1-1", reason="没电"), world.PROCTOR)
    new = DeviceKey()
    venue.ask(
        c.JoinStation(seat="R1-1", device="d2", device_name="平板2", public_key=new.public), world.PROCTOR
    )
    assert venue.state.keys["R1-1"] == (KEY.public, new.public)
    sub = new_id()
    assert venue.ask(submission(signature(sub), carried="考务"), world.judge("R1-1"), sub).sheet is not None
    venue.close()


def test_a_key_that_is_none_is_refused(tmp_path: Path) -> None:
    venue = world.prepared(tmp_path / "e.venue")
    off = "p256:04" + "11" * 64
    with pytest.raises(Known) as error:
        venue.ask(c.JoinStation(seat="R1-1", device="d", device_name="x", public_key=off), world.PROCTOR)
    assert error.value.code == "venue.key_unusable"
    assert venue.state.stations == {}
    venue.close()


# ---- and `verify` checks it again ----


def journal(venue: Venue) -> list[bytes]:
    found: list[bytes] = []
    venue.with_journal(lambda j: found.extend(raw for _, raw in j.entries()))
    venue.close()
    return found


def verdict(raw: list[bytes]) -> list[tuple[bool | None, dict]]:
    return [(point.ok, dict(point.params)) for point in audit(raw) if point.code == "audit.signatures"]


def test_verify_counts_good_signatures_and_names_the_entry_of_a_bad_one(tmp_path: Path) -> None:
    venue = joined(tmp_path / "e.venue")
    sub = new_id()
    venue.ask(submission(signature(sub)), world.judge("R1-1"), sub)
    world.send(venue, "R1-2")  # no key, no signature: nothing to check
    raw = journal(venue)
    assert verdict(raw) == [(True, {"count": 1, "seq": None})]
    at = next(i for i, r in enumerate(raw) if isinstance(decode(r).data, e.SheetReceived))
    record = decode(raw[at])
    for change in ({"signature": ""}, {"signature": signature(sub, key=DeviceKey())}):
        data = msgspec.structs.replace(record.data, **change)
        forged = [*raw[:at], encode(msgspec.structs.replace(record, data=data)), *raw[at + 1 :]]
        assert verdict(forged) == [(False, {"count": 1, "seq": at})]


def test_verify_says_nothing_of_signatures_where_no_device_has_a_key(tmp_path: Path) -> None:
    venue = world.prepared(tmp_path / "e.venue")
    world.on_floor(venue)
    world.send(venue, "R1-2")
    assert verdict(journal(venue)) == []
