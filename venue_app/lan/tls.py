"""TLS on both sides: the laptop's context, small buffers, and the pin a station keeps."""

from __future__ import annotations

import asyncio
import asyncio.sslproto
import ssl
from hashlib import sha256
from pathlib import Path

from aiohttp import Fingerprint, ServerFingerprintMismatch
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from venue_app.base.errors import Known

_BUFFER = 16 * 1024


def small_buffers() -> None:
    """Give each TLS connection of asyncio 16 KiB to read into instead of 256 KiB: a thousand stay under 20 MB."""
    asyncio.sslproto.SSLProtocol.max_size = _BUFFER


def server_context(chain: Path, key: Path) -> ssl.SSLContext:
    """The laptop's context from PEM files (leaf first, then authority; the key)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(chain, key)
    return context


def key_digest(certificate: bytes) -> bytes:
    """SHA-256 of the public key (SPKI) in a certificate (DER)."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    return sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()


class KeyPin(Fingerprint):
    """Trust in one public key alone. Checked when the handshake is done, before anything is sent.

    The key is pinned and not the certificate, so that a laptop whose address changed, and
    which made itself a new certificate for it, is still known.
    """

    def check(self, transport: asyncio.Transport) -> None:
        """Close the door on a laptop with another key."""
        tls = transport.get_extra_info("ssl_object")
        certificate = None if tls is None else tls.getpeercert(binary_form=True)
        found = b"" if certificate is None else key_digest(certificate)
        if found != self.fingerprint:
            host, port, *_ = transport.get_extra_info("peername")
            raise ServerFingerprintMismatch(self.fingerprint, found, host, port)


async def laptop_key(host: str, port: int) -> bytes:
    """The SHA-256 of the public key that answers there, for a person to compare with the card.

    Nothing is sent. Raises `Known` (lan.no_answer) when nobody answers.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        async with asyncio.timeout(10):
            _, writer = await asyncio.open_connection(host, port, ssl=context)
            certificate = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
            writer.close()
    except (OSError, TimeoutError) as error:
        raise Known("lan.no_answer", host=host, port=port) from error
    return key_digest(certificate)
