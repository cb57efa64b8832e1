"""The record: the journal entry by entry, reports issued, devices, witnesses, sealed packages, files imported."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from venue_app.domain.record import Record
from venue_app.journal import leaf_hash
from venue_app.state import ReportMark
from venue_app.tables.contents import Contents
from venue_app.tables.model import Row, Table, json, table

#: Entries that hold slips or papers stand here without what they say: that is in the bundle, in an order of its own.
SILENT = frozenset({"ballot.issued", "ballot.papers", "ballot.closed"})
_JOURNAL = "seq:integer happened_at:time mono_ms:integer boot entry_kind role name seat room device submission leaf data:json"


def record_tables(contents: Contents) -> Iterator[Table]:
    """The tables of this module."""
    state = contents.state
    pairs = zip(contents.records, contents.raw, strict=True)
    yield table("journal", _JOURNAL, (_entry(record, raw) for record, raw in pairs))
    yield table(
        "reports",
        "serial:integer form pages:integer sha256 happened_at:time reprint:integer journal_size:integer",
        map(_report, state.reports),
    )
    yield table(
        "devices",
        "seat device device_name happened_at:time name public_key",
        ((s.seat, s.device, s.device_name, s.at, s.person, s.public_key) for s in state.stations.values()),
    )
    yield table(
        "witnesses",
        "happened_at:time role name milestone room lot:integer journal_size:integer",
        ((w.at, w.role, w.name, w.milestone, w.room, w.lot, w.size) for w in state.witnessed),
    )
    yield table(
        "packages",
        "label sha256 needed:integer holders:json happened_at:time opened_by:json",
        (
            (p.label, p.sha256, p.threshold, json(p.holders), p.at, json(p.opened))
            for p in state.packages
        ),
    )  # fmt: skip
    yield table("sources", "file file_kind sha256", ((s.name, s.kind, s.sha256) for s in state.sources))
    yield table("decisions", "decision", ((words,) for words in state.decisions))


def _entry(record: Record, raw: bytes) -> Row:
    actor = record.actor
    data = None if record.kind in SILENT else json(msgspec.json.decode(raw)["data"])
    return (
        record.seq, record.at, record.mono, record.boot, record.kind, actor.role.value, actor.name, actor.seat,
        actor.room, actor.device, record.sub, leaf_hash(raw).hex(), data,
    )  # fmt: skip


def _report(mark: ReportMark) -> Row:
    printing = mark.printing
    return (
        mark.serial, mark.form, mark.pages, mark.sha256, mark.at,
        None if printing is None else printing.reprint, None if printing is None else printing.size,
    )  # fmt: skip
