"""Real probes of the network: addresses with their interfaces, the port, and the way from this laptop to itself."""

from __future__ import annotations

import hashlib
import shutil
import socket
import ssl
import struct
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from venue_app.host.readiness.facts import NetworkFacts, TlsFacts
from venue_app.host.readiness.machine import said_by
from venue_app.host.session import EventHost
from venue_app.lan.link import DEFAULT_PORT, addresses

_PATIENCE_S = 2.0
_SIOCGIFADDR = 0x8915


def named_addresses() -> tuple[tuple[str, str], ...]:
    """(address, interface) of every network this laptop is on; the interface '' where the system does not say."""
    found = dict(_interfaces()) if sys.platform.startswith("linux") else {}
    for address in addresses():
        found.setdefault(address, "")
    return tuple((a, name) for a, name in found.items() if not a.startswith("127."))


def _interfaces() -> list[tuple[str, str]]:
    import fcntl

    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            asked = struct.pack("256s", name.encode()[:15])
            with suppress(OSError):  # an interface without an IPv4 address
                answer = fcntl.ioctl(probe.fileno(), _SIOCGIFADDR, asked)
                found.append((socket.inet_ntoa(answer[20:24]), name))
    return found


def network(host: EventHost, port: int = DEFAULT_PORT) -> tuple[NetworkFacts, TlsFacts]:
    """Reach this laptop over each of its addresses: the stations' server where it runs, else the port by itself."""
    known = named_addresses()
    server = host.server
    if server is not None:
        pins = {address: pin_at(address, server.port) for address, _ in known}
        reached = tuple(address for address, pin in pins.items() if pin is not None)
        own = host.identity.key_sha256 if host.identity is not None else None
        mine = all(pins[address] == own for address in reached) if reached else None
        here = {address for address, _ in known} | {"127.0.0.1", "::1", ""}
        others = sum(p.connected and p.address not in here for p in server.presence().values())
        facts = NetworkFacts(
            known, server.port, ours=True, free=False, reached=reached, firewall=firewall(), others=others
        )
        return facts, _tls(mine)
    answered = self_reached(port, [address for address, _ in known])
    facts = NetworkFacts(
        known,
        port,
        ours=False,
        free=answered is not None,
        reached=answered or (),
        firewall=firewall(),
    )
    return facts, _tls(None)


def _tls(own_key: bool | None) -> TlsFacts:
    return TlsFacts(library=ssl.OPENSSL_VERSION, modern=ssl.HAS_TLSv1_3, own_key=own_key)


def self_reached(port: int, known: Sequence[str]) -> tuple[str, ...] | None:
    """Take the port for a moment and connect to it over each address; None when something else has it."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        if sys.platform != "win32":  # there this would let two programs have one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("0.0.0.0", port))
            listener.listen(len(known) + 1)
        except OSError:
            return None
        taken = listener.getsockname()[1]
        return tuple(address for address in known if _answers(address, taken))


def _answers(address: str, port: int) -> bool:
    try:
        with socket.create_connection((address, port), _PATIENCE_S):
            return True
    except OSError:
        return False


def pin_at(address: str, port: int) -> bytes | None:
    """SHA-256 of the public key that answers there over TLS; None when nobody does."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # the key itself is compared
    try:
        with (
            socket.create_connection((address, port), _PATIENCE_S) as plain,
            context.wrap_socket(plain) as line,
        ):
            raw = line.getpeercert(binary_form=True)
    except (OSError, ValueError):
        return None
    if raw is None:
        return None
    key = x509.load_der_x509_certificate(raw).public_key()
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()


def firewall(settings: Path = Path("/etc/ufw/ufw.conf")) -> str:
    """The name of a firewall that is known to be on; '' when none is, or none can be seen."""
    if sys.platform == "win32":
        return _windows_firewall()
    with suppress(OSError):
        if "ENABLED=yes" in settings.read_text(encoding="utf-8", errors="replace"):
            return "ufw"
    if shutil.which("firewall-cmd") and (said_by("firewall-cmd", "--state") or "").strip() == "running":
        return "firewalld"
    return ""


def _windows_firewall() -> str:
    import winreg  # only there

    area = r"SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy"
    for profile in ("StandardProfile", "PublicProfile"):
        with (
            suppress(OSError),
            winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, rf"{area}\{profile}") as key,  # type: ignore[attr-defined, unused-ignore]
        ):
            if winreg.QueryValueEx(key, "EnableFirewall")[0]:  # type: ignore[attr-defined, unused-ignore]
                return "Windows"
    return ""
