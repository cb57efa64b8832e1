"""An entry's bytes are the canonical ones, whatever was written into it."""

from __future__ import annotations

import typing

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tests.world import roster
from venue_app.base.canonical import canonical
from venue_app.domain import entries as e
from venue_app.domain.record import VERSION, Record, decode, encode
from venue_app.domain.roles import Actor, Role

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
INTEGER = st.integers(-(2**63), 2**64 - 1)


def plainly(record: Record) -> bytes:
    return canonical(
        {
            "v": VERSION,
            "seq": record.seq,
            "at": record.at,
            "mono": record.mono,
            "boot": record.boot,
            "kind": record.kind,
            "actor": msgspec.to_builtins(record.actor),
            "data": msgspec.to_builtins(record.data),
            "sub": record.sub,
        }
    )


@given(seq=INTEGER, at=INTEGER, words=st.tuples(TEXT, TEXT, TEXT, TEXT), marks=st.dictionaries(TEXT, TEXT))
def test_a_sheet_in_any_script_has_the_canonical_bytes(
    seq: int, at: int, words: tuple[str, str, str, str], marks: dict[str, str]
) -> None:
    name, room, receipt, sub = words
    sheet = e.SheetReceived(
        room=room, lot=1, entry="E1", seat="s", marks=marks, total="80.0", receipt=receipt, paper=(name,)
    )
    actor = Actor(role=Role.JUDGE, name=name, seat="s", room=room)
    record = Record(seq=seq, at=at, mono=1, boot="b", actor=actor, data=sheet, sub=sub)
    assert encode(record) == plainly(record)


def test_a_whole_roster_has_the_canonical_bytes_and_reads_back() -> None:
    full = roster()
    imported = e.RosterImported(**{f: getattr(full, f) for f in full.__struct_fields__})
    record = Record(seq=1, at=2, mono=3, boot="b", actor=Actor(role=Role.PROCTOR), data=imported)
    assert encode(record) == plainly(record)
    assert decode(encode(record)) == record


def test_no_fact_has_room_for_a_number_that_is_not_whole() -> None:
    seen: set[object] = set()

    def walk(kind: object) -> None:
        if kind in seen:
            return
        seen.add(kind)
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            for field in msgspec.structs.fields(kind):
                walk(field.type)
        for inner in typing.get_args(kind):
            walk(inner)

    for cls in e.KINDS.values():
        walk(cls)
    assert {str, int} <= seen
    plain = {kind for kind in seen if isinstance(kind, type) and not issubclass(kind, msgspec.Struct)}
    assert plain <= {str, int, bool, type(None), tuple, dict}
