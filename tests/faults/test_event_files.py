"""Event files in every bad state: each is refused with its own sentence, and nothing of them is touched."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.hall import ROOT, lay_out
from tests.world import PROCTOR
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, say
from venue_app.domain import commands as c
from venue_app.host.session import EventHost


@pytest.fixture
def event(tmp_path: Path) -> Path:
    return lay_out(tmp_path / "e.venue")


def refused(path: Path) -> str:
    """The code with which the file is refused; the sentence names the file in every language."""
    with pytest.raises(Known) as caught:
        EventHost.open(path)
    for language in LANGUAGES:
        assert path.name in say(caught.value, language)
    return caught.value.code


def command_line(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--language", "zh-CN", *arguments],
        env=dict(os.environ),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_an_event_is_open_once(event):
    host = EventHost.open(event)
    size = host.venue.state.size
    assert refused(event) == "journal.in_use"
    other = command_line("report", str(event), "--out", str(event.parent / "reports"))
    assert (other.returncode, other.stdout) == (2, "")
    assert other.stderr.strip() == say(Known("journal.in_use", file=event.name))
    host.venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    assert host.venue.state.size == size + 1, "the first goes on undisturbed"
    host.close()
    EventHost.open(event).close()


def test_an_event_of_a_newer_program_is_left_alone(event):
    with closing(sqlite3.connect(event)) as db:
        db.execute("PRAGMA user_version = 999")
    before = event.read_bytes()
    assert refused(event) == "journal.newer_version"
    assert event.read_bytes() == before
    assert [p.name for p in event.parent.iterdir()] == [event.name]
    shown = command_line("verify", str(event))
    assert shown.returncode == 1 and say(Known("journal.newer_version", file=event.name)) in shown.stdout


def test_an_event_made_with_other_keys_is_not_gone_on_with(event, tmp_path_factory, monkeypatch):
    monkeypatch.setenv("VENUE_APP_HOME", str(tmp_path_factory.mktemp("another-laptop")))
    assert refused(event) == "host.other_laptop"
    assert command_line("verify", str(event)).returncode == 0, "but anybody can verify it"


def test_its_own_laptop_goes_on_with_it_after_another_tried(event, own_home, tmp_path_factory, monkeypatch):
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("VENUE_APP_HOME", str(tmp_path_factory.mktemp("another-laptop")))
        assert refused(event) == "host.other_laptop"
    host = EventHost.open(event)
    host.venue.ask(c.CallCandidate(room="R1", lot=1), PROCTOR)
    assert host.venue.state.floor == {"R1": 1}
    host.close()


@pytest.mark.parametrize(
    "mark", [b'"kind":"draw.drawn"', b'"kind":"roster.imported"', b'"kind":"event.created"']
)
def test_a_changed_entry_is_damage(event, mark):
    raw = bytearray(event.read_bytes())
    raw[raw.index(mark) + len(mark) - 2] ^= 1
    event.write_bytes(raw)
    assert refused(event) == "journal.damaged"
    assert event.read_bytes() == bytes(raw)


@pytest.mark.parametrize("part", [0.3, 0.7])
def test_half_a_copy_is_damage(event, part):
    raw = event.read_bytes()
    event.write_bytes(raw[: int(len(raw) * part)])
    assert refused(event) == "journal.damaged"


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 8192, "不是活动文件".encode(), b"PK\x03\x04" + b"x" * 5000], ids=len
)
def test_what_is_no_event_is_said_to_be_none(tmp_path, content):
    path = tmp_path / "e.venue"
    path.write_bytes(content)
    assert refused(path) == "journal.not_an_event"
    assert path.read_bytes() == content


def test_another_database_is_no_event(tmp_path):
    path = tmp_path / "e.venue"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE entries (seq, entry)")
    assert refused(path) == "journal.not_an_event"


def test_an_event_that_is_gone_is_said_to_be(tmp_path):
    assert refused(tmp_path / "gone.venue") == "journal.missing"
    assert list(tmp_path.iterdir()) == []


def test_a_new_event_never_overwrites(event):
    before = event.read_bytes()
    with pytest.raises(Known) as caught:
        lay_out(event)
    assert caught.value.code == "journal.exists"
    assert event.read_bytes() == before


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder that can be written to until `close_off`; for root that takes a mounted disk."""
    folder = tmp_path / "stick"
    folder.mkdir()
    mounted = hasattr(os, "geteuid") and os.geteuid() == 0
    if mounted:
        mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
        if (
            shutil.which("mount") is None
            or subprocess.run(mount, capture_output=True, check=False).returncode
        ):
            pytest.skip("root can write anywhere, and cannot mount here")
    yield folder
    if mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)
    else:
        folder.chmod(0o755)


def close_off(folder: Path) -> None:
    if os.geteuid() == 0:
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    else:
        folder.chmod(0o555)


@pytest.mark.skipif(sys.platform == "win32", reason="folders of Windows are closed off otherwise")
def test_a_read_only_folder(read_only):
    event = lay_out(read_only / "e.venue")
    close_off(read_only)
    assert refused(event) == "journal.read_only"
    with pytest.raises(Known) as caught:
        lay_out(read_only / "new.venue")
    assert caught.value.code == "journal.read_only"
    shown = command_line("verify", str(event))
    assert shown.returncode == 0, "a notary's write-protected stick can be verified"
    assert [p.name for p in read_only.iterdir()] == ["e.venue"]
