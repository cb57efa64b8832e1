"""The tables in a real PostgreSQL: a cluster of our own on a socket of its own, gone afterwards.

`make` installs the server (TEST_TOOLS); where it is missing these tests fail and say so.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from tests.arch.code import ROOT
from tests.core.test_tables import ROOM, described
from tests.venues import bundle
from venue_app.host.exporting import export_file

Ask = Callable[[str], list[list[str]]]
#: Whom the server runs as where the tests run as root, which it refuses: Debian's package brings this user.
USER = "postgres"


def program(name: str) -> str:
    """A program of the server: Debian keeps them beside the version, others in the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: int(p.parts[-3]))
    path = str(found[-1]) if found else shutil.which(name)
    if path is None:
        pytest.fail(
            f"{name} is missing: install PostgreSQL (`apt-get install postgresql`, or `make .venv/ready-test`)"
        )
    return path


def as_user(*words: str) -> list[str]:
    """A command as whoever the server runs as."""
    if os.getuid() != 0:
        return list(words)
    return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", *words]


def done(*words: str) -> str:
    ran = subprocess.run(as_user(*words), capture_output=True, text=True, timeout=120, check=False, cwd="/")
    assert ran.returncode == 0, f"{words[0]}: {ran.stderr}{ran.stdout}"
    return ran.stdout


@pytest.fixture(scope="module")
def cluster() -> Iterator[Path]:
    """The folder of a running cluster with its socket; short, for a socket's path may not be long."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    if os.getuid() == 0:
        user = pwd.getpwnam(USER)
        os.chown(folder, user.pw_uid, user.pw_gid)
    data = folder / "data"
    try:
        done(program("initdb"), "-D", str(data), "-A", "trust", "-U", USER, "-E", "UTF8", "--no-locale", "-N")
        settings = f"-k {folder} -h '' -c fsync=off"
        done(program("pg_ctl"), "-D", str(data), "-w", "-o", settings, "-l", str(folder / "log"), "start")
        yield folder
        done(program("pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
    assert not folder.exists()


@pytest.fixture(scope="module")
def ask(cluster) -> Ask:
    """Statements for psql; rows of texts."""

    def run(statement: str) -> list[list[str]]:
        words = (
            program("psql"),
            "-X",
            "-h",
            str(cluster),
            "-U",
            USER,
            "-d",
            "postgres",
            "-v",
            "ON_ERROR_STOP=1",
        )
        said = done(*words, "-A", "-t", "-F", "\t", "-c", statement)
        return [line.split("\t") for line in said.splitlines()]

    return run


def types() -> dict[str, str]:
    """PostgreSQL's type for each of ours, as the document says."""
    text = (ROOT / "docs/formats/tables.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| (\w+) \| [^|]+ \| `([^`]+)` \|", text, re.MULTILINE))


@pytest.fixture(scope="module")
def loaded(ask, cluster, tmp_path_factory):
    """Every table of an event, from Parquet through CSV as the document says."""
    event = bundle(tmp_path_factory.mktemp("venue"), "东镇", ROOM)
    export_file(event, "parquet", event.parent)
    of = types()
    assert set(of) == {"text", "integer", "decimal", "boolean", "time", "json"}
    for name, columns in described().items():
        ddl = ", ".join(f'"{column}" {of[kind]}' for column, kind in columns)
        ask(f'create table "{name}" ({ddl})')
        source = event.parent / f"{event.stem}.parquet/{name}.parquet"
        between = cluster / f"{name}.csv"
        duckdb.sql(f"copy (from '{source}') to '{between}' (header, nullstr '\\N')")
        between.chmod(0o644)
        ask(f"\\copy \"{name}\" from '{between}' (format csv, header, null '\\N')")
    return ask


def test_all_tables_arrive(loaded):
    assert loaded("select count(*) from information_schema.tables where table_schema = 'public'") == [
        [str(len(described()))]
    ]
    assert loaded("select count(*), sum(mark), min(pg_typeof(mark)::text) from marks") == [
        ["4", "311.600000000", "numeric"]
    ], "85.5 + 85.1 + 70 + 71"


def test_a_query_over_several_tables_gives_what_was_given(loaded):
    found = loaded(
        """select c.identity, x.composite, x.rank, count(m.mark), coalesce(a.absence, '-')
        from entries e join candidates c using (candidate) join composites x using (entry)
        left join marks m using (entry) left join absences a using (entry)
        group by 1, 2, 3, 5 order by 1"""
    )
    assert found == [
        ["007001", "85.300000000", "1", "2", "-"],
        ["007002", "70.500000000", "2", "2", "-"],
        ["007003", "", "", "0", "absent"],
    ]


def test_times_truth_words_and_json_keep_their_meaning(loaded):
    assert loaded("select distinct extract(epoch from happened_at)::bigint from sheets") == [["1777600000"]]
    assert loaded("select bool_and(qualified) from candidates") == [["t"]]
    assert loaded("select distinct name from seats order by 1") == [["=评委1"], ["=评委2"]]
    assert loaded("select data->>'title' from journal where seq = 0") == [["东镇面试"]]
