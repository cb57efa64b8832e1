"""A real print queue: a CUPS of our own, which keeps what it is given."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from tests.heard import opened
from tests.waits import WAIT_S
from venue_app.host.reporting import produce

ROOT = Path(__file__).resolve().parents[2]
PATH = os.environ.get("PATH", "") + os.pathsep + "/usr/sbin"
CUPSD, LPADMIN = (shutil.which(name, path=PATH) for name in ("cupsd", "lpadmin"))

pytestmark = [
    pytest.mark.skipif(CUPSD is None or LPADMIN is None, reason="no CUPS here: apt install cups cups-client"),
    pytest.mark.skipif(
        not hasattr(os, "geteuid") or os.geteuid() != 0, reason="a cupsd of one's own needs root"
    ),
]


@pytest.fixture
def queue(tmp_path_factory) -> Iterator[tuple[dict[str, str], Path]]:
    """The environment that leads to the private CUPS, and the folder where it keeps what its queue `Paper` was given."""
    home = tmp_path_factory.mktemp("cups")
    home.chmod(0o755)
    for name in ("spool", "cache", "state", "log", "root"):
        (home / name).mkdir()
    socket = home / "sock"
    (home / "files.conf").write_text(
        f"ServerRoot {home}/root\nRequestRoot {home}/spool\nCacheDir {home}/cache\nStateDir {home}/state\n"
        f"AccessLog {home}/log/access\nErrorLog {home}/log/error\nPageLog {home}/log/page\nFileDevice Yes\n"
    )
    (home / "cupsd.conf").write_text(
        f"Listen {socket}\nBrowsing No\nDefaultAuthType None\nWebInterface No\nLogLevel debug\n"
        "<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
        "<Policy default>\n<Limit All>\nOrder deny,allow\nAllow all\n</Limit>\n</Policy>\n"
    )
    assert CUPSD is not None
    daemon = subprocess.Popen(
        [CUPSD, "-f", "-c", str(home / "cupsd.conf"), "-s", str(home / "files.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    env = os.environ | {"CUPS_SERVER": str(socket), "QT_QPA_PLATFORM": "offscreen", "PATH": PATH}
    try:
        until(socket.exists)
        run(env, "lpadmin", "-p", "Paper", "-E", "-v", "file:/dev/null", "-m", "raw")
        yield env, home / "spool"
    finally:
        daemon.terminate()
        daemon.wait(WAIT_S)


def until(true) -> None:
    end = time.monotonic() + WAIT_S
    while not true():
        assert time.monotonic() < end, "CUPS did not come so far"
        time.sleep(0.05)


def run(env: dict[str, str], *words: str) -> str:
    done = subprocess.run(words, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def report(tmp_path) -> Path:
    host = opened(tmp_path / "e.venue")
    try:
        return produce(host.venue, host.keys, ("draw-record",), tmp_path)[0].path
    finally:
        host.close()


def printed(env: dict[str, str], queue: str, file: Path) -> dict[str, object]:
    told = subprocess.run(
        [sys.executable, "-m", "tests.ui.printqueue", queue, str(file)],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    said: dict[str, object] = json.loads(told.stdout.strip().splitlines()[-1])
    return said


def test_every_page_arrives_at_the_queue(queue, report):
    env, spool = queue
    pages = len(pypdfium2.PdfDocument(report))
    said = printed(env, "Paper", report)
    assert said["printers"] == ["Paper"] and said["pages"] == pages
    until(lambda: "Paper-1" in run(env, "lpstat", "-W", "completed", "-o"))
    (given,) = spool.glob("d*")
    assert len(pypdfium2.PdfDocument(given)) == pages


def test_a_queue_that_stands_is_told(queue, report):
    env, spool = queue
    run(env, "cupsdisable", "-r", "缺纸", "Paper")
    assert printed(env, "Paper", report)["known"] == "seal_screen.printer_stopped"
    assert not list(spool.glob("d*")), "nothing was sent to a printer that stands"
    run(env, "cupsenable", "Paper")
    assert "pages" in printed(env, "Paper", report)
