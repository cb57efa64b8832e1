"""Sealing among several: k open it, fewer do not, and what is wrong with a share is said."""

from __future__ import annotations

from itertools import combinations

import pypdfium2
import pytest
from click.testing import CliRunner
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.heard import opened
from venue_app.base.errors import Known
from venue_app.base.i18n import LANGUAGES, say
from venue_app.cli.main import cli
from venue_app.domain import entries as e
from venue_app.domain.record import encode
from venue_app.host.envelopes import open_package, seal_files, share_text
from venue_app.host.history import history
from venue_app.seal import envelopes
from venue_app.seal.envelopes import Share, identity_text, seal, unseal
from venue_app.seal.pages import codes_on_pages

FILES = {"results.json": b'{"a":1}', "试题.txt": "第一题".encode()}
HOLDERS = ("监督员甲", "公证员乙", "主评委丙", "组织部丁", "纪委戊")


def refused(work, *args) -> str:
    with pytest.raises(Known) as caught:
        work(*args)
    for language in LANGUAGES:
        sentence = say(caught.value, language)
        assert "{" not in sentence and not sentence.startswith("envelopes.")
    return caught.value.code


def test_an_identity_is_written_as_age_writes_it():
    """The secret 0x18 0x19 … of the Bech32 spelling is checked by a reader that is not ours: pyrage takes it."""
    from pyrage import x25519

    for secret in (bytes(32), bytes(range(32)), b"\xff" * 32):
        text = identity_text(secret)
        assert str(x25519.Identity.from_str(text)) == text


def test_any_three_of_five_open_it_and_no_two_do():
    made = seal(FILES, 3, 5)
    assert [len(share.words) for share in made.shares] == [33] * 5
    for chosen in combinations(made.shares, 3):
        assert unseal(made.data, [share.text for share in reversed(chosen)]) == FILES
    for pair in combinations(made.shares, 2):
        assert refused(unseal, made.data, [share.text for share in pair]) == "envelopes.too_few"
    assert unseal(made.data, [" ".join(share.words) for share in made.shares]) == FILES


def test_what_is_wrong_with_a_share_is_said():
    made, other = seal(FILES, 2, 3), seal(FILES, 2, 3)
    first, second, third = (share.text for share in made.shares)
    words = made.shares[1].words
    swapped = " ".join((words[1], words[0], *words[2:]))
    spelled = " ".join((*words[:5], "zzzz", *words[6:]))
    for misread in (swapped, spelled, "", " ".join(words[:-1])):
        assert refused(unseal, made.data, [first, misread]) == "envelopes.misread"
    assert refused(unseal, made.data, [first, first]) == "envelopes.twice"
    assert refused(unseal, made.data, [first, other.shares[1].text]) == "envelopes.other_set"
    assert refused(unseal, other.data, [first, third]) == "envelopes.wrong"
    assert refused(unseal, made.data, []) == "envelopes.too_few"
    broken = made.data[:-1] + bytes([made.data[-1] ^ 1])
    assert refused(unseal, broken, [first, second]) == "envelopes.wrong"


def test_a_published_share_gives_its_published_secret():
    """SLIP-39's own first vector of two-of-three: shares in the standard's list, secret as printed there."""
    from shamir_mnemonic import combine_mnemonics

    mnemonics = (
        "shadow pistol academic always adequate wildlife fancy gross oasis cylinder mustang wrist rescue view"
        " short owner flip making coding armed",
        "shadow pistol academic acid actress prayer class unknown daughter sweater depict flip twice unkind"
        " craft early superior advocate guest smoking",
    )
    assert combine_mnemonics(mnemonics, b"TREZOR").hex() == "b43ceb7e57a0ea8766221624d01b0864"


@pytest.mark.parametrize(("threshold", "count"), [(1, 3), (4, 3), (2, 17), (0, 0)])
def test_impossible_numbers_are_refused(threshold, count):
    assert refused(seal, FILES, threshold, count) == "envelopes.numbers"


@pytest.fixture
def host(tmp_path):
    made = opened(tmp_path / "e.venue")
    yield made
    made.close()


@pytest.fixture
def sealed(host, tmp_path):
    paths = []
    for name, data in FILES.items():
        path = tmp_path / name
        path.write_bytes(data)
        paths.append(path)
    return seal_files(host.venue, host.keys, paths, HOLDERS, 3, "成绩", tmp_path / "out")


def test_envelopes_are_printed_scanned_and_open_it_on_the_spot(host, sealed, tmp_path):
    pdf = sealed.envelopes.read_bytes()
    texts = [page.texts for page in codes_on_pages(pdf, prefix=envelopes.PREFIX)]
    assert [len(found) for found in texts] == [1] * 5
    assert all(len(page.texts) == 1 for page in codes_on_pages(pdf)), "the page's own code is read too"
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    for page, holder, (text,) in zip(pages, HOLDERS, texts, strict=True):
        assert holder in page and all(word.lower() in page for word in text[4:].split())
    picture = tmp_path / "photo.png"
    pypdfium2.PdfDocument(pdf)[4].render(scale=200 / 72).to_pil().save(picture)
    shares = [texts[0][0], share_text(str(picture)), " ".join(texts[2][0][4:].lower().split())]
    found = open_package(host.venue, sealed.package, shares, tmp_path / "in")
    assert {path.name: path.read_bytes() for path in found} == FILES
    (package,) = host.venue.state.packages
    assert package.opened == (HOLDERS[0], HOLDERS[2], HOLDERS[4])


def test_no_share_ever_stands_in_the_journal(host, sealed):
    (text, *_) = [page.texts[0] for page in codes_on_pages(sealed.envelopes.read_bytes(), prefix="VS1:")]
    entries = b"".join(encode(record) for record in history(host.venue))
    words = text[4:].lower().split()
    assert " ".join(words[:4]).encode() not in entries and text.encode() not in entries
    kinds = [type(record.data) for record in history(host.venue)]
    assert kinds[-1] is e.KINDS["package.sealed"]


def test_the_ciphertext_is_signed(host, sealed):
    signature = bytes.fromhex(sealed.package.with_name("成绩.age.sig").read_text())
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(host.keys.announced()["ed25519"]))
    public.verify(signature, b"venue-app.sealed.v1\n" + sealed.sha256.encode() + b"\n")
    with pytest.raises(InvalidSignature):
        public.verify(signature, b"venue-app.sealed.v1\n" + bytes(64) + b"\n")


def test_a_package_is_never_written_over_and_holds_every_file(host, sealed, tmp_path):
    before = {path: path.read_bytes() for path in sealed.package.parent.iterdir()}
    other, same = tmp_path / "b" / "results.json", tmp_path / "results.json"
    other.parent.mkdir()
    other.write_bytes(b"other")
    again = (HOLDERS, 3, "成绩", tmp_path / "out")
    assert refused(seal_files, host.venue, host.keys, [other], *again) == "envelopes.exists"
    assert {path: path.read_bytes() for path in sealed.package.parent.iterdir()} == before
    elsewhere = (HOLDERS, 3, "成绩", tmp_path / "out2")
    assert refused(seal_files, host.venue, host.keys, [same, other], *elsewhere) == "envelopes.names"
    assert len(host.venue.state.packages) == 1


def test_another_package_and_a_changed_one_are_not_opened(host, sealed, tmp_path):
    texts = [page.texts[0] for page in codes_on_pages(sealed.envelopes.read_bytes(), prefix="VS1:")]
    size = host.venue.state.size
    changed = tmp_path / "changed.age"
    changed.write_bytes(sealed.package.read_bytes() + b"\n")
    assert refused(open_package, host.venue, changed, texts, tmp_path / "x") == "envelopes.unknown"
    foreign = Share(1, seal(FILES, 2, 2).shares[0].words).text
    given = (host.venue, sealed.package, [texts[0], texts[1], foreign], tmp_path / "x")
    assert refused(open_package, *given) == "envelopes.other_set"
    assert host.venue.state.size == size and not (tmp_path / "x").exists()


def test_from_the_command_line(host, tmp_path, monkeypatch):
    path = host.venue.path
    host.close()
    paper = tmp_path / "paper.txt"
    paper.write_text("一", encoding="utf-8")
    out = tmp_path / "out"
    asked = ["envelopes", "seal", str(path), str(paper), "--needed", "2", "--label", "卷", "--out", str(out)]
    for holder in ("甲", "乙"):
        asked += ["--holder", holder]
    done = CliRunner().invoke(cli, asked)
    assert done.exit_code == 0, done.output
    texts = [p.texts[0] for p in codes_on_pages((out / "卷-envelopes.pdf").read_bytes(), prefix="VS1:")]
    back = ["envelopes", "open", str(path), str(out / "卷.age"), "--out", str(tmp_path / "back")]
    done = CliRunner().invoke(cli, back, input="\n".join(texts) + "\n\n")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "back" / "paper.txt").read_text(encoding="utf-8") == "一"
