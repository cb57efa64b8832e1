"""The demonstration county, whole: spreadsheets, robots over TLS, reports, bundle, results, verification.

The expected numbers are worked out here from the spreadsheets by the published rules, with
fractions and without any of the program's own arithmetic.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import sqlite3
import subprocess
import sys
import unicodedata
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pypdfium2
import pytest
import zxingcpp

from venue_app.host.audit import audit
from venue_app.host.proving import report_checks
from venue_app.journal import short_head
from venue_app.seal.check import Outcome
from venue_app.seal.statement import Verdict, read
from venue_app.seal.verify import verify_file

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "resources/demo/county"
FORMS = {
    "candidate-sheets",
    "closing-report",
    "composite",
    "draw-check",
    "draw-record",
    "notice",
    "opening-report",
    "shortlist",
    "site-record",
    *(f"{form}-R{room}" for form in ("room-log", "room-summary") for room in (1, 2, 3)),
}


class Made(NamedTuple):
    """What the rehearsal left behind."""

    out: Path
    said: str
    results: dict[str, Any]

    @property
    def event(self) -> Path:
        return self.out / "rehearsal.venue"

    @property
    def bundle(self) -> Path:
        return self.out / "rehearsal.bundle"

    def entries(self) -> list[bytes]:
        with sqlite3.connect(f"{self.event.as_uri()}?mode=ro", uri=True) as db:
            return [row[0] for row in db.execute("SELECT entry FROM entries ORDER BY seq")]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Made:
    out = tmp_path_factory.mktemp("county")
    program = [sys.executable, str(ROOT / "main.py"), "rehearse", "county-self-nomination"]
    done = subprocess.run(
        [*program, "--data", str(DATA), "--out", str(out)],
        env={**os.environ, "VENUE_APP_HOME": str(tmp_path_factory.mktemp("home"))},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Made(out, done.stdout, json.loads((out / "results.json").read_bytes()))


# ---- the same event, worked out here ----


def table(name: str) -> list[list[str]]:
    raw = (DATA / name).read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    return [[plain(cell) for cell in row] for row in csv.reader(text.splitlines()) if any(row)][1:]


def plain(cell: object) -> str:
    return "" if cell is None else unicodedata.normalize("NFKC", str(cell)).strip()


def people() -> tuple[dict[str, str], dict[str, str]]:
    """Everybody who may draw: identity → post, moved where the post is cancelled; and identity → name."""
    sheet = openpyxl.load_workbook(DATA / "报名登记表.xlsx").worksheets[0]
    rows = [[plain(c) for c in row] for row in sheet.iter_rows(values_only=True)]
    people = [row for row in rows if re.fullmatch(r"\d{17}[\dXx]", row[3].replace(" ", ""))]
    entered = defaultdict(list)
    for row in people:
        entered[row[8]].append(row)
    posts = {}
    for post, here in entered.items():
        for row in here:
            wish = next((p for p in entered if p != post and p in row[10]), "")
            posts[row[3].replace(" ", "").upper()] = post if len(here) >= 5 else wish
    fit = {"合格", "符合", "√", "是", "通过"}
    out = {row[3].replace(" ", "").upper() for row in people if row[9] not in fit}
    names = {row[3].replace(" ", "").upper(): re.sub(r"[•・]", "·", row[1]) for row in people}
    return {identity: post for identity, post in posts.items() if identity not in out}, names


def half_up(exact: Fraction) -> Decimal:
    """To two places; a half goes up."""
    return Decimal((exact * 100 + Fraction(1, 2)) // 1).scaleb(-2)


class Worked(NamedTuple):
    draft: Decimal
    live: Decimal
    audience: Decimal
    composite: Decimal


def worked_out() -> dict[str, Worked]:
    drafts = {row[0]: Decimal(row[2]) for row in table("演讲稿得分.csv")}
    totals: dict[str, list[Fraction]] = defaultdict(list)
    for row in table("现场打分.csv"):
        totals[row[0]].append(sum((Fraction(mark) for mark in row[2:7]), Fraction(0)))
    found = {}
    for row in table("旁听测评.csv"):
        identity, votes = row[0], [Fraction(vote) for vote in row[1:]]
        kept = sorted(totals[identity])[1:-1]
        assert (len(kept), len(votes)) == (5, 20)
        live, audience = half_up(sum(kept) / Fraction(5)), half_up(sum(votes) / Fraction(20))
        draft = drafts[identity]
        exact = Fraction(draft) * 15 / 100 + Fraction(live) * 65 / 100 + Fraction(audience)
        found[identity] = Worked(draft, live, audience, half_up(exact))
    return found


def test_every_number_is_as_worked_out(made):
    expected = worked_out()
    found = made.results["candidates"]
    assert len(expected) == 150 and found.keys() == expected.keys()
    for identity, numbers in expected.items():
        parts = found[identity]["components"]
        assert {k: parts[k] for k in ("live", "audience", "composite")} == {
            "live": str(numbers.live),
            "audience": str(numbers.audience),
            "composite": str(numbers.composite),
        }, identity
        assert Decimal(parts["draft"]) == numbers.draft
        assert found[identity]["composite"] == str(numbers.composite)
        assert (parts["inspection"], parts["final"]) == (None, None)


def test_ranks_and_outcomes_are_as_worked_out(made):
    posts, _ = people()
    numbers = worked_out()
    by_post = defaultdict(list)
    for identity, post in posts.items():
        by_post[post].append((numbers[identity].composite, identity))
    found = made.results["candidates"]
    for post, lines in by_post.items():
        scores = sorted((score for score, _ in lines), reverse=True)
        above = [score for score in scores if score >= 70]
        last = above[:2][-1] if above else None
        passed = set()
        for score, identity in lines:
            line = found[identity]
            assert line["post"] == post
            assert line["rank"] == scores.index(score) + 1, identity  # 1, 2, 2, 4
            goes_on = last is not None and score >= last
            passed |= {identity} if goes_on else set()
            wanted = "passed" if goes_on else "below_threshold" if score < 70 else "not_in_ratio"
            assert line["outcome"] == wanted, identity
        assert set(made.results["posts"][post]["passed"]) == passed
    assert made.results["posts"].keys() - by_post.keys() == {"档案馆副馆长"}
    assert made.results["posts"]["档案馆副馆长"] == {"outcome": "post_cancelled", "passed": [], "waiting": []}


def test_names_are_whole_and_the_unqualified_left_out(made):
    posts, names = people()
    found = {identity: line["name"] for identity, line in made.results["candidates"].items()}
    assert found.keys() == posts.keys()
    assert {i: re.sub(r"\s", "", n) for i, n in found.items()} == {
        i: re.sub(r"\s", "", names[i]) for i in posts
    }
    assert made.results["left_out"].keys() == names.keys() - posts.keys()
    assert {"𠮷永清", "陈㛃", "阿不都热合曼·艾山江", "Nguyễn Thị Hà"} <= set(found.values())
    assert sorted(found.values()).count("刘洋") == 2


def test_lots_are_a_shuffle_of_each_room_that_anybody_can_recompute(made):
    entries = [json.loads(raw) for raw in made.entries()]
    held = next(e["data"] for e in entries if e["kind"] == "draw.drawn")
    for drawn in held["result"].values():
        tickets = [hashlib.sha256(f"{held['seed']},{entry}".encode()).hexdigest() for entry in drawn]
        assert tickets == sorted(tickets)
    lots = defaultdict(list)
    for line in made.results["candidates"].values():
        lots[line["room"]].append(line["lot"])
    assert len(lots) == 3
    for numbers in lots.values():
        assert sorted(numbers) == list(range(1, len(numbers) + 1))


# ---- what was left behind ----


def test_the_command_says_what_it_made(made):
    assert "150" in made.said and "41" in made.said and "4050" in made.said
    for path in (made.event, made.bundle, made.out / "results.json", made.out / "reports"):
        assert str(path) in made.said
        assert path.exists()


def root_at(leaves: list[bytes]) -> bytes:
    """RFC 6962, as it is written there."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root_at(leaves[:split]) + root_at(leaves[split:])).digest()


def text_of(pdf: Path) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def test_every_form_is_there_and_every_name_can_be_found(made):
    files = {path.stem: path for path in (made.out / "reports").glob("*.pdf")}
    assert files.keys() == FORMS
    names = {line["name"] for line in made.results["candidates"].values()}
    for form in ("candidate-sheets", "composite"):
        text = re.sub(r"\s", "", "".join(text_of(files[form])))
        assert [name for name in names if re.sub(r"\s", "", name) not in text] == [], form
    passed = {i for post in made.results["posts"].values() for i in post["passed"]}
    shortlist = re.sub(r"\s", "", "".join(text_of(files["shortlist"])))
    for identity, line in made.results["candidates"].items():
        if identity in passed:
            assert line["name"].replace(" ", "") in shortlist and line["composite"] in shortlist


def test_every_page_carries_the_journal_head_of_its_moment(made):
    entries = made.entries()
    roots: dict[int, str] = {}
    spoken_of: set[int] = set()
    for pdf in (made.out / "reports").glob("*.pdf"):
        for page in text_of(pdf):
            sizes = {int(n.replace(",", "")) for n in re.findall(r"\d{1,3}(?:,\d{3})+", page)}
            text = re.sub(r"\s", "", page).lower()
            for size in sizes - roots.keys():
                roots[size] = root_at(entries[:size]).hex() if size <= len(entries) else "beyond"
            spoken_of |= (true := {size for size in sizes if roots[size] in text})
            assert true, f"{pdf.name}: no head of the journal is on the page"
    assert len(spoken_of) == 1, "all forms speak of one moment"


def test_codes_on_pages_say_what_the_pages_are(made):
    entries = made.entries()
    key = bytes.fromhex(json.loads(entries[0])["data"]["keys"]["ed25519"])
    sample = {"candidate-sheets": (0, 74, 149), "composite": (0,), "shortlist": (0,), "room-summary-R2": (0,)}
    for form, numbers in sample.items():
        document = pypdfium2.PdfDocument(made.out / "reports" / f"{form}.pdf")
        for number in numbers:
            image = document[number].render(scale=200 / 72, grayscale=True).to_pil()
            codes = zxingcpp.read_barcodes(image, text_mode=zxingcpp.TextMode.Plain)
            (reading,) = [read(code.text, key) for code in codes if code.text.startswith("VA1:")]
            said = reading.statement
            assert reading.verdict is Verdict.VALID
            assert (said.page, said.pages) == (number + 1, len(document))
            assert said.event == made.results["event"] and said.mode == "rehearsal"
            assert said.root == root_at(entries[: said.size])


def checked(path: Path, **more: Any):
    return verify_file(path, extra=audit, **more)


def test_event_bundle_and_reports_verify(made):
    entries = made.entries()
    head = f"{len(entries)}/{short_head(root_at(entries))}"
    event = checked(made.event, head=head)
    assert event.outcome is Outcome.PROVED, [c.sentence() for c in event.checks if c.ok is not True]
    bundle = checked(made.bundle)
    assert {c.code for c in bundle.checks if c.ok is not True} <= {"seal.check.head"}
    codes = {c.code for c in bundle.checks}
    assert {"audit.receipts", "audit.results", "audit.draw", "seal.check.reports"} <= codes
    report = checked(made.out / "reports" / "shortlist.pdf", event=made.event)
    assert report.outcome is not Outcome.WRONG
    assert {c.code for c in report.checks if c.ok} >= {"seal.check.pdf_signature", "seal.check.history"}


def test_every_report_is_recomputed_from_the_journal(made):
    for pdf in sorted((made.out / "reports").glob("*.pdf")):
        found = {c.code: c.ok for c in checked(pdf, event=made.event, report=report_checks).checks}
        assert found["audit.report_facts"] is found["audit.report_file"] is True, pdf.name


def flipped(path: Path, at: int, target: Path) -> Path:
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1
    target.write_bytes(raw)
    return target


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("kind", ["bundle", "pdf"])
def test_one_changed_bit_of_a_sealed_file_is_seen(made, tmp_path, kind, part):
    path = made.bundle if kind == "bundle" else made.out / "reports" / "room-summary-R1.pdf"
    changed = flipped(path, int(path.stat().st_size * part), tmp_path / path.name)
    assert checked(changed).outcome is Outcome.WRONG


@pytest.mark.parametrize("where", [b'"receipt":"', b'"marks":{"content":"2', b'"nonce":"', b'"ed25519":"'])
def test_one_changed_bit_of_a_recorded_fact_is_seen(made, tmp_path, where):
    at = made.event.read_bytes().index(where) + len(where)
    changed = flipped(made.event, at, tmp_path / "changed.venue")
    assert checked(changed).outcome is Outcome.WRONG
