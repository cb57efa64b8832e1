"""The hash tree against the public vectors of RFC 6962 implementations (transparency-dev/merkle)."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from venue_app.journal.merkle import (
    EMPTY_ROOT,
    Tree,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    bytes.fromhex(text)
    for text in (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    )
]
# (leaf counted from 1, size, proof)
INCLUSION = [
    (1, 1, ()),
    (
        1,
        8,
        (
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ),
    ),
    (
        6,
        8,
        (
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ),
    ),
    (3, 3, ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",)),
    (
        2,
        5,
        (
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ),
    ),
]
CONSISTENCY = [
    (1, 1, ()),
    (
        1,
        8,
        (
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ),
    ),
    (
        6,
        8,
        (
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ),
    ),
    (
        2,
        5,
        (
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ),
    ),
    (
        6,
        7,
        (
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ),
    ),
]
OTHER = bytes.fromhex("abacaba000000000000000000000000000000000000000000060061e00123456")


def tree(count: int = 8) -> Tree:
    return Tree(leaf_hash(leaf) for leaf in LEAVES[:count])


def unhex(proof) -> list[bytes]:
    return [bytes.fromhex(step) for step in proof]


def test_the_empty_tree_is_the_hash_of_nothing():
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert Tree().root() == root_of([]) == EMPTY_ROOT


@pytest.mark.parametrize("size", range(1, 9))
def test_public_roots(size):
    assert tree().root(size) == ROOTS[size - 1]
    assert tree(size).root() == ROOTS[size - 1]
    assert root_of(leaf_hash(leaf) for leaf in LEAVES[:size]) == ROOTS[size - 1]


@pytest.mark.parametrize(("leaf", "size", "proof"), INCLUSION)
def test_public_inclusion_proofs(leaf, size, proof):
    steps, hashed, root = unhex(proof), leaf_hash(LEAVES[leaf - 1]), ROOTS[size - 1]
    assert tree().inclusion(leaf - 1, size) == steps
    assert verify_inclusion(hashed, leaf - 1, size, steps, root)


@pytest.mark.parametrize(("leaf", "size", "proof"), INCLUSION[1:])
def test_spoiled_inclusion_proofs_are_refused(leaf, size, proof):
    steps, hashed, root, index = unhex(proof), leaf_hash(LEAVES[leaf - 1]), ROOTS[size - 1], leaf - 1
    flipped = [bytes([steps[0][0] ^ 8]) + steps[0][1:], *steps[1:]]
    wrong = [
        (hashed, index - 1, size, steps, root),
        (hashed, index + 1, size, steps, root),
        (hashed, index ^ 2, size, steps, root),
        (hashed, index, size * 2, steps, root),
        (hashed, index, size // 2, steps, root),
        (b"WrongLeaf", index, size, steps, root),
        (OTHER, index, size, steps, root),
        (hashed, index, size, steps, EMPTY_ROOT),
        (hashed, index, size, steps, OTHER),
        (hashed, index, size, [*steps, b""], root),
        (hashed, index, size, [*steps, root], root),
        (hashed, index, size, [b"", *steps], root),
        (hashed, index, size, [root, *steps], root),
        (hashed, index, size, flipped, root),
        (hashed, index, size, steps[:-1], root),
        (hashed, index, size, [steps[0], OTHER, *steps[1:]], root),
    ]
    assert [verify_inclusion(*case) for case in wrong] == [False] * len(wrong)


@pytest.mark.parametrize(("old", "size", "proof"), CONSISTENCY)
def test_public_consistency_proofs(old, size, proof):
    steps = unhex(proof)
    assert tree().consistency(old, size) == steps
    assert verify_consistency(old, size, ROOTS[old - 1], ROOTS[size - 1], steps)


@pytest.mark.parametrize(("old", "size", "proof"), CONSISTENCY[1:])
def test_spoiled_consistency_proofs_are_refused(old, size, proof):
    steps, first, second = unhex(proof), ROOTS[old - 1], ROOTS[size - 1]
    wrong = [
        (old - 1, size, first, second, steps),
        (old + 1, size, first, second, steps),
        (old ^ 2, size, first, second, steps),
        (old, size * 2, first, second, steps),
        (old, size // 2, first, second, steps),
        (old, size, b"WrongRoot", second, steps),
        (old, size, first, b"WrongRoot", steps),
        (old, size, second, first, steps),
        (old, size, first, second, []),
        (old, size, first, second, [*steps, b""]),
        (old, size, first, second, [*steps, first]),
        (old, size, first, second, [b"", *steps]),
        (old, size, first, second, [steps[0], *steps]),
        (old, size, first, second, steps[:-1]),
    ]
    for at, step in enumerate(steps):
        wrong.append(
            (old, size, first, second, [*steps[:at], bytes([step[0] ^ 16]) + step[1:], *steps[at + 1 :]])
        )
    assert [verify_consistency(*case) for case in wrong] == [False] * len(wrong)


def test_trivial_sizes():
    assert verify_consistency(0, 0, OTHER, OTHER, [])
    assert verify_consistency(0, 1, EMPTY_ROOT, OTHER, [])
    assert not verify_consistency(0, 0, EMPTY_ROOT, OTHER, [])
    assert not verify_consistency(1, 0, OTHER, OTHER, [])
    assert not verify_consistency(0, 1, EMPTY_ROOT, OTHER, [OTHER])
    assert not verify_inclusion(OTHER, 0, 0, [], OTHER)


def plain_root(entries: list[bytes]) -> bytes:
    """RFC 6962 section 2.1 word for word, independent of the program."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    split = 1
    while split * 2 < len(entries):
        split *= 2
    return sha256(b"\x01" + plain_root(entries[:split]) + plain_root(entries[split:])).digest()


@given(st.lists(st.binary(max_size=6), min_size=1, max_size=70), st.data())
def test_grown_cut_back_and_proved(entries, data):
    cut = data.draw(st.integers(0, len(entries)))
    leaves = [leaf_hash(entry) for entry in entries]
    grown = Tree(leaves[:cut])
    grown.extend(leaves[cut:])
    grown.extend([OTHER] * 5)
    grown.truncate(len(entries))
    assert grown.size == len(entries)
    root = grown.root()
    assert root == plain_root(entries) == root_of(leaves)
    assert grown.root(cut) == plain_root(entries[:cut])
    assert verify_consistency(cut, len(entries), grown.root(cut), root, grown.consistency(cut))
    index = data.draw(st.integers(0, len(entries) - 1))
    assert verify_inclusion(leaves[index], index, len(entries), grown.inclusion(index), root)


def test_proofs_of_what_is_not_there_are_our_mistake():
    with pytest.raises(ValueError, match="no leaf 8"):
        tree().inclusion(8)
    with pytest.raises(ValueError, match="does not contain"):
        tree().consistency(9)
    with pytest.raises(ValueError, match="no tree of 9"):
        tree().root(9)
