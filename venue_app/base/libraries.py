"""Libraries of the system that windows need and a bare machine may lack, said so that somebody can install them."""

from __future__ import annotations

import re

from venue_app.base.errors import Known

_LOADER = re.compile(r"(lib[\w+.-]+\.so(?:\.\d+)*): cannot open shared object file")
_NAME = re.compile(r"(.+?)\.so(?:\.(\d+))?")
#: Debian packages whose name does not follow from the library's.
_OTHERWISE = {"libglib-2.0.so.0": "libglib2.0-0", "libgthread-2.0.so.0": "libglib2.0-0"}


def debian_package(library: str) -> str:
    """The package that holds a library by Debian's rule of naming: `libxcb-cursor.so.0` is in `libxcb-cursor0`."""
    if library in _OTHERWISE:
        return _OTHERWISE[library]
    match = _NAME.match(library)
    if match is None:
        return library
    stem, number = match.group(1).lower().replace("_", "-"), match.group(2) or ""
    return f"{stem}-{number}" if number and stem[-1].isdigit() else stem + number


def missing(complaint: str) -> Known | None:
    """What to tell of a loader's complaint: the library and its package; None when it is about something else."""
    match = _LOADER.search(complaint)
    if match is None:
        return None
    library = match.group(1)
    return Known("cli.library_missing", library=library, package=debian_package(library))
