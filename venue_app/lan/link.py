"""Addresses of the laptop and the link on a seat card: https://192.168.1.5:8443/#K7F2Q9-<pin>."""

from __future__ import annotations

import ipaddress
import socket
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from venue_app.base.errors import Known
from venue_app.base.ids import normal_code

CODE_LENGTH = 6
PIN_HEX = 64
DEFAULT_PORT = 8443


@dataclass(frozen=True, slots=True)
class JoiningLink:
    """Where to join, with which code, and which public key (SHA-256 of its SPKI) must answer there."""

    url: str
    code: str = ""
    pin: bytes | None = None

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        parts = urlsplit(self.url)
        return parts.hostname or "", parts.port or DEFAULT_PORT

    def __str__(self) -> str:
        tail = f"-{self.pin.hex()}" if self.pin else ""
        return f"{self.url}/#{self.code}{tail}" if self.code else self.url


def base_url(host: str, port: int) -> str:
    """The laptop's address as an URL; IPv6 in brackets."""
    return f"https://[{host}]:{port}" if ":" in host else f"https://{host}:{port}"


def read_link(text: str) -> JoiningLink:
    """A link as scanned, pasted or typed: a whole link, `192.168.1.5`, or `192.168.1.5:8443`.

    Raises `Known` (lan.not_a_link) when it is none.
    """
    text = text.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host, port = parts.hostname, parts.port or DEFAULT_PORT
        code, _, pin = parts.fragment.partition("-")
        if parts.scheme != "https" or not host or parts.path not in ("", "/"):
            raise ValueError(text)
        if (code and len(normal_code(code)) != CODE_LENGTH) or (pin and len(pin) != PIN_HEX):
            raise ValueError(text)
        return JoiningLink(base_url(host, port), normal_code(code), bytes.fromhex(pin) if pin else None)
    except ValueError as error:
        raise Known("lan.not_a_link", text=text[:80]) from error


def addresses() -> list[str]:
    """This machine's IPv4 addresses on its networks, the likeliest first; loopback only when there is no other."""
    found: list[str] = []
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing: it only asks which way would be taken
        found.append(probe.getsockname()[0])
    with suppress(OSError):  # the machine may not know its own name
        found += [str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    outside = [a for a in dict.fromkeys(found) if not ipaddress.ip_address(a).is_loopback]
    return outside or ["127.0.0.1"]
