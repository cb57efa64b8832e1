"""Photographs for the identity check: found by the names of their files, laid beside the event file, shown to the proctor.

    taken = take_photos(venue, [folder], proctor)
    photo = photo_of(venue.path, state, "C017")

They stand in `<event>.photos`, each under the SHA-256 of its bytes, and the journal keeps whose that is: a picture that was
changed later is not shown as anybody's. They go nowhere but to the standby laptop (`followed_pictures`).
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image, ImageOps

from venue_app.base.errors import Known
from venue_app.domain.floor_commands import AddPhotos
from venue_app.domain.roles import Actor
from venue_app.host.photo_column import listed, plain
from venue_app.state import State
from venue_app.venue import Venue

_ENDINGS = (".jpg", ".jpeg", ".png")
#: No photograph is larger than this, in bytes: it is a file of something else.
LARGEST = 8_000_000
#: 35 × 45 mm at 300 dots an inch.
_PRINTED = (413, 531)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_BETWEEN = re.compile(r"[\s_+\-，,、()（）]+")


@dataclass(frozen=True, slots=True)
class Taken:
    """How many people have a photograph now, and the files that fit nobody or more than one."""

    count: int
    strangers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Photo:
    """`none`: the roster has no photograph of this person. `lost`: the file is gone or is not the one of that day."""

    state: Literal["none", "here", "lost"]
    data: bytes = b""


def photos_in(places: Iterable[Path]) -> Iterator[Path]:
    """Every picture in these folders and the folders in them, in order of their names; of a file its folder.

    Raises `Known` host.photos_folder for a folder that is not there any more or cannot be opened.
    """
    for folder in sorted({place.parent if place.is_file() else place for place in places}):
        inside = _listed(folder)
        yield from _pictures(inside)
        for deeper in inside:
            if deeper.is_dir():
                yield from _pictures(_listed(deeper))


def owners(state: State) -> dict[str, str]:
    """What a file may be named by → the candidate: the identity number, and the name where only one has it."""
    found = {plain(person.identity): person.id for person in state.candidates.values()}
    names = [plain(person.name) for person in state.candidates.values()]
    for person in state.candidates.values():
        if names.count(plain(person.name)) == 1:
            found.setdefault(plain(person.name), person.id)
    return found


def take_photos(venue: Venue, places: Iterable[Path], actor: Actor) -> Taken:
    """Lay the pictures of these folders beside the event file and put on record whose they are.

    What a column 照片 of a sheet among them says of a file counts before the file's name.

    Raises `Known`: venue.photos_none when none fits, host.photos_folder and host.photo_file when one cannot be read,
    reporting.folder when they cannot be written.
    """
    places = tuple(places)
    known, strangers = owners(venue.state), list[str]()
    pictures = tuple(photos_in(places))
    said = listed(places, known)
    fitting: dict[str, list[Path]] = {}
    for path in pictures:
        whose = said.get(plain(path.stem)) or {known[word] for word in _words(path) if word in known}
        if len(whose) != 1 or _size(path) > LARGEST:
            strangers.append(path.name)
        else:
            fitting.setdefault(next(iter(whose)), []).append(path)
    photos: dict[str, str] = {}
    target = folder_of(venue.path)
    for person, paths in fitting.items():
        faces = {hashlib.sha256(data).hexdigest(): data for data in map(_read, paths)}
        if len(faces) > 1:  # whose face it is cannot be told by the order of two files
            strangers += [path.name for path in paths]
            continue
        [(digest, data)] = faces.items()
        lay(target / digest, data)
        photos[person] = digest
    venue.ask(AddPhotos(photos=photos), actor)
    return Taken(len(photos), tuple(strangers))


def photo_of(event: Path, state: State, candidate: str) -> Photo:
    """The photograph of a candidate, if it is there and is the one on record."""
    digest = state.photos.get(candidate)
    if digest is None:
        return Photo("none")
    data = of_record(event, digest)
    return Photo("here", data) if data else Photo("lost")


def is_digest(text: str) -> bool:
    """Whether it is a SHA-256 and nothing else: a journal that came from elsewhere may say any path, also one of the network."""
    return _DIGEST.fullmatch(text) is not None


def of_record(event: Path, digest: str) -> bytes:
    """The bytes of a photograph, empty when the file is gone or is another."""
    if not is_digest(digest):
        return b""
    try:
        data = (folder_of(event) / digest).read_bytes()
    except OSError:
        return b""
    return data if hashlib.sha256(data).hexdigest() == digest else b""


def prints(event: Path, digests: Iterable[str]) -> dict[str, bytes]:
    """The photographs of record with these digests as small upright JPEG files of 35 × 45; one that is lost is left out."""
    found = {}
    for digest in digests:
        data = of_record(event, digest)
        with suppress(OSError, ValueError, Image.DecompressionBombError):  # a file that is no picture
            if data:
                found[digest] = _printed(data)
    return found


def _printed(data: bytes) -> bytes:
    """Cut to 35 × 45 about its middle, at most 300 dots an inch."""
    with Image.open(io.BytesIO(data)) as read:
        picture = ImageOps.exif_transpose(read).convert("RGB")
    out = io.BytesIO()
    ImageOps.fit(picture, _PRINTED).save(out, "JPEG", quality=85)
    return out.getvalue()


def folder_of(event: Path) -> Path:
    """Where an event's photographs lie."""
    return event.with_suffix(".photos")


def lay(path: Path, data: bytes) -> None:
    """Put a photograph's bytes there, whole or not at all. Raises `Known` reporting.folder."""
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        draft = path.with_suffix(".new")
        try:
            draft.write_bytes(data)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise Known(
            "reporting.folder", folder=str(path.parent), reason=error.strerror or str(error)
        ) from error


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise Known("host.photos_folder", folder=str(folder), reason=error.strerror or str(error)) from error


def _pictures(paths: Iterable[Path]) -> Iterator[Path]:
    return (path for path in paths if path.suffix.lower() in _ENDINGS and path.is_file())


def _size(path: Path) -> int:
    with _named(path):
        return path.stat().st_size


def _read(path: Path) -> bytes:
    with _named(path):
        return path.read_bytes()


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """What keeps a picture from being read is said with its name."""
    try:
        yield
    except OSError as error:
        raise Known("host.photo_file", file=path.name, reason=error.strerror or str(error)) from error


def _words(path: Path) -> list[str]:
    """What a file is named by: the whole name, and its parts."""
    stem = plain(path.stem)
    return [stem, *(part for part in _BETWEEN.split(stem) if part)]
