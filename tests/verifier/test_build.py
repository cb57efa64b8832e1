"""The page that is committed is what its sources give, and holds everything it needs."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.arch.code import ROOT
from tests.verifier.conftest import PAGE
from venue_app.seal.keys import VenueKeys

FOLDER = ROOT / "resources/verifier"


def test_the_page_is_the_build_of_its_sources():
    done = subprocess.run(
        [sys.executable, str(FOLDER / "make_verifier.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_it_lies_beside_every_bundle(small: tuple[bytes, VenueKeys]):
    folder = small[1].folder.parent
    assert (folder / "small.bundle").read_bytes() == small[0]
    assert (folder / "verifier.html").read_bytes() == PAGE.read_bytes()
    assert not list(folder.glob("*.part"))


def test_the_page_is_whole_in_itself():
    text = PAGE.read_text(encoding="utf-8")
    assert not re.search(r"<(?:link|img|iframe)\b|<script[^>]+src=|\bfetch\(|XMLHttpRequest|WebSocket", text)
    assert "default-src 'none'" in text


def test_no_float_is_made_of_a_mark():
    sources = {path.name: path.read_text(encoding="utf-8") for path in (FOLDER / "src").glob("*.js")}
    assert len(sources) > 20
    assert [name for name, text in sources.items() if "parseFloat" in text or "toFixed" in text] == []


def test_the_sources_are_short():
    lengths = {
        path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in (FOLDER / "src").iterdir()
    }
    assert {name: lines for name, lines in lengths.items() if lines > 480} == {}
