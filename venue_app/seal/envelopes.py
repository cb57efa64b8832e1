"""Files sealed so that only k of n people together open them (docs/formats/envelopes.md).

A fresh secret a package; the files in an age file that only this secret opens; the secret split by SLIP-39 into one
share a person, without a passphrase: a wrong share is told by its checksum, a wrong set by age's authentication.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from venue_app.base.errors import Known
from venue_app.seal import container

SECRET_BYTES = 32
PREFIX = "VS1:"
MOST = 16
DOMAIN = b"venue-app.sealed.v1\n"
_CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


@dataclass(frozen=True, slots=True)
class Share:
    """One person's share: its number from 1, and its words. Whoever prints it forgets it."""

    number: int
    words: tuple[str, ...] = field(repr=False)

    @property
    def text(self) -> str:
        """What its QR code holds."""
        return PREFIX + " ".join(self.words).upper()


@dataclass(frozen=True, slots=True)
class Package:
    """The age file, and the shares of its secret."""

    data: bytes = field(repr=False)
    shares: tuple[Share, ...] = field(repr=False)


def seal(files: Mapping[str, bytes], threshold: int, count: int) -> Package:
    """Seal files (name → bytes) for `count` people, of whom `threshold` open them together.

    Raises `Known`: envelopes.numbers unless 2 ≤ threshold ≤ count ≤ 16, envelopes.names.
    """
    from pyrage import encrypt, x25519
    from shamir_mnemonic import generate_mnemonics

    if not 2 <= threshold <= count <= MOST:
        raise Known("envelopes.numbers", threshold=threshold, count=count, most=MOST)
    try:
        plain = container.pack(files)
    except ValueError as error:
        raise Known("envelopes.names") from error
    secret = secrets.token_bytes(SECRET_BYTES)
    identity = x25519.Identity.from_str(identity_text(secret))
    (mnemonics,) = generate_mnemonics(1, [(threshold, count)], secret)
    shares = tuple(Share(number, tuple(words.split())) for number, words in enumerate(mnemonics, 1))
    return Package(bytes(encrypt(plain, [identity.to_public()])), shares)


def unseal(data: bytes, texts: Iterable[str]) -> dict[str, bytes]:
    """The files of a package, opened with shares as scanned or typed.

    Raises `Known`, each naming the share by its place from 1: envelopes.misread (a checksum does not come out),
    envelopes.twice, envelopes.other_set (of another package), envelopes.too_few, envelopes.wrong (the secret does
    not open this file), envelopes.damaged.
    """
    from pyrage import DecryptError, decrypt, x25519
    from shamir_mnemonic import MnemonicError, combine_mnemonics

    words = _checked(list(texts))
    try:
        secret = combine_mnemonics(words)
    except MnemonicError as error:
        raise Known("envelopes.wrong") from error
    try:
        plain = decrypt(data, [x25519.Identity.from_str(identity_text(secret))])
        return container.unpack(bytes(plain))
    except DecryptError as error:
        raise Known("envelopes.wrong") from error
    except ValueError as error:
        raise Known("envelopes.damaged") from error


def _checked(texts: Sequence[str]) -> list[str]:
    """The shares' words, each sound, of one set, enough and none twice."""
    from shamir_mnemonic import MnemonicError
    from shamir_mnemonic import Share as Read

    read: list[Read] = []
    words = [text.strip().removeprefix(PREFIX).lower() for text in texts]
    for at, line in enumerate(words, 1):
        try:
            one = Read.from_mnemonic(" ".join(line.split()))
        except (MnemonicError, ValueError) as error:
            raise Known("envelopes.misread", number=at) from error
        if read and one.identifier != read[0].identifier:
            raise Known("envelopes.other_set", number=at)
        if any(one.index == other.index for other in read):
            raise Known("envelopes.twice", number=at)
        read.append(one)
    need = read[0].member_threshold if read else 2
    if len(read) < need:
        raise Known("envelopes.too_few", have=len(read), need=need)
    return [" ".join(line.split()) for line in words[:need]]


def holders_of(texts: Iterable[str]) -> tuple[int, ...]:
    """Which shares these are, by number from 1. Only of shares that `unseal` took."""
    from shamir_mnemonic import Share as Read

    lines = (" ".join(text.strip().removeprefix(PREFIX).lower().split()) for text in texts)
    return tuple(sorted(Read.from_mnemonic(line).index + 1 for line in lines))


def identity_text(secret: bytes) -> str:
    """The secret as age writes an X25519 identity: Bech32 (BIP 173) with the prefix `AGE-SECRET-KEY-`."""
    hrp = "age-secret-key-"
    number, bits = int.from_bytes(secret, "big"), 8 * len(secret)
    pad = -bits % 5
    number <<= pad
    data = [number >> shift & 31 for shift in range(bits + pad - 5, -1, -5)]
    expanded = [ord(c) >> 5 for c in hrp] + [0] + [ord(c) & 31 for c in hrp]
    check = _polymod([*expanded, *data, 0, 0, 0, 0, 0, 0]) ^ 1
    data += [check >> 5 * (5 - at) & 31 for at in range(6)]
    return (hrp + "1" + "".join(_CHARSET[value] for value in data)).upper()


def _polymod(values: Iterable[int]) -> int:
    generator = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for at, term in enumerate(generator):
            checksum ^= term if top >> at & 1 else 0
    return checksum
