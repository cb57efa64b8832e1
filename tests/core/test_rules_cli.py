"""`compute` and `scheme` on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from venue_app.base.canonical import canonical
from venue_app.base.errors import Known
from venue_app.cli.rules import compute, scheme
from venue_app.scheme import load_scheme, preset_ids, preset_text
from venue_app.scheme.edit import common_keys

PLAN = """format = 1
id = "small"
title = "小方案"
composite = "c"
[[components]]
id = "c"
kind = "imported"
title = "笔试"
[[rounds]]
id = "r"
title = "入围"
by = "c"
ratio = 1
"""
FACTS = {
    "format": 1,
    "posts": [{"id": "p"}],
    "entries": [{"id": "a", "post": "p"}, {"id": "b", "post": "p"}],
    "values": [
        {"entry": "a", "component": "c", "value": "80.50"},
        {"entry": "b", "component": "c", "value": "79"},
    ],
}


@pytest.fixture
def files(tmp_path):
    plan, facts = tmp_path / "plan.toml", tmp_path / "facts.json"
    plan.write_text(PLAN, encoding="utf-8")
    facts.write_text(json.dumps(FACTS), encoding="utf-8")
    return plan, facts


def _run(command, *arguments, **more):
    return CliRunner().invoke(command, [str(a) for a in arguments], **more)


def test_compute_prints_canonical_json(files):
    plan, facts = files
    done = _run(compute, "--scheme", plan, "--facts", facts)
    assert done.exit_code == 0
    assert done.stdout_bytes == canonical(json.loads(done.stdout)) + b"\n"
    plain = json.loads(done.stdout)
    assert plain["scheme"] == {"id": "small", "digest": load_scheme(PLAN, "x").digest}
    assert plain["entries"]["a"]["composite"] == "80.50"
    assert plain["entries"]["a"]["outcome"] == {
        "code": "passed",
        "params": {"rank": "1", "limit": "1", "round": "r"},
    }
    assert plain["posts"]["p"]["passed"] == ["a"]
    assert "working" not in plain["entries"]["a"]


def test_compute_with_working(files):
    plan, facts = files
    plain = json.loads(_run(compute, "--scheme", plan, "--facts", facts, "--working").stdout)
    assert plain["entries"]["a"]["working"]["c"] == {
        "kind": "imported",
        "title": {"zh-CN": "笔试", "zh-TW": "笔试", "en": "笔试"},
        "value": "80.50",
    }


def test_compute_names_every_fault_and_prints_no_result(files):
    plan, facts = files
    facts.write_text(
        json.dumps({**FACTS, "values": [{"entry": "z", "component": "c", "value": "101"}]}), encoding="utf-8"
    )
    done = _run(compute, "--scheme", plan, "--facts", facts)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "values[1].entry" in done.stderr and "values[1].value" in done.stderr
    plan.write_text(PLAN.replace("ratio = 1", "ratoi = 1"), encoding="utf-8")
    done = _run(compute, "--scheme", plan, "--facts", facts)
    assert done.exit_code == 2 and "ratoi" in done.stderr and "plan.toml" in done.stderr


def test_check(files):
    plan, _facts = files
    good = _run(scheme, "check", plan)
    assert good.exit_code == 0 and load_scheme(PLAN, "x").digest in good.output
    plan.write_text(PLAN.replace('by = "c"', 'by = "d"'), encoding="utf-8")
    bad = _run(scheme, "check", plan)
    assert bad.exit_code == 1 and "rounds[1].by" in bad.output


def test_a_file_that_is_not_utf8(files):
    plan, _facts = files
    plan.write_bytes(PLAN.encode("gb18030"))
    done = _run(scheme, "check", plan)
    assert isinstance(done.exception, Known) and done.exception.code == "cli_rules.not_utf8"


def test_explain_in_each_language():
    assert (
        "每个职位报名不足5人的，取消"
        in _run(scheme, "explain", preset_ids()[0], "--language", "zh-CN").output
    )
    assert (
        "每個職位報名不足5人的，取消"
        in _run(scheme, "explain", preset_ids()[0], "--language", "zh-TW").output
    )
    assert "fewer than 5 entries" in _run(scheme, "explain", preset_ids()[0], "--language", "en").output


def test_list_and_schema():
    assert [line.split("\t")[0] for line in _run(scheme, "list").output.splitlines()] == list(preset_ids())
    assert json.loads(_run(scheme, "schema").output)["required"] == [
        "format",
        "id",
        "title",
        "components",
        "composite",
    ]


def test_new_without_questions(tmp_path):
    out = tmp_path / "mine.toml"
    done = _run(
        scheme,
        "new",
        out,
        "--from",
        preset_ids()[0],
        "--set",
        "groups[1].seats=9",
        "--set",
        "id=mine",
        "--yes",
    )
    assert done.exit_code == 0
    found = load_scheme(out.read_text(encoding="utf-8"), "mine.toml")
    assert (found.id, found.groups[0].seats) == ("mine", 9)
    again = _run(scheme, "new", out, "--from", preset_ids()[0], "--yes")
    assert isinstance(again.exception, Known) and again.exception.code == "cli_rules.exists"


def test_new_refuses_what_would_not_work(tmp_path):
    done = _run(
        scheme, "new", tmp_path / "x.toml", "--from", preset_ids()[0], "--set", "groups[1].seats=2", "--yes"
    )
    assert isinstance(done.exception, Known) and done.exception.code.startswith("scheme.")
    assert not (tmp_path / "x.toml").exists()


def test_new_asks_for_the_common_numbers_and_asks_again(tmp_path):
    out = tmp_path / "mine.toml"
    text = preset_text(preset_ids()[0])
    keys = common_keys(text)
    place = keys.index("groups[1].seats")
    answers = (
        ["s0-county-self-nomination"] + [""] * place + ["two", "2", "11"] + [""] * (len(keys) - place - 1)
    )
    done = _run(scheme, "new", out, input="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    found = out.read_text(encoding="utf-8")
    assert found == text.replace("seats = 7", "seats = 11", 1)


@pytest.mark.parametrize(
    "wrong",
    ["1e99999999", "1e-99999999", "9" * 5000, "1e" + "9" * 40, "[" * 5000 + "]" * 5000],
    ids=["vast", "tiny", "long", "beyond", "deep"],
)
def test_numbers_and_nesting_without_end_are_faults_and_take_no_memory(files, wrong):
    plan, facts = files
    plan.write_text(PLAN.replace("ratio = 1", f"ratio = {wrong}"), encoding="utf-8")
    done = _run(scheme, "check", plan)
    assert (done.exit_code, isinstance(done.exception, SystemExit)) == (1, True)
    assert "plan.toml" in done.output
    assert len(done.output) < 12_000
    plan.write_text(PLAN, encoding="utf-8")
    facts.write_text(json.dumps(FACTS).replace('"80.50"', wrong), encoding="utf-8")
    done = _run(compute, "--scheme", plan, "--facts", facts)
    assert (done.exit_code, isinstance(done.exception, SystemExit), done.stdout) == (2, True, "")
    assert "facts.json" in done.stderr


def _whole(*arguments):
    """The program as it is started, with its exit status and both streams."""
    return subprocess.run(
        [
            sys.executable,
            str(Path(__file__).parents[2] / "main.py"),
            "--language",
            "en",
            *map(str, arguments),
        ],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_place_that_cannot_be_written_is_said(files, tmp_path):
    plan, facts = files
    nowhere = plan / "results.json"  # a file stands where a folder should
    done = _whole("compute", "--scheme", plan, "--facts", facts, "--out", nowhere)
    assert done.returncode == 2
    assert str(nowhere) in done.stderr
    assert "choose another folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_rehearse_reads_a_scheme_as_check_does(files, tmp_path):
    plan, _ = files
    plan.write_bytes("方案".encode("gb18030"))
    done = _whole("rehearse", plan, "--data", tmp_path / "none", "--out", tmp_path / "out")
    assert (done.returncode, "UTF-8" in done.stderr, "Traceback" in done.stderr) == (2, True, False)
    plan.write_bytes(b"\xef\xbb\xbf" + PLAN.encode())
    done = _whole("rehearse", plan, "--data", tmp_path / "none", "--out", tmp_path / "out")
    assert (done.returncode, "There is no folder" in done.stderr) == (2, True)


def test_a_key_written_twice_is_a_fault_and_neither_is_taken(files):
    plan, facts = files
    facts.write_text(
        json.dumps(FACTS).replace('"value": "79"', '"value": "79", "value": "97"'), encoding="utf-8"
    )
    done = _run(compute, "--scheme", plan, "--facts", facts)
    assert (done.exit_code, done.stdout) == (2, "")
    assert all(words in done.stderr for words in ("facts.json", '"value"', "79", "97"))
