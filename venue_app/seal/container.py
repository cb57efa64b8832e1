"""The ZIP file of a bundle, of which every byte is decided (docs/formats/bundle.md).

Stored, never compressed; names sorted; one date; no comments, no extras, nothing
between the members. A file is accepted only when writing its members again gives
exactly its bytes, so there is no place in it to hide anything. Any ZIP tool opens it.
"""

from __future__ import annotations

import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

MAX_BYTES = 1 << 30
"""No bundle is larger: 100,000 entries and 1,000 reports take about a tenth."""

_LOCAL, _CENTRAL, _END = 0x04034B50, 0x02014B50, 0x06054B50
_START = struct.pack("<IH", _LOCAL, 20)
_MADE_BY = struct.pack("<IHH", _CENTRAL, 3 << 8 | 20, 20)
#: Flags, method, time, date, checksum, size twice, and the lengths of the name and of extras, which are none.
_SHARED = struct.Struct("<HHHHIIIHH")
_HEAD = len(_START) + _SHARED.size
_UTF8 = 0x0800
_DATE = (1980 - 1980) << 9 | 1 << 5 | 1
_MODE = 0o100644 << 16
_FORBIDDEN = set('\\:*?"<>|')


class BadContainer(ValueError):
    """The bytes are no container of ours; the message says why."""


def good_name(name: str) -> bool:
    """Whether a member may have this name: relative, plain on every system, and of one spelling."""
    parts = name.split("/")
    return (
        len(name.encode()) <= 240
        and unicodedata.is_normalized("NFC", name)
        and all(part.strip(" .") == part and part for part in parts)
        and not any(char in _FORBIDDEN or ord(char) < 0x20 or ord(char) == 0x7F for char in name)
    )


def pack(members: Mapping[str, bytes]) -> bytes:
    """The container's bytes. Raises `ValueError` for a name that is not allowed, or too much of anything."""
    spelled = {name.casefold() for name in members}
    if len(spelled) != len(members) or not all(map(good_name, members)) or len(members) > 60_000:
        raise ValueError("a bundle's member names are plain, and differ by more than case")
    out: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for name in sorted(members, key=str.encode):
        data, raw = members[name], name.encode()
        shared = _SHARED.pack(_UTF8, 0, 0, _DATE, zlib.crc32(data), len(data), len(data), len(raw), 0)
        directory += (_MADE_BY, shared, struct.pack("<HHHII", 0, 0, 0, _MODE, at), raw)
        out += (_START, shared, raw, data)
        at += _HEAD + len(raw) + len(data)
        if at > MAX_BYTES:
            raise ValueError("more than a bundle may hold")
    count, size = len(members), sum(map(len, directory))
    end = struct.pack("<IHHHHIIH", _END, 0, 0, count, count, size, at, 0)
    return b"".join((*out, *directory, end))


def unpack(data: bytes) -> dict[str, bytes]:
    """The members of a container; `BadContainer` unless packing them again gives `data`.

    Read from the front, member after member, as `pack` writes them: what else a ZIP file may say, in its directory
    or between its members, is not looked at, since packing would not say it again.
    """
    if len(data) > MAX_BYTES:
        raise BadContainer("larger than any bundle")
    members: dict[str, bytes] = {}
    try:
        at = 0
        while data.startswith(_START, at):
            *_, size, named, _extra = _SHARED.unpack_from(data, at + len(_START))
            content = at + _HEAD + named
            name = data[at + _HEAD : content].decode()
            if name in members:
                raise BadContainer("two members have one name")
            at = content + size
            members[name] = data[content:at]
        again = pack(members)
    except struct.error as error:
        raise BadContainer("no ZIP file, or a broken one") from error
    except BadContainer:
        raise
    except ValueError as error:
        raise BadContainer("a member's name is not allowed") from error
    if again != data:
        raise BadContainer("not written by this program, or changed since")
    return members


def damaged_member(data: bytes) -> str | None:
    """The first member of a damaged container whose content is not what its checksum says; None if none can be named."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return archive.testzip()
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        struct.error,
    ):
        return None
