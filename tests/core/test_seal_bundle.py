"""The bundle: one spelling, nothing hidden, and nothing trusted before it is checked."""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import msgspec
import pytest

from venue_app.base.canonical import canonical
from venue_app.base.errors import Known
from venue_app.seal import bundle, container
from venue_app.seal.bundle import Content
from venue_app.seal.keys import load_or_create, verify_manifest


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    return load_or_create(tmp_path_factory.mktemp("keys"))


CONTENT = Content(
    event="e" * 32,
    mode="official",
    software="0.1.0",
    at=1777600000000,
    entries=[canonical({"n": number, "名": "签号"}) for number in range(20)],
    checkpoints=[b"first\n", b"second\n"],
    files={"scheme.toml": b"a = 1\n", "reports/综合成绩表-01.pdf": b"%PDF-1.4", "results.json": b"{}"},
)


def fault(code: str, action) -> Known:
    with pytest.raises(Known) as caught:
        action()
    assert caught.value.code == code
    return caught.value


def test_what_goes_in_comes_out(keys, tmp_path):
    told: list[tuple[int, int]] = []
    written = bundle.write(tmp_path / "e.bundle", CONTENT, keys, lambda *step: told.append(step))
    data = written.path.read_bytes()
    assert told[-1] == (len(data), len(data))
    assert written.digest == sha256(data).digest()
    assert written.fingerprint.replace(" ", "").lower() == sha256(data).hexdigest()[:32]
    assert [file.name for file in tmp_path.iterdir()] == ["e.bundle"]
    read = bundle.read(written.path)
    assert read.entries == CONTENT.entries
    assert read.checkpoints == CONTENT.checkpoints
    assert {name: read.files[name] for name in CONTENT.files} == CONTENT.files
    assert (read.manifest.event, read.manifest.mode, read.manifest.at) == (
        "e" * 32,
        "official",
        1777600000000,
    )
    assert verify_manifest(read.manifest_bytes, read.signature, keys.public)
    assert msgspec.json.decode(read.files["keys.json"]) == keys.announced()


def test_the_same_content_gives_the_same_bytes(keys):
    turned = replace(CONTENT, files=dict(sorted(CONTENT.files.items(), reverse=True)))
    assert bundle.make(turned, keys) == bundle.make(CONTENT, keys)


def test_any_zip_tool_opens_it(keys):
    with zipfile.ZipFile(BytesIO(bundle.make(CONTENT, keys))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == sorted(archive.namelist(), key=str.encode)
        assert archive.read("reports/综合成绩表-01.pdf") == b"%PDF-1.4"
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("journal.jsonl") == b"".join(entry + b"\n" for entry in CONTENT.entries)


def test_every_changed_byte_is_noticed(keys):
    data = bundle.make(CONTENT, keys)
    unnoticed = []
    for at in range(0, len(data), 7):
        changed = data[:at] + bytes([data[at] ^ 0x01]) + data[at + 1 :]
        try:
            read = bundle.parse(changed, "e.bundle")
        except Known:
            continue
        if verify_manifest(read.manifest_bytes, read.signature, keys.public):
            unnoticed.append(at)
    assert unnoticed == []


def repacked(data: bytes, change) -> bytes:
    """The bundle with its members changed and packed again, as a forger with our program would."""
    members = container.unpack(data)
    change(members)
    return container.pack(members)


@pytest.mark.parametrize(
    ("change", "member"),
    [
        (lambda m: m.__setitem__("results.json", b"[]"), "results.json"),
        (lambda m: m.__setitem__("extra.txt", b""), "extra.txt"),
        (lambda m: m.pop("scheme.toml"), "scheme.toml"),
        (lambda m: m.pop("manifest.json"), "manifest.json"),
        (lambda m: m.pop("manifest.sig"), "manifest.sig"),
        (lambda m: m.__setitem__("manifest.sig", m["manifest.sig"].upper()), "manifest.sig"),
        (lambda m: m.__setitem__("manifest.sig", b"00\n"), "manifest.sig"),
        (lambda m: m.__setitem__("manifest.json", m["manifest.json"] + b" "), "manifest.json"),
        (lambda m: m.__setitem__("manifest.json", b"[]"), "manifest.json"),
        (
            lambda m: m.__setitem__(
                "manifest.json", m["manifest.json"].replace(b'"at":1', b'"at":1.0,"x":1')
            ),
            "manifest.json",
        ),
    ],
)
def test_a_forgers_repacking_names_the_member(keys, change, member):
    data = repacked(bundle.make(CONTENT, keys), change)
    assert fault("seal.bundle_altered", lambda: bundle.parse(data, "e.bundle")).params["member"] == member


def test_a_newer_bundle_is_told(keys):
    data = repacked(
        bundle.make(CONTENT, keys),
        lambda m: m.__setitem__("manifest.json", m["manifest.json"].replace(b'"v":1}', b'"v":2}')),
    )
    fault("seal.bundle_newer", lambda: bundle.parse(data, "e.bundle"))


def plain_zip(names: list[str], *, compress: int = zipfile.ZIP_STORED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", compress) as archive:
        for name in names:
            archive.writestr(name, b"x" * 100)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"junk" * 100,
        plain_zip(["manifest.json"]),
        plain_zip(["../up"]),
        plain_zip(["/root"]),
        plain_zip(["a"], compress=zipfile.ZIP_DEFLATED),
        pytest.param(container.pack({"a": b"1"}) + b"\x00", id="tail"),
        pytest.param(b"\x00" + container.pack({"a": b"1"}), id="front"),
        pytest.param(container.pack({"a": b"1"})[:-1] + b"\x01", id="comment"),
    ],
)
def test_what_is_no_bundle_is_refused(data):
    with pytest.raises(container.BadContainer):
        container.unpack(data)
    fault("seal.not_a_bundle", lambda: bundle.parse(data, "e.bundle"))


def test_two_members_of_one_name_are_refused():
    with pytest.warns(UserWarning, match="Duplicate"):
        data = plain_zip(["a", "a"])
    with pytest.raises(container.BadContainer, match="one name"):
        container.unpack(data)


def test_overlapping_members_are_refused():
    """The directory names one long member twice, so that a small file unfolds into a large one."""
    data = container.pack({"a": b"x" * 1000})
    start = data.index(struct.pack("<I", 0x02014B50))
    entry = data[start : start + 47]
    other = entry[:46] + b"b"
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 2, 2, 94, start, 0)
    with pytest.raises(container.BadContainer):
        container.unpack(data[:start] + entry + other + end)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/a",
        "a/",
        "a//b",
        "../a",
        "a/../b",
        "a/.",
        "a\\b",
        "C:a",
        "a\nb",
        "a.",
        " a",
        "e\u0301",
        "a" * 241,
        "nul\x00",
    ],
)
def test_names_that_could_lead_elsewhere_are_refused(name):
    assert not container.good_name(name)
    with pytest.raises(ValueError):
        container.pack({name: b""})


def test_names_that_differ_by_case_only_are_refused():
    with pytest.raises(ValueError):
        container.pack({"A": b"", "a": b""})


def test_one_member_to_the_byte():
    """APPNOTE 4.3.7, 4.3.12 and 4.3.16 written out by hand."""
    local = (
        b"PK\x03\x04"
        + bytes.fromhex("1400 0008 0000 0000 2100")
        + struct.pack("<III", zlib.crc32(b"hi"), 2, 2)
    )
    local += bytes.fromhex("0100 0000") + b"a" + b"hi"
    central = (
        b"PK\x01\x02"
        + bytes.fromhex("1403 1400 0008 0000 0000 2100")
        + struct.pack("<III", zlib.crc32(b"hi"), 2, 2)
    )
    central += bytes.fromhex("0100 0000 0000 0000 0000 0000a481 00000000") + b"a"
    end = (
        b"PK\x05\x06"
        + bytes.fromhex("0000 0000 0100 0100")
        + struct.pack("<IIH", len(central), len(local), 0)
    )
    assert container.pack({"a": b"hi"}) == local + central + end


@pytest.mark.parametrize(
    "content",
    [
        replace(CONTENT, entries=[b"two\nlines"]),
        replace(CONTENT, files={"manifest.json": b""}),
        replace(CONTENT, files={"checkpoints/x": b""}),
        replace(CONTENT, files={"../x": b""}),
    ],
)
def test_content_that_does_not_fit_is_our_mistake(keys, content):
    with pytest.raises(ValueError):
        bundle.make(content, keys)


def test_a_cancelled_bundle_leaves_the_old_one(keys, tmp_path):
    path = tmp_path / "e.bundle"
    path.write_bytes(b"old")

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bundle.write(path, CONTENT, keys, stop)
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["e.bundle"]


def test_a_stick_that_was_pulled_is_told(keys, tmp_path):
    fault("journal.missing", lambda: bundle.write(tmp_path / "gone" / "e.bundle", CONTENT, keys))
    fault("journal.missing", lambda: bundle.read(tmp_path / "gone" / "e.bundle"))
