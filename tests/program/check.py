"""An installed program does what it promises: `python -m tests.program.check PROGRAM`.

PROGRAM is `venue-app` of a built folder, of an installed package or of a wheel's environment. It is started as
a user starts it: from an empty folder, with no Python, no checkout and no setting of this machine in reach.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from tests.arch.code import ROOT
from venue_app.base.clock import SystemClock

#: 200 MB as a file manager and `du -m` count them.
MOST_BYTES = 200 * 2**20
FORMS = 8
WINDOW_S = 12
#: One page of every screen, by the names of `venue-app shots`.
PAGES = (
    *("start-empty", "prepare-found", "scheme-new", "draw-done", "room-speech", "results-all", "seal-ready"),
    *("hall-speech", "stations-joined", "station-score", "witness-own", "settings"),
)
_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def needed(name: str) -> bool:
    """Whether a file of `resources/` is for the program: not what made some of them, nor what packs it."""
    path = Path(name)
    return not (path.parts[0] == "program" or path.name.startswith("make_") or path.suffix == ".pyc")


def resource_files() -> dict[str, str]:
    """Every file of `resources/` that the program needs → its SHA-256."""
    folder = ROOT / "resources"
    found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    return {name: hashlib.sha256(p.read_bytes()).hexdigest() for name, p in found.items() if needed(name)}


def lost(folder: Path) -> list[str]:
    """Resources that `folder` lacks or holds otherwise."""
    return sorted(
        name
        for name, digest in resource_files().items()
        if not (folder / name).is_file() or hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest
    )


class Program:
    """The program in an empty folder with a home of its own."""

    def __init__(self, path: Path, folder: Path) -> None:
        self.path, self.folder = path, folder

    def environment(self, **more: str) -> dict[str, str]:
        kept = ("SYSTEMROOT", "TEMP", "TMP", "TMPDIR")  # without these nothing at all starts on Windows
        base = {k: os.environ[k] for k in kept if k in os.environ}
        home = str(self.folder / "home")
        return base | {"HOME": home, "VENUE_APP_HOME": home, "PATH": "", "LANG": "C.UTF-8"} | more

    def run(self, *arguments: str, status: int = 0, **more: str) -> str:
        """What it prints. Raises `SystemExit` when it ends otherwise than with `status`."""
        began = SystemClock().mono_ms()
        done = subprocess.run(
            [str(self.path), "--language", "en", *arguments],
            cwd=self.folder,
            env=self.environment(**more),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        say(f"{(SystemClock().mono_ms() - began) / 1000:6.1f} s  venue-app {' '.join(arguments)}")
        need(done.returncode == status, f"ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def stays(self, *arguments: str, seconds: float, **more: str) -> bool:
        """Whether it is still there after a while, as a window is."""
        with subprocess.Popen(
            [str(self.path), *arguments], cwd=self.folder, env=self.environment(**more)
        ) as running:
            try:
                running.wait(seconds)
            except subprocess.TimeoutExpired:
                running.kill()
                return True
            return False


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def need(true: bool, otherwise: str) -> None:
    """Raises `SystemExit` with the sentence unless it is true."""
    if not true:
        raise SystemExit(otherwise)


def check_folder(folder: Path) -> None:
    """What lies in a built folder: size, version, licences, resources."""
    size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    say(f"{size / 2**20:6.1f} MB")
    need(size < MOST_BYTES, f"larger than {MOST_BYTES // 2**20} MB")
    inside = folder / "_internal"
    need(
        (inside / "VERSION").read_text(encoding="utf-8").strip() == _PROJECT["version"], "VERSION is another"
    )
    texts = {p.stem for p in (inside / "licences").iterdir()}
    for name in ("Python", "PySide6_Essentials", "aiohttp", "cryptography", "reportlab"):
        need(name in texts, f"the licence of {name} is missing")
    need(not lost(inside / "resources"), f"resources are missing: {lost(inside / 'resources')}")


def check_event(program: Program) -> None:
    """A whole event and everything made of it."""
    shutil.copytree(ROOT / "resources/demo/county", program.folder / "data")
    program.run("rehearse", "county-self-nomination", "--data", "data", "--out", "out")
    out = program.folder / "out"
    reports = sorted((out / "reports").glob("*.pdf"))
    need(len(reports) >= FORMS, f"only {len(reports)} reports")
    need(all(p.read_bytes().startswith(b"%PDF-") for p in reports), "a report is no PDF")
    need(len(json.loads((out / "results.json").read_bytes())) > 0, "no results")
    program.run("verify", "out/rehearsal.bundle")
    program.run("report", "out/rehearsal.venue", "--out", "again", "--form", "shortlist")
    again = next((program.folder / "again").glob("*.pdf"))
    program.run("verify", str(again), "--event", "out/rehearsal.venue")
    torn = program.folder / "torn.pdf"
    torn.write_bytes(reports[0].read_bytes().replace(b"0", b"1", 400))
    program.run("verify", torn.name, status=1)


def check_windows(program: Program) -> None:
    """Windows: a picture of every screen; and, where a screen is at hand, the real one."""
    program.run("shots", "--out", "shots", "--languages", "zh-CN", *PAGES, QT_QPA_PLATFORM="offscreen")
    drawn = [p.name for p in (program.folder / "shots").glob("*.png")]
    need(all(any(n.startswith(page) for n in drawn) for page in PAGES), f"pictures are missing: {drawn}")
    screen = {k: os.environ[k] for k in ("DISPLAY", "XAUTHORITY") if k in os.environ}
    if screen or sys.platform in ("win32", "darwin"):
        need(program.stays("out/rehearsal.venue", seconds=WINDOW_S, **screen), "the window did not stay open")
        say("        a window on the screen")


def main(path: Path) -> None:
    """Everything, or `SystemExit` with what is wrong."""
    if (path.parent / "_internal").is_dir():
        check_folder(path.parent)
    with tempfile.TemporaryDirectory(prefix="venue-app-") as name:
        program = Program(path, Path(name))
        need(_PROJECT["version"] in program.run("--version"), "it says another version")
        check_event(program)
        check_windows(program)
    say(f"{path.name}: all is well")


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
