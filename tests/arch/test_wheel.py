"""The wheel holds the whole program; its files are found from a wheel, a built program and a checkout."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.arch.code import PROGRAM, ROOT, modules
from tests.program.check import lost, needed, resource_files
from venue_app.base.paths import resources

#: Reads one of every kind of resource the way the program does, and says where they were found.
READ = """
from venue_app.base.i18n import tr
from venue_app.base.paths import resources
from venue_app.scheme import preset_ids, preset_text
assert len(preset_ids()) > 5 and preset_text(preset_ids()[0])
assert list((resources() / "demo" / "county").glob("*.xlsx")) and list((resources() / "fonts").glob("*.ttf"))
assert (resources() / "web" / "index.html").is_file() and tr("cli.demo_done") != "cli.demo_done"
print(resources())
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


def test_every_resource_is_in_the_wheel_as_it_is_here(wheel):
    with zipfile.ZipFile(wheel) as file:
        prefix = "venue_app/_resources/"
        inside = {n.removeprefix(prefix) for n in file.namelist() if n.startswith(prefix)}
        digests = {n: hashlib.sha256(file.read(prefix + n)).hexdigest() for n in inside if needed(n)}
    assert digests == resource_files()


def test_every_module_is_in_the_wheel_and_nothing_of_the_tests(wheel):
    with zipfile.ZipFile(wheel) as file:
        inside = {n for n in file.namelist() if n.endswith(".py") and "/_resources/" not in n}
        points = next(file.read(n).decode() for n in file.namelist() if n.endswith("entry_points.txt"))
    assert inside == {m.as_posix() for m in modules(*PROGRAM)}
    assert "venue-app = venue_app.cli:main" in points


def test_resources_are_found_from_an_unpacked_wheel(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as file:
        file.extractall(tmp_path / "site")
    (tmp_path / "empty").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", READ],
        cwd=tmp_path / "empty",
        env={"PYTHONPATH": str(tmp_path / "site"), "VENUE_APP_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()) == (tmp_path / "site/venue_app/_resources").resolve()


def test_a_built_program_brings_its_own(tmp_path, monkeypatch):
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources.__wrapped__() == tmp_path / "resources"
    monkeypatch.delattr(sys, "_MEIPASS")
    assert resources.__wrapped__() == ROOT / "resources"


def test_what_is_lost_is_seen(tmp_path):
    names = sorted(resource_files())
    for name in names[1:]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / "resources" / name).read_bytes())
    (tmp_path / names[1]).write_bytes(b"other")
    assert lost(tmp_path) == names[:2]
