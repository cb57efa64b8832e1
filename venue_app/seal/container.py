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
    out, directory = bytearray(), bytearray()
    for name in sorted(members, key=str.encode):
        data, raw = members[name], name.encode()
        shared = struct.pack(
            "<HHHHIIIHH", _UTF8, 0, 0, _DATE, zlib.crc32(data), len(data), len(data), len(raw), 0
        )
        directory += struct.pack("<IHH", _CENTRAL, 3 << 8 | 20, 20) + shared
        directory += struct.pack("<HHHII", 0, 0, 0, _MODE, len(out)) + raw
        out += struct.pack("<IH", _LOCAL, 20) + shared + raw + data
        if len(out) > MAX_BYTES:
            raise ValueError("more than a bundle may hold")
    count = len(members)
    end = struct.pack("<IHHHHIIH", _END, 0, 0, count, count, len(directory), len(out), 0)
    return bytes(out + directory + end)


def unpack(data: bytes) -> dict[str, bytes]:
    """The members of a container; `BadContainer` unless packing them again gives `data`."""
    if len(data) > MAX_BYTES:
        raise BadContainer("larger than any bundle")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            found = archive.infolist()
            # Sizes first: a small file must not unfold into a large one.
            if any(info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 1 for info in found):
                raise BadContainer("a member is compressed or encrypted")
            if sum(info.file_size for info in found) > len(data):
                raise BadContainer("members overlap")
            if len({info.filename for info in found}) != len(found):
                raise BadContainer("two members have one name")
            members = {info.filename: archive.read(info) for info in found}
        again = pack(members)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, struct.error) as error:
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
