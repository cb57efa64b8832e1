"""Programs that are measured: started as a user starts them, spoken with in lines of JSON."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from venue_app.base.errors import Known

_SOURCE = str(Path(__file__).resolve().parents[2])


def environment(home: Path) -> dict[str, str]:
    """The surroundings of a measured program: a home of its own, and compiled modules kept as an installed program has them."""
    kept = dict(os.environ)
    if kept.pop("PYTHONDONTWRITEBYTECODE", ""):
        kept.setdefault("PYTHONPYCACHEPREFIX", str(home / "compiled"))
    return kept | {
        "VENUE_APP_HOME": str(home),
        "PYTHONPATH": os.pathsep.join(filter(None, (_SOURCE, kept.get("PYTHONPATH")))),
    }


def say(what: Mapping[str, Any]) -> None:
    """In the child: one line to whoever measures."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


async def listen() -> dict[str, Any] | None:
    """In the child: the next line from whoever measures, None when there will be no more."""
    line = await asyncio.to_thread(sys.stdin.readline)
    found: dict[str, Any] | None = json.loads(line) if line else None
    return found


class Child:
    """A running module (`python -m module arguments`). Use as a context: what still runs at its end is stopped."""

    def __init__(self, module: str, *arguments: str, home: Path, inside: Sequence[str] = ()) -> None:
        """`inside` is a command that runs another, such as one that enters a network of its own."""
        self.module = module
        self._process = subprocess.Popen(
            [*inside, sys.executable, "-m", module, *arguments],
            env=environment(home),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def hear(self) -> dict[str, Any]:
        """The next line it says. Raises `Known` bench.ended with its last words when it says nothing more."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            _, complaint = self._process.communicate()
            words = complaint.decode(errors="replace").strip().splitlines()
            raise Known("bench.ended", module=self.module, why=words[-1] if words else "")
        found: dict[str, Any] = json.loads(line)
        return found

    def tell(self, what: Mapping[str, Any]) -> None:
        """Say one line to it."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(what).encode() + b"\n")
        self._process.stdin.flush()

    def ask(self, what: Mapping[str, Any]) -> dict[str, Any]:
        """Tell, and hear the answer."""
        self.tell(what)
        return self.hear()

    def kill(self) -> bytes:
        """End it with no chance to say anything; what it had said and nobody heard."""
        self._process.kill()
        return self._process.communicate()[0]

    def end(self) -> str:
        """No more words for it: wait until it has ended; what it complained of."""
        return self._process.communicate()[1].decode(errors="replace")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._process.kill()
        self._process.communicate()
