"""The licences of everything in a built program, from what is truly in it. Called by `build.spec`.

A Python package's texts come from its installed metadata; a library taken from the building machine's
Debian from that package's `copyright`; Qt's wheels carry no text, so theirs are kept beside this file.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path

HERE = Path(__file__).resolve().parent
#: How a licence begins in metadata → the texts kept here, for wheels that bring none.
KEPT = {"LGPL-3.0": ("LGPL-3.0.txt", "GPL-3.0.txt")}
_TEXTS = ("licen", "copying", "notice", "authors", "copyright")


@dataclass(frozen=True, slots=True)
class Part:
    """One component: its name, version, licence in a word, and the texts of that licence."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]


def _licence(dist: Distribution) -> str:
    meta = dist.metadata
    if "License-Expression" in meta:
        return str(meta["License-Expression"])
    said = [c.rpartition(" :: ")[2] for c in meta.get_all("Classifier") or [] if c.startswith("License")]
    first = (meta["License"] or "").strip().splitlines() if "License" in meta else []
    return first[0] if first else ", ".join(said)


def _packaged(dist: Distribution) -> Part:
    """A Python package. Raises `SystemExit` when no text of its licence can be found: nothing is shipped unnamed."""
    licence = _licence(dist)
    inside = [f for f in dist.files or () if any(word in str(f).lower() for word in _TEXTS)]
    texts = [Path(str(dist.locate_file(f))) for f in inside if f.suffix not in (".py", ".pyc", ".pyi", ".so")]
    kept = next((names for begin, names in KEPT.items() if licence.startswith(begin)), ())
    texts = [t for t in texts if t.is_file()] or [HERE / "licences" / name for name in kept]
    if not texts:
        raise SystemExit(f"{dist.metadata['Name']}: no text of its licence ({licence}) was found")
    return Part(str(dist.metadata["Name"]), dist.version, licence, tuple(texts))


def _python() -> Part:
    version = ".".join(map(str, sys.version_info[:3]))
    places = (
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright"),
    )
    texts = tuple(p for p in places if p.is_file())[:1]
    return Part("Python", version, "PSF-2.0", texts)


def _debian(files: Iterable[Path]) -> list[Part]:
    """Packages of the building machine's Debian that these libraries come from; elsewhere there are none."""
    if not shutil.which("dpkg-query"):
        return []
    whole = [f for f in files if f.is_absolute()]
    asked = {str(name) for f in whole for name in (f, f.resolve(), Path(str(f).removeprefix("/usr")))}
    if not asked:
        return []
    done = subprocess.run(["dpkg-query", "-S", *sorted(asked)], capture_output=True, text=True, check=False)
    owners = (o for line in done.stdout.splitlines() for o in line.rpartition(": ")[0].split(", "))
    names = sorted({owner.partition(":")[0] for owner in owners if " " not in owner})
    if not names:
        return []
    shown = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${Version}\n", *names],
        capture_output=True,
        text=True,
        check=True,
    )
    versions = dict(line.split(" ", 1) for line in shown.stdout.splitlines())
    texts = {name: Path("/usr/share/doc") / name / "copyright" for name in names}
    return [
        Part(name, versions[name], "see its text", (texts[name],) if texts[name].is_file() else ())
        for name in names
    ]


def _distributions(pure: Iterable[tuple[str, ...]], binaries: Iterable[tuple[str, ...]]) -> set[str]:
    """Installed packages whose modules or libraries were collected."""
    owners = packages_distributions()
    tops = {name.partition(".")[0] for name, *_ in pure}
    tops |= {Path(dest).parts[0].partition(".")[0] for dest, *_ in binaries}
    found = {owner for top in tops for owner in owners.get(top, ())}
    if "PySide6" in tops:  # its wheels share one folder, which the metadata gives to neither
        found |= {"PySide6_Essentials", "PySide6_Pdf", "shiboken6"}
    return found


def write_licences(
    out: Path, project: str, pure: Iterable[tuple[str, ...]], binaries: list[tuple[str, ...]]
) -> list[Part]:
    """Fill the folder `out` with one file a component and a list of them; `project` itself is left out."""
    packages = Path(sysconfig.get_path("purelib"))
    parts = [_packaged(distribution(n)) for n in _distributions(pure, binaries) if n.lower() != project]
    outside = [Path(source) for _, source, *_ in binaries if packages not in Path(source).parents]
    parts = [_python(), *sorted(parts, key=lambda p: p.name.lower()), *_debian(outside)]
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    lines = ["What this program is made of, and the licence of each part. Its own licence: LICENSE.", ""]
    for part in parts:
        lines.append(f"{part.name} {part.version}: {part.licence}")
        if part.texts:
            said = [text.read_text(encoding="utf-8", errors="replace") for text in part.texts]
            (out / f"{part.name}.txt").write_text("\n\n".join(said), encoding="utf-8")
    lines += [
        "",
        "Letter shapes (Noto Sans SC and what was added to it): OFL-1.1, in resources/fonts/OFL.txt.",
        "",
    ]
    (out / "README.txt").write_text("\n".join(lines), encoding="utf-8")
    return parts
