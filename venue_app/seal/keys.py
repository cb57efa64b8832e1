"""The laptop's own keys: made at first start, kept for this user, never shown.

Ed25519 speaks for the journal, its checkpoints, page codes and bundles. P-256
signs report files and answers for the venue's LAN, because neither PDF readers
nor browsers take Ed25519. Only public parts leave this module, except to the
signer of report files; the private files are readable by this user alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from venue_app.base.clock import Clock, SystemClock
from venue_app.base.errors import Known
from venue_app.base.paths import data_dir
from venue_app.journal import Checkpoint, checkpoint
from venue_app.seal import certificates, statement
from venue_app.seal.certificates import TlsIdentity
from venue_app.seal.statement import PageStatement

BUNDLE_DOMAIN = b"venue-app.bundle.v1\n"
"""Stands before what is signed for a bundle, so that the signature means nothing elsewhere."""


def fingerprint(data: bytes, digits: int = 32) -> str:
    """The SHA-256 of public bytes, for people: the first `digits` hex digits in groups of four."""
    return grouped(sha256(data).hexdigest()[:digits])


def grouped(text: str) -> str:
    """Hex digits as people compare them: upper case, in groups of four."""
    return " ".join(text[at : at + 4].upper() for at in range(0, len(text), 4))


@dataclass(frozen=True, slots=True)
class VenueKeys:
    """The keys of this laptop. Its repr shows where they are kept and nothing of them."""

    folder: Path
    document: x509.Certificate = field(repr=False)
    _journal_key: Ed25519PrivateKey = field(repr=False)
    _document_key: ec.EllipticCurvePrivateKey = field(repr=False)
    _authority_key: ec.EllipticCurvePrivateKey = field(repr=False)
    _tls_key: ec.EllipticCurvePrivateKey = field(repr=False)

    @property
    def public(self) -> bytes:
        """The 32 raw bytes of the Ed25519 public key."""
        return self._journal_key.public_key().public_bytes_raw()

    def announced(self) -> dict[str, str]:
        """What the first entry of a journal says of the keys that speak for it, all in hex.

        `ed25519` is the raw public key, `pdf` the SHA-256 of the report signer's certificate (DER), `tls`
        and `authority` the SHA-256 of the public keys (SPKI) that answer and vouch on the LAN.
        """
        return {
            "ed25519": self.public.hex(),
            "pdf": sha256(certificates.der(self.document)).hexdigest(),
            "tls": sha256(certificates.spki(self._tls_key)).hexdigest(),
            "authority": sha256(certificates.spki(self._authority_key)).hexdigest(),
        }

    def fingerprints(self) -> dict[str, str]:
        """The same keys as people compare them: 32 hex digits in groups of four."""
        return {"ed25519": fingerprint(self.public)} | {
            name: grouped(digest[:32]) for name, digest in self.announced().items() if name != "ed25519"
        }

    def sign_checkpoint(self, said: Checkpoint) -> bytes:
        """The checkpoint as a signed note."""
        return checkpoint.sign(said, self._journal_key)

    def sign_page(self, page: PageStatement) -> str:
        """The text of a page's code."""
        return statement.make(page, self._journal_key)

    def sign_manifest(self, manifest: bytes) -> bytes:
        """The 64 bytes of signature for a bundle's manifest."""
        return self._journal_key.sign(BUNDLE_DOMAIN + manifest)

    def sign_bytes(self, domain: bytes, data: bytes) -> bytes:
        """64 bytes of signature for `data` under a domain of its own."""
        return self._journal_key.sign(domain + data)

    def document_signer(self) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
        """Key and certificate for report files; `pdfsign` alone asks for them."""
        return self._document_key, self.document

    def tls(
        self, addresses: Sequence[str], names: Sequence[str] = ("localhost",), clock: Clock | None = None
    ) -> TlsIdentity:
        """The certificate under which the laptop answers at these IP addresses and `.local` names.

        Made anew when the addresses change or less than a week of it is left. Its key stays, and so does
        the authority's: a station that pinned the key goes on.
        """
        now = (clock or SystemClock()).wall_ms()
        try:
            return certificates.tls_identity(
                self.folder, self._authority_key, self._tls_key, addresses, names, now
            )
        except OSError as error:
            raise Known("seal.keys_unwritable", folder=str(self.folder)) from error


def verify_manifest(manifest: bytes, signature: bytes, public: bytes) -> bool:
    """Whether `public` (32 raw bytes) signed this bundle manifest."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, BUNDLE_DOMAIN + manifest)
    except (InvalidSignature, ValueError):
        return False
    return True


def load_or_create(folder: Path | None = None) -> VenueKeys:
    """This laptop's keys, made now if there are none; the folder is the user's own unless given.

    `seal.keys_unwritable` when they cannot be kept; `seal.keys_damaged` when a file is spoiled: it is
    not replaced in silence, for papers already signed name the old key.
    """
    folder = folder or data_dir() / "keys"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        document_key = _p256(folder / "document.key")
        return VenueKeys(
            folder=folder,
            document=_document(folder / "document.crt", document_key),
            _journal_key=_ed25519(folder / "journal.key"),
            _document_key=document_key,
            _authority_key=_p256(folder / "authority.key"),
            _tls_key=_p256(folder / "tls.key"),
        )
    except OSError as error:
        raise Known("seal.keys_unwritable", folder=str(folder)) from error
    except (ValueError, TypeError, UnsupportedAlgorithm):
        # The cause is dropped on purpose: a parser's message may quote what it parsed.
        raise Known("seal.keys_damaged", folder=str(folder)) from None


def _ed25519(path: Path) -> Ed25519PrivateKey:
    found = _load(path, Ed25519PrivateKey.generate)
    if not isinstance(found, Ed25519PrivateKey):
        raise ValueError("not an Ed25519 key")
    return found


def _p256(path: Path) -> ec.EllipticCurvePrivateKey:
    found = _load(path, certificates.new_p256)
    if not isinstance(found, ec.EllipticCurvePrivateKey) or found.curve.name != "secp256r1":
        raise ValueError("not a P-256 key")
    return found


def _load(path: Path, make: Callable[[], Ed25519PrivateKey | ec.EllipticCurvePrivateKey]) -> PrivateKeyTypes:
    """The private key in `path`, made when there is none; nobody but this user may read the file."""
    if not path.exists():
        pem = make().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        certificates.keep(path, pem, 0o600)
    path.chmod(0o600)
    return serialization.load_pem_private_key(path.read_bytes(), password=None)


def _document(path: Path, key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    if not path.exists():
        certificates.keep(path, certificates.pem(certificates.document_certificate(key)), 0o644)
    found = x509.load_pem_x509_certificate(path.read_bytes())
    if found.public_key() != key.public_key():
        raise ValueError("the certificate is of another key")
    return found
