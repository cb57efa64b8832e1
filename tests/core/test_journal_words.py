"""Every fault of journal and seal has a sentence with its placeholders, in all three languages."""

from __future__ import annotations

import ast
import errno
import sqlite3
from pathlib import Path

import pytest

from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, catalogue, say
from venue_app.journal.faults import known

ROOT = Path(__file__).resolve().parents[2] / "venue_app"


def raised() -> dict[str, set[str]]:
    """Codes and parameter names of every `Known("journal.…")` and `Known("seal.…")` in the source."""
    found: dict[str, set[str]] = {}
    for file in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Known" and node.args:
                code = node.args[0]
                if isinstance(code, ast.Constant) and str(code.value).startswith(("journal.", "seal.")):
                    found.setdefault(str(code.value), set()).update(str(key.arg) for key in node.keywords)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_fault_can_be_said(lang):
    codes = raised()
    assert len(codes) > 10
    for code, params in codes.items():
        text = say(Known(code, **dict.fromkeys(params, "X")), lang)
        assert not text.startswith(code.partition(".")[0] + "."), code


@pytest.mark.parametrize("area", ["journal", "seal"])
def test_the_languages_hold_the_same_keys(area):
    keys = [{key for key in catalogue(lang) if key.startswith(area + ".")} for lang in LANGUAGES]
    assert keys[0] == keys[1] == keys[2]
    assert len(keys[0]) >= 10


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "journal.disk_full"),
        (errno.EFBIG, "journal.disk_full"),
        (errno.EROFS, "journal.read_only"),
        (errno.EACCES, "journal.read_only"),
        (errno.ENOENT, "journal.missing"),
        (errno.EIO, "journal.disk_fault"),
    ],
)
def test_the_systems_complaints_become_faults_that_can_be_said(number, code):
    with pytest.raises(Known) as caught, known(Path("e.venue")):
        raise OSError(number, "as the system says")
    assert caught.value.code == code
    assert all("e.venue" in say(caught.value, lang) for lang in LANGUAGES)


def test_our_own_mistakes_are_not_dressed_up():
    with pytest.raises(sqlite3.ProgrammingError), known(Path("e.venue")):
        sqlite3.connect(":memory:").execute("SELECT ?", ())
    with pytest.raises(sqlite3.OperationalError), known(Path("e.venue")):
        sqlite3.connect(":memory:").execute("SELECT nothing")
