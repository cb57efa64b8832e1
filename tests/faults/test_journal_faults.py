"""A full disk, a pulled plug, a killed program: what was acknowledged is there, and nothing else is half there."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from venue_app.base.errors import Known
from venue_app.journal import Journal
from venue_app.journal.merkle import Tree, leaf_hash
from venue_app.seal import bundle
from venue_app.seal.keys import load_or_create

ROOT = Path(__file__).resolve().parents[2]
HEAD = b'{"kind":"event.created"}'


def fault(code: str, action) -> None:
    with pytest.raises(Known) as caught:
        action()
    assert caught.value.code == code


def child(code: str, *arguments: str, **options) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-u", "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        **options,
    )


WRITER = """
import sys
from pathlib import Path
from venue_app.journal import Journal
journal = Journal.open(Path(sys.argv[1]))
while True:
    start = journal.size
    group = [b"entry %d " % (start + at) + b"x" * 300 for at in range(1 + start % 7)]
    done = journal.append(group, submissions=[f"s{start + at}" for at in range(len(group))])
    print(done.size, done.root.hex())
"""


def test_what_was_acknowledged_survives_kill_9(tmp_path):
    path = tmp_path / "e.venue"
    Journal.create(path, HEAD).close()
    for _ in range(5):
        writer = child(WRITER, str(path))
        assert writer.stdout is not None
        told = [writer.stdout.readline()]
        until = time.monotonic() + secrets.randbelow(300) / 1000
        while time.monotonic() < until:
            told.append(writer.stdout.readline())
        writer.kill()
        told += writer.stdout.readlines()
        writer.wait()
        whole = [line for line in told if line.endswith(b"\n")]
        size, root = whole[-1].split()
        journal = Journal.open(path)
        stored = [entry for _, entry in journal.entries()]
        assert journal.size == len(stored) >= int(size) > 1
        assert journal.root_at(int(size)).hex() == root.decode()
        assert stored[0] == HEAD
        assert all(entry.startswith(b"entry %d " % seq) for seq, entry in enumerate(stored) if seq)
        assert Tree(leaf_hash(entry) for entry in stored).root() == journal.root
        assert journal.submissions().get(f"s{int(size) - 1}") == int(size) - 1
        journal.append([b"entry %d after the crash" % journal.size], submissions=[None])
        journal.close()


def test_a_crashed_file_can_be_read_without_opening_it_for_writing(tmp_path):
    path = tmp_path / "e.venue"
    Journal.create(path, HEAD).close()
    writer = child(WRITER, str(path))
    assert writer.stdout is not None
    size = int([writer.stdout.readline() for _ in range(20)][-1].split()[0])
    writer.kill()
    writer.wait()
    writer.stdout.close()
    assert path.with_name("e.venue-wal").stat().st_size > 0
    reader = Journal.open(path, readonly=True)
    assert reader.size >= size
    reader.close()
    writer_again = Journal.open(path)
    assert writer_again.size == reader.size
    writer_again.close()


def fill(journal: Journal, small: Path) -> None:
    """Fill the disk to the last block, leaving the journal no room."""
    with (small / "ballast").open("wb", buffering=0) as ballast:
        try:
            while ballast.write(b"\0" * 4096):
                pass
        except OSError:
            pass


@pytest.fixture
def small(tmp_path):
    """A disk of one megabyte."""
    mount = tmp_path / "small"
    mount.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(mount)], capture_output=True, check=False
    )
    if done.returncode != 0:
        pytest.skip("mounting a small disk needs root; the limited file covers the same ground")
    yield mount
    subprocess.run(["umount", "-l", str(mount)], check=True)


@pytest.mark.skipif(shutil.which("mount") is None, reason="no mount command here")
def test_a_full_disk_stores_nothing_of_the_group_and_heals(small):
    path = small / "e.venue"
    journal = Journal.create(path, HEAD)
    journal.append([b"before"], submissions=["s1"])
    head = journal.head
    fill(journal, small)
    group = [os.urandom(9000) for _ in range(8)]
    fault("journal.disk_full", lambda: journal.append(group, submissions=["s2"] + [None] * 7))
    assert journal.head == head
    assert journal.submissions().get("s2") is None
    (small / "ballast").unlink()
    done = journal.append(group, submissions=["s2"] + [None] * 7)
    assert done.first_seq == 2
    journal.close()
    again = Journal.open(path)
    assert again.head == (10, done.root)
    assert [entry for _, entry in again.entries(2)] == group
    again.close()


@pytest.mark.skipif(shutil.which("mount") is None, reason="no mount command here")
def test_an_event_is_not_half_made_on_a_full_disk(small):
    (small / "ballast").write_bytes(b"\0" * (1024 * 1024 - 16384))
    fault("journal.disk_full", lambda: Journal.create(small / "e.venue", HEAD))
    assert [file.name for file in small.iterdir()] == ["ballast"]


@pytest.mark.skipif(shutil.which("mount") is None, reason="no mount command here")
def test_a_bundle_to_a_full_stick_says_so_and_leaves_nothing(small, tmp_path):
    keys = load_or_create(tmp_path / "keys")
    large = bundle.Content("e" * 32, "official", "0", 1, [HEAD], [], {"reports/a.pdf": bytes(2 << 20)})
    fault("journal.disk_full", lambda: bundle.write(small / "e.bundle", large, keys))
    assert list(small.iterdir()) == []


@pytest.mark.skipif(shutil.which("mount") is None, reason="no mount command here")
def test_a_write_protected_stick_can_be_read_and_not_written(small, tmp_path):
    path = small / "e.venue"
    Journal.create(path, HEAD).close()
    torn = small / "torn.venue"
    Journal.create(torn, HEAD).close()
    writer = child(WRITER, str(torn))
    assert writer.stdout is not None
    size = int([writer.stdout.readline() for _ in range(5)][-1].split()[0])
    writer.kill()
    writer.wait()
    writer.stdout.close()
    for leftover in small.glob("*-shm"):
        leftover.unlink()
    subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
    fault("journal.read_only", lambda: Journal.open(path))
    fault("journal.read_only", lambda: Journal.create(small / "new.venue", HEAD))
    reader = Journal.open(path, readonly=True)
    assert reader.size == 1
    reader.close()
    after_crash = Journal.open(torn, readonly=True)
    assert after_crash.size >= size
    scratch = after_crash._scratch
    after_crash.close()
    assert scratch is not None
    assert not scratch.exists()


LIMITED = """
import resource, signal, sys
from pathlib import Path
from venue_app.base.errors import Known
from venue_app.journal import Journal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
path = Path(sys.argv[1])
journal = Journal.create(path, b"head")
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
try:
    while True:
        head = journal.head
        journal.append([b"y" * 5000] * 5, submissions=[None] * 5)
except Known as error:
    print(error.code, journal.head == head, journal.root_at(head[0]) == head[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(journal.append([b"more"], submissions=[None]).first_seq == head[0])
journal.close()
print(Journal.open(path).size == head[0] + 1)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are a POSIX matter")
def test_a_write_that_fails_midway_leaves_the_journal_as_it_was(tmp_path):
    limited = child(LIMITED, str(tmp_path / "e.venue"))
    out, _ = limited.communicate(timeout=60)
    first, *rest = out.decode().splitlines()
    assert first in ("journal.disk_fault True True", "journal.disk_full True True")
    assert rest == ["True", "True"]


COUNTED = """
import os, sys
from pathlib import Path
from venue_app.journal import Journal
journal = Journal.create(Path(sys.argv[1]), b"head")
for number in range(100):
    os.write(1, b"%d" % journal.append([b"e%d" % number], submissions=[None]).size)
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="counting system calls needs strace")
def test_every_acknowledgement_waits_for_the_disk(tmp_path):
    trace = tmp_path / "trace"
    tracer = ["strace", "-f", "-e", "trace=fdatasync,fsync,write", "-o", str(trace)]
    done = subprocess.run(
        [*tracer, sys.executable, "-c", COUNTED, str(tmp_path / "e.venue")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    if done.returncode != 0 and b"ptrace" in done.stderr:
        pytest.skip("tracing is not allowed here")
    assert done.returncode == 0
    calls = re.findall(r"(fdatasync|fsync|write)\((\d+)", trace.read_text(encoding="utf-8", errors="replace"))
    waited, told = False, 0
    for name, handle in calls:
        if name != "write":
            waited = True
        elif handle == "1":
            assert waited, "told before the disk had it"
            waited, told = False, told + 1
    assert told == 100
