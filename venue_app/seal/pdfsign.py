"""Report files signed as PAdES B-B with P-256, and the check of such files.

No network is ever asked. pyHanko takes a second to import, so it is imported
where it is used; both functions run their own event loop and so belong in a
worker thread, not in one that already runs a loop.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

if TYPE_CHECKING:
    from venue_app.seal.keys import VenueKeys

FIELD = "venue-app"
_RESERVED = 4096  # hex digits kept for the signature container; ours take about 2,400


class PdfState(Enum):
    """What can be said of a file's signatures."""

    VALID = "valid"
    NOT_SIGNED = "not_signed"
    NOT_WHOLE = "not_whole"
    TAMPERED = "tampered"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class PdfVerdict:
    """The state of a report file, the SHA-256 of its signer's certificate, and the time the signer claims.

    `NOT_WHOLE` means that something was added behind the signed part: the signature is true of what it
    covers, and the file shows something else. The certificate says who only when it is compared with the
    one announced in the journal.
    """

    state: PdfState
    certificate: bytes = b""
    claimed_at: int | None = None


def sign_pdf(pdf: bytes, keys: VenueKeys, at: int) -> bytes:
    """`pdf` with one invisible signature over the whole of it; `at` (wall ms) is the time it claims.

    The same file, keys and time give the same bytes. Nothing may be added afterwards.
    """
    from pyhanko.pdf_utils.generic import ByteStringObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    moment = datetime.fromtimestamp(at // 1000, UTC)

    class TimedSigner(PdfSigner):  # type: ignore[misc, unused-ignore]
        """Claims the venue's time, not the moment the library looks at the clock."""

        def init_signing_session(self, *args: Any, **options: Any) -> Any:
            session = super().init_signing_session(*args, **options)
            session.system_time = moment
            return session

    class StillWriter(IncrementalPdfFileWriter):  # type: ignore[misc, unused-ignore]
        """Leaves the report's own metadata as it is; the library would write the present moment into it."""

        def _update_meta(self) -> None:
            pass

    writer = StillWriter(BytesIO(pdf), strict=False)
    # The library would draw a random file id; one that follows from the content keeps the bytes repeatable.
    writer._document_id[1] = ByteStringObject(sha256(pdf).digest()[:16])
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    out = TimedSigner(metadata, _signer(*keys.document_signer())).sign_pdf(writer, bytes_reserved=_RESERVED)
    return bytes(out.getvalue())


def _signer(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> Any:
    """pyHanko's signer around our key, with RFC 6979 signatures that need no randomness."""
    from asn1crypto.x509 import Certificate  # type: ignore[import-untyped, unused-ignore]
    from pyhanko.sign.signers import Signer
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    class DeterministicSigner(Signer):  # type: ignore[misc, unused-ignore]
        """Signs with the key held here; the key is never handed to the library."""

        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            return key.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))

    return DeterministicSigner(
        signing_cert=Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call, unused-ignore]
        prefer_pss=False,
        embed_roots=True,
    )


def verify_pdf(pdf: bytes) -> PdfVerdict:
    """Check the signatures in a report file; whether the signer is the right one is the caller's to compare."""
    try:
        return _verdict(pdf)
    except Exception:  # noqa: BLE001 - the file may be hostile: however reading it fails, nothing is proved
        return PdfVerdict(PdfState.UNREADABLE)


def _verdict(pdf: bytes) -> PdfVerdict:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    signatures = list(PdfFileReader(BytesIO(pdf), strict=False).embedded_regular_signatures)
    if not signatures:
        return PdfVerdict(PdfState.NOT_SIGNED)
    # Ours is the first and only one: it forbids additions, so a second signature is an addition too.
    ours = signatures[0]
    # The certificate vouches for itself here; the caller compares it with the one announced.
    context = ValidationContext(trust_roots=[ours.signer_cert], allow_fetching=False)
    status = validate_pdf_signature(ours, context, skip_diff=True)
    state = PdfState.VALID
    if not (status.intact and status.valid):
        state = PdfState.TAMPERED
    elif status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        state = PdfState.NOT_WHOLE
    return PdfVerdict(state, sha256(ours.signer_cert.dump()).digest(), _ms(ours.self_reported_timestamp))


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp()) * 1000
