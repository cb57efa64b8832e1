"""Sentences in three languages, looked up by key.

One TOML file an area and language (`resources/translations/zh-CN/room.toml`);
the file's name is the first part of the key, its tables the rest:
`room.gate.missing_marks`. Placeholders are `{name}`. A missing key is a defect
that the tests find; at run time the key itself is shown rather than nothing.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from venue_app.base.errors import Known
from venue_app.base.paths import resources

LANGUAGES = ("zh-CN", "zh-TW", "en")
DEFAULT = "zh-CN"

_current = DEFAULT
_asked: str | None = None


def set_language(language: str) -> None:
    """Choose the language of this process's windows and messages; unknown names fall back to `DEFAULT`."""
    global _current
    _current = language if language in LANGUAGES else DEFAULT


def ask_for(language: str | None) -> None:
    """Speak `language` in this run, whatever is kept for this user; None: what is kept counts again."""
    global _asked
    _asked = language
    if language is not None:
        set_language(language)


def asked() -> str | None:
    """The language that was asked for on the command line, if one was."""
    return _asked


def language() -> str:
    """The language in force."""
    return _current


def _flatten(prefix: str, table: dict[str, Any], into: dict[str, str]) -> None:
    for key, value in table.items():
        name = f"{prefix}.{key}"
        if isinstance(value, dict):
            _flatten(name, value, into)
        else:
            into[name] = str(value)


@cache
def catalogue(lang: str) -> dict[str, str]:
    """All sentences of one language by key."""
    found: dict[str, str] = {}
    for file in sorted((resources() / "translations" / lang).glob("*.toml")):
        with file.open("rb") as handle:
            _flatten(file.stem, tomllib.load(handle), found)
    return found


def tr(key: str, /, **params: object) -> str:
    """The sentence for `key` in the language in force."""
    return tr_in(_current, key, **params)


def tr_in(lang: str, key: str, /, **params: object) -> str:
    """The sentence for `key` in `lang`."""
    text = catalogue(lang).get(key)
    if text is None:
        return key if not params else f"{key} {params}"
    return text.format(**params) if params else text


def say(error: Known, lang: str | None = None) -> str:
    """A known fault as a sentence with its next step: `roster.no_header` is `roster.error.no_header`."""
    area, _, name = error.code.partition(".")
    return tr_in(lang or _current, f"{area}.error.{name}", **error.params)
