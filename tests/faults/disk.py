"""A small disk that can be filled to the last byte: real, and so only where a test may mount one."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def mounted(mount: Path) -> Iterator[Path]:
    """A disk of four megabytes at `mount`; the test is skipped where that needs rights it has not."""
    mount.mkdir(parents=True, exist_ok=True)
    made = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(mount)]
    try:
        done = subprocess.run(made, capture_output=True, check=False).returncode
    except FileNotFoundError:
        done = 1
    if done:
        pytest.skip("mounting a small disk needs root")
    try:
        yield mount
    finally:
        subprocess.run(["umount", "-l", str(mount)], check=True)


def fill(small: Path, leave: int) -> None:
    """Fill the disk but for `leave` bytes."""
    ballast = small / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * 4096):
                pass
        except OSError:
            pass
        file.truncate(ballast.stat().st_size - leave)
