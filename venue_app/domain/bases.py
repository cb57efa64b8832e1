"""What every command and every fact has in common: frozen, named by a tag or a kind, nothing unknown taken."""

from __future__ import annotations

import msgspec


class CommandBase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="command"):
    """Something asked of the venue."""


class FactBase(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """Something that happened, as the journal keeps it."""
