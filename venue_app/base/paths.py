"""Where the program's own files and the user's files live."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from platformdirs import user_config_path, user_data_path

APP = "venue-app"


@cache
def resources() -> Path:
    """The folder of fonts, schemes, translations and web pages, from source, wheel or frozen program."""
    frozen = getattr(sys, "_MEIPASS", None)
    here = Path(__file__).resolve()
    options = [here.parents[2] / "resources", here.parents[1] / "_resources"]
    if frozen:
        options.insert(0, Path(frozen) / "resources")
    for option in options:
        if option.is_dir():
            return option
    raise FileNotFoundError("the program's resources folder is missing: reinstall the program")


def _home() -> Path | None:
    """`VENUE_APP_HOME` puts everything this program keeps into one folder (tests, portable use)."""
    home = os.environ.get("VENUE_APP_HOME")
    if not home:
        return None
    folder = Path(home)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def config_dir() -> Path:
    """Settings of this user on this machine (recent events, language)."""
    return _home() or user_config_path(APP, appauthor=False, ensure_exists=True)


def data_dir() -> Path:
    """Files this program keeps for this user (keys, station outbox, logs)."""
    return _home() or user_data_path(APP, appauthor=False, ensure_exists=True)
