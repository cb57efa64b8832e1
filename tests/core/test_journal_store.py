"""The event file: what goes in comes out, exactly, and nothing else can change it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from venue_app.base.errors import Known
from venue_app.journal import Checkpoint, Journal, checkpoint, leaf_hash, verify_consistency, verify_inclusion

HEAD = b'{"kind":"event.created"}'
KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "县自荐 2026.venue"


@pytest.fixture
def journal(path):
    made = Journal.create(path, HEAD)
    yield made
    made.close()


def plain(path: Path) -> sqlite3.Connection:
    """The file as any tool opens it."""
    return sqlite3.connect(path, isolation_level=None)


def fault(code: str, action) -> None:
    with pytest.raises(Known) as caught:
        action()
    assert caught.value.code == code


def test_bytes_come_back_as_they_went_in(journal, path):
    odd = [b"\x00\xff\n", "签号 17 𠮷".encode(), b'{"b":1, "a":2}']
    done = journal.append(odd, submissions=["s1", None, "s2"])
    assert (done.first_seq, done.size) == (1, 4)
    first, second = (sha256(b"\x00" + entry).digest() for entry in (HEAD, odd[0]))
    third, fourth = (sha256(b"\x00" + entry).digest() for entry in odd[1:])
    left, right = sha256(b"\x01" + first + second).digest(), sha256(b"\x01" + third + fourth).digest()
    assert done.root == journal.root == sha256(b"\x01" + left + right).digest()
    journal.close()
    for readonly in (True, False):
        again = Journal.open(path, readonly=readonly)
        assert list(again.entries()) == list(enumerate([HEAD, *odd]))
        assert list(again.entries(2)) == [(2, odd[1]), (3, odd[2])]
        assert again.head == (4, done.root)
        assert (again.submissions().get("s1"), again.submissions().get("s2")) == (1, 3)
        assert again.submissions().get("s3") is None
        assert again.submissions() == {"s1": 1, "s2": 3}
        again.close()


def test_head_as_people_read_it(journal):
    digits = sha256(b"\x00" + HEAD).hexdigest().upper()
    assert journal.short_head == f"{digits[:4]} {digits[4:8]}"


def test_the_connection_is_as_durable_as_sqlite_can_be(journal):
    said = {
        name: journal._db.execute(f"PRAGMA {name}").fetchone()[0]
        for name in (
            "journal_mode",
            "synchronous",
            "fullfsync",
            "checkpoint_fullfsync",
            "secure_delete",
            "locking_mode",
        )
    }
    assert said == {
        "journal_mode": "wal",
        "synchronous": 2,
        "fullfsync": 1,
        "checkpoint_fullfsync": 1,
        "secure_delete": 1,
        "locking_mode": "exclusive",
    }


def test_a_group_is_stored_whole_or_not_at_all(journal, path):
    journal.append([b"one"], submissions=["s1"])
    before = journal.head
    with pytest.raises(sqlite3.IntegrityError):
        journal.append([b"two", b"three"], submissions=["s2", "s1"])
    assert journal.head == before
    assert journal.submissions().get("s2") is None
    done = journal.append([b"four"], submissions=["s2"])
    assert done.first_seq == 2
    journal.close()
    again = Journal.open(path)
    assert [entry for _, entry in again.entries()] == [HEAD, b"one", b"four"]
    again.close()


@pytest.mark.parametrize("size", [1, 63, 64, 65, 131, 300])
def test_a_group_of_any_size_is_stored_in_order(journal, path, size):
    group = [f"entry {number}".encode() for number in range(size)]
    done = journal.append(group, submissions=[f"s{number}" for number in range(size)])
    assert (done.first_seq, done.size, journal.submissions().get(f"s{size - 1}")) == (1, size + 1, size)
    journal.close()
    again = Journal.open(path)
    assert list(again.entries()) == list(enumerate([HEAD, *group]))
    assert again.root == done.root
    again.close()


@pytest.mark.parametrize("again_at", [1, 63, 64, 99])
def test_a_name_used_twice_in_a_group_stores_nothing_of_it(journal, again_at):
    names = [f"s{number}" for number in range(100)]
    names[again_at] = "s0"
    with pytest.raises(sqlite3.IntegrityError):
        journal.append([b"x"] * 100, submissions=names)
    assert (journal.size, list(journal.entries())) == (1, [(0, HEAD)])


def test_a_group_names_each_entrys_submission(journal):
    with pytest.raises(ValueError, match="a group"):
        journal.append([b"one"], submissions=[])
    with pytest.raises(ValueError, match="a group"):
        journal.append([], submissions=[])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET entry = x'00' WHERE seq = 1",
        "DELETE FROM entries WHERE seq = 2",
        "INSERT OR REPLACE INTO entries VALUES (1, x'00', zeroblob(32), NULL)",
        "REPLACE INTO entries VALUES (3, x'00', zeroblob(32), 's1')",
        "INSERT OR IGNORE INTO entries VALUES (1, x'00', zeroblob(32), NULL)",
        "INSERT INTO entries VALUES (9, x'00', zeroblob(32), NULL)",
        "INSERT INTO entries VALUES (1, x'01', zeroblob(32), NULL) ON CONFLICT DO UPDATE SET entry = x'01'",
        "UPDATE OR REPLACE entries SET seq = 1 WHERE seq = 2",
        "UPDATE checkpoints SET size = 1",
        "DELETE FROM checkpoints",
        "INSERT OR REPLACE INTO checkpoints VALUES (1, 1, x'00')",
    ],
)
def test_other_tools_are_stopped_by_triggers(journal, path, statement):
    journal.append([b"one", b"two"], submissions=["s1", None])
    journal.store_checkpoint(checkpoint.sign(journal.checkpoint("o"), KEY))
    journal.close()
    tool = plain(path)
    rows = (
        tool.execute("SELECT * FROM entries").fetchall(),
        tool.execute("SELECT * FROM checkpoints").fetchall(),
    )
    with pytest.raises(sqlite3.IntegrityError, match=r"only grows|stay"):
        tool.execute(statement)
    after = (
        tool.execute("SELECT * FROM entries").fetchall(),
        tool.execute("SELECT * FROM checkpoints").fetchall(),
    )
    assert rows == after
    tool.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET entry = x'00' WHERE seq = 1",
        "UPDATE entries SET leaf = zeroblob(32) WHERE seq = 1",
        "DELETE FROM entries WHERE seq = 2",
        "DELETE FROM entries WHERE seq = 0",
        "UPDATE head SET size = 2",
        "UPDATE head SET root = zeroblob(32)",
        "DELETE FROM head",
        "DROP TABLE head",
        "DROP TABLE entries",
    ],
)
def test_alterations_around_the_triggers_are_seen_at_opening(journal, path, statement):
    journal.append([b"one", b"two"], submissions=[None, None])
    journal.close()
    tool = plain(path)
    for trigger in ("entries_no_update", "entries_no_delete"):
        tool.execute(f"DROP TRIGGER {trigger}")
    tool.execute(statement)
    tool.close()
    fault("journal.damaged", lambda: Journal.open(path))
    fault("journal.damaged", lambda: Journal.open(path, readonly=True))


def test_only_one_program_at_a_time(journal, path):
    fault("journal.in_use", lambda: Journal.open(path))
    fault("journal.in_use", lambda: Journal.open(path, readonly=True))
    code = "import sqlite3,sys\ntry:\n sqlite3.connect(sys.argv[1],timeout=0).execute('select 1 from entries')\nexcept Exception as e: print(e)"
    said = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "database is locked"
    journal.append([b"still here"], submissions=[None])
    assert journal.size == 2


def test_a_reader_is_refused_even_before_the_first_entry_of_the_day(journal, path):
    journal.close()
    writer = Journal.open(path)
    fault("journal.in_use", lambda: Journal.open(path, readonly=True))
    writer.close()
    reader = Journal.open(path, readonly=True)
    assert reader.size == 1
    reader.close()


def test_reading_leaves_no_trace(journal, path):
    journal.close()
    before = path.read_bytes(), sorted(path.parent.iterdir())
    reader = Journal.open(path, readonly=True)
    with pytest.raises(sqlite3.OperationalError):
        reader._db.execute("DELETE FROM beats")
    fault("journal.read_only", lambda: reader.append([b"x"], submissions=[None]))
    assert reader.size == 1
    assert sorted(path.parent.iterdir()) == before[1]
    reader.close()
    assert (path.read_bytes(), sorted(path.parent.iterdir())) == before


def test_files_that_are_no_event(path, tmp_path):
    fault("journal.missing", lambda: Journal.open(path))
    path.write_bytes(b"")
    fault("journal.not_an_event", lambda: Journal.open(path))
    path.write_bytes(b"PK\x03\x04" + b"\x00" * 200)
    fault("journal.not_an_event", lambda: Journal.open(path))
    other = tmp_path / "other.db"
    plain(other).execute("CREATE TABLE t (x)").connection.close()
    before = other.read_bytes()
    fault("journal.not_an_event", lambda: Journal.open(other))
    assert other.read_bytes() == before
    fault("journal.disk_fault", lambda: Journal.open(tmp_path))


def test_a_newer_file_is_left_alone(journal, path):
    journal.close()
    plain(path).execute("PRAGMA user_version = 2").connection.close()
    before = path.read_bytes()
    fault("journal.newer_version", lambda: Journal.open(path))
    assert path.read_bytes() == before


def test_nothing_is_written_over(journal, path):
    fault("journal.exists", lambda: Journal.create(path, b"other"))
    assert list(journal.entries()) == [(0, HEAD)]


def test_a_spoiled_file_is_damaged(journal, path):
    journal.append([os.urandom(2000) for _ in range(50)], submissions=[None] * 50)
    journal.close()
    data = bytearray(path.read_bytes())
    data[4096 : len(data) // 2] = bytes(len(data) // 2 - 4096)
    path.write_bytes(data)
    fault("journal.damaged", lambda: Journal.open(path))


def test_another_thread_is_our_mistake_until_it_adopts(journal):
    caught: list[object] = []

    def other() -> None:
        try:
            journal.append([b"x"], submissions=[None])
        except RuntimeError as error:
            caught.append(str(error))
        journal.adopt()
        caught.append(journal.append([b"y"], submissions=[None]).first_seq)

    thread = threading.Thread(target=other)
    thread.start()
    thread.join()
    assert caught == ["a journal belongs to one thread", 1]
    with pytest.raises(RuntimeError):
        journal.beats()


def test_proofs_of_stored_entries(journal):
    entries = [b"entry %d" % number for number in range(1, 38)]
    journal.append(entries[:20], submissions=[None] * 20)
    old, old_root = journal.head
    journal.append(entries[20:], submissions=[None] * 17)
    size, root = journal.head
    assert journal.root_at(old) == old_root
    assert verify_consistency(old, size, old_root, root, journal.consistency_proof(old))
    assert verify_inclusion(leaf_hash(entries[6]), 7, size, journal.inclusion_proof(7), root)
    assert not verify_inclusion(leaf_hash(entries[7]), 7, size, journal.inclusion_proof(7), root)


def test_checkpoints_are_kept_once_and_only_of_this_history(journal, path):
    origin = checkpoint.origin("e1")
    first = checkpoint.sign(journal.checkpoint(origin), KEY)
    journal.append([b"one"], submissions=[None])
    second = checkpoint.sign(journal.checkpoint(origin), KEY)
    for signed in (second, first, second):
        journal.store_checkpoint(signed)
    assert journal.checkpoints() == [first, second]
    assert checkpoint.verify(second, origin, KEY.public_key().public_bytes_raw()) == Checkpoint(
        origin, *journal.head
    )
    foreign = checkpoint.sign(Checkpoint(origin, 2, b"\x01" * 32), KEY)
    fault("journal.foreign_checkpoint", lambda: journal.store_checkpoint(foreign))
    later = checkpoint.sign(Checkpoint(origin, 3, journal.root), KEY)
    fault("journal.foreign_checkpoint", lambda: journal.store_checkpoint(later))
    journal.close()
    again = Journal.open(path)
    assert again.checkpoints() == [first, second]
    again.close()


def test_beats_and_meta_outlive_the_program_without_touching_the_record(journal, path):
    head = journal.head
    for number in range(3):
        journal.beat("room-1", b"%d" % number)
    journal.beat("room-2", b"\x00")
    journal.set_meta("opened-by", b"laptop")
    assert journal.head == head
    journal.close()
    again = Journal.open(path)
    assert again.beats() == {"room-1": b"2", "room-2": b"\x00"}
    assert again.meta() == {"opened-by": b"laptop"}
    again.close()
