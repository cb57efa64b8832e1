"""The bench of a province: what it invents is sound, counted, and gone afterwards."""

from __future__ import annotations

import json

from click.testing import CliRunner

from venue_app.bench.inventing import JUDGES, derived, held
from venue_app.cli.bench import bench
from venue_app.consolidation.part import Part, examine


def test_a_small_province_is_checked_ranked_and_removed(tmp_path):
    words = (
        "consolidate",
        "--venues",
        "2",
        "--people",
        "10",
        "--check",
        "all",
        "--folder",
        str(tmp_path),
        "--json",
    )
    done = CliRunner().invoke(bench, words, catch_exceptions=False)
    assert done.exit_code == 0
    figures = json.loads(done.stdout)
    assert (figures["venues"], figures["people"], figures["faults"]) == (2, 20, 0)
    assert figures["sheets"] == 2 * 10 * JUDGES and 0 < figures["checked_s"] <= figures["seconds"]
    assert list(tmp_path.iterdir()) == []


def test_each_venue_has_people_marks_devices_and_keys_of_its_own(tmp_path):
    template = held(tmp_path / "template", 10)
    folder = tmp_path / "bundles"
    folder.mkdir()
    for number in (1, 2):
        derived(template, folder, number)
    parts = [examine(path) for path in sorted(folder.iterdir())]
    one, other = (part for part in parts if isinstance(part, Part))
    assert one.key != other.key and one.event != other.event and one.root != other.root
    assert {who.identity for who in one.people.values()}.isdisjoint(
        who.identity for who in other.people.values()
    )
    assert list(one.facts.sheets.values()) != list(other.facts.sheets.values())
    assert "audit.signatures" in {check.code for check in one.checks if check.ok}
