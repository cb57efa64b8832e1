"""Lots shown to the hall one by one: what can be asked, and what the journal keeps so that a film can be matched.

The seed has fixed every lot before; showing only says which one was turned over when.
"""

from __future__ import annotations

from typing import Literal

from venue_app.domain.bases import CommandBase, FactBase
from venue_app.domain.nouns import EntryId, RoomId

#: What turned a lot over: the candidate's press, the candidate's code, or the proctor for all who were left.
How = Literal["press", "code", "rest"]


class ChooseShowing(CommandBase, frozen=True, kw_only=True, tag="choose-showing"):
    """Whether the lots of the next draw are turned over one by one, or stand on the board all at once.

    Going back to the board while lots are still hidden is refused: `ShowRest` turns them over.
    """

    one_by_one: bool


class ShowLot(CommandBase, frozen=True, kw_only=True, tag="show-lot"):
    """Turn over the lot of one candidate: of the one whose turn it is, or of whoever's code was read."""

    entry: EntryId
    how: Literal["press", "code"] = "press"


class PassTurn(CommandBase, frozen=True, kw_only=True, tag="pass-turn"):
    """The candidate is not here now; the turn comes again after all others."""

    entry: EntryId


class ShowRest(CommandBase, frozen=True, kw_only=True, tag="show-rest"):
    """Turn over everything that is left: the lots of those who did not come."""


class ShowingChosen(FactBase, frozen=True, kw_only=True):
    """How the next draw's lots are shown."""

    one_by_one: bool


class LotShown(FactBase, frozen=True, kw_only=True):
    """A lot was turned over before the hall."""

    room: RoomId
    lot: int
    entry: EntryId
    how: How


class TurnPassed(FactBase, frozen=True, kw_only=True):
    """A candidate was not there when the turn came."""

    entry: EntryId
