"""The journal: every accepted step of an event, in order, bound into a hash tree, durable."""

from venue_app.journal.checkpoint import Checkpoint
from venue_app.journal.merkle import Tree, leaf_hash, verify_consistency, verify_inclusion
from venue_app.journal.note import BadNote
from venue_app.journal.store import AppendResult, Journal, short_head

__all__ = [
    "AppendResult",
    "BadNote",
    "Checkpoint",
    "Journal",
    "Tree",
    "leaf_hash",
    "short_head",
    "verify_consistency",
    "verify_inclusion",
]
