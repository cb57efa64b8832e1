"""What the documents point at is there: tests, links, commands; and the two READMEs say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.arch.code import ROOT, modules
from venue_app.cli.main import cli

DOCUMENTS = sorted(
    p.relative_to(ROOT)
    for p in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
    if p.name != "LICENSE.md"
)


def read(path: Path | str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def all_tests() -> set[str]:
    found: set[str] = set()
    for module in modules("tests"):
        found |= set(re.findall(r"^\s*(?:async )?def (test_\w+)", read(module), re.MULTILINE))
    return found


def test_every_test_the_threat_model_names_exists():
    named = set(re.findall(r"`(test_\w+)`", read("docs/threat-model.md")))
    assert len(named) > 50
    assert named - all_tests() == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_links_lead_somewhere(document: Path):
    for link in re.findall(r"\]\(([^)#\s]+)\)", read(document)):
        if "://" not in link:
            assert (ROOT / document.parent / link).exists(), f"{document}: {link}"


def test_every_command_is_described():
    described = set(re.findall(r"^\| `venue-app (\w+)", read("docs/cli.md"), re.MULTILINE))
    described |= set(re.findall(r"`venue-app (\w+)", read("docs/cli.md")))
    assert set(cli.list_commands(None)) - described == set()  # type: ignore[arg-type]


def test_the_chinese_readme_shows_and_runs_the_same():
    english, chinese = read("README.md"), read("README.zh-CN.md")
    for pattern in (
        r"!\[[^\]]*\]\(([^)]+)\)",
        r"\]\((docs/[^)]*)\)",
        r"^\s*(venue-app \w+|make\b[ \w]*?)(?: {2,}|$)",
    ):
        found = [re.findall(pattern, text, re.MULTILINE) for text in (english, chinese)]
        assert found[0] == found[1] != [], pattern
    for line in ("Windows:", "macOS:"):
        [[first], [second]] = (
            re.findall(rf"^{line} (`.+`)$", text, re.MULTILINE) for text in (english, chinese)
        )
        assert first == second
    assert len(re.findall(r"^## ", english, re.MULTILINE)) == len(re.findall(r"^## ", chinese, re.MULTILINE))
    assert len(re.findall(r"^\| \*\*", english, re.MULTILINE)) == len(
        re.findall(r"^\| \*\*", chinese, re.MULTILINE)
    )
