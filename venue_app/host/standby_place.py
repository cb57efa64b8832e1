"""What a standby laptop remembers between two starts: the place it holds, and the event file it follows into."""

from __future__ import annotations

import socket
from pathlib import Path

from venue_app.base.paths import data_dir
from venue_app.lan.hold import Pairing, load_pairing, save_pairing
from venue_app.lan.link import addresses, base_url


def folder() -> Path:
    """Where everything of the standby is kept: in this user's own folder."""
    return data_dir() / "standby"


def device_name() -> str:
    """What the proctor's laptop shows this one as, unless another name is given."""
    return socket.gethostname()


def held() -> Pairing | None:
    """The place this laptop holds; None when it holds none."""
    return load_pairing(folder() / "pairing.json")


def hold(pairing: Pairing) -> None:
    """Remember the place."""
    save_pairing(folder() / "pairing.json", pairing)


def forget() -> None:
    """Hold no place any more; the event file that was followed stays."""
    (folder() / "pairing.json").unlink(missing_ok=True)


def file_of(pairing: Pairing) -> Path:
    """The event file that follows."""
    return folder() / f"{pairing.event}.venue"


def urls(host: str, port: int) -> list[str]:
    """Where this laptop serves once it has taken over; `host` 0.0.0.0 stands for every network it is on."""
    return [base_url(address, port) for address in (addresses() if host == "0.0.0.0" else [host])]
