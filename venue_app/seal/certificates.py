"""P-256 certificates: for signing report files, and for answering on the venue's LAN.

The venue authority may vouch only for addresses of private networks, `.local`
names, and whatever odd address this very laptop has; it lives 30 days at most,
so that a tablet that took it in is not left trusting it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_DAY = 86_400_000
_LIFE = 29 * _DAY  # and a day before now, for clocks that are behind: 30 in all
_SPARE = 7 * _DAY
_PRIVATE = tuple(
    ip_network(text)
    for text in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "169.254.0.0/16",
        "127.0.0.0/8",
        "fc00::/7",
        "fe80::/10",
        "::1/128",
    )
)
_NAMES = ("local", "localhost")


@dataclass(frozen=True, slots=True)
class TlsIdentity:
    """How the laptop answers on the LAN.

    `chain` (leaf, then authority) and `key` are PEM files for `ssl.SSLContext.load_cert_chain`;
    `leaf_sha256` is of the leaf's DER, `key_sha256` of its public key (SPKI) and stays when the leaf is
    renewed; `authority_pem` is what a tablet may install; `not_after` is wall time in ms.
    """

    chain: Path
    key: Path
    leaf_sha256: bytes
    key_sha256: bytes
    authority_pem: bytes
    not_after: int


def new_p256() -> ec.EllipticCurvePrivateKey:
    """A fresh P-256 key."""
    return ec.generate_private_key(ec.SECP256R1())


def der(certificate: x509.Certificate) -> bytes:
    """The certificate's bytes, as fingerprints are taken of them."""
    return certificate.public_bytes(serialization.Encoding.DER)


def spki(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public key as certificates carry it."""
    return key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def pem(certificate: x509.Certificate) -> bytes:
    """The certificate as text."""
    return certificate.public_bytes(serialization.Encoding.PEM)


def _when(wall_ms: int) -> datetime:
    return datetime.fromtimestamp(wall_ms // 1000, UTC)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, sign: bool = False, vouch: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not vouch,
        content_commitment=sign,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=vouch,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def document_certificate(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    """A certificate for signing report files, in its own name.

    Its dates are wide on purpose: offline there is no trusted time, and a paper is checked years later.
    """
    name = _name(f"venue-app report signer {sha256(spki(key)).hexdigest()[:16]}")
    return (
        _builder(name, name, key, datetime(2020, 1, 1, tzinfo=UTC), datetime(2049, 12, 31, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(sign=True), critical=True)
        .sign(key, hashes.SHA256())
    )


def _read(path: Path) -> list[x509.Certificate]:
    """The certificates in a PEM file; none when it is missing or spoiled, for these can be made again."""
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return []


def _fresh(certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey, now: int) -> bool:
    return (
        certificate.public_key() == key.public_key()
        and certificate.not_valid_before_utc <= _when(now)
        and _when(now + _SPARE) <= certificate.not_valid_after_utc
    )


def _networks(addresses: Sequence[str]) -> list[IPv4Network | IPv6Network]:
    """The private networks, and each of our own addresses that lies in none of them."""
    odd = [ip for ip in map(ip_address, addresses) if not any(ip in network for network in _PRIVATE)]
    return [*_PRIVATE, *(ip_network(ip) for ip in odd)]


def _constraints(addresses: Sequence[str]) -> x509.NameConstraints:
    return x509.NameConstraints(
        permitted_subtrees=[
            *(x509.DNSName(name) for name in _NAMES),
            *(x509.IPAddress(network) for network in _networks(addresses)),
        ],
        excluded_subtrees=None,
    )


def _authority(
    path: Path, key: ec.EllipticCurvePrivateKey, addresses: Sequence[str], now: int
) -> x509.Certificate:
    wanted = _constraints(addresses)
    for found in _read(path):
        if _fresh(found, key, now):
            held = found.extensions.get_extension_for_class(x509.NameConstraints).value
            if set(wanted.permitted_subtrees or ()) <= set(held.permitted_subtrees or ()):
                return found
    name = _name(f"venue-app venue authority {sha256(spki(key)).hexdigest()[:16]}")
    made = (
        _builder(name, name, key, _when(now - _DAY), _when(now + _LIFE))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(vouch=True), critical=True)
        .add_extension(wanted, critical=True)
        .sign(key, hashes.SHA256())
    )
    replace(path, pem(made), 0o644)
    return made


def tls_identity(
    folder: Path,
    authority_key: ec.EllipticCurvePrivateKey,
    leaf_key: ec.EllipticCurvePrivateKey,
    addresses: Sequence[str],
    names: Sequence[str],
    now: int,
) -> TlsIdentity:
    """The LAN certificate for these addresses, the stored one when it still fits.

    Raises `ValueError` for an address that is none, or a name that does not end in `.local`.
    """
    plain = sorted({str(ip_address(address.partition("%")[0])) for address in addresses})
    hosts = sorted({name.lower() for name in names})
    if any(name != "localhost" and not name.endswith(".local") for name in hosts):
        raise ValueError("the venue's names end in .local")
    authority = _authority(folder / "authority.crt", authority_key, plain, now)
    wanted = x509.SubjectAlternativeName(
        [*(x509.DNSName(name) for name in hosts), *(x509.IPAddress(ip_address(ip)) for ip in plain)]
    )
    chain = folder / "tls.crt"
    leaf = _stored_leaf(chain, leaf_key, authority, wanted, now)
    if leaf is None:
        leaf = _new_leaf(leaf_key, authority_key, authority, wanted, now)
        replace(chain, pem(leaf) + pem(authority), 0o644)
    return TlsIdentity(
        chain=chain,
        key=folder / "tls.key",
        leaf_sha256=sha256(der(leaf)).digest(),
        key_sha256=sha256(spki(leaf_key)).digest(),
        authority_pem=pem(authority),
        not_after=int(leaf.not_valid_after_utc.timestamp()) * 1000,
    )


def _stored_leaf(
    chain: Path,
    key: ec.EllipticCurvePrivateKey,
    authority: x509.Certificate,
    wanted: x509.SubjectAlternativeName,
    now: int,
) -> x509.Certificate | None:
    found = _read(chain)
    if len(found) != 2 or found[1] != authority or not _fresh(found[0], key, now):
        return None
    held = found[0].extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return found[0] if held == wanted else None


def _new_leaf(
    key: ec.EllipticCurvePrivateKey,
    authority_key: ec.EllipticCurvePrivateKey,
    authority: x509.Certificate,
    wanted: x509.SubjectAlternativeName,
    now: int,
) -> x509.Certificate:
    end = min(_when(now + _LIFE), authority.not_valid_after_utc)
    return (
        _builder(_name("venue-app"), authority.subject, key, _when(now - _DAY), end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(wanted, critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
        )
        .sign(authority_key, hashes.SHA256())
    )


def replace(path: Path, data: bytes, mode: int) -> None:
    """Write a file whole or not at all, readable as `mode` says from its first moment."""
    part = _part(path, data, mode)
    part.replace(path)


def keep(path: Path, data: bytes, mode: int) -> None:
    """As `replace`, but the file that is there first stays: of two programs that start at once, one wins."""
    part = _part(path, data, mode)
    try:
        path.hardlink_to(part)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        if not path.exists():
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _part(path: Path, data: bytes, mode: int) -> Path:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part
