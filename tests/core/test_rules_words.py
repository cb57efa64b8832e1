"""Every code the rules and the scheme can speak of has its sentence, in three languages with the same blanks."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from typing import get_args, get_type_hints

import pytest

import venue_app.rules
import venue_app.scheme
from venue_app.base.i18n import LANGUAGES, catalogue
from venue_app.rules.facts import Barred
from venue_app.scheme.ballots import BallotScore
from venue_app.scheme.derived import SeatPlaces, Statistic
from venue_app.scheme.judging import Group, Stage, Trim
from venue_app.scheme.rounds import Entrants, Intake, Round

AREAS = ("rules.", "scheme.", "scheme_keys.", "cli_rules.")


def _source(package) -> str:
    return "\n".join(f.read_text(encoding="utf-8") for f in sorted(Path(package.__path__[0]).rglob("*.py")))


RULES, SCHEME = _source(venue_app.rules), _source(venue_app.scheme)


def _literals(model, name) -> tuple[str, ...]:
    return get_args(get_type_hints(model)[name])


def _wanted() -> set[str]:
    codes = set(re.findall(r'Reason\(\s*"(\w+)"', RULES)) | set(_literals(Barred, "code"))
    codes |= {f"panel_{state}" for state in ("not_yet", "absent", "below_minimum")}
    codes |= {f"seat_{state}" for state in ("recused", "excused", "absent")}
    faults = set(re.findall(r'Fault\(\s*"(\w+)"', SCHEME)) | set(
        re.findall(r'self\.fault\(\s*"(\w+)"', SCHEME)
    )
    facts = set(re.findall(r'fault\(\s*"(\w+)"', RULES)) | set(re.findall(r'Fault\(\s*"(\w+)"', RULES))
    said = {f"rules.say.{key}" for key in re.findall(r'_say\(\s*lang,\s*"(\w+)"', RULES)}
    said |= {f"scheme.explain.{key}" for key in re.findall(r'\bsay\(\s*lang,\s*"(\w+)"', SCHEME)}
    families = {
        "rules.say.take_": _literals(Group, "take"),
        "rules.say.statistic_": _literals(Statistic, "take"),
        "rules.say.places_": _literals(SeatPlaces, "take"),
        "rules.say.measure_": _literals(BallotScore, "measure"),
        "scheme.explain.take_": _literals(Group, "take"),
        "scheme.explain.group_": _literals(Group, "scope"),
        "scheme.explain.end_": _literals(Stage, "at_end"),
        "scheme.explain.statistic_": _literals(Statistic, "take"),
        "scheme.explain.measure_": _literals(BallotScore, "measure"),
        "scheme.explain.over_": _literals(BallotScore, "denominator"),
        "scheme.explain.classes_": _literals(BallotScore, "classes"),
        "scheme.explain.trim_": _literals(Trim, "on"),
        "scheme.explain.below_": (*_literals(Entrants, "below"), *_literals(Intake, "below")),
        "scheme.explain.order_": _literals(Round, "order"),
        "scheme.explain.cut_": _literals(Round, "ties_at_cut"),
        "scheme.explain.replacement_": _literals(Round, "replacement"),
        "scheme.explain.style_": _literals(Round, "rank_style"),
    }
    return (
        {f"rules.reason.{code}" for code in codes}
        | {f"scheme.error.{code}" for code in faults}
        | {f"rules.error.facts_{code}" for code in facts}
        | {f"rules.error.{code}" for code in re.findall(r'Known\(\s*"rules\.(\w+)"', RULES)}
        | said
        | {head + tail for head, tails in families.items() for tail in tails}
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_a_sentence(lang):
    wanted = _wanted()
    assert len(wanted) > 250
    assert not sorted(wanted - catalogue(lang).keys())


def _blanks(sentence: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_keys_and_blanks_in_every_language(lang):
    ours = {key: words for key, words in catalogue("en").items() if key.startswith(AREAS)}
    theirs = {key: words for key, words in catalogue(lang).items() if key.startswith(AREAS)}
    assert ours.keys() == theirs.keys()
    free = {
        "rules.reason.seat_recused",
        "rules.say.statistic",
        "rules.say.places_sum",
        "rules.say.places_mean",
    }
    different = {
        k
        for k in ours
        if k not in free and not k.startswith("scheme_keys.") and _blanks(ours[k]) != _blanks(theirs[k])
    }
    assert different == set()
