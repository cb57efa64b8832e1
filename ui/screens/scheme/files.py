"""Scheme files on disk: read with care, and never written over without having asked."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from venue_app.base.errors import Known

SUFFIX = ".toml"
_LARGEST = 1_000_000


def read_scheme(path: Path) -> str:
    """The file's text. Raises `Known` scheme_screen.unreadable, too_large, not_text."""
    try:
        size = path.stat().st_size
        if size > _LARGEST:
            raise Known("scheme_screen.too_large", file=path.name, size=size)
        raw = path.read_bytes()
    except OSError as fault:
        raise Known("scheme_screen.unreadable", file=path.name, why=fault.strerror or str(fault)) from fault
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Known("scheme_screen.not_text", file=path.name) from fault


def write_scheme(path: Path, text: str, *, replace: bool) -> bool:
    """Write the file whole or not at all; False when it exists already and may not be replaced.

    Raises `Known` scheme_screen.unwritable.
    """
    raw = text.encode("utf-8")
    try:
        if not replace:
            return _new(path, raw)
        _over(path, raw)
    except OSError as fault:
        raise Known("scheme_screen.unwritable", file=path.name, why=fault.strerror or str(fault)) from fault
    return True


def _new(path: Path, raw: bytes) -> bool:
    try:
        handle = path.open("xb")
    except FileExistsError:
        return False
    try:
        with handle:
            handle.write(raw)
            handle.flush()
            os.fsync(handle.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return True


def _over(path: Path, raw: bytes) -> None:
    """Beside the old file first, then in its place: a full disk leaves the old one as it was."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as handle:
        beside = Path(handle.name)
    try:
        with beside.open("wb") as handle:
            handle.write(raw)
            handle.flush()
            os.fsync(handle.fileno())
        if path.exists():
            beside.chmod(path.stat().st_mode)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def file_name(scheme_id: str) -> str:
    """A name for a scheme's file."""
    return f"{scheme_id or 'scheme'}{SUFFIX}"
