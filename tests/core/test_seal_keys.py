"""The laptop's keys: made once, kept to themselves, and good for what they are for."""

from __future__ import annotations

import asyncio
import os
import pickle
import ssl
import sys
from hashlib import sha256

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from venue_app.base.errors import Known
from venue_app.journal import Checkpoint, checkpoint
from venue_app.seal import certificates
from venue_app.seal.keys import fingerprint, load_or_create, verify_manifest

DAY = 86_400_000


class FixedClock:
    """A clock that stands where it is put."""

    def __init__(self, wall: int) -> None:
        self.wall = wall

    def wall_ms(self) -> int:
        return self.wall

    def mono_ms(self) -> int:
        return 0


@pytest.fixture
def keys(tmp_path):
    return load_or_create(tmp_path / "keys")


def test_keys_are_made_once(tmp_path, keys):
    again = load_or_create(tmp_path / "keys")
    assert again.announced() == keys.announced()
    other = load_or_create(tmp_path / "other")
    assert set(other.announced().values()).isdisjoint(keys.announced().values())


def test_the_users_folder_is_the_default(tmp_path, monkeypatch):
    monkeypatch.setenv("VENUE_APP_HOME", str(tmp_path))
    assert load_or_create().folder == tmp_path / "keys"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_private_files_are_for_this_user_alone(keys):
    (keys.folder / "journal.key").chmod(0o644)
    load_or_create(keys.folder)
    modes = {file.name: oct(file.stat().st_mode & 0o777) for file in keys.folder.glob("*.key")}
    assert modes == dict.fromkeys(("journal.key", "document.key", "authority.key", "tls.key"), "0o600")
    assert oct(keys.folder.stat().st_mode & 0o777) == "0o700"


def test_nothing_private_is_shown(keys):
    shown = repr(keys) + str(keys) + repr(keys.announced()) + repr(keys.tls(["127.0.0.1"]))
    for file in keys.folder.glob("*.key"):
        private = serialization.load_pem_private_key(file.read_bytes(), password=None)
        raw = private.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        assert raw.hex() not in shown
        assert file.read_text(encoding="ascii").split("\n")[1] not in shown
    with pytest.raises(TypeError):
        pickle.dumps(keys)


def test_spoiled_keys_are_told_and_not_replaced(keys):
    file = keys.folder / "journal.key"
    file.write_bytes(b"-----BEGIN PRIVATE KEY-----\nsecret\n")
    with pytest.raises(Known) as caught:
        load_or_create(keys.folder)
    assert caught.value.code == "seal.keys_damaged"
    assert caught.value.__cause__ is None
    assert b"secret" in file.read_bytes()


def test_keys_in_each_others_place_are_told(keys):
    (keys.folder / "journal.key").write_bytes((keys.folder / "tls.key").read_bytes())
    with pytest.raises(Known) as caught:
        load_or_create(keys.folder)
    assert caught.value.code == "seal.keys_damaged"


def test_no_room_for_keys_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="ascii")
    with pytest.raises(Known) as caught:
        load_or_create(tmp_path / "file")
    assert caught.value.code == "seal.keys_unwritable"


def test_of_two_programs_that_start_at_once_one_key_wins(tmp_path):
    path = tmp_path / "k"
    certificates.keep(path, b"first", 0o600)
    certificates.keep(path, b"second", 0o600)
    assert path.read_bytes() == b"first"
    assert [file.name for file in tmp_path.iterdir()] == ["k"]


def test_fingerprints_are_sha256_in_groups_of_four():
    assert fingerprint(b"abc") == "BA78 16BF 8F01 CFEA 4141 40DE 5DAE 2223"
    assert fingerprint(b"abc", 8) == "BA78 16BF"


def test_announced_keys_are_the_ones_that_sign(keys):
    said = keys.announced()
    public = bytes.fromhex(said["ed25519"])
    note = keys.sign_checkpoint(Checkpoint("o", 3, b"\x01" * 32))
    assert checkpoint.verify(note, "o", public).size == 3
    signature = keys.sign_manifest(b"list")
    assert verify_manifest(b"list", signature, public)
    assert not verify_manifest(b"List", signature, public)
    assert not verify_manifest(b"list", signature, b"\x00" * 32)
    der = (keys.document_signer()[1]).public_bytes(serialization.Encoding.DER)
    assert said["pdf"] == sha256(der).hexdigest()


def test_the_lan_certificate_stays_until_the_addresses_change(keys):
    clock = FixedClock(1777600000000)
    first = keys.tls(["192.168.1.5"], ["localhost", "venue.local"], clock)
    same = keys.tls(["192.168.1.5"], ["venue.local", "localhost"], clock)
    moved = keys.tls(["192.168.1.6", "fe80::1%eth0"], ["localhost"], clock)
    assert same == first
    assert moved.leaf_sha256 != first.leaf_sha256
    assert (moved.key_sha256, moved.authority_pem) == (first.key_sha256, first.authority_pem)


def test_certificates_live_thirty_days_at_most_and_are_renewed_in_time(keys):
    clock = FixedClock(1777600000000)
    first = keys.tls(["10.0.0.1"], clock=clock)
    for found in x509.load_pem_x509_certificates(first.chain.read_bytes()):
        assert (found.not_valid_after_utc - found.not_valid_before_utc).days <= 30
    clock.wall += 20 * DAY
    assert keys.tls(["10.0.0.1"], clock=clock) == first
    clock.wall += 3 * DAY
    renewed = keys.tls(["10.0.0.1"], clock=clock)
    assert renewed.not_after > first.not_after
    assert renewed.key_sha256 == first.key_sha256
    clock.wall -= 40 * DAY  # the laptop's clock was set back
    assert keys.tls(["10.0.0.1"], clock=clock).not_after < first.not_after


def test_the_authority_vouches_for_private_networks_and_our_own_odd_address_only(keys):
    clock = FixedClock(1777600000000)
    usual = keys.tls(["192.168.1.5"], clock=clock)
    odd = keys.tls(["59.1.2.3"], clock=clock)
    assert odd.authority_pem != usual.authority_pem
    permitted = [
        str(subtree.value)
        for subtree in x509.load_pem_x509_certificate(odd.authority_pem)
        .extensions.get_extension_for_class(x509.NameConstraints)
        .value.permitted_subtrees
        or ()
    ]
    assert "59.1.2.3/32" in permitted
    assert {"local", "localhost", "192.168.0.0/16", "fe80::/10"} < set(permitted)
    assert "59.1.2.4/32" not in permitted


@pytest.mark.parametrize(
    ("addresses", "names"), [(["not an address"], ["localhost"]), (["10.0.0.1"], ["example.com"])]
)
def test_other_names_are_our_mistake(keys, addresses, names):
    with pytest.raises(ValueError):
        keys.tls(addresses, names)


async def test_a_client_that_trusts_the_authority_connects(keys):
    identity = keys.tls(["127.0.0.1"], ["localhost"])
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(identity.chain, identity.key)

    async def hello(reader, writer):
        writer.write(b"hello")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(hello, "127.0.0.1", 0, ssl=server_side)
    port = server.sockets[0].getsockname()[1]
    client_side = ssl.create_default_context(cadata=identity.authority_pem.decode())
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=client_side)
    assert await reader.read() == b"hello"
    peer = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    assert sha256(peer).digest() == identity.leaf_sha256
    writer.close()
    with pytest.raises(ssl.SSLCertVerificationError):
        await asyncio.open_connection("127.0.0.1", port, ssl=client_side, server_hostname="other.local")
    with pytest.raises(ssl.SSLCertVerificationError):
        await asyncio.open_connection("127.0.0.1", port, ssl=ssl.create_default_context())
    server.close()
    await server.wait_closed()


def test_a_folder_that_turned_read_only_is_told(keys, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Known) as caught:
        keys.tls(["10.9.8.7"])
    assert caught.value.code == "seal.keys_unwritable"
    assert not list(keys.folder.glob("*.part"))
