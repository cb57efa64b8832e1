"""The benches of reports and verification: they measure real work, and would notice if it went wrong."""

from __future__ import annotations

import pytest

from venue_app.bench import reports
from venue_app.bench import verify as bench
from venue_app.seal.keys import load_or_create
from venue_app.seal.pages import codes_on_pages
from venue_app.seal.verify import verify_file


def test_reports_are_real_files(tmp_path, monkeypatch):
    monkeypatch.setattr(reports, "SHEETS", 3)
    keys = load_or_create(tmp_path / "keys")
    pdf = reports._made(keys, 0)
    assert [len(page.texts) for page in codes_on_pages(pdf)] == [1, 1, 1]
    figures = reports.bench_reports(tmp_path)
    assert figures["sheets"] == 3 and figures["seconds"] > 0
    assert [path.name for path in tmp_path.iterdir()] == ["keys"], "nothing is left behind"


def test_the_long_journal_is_sound_and_a_wrong_one_would_be_counted(tmp_path, monkeypatch):
    figures = bench.bench_verify(tmp_path, 400)
    assert (figures["entries"], figures["wrong"]) == (400, 0)
    keys = load_or_create(tmp_path / "keys")
    path = tmp_path / "long.venue"
    bench._laid(path, keys, 400)
    data = bytearray(path.read_bytes())
    at = data.index('"平板"'.encode())
    data[at + 3] ^= 1
    path.write_bytes(data)
    assert [check.code for check in verify_file(path).checks if check.ok is False]
    monkeypatch.setattr(bench, "verify_file", lambda *_a, **_k: verify_file(path))
    assert bench.bench_verify(tmp_path, 400)["wrong"] >= 2


@pytest.mark.parametrize("entries", [100, 401])
def test_as_many_entries_as_asked_for(tmp_path, entries):
    assert bench.bench_verify(tmp_path, entries)["entries"] == entries
