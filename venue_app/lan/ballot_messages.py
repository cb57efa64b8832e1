"""What a voter's page and the laptop say to each other: a form, a paper, «counted». Bodies of POST requests, JSON."""

from __future__ import annotations

import msgspec


class ShowSlip(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A slip's code, to see what may be voted on with it."""

    slip: str
    language: str = ""


class SendPaper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A paper. `code` is the voter's own, made on the device before sending. `void`: sent though it would be void."""

    slip: str
    poll: str
    code: str
    marks: dict[str, dict[str, tuple[str, ...]]]
    others: tuple[str, ...] = ()
    void: bool = False
    language: str = ""


class FindPaper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A voter's own code, to see what was published under it."""

    code: str
    language: str = ""


class Choice(msgspec.Struct, frozen=True):
    """Something with an id and a word: an item, an answer."""

    id: str
    title: str


class Name(msgspec.Struct, frozen=True):
    """Somebody on the paper; `detail` is the unit or the post."""

    id: str
    name: str
    detail: str


class Form(msgspec.Struct, frozen=True):
    """One paper to fill in. `state` open | used | paper; limits are None where the ballot sets none."""

    poll: str
    title: str
    place: str
    note: str
    voter_class: str
    state: str
    kind: str
    items: tuple[Choice, ...]
    answers: tuple[Choice, ...]
    names: tuple[Name, ...]
    write_in: bool
    exactly: int | None
    at_most: int | None
    at_least: int | None
    minimum: str
    maximum: str
    step: str


class Forms(msgspec.Struct, frozen=True):
    """Everything the slip may vote on."""

    event: str
    title: str
    rehearsal: str
    forms: tuple[Form, ...]


class Counted(msgspec.Struct, frozen=True):
    """The paper is in the box. `repeated` when it was already."""

    counted: str
    repeated: bool


class WouldBeVoid(msgspec.Struct, frozen=True):
    """By the ballot's rules this paper counts as void; nothing was taken."""

    void: bool = True


class Published(msgspec.Struct, frozen=True):
    """What was published under a code: the form it belongs to, with the answers."""

    form: Form
    marks: dict[str, dict[str, tuple[str, ...]]]
    others: tuple[str, ...]


class Turnout(msgspec.Struct, frozen=True):
    """How many have voted in one open poll; never how."""

    poll: str
    title: str
    place: str
    voted: int
    issued: int


class Hall(msgspec.Struct, frozen=True):
    """What the hall may see of ballots, and anybody before a slip is typed. `rehearsal` is empty in an official run.

    `event`, `epoch`: whose host this is, and which; `standby`: where a later one would answer.
    """

    title: str
    rehearsal: str
    polls: tuple[Turnout, ...]
    event: str
    epoch: int
    standby: tuple[str, ...]


class Refusal(msgspec.Struct, frozen=True):
    """Why not, as a code and in words."""

    code: str
    text: str
