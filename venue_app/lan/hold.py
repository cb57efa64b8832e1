"""What a station must remember to come back: where the laptop is, its pinned key, and its own token."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import msgspec

from venue_app.base.errors import Known
from venue_app.domain.signing import DeviceKey
from venue_app.lan.messages import Epoch, HostAt, Token


class Pairing(msgspec.Struct, frozen=True, kw_only=True):
    """A device's hold on a seat or another place (then `role` says what for).

    `pin` is the SHA-256 (hex) of the laptop's public key; `key` is the device's own, secret (`DeviceKey`). `epoch` is
    that of the newest host it met, `proof` what that host showed, `standby` where to look when it is gone.
    """

    url: str
    pin: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
    token: Token
    event: str
    title: str
    seat: str
    number: int
    role: str = ""
    key: str = ""
    epoch: Epoch = 1
    proof: str = ""
    standby: tuple[HostAt, ...] = ()

    def __repr__(self) -> str:
        return f"Pairing(url={self.url!r}, seat={self.seat!r})"  # token and key belong in no log


def save_pairing(path: Path, pairing: Pairing) -> None:
    """Write it whole, readable by this user alone. Raises `Known` (lan.outbox_unwritable)."""
    _save(path, msgspec.json.encode(pairing))


def device_key(path: Path) -> DeviceKey:
    """This device's key, made at the first call and kept for this user alone. Raises `Known` (lan.outbox_unwritable)."""
    try:
        return DeviceKey.read(path.read_text("ascii"))
    except (OSError, ValueError):
        key = DeviceKey()
        _save(path, key.secret.encode())
        return key


def _save(path: Path, content: bytes) -> None:
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except OSError as error:
        raise Known("lan.outbox_unwritable", folder=str(path.parent)) from error


def load_pairing(path: Path) -> Pairing | None:
    """What was saved; None when there is nothing or it cannot be read: then the station joins anew."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Pairing)
    except (OSError, msgspec.MsgspecError):
        return None
