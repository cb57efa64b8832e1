"""What this user chose on this machine: language, colours, size of type, recent events."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

from venue_app.base.i18n import DEFAULT
from venue_app.base.paths import config_dir
from venue_app.domain.nouns import Mode

# A language is named in itself, so that whoever cannot read the page still finds their own.
LANGUAGE_NAMES = {"zh-CN": "简体中文", "zh-TW": "繁體中文", "en": "English"}
_MOST_RECENT = 8
_log = logging.getLogger(__name__)


class Recent(msgspec.Struct, frozen=True):
    """An event that was open here. `stage` is a screen's name (prepare, room, …), `opened_ms` wall time."""

    path: str
    title: str
    mode: Mode
    stage: str = "prepare"
    opened_ms: int = 0


class Settings(msgspec.Struct, frozen=True):
    """Everything that is remembered between runs; none of it belongs to an event."""

    language: str = DEFAULT
    theme: str = "light"
    large: bool = False
    sound: bool = True
    recents: tuple[Recent, ...] = ()

    def with_recent(self, recent: Recent) -> Settings:
        """The same with `recent` first and once only."""
        others = tuple(r for r in self.recents if r.path != recent.path)
        return msgspec.structs.replace(self, recents=(recent, *others)[:_MOST_RECENT])

    def without(self, path: str) -> Settings:
        """The same with one event forgotten; its file is not touched."""
        return msgspec.structs.replace(self, recents=tuple(r for r in self.recents if r.path != path))


def _file() -> Path:
    return config_dir() / "settings.json"


def load() -> Settings:
    """The settings of this user; a missing or damaged file gives those of a new user."""
    try:
        return msgspec.json.decode(_file().read_bytes(), type=Settings)
    except FileNotFoundError:
        return Settings()
    except (OSError, msgspec.DecodeError) as fault:
        _log.warning("settings cannot be read, starting afresh: %s", fault)
        return Settings()


def save(settings: Settings) -> None:
    """Keep them; an unwritable folder is logged and nothing else, since no event depends on it."""
    target = _file()
    draft = target.with_suffix(".new")
    try:
        draft.write_bytes(msgspec.json.format(msgspec.json.encode(settings)))
        draft.replace(target)
    except OSError as fault:
        _log.warning("settings cannot be kept: %s", fault)
