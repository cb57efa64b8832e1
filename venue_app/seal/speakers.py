"""Whose keys speak for which part of a journal: those of the first entry, and after each takeover the new host's.

Followed from key to key: the host in force signed for its standby (`standby.named`), the standby for the journal it
went on from (`host.promoted`; `domain.hosts`). Entries that cannot be read speak for nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from venue_app.base.errors import Known
from venue_app.domain.hosts import HostPromoted, StandbyNamed, rightly_named, rightly_promoted
from venue_app.domain.record import Record, decode
from venue_app.journal import Tree
from venue_app.seal.check import Check

_NAMED, _PROMOTED = b'"kind":"standby.named"', b'"kind":"host.promoted"'


@dataclass(frozen=True, slots=True)
class Speaker:
    """The announced keys (hex) of the host of `epoch`, in force for a journal of more than `after` entries."""

    epoch: int
    after: int
    keys: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Succession:
    """Every host in order, and the number of the first takeover that is not rightly made, None when there is none."""

    speakers: tuple[Speaker, ...]
    wrong: int | None = None

    def at(self, size: int) -> Speaker:
        """Who speaks for the journal of `size` entries."""
        return next(one for one in reversed(self.speakers) if size > one.after or one.after == 0)

    def check(self) -> Check | None:
        """Whether every takeover was by the standby that was named, from this very journal; None without any."""
        if self.wrong is not None:
            return Check("seal.check.takeover", False, {"seq": self.wrong})
        if len(self.speakers) == 1:
            return None
        last = self.speakers[-1]
        return Check("seal.check.takeover", True, {"epoch": last.epoch, "seq": last.after})


Said = tuple[int, StandbyNamed | HostPromoted]
"""What an entry says of hosts, with its number."""


def hosts_said(entries: Sequence[bytes], records: Sequence[Record] | None) -> Iterator[Said]:
    """What these entries say of hosts; `records` are the same, where all of them can be read."""
    if records is None:
        records = [one for seq, raw in enumerate(entries) if (one := _record(seq, raw)) is not None]
    for record in records:
        if isinstance(record.data, StandbyNamed | HostPromoted):
            yield record.seq, record.data


def _record(seq: int, raw: bytes) -> Record | None:
    """An entry that looks as if it spoke of hosts, under its number in the journal."""
    if _NAMED not in raw and _PROMOTED not in raw:
        return None
    try:
        return replace(decode(raw), seq=seq)
    except Known:
        return None


def succession(said: Iterable[Said], tree: Tree, event: str, first: Mapping[str, str]) -> Succession:
    """Follow the hosts through a journal. `first` are the keys that the first entry announces."""
    speakers = [Speaker(epoch=1, after=0, keys=first)]
    named: StandbyNamed | None = None
    for seq, fact in said:
        now = speakers[-1]
        if isinstance(fact, StandbyNamed):
            right = fact.epoch == now.epoch + 1 and rightly_named(event, now.keys, fact)
            named = fact if right else None
        else:
            if not (_named_before(named, fact) and fact.size == seq and rightly_promoted(event, fact)):
                return Succession(tuple(speakers), seq)
            if fact.root != tree.root(seq).hex():
                return Succession(tuple(speakers), seq)
            speakers.append(Speaker(epoch=fact.epoch, after=seq, keys=fact.keys))
            named = None
    return Succession(tuple(speakers))


def _named_before(named: StandbyNamed | None, fact: HostPromoted) -> bool:
    return named is not None and (named.epoch, named.keys) == (fact.epoch, fact.keys)
