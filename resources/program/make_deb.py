"""A Debian package of the built folder: `make_deb.py dist/venue-app dist`. Entry in the menu, icon, event files."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from make_icons import DRAWING, write_icon

HERE = Path(__file__).resolve().parent
#: What a machine with a desktop has anyway; without them the program's own stand in, and it cannot print.
RECOMMENDED = "libgl1, libegl1, libxcb1, libcups2, fontconfig-config, shared-mime-info, desktop-file-utils"
CONTROL = """\
Package: venue-app
Version: {version}
Architecture: {architecture}
Maintainer: Venue App
Section: misc
Priority: optional
Installed-Size: {kilobytes}
Depends: libc6 (>= {libc})
Recommends: {recommended}
Description: runs the room when people compete for a public post
 Draw, clocks, judges' marks over the venue's own network, exact results and
 sealed reports. Works without the internet.
"""


def lay_out(folder: Path, root: Path) -> None:
    """The tree of the package below `root`."""
    share = root / "usr/share"
    shutil.copytree(folder, root / "usr/lib/venue-app", symlinks=True)
    (root / "usr/bin").mkdir()
    (root / "usr/bin/venue-app").symlink_to("../lib/venue-app/venue-app")
    places = {
        HERE / "venue-app.desktop": share / "applications",
        HERE / "venue-app.xml": share / "mime/packages",
        write_icon(root.parent, "png"): share / "icons/hicolor/256x256/apps",
    }
    for source, place in places.items():
        place.mkdir(parents=True)
        shutil.copy(source, place)
    scalable = share / "icons/hicolor/scalable/apps"
    scalable.mkdir(parents=True)
    shutil.copy(DRAWING, scalable / "venue-app.svg")
    document = share / "doc/venue-app"
    document.mkdir(parents=True)
    shutil.copy(folder / "_internal/LICENSE", document / "copyright")


def main(folder: Path, out: Path) -> Path:
    """Write the package into `out`; needs dpkg-deb."""
    version = (folder / "_internal/VERSION").read_text(encoding="utf-8").strip()
    shown = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True)
    architecture = shown.stdout.strip()
    path = out / f"venue-app_{version}_{architecture}.deb"
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "root"
        root.mkdir(mode=0o755)
        lay_out(folder, root)
        size = sum(p.lstat().st_size for p in root.rglob("*") if not p.is_symlink())
        (root / "DEBIAN").mkdir()
        (root / "DEBIAN/control").write_text(
            CONTROL.format(
                version=version,
                architecture=architecture,
                kilobytes=size // 1024,
                libc=platform.libc_ver()[1],
                recommended=RECOMMENDED,
            ),
            encoding="utf-8",
        )
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "-Zzstd", "--build", str(root), str(path)], check=True
        )
    return path


if __name__ == "__main__":
    sys.stdout.write(f"{main(Path(sys.argv[1]), Path(sys.argv[2]))}\n")
